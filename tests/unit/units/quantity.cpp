// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/units/format.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("kinds of one dimension convert, products find theirs") {
    const units::duration d = 4500_us;
    CHECK(d.si() == Approx(0.0045));
    const units::energy e = 700_W * 2_h;
    CHECK(e == 1.4_kWh);
    const units::money bill = e * 0.1_usd_per_kWh;
    CHECK(bill.si() == Approx(0.14));
    const units::bit_rate rate = 50_GB / 4_s;
    CHECK(rate == 100_Gbps);
    const units::memory_rate bytes = rate;
    CHECK(in_exchange_unit(bytes) == 12.5);
    const units::duration step = (6.0 * 70e9 * 16 * 1048576 * units::work::from_si(1.0)) / (1024.0 * 0.45 * 989_TFLOPS);
    CHECK(step.si() == Approx(15.46).epsilon(1e-3));
    const units::carbon_mass carbon = 1_MWh * 400_g_per_kWh;
    CHECK(carbon.si() == Approx(400.0));
    const units::price_rate lease = 0.07_usd_per_Gbps_h * 400_Gbps;
    CHECK(in_exchange_unit(lease) == Approx(28.0));
    const units::power transport = 0.3_W_per_Gbps * 400_Gbps;
    CHECK(transport.si() == Approx(120.0));
    const units::frequency turns = 200.0 / 20_s;
    CHECK(turns.si() == 10.0);
    CHECK(12_h / 3_h == 4.0);
}

TEST_CASE("a pure number is a number") {
    units::ratio r = 0.25;
    r += 0.25 * r;
    CHECK(r == 0.3125);
    CHECK(1.0 - r == 0.6875);
    CHECK((r < 1.0 && 1.0 > r && r <= 0.3125 && r >= 0.3125 && r != 0.0));
    const double plain = r;
    CHECK(plain == 0.3125);
    CHECK(2 * 3_s == 6_s);
    CHECK(6_s / 2 == 3_s);
    CHECK((8 / 2_s) == 4_per_s);
}

TEST_CASE("comparison, min, max and select mix kinds of one dimension") {
    CHECK((1000_us == 1_ms && 1_s > 999_ms && 1_min >= 60_s && 1_h <= 3600_s && 2_d != 1_d));
    CHECK(units::max(3_ms, 1_s) == 1_s);
    CHECK(units::min(3_ms, 1_s) == 3_ms);
    CHECK(units::select(true, 3_ms, 1_s) == 3_ms);
    CHECK(-(3_ms) < 0_s);
    CHECK(1_GiB > 1_GB);
    CHECK(80_GB < 74.51_GiB);
}

TEST_CASE("lanes calculate with units as scalars do") {
    using L = lanes<2>;
    units::with_rep<units::duration, L> t = 3_s;
    set_lane(t, 1, units::duration(5_s));
    const auto energy = units::with_rep<units::energy, L>(t * 2_W);
    CHECK(lane(energy, 0).si() == 6.0);
    CHECK(lane(energy, 1).si() == 10.0);
    const auto longest = units::max(t, 4_s);
    CHECK((lane(longest, 0) == 4_s && lane(longest, 1) == 5_s));
    CHECK(any(t < 4_s));
    CHECK_FALSE(all(t < 4_s));
}

TEST_CASE("exchange units and back") {
    CHECK(in_exchange_unit(400_Gbps) == 400);
    CHECK(in_exchange_unit(units::latency(3_ms)) == Approx(3000));
    CHECK(in_exchange_unit(3350_GBps) == Approx(3350));
    CHECK(in_exchange_unit(80_GiB) == 80);
    CHECK(in_exchange_unit(10_TB) == 10000);
    CHECK(in_exchange_unit(989_TFLOPS) == 989);
    CHECK(in_exchange_unit(units::from_exchange_unit<units::carbon_price>(85)) == Approx(85));
    CHECK(units::from_exchange_unit<units::energy_price>(0.12) == 0.12_usd_per_kWh);
    CHECK(units::from_exchange_unit<units::distance>(600) == 600_km);
    CHECK(in_exchange_unit(units::ratio(0.5)) == 0.5);
}
