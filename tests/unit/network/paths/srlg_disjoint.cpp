// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"
#include "../instances.hpp"

#include <uonaco/network/k_shortest.hpp>
#include <uonaco/network/paths/disjoint_pair.hpp>
#include <uonaco/network/paths/srlg_disjoint.hpp>

#include <algorithm>
#include <set>

using uonaco::apart;
using uonaco::edge_risk;
using uonaco::errc;
using uonaco::path;
using uonaco::risk_groups;
using nodes = std::vector<unsigned>;

namespace {

bool are_apart(const uonaco::graph& g, const risk_groups& risks, const path& a, const path& b, apart what) {
    std::set<unsigned> edges(a.edges.begin(), a.edges.end()), groups, inner;
    for (const unsigned e : a.edges) {
        for (const unsigned r : risks.of(e)) groups.insert(r);
        inner.insert(g.from(e));
    }
    bool first = true;
    for (const unsigned e : b.edges) {
        if (edges.count(e)) return false;
        for (const unsigned r : risks.of(e))
            if (groups.count(r)) return false;
        if (what == apart::risks_and_nodes && !first && inner.count(g.from(e))) return false;
        first = false;
    }
    return true;
}

using instances::sum;

} // namespace

TEST_CASE("pairs without a common risk, bounded or not, equal the cheapest of all pairs of simple paths") {
    std::mt19937 random(14);
    uonaco::risk_disjoint_search search;
    unsigned found = 0, none = 0, bounded = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 2 + static_cast<unsigned>(random() % 11);
        const auto w = instances::random(random, n, n + static_cast<unsigned>(random() % (n + 6)), 1 + round % 9);
        const auto g = w.graph();
        std::vector<edge_risk> members;
        for (unsigned e = 0; e < g.edges(); ++e)
            for (unsigned i = static_cast<unsigned>(random() % 3); i > 0; --i)
                members.push_back({e, static_cast<unsigned>(random() % (g.edges() + 2))});
        const risk_groups risks(g.edges(), members);
        std::vector<double> delays(w.edges.size()), jitters(w.edges.size());
        for (double& x : delays) x = static_cast<double>(random() % 8);
        for (double& x : jitters) x = static_cast<double>(random() % 4);
        const double delay = static_cast<double>(8 + random() % 16);
        const double jitter = static_cast<double>(3 + random() % 6);
        const unsigned s = static_cast<unsigned>(random() % n);
        const unsigned t = (s + 1 + static_cast<unsigned>(random() % (n - 1))) % n;
        const auto all = instances::all_paths(w, s, t);
        for (const apart what : {apart::risks, apart::risks_and_nodes}) {
            double best = -1, best_bounded = -1;
            unsigned long hops = 0;
            const auto in = [&](const path& p) { return sum(delays, p) <= delay && sum(jitters, p) <= jitter; };
            for (const path& a : all)
                for (const path& b : all) {
                    if (!are_apart(g, risks, a, b, what)) continue;
                    const double c = a.cost + b.cost;
                    const unsigned long h = a.edges.size() + b.edges.size();
                    if (best < 0 || c < best || (c == best && h < hops)) best = c, hops = h;
                    if ((best_bounded < 0 || c < best_bounded) && in(a) && in(b)) best_bounded = c;
                }
            CAPTURE(round, s, t, what == apart::risks);
            const auto pair = search(g, w.weights, risks, s, t, what);
            REQUIRE(static_cast<bool>(pair) == (best >= 0));
            if (pair) {
                CHECK(pair->proven);
                CHECK(pair->cost() == best);
                CHECK(pair->working.edges.size() + pair->backup.edges.size() == hops);
                CHECK(are_apart(g, risks, pair->working, pair->backup, what));
                CHECK(std::count(all.begin(), all.end(), pair->working) == 1);
                CHECK(std::count(all.begin(), all.end(), pair->backup) == 1);
                CHECK(rank(g, pair->working, pair->backup) <= 0);
                ++found;
            } else {
                CHECK(pair.error().code == (all.empty() ? errc::unreachable : errc::no_candidate));
                none += !all.empty();
            }
            const uonaco::path_bound<double> first{delays, delay}, second{jitters, jitter};
            const auto in_time = bounded_disjoint_pair(g, w.weights, risks, s, t, first, second, what);
            REQUIRE(static_cast<bool>(in_time) == (best_bounded >= 0));
            if (!in_time) continue;
            CHECK(in_time->cost() == best_bounded);
            CHECK((in(in_time->working) && in(in_time->backup)));
            CHECK(are_apart(g, risks, in_time->working, in_time->backup, what));
            bounded += in_time->cost() > best;
        }
    }
    CHECK(found > 100);
    CHECK(none > 100);
    CHECK(bounded > 10);
}

