// SPDX-License-Identifier: Apache-2.0
// Bills by duration and volume; prices that follow the load.
#include "catch.hpp"

#include <uonaco/model/billing.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("bills") {
    const auto of = [](billing by) { return bill::of<double>(by, 3_usd_per_h, 10_h, 0.02_usd_per_GB, 500_GB).si(); };
    CHECK(of(billing::duration) == Approx(30));
    CHECK(of(billing::volume) == Approx(10));
    CHECK(of(billing::both) == Approx(40));
    CHECK(bill::break_even<double>(3_usd_per_h, 10_h, 0.02_usd_per_GB).si() == Approx(1500 * 8e9));
    CHECK(bill::whole<double>(61_min, 1_h) == 2_h);
    CHECK(bill::whole<double>(2_h, 1_h) == 2_h);
    CHECK(bill::whole<double>(0_h, 1_h) == 0_h);
}

TEST_CASE("the time of a lease: a minimum, begun increments whole") {
    const auto time = [](auto held, auto least, auto step) { return bill::time<double>(held, least, step); };
    CHECK(time(61_min, 0_h, 0_h) == 61_min);
    CHECK(time(61_min, 24_h, 0_h) == 24_h);
    CHECK(time(61_min, 0_h, 1_h) == 2_h);
    CHECK(time(2_h, 0_h, 1_h) == 2_h);
    CHECK(time(61_min, 90_min, 1_h) == 2_h);
    CHECK(time(25_h, 24_h, 24_h) == 48_h);
    CHECK(time(0_h, 0_h, 1_h) == 0_h);
    // 14,985 GB over 33.3 Gb/s take an hour and a rounding error: one hour
    CHECK(time(units::duration(14985_GB / 33.3_Gbps), 0_h, 1_h) == 1_h);
    for (int n = 1; n < 2000; ++n) {
        const auto hours = static_cast<double>(n) * 1_h;
        CHECK(time(units::duration(hours * (1 + 4e-16)), 0_h, 1_h) == hours);
        CHECK(time(units::duration(hours + 1_s), 0_h, 1_h) == hours + 1_h);
    }
    using d = dual<2>;
    const auto held = units::with_rep<units::duration, d>::from_si(d::variable(3660, 0));
    CHECK(bill::time<d>(held, {}, 1_h).si().slope[0] == 0); // another second changes nothing, until the hour is over
    CHECK(bill::time<d>(held, {}, {}).si().slope[0] == 1);
}

TEST_CASE("a price between that of an idle network and that of a full one") {
    const auto at = [](double u, double e) {
        return bill::at_utilisation<units::kinds::price_rate, double>(1_usd_per_h, 5_usd_per_h, u, e).si() * 3600;
    };
    CHECK(at(0.0, 1) == Approx(1));
    CHECK(at(1.0, 1) == Approx(5));
    CHECK(at(0.5, 1) == Approx(3));
    CHECK(at(0.5, 4) == Approx(1.25));
    CHECK(at(0.0, 0.5) == Approx(1));
    for (double u = 0; u < 1; u += 0.1) CHECK(at(u + 0.1, 3) > at(u, 3));
}
