// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/resource/accelerators.hpp>
#include <uonaco/resource/estate.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("W1: light takes 4.897 us a km in single-mode fibre and 3.346 in hollow core") {
    CHECK(propagation(1_km, fibre_type::smf).si() * 1e6 == Approx(4.897).margin(0.0005));
    CHECK(propagation(1_km, fibre_type::hcf).si() * 1e6 == Approx(3.346).margin(0.0005));
    CHECK(2 * propagation(120_km, fibre_type::smf).si() * 1e3 ==
          Approx(1.175213).epsilon(1e-6)); // the round trip of S5's example
    CHECK(propagation(1_km, fibre_type::hcf).si() / propagation(1_km, fibre_type::smf).si() ==
          Approx(1 - 0.317).margin(0.001));
    CHECK(propagation(0_km, fibre_type::smf) == 0_s);
}

TEST_CASE("a capability covers what is no stronger") {
    const encryption e[] = {encryption::none, encryption::packet, encryption::line};
    const isolation i[] = {isolation::shared, isolation::virtualised, isolation::dedicated};
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b)
            for (int c = 0; c < 3; ++c)
                for (int d = 0; d < 3; ++d) CHECK((security{e[a], i[b]}.covers({e[c], i[d]})) == (a >= c && b >= d));
}

TEST_CASE("size of a number") {
    CHECK(size_of(precision::bf16) == units::memory::from_si(16));
    CHECK(size_of(precision::fp4).si() == 4);
    CHECK(size_of(precision::tf32).si() == 32);
    CHECK(std::string(to_string(precision::int8)) == "int8");
    CHECK(std::string(to_string(network_layer::optical_channel)) == "optical_channel");
}

TEST_CASE("what a record leaves out is not known, or plain nothing") {
    const compute_pool p;
    CHECK_FALSE(
        (p.price || p.max_power || p.idle_power || p.memory || p.mfu || p.mtbf || p.availability || p.queue_wait));
    const wan_link l;
    CHECK_FALSE(
        (l.price || l.egress_price || l.latency || l.loss || l.availability || l.unreserved || l.create || l.resize));
    const site s;
    CHECK_FALSE((s.pue || s.power_limit || s.power_draw || s.availability));
    const power_state g;
    CHECK_FALSE((g.energy_price || g.carbon_intensity || g.supply_limit));
    CHECK(estate{} == estate{});
}

TEST_CASE("the accelerator table beside the published figures") {
    struct {
        const char* model;
        double bf16, memory_gb, gbytes_per_s, watts;
    } const published[] = {{"H100 SXM", 989, 80, 3350, 700},  {"A100 SXM 80GB", 312, 80, 2039, 400},
                           {"H200 SXM", 989, 141, 4800, 700}, {"MI300X", 1307, 192, 5300, 750},
                           {"L40S", 362, 48, 864, 350},       {"GB200", 2500, 186, 8000, 1200},
                           {"TPU v5p", 459, 95, 2765, 0},     {"L4", 121, 24, 300, 72},
                           {"Ascend 910B", 320, 64, 1600, 0}};
    for (const auto& p : published) {
        const accelerator* a = find_accelerator(p.model);
        REQUIRE(a);
        CHECK(in_exchange_unit(*a->peak.bf16) == Approx(p.bf16));
        CHECK(in_exchange_unit(units::volume(*a->memory)) == Approx(p.memory_gb));
        CHECK(in_exchange_unit(*a->memory_rate) == Approx(p.gbytes_per_s));
        if (p.watts > 0) CHECK(a->max_power->si() == p.watts);
    }
}
