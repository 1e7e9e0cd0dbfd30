// SPDX-License-Identifier: Apache-2.0
// Over which tree a reduce and a broadcast should go, and from which site.
#pragma once

#include "site_mesh.hpp"

namespace uonaco::inline UONACO_ABI::shapes {

/// How a message moves down a tree.
enum class forwarding : unsigned char {
    pipelined,         ///< in chunks: 2 (largest depth + S / least rate)
    store_and_forward, ///< whole at each site: 2 x the largest sum of a + S/B over a path from the root
};

/// True if there is a tree.
struct tree {
    unsigned root = 0;
    std::vector<unsigned> parent{}; ///< of each site; the root is its own
    units::bit_rate rate{};         ///< the least of its pairs
    units::latency depth{};         ///< the longest sum of delays from the root to a site
    units::duration time{};         ///< of a reduce to the root and a broadcast from it

    explicit operator bool() const { return !parent.empty(); }
};

/// The figures of a tree that is given by parents. Precondition: it is one, over joined pairs. O(N^2).
UONACO_LAZY
tree tree_of(const site_mesh& m, unsigned root, const std::vector<unsigned>& parent, units::volume message,
             forwarding how) {
    detail::later_t<tree, UonacoLazy_> t;
    t.root = root;
    t.parent = parent;
    if (parent.size() < 2) return t;
    t.rate = units::bit_rate::from_si(math::most);
    double slowest = 0.0;
    for (unsigned site = 0; site < parent.size(); ++site) {
        double delay = 0.0, whole = 0.0;
        unsigned steps = 0;
        for (unsigned i = site; i != root; i = parent[i]) {
            UONACO_ASSERT(++steps < parent.size() && m.joined(i, parent[i]));
            t.rate = units::min(t.rate, m.rate(i, parent[i]));
            delay += m.delay(i, parent[i]).si();
            whole += m.delay(i, parent[i]).si() + (message / m.rate(i, parent[i])).si();
        }
        static_cast<void>(steps);
        t.depth = units::max(t.depth, units::latency::from_si(delay));
        slowest = whole > slowest ? whole : slowest;
    }
    const double pipelined = (t.depth + message / t.rate).si();
    t.time = units::saturate(units::duration::from_si(2.0 * (how == forwarding::pipelined ? pipelined : slowest)));
    return t;
}

/// The fastest tree and root, proven whatever the number of sites. Store and forward: a shortest-path tree with weights a + S/B, of the
/// root with the least depth. Pipelined: the least rate B of the best tree is the rate of some pair; among the pairs with B or more the
/// shortest-path tree of the delays has the least depth, so all B and all roots are tried. Of equally fast ones the first root, at the
/// highest B. No tree: some site is not joined. O(N^3), pipelined times the number of different rates.
UONACO_LAZY
tree best_tree(const site_mesh& m, units::volume message, forwarding how = forwarding::pipelined) {
    const unsigned n = m.sites();
    detail::later_t<tree, UonacoLazy_> best;
    detail::later_t<std::vector<unsigned>, UonacoLazy_> parent(n);
    detail::later_t<std::vector<double>, UonacoLazy_> far(n);
    detail::later_t<std::vector<unsigned char>, UonacoLazy_> done(n);
    const double never = __builtin_huge_val();

    const auto grow = [&](unsigned root,
                          double least_rate) { // Dijkstra on a matrix; false if some site is out of reach
        far.assign(n, never);
        done.assign(n, 0);
        far[root] = 0.0;
        parent[root] = root;
        for (unsigned k = 0; k < n; ++k) {
            unsigned i = n;
            for (unsigned j = 0; j < n; ++j)
                if (!done[j] && (i == n || far[j] < far[i])) i = j;
            if (far[i] == never) return false;
            done[i] = 1;
            for (unsigned j = 0; j < n; ++j) {
                if (done[j] || !m.joined(i, j) || m.rate(i, j).si() < least_rate) continue;
                const double whole = how == forwarding::pipelined ? 0.0 : (message / m.rate(i, j)).si();
                const double to = far[i] + m.delay(i, j).si() + whole;
                if (to < far[j]) {
                    far[j] = to;
                    parent[j] = i;
                }
            }
        }
        return true;
    };

    double least_rate = how == forwarding::pipelined ? never : 0.0;
    while (true) {
        if (how == forwarding::pipelined) { // the next lower rate of a pair
            double next = 0.0;
            for (unsigned j = 1; j < n; ++j)
                for (unsigned i = 0; i < j; ++i) {
                    const double b = m.rate(i, j).si();
                    if (b < least_rate && b > next) next = b;
                }
            if (next == 0.0 && n > 1) return best;
            least_rate = next;
        }
        for (unsigned root = 0; root < n; ++root) {
            if (!grow(root, least_rate)) break; // then no root reaches all
            const tree t = tree_of(m, root, parent, message, how);
            if (!best || t.time < best.time) best = t;
        }
        if (how == forwarding::store_and_forward || n < 2) return best;
    }
}

} // namespace uonaco::inline UONACO_ABI::shapes
