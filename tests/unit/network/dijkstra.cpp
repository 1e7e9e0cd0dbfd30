// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"
#include "instances.hpp"

#include <uonaco/network/dijkstra.hpp>

using uonaco::path;
using nodes = std::vector<unsigned>;

TEST_CASE("shortest paths equal the first of all simple paths, ties included") {
    std::mt19937 random(1);
    uonaco::dijkstra from;
    uonaco::dijkstra to;
    unsigned connected = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 2 + static_cast<unsigned>(random() % 11);
        const auto w = instances::random(random, n, n + static_cast<unsigned>(random() % (2 * n)), round % 4);
        const uonaco::graph g = w.graph();
        std::vector<unsigned char> usable(w.edges.size());
        for (auto& u : usable) u = random() % 8 != 0;
        const unsigned s = static_cast<unsigned>(random() % n);
        from.run(g, w.weights, s, uonaco::no_node, usable);
        for (unsigned t = 0; t < n; ++t) {
            const auto all = instances::all_paths(w, s, t, usable);
            const path expected = all.empty() ? path{} : all[0];
            connected += expected.found;
            to.run_to(g, w.weights, t, usable);
            CAPTURE(round, s, t);
            CHECK(from.path_of(t) == expected);
            CHECK(to.path_of(s) == expected);
            CHECK(shortest_path(g, w.weights, s, t, usable) == expected);
            CHECK(from.reached(t) == expected.found);
        }
    }
    CHECK(connected > 1000); // the test is not about nothing
}

TEST_CASE("sums over all pairs of NSFNET") {
    const auto w = instances::nsfnet();
    const uonaco::graph g = w.graph();
    const auto bandwidths = instances::nsfnet_bandwidths();
    double km = 0, diameter = 0, width = 0, shortest_of_widest = 0, greedy_pairs = 0;
    uonaco::dijkstra shortest;
    uonaco::basic_dijkstra<uonaco::most_width> widest;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) {
            shortest.run(g, w.weights, s, t);
            const path first = shortest.path_of(t);
            km += first.cost;
            diameter = std::max(diameter, first.cost);

            std::vector<unsigned char> usable(w.edges.size(), 1);
            for (const unsigned e : first.edges) usable[e] = usable[e ^ 1] = 0;
            shortest.run(g, w.weights, s, t, usable);
            greedy_pairs += first.cost + shortest.cost(t);

            widest.run(g, bandwidths, s, t);
            width += widest.cost(t);
            CHECK(uonaco::bottleneck_along(widest.path_of(t).edges, [&](unsigned e) { return bandwidths[e]; }) ==
                  widest.cost(t));
            for (std::size_t e = 0; e < usable.size(); ++e) usable[e] = bandwidths[e] >= widest.cost(t);
            shortest.run(g, w.weights, s, t, usable);
            shortest_of_widest += shortest.cost(t);
        }
    CHECK(km == 181500);
    CHECK(diameter == 3900);
    CHECK(width == 910);
    CHECK(shortest_of_widest == 299100);
    CHECK(greedy_pairs == 463500 + 150); // one pair, 6-11, is 150 km worse than the best disjoint pair
}

TEST_CASE("a tie goes to the smaller node from the source on") {
    const auto w = instances::nsfnet();
    const uonaco::graph g = w.graph();
    const path p = shortest_path(g, w.weights, 4, 14);
    CHECK(p.cost == 2850);
    CHECK((nodes_of(g, 4, p.edges) == nodes{4, 11, 12, 14}));
    const path back = shortest_path(g, w.weights, 14, 4);
    CHECK((nodes_of(g, 14, back.edges) == nodes{14, 12, 11, 4}));
}

TEST_CASE("a tie goes to fewer hops first, to the first of parallel edges last") {
    const uonaco::edge edges[] = {{0, 1}, {1, 3}, {0, 3}, {0, 3}, {0, 3}};
    const double weights[] = {1, 1, 3, 2, 2};
    const uonaco::graph g(4, edges);
    CHECK((shortest_path(g, weights, 0, 3).edges == nodes{3}));
}

TEST_CASE("no path, no edges, zero and infinite weights") {
    const uonaco::edge edges[] = {{0, 1}, {1, 2}};
    const uonaco::graph g(4, edges);
    const double weights[] = {0, 0};
    CHECK((shortest_path(g, weights, 0, 2) == path{{0, 1}, 0.0, true}));
    CHECK((shortest_path(g, weights, 1, 1) == path{{}, 0.0, true}));
    CHECK_FALSE(shortest_path(g, weights, 2, 0));
    CHECK_FALSE(shortest_path(g, weights, 0, 3));
    const double closed[] = {0, __builtin_huge_val()};
    CHECK_FALSE(shortest_path(g, closed, 0, 2));
    const double too_much[] = {1.7e308, 1.7e308};
    CHECK_FALSE(shortest_path(g, too_much, 0, 2)); // no infinite total leaves the search
    const unsigned char first_only[] = {1, 0};
    CHECK_FALSE(shortest_path(g, weights, 0, 2, first_only));
}

TEST_CASE("a workspace serves graphs of different sizes") {
    uonaco::dijkstra search;
    const uonaco::edge two[] = {{0, 1}};
    const uonaco::edge three[] = {{0, 1}, {1, 2}};
    const double weights[] = {1, 2};
    search.run(uonaco::graph(3, three), weights, 0);
    CHECK(search.cost(2) == 3);
    CHECK(search.hops(2) == 2);
    CHECK((search.step(2) == uonaco::arc{1, 1}));
    search.run(uonaco::graph(2, two), weights, 0);
    CHECK(search.cost(1) == 1);
    CHECK_FALSE(search.reached(2));
    search.run(uonaco::graph(3, three), weights, 1);
    CHECK_FALSE(search.reached(0));
    CHECK_FALSE(search.path_of(0));
}
