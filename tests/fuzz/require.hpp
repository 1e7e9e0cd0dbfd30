// SPDX-License-Identifier: Apache-2.0
// What a fuzzer asks for; where it does not hold, the input is kept.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <ctime>

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Lives as long as an input is worked on, which must not take a second of the processor, however busy the machine is; twenty where
/// nothing is optimised.
class one_second {
  public:
    one_second() = default;
    one_second(const one_second&) = delete;
    one_second& operator=(const one_second&) = delete;
    ~one_second() { require(std::clock() - start_ < most * CLOCKS_PER_SEC, "no input takes a second"); }

  private:
#ifdef __OPTIMIZE__
    static constexpr std::clock_t most = 1;
#else
    static constexpr std::clock_t most = 20;
#endif
    std::clock_t start_ = std::clock();
};
