// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"
#include "../instances.hpp"

#include <uonaco/network/dijkstra.hpp>
#include <uonaco/network/k_shortest.hpp>
#include <uonaco/network/paths/disjoint_pair.hpp>

#include <tuple>

using uonaco::disjoint;
using uonaco::path_pair;
using nodes = std::vector<unsigned>;

namespace {

struct overlap {
    unsigned edges = 0;
    unsigned inner = 0;
};
overlap shared(const uonaco::graph& g, const std::vector<unsigned>& a, const std::vector<unsigned>& b) {
    overlap o;
    for (const unsigned x : a)
        for (const unsigned y : b) {
            o.edges += x == y;
            o.inner += x != a.back() && y != b.back() && g.to(x) == g.to(y);
        }
    return o;
}

} // namespace

TEST_CASE("disjoint and maximally disjoint pairs equal the best of all pairs of simple paths") {
    std::mt19937 random(11);
    uonaco::disjoint_pair_search search;
    unsigned disjoint_ones = 0, sharing = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 2 + static_cast<unsigned>(random() % 11);
        auto w = instances::random(random, n, n + static_cast<unsigned>(random() % (n + 4)), 1 + round % 9);
        const auto g = w.graph();
        std::vector<unsigned char> usable(w.edges.size());
        for (auto& u : usable) u = random() % 12 != 0;
        const unsigned s = static_cast<unsigned>(random() % n);
        const unsigned t = (s + 1 + static_cast<unsigned>(random() % (n - 1))) % n;
        const auto all = instances::all_paths(w, s, t, usable);
        for (const disjoint what : {disjoint::edges, disjoint::nodes}) {
            CAPTURE(round, s, t, what == disjoint::nodes);
            std::tuple<unsigned, unsigned, double> best{~0u, ~0u, 0};
            for (const auto& a : all)
                for (const auto& b : all) {
                    overlap o = shared(g, a.edges, b.edges);
                    if (what == disjoint::edges) o.inner = 0;
                    best = std::min(best, {o.edges, o.inner, a.cost + b.cost});
                }
            const path_pair pair = search(g, w.weights, s, t, what, usable);
            REQUIRE(static_cast<bool>(pair) == !all.empty());
            const path_pair strict = disjoint_pair(g, w.weights, s, t, what, usable);
            const bool possible = !all.empty() && std::get<0>(best) + std::get<1>(best) == 0;
            CHECK(static_cast<bool>(strict) == possible);
            if (possible) CHECK(strict == pair);
            if (all.empty()) continue;
            CHECK(std::count(all.begin(), all.end(), pair.working) == 1);
            CHECK(std::count(all.begin(), all.end(), pair.backup) == 1);
            CHECK(rank(g, pair.working, pair.backup) <= 0);
            const overlap o = shared(g, pair.working.edges, pair.backup.edges);
            CHECK(o.edges == pair.shared_edges.size());
            CHECK(o.inner == pair.shared_nodes.size());
            CHECK(std::tuple{o.edges, what == disjoint::edges ? 0 : o.inner, pair.cost()} == best);
            (possible ? disjoint_ones : sharing) += 1;
        }
    }
    CHECK(disjoint_ones > 200);
    CHECK(sharing > 200);
}

TEST_CASE("disjoint pairs of NSFNET") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    uonaco::disjoint_pair_search search;
    double edges = 0, inner = 0;
    unsigned differ = 0;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) {
            const path_pair e = search(g, w.weights, s, t);
            const path_pair v = search(g, w.weights, s, t, disjoint::nodes);
            CHECK((e.shared_edges.empty() && v.shared_edges.empty() && v.shared_nodes.empty()));
            for (const unsigned x : e.working.edges)
                CHECK(std::count(e.backup.edges.begin(), e.backup.edges.end(), x ^ 1) == 0); // nor the same fibre
            edges += e.cost();
            inner += v.cost();
            if (e.cost() == v.cost()) continue;
            ++differ;
            CHECK(((s == 7 || s == 8) && t >= 12));
            CHECK((e.cost() == 4650 && v.cost() == 5550));
        }
    CHECK(edges == 463500);
    CHECK(inner == 468900);
    CHECK(differ == 6);
    const path_pair p = search(g, w.weights, 6, 11); // the shortest path is in no best pair
    CHECK(p.cost() == 5400);
    CHECK((nodes_of(g, 6, p.working.edges) == nodes{6, 14, 13, 11}));
    CHECK((nodes_of(g, 6, p.backup.edges) == nodes{6, 10, 9, 12, 11}));
    CHECK(search(g, w.weights, 4, 14).cost() == 6000);
}

