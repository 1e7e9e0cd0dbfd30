// SPDX-License-Identifier: Apache-2.0
#include "../../../../bench/network/blocking.hpp"

#include "../../../catch.hpp"

#include <uonaco/model/queueing.hpp>

using namespace uonaco;

TEST_CASE("slots needed") {
    using units::bit_rate;
    CHECK(slots_needed(bit_rate::from_si(100e9), 1) == 9);
    CHECK(slots_needed(bit_rate::from_si(25e9), 4) == 2);
    CHECK(slots_needed(bit_rate::from_si(51e9), 4) == 3);
    CHECK(slots_needed(bit_rate::from_si(100e9), 2, 0) == 4);
    CHECK(slots_needed(bit_rate::from_si(0), 4) == 0);
    CHECK(slots_needed(bit_rate::from_si(-1), 4) == 0);
    CHECK(slots_needed(bit_rate::from_si(1e300), 1) == 0);
    CHECK(slots_needed(bit_rate::from_si(1e9), 0) == 0);
    CHECK(slots_needed(bit_rate::from_si(0.0 / 1e-320 - __builtin_nan("")), 1) == 0);
}

TEST_CASE("candidates of NSFNET") {
    const blocking::network net = blocking::make_nsfnet();
    const candidate_paths all = net.paths(50, candidate_order::hops);
    unsigned fewest = 50;
    for (unsigned s = 0; s < 14; ++s)
        for (unsigned t = 0; t < 14; ++t) {
            const view<candidate_path> of = all.of(s, t);
            if (s == t) CHECK(of.empty());
            if (s == t) continue;
            fewest = std::min<unsigned>(fewest, static_cast<unsigned>(of.size()));
            for (unsigned i = 0; i < of.size(); ++i) {
                CHECK(of[i].hops <= 9);
                if (i > 0) CHECK((of[i - 1].hops < of[i].hops || of[i - 1].length <= of[i].length));
            }
        }
    CHECK(fewest == 37);
    const candidate_paths by_length = net.paths(50, candidate_order::length);
    CHECK(by_length.of(0, 13)[0].length == units::distance::from_si(3600e3)); // 1-8-9-13-14
    CHECK(all.of(0, 13)[0].hops == 3);                                        // 1-3-6-14
    CHECK(all.of(0, 13)[0].format == modulation::bpsk);
}

TEST_CASE("a short run blocks the same requests everywhere") {
    const blocking::network net = blocking::make_nsfnet();
    const blocking::setting s{.load = 250, .warm_up = 1000, .counted = 4000, .seed = 1};
    const candidate_paths five = net.paths(5, candidate_order::hops);
    const long first = blocking::run(five, 44, s, first_path_that_fits{}).blocked;
    const long lowest = blocking::run(five, 44, s, lowest_slot_over_paths{}).blocked;
    std::vector<units::bit_rate> rates;
    for (int r = 25; r <= 100; ++r) rates.push_back(units::bit_rate::from_si(r * 1e9));
    const placement_counts counts(100, usual_sizes(five, rates));
    const long least = blocking::run(five, 44, s, least_damage{counts}).blocked;
    CHECK(first == 436);
    CHECK(lowest == 495);
    CHECK(least == 378);
}

TEST_CASE("one link, one slot a demand: Erlang B") {
    // The published values, and a link of 10 slots with 10 Erlang, one guard-free slot a demand.
    const double table[][3] = {{10, 10, .214582343}, {10, 16, .022301872}, {20, 30, .008457498},
                               {64, 80, .007157528}, {80, 96, .009385307}, {100, 120, .005690055}};
    for (const auto& [load, servers, b] : table) CHECK(queueing::erlang_b(load, servers) == Approx(b).margin(5e-10));
    const edge edges[] = {{0, 1}, {1, 0}};
    const double km[] = {1, 1};
    const candidate_paths paths(graph(2, edges), km, {.count = 1});
    // Half of the requests in each direction: 20 Erlang are 10 on each.
    auto one_slot = [guardless = first_path_that_fits(spectrum_fit::first, 0)](
                        const spectrum& sp, const candidate_paths& p, unsigned a, unsigned b, units::bit_rate) mutable {
        return guardless(sp, p, a, b, units::bit_rate::from_si(1e9));
    };
    const double blocked =
        blocking::run(paths, 2, {.load = 20, .slots = 10, .counted = 60000, .seed = 3}, one_slot).share();
    CHECK(blocked == Approx(.214582343).margin(.006));
}
