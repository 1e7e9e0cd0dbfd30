// SPDX-License-Identifier: Apache-2.0
// Options are sound: each can be had alone, leaves nothing below zero, and is put back bit for bit.
#include "../../../catch.hpp"
#include "estates.hpp"

#include <uonaco/network/undo_log.hpp>

using namespace options_test;

TEST_CASE("10,000 states: every option can be taken alone, and put back bit for bit") {
    dice d(20260401);
    undo_log log;
    unsigned long options = 0, of_circuits = 0, by_action[5] = {};
    for (int round = 0; round < 10000 * times(); ++round) {
        const estate e = random_estate(d, {4, 7, 6, 19});
        const auto t = make_topology(e);
        REQUIRE(t);
        network_rates free = rates_of(e);
        take_some(d, *t, e, free);
        const unsigned from = d.below(t->sites), to = d.below(t->sites);
        const std::vector<path_option> found = option_search(*t, e)({from}, {to}, free);
        const network_rates before = free;
        bool sound = true;
        for (const path_option& o : found) {
            ++options;
            ++by_action[static_cast<int>(o.action)];
            of_circuits += o.circuit != path_option::no_circuit;
            for (const units::bit_rate rate : {o.rate, in_steps(o.rate * 0.61, o.step)}) {
                if (!(rate.si() > 0)) continue;
                sound = sound && take(log, free, *t, e, o, rate) && none_negative(free) && !(free == before);
                log.roll_back();
                sound = sound && identical(free, before);
            }
            sound = sound && in_steps(o.rate, o.step) == o.rate && o.availability <= 1.0 && o.availability.si() >= 0;
        }
        CAPTURE(round);
        CHECK(sound);
    }
    CAPTURE(options, of_circuits);
    CHECK((options > 15000 && of_circuits > 1000));
    for (const network_action a : {network_action::use, network_action::resize, network_action::create})
        CHECK(by_action[static_cast<int>(a)] > 2000);
}

TEST_CASE("what cannot be had together is named: which link, how much of what is asked") {
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}};
    e.links = {{.id = "l",
                .src_node = "A",
                .dst_node = "B",
                .bidirectional = true,
                .capacity = 100_Gbps,
                .create = provisioning{.rate = 400_Gbps, .step = 100_Gbps, .lead_time = 60_s},
                .latency = 1_ms}};
    const auto t = make_topology(e);
    network_rates free = rates_of(e);
    const auto found = options(*t, e, {0}, {1}, free);
    REQUIRE(found.size() == 2);
    const path_option& use = found[0];
    const path_option& create = found[1];
    undo_log log;
    const network_rates before = free;
    const wanted_option all[] = {{&use, 100_Gbps}, {&create, 300_Gbps}, {&create, 200_Gbps}};
    const joint_shortage lacks = take_all(log, free, *t, e, all);
    CHECK(lacks);
    CHECK(lacks.option == 2);
    CHECK((lacks.lacks == shortage{network_action::create, 0, ~0u, false, 200_Gbps, 100_Gbps}));
    CHECK(describe(lacks.lacks, e) == "link l has 100 Gb/s of the 200 Gb/s asked (create)");
    CHECK(identical(free, before));
    CHECK(log.changes() == 0);
    CHECK_FALSE(take_all(log, free, *t, e, view<wanted_option>(all, 2)));
    CHECK((free.links[0] == link_rates{0_Gbps, 100_Gbps, 0_Gbps}));
    CHECK(describe(shortage_of(free, *t, e, use, 1_Gbps), e) == "link l has 0 Gb/s of the 1 Gb/s asked (use)");
    log.roll_back();
    CHECK(identical(free, before));
    CHECK(describe(shortage_of(free, *t, e, use, 100_Gbps), e) == "nothing is short");
}

TEST_CASE("a way back and a circuit that lack rate are named too") {
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}};
    const wan_link one_way{.capacity = 100_Gbps, .latency = 1_ms};
    e.links = {one_way, one_way};
    e.links[0].id = "there";
    e.links[1].id = "back";
    e.links[0].src_node = e.links[1].dst_node = "A";
    e.links[0].dst_node = e.links[1].src_node = "B";
    const auto t = make_topology(e);
    network_rates free = rates_of(e);
    const path_option use = options(*t, e, {0}, {1}, free)[0];
    REQUIRE(use.both_ways);
    free.links[1].in_service = 40_Gbps;
    CHECK(describe(shortage_of(free, *t, e, use, 70_Gbps), e) ==
          "link there has, on the way back, 40 Gb/s of the 70 Gb/s asked (use)");

    e.circuits = {{.id = "c", .src_site = "A", .dst_site = "B", .links = {"there"}, .rate = 30_Gbps}};
    const auto with = make_topology(e);
    free = rates_of(e);
    for (const path_option& o : options(*with, e, {0}, {1}, free)) {
        if (o.circuit != 0) continue;
        free.circuits[0] = 20_Gbps;
        CHECK(describe(shortage_of(free, *with, e, o, 25_Gbps), e) ==
              "circuit c has 20 Gb/s of the 25 Gb/s asked (use)");
    }
}
