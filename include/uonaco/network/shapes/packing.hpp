// SPDX-License-Identifier: Apache-2.0
// Several trees at once, each with a share of the message, so that every pair of sites carries what it can.
#pragma once

#include "site_mesh.hpp"

namespace uonaco::inline UONACO_ABI::shapes {

/// One of the trees: its pairs, the rate it takes of each, and the site from which its depth is least.
struct packed_tree {
    std::vector<site_pair> pairs{};
    units::bit_rate rate{};
    units::ratio share = 0.0; ///< of the message
    unsigned root = 0;
    units::latency depth{};
};

/// True if there is a tree. What the trees take of a pair together is never more than its rate.
struct packing {
    std::vector<packed_tree> trees{};
    units::bit_rate rate{};  ///< of all trees together
    units::bit_rate bound{}; ///< no packing has more: by the prices of the linear program
    units::latency depth{};  ///< the largest
    bool proven = false;     ///< rate and bound are the same but for 1e-9

    explicit operator bool() const { return !trees.empty(); }

    /// A reduce up all trees and a broadcast down them, in chunks: 2 (depth + S/rate). Never where the sites are not joined.
    units::duration time(units::volume message) const {
        return units::saturate<units::duration>(2.0 * (depth + message / rate));
    }
};

namespace tree_packing {
/// Simplex on max sum x_T, sum of x_T over trees with pair e <= c_e, of which the trees are made as they are needed: the next to enter is the
/// lightest spanning tree under the prices of the pairs. Degenerate steps cannot cycle: ties go by the rows of the inverse basis.
template <class Lazy>
struct solver {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

    unsigned n;
    list<site_pair> pairs{};
    list<double> capacity{};      ///< of the largest
    list<list<unsigned>> basis{}; ///< by row: the tree's pairs; empty: what is left of a pair
    list<list<double>> inverse{}; ///< of the basis
    list<double> value{}, price{}, column{};
    double bound = __builtin_huge_val();

    static constexpr double tolerance = 1e-11;

    /// Prim under `price`; false if the sites are not joined.
    bool lightest(list<unsigned>& tree, double& weight) const {
        list<unsigned char> in(n);
        tree.clear();
        weight = 0.0;
        in[0] = 1;
        while (tree.size() + 1 < n) {
            unsigned best = static_cast<unsigned>(pairs.size());
            for (unsigned e = 0; e < pairs.size(); ++e)
                if (in[pairs[e].a] != in[pairs[e].b] && (best == pairs.size() || price[e] < price[best])) best = e;
            if (best == pairs.size()) return false;
            in[pairs[best].a] = in[pairs[best].b] = 1;
            tree.push_back(best);
            weight += price[best];
        }
        return true;
    }

    /// Whether row i gives way before row k.
    bool leaves_before(unsigned long i, unsigned long k) const {
        const double a = value[i] / column[i], b = value[k] / column[k];
        if (a != b) return a < b;
        for (unsigned long e = 0; e < pairs.size(); ++e) {
            const double x = inverse[i][e] / column[i], y = inverse[k][e] / column[k];
            if (x != y) return x < y;
        }
        return false;
    }

