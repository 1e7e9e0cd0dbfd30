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

namespace {

// Least damage by its definition: every place on every candidate.
struct every_place {
    const placement_counts& counts;
    damage_weights weights{};
    double least = __builtin_huge_val();

    double damage(const spectrum& s, view<unsigned> edges, slot_run run) const {
        double sum = weights.occupied * run.count * static_cast<double>(edges.size()) + weights.height * run.first;
        for (const unsigned e : edges) sum += counts.lost(s.row(e), s.words(), run);
        return sum;
    }
    spectrum_place operator()(const spectrum& s, const candidate_paths& paths, unsigned source, unsigned target,
                              units::bit_rate rate) {
        spectrum_place best;
        least = __builtin_huge_val();
        const auto all = paths.of(source, target);
        for (unsigned i = 0; i < all.size(); ++i) {
            const unsigned n = slots_needed(rate, bits_per_symbol(all[i].format));
            for (unsigned at = 0; n > 0 && at + n <= s.slots(); ++at) {
                if (!s.is_free(paths.edges(all[i]), {at, n})) continue;
                const double d = damage(s, paths.edges(all[i]), {at, n});
                if (d < least) least = d, best = {i, {at, n}};
            }
        }
        return best;
    }
};

} // namespace

TEST_CASE("least damage looks at the ends of what is free, and finds what looking everywhere finds") {
    const blocking::network net = blocking::make_nsfnet();
    const candidate_paths paths = net.paths(12, candidate_order::length);
    std::vector<units::bit_rate> rates;
    for (int r = 25; r <= 100; ++r) rates.push_back(units::bit_rate::from_si(r * 1e9));
    std::mt19937 random(6);
    for (const unsigned slots : {40u, 64u, 100u, 128u, 200u}) {
        const placement_counts counts(slots, usual_sizes(paths, rates));
        for (const damage_weights w : {damage_weights{}, {0.5, 0.03}, {2.0, 0.0}}) {
            least_damage quick(counts, w);
            every_place slow{counts, w};
            unsigned found = 0;
            spectrum s(44, slots);
            for (unsigned round = 0; round < 60; ++round) {
                if (round % 20 == 0) s.clear();
                for (unsigned i = 0; i < 40; ++i) { // more and more is taken
                    const unsigned e = static_cast<unsigned>(random() % 44);
                    const slot_run run{static_cast<unsigned>(random() % slots),
                                       1 + static_cast<unsigned>(random() % 6)};
                    if (s.is_free(e, run)) s.take(std::vector<unsigned>{e}, run);
                }
                const unsigned a = static_cast<unsigned>(random() % 14), b = static_cast<unsigned>(random() % 14);
                const auto rate = rates[random() % rates.size()];
                const spectrum_place x = quick(s, paths, a, b, rate), y = slow(s, paths, a, b, rate);
                REQUIRE(bool(x) == bool(y));
                if (!x) continue;
                ++found;
                REQUIRE(s.is_free(paths.edges(paths.of(a, b)[x.candidate]), x.run));
                CHECK(slow.damage(s, paths.edges(paths.of(a, b)[x.candidate]), x.run) ==
                      Approx(slow.least).epsilon(1e-12));
                if (w.height == damage_weights{}.height) CHECK(x == y); // no ties but exact ones
            }
            CHECK(found > 10);
        }
    }
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
