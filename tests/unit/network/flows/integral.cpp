// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include "instances.hpp"

#include <uonaco/network/flows/integral.hpp>

#include <cmath>

using namespace uonaco;

namespace {
tunnel_set tunnels_of(const networks::instance& n, unsigned k) {
    const std::vector<double> hops(n.edges.size(), 1);
    return k_shortest_tunnels(n.graph(), n.capacities(), n.demands, hops, k);
}
} // namespace

TEST_CASE("unsplittable flow: elephants are split, mice are not") {
    const edge edges[] = {{0, 1}, {0, 1}};
    const graph g(2, edges);
    const std::vector<double> c{10, 10};
    const std::vector<demand> demands{{0, 1, 12}, {0, 1, 1}, {0, 1, 0}, {0, 0, 5}};
    const unsigned first[] = {0}, second[] = {1};
    tunnel_set t;
    for (const unsigned d : {0u, 1u, 2u}) t.add(d, first), t.add(d, second);
    const auto one = unsplittable_flow(g, c, demands, t);
    REQUIRE(one);
    CHECK(one->max_utilisation == 1.2);
    CHECK(one->load == std::vector<double>{12, 1});
    const auto two = unsplittable_flow(g, c, demands, t, {.parts = 4, .elephant = 0.6});
    REQUIRE(two);
    CHECK(two->demand_of == std::vector<unsigned>{0, 0, 1, 2, 3});
    CHECK(two->max_utilisation == .7);
    CHECK(two->tunnel[3] == integral_flow::no_tunnel);
    CHECK(two->cost == congestion(view<double>(two->load), c));
    CHECK(unsplittable_flow(g, c, demands, tunnel_set{}).error() == flow_failure{errc::unreachable, 0});
}

TEST_CASE("unsplittable flow: near what splitting could reach on B4 and Abilene, more parts are no worse") {
    for (auto n : {instances::b4(), instances::abilene()}) {
        const double best = n.capacity[0] == 5000 ? 10000.0 / 297 : 125.0 / 21;
        for (auto& d : n.demands) d.amount *= best * 0.8;
        const auto t = tunnels_of(n, 4);
        const auto one = unsplittable_flow(n.graph(), n.capacities(), n.demands, t);
        REQUIRE(one);
        CHECK(one->max_utilisation >= 0.8);
        CHECK(one->max_utilisation <= 0.95);
        const auto four = unsplittable_flow(n.graph(), n.capacities(), n.demands, t, {.parts = 4, .elephant = 0.01});
        REQUIRE(four);
        CHECK(four->max_utilisation >= 0.8);
        CHECK(four->max_utilisation <= 0.95);
        CHECK(four->cost <= one->cost);
    }
}

TEST_CASE("unsplittable flow: parts are never worse than whole, on random networks") {
    std::mt19937 random(10);
    int compared = 0;
    for (unsigned i = 0; i < 200; ++i) {
        const auto n = instances::random_flows(random, 4 + i % 5, 14 + i % 10, 6);
        const auto t = tunnels_of(n, 3);
        const auto one = unsplittable_flow(n.graph(), n.capacities(), n.demands, t);
        if (!one) continue;
        const auto parts = unsplittable_flow(n.graph(), n.capacities(), n.demands, t, {.parts = 4});
        REQUIRE(parts);
        REQUIRE(parts->cost <= one->cost * (1 + 1e-12));
        ++compared;
    }
    CHECK(compared > 50);
}

TEST_CASE("unsplittable flow: small ones against every choice of paths") {
    std::mt19937 random(7);
    int compared = 0, best = 0;
    for (unsigned i = 0; i < 200; ++i) {
        const auto n = instances::random_flows(random, 4 + i % 3, 12 + i % 10, 4);
        const graph g = n.graph();
        const auto t = tunnels_of(n, 3);
        const auto f = unsplittable_flow(g, n.capacities(), n.demands, t);
        if (!f) continue;
        std::vector<std::vector<unsigned>> ways(n.demands.size());
        for (unsigned k = 0; k < t.size(); ++k) ways[t.demand_of(k)].push_back(k);
        double least = HUGE_VAL;
        std::vector<unsigned> choice(ways.size());
        for (bool more = true; more;) {
            std::vector<double> load(g.edges());
            for (unsigned d = 0; d < ways.size(); ++d)
                if (!ways[d].empty())
                    for (const unsigned e : t.edges_of(ways[d][choice[d]])) load[e] += n.demands[d].amount;
            least = std::min(least, congestion(view<double>(load), n.capacities()));
            more = false;
            for (unsigned d = 0; d < ways.size() && !more; ++d) {
                if (++choice[d] < ways[d].size())
                    more = true;
                else
                    choice[d] = 0;
            }
        }
        ++compared;
        REQUIRE(f->cost >= least * (1 - 1e-12));
        best += f->cost <= least * (1 + 1e-9);
    }
    CHECK(compared > 50);
    CHECK(best >= compared * 9 / 10);
}
