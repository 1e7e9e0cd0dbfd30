// SPDX-License-Identifier: Apache-2.0
#include "meshes.hpp"

#include "catch.hpp"

#include <uonaco/network/shapes/cut_bound.hpp>
#include <uonaco/network/shapes/packing.hpp>
#include <uonaco/network/shapes/reconfiguration.hpp>
#include <uonaco/network/shapes/ring.hpp>
#include <uonaco/network/shapes/tree.hpp>

#include <algorithm>
#include <numeric>

using namespace uonaco;
using namespace uonaco::literals;
using numbers = std::vector<unsigned>;

namespace {

const units::volume message = 40_GB;

/// Every spanning tree of n sites as parents towards `root`, by Pruefer's codes.
template <class Visit>
void each_tree(unsigned n, unsigned root, const Visit& visit) {
    unsigned long codes = 1;
    for (unsigned i = 2; i < n; ++i) codes *= n;
    for (unsigned long code = 0; code < codes; ++code) {
        numbers sequence, degree(n, 1);
        unsigned long rest = code;
        for (unsigned i = 2; i < n; ++i, rest /= n) {
            sequence.push_back(unsigned(rest % n));
            ++degree[sequence.back()];
        }
        std::vector<numbers> next(n);
        const auto join = [&](unsigned a, unsigned b) {
            next[a].push_back(b);
            next[b].push_back(a);
            --degree[a];
            --degree[b];
        };
        for (const unsigned to : sequence)
            join(unsigned(std::find(degree.begin(), degree.end(), 1u) - degree.begin()), to);
        numbers left;
        for (unsigned i = 0; i < n; ++i)
            if (degree[i] == 1) left.push_back(i);
        join(left[0], left[1]);
        numbers parent(n, n), stack{root};
        parent[root] = root;
        while (!stack.empty()) {
            const unsigned i = stack.back();
            stack.pop_back();
            for (const unsigned j : next[i])
                if (parent[j] == n) {
                    parent[j] = i;
                    stack.push_back(j);
                }
        }
        visit(parent);
    }
}

} // namespace

TEST_CASE("four sites: the best ring, trees and the bound of their cuts") {
    const auto m = meshes::four();
    const auto r = shapes::best_ring(m, message);
    CHECK((r.order == numbers{0, 1, 2, 3}));
    CHECK(r.time.si() == Approx(4.842).epsilon(1e-12));
    CHECK(r.proven);
    const auto t = shapes::best_tree(m, message);
    CHECK(t.root == 3);
    CHECK(t.time.si() == Approx(3.212).epsilon(1e-12));
    CHECK(shapes::tree_of(m, 3, {1, 3, 3, 3}, message, shapes::forwarding::pipelined).time == t.time); // {01, 13, 23}
    CHECK(shapes::tree_of(m, 3, {3, 3, 3, 3}, message, shapes::forwarding::pipelined).time.si() >= 3.212);
    CHECK(shapes::tree_of(m, 3, {3, 0, 3, 3}, message, shapes::forwarding::pipelined).time.si() ==
          Approx(3.214).epsilon(1e-12)); // {01, 03, 23}
    const auto whole = shapes::best_tree(m, message, shapes::forwarding::store_and_forward);
    CHECK(whole.time.si() == Approx(3.212).epsilon(1e-12));
    const auto cut = shapes::least_cut_bound(m);
    CHECK(cut.rate == 400_Gbps);
    CHECK((cut.block == numbers{0, 0, 1, 0}));
    CHECK(cut.time(message).si() == Approx(1.6));
    CHECK(cut.time(message, true).si() == Approx(0.8));
    CHECK(shapes::rate_of(m, {0, 1, 2, 3}).si() == Approx(1400e9 / 3)); // the next, 466.667
    const auto p = shapes::best_packing(m);
    CHECK(p.proven);
    CHECK(p.rate.si() == Approx(400e9).epsilon(1e-12));
    CHECK(p.bound.si() == Approx(400e9).epsilon(1e-12));
    CHECK(p.time(message) < t.time);
    CHECK(p.time(message).si() == Approx(1.6 + 2 * p.depth.si()));
}

TEST_CASE("rings against all permutations, and 2-opt against them") {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        const unsigned n = 2 + unsigned(random() % 5);
        const auto m = meshes::random(random, n, 4);
        numbers order(n);
        std::iota(order.begin(), order.end(), 0u);
        double least = math::most;
        do least = std::min(least, shapes::ring_of(m, order, message).time.si());
        while (std::next_permutation(order.begin(), order.end()));
        const auto r = shapes::best_ring(m, message);
        CHECK(bool(r) == (least < math::most));
        if (r) CHECK(r.time.si() == Approx(least).epsilon(1e-13));
    }
    const auto large = meshes::random(random, 12, 1000);
    const auto r = shapes::best_ring(large, message);
    REQUIRE(r);
    CHECK_FALSE(r.proven);
    CHECK(r.order[0] == 0);
    CHECK(r.order[1] < r.order[11]);
    auto sorted = r.order;
    std::sort(sorted.begin(), sorted.end());
    numbers line(12);
    std::iota(line.begin(), line.end(), 0u);
    CHECK(sorted == line);
    CHECK(r.time < shapes::ring_of(large, line, message).time);
}

