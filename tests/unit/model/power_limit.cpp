// SPDX-License-Identifier: Apache-2.0
// Runs under caps on power.
#include "catch.hpp"

#include <uonaco/model/power_limit.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const units::instant start = units::instant::from_unix(1.7e9);
// 2 h without a limit, 1 h at half the power, 1 h at a quarter; the run takes 10 MW.
step_series<units::kinds::power> event(beyond b) {
    step_series<units::kinds::power> s(b);
    s.append(start, 2_h, 20_MW);
    s.append(start + 2_h, 1_h, 5_MW);
    s.append(start + 3_h, 1_h, 2.5_MW);
    return s;
}
double hours(double work, beyond b, units::duration later = {}, units::power idle = {}) {
    const auto t = power_limit::time_to_finish<double>(work * 1_h, 10_MW, idle, event(b), start + later);
    return t ? t->si() / 3600 : -1;
}
} // namespace

TEST_CASE("a cap lowers speed in proportion") {
    CHECK(power_limit::speed<double>(5_MW, 10_MW, 0_MW) == 0.5);
    CHECK(power_limit::speed<double>(20_MW, 10_MW, 0_MW) == 1.0);
    CHECK(power_limit::speed<double>(0_MW, 10_MW, 0_MW) == 0.0);
    CHECK(power_limit::speed<double>(5.5_MW, 10_MW, 1_MW) == 0.5); // what idles does no work
    CHECK(power_limit::speed<double>(0.5_MW, 10_MW, 1_MW) == 0.0);
}

TEST_CASE("when it is done") {
    for (const beyond b : {beyond::unknown, beyond::hold, beyond::repeat}) {
        CHECK(hours(0, b) == 0);
        CHECK(hours(1, b) == Approx(1));
        CHECK(hours(2, b) == Approx(2));
        CHECK(hours(2.25, b) == Approx(2.5));
        CHECK(hours(2.5, b) == Approx(3));
        CHECK(hours(2.6, b) == Approx(3.4));
        CHECK(hours(2.75, b) == Approx(4));
        CHECK(hours(0.5, b, 2_h) == Approx(1)); // begun as the cap begins
        CHECK(hours(0.1, b, 3.5_h) == Approx(0.4));
    }
    CHECK(hours(3.75, beyond::unknown) == Approx(5));     // nothing is said about later: nothing limits
    CHECK(hours(3.75, beyond::hold) == Approx(8));        // the quarter goes on
    CHECK(hours(3.75, beyond::repeat) == Approx(5));      // the two free hours come again
    CHECK(hours(27.5 + 1, beyond::repeat) == Approx(41)); // ten turns of 4 h
    CHECK(hours(2.75e6 + 2.25, beyond::repeat) == Approx(4e6 + 2.5).epsilon(1e-9));
    CHECK(hours(1.5, beyond::repeat, 401_h) == Approx(1 + 1)); // an hour, then at half speed
    CHECK(hours(2, beyond::unknown, -1_h) == Approx(2));       // before it begins nothing limits either
    CHECK(hours(2, beyond::hold, 1000_h) == Approx(8));
}

TEST_CASE("never, where nothing is left above idle") {
    CHECK(hours(2, beyond::hold, 1000_h, 2.5_MW) == -1);
    CHECK(hours(2, beyond::repeat, 0_h, 2.5_MW) == Approx(2)); // within the free hours
    step_series<units::kinds::power> dark(beyond::repeat);
    dark.append(start, 1_h, 0_MW);
    CHECK_FALSE(power_limit::time_to_finish<double>(1_h, 10_MW, 0_MW, dark, start).known());
    CHECK(power_limit::time_to_finish<double>(0_h, 10_MW, 0_MW, dark, start)->si() == 0);
    CHECK(power_limit::time_to_finish<double>(3_h, 10_MW, 0_MW, {}, start)->si() == Approx(3 * 3600));
}

TEST_CASE("what a watt of the cap is worth, where it binds") {
    using d = dual<2>;
    const auto t =
        power_limit::time_to_finish<d>(units::with_rep<units::duration, d>::from_si(d::variable(3.75 * 3600, 0)),
                                       units::power(10_MW), units::power{}, event(beyond::hold), start);
    REQUIRE(t.known());
    CHECK(t->si().value == Approx(8 * 3600));
    CHECK(t->si().slope[0] == Approx(4)); // at a quarter of the speed
}