TEST_CASE("where taking the shortest path first is worse on NSFNET") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    const auto second = [&](unsigned s, unsigned t, const uonaco::path& first) {
        std::vector<unsigned char> usable(w.edges.size(), 1);
        for (const unsigned e : first.edges) usable[e] = usable[e ^ 1] = 0;
        return uonaco::shortest_path(g, w.weights, s, t, usable);
    };
    std::vector<nodes> worse;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) {
            const uonaco::path first = uonaco::shortest_path(g, w.weights, s, t);
            const double greedy = first.cost + second(s, t, first).cost;
            if (greedy == disjoint_pair(g, w.weights, s, t).cost()) continue;
            worse.push_back({s, t});
            CHECK((nodes_of(g, s, first.edges) == nodes{6, 14, 12, 11}));
            CHECK(first.cost == 2700);
            CHECK(greedy == 5550);
        }
    CHECK((worse == std::vector<nodes>{{6, 11}}));
    // Of two shortest paths from 4 to 14 the one that the rule of ties takes leads to the best pair, the other does not.
    const auto paths = uonaco::k_shortest(g, w.weights, 4, 14, 2);
    REQUIRE(paths.size() == 2);
    CHECK((paths[0].cost == 2850 && paths[1].cost == 2850));
    CHECK((nodes_of(g, 4, paths[0].edges) == nodes{4, 11, 12, 14}));
    CHECK((nodes_of(g, 4, paths[1].edges) == nodes{4, 11, 13, 14}));
    CHECK(paths[0].cost + second(4, 14, paths[0]).cost == 6000);
    CHECK(paths[1].cost + second(4, 14, paths[1]).cost == 6150);
}

TEST_CASE("COST239: best pairs of its 55, against all pairs of its shortest paths") {
    const auto w = instances::cost239();
    const auto g = w.graph();
    CHECK(w.edges.size() == 52);
    uonaco::k_shortest_search search;
    for (unsigned s = 1; s <= 11; ++s)
        for (unsigned t = s + 1; t <= 11; ++t) {
            const auto paths = search(g, w.weights, s, t, 60);
            double best[2] = {1e300, 1e300};
            for (const uonaco::path& a : paths)
                for (const uonaco::path& b : paths) {
                    const overlap o = shared(g, a.edges, b.edges);
                    if (o.edges > 0) continue;
                    best[0] = std::min(best[0], a.cost + b.cost);
                    if (o.inner == 0) best[1] = std::min(best[1], a.cost + b.cost);
                }
            // a pair that is cheaper than the shortest with the 60th cannot be missed
            const double sure = paths.front().cost + paths.back().cost;
            const double found[2] = {uonaco::disjoint_pair(g, w.weights, s, t).cost(),
                                     uonaco::disjoint_pair(g, w.weights, s, t, disjoint::nodes).cost()};
            for (int i = 0; i < 2; ++i) {
                CHECK(found[i] <= sure);
                CHECK(found[i] == best[i]);
            }
        }
}

TEST_CASE("the textbook example of Suurballe's algorithm") {
    enum : unsigned { A, B, C, D, E, F };
    const uonaco::edge edges[] = {{A, B}, {A, C}, {B, D}, {B, E}, {C, D}, {D, F}, {E, F}};
    const double weights[] = {1, 2, 1, 2, 2, 1, 2};
    const uonaco::graph g(6, edges);
    CHECK(uonaco::shortest_path(g, weights, A, F).cost == 3); // a trap: without it there is no second path
    for (const disjoint what : {disjoint::edges, disjoint::nodes}) {
        const path_pair p = disjoint_pair(g, weights, A, F, what);
        CHECK(p.cost() == 10);
        CHECK((nodes_of(g, A, p.working.edges) == nodes{A, B, E, F}));
        CHECK((nodes_of(g, A, p.backup.edges) == nodes{A, C, D, F}));
    }
}

TEST_CASE("a bridge is shared, and named") {
    const uonaco::edge edges[] = {{0, 1}, {0, 1}, {1, 2}, {2, 3}, {2, 3}};
    const double weights[] = {1, 2, 5, 1, 4};
    const uonaco::graph g(4, edges);
    CHECK_FALSE(disjoint_pair(g, weights, 0, 3));
    const path_pair p = maximally_disjoint_pair(g, weights, 0, 3);
    CHECK(p.cost() == 18);
    CHECK((p.shared_edges == std::vector<unsigned>{2}));
    CHECK((p.shared_nodes == std::vector<unsigned>{1, 2}));
}

TEST_CASE("pairs: nowhere to go, the same node, weights that are none") {
    const uonaco::edge edges[] = {{0, 1}, {0, 1}, {1, 1}, {0, 1}};
    const uonaco::graph g(3, edges);
    const double weights[] = {0, 0, 0, 1};
    CHECK_FALSE(maximally_disjoint_pair(g, weights, 0, 2));
    CHECK(disjoint_pair(g, weights, 1, 1));
    CHECK(disjoint_pair(g, weights, 0, 1).cost() == 0);
    const double odd[] = {__builtin_nan(""), -1, 1, __builtin_huge_val()};
    CHECK_FALSE(maximally_disjoint_pair(g, odd, 0, 1));
    const double large[] = {1.7e308, 1.7e308, 0, 1e308};
    CHECK(disjoint_pair(g, large, 0, 1).working.cost == 1e308);
}
