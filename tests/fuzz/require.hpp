// SPDX-License-Identifier: Apache-2.0
// What a fuzzer asks for; where it does not hold, the input is kept.
#pragma once

#include <cstdio>
#include <cstdlib>

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}
