// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"
#include "instances.hpp"

#include <uonaco/network/k_shortest.hpp>

using uonaco::path;
using nodes = std::vector<unsigned>;

namespace {
std::vector<path> first(const std::vector<path>& all, std::size_t k) {
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(k, all.size()))};
}
std::vector<double> costs(const std::vector<path>& paths) {
    std::vector<double> c;
    for (const path& p : paths) c.push_back(p.cost);
    return c;
}
} // namespace

TEST_CASE("k shortest paths equal the first k of all simple paths, ties and parallel edges included") {
    std::mt19937 random(2);
    uonaco::k_shortest_search search;
    std::size_t seen = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 2 + static_cast<unsigned>(random() % 11);
        const unsigned dense = n < 10 ? 3 : 1; // of twelve nodes there are too many paths to list
        const auto w =
            instances::random(random, n, dense * n + static_cast<unsigned>(random() % (dense * n)), round % 5);
        const uonaco::graph g = w.graph();
        std::vector<unsigned char> usable(w.edges.size());
        for (auto& u : usable) u = random() % 10 != 0;
        const unsigned s = static_cast<unsigned>(random() % n);
        const unsigned t = static_cast<unsigned>(random() % n);
        const auto all = instances::all_paths(w, s, t, usable);
        seen += all.size();
        CAPTURE(round, s, t);
        CHECK(search(g, w.weights, s, t, ~0u, usable) == all);
        for (const unsigned k : {0u, 1u, 2u, 3u, 7u}) CHECK(search(g, w.weights, s, t, k, usable) == first(all, k));
    }
    CHECK(seen > 8000);
}

TEST_CASE("weights that do not add up exactly still give the k least costs") {
    std::mt19937 random(3);
    uonaco::k_shortest_search search;
    for (unsigned round = 0; round < 200; ++round) {
        const unsigned n = 4 + static_cast<unsigned>(random() % 5);
        auto w = instances::random(random, n, 3 * n, 3);
        for (double& x : w.weights) x = x / 7 + static_cast<double>(random() % 3) * 0.1;
        const auto all = instances::all_paths(w, 0, n - 1);
        const auto found = search(w.graph(), w.weights, 0, n - 1, ~0u);
        CAPTURE(round);
        REQUIRE(found.size() == all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            CHECK(found[i].cost == Approx(all[i].cost).epsilon(1e-14));
            if (i > 0) CHECK(found[i - 1].cost <= found[i].cost);
        }
    }
}

TEST_CASE("k shortest paths of NSFNET") {
    const auto w = instances::nsfnet();
    const uonaco::graph g = w.graph();
    uonaco::k_shortest_search search;

    const auto paths = search(g, w.weights, 1, 14, 10);
    CHECK((costs(paths) == std::vector<double>{3600, 3750, 4650, 4650, 4950, 4950, 5100, 5100, 5100, 5100}));
    CHECK((nodes_of(g, 1, paths[0].edges) == nodes{1, 8, 9, 13, 14}));
    CHECK((nodes_of(g, 1, paths[1].edges) == nodes{1, 8, 9, 12, 14}));
    CHECK((nodes_of(g, 1, paths[2].edges) == nodes{1, 2, 4, 11, 12, 14}));
    CHECK((nodes_of(g, 1, paths[3].edges) == nodes{1, 2, 4, 11, 13, 14}));
    CHECK((costs(search(g, w.weights, 2, 13, 10)) ==
           std::vector<double>{3450, 3750, 3750, 3900, 4200, 4350, 4350, 4500, 4500, 4500}));
    CHECK(search(g, w.weights, 1, 14, 1000).size() == 174);
    CHECK(search(g, w.weights, 2, 13, 1000).size() == 180);

    double five = 0;
    std::size_t simple = 0;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) {
            for (const path& p : search(g, w.weights, s, t, 5)) five += p.cost;
            const auto all = search(g, w.weights, s, t, ~0u);
            simple += all.size();
            CHECK(all == instances::all_paths(w, s, t));
        }
    CHECK(five == 1502400);
    CHECK(simple == 12422);
}

TEST_CASE("the textbook example of Yen's algorithm") {
    enum : unsigned { C, D, E, F, G, H };
    const uonaco::edge edges[] = {{C, D}, {C, E}, {D, F}, {E, D}, {E, F}, {E, G}, {F, G}, {F, H}, {G, H}};
    const double weights[] = {3, 2, 4, 1, 2, 3, 2, 1, 2};
    const uonaco::graph g(6, edges);
    const auto paths = k_shortest(g, weights, C, H, 10);
    CHECK((costs(paths) == std::vector<double>{5, 7, 8, 8, 8, 11, 11}));
    std::vector<nodes> through;
    for (const path& p : paths) through.push_back(nodes_of(g, C, p.edges));
    CHECK((through == std::vector<nodes>{{C, E, F, H},
                                         {C, E, G, H},
                                         {C, D, F, H},
                                         {C, E, D, F, H},
                                         {C, E, F, G, H},
                                         {C, D, F, G, H},
                                         {C, E, D, F, G, H}}));
}

TEST_CASE("nothing to find, nothing to ask for, nowhere to go") {
    const uonaco::edge edges[] = {{0, 1}, {1, 0}, {0, 0}};
    const double weights[] = {1, 1, 1};
    const uonaco::graph g(3, edges);
    CHECK(k_shortest(g, weights, 0, 2, 5).empty());
    CHECK(k_shortest(g, weights, 0, 1, 0).empty());
    CHECK(k_shortest(g, weights, 0, 1, 5).size() == 1);
    CHECK((k_shortest(g, weights, 0, 0, 5) == std::vector<path>{{{}, 0.0, true}}));
}
