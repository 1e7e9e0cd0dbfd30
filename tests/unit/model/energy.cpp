// SPDX-License-Identifier: Apache-2.0
// E1-E6: devices, servers, sites, carbon; energy of a bit on its way.
#include "catch.hpp"

#include <uonaco/model/energy.hpp>
#include <uonaco/model/transport_power.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>
#include <string>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("E1: power that saturates before the load") {
    const auto at = [](double u, double gamma) { return power::of_device<double>(65_W, 700_W, u, gamma).si(); };
    CHECK(at(0.0, 0.75) == 65);
    CHECK(at(1.0, 0.75) == Approx(700));
    CHECK(at(0.5, 0.75) == Approx(65 + 635 * std::pow(0.5, 0.75)));
    CHECK(at(0.5, 1.0) == Approx(power::of_device<double>(65_W, 700_W, 0.5).si()));
    CHECK(at(1e-300, 0.75) == 65);
    for (double u = 0; u < 1; u += 0.05) CHECK(at(u + 0.05, 0.75) > at(u, 0.75));
    using d = dual<2>;
    const auto slope = power::of_device<d>(65_W, 700_W, d::variable(0.5, 0), 0.75).si().slope[0];
    CHECK(slope == Approx(635 * 0.75 * std::pow(0.5, -0.25)));
}

TEST_CASE("E2, E3: a server, a site") {
    const auto server = power::of_server<double>(8, 700_W, 3_kW);
    CHECK(server == 8.6_kW);
    CHECK(power::of_facility<double>(server, 1.25).si() == Approx(10750));
}

TEST_CASE("E6: carbon, and for each functional unit") {
    CHECK(power::carbon<double>(1000_kWh, 400_g_per_kWh).si() == Approx(400));
    const auto embodied = power::embodied_share<double>(1200_kg, 24_h, 4 * 365 * 24_h, 0.5);
    CHECK(embodied.si() == Approx(1200.0 / (4 * 365) / 2));
    CHECK(power::software_carbon_intensity<double>(1000_kWh, 400_g_per_kWh, 20_kg, 1e6).si() == Approx(420e-6));
}

TEST_CASE("E4: ends of waves") {
    const auto nj = [](termination t) { return transport_power::of(t).per_bit().si() * 1e9; };
    CHECK(nj(termination::zr_400) == Approx(0.0475));
    CHECK(nj(termination::zr_400_target) == Approx(0.0375));
    CHECK(nj(termination::zr_plus_400) == Approx(0.05));
    CHECK(nj(termination::zr_800) == Approx(0.0375));
    CHECK(nj(termination::transponder_400) == Approx(0.15));
    CHECK(std::string(to_string(termination::zr_plus_400)) == "400ZR+");
}

TEST_CASE("E4: terminations differ by their ends and amplifiers only") {
    using namespace transport_power;
    const auto between = per_bit(termination::transponder_400, 600_km) - per_bit(termination::zr_400, 80_km);
    CHECK(between.si() * 1e9 == Approx(2 * (0.15 - 0.0475) + 7 * 65 / (40 * 400.0)));
}

TEST_CASE("E4: what nobody states is no less than what anything takes over the same fibre") {
    using namespace transport_power;
    for (const auto t : {termination::zr_400, termination::zr_400_target, termination::zr_plus_400, termination::zr_800,
                         termination::transponder_400}) {
        for (const auto length : {0_km, 80_km, 600_km, 10000_km}) CHECK(unstated(length) > per_bit(t, length));
        CHECK(unstated() > per_bit(t, reach(t)));
    }
    CHECK(unstated(400_km).si() * 1e9 == Approx(2 * 0.15 + 2 * 2 + 5 * 65 / (40 * 400.0)));
}

TEST_CASE("reach") {
    using namespace transport_power;
    CHECK(reach(termination::zr_400) == 120_km);
    CHECK(reach(termination::zr_400_target) == 120_km);
    CHECK(reach(termination::zr_800) == 120_km);
    CHECK(reach(termination::zr_plus_400) == 600_km);
    CHECK(reach(termination::transponder_400) == 2500_km);
}

TEST_CASE("E4: a path") {
    using namespace transport_power;
    CHECK(spans(0_km, 80_km) == 0);
    CHECK(spans(80_km, 80_km) == 1);
    CHECK(spans(81_km, 80_km) == 2);
    CHECK(spans(1e290 * 1_km, 80_km) > 1e288);
    CHECK(per_bit(termination::zr_400, 400_km).si() * 1e9 == Approx(2 * 0.0475 + 2 + 5 * 65 / (40 * 400.0)));
    CHECK(per_bit(termination::transponder_400, 400_km).si() * 1e9 == Approx(2 * 0.15 + 2 + 5 * 65 / (40 * 400.0)));
    const end zr = transport_power::of(termination::zr_400);
    CHECK(per_bit(zr, {}).si() * 1e9 == Approx(2 * 0.0475)); // back to back
    // 400 km: 5 spans of 65 W over 40 waves of 400 Gb/s, one router on the way in two sections
    const route r{.length = 400_km, .sections = 2, .roadm_degrees = 4, .routers = 1};
    CHECK(per_bit(zr, r).si() * 1e9 == Approx(4 * 0.0475 + 2 + (5 * 65 + 4 * 150) / (40 * 400.0)));
    line few;
    few.waves = 1;
    CHECK(per_bit(zr, r, few) > per_bit(zr, r));
    // E5: 800 Gb/s between two sites at 0.1 W per Gb/s at either end is little next to 1,024 devices
    const double pair = (2.0 * power::of_transport<double>(800_Gbps, 0.1_W_per_Gbps)).si();
    CHECK(pair == Approx(160));
    CHECK(pair / (1024 * 700.0) == Approx(0.0002).margin(0.00003));
}
