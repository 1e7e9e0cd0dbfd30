// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include "../instances.hpp"
#include "instances.hpp"

#include <uonaco/network/flows/min_cost_flow.hpp>

#include <cmath>

using namespace uonaco;

namespace {

// Bellman-Ford finds a cycle of negative cost in the residual graph exactly if a flow is not the cheapest of its amount.
bool can_be_cheaper(const networks::instance& n, const std::vector<double>& cost, const std::vector<double>& flow) {
    std::vector<double> at(n.nodes);
    for (unsigned round = 0; round <= n.nodes; ++round) {
        bool changed = false;
        for (unsigned e = 0; e < n.edges.size(); ++e) {
            const edge x = n.edges[e];
            if (flow[e] < n.capacity[e] && at[x.from] + cost[e] < at[x.to])
                at[x.to] = at[x.from] + cost[e], changed = true;
            if (flow[e] > 0 && at[x.to] - cost[e] < at[x.from]) at[x.from] = at[x.to] - cost[e], changed = true;
        }
        if (!changed) return false;
    }
    return true;
}

// The least capacity of all sets of nodes that have the one and not the other.
double least_cut(const networks::instance& n, unsigned from, unsigned to) {
    double least = HUGE_VAL;
    for (unsigned set = 0; set < 1u << n.nodes; ++set) {
        if (!(set >> from & 1) || (set >> to & 1)) continue;
        double cut = 0;
        for (unsigned e = 0; e < n.edges.size(); ++e)
            if ((set >> n.edges[e].from & 1) && !(set >> n.edges[e].to & 1)) cut += n.capacity[e];
        least = std::min(least, cut);
    }
    return least;
}

} // namespace

TEST_CASE("min-cost flow: two units over NSFNET are the disjoint pairs") {
    const auto n = instances::nsfnet();
    const graph g = n.graph();
    const std::vector<double> one(g.edges(), 1);
    double km = 0;
    min_cost_flow_search search;
    for (unsigned u = 1; u <= 14; ++u)
        for (unsigned v = u + 1; v <= 14; ++v) {
            const auto f = search(g, one, n.weights, u, v, 2);
            REQUIRE(f);
            CHECK(f->sent == 2);
            km += f->cost;
        }
    CHECK(km == 463500);
    CHECK(search(g, one, n.weights, 6, 11, 2)->cost == 5400); // the shortest path first would end at 5550
}

TEST_CASE("min-cost flow: random networks, the most and at the least cost") {
    std::mt19937 random(5);
    min_cost_flow_search search;
    for (unsigned i = 0; i < 1000; ++i) {
        const auto n = instances::random_flows(random, 2 + i % 8, 3 + i % 25, 0);
        std::vector<double> cost;
        for (unsigned e = 0; e < n.edges.size(); ++e) cost.push_back(static_cast<double>(random() % 10));
        const unsigned to = 1 + static_cast<unsigned>(random()) % (n.nodes - 1);
        const double asked = static_cast<double>(random() % 20);
        const auto f = search(n.graph(), n.capacity, cost, 0, to, asked);
        REQUIRE(f);
        REQUIRE(f->sent == std::min(asked, least_cut(n, 0, to)));
        REQUIRE_FALSE(can_be_cheaper(n, cost, f->flow));
        std::vector<double> left(n.nodes);
        for (unsigned e = 0; e < n.edges.size(); ++e) {
            REQUIRE((f->flow[e] >= 0 && f->flow[e] <= n.capacity[e]));
            left[n.edges[e].from] -= f->flow[e];
            left[n.edges[e].to] += f->flow[e];
        }
        left[0] += f->sent, left[to] -= f->sent;
        REQUIRE(left == std::vector<double>(n.nodes));
    }
}

TEST_CASE("min-cost flow: what cannot be asked") {
    const edge edges[] = {{0, 1}};
    const graph g(2, edges);
    const std::vector<double> one{1}, negative{-1};
    CHECK(cheapest_flow(g, one, negative, 0, 1, 1).error() == flow_failure{errc::out_of_range, no_demand, 0});
    CHECK(cheapest_flow(g, negative, one, 0, 1, 1).error() == flow_failure{errc::out_of_range, no_demand, 0});
    CHECK(cheapest_flow(g, one, one, 0, 2, 1).error().code == errc::out_of_range);
    CHECK(cheapest_flow(g, one, std::vector<double>{}, 0, 1, 1).error().code == errc::out_of_range);
    CHECK(cheapest_flow(g, one, one, 1, 0, 1)->sent == 0);
    CHECK(cheapest_flow(g, one, one, 0, 1, 5)->sent == 1);
    CHECK(cheapest_flow(g, one, one, 1, 1, 5)->sent == 5);
    CHECK(cheapest_flow(graph{}, std::vector<double>{}, std::vector<double>{}, 0, 0, 1).error().code ==
          errc::out_of_range);
}
