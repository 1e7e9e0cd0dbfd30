// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/layers/slice.hpp>
#include <uonaco/network/layers/time_slots.hpp>
#include <uonaco/units/literals.hpp>

#include <limits>
#include <random>

using namespace uonaco;

TEST_CASE("clients of Flex Ethernet") {
    const double asked[] = {.1, 10, 10.1, 25, 26, 40, 41, 50, 60, 100, 101};
    const double rate[] = {10, 10, 25, 25, 40, 40, 50, 50, 75, 100, 125};
    const unsigned slots[] = {2, 2, 5, 5, 8, 8, 10, 10, 15, 20, 25};
    for (unsigned i = 0; i < 11; ++i) {
        const units::bit_rate r = units::bit_rate::from_si(asked[i] * 1e9);
        CHECK(flexe::client_rate_for(r).si() == rate[i] * 1e9);
        CHECK(flexe::slots_for(r) == slots[i]);
    }
    for (const double bad : {0.0, -1.0, 1e300, std::numeric_limits<double>::quiet_NaN()})
        CHECK(flexe::slots_for(units::bit_rate::from_si(bad)) == 0);
}

TEST_CASE("two calendars: prepared in one, running by the other") {
    flexe::group g(1, 19); // one slot of 20 is not there
    CHECK(g.slots(flexe::unused) == 19);
    CHECK(g.prepare(1, 40_Gbps));
    CHECK(g.prepare(2, 25_Gbps));
    CHECK(g.slots(1) == 0); // not yet
    g.switch_over();
    CHECK(g.uses_b());
    CHECK(g.slots(1) == 8);
    CHECK(g.slots(2) == 5);
    CHECK(g.slots(flexe::unused) == 6);
    CHECK(g.slots(flexe::unavailable) == 1);
    // a resize moves nobody else
    const std::vector<flexe::client> before(g.in_use().begin(), g.in_use().end());
    CHECK(g.prepare(1, 50_Gbps));
    g.switch_over();
    CHECK_FALSE(g.uses_b());
    for (unsigned i = 0; i < 20; ++i)
        if (before[i] != flexe::unused) CHECK(g.in_use()[i] == before[i]);
    CHECK(g.slots(1) == 10);
    CHECK_FALSE(g.prepare(2, 50_Gbps)); // 4 left, 5 more asked for
    CHECK(g.slots_prepared(2) == 5);
    CHECK(g.prepare(2, 0u));
    g.forget();
    CHECK(g.slots_prepared(2) == 5);
}

TEST_CASE("rounding loss of whole granules") {
    CHECK(rounding_loss(slice_for(slices::fine_grain, 10_Mbps), 10_Mbps).si() == 0);
    CHECK(rounding_loss(slice_for(slices::fine_grain, 12_Mbps), 12_Mbps).si() == Approx(20.0 / 12 - 1));
    CHECK(rounding_loss(slice_for(slices::wavelength(100_Gbps), 250_Gbps), 250_Gbps).si() == Approx(.2));
    CHECK(rounding_loss(slice_for(slices::flex_ethernet, 30_Gbps), 30_Gbps).si() == Approx(40.0 / 30 - 1));
    const slice flex = slice_for(slices::odu_flex, 10_Gbps);
    CHECK(flex.count == 9);
    CHECK(rounding_loss(flex, 10_Gbps).si() == Approx(9 * 1.254470354 * 238 / 239 / 10 - 1));
    CHECK(rounding_loss(slice_for(slices::soft_queue, 7_Gbps), 7_Gbps).si() == 0);
    std::mt19937 random(1);
    for (int i = 0; i < 1000; ++i) {
        const units::bit_rate r = units::bit_rate::from_si(1e6 * static_cast<double>(1 + random() % 100000));
        for (const slice_kind& k :
             {slices::odu_flex, slices::fine_grain, slices::flex_ethernet, slices::wavelength(100_Gbps)}) {
            const slice s = slice_for(k, r);
            if (s) CHECK(rounding_loss(s, r).si() >= 0);
        }
    }
}

TEST_CASE("the slice that wastes least and meets what is needed") {
    const slice_kind kinds[] = {slices::wavelength(100_Gbps), slices::odu_flex, slices::fine_grain,
                                slices::flex_ethernet, slices::soft_queue};
    CHECK(least_loss(kinds, 3_Gbps).kind.layer == slice_layer::fgotn); // 300 slots, no loss, before the queue
    CHECK(least_loss(kinds, 3.001_Gbps).kind.layer == slice_layer::packet);
    CHECK(least_loss(kinds, 3.001_Gbps, {.hard = true}).kind.layer == slice_layer::fgotn);
    CHECK(least_loss(kinds, 40_Gbps, {.hard = true}).kind.layer == slice_layer::flexe);
    CHECK(least_loss(kinds, 40_Gbps, {.hard = true, .resize_within = 2_s}).kind.layer == slice_layer::odu_flex);
    CHECK(least_loss(kinds, 400_Gbps, {.hard = true, .resize_within = 2_s}).kind.layer == slice_layer::wavelength);
    CHECK_FALSE(least_loss(kinds, 400_Gbps, {.hard = true, .resize_within = .5_s}));
    CHECK_FALSE(least_loss({}, 1_Gbps));
    for (const double bad : {0.0, -1.0, 1e300, std::numeric_limits<double>::quiet_NaN()})
        CHECK_FALSE(least_loss(kinds, units::bit_rate::from_si(bad)));
}

TEST_CASE("slots of time are counted, link by link") {
    const unsigned total[] = {80, 8, 32};
    time_slots s{view<unsigned>(total)};
    const unsigned path[] = {0, 1}, other[] = {0, 2}, twice[] = {1, 1};
    CHECK(s.free_along(path) == 8);
    CHECK(s.take(path, 5));
    CHECK(s.take(other, 30));
    const time_slots before = s;
    CHECK_FALSE(s.take(path, 4));
    CHECK_FALSE(s.take(twice, 2));
    CHECK(s == before);
    CHECK(s.resize(path, 5, 8));
    CHECK(s.free(1) == 0);
    CHECK_FALSE(s.resize(path, 8, 9));
    CHECK(s.resize(path, 8, 1));
    s.give_back(path, 1);
    s.give_back(other, 30);
    CHECK(s == time_slots{view<unsigned>(total)});
}
