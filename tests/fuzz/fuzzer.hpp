// SPDX-License-Identifier: Apache-2.0
// What a fuzzer is, and what it asks for; where it does not hold, the input is kept.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

using fuzzer = void (*)(std::string_view text);

/// All of them by name: they are one program, so that what they share is compiled once (main.cpp).
inline std::map<std::string_view, fuzzer>& fuzzers() {
    static std::map<std::string_view, fuzzer> all;
    return all;
}

/// `UONACO_FUZZER(tapi) { ... }` is what is done with a `text`.
#define UONACO_FUZZER(name)                                                                                            \
    static void fuzz_##name(std::string_view text);                                                                    \
    [[maybe_unused]] static const bool name##_is_known = fuzzers().emplace(#name, &fuzz_##name).second;                \
    static void fuzz_##name([[maybe_unused]] std::string_view text)
