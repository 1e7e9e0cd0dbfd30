// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"
#include "../instances.hpp"

#include <uonaco/network/paths/constrained.hpp>
#include <uonaco/units/literals.hpp>

using uonaco::errc;
using uonaco::path;
using uonaco::path_bound;
using nodes = std::vector<unsigned>;
using namespace uonaco::literals;

namespace {
std::vector<double> nsfnet_costs() {
    std::vector<double> c;
    for (unsigned k = 0; k < 22; ++k) c.insert(c.end(), 2, 7 * k % 10 + 1);
    return c;
}
using instances::sum;
} // namespace

TEST_CASE("the cheapest path within one and two bounds equals the first of all simple paths that meets them") {
    std::mt19937 random(13);
    uonaco::constrained_search search;
    unsigned bounded = 0, missed = 0, unequal = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 2 + static_cast<unsigned>(random() % 11);
        const auto w = instances::random(random, n, 2 * n + static_cast<unsigned>(random() % (n + 4)), 1 + round % 19);
        const auto g = w.graph();
        std::vector<double> delays(w.edges.size()), jitters(w.edges.size());
        for (double& x : delays) x = static_cast<double>(random() % 8);
        for (double& x : jitters) x = static_cast<double>(random() % 4);
        const unsigned s = static_cast<unsigned>(random() % n);
        const unsigned t = static_cast<unsigned>(random() % n);
        const double delay = static_cast<double>(random() % 16);
        const double jitter = static_cast<double>(random() % 8);
        const auto all = instances::all_paths(w, s, t);
        path one, two;
        for (const path& p : all) {
            if (sum(delays, p) > delay) continue;
            if (!one) one = p;
            if (!two && sum(jitters, p) <= jitter) two = p;
        }
        CAPTURE(round, s, t, delay, jitter);
        const path_bound<double> within{delays, delay};
        const auto first = search(g, w.weights, s, t, within);
        const auto second = search(g, w.weights, s, t, within, path_bound<double>{jitters, jitter});
        REQUIRE(static_cast<bool>(first) == one.found);
        REQUIRE(static_cast<bool>(second) == two.found);
        if (first) {
            CHECK(first->way == one);
            CHECK(first->first == sum(delays, one));
            CHECK(first->proven);
            CHECK(first->larac_bound <= one.cost + 1e-9);
            CHECK(first->larac.cost >= one.cost);
            bounded += one != all[0];
            unequal += first->larac.cost > one.cost;
        } else {
            CHECK(first.error().code == (all.empty() ? errc::unreachable : errc::slo_missed));
            ++missed;
        }
        if (second) {
            CHECK(second->way == two);
            CHECK(second->second == sum(jitters, two));
        }
    }
    CHECK(bounded > 50);
    CHECK(missed > 50);
    CHECK(unequal > 2);
}

TEST_CASE("LARAC leaves a gap that the search closes") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    const auto costs = nsfnet_costs();
    const auto gap = cheapest_within(g, costs, 3, 8, path_bound<double>{w.weights, 4000});
    REQUIRE(gap);
    CHECK(gap->larac.cost == 23);
    CHECK(sum(w.weights, gap->larac) == 3300);
    CHECK((nodes_of(g, 3, gap->larac.edges) == nodes{3, 2, 4, 5, 7, 8}));
    CHECK(gap->multiplier == Approx(.02));
    CHECK(gap->larac_bound == Approx(9.0));
    CHECK(gap->way.cost == 13);
    CHECK(gap->first == 3900);
    CHECK((nodes_of(g, 3, gap->way.edges) == nodes{3, 1, 8}));
    const auto other = cheapest_within(g, costs, 5, 13, path_bound<double>{w.weights, 3000});
    REQUIRE(other);
    CHECK(other->larac.cost == 28);
    CHECK((nodes_of(g, 5, other->larac.edges) == nodes{5, 7, 8, 9, 13}));
    CHECK(other->multiplier == Approx(11.0 / 900));
    CHECK(other->larac_bound == Approx(62.0 / 3));
    CHECK(other->way.cost == 22);
    CHECK((nodes_of(g, 5, other->way.edges) == nodes{5, 7, 10, 9, 13}));
}

TEST_CASE("costs within a length over all pairs of NSFNET, and where LARAC is not optimal") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    const auto costs = nsfnet_costs();
    uonaco::constrained_search search;
    double sum4000 = 0;
    unsigned feasible = 0, cases = 0;
    std::vector<nodes> gaps;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t)
            for (unsigned d = 1500; d <= 7000; d += 250) {
                ++cases;
                const auto p = search(g, costs, s, t, path_bound<double>{w.weights, static_cast<double>(d)});
                if (!p) continue;
                ++feasible;
                if (p->larac.cost > p->way.cost) gaps.push_back({s, t, d});
                if (d == 4000) sum4000 += p->way.cost;
            }
    CHECK(sum4000 == 1055);
    CHECK(cases == 2093);
    CHECK(feasible == 1805);
    CHECK((gaps == std::vector<nodes>{{2, 9, 3750},
                                      {2, 9, 4000},
                                      {3, 7, 3750},
                                      {3, 7, 4000},
                                      {3, 8, 4000},
                                      {4, 9, 3000},
                                      {4, 9, 3250},
                                      {5, 13, 3000},
                                      {5, 13, 3250}}));
}

TEST_CASE("bounds in units, met within rounding; what no path meets is said") {
    const uonaco::edge edges[] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}};
    const uonaco::graph g(5, edges);
    const double costs[] = {1, 1, 1, 9};
    const std::vector<uonaco::units::latency> delays{1_ms, 2_ms, 7_ms, 4_ms}, jitters{100_us, 500_us, 500_us, 10_us};
    using bound = path_bound<uonaco::units::latency>;
    CHECK(cheapest_within(g, costs, 0, 3, bound{delays, 10_ms})->way.cost == 3);
    CHECK(cheapest_within(g, costs, 0, 3, bound{delays, 10_ms}, bound{jitters, 1_ms})->way.cost == 9);
    const auto late = cheapest_within(g, costs, 0, 3, bound{delays, 3_ms});
    CHECK(late.error().code == errc::slo_missed);
    CHECK(late.error().bound == 1);
    CHECK(late.error().least == Approx(.004));
    CHECK(cheapest_within(g, costs, 0, 4, bound{delays, 3_ms}).error().code == errc::unreachable);
    CHECK(cheapest_within(g, costs, 0, 9, bound{delays, 3_ms}).error().code == errc::not_found);
    CHECK(cheapest_within(g, costs, 1, 1, bound{delays, 0_ms})->way.edges.empty());
    const double nothing[] = {0, 0, 0, 0};
    const double nan = __builtin_nan("");
    CHECK(cheapest_within(g, costs, 0, 3, path_bound<double>{nothing, nan}).error().code == errc::not_found);
    const double odd[] = {nan, -1, 0, __builtin_huge_val()};
    CHECK(cheapest_within(g, odd, 0, 3, path_bound<double>{nothing, 1}).error().code == errc::unreachable);
    uonaco::constrained_search hasty;
    hasty.most_labels = 0;
    const auto unproven = hasty(g, costs, 0, 3, bound{delays, 9_ms});
    REQUIRE(unproven);
    CHECK(unproven->way.cost == 9);
    CHECK(unproven->lower_bound <= 9);
}
