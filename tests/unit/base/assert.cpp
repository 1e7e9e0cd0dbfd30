// SPDX-License-Identifier: Apache-2.0
// A caller's bug ends the program instead of going on with a wrong decision.
#include "catch.hpp"

#include <uonaco/base/result.hpp>
#include <uonaco/units/literals.hpp>
#include <uonaco/units/maybe.hpp>

#if UONACO_CHECKED && __has_include(<sys/wait.h>)
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
template <class F>
bool ends_the_program(F f) {
    const pid_t child = fork();
    if (child == 0) {
        // the message is for people at a terminal, not for a test report
        if (!freopen("/dev/null", "w", stdout)) _exit(0);
        f();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) || WEXITSTATUS(status) != 0;
}
volatile double sink = 0;
} // namespace

TEST_CASE("what is not there is not read") {
    CHECK(ends_the_program([] { sink = maybe<units::money>{}.value().si(); }));
    CHECK(ends_the_program([] { sink = static_cast<double>(*result<int>(failure{})); }));
    CHECK(ends_the_program([] { sink = result<double>(1.0).error().margin; }));
    CHECK_FALSE(ends_the_program([] { sink = maybe<units::money>(1_usd).value().si(); }));
}
#endif