TEST_CASE("the trap of shared risks: 10, 8, and none") {
    const uonaco::edge edges[] = {{0, 1}, {1, 5}, {0, 2}, {2, 5}, {0, 3}, {3, 5}, {1, 2}};
    const double weights[] = {1, 1, 2, 2, 3, 3, 1};
    const uonaco::graph g(6, edges);
    const auto pair = [&](std::vector<edge_risk> members) {
        return srlg_disjoint_pair(g, weights, risk_groups(7, members), 0, 5);
    };
    // Costs of all pairs without a common edge, and of those without a common group.
    const auto costs = [&](std::vector<edge_risk> members) {
        const risk_groups risks(7, members);
        const auto paths = uonaco::k_shortest(g, weights, 0, 5, 100);
        std::vector<double> found;
        for (std::size_t i = 0; i < paths.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (are_apart(g, risks, paths[i], paths[j], apart::risks))
                    found.push_back(paths[i].cost + paths[j].cost);
        std::sort(found.begin(), found.end());
        return found;
    };
    CHECK((costs({}) == std::vector<double>{6, 8, 10, 10}));
    CHECK((costs({{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 5}, {5, 2}, {6, 7}}) == std::vector<double>{10, 10}));
    CHECK((costs({{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 5}, {5, 6}, {6, 7}}).front() == 8));
    CHECK(costs({{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 2}, {4, 4}, {5, 6}, {6, 7}}).empty());
    const uonaco::path first = uonaco::shortest_path(g, weights, 0, 5);
    CHECK(first.cost == 2);
    CHECK((nodes_of(g, 0, first.edges) == nodes{0, 1, 5}));
    CHECK(uonaco::disjoint_pair(g, weights, 0, 5).cost() == 6);     // 0-1-5 and 0-2-5: both die with group 1
    const unsigned char apart_from_first[] = {0, 0, 0, 1, 1, 0, 1}; // what shares no group with it
    CHECK_FALSE(uonaco::shortest_path(g, weights, 0, 5, apart_from_first));
    const auto ten = pair({{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 5}, {5, 2}, {6, 7}});
    REQUIRE(ten);
    CHECK(ten->cost() == 10);
    CHECK(ten->proven);
    CHECK((nodes_of(g, 0, ten->working.edges) == nodes{0, 2, 5}));
    CHECK((nodes_of(g, 0, ten->backup.edges) == nodes{0, 3, 5}));
    const auto eight = pair({{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 5}, {5, 6}, {6, 7}});
    REQUIRE(eight);
    CHECK(eight->cost() == 8);
    CHECK((nodes_of(g, 0, eight->working.edges) == nodes{0, 1, 5}));
    const auto none = pair({{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 2}, {4, 4}, {5, 6}, {6, 7}});
    CHECK(none.error().code == errc::no_candidate);
}

TEST_CASE("a search that gives up says so") {
    // A ladder whose every rung shares a risk with another: many ways, no two apart.
    instances::weighted w{.nodes = 40};
    std::vector<edge_risk> members;
    for (unsigned i = 0; i + 2 < 40; i += 2)
        for (unsigned a = 0; a < 2; ++a)
            for (unsigned b = 0; b < 2; ++b) {
                members.push_back({static_cast<unsigned>(w.edges.size()), (i / 2 * 7 + a * 3 + b * 5) % 11});
                w.edges.push_back({i + a, i + 2 + b});
                w.weights.push_back(1 + (i + a + 2 * b) % 3);
            }
    const auto g = w.graph();
    const risk_groups risks(g.edges(), members);
    uonaco::risk_disjoint_search search;
    search.most_steps = 1;
    const auto p = search(g, w.weights, risks, 0, 38);
    if (p)
        CHECK((!p->proven && p->lower_bound <= p->cost()));
    else
        CHECK(p.error().code == errc::too_many);
    CHECK(search(g, w.weights, risks, 0, 99).error().code == errc::not_found);
    CHECK(search(g, w.weights, risks, 0, 0)->cost() == 0);
    CHECK(search(g, w.weights, risks, 38, 0).error().code == errc::unreachable);
}
