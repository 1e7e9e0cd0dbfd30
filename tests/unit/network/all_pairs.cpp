// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"
#include "instances.hpp"

#include <uonaco/network/all_pairs.hpp>

TEST_CASE("all pairs are the first of all simple paths") {
    std::mt19937 random(15);
    uonaco::all_pairs table;
    unsigned connected = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 1 + static_cast<unsigned>(random() % 12);
        const auto w = instances::random(random, n, n + static_cast<unsigned>(random() % (n + 2)), round % 5);
        const auto g = w.graph();
        table.run(g, w.weights);
        REQUIRE(table.nodes() == n);
        for (unsigned s = 0; s < n; ++s)
            for (unsigned t = 0; t < n; ++t) {
                const auto all = instances::all_paths(w, s, t);
                CHECK(table.path_of(g, s, t) == (all.empty() ? uonaco::path{} : all[0]));
                connected += !all.empty();
            }
    }
    CHECK(connected > 3000);
}

TEST_CASE("all pairs are those of a search from each node, bit for bit, whatever the weights") {
    std::mt19937 random(16);
    const auto weight = [&](unsigned kind) {
        const unsigned r = static_cast<unsigned>(random() % 1000);
        switch (kind) {
        case 0: return 1.0;                                              // ties abound
        case 1: return r % 5 * 1.0;                                      // some edges are free
        case 2: return r / 7.0;                                          // sums are rounded
        case 3: return r % 4 == 0 ? 1e-17 * r : 1 + 0.1 * (r % 3);       // an edge may add nothing to a cost
        case 4: return r % 9 == 0 ? __builtin_huge_val() : r % 90 * 1.0; // closed
        default: return r + 1e6 / (1 + r);
        }
    };
    uonaco::all_pairs table;
    uonaco::dijkstra search;
    unsigned connected = 0;
    for (unsigned round = 0; round < 240; ++round) {
        const unsigned n = 1 + static_cast<unsigned>(random() % 40);
        auto w = instances::random(random, n, static_cast<unsigned>(random() % (4 * n)), 1);
        for (double& x : w.weights) x = weight(round % 6);
        std::vector<unsigned char> usable(round % 2 == 0 ? 0 : w.edges.size());
        for (auto& u : usable) u = random() % 6 != 0;
        const auto g = w.graph();
        table.run(g, w.weights, uonaco::keep::costs_and_paths, usable);
        for (unsigned s = 0; s < n; ++s) {
            search.run(g, w.weights, s, uonaco::no_node, usable);
            unsigned wrong = 0;
            for (unsigned t = 0; t < n; ++t) wrong += table.path_of(g, s, t) != search.path_of(t);
            for (unsigned t = 0; t < n; ++t) connected += search.reached(t);
            CHECK(wrong == 0);
        }
    }
    CHECK(connected > 20000);
}

TEST_CASE("all pairs where corrections abound") {
    // Every node is reached over all that are numbered before it, and at first by an edge that costs too much.
    instances::weighted w{.nodes = 60};
    for (unsigned i = 0; i < w.nodes; ++i)
        for (unsigned j = w.nodes; j-- > i + 1;) w.both(i, j, (j - i) * (j - i) * 1.0);
    const auto g = w.graph();
    const uonaco::all_pairs table(g, w.weights);
    for (unsigned s = 0; s < w.nodes; ++s)
        for (unsigned t = 0; t < w.nodes; ++t) CHECK(table.cost(s, t) == (s < t ? t - s : s - t));
}

TEST_CASE("all pairs of NSFNET; without paths; of nothing") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    const uonaco::all_pairs costs(g, w.weights, uonaco::keep::costs);
    double km = 0;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) km += costs.cost(s, t);
    CHECK(km == 181500);
    CHECK_FALSE(costs.reached(0, 1));
    CHECK(uonaco::all_pairs(uonaco::graph(), {}).nodes() == 0);
}