    void solve(unsigned long most_steps) {
        const unsigned long m = pairs.size();
        basis.assign(m, {});
        inverse.assign(m, list<double>(m));
        for (unsigned long i = 0; i < m; ++i) inverse[i][i] = 1.0;
        value = capacity;
        column.resize(m);
        list<unsigned> tree;
        for (unsigned long step = 0; step < most_steps; ++step) {
            price.assign(m, 0.0);
            for (unsigned long i = 0; i < m; ++i)
                if (!basis[i].empty())
                    for (unsigned long e = 0; e < m; ++e) price[e] += inverse[i][e];
            unsigned long slack = m;
            for (unsigned long e = 0; e < m; ++e)
                if (price[e] < -tolerance && (slack == m || price[e] < price[slack])) slack = e;
            for (double& p : price) p = p > 0.0 ? p : 0.0; // prices of a bound are not negative
            double weight = 0.0;
            if (!lightest(tree, weight)) return;
            if (weight > 0.0) {
                double all = 0.0;
                for (unsigned long e = 0; e < m; ++e) all += capacity[e] * price[e];
                bound = all / weight < bound ? all / weight : bound;
            }
            if (slack == m && weight >= 1.0 - tolerance) return;
            if (slack != m) tree.clear();
            for (unsigned long i = 0; i < m; ++i) {
                column[i] = slack != m ? inverse[i][slack] : 0.0;
                for (const unsigned e : tree) column[i] += inverse[i][e];
            }
            unsigned long out = m;
            for (unsigned long i = 0; i < m; ++i)
                if (column[i] > tolerance && (out == m || leaves_before(i, out))) out = i;
            if (out == m) return;
            const double pivot = column[out];
            for (double& x : inverse[out]) x /= pivot;
            value[out] /= pivot;
            for (unsigned long i = 0; i < m; ++i) {
                const double f = column[i];
                if (i == out || f == 0.0) continue;
                for (unsigned long e = 0; e < m; ++e) inverse[i][e] -= f * inverse[out][e];
                value[i] -= f * value[out];
            }
            basis[out] = tree;
        }
    }
};

/// The site of a tree from which its depth is least, and that depth.
UONACO_LAZY
void choose_root(const site_mesh& m, packed_tree& t) {
    const unsigned n = m.sites();
    detail::later_t<std::vector<double>, UonacoLazy_> far(n);
    t.depth = units::latency::from_si(math::most);
    for (unsigned root = 0; root < n; ++root) {
        far.assign(n, -1.0);
        far[root] = 0.0;
        double depth = 0.0;
        for (unsigned round = 1; round < n; ++round)
            for (const site_pair& p : t.pairs) {
                if ((far[p.a] < 0.0) == (far[p.b] < 0.0)) continue;
                const double to = (far[p.a] < 0.0 ? far[p.b] : far[p.a]) + m.delay(p.a, p.b).si();
                (far[p.a] < 0.0 ? far[p.a] : far[p.b]) = to;
                depth = to > depth ? to : depth;
            }
        if (depth < t.depth.si()) {
            t.depth = units::latency::from_si(depth);
            t.root = root;
        }
    }
}
} // namespace tree_packing

/// The packing of spanning trees with the highest rate (Tutte 1961, Nash-Williams 1961: that of least_cut_bound()), and the trees
/// themselves, no more of them than joined pairs. Ends early after `most_steps`, with a packing that is feasible and a bound that holds.
/// Nothing of fewer than two sites or where they are not joined. Tens of steps for 8 sites, O(pairs^2 + sites x pairs) each.
UONACO_LAZY
packing best_packing(const site_mesh& m, unsigned long most_steps = 20000) {
    detail::later_t<packing, UonacoLazy_> all;
    detail::later_t<tree_packing::solver<UonacoLazy_>, UonacoLazy_> s{m.sites()};
    double largest = 0.0;
    for (unsigned b = 1; b < m.sites(); ++b)
        for (unsigned a = 0; a < b; ++a)
            if (m.joined(a, b)) {
                s.pairs.push_back({a, b});
                s.capacity.push_back(m.rate(a, b).si());
                largest = m.rate(a, b).si() > largest ? m.rate(a, b).si() : largest;
            }
    if (s.pairs.empty()) return all;
    for (double& c : s.capacity) c /= largest;
    s.solve(most_steps);

    detail::later_t<std::vector<double>, UonacoLazy_> load(s.pairs.size());
    double over = 1.0;
    for (unsigned long i = 0; i < s.pairs.size(); ++i)
        if (s.value[i] > 0.0)
            for (const unsigned e : s.basis[i]) load[e] += s.value[i];
    for (unsigned long e = 0; e < load.size(); ++e)
        if (load[e] > over * s.capacity[e]) over = load[e] / s.capacity[e] * (1.0 + 1e-15);
    double sum = 0.0;
    for (unsigned long i = 0; i < s.pairs.size(); ++i)
        if (!s.basis[i].empty() && s.value[i] > 1e-12) sum += s.value[i] / over;
    for (unsigned long i = 0; i < s.pairs.size(); ++i) {
        if (s.basis[i].empty() || !(s.value[i] > 1e-12)) continue;
        detail::later_t<packed_tree, UonacoLazy_> t;
        for (const unsigned e : s.basis[i]) t.pairs.push_back(s.pairs[e]);
        t.rate = units::bit_rate::from_si(s.value[i] / over * largest);
        t.share = s.value[i] / over / sum;
        tree_packing::choose_root(m, t);
        all.depth = units::max(all.depth, t.depth);
        all.rate += t.rate;
        all.trees.push_back(t);
    }
    const double bound = s.bound * (1.0 + 1e-14);
    all.bound = units::saturate(units::bit_rate::from_si((bound > sum ? bound : sum) * largest));
    all.proven = !all.trees.empty() && sum >= s.bound * (1.0 - 1e-9);
    return all;
}

} // namespace uonaco::inline UONACO_ABI::shapes
