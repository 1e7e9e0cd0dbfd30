// SPDX-License-Identifier: Apache-2.0
// In which order a ring all-reduce should visit the sites.
#pragma once

#include "site_mesh.hpp"

namespace uonaco::inline UONACO_ABI::shapes {

/// True if there is a ring. A ring and its reverse are one: from site 0 on, the neighbour with the lower number first.
struct ring {
    std::vector<unsigned> order{};
    units::bit_rate rate{}; ///< the least on the way
    units::latency delay{}; ///< the longest of one hop
    units::duration time{}; ///< of an all-reduce
    bool proven = false;    ///< no ring is faster

    explicit operator bool() const { return !order.empty(); }
};

/// 2 (N-1) (max a + S/(N min B)); never (math::most) where two neighbours are not joined, 0 of fewer than two sites.
UONACO_LAZY
ring ring_of(const site_mesh& m, const std::vector<unsigned>& order, units::volume message) {
    detail::later_t<ring, UonacoLazy_> r;
    r.order = order;
    r.proven = order.size() < 2;
    const unsigned n = static_cast<unsigned>(order.size());
    if (n < 2) return r;
    r.rate = m.rate(order[0], order[n - 1]);
    for (unsigned i = 0; i < n; ++i) {
        const unsigned a = order[i], b = order[i + 1 < n ? i + 1 : 0];
        r.rate = units::min(r.rate, m.rate(a, b));
        r.delay = units::max(r.delay, m.delay(a, b));
    }
    r.time = units::duration::from_si(math::most);
    if (r.rate.si() > 0.0)
        r.time =
            units::saturate<units::duration>(2.0 * (n - 1) * (r.delay + message / (static_cast<double>(n) * r.rate)));
    return r;
}

/// Up to so many sites every order is tried.
inline constexpr unsigned exact_ring_sites = 8;

namespace ring_search {
/// Less is better: pairs that are not joined, then the time, then the sum over hops, by which a search moves where the time is flat.
struct price {
    unsigned missing = 0;
    double time = 0.0;
    double sum = 0.0;

    friend bool operator<(const price& a, const price& b) {
        return a.missing != b.missing ? a.missing < b.missing : a.time != b.time ? a.time < b.time : a.sum < b.sum;
    }
};
UONACO_LAZY
price of(const site_mesh& m, const std::vector<unsigned>& order, units::volume message) {
    price p;
    const unsigned n = static_cast<unsigned>(order.size());
    double delay = 0.0, rest = 0.0;
    for (unsigned i = 0; i < n; ++i) {
        const unsigned a = order[i], b = order[i + 1 < n ? i + 1 : 0];
        if (!m.joined(a, b)) {
            ++p.missing;
            continue;
        }
        const double on_wire = (message / (static_cast<double>(n) * m.rate(a, b))).si();
        delay = m.delay(a, b).si() > delay ? m.delay(a, b).si() : delay;
        rest = on_wire > rest ? on_wire : rest;
        p.sum += m.delay(a, b).si() + on_wire;
    }
    p.time = delay + rest;
    return p;
}
/// The next permutation of order[from..] in lexicographic order, or false after the last.
UONACO_LAZY
bool next(std::vector<unsigned>& order, unsigned from) {
    unsigned long i = order.size();
    while (i > from + 1ul && order[i - 2] > order[i - 1]) --i;
    if (i <= from + 1ul) return false;
    unsigned long j = order.size() - 1;
    while (order[j] < order[i - 2]) --j;
    const auto exchange = [&](unsigned long a, unsigned long b) {
        const unsigned c = order[a];
        order[a] = order[b];
        order[b] = c;
    };
    exchange(i - 2, j);
    for (unsigned long a = i - 1, b = order.size() - 1; a < b; ++a, --b) exchange(a, b);
    return true;
}
} // namespace ring_search

/// The fastest ring for an all-reduce of `message` a site; of equally fast ones the lexicographically smallest order up to
/// exact_ring_sites sites. Beyond, 2-opt from the widest-neighbour order of every site, not proven. No ring: the sites are not joined
/// so, or the search found none. O(N!/2 N), or O(N) descents of O(N^3) a step.
UONACO_LAZY
ring best_ring(const site_mesh& m, units::volume message) {
    using price = ring_search::price;
    const unsigned n = m.sites();
    detail::later_t<ring, UonacoLazy_> nothing;
    if (n == 0) return nothing;
    detail::later_t<std::vector<unsigned>, UonacoLazy_> order, best;
    for (unsigned i = 0; i < n; ++i) order.push_back(i);
    if (n == 1) return ring_of(m, order, message);
    price least;
    const auto keep = [&](const price& p) {
        if (best.empty() || p < least) {
            best = order;
            least = p;
        }
    };
    if (n <= exact_ring_sites) {
        do {
            if (n > 2 && order[1] > order[n - 1]) continue;
            price p = ring_search::of(m, order, message);
            p.sum = 0.0;
            keep(p);
        } while (ring_search::next(order, 1));
    } else {
        for (unsigned first = 0; first < n; ++first) {
            detail::later_t<std::vector<unsigned char>, UonacoLazy_> used(n);
            order.assign(1, first);
            used[first] = 1;
            while (order.size() < n) {
                const unsigned from = order.back();
                unsigned to = n;
                for (unsigned j = 0; j < n; ++j)
                    if (!used[j] && (to == n || m.rate(from, j) > m.rate(from, to))) to = j;
                used[to] = 1;
                order.push_back(to);
            }
            price now = ring_search::of(m, order, message);
            for (bool better = true; better;) {
                better = false;
                for (unsigned i = 1; i + 1 < n; ++i)
                    for (unsigned j = i + 1; j < n; ++j) {
                        auto turned = order;
                        for (unsigned a = i, b = j; a < b; ++a, --b) {
                            turned[a] = order[b];
                            turned[b] = order[a];
                        }
                        const price p = ring_search::of(m, turned, message);
                        if (!(p < now)) continue;
                        now = p;
                        order.swap(turned);
                        better = true;
                    }
            }
            keep(now);
        }
        unsigned zero = 0;
        while (best[zero] != 0) ++zero;
        const bool back = best[(zero + 1) % n] > best[(zero + n - 1) % n];
        for (unsigned i = 0; i < n; ++i) order[i] = best[(zero + (back ? n - i : i)) % n];
        best = order;
    }
    if (least.missing > 0) return nothing;
    ring r = ring_of(m, best, message);
    r.proven = n <= exact_ring_sites;
    return r;
}

} // namespace uonaco::inline UONACO_ABI::shapes