TEST_CASE("trees against all spanning trees and roots") {
    std::mt19937 random(2);
    for (int round = 0; round < 60; ++round) {
        const unsigned n = 2 + unsigned(random() % 4);
        const auto m = meshes::random(random, n, 4);
        for (const auto how : {shapes::forwarding::pipelined, shapes::forwarding::store_and_forward}) {
            double least = math::most;
            for (unsigned root = 0; root < n; ++root)
                each_tree(n, root, [&](const numbers& parent) {
                    for (unsigned i = 0; i < n; ++i)
                        if (i != root && !m.joined(i, parent[i])) return;
                    least = std::min(least, shapes::tree_of(m, root, parent, message, how).time.si());
                });
            const auto t = shapes::best_tree(m, message, how);
            CHECK(bool(t) == (least < math::most));
            if (t) CHECK(t.time.si() == Approx(least).epsilon(1e-12));
        }
    }
}

TEST_CASE("a packing reaches the bound of the partitions, and keeps every rate") {
    std::mt19937 random(3);
    for (int round = 0; round < 150; ++round) {
        const unsigned n = 2 + unsigned(random() % (round < 140 ? 5 : 7));
        const auto m = meshes::random(random, n, 4);
        const auto cut = shapes::least_cut_bound(m);
        const auto p = shapes::best_packing(m);
        CHECK(p.rate.si() == Approx(cut.rate.si()).epsilon(1e-9));
        if (!p) continue;
        CHECK(p.proven);
        CHECK(p.bound >= cut.rate * (1 - 1e-12));
        double share = 0;
        for (unsigned b = 1; b < n; ++b)
            for (unsigned a = 0; a < b; ++a) {
                double load = 0;
                for (const auto& t : p.trees)
                    for (const auto& e : t.pairs)
                        if (e == shapes::site_pair{a, b}) load += t.rate.si();
                CHECK(load <= m.rate(a, b).si() * (1 + 1e-12));
            }
        for (const auto& t : p.trees) {
            CHECK(t.pairs.size() == n - 1);
            CHECK(t.depth.si() < 1);
            share += t.share.si();
        }
        CHECK(share == Approx(1));
    }
}

TEST_CASE("beyond eight sites: a packing proves its rate, partitions bound it") {
    std::mt19937 random(4);
    const auto m = meshes::random(random, 14, 5);
    const auto p = shapes::best_packing(m);
    CHECK(p.proven);
    const auto cut = shapes::least_cut_bound(m);
    CHECK_FALSE(cut.proven);
    CHECK(cut.rate >= p.rate * (1 - 1e-9));
    const auto early = shapes::best_packing(m, 40);
    CHECK(early);
    CHECK(early.rate <= p.rate * (1 + 1e-9));
    CHECK(early.bound >= p.rate * (1 - 1e-9));
}

TEST_CASE("one more wavelength helps where every tight partition is crossed") {
    const auto m = meshes::four();
    const auto gains = shapes::step_gains(m, 100_Gbps, message);
    REQUIRE(gains.size() == 6);
    for (const auto& g : gains) {
        const bool at_two = g.pair.a == 2 || g.pair.b == 2; // {2} | {0, 1, 3} is the only tight one
        CHECK((g.after > g.before) == at_two);
        if (at_two) CHECK(g.after.si() == Approx(500e9)); // all singletons: 500 too
        CHECK(g.exchanges_to_pay(8_s) == (at_two ? units::factor(8_s / g.saved) : units::factor(math::most)));
    }
    const auto best = shapes::best_step(m, 100_Gbps, message);
    CHECK((best.pair == shapes::site_pair{0, 2}));
    CHECK(best.saved.si() == Approx(1.6 - 1.28));
    CHECK(best.exchanges_to_pay(8_s).si() == Approx(25));
}

TEST_CASE("no site, one site, sites that nothing joins") {
    for (unsigned n = 0; n < 2; ++n) {
        const shapes::site_mesh m(n);
        CHECK(bool(shapes::best_ring(m, message)) == (n == 1));
        CHECK(shapes::best_ring(m, message).time == 0_s);
        CHECK(bool(shapes::best_tree(m, message)) == (n == 1));
        CHECK(shapes::best_tree(m, message).time == 0_s);
        CHECK_FALSE(shapes::best_packing(m));
        CHECK(shapes::least_cut_bound(m).time(message) == 0_s);
    }
    shapes::site_mesh apart(3);
    apart.join(0, 1, 100_Gbps, 1_ms);
    CHECK_FALSE(shapes::best_ring(apart, message));
    CHECK_FALSE(shapes::best_tree(apart, message));
    CHECK_FALSE(shapes::best_packing(apart));
    CHECK(shapes::best_packing(apart).rate == 0_Gbps);
    CHECK(shapes::least_cut_bound(apart).rate == 0_Gbps);
    CHECK(shapes::least_cut_bound(apart).time(message).si() == math::most);
    apart.join(1, 2, units::bit_rate::from_si(__builtin_huge_val()), 1_ms);
    CHECK_FALSE(apart.joined(1, 2));
    CHECK(shapes::best_step(apart, 100_Gbps, message).pair == shapes::site_pair{0, 2});
}
