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
    step_series<units::kinds::power> by_day(beyond::repeat); // 8 h, then nothing for 16 h
    by_day.append(start, 8_h, 100_kW);
    by_day.append(start + 8_h, 16_h, 0_kW);
    for (int days = 1; days < 40; ++days)
        CHECK(power_limit::time_to_finish<double>(static_cast<double>(days) * 8_h, 100_kW, 0_kW, by_day, start)->si() ==
              Approx(3600.0 * (24 * days - 16)));
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

namespace {
using power_limit::place;
maybe<units::duration> together(units::duration work, std::initializer_list<place> places,
                                units::instant from = start) {
    return power_limit::time_to_finish(work, places.begin(), static_cast<int>(places.size()), from);
}
} // namespace

TEST_CASE("at one place the walk is the formula, wherever it begins and whatever comes beyond") {
    for (const beyond b : {beyond::hold, beyond::repeat}) {
        const auto caps = event(b);
        for (double work = 0.1; work < 12; work += 0.7)
            for (double later = -3.3; later < 9; later += 0.6) {
                const auto one =
                    power_limit::time_to_finish<double>(work * 1_h, 10_MW, 1_MW, caps, start + later * 1_h);
                const auto walked = together(work * 1_h, {{10_MW, 1_MW, &caps}}, start + later * 1_h);
                REQUIRE(walked.known());
                CHECK(walked->si() == Approx(one->si()));
                CHECK((walked->si() > work * 3600 || *walked == work * 1_h)); // exactly, where nothing binds
            }
    }
}

TEST_CASE("at several places a run is as slow as the slowest, moment by moment") {
    const auto caps = event(beyond::hold); // 2 h free, 1 h of 5 MW, then 2.5 MW
    step_series<units::kinds::power> early(beyond::hold);
    early.append(start, 1_h, 2_MW);
    early.append(start + 1_h, 1_h, 8_MW);
    // an hour at half speed, an hour free, an hour at half, then a quarter
    CHECK(together(1.5_h, {{10_MW, 0_MW, &caps}, {4_MW, 0_MW, &early}})->si() == Approx(2 * 3600));
    CHECK(together(2_h, {{10_MW, 0_MW, &caps}, {4_MW, 0_MW, &early}})->si() == Approx(3 * 3600));
    CHECK(together(2.25_h, {{4_MW, 0_MW, &early}, {10_MW, 0_MW, &caps}})->si() == Approx(4 * 3600));
    // in no other order than alone, and never faster than alone
    CHECK(together(1_h, {{10_MW, 0_MW, &caps}})->si() == 3600);
    CHECK(together(1_h, {{4_MW, 0_MW, &early}})->si() == Approx(1.5 * 3600));
    CHECK(together(3_h, {})->si() == 3 * 3600); // no place is limited
    CHECK(together(0_h, {{10_MW, 10_MW, &caps}})->si() == 0);
}

TEST_CASE("what idles draws all the same: a cap below it is no slow run but none") {
    const auto caps = event(beyond::hold);
    CHECK(together(2_h, {{10_MW, 6_MW, &caps}})->si() == 2 * 3600); // done before
    CHECK_FALSE(together(2.1_h, {{10_MW, 6_MW, &caps}}).known());
    CHECK_FALSE(together(2.1_h, {{10_MW, 5_MW, &caps}}).known()); // stands still, then may not even
    const auto daily = event(beyond::repeat);
    CHECK(together(2.5_h, {{12.5_MW, 2.5_MW, &daily}})->si() ==
          Approx((4 + 0.25) * 3600));                                // 2, a quarter, nothing, again
    CHECK(together(1_h, {{30_MW, 30_MW, &daily}}).known() == false); // no slower speed to be had
    CHECK(together(2_h, {{20_MW, 20_MW, &daily}})->si() == 2 * 3600);
    step_series<units::kinds::power> crawl(beyond::repeat); // some progress each second: the walk is given up
    crawl.append(start, units::duration::from_si(1), 2_MW);
    crawl.append(start + units::duration::from_si(1), units::duration::from_si(1), 1_MW);
    CHECK_FALSE(together(1000 * 24_h, {{10_MW, 1_MW, &crawl}}).known());
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
