// SPDX-License-Identifier: Apache-2.0
// Collectives over a site and over sites. Messages are the whole buffer of one rank.
//
// C0-C9 of the cost model of steps and bytes: S the message (of an all-gather or reduce-scatter the full, gathered or
// unreduced buffer), n ranks, rate the bytes a rank sends in one direction, alpha the latency of a step. All cost nothing
// for n = 1. What a real machine takes is in collective_machine.hpp.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::collectives {

/// The least k with 2^k >= n: rounds in which every rank hears from every other. Precondition: n >= 1.
constexpr int rounds(int n) {
    int k = 0;
    for (long long reached = 1; reached < n; reached *= 2) ++k;
    return k;
}

/// C0: a message from one rank to another, alpha + S/B. Precondition: rate > 0.
template <class Rep>
constexpr auto point_to_point(units::with_rep<units::volume, Rep> message, units::with_rep<units::bit_rate, Rep> rate,
                              units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>(alpha + message / rate);
}

/// C1: ring all-reduce, 2(n-1) alpha + 2(n-1)/n S/B. Preconditions: n >= 1, rate > 0. 64 MiB on 8 GPUs at 400 GB/s with
/// steps of two hops of 936.25 ns: 319.816 us.
template <class Rep>
constexpr auto ring_all_reduce(int n, units::with_rep<units::volume, Rep> message,
                               units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    const double steps = 2.0 * (n - 1);
    return units::saturate<units::with_rep<units::duration, Rep>>(steps * alpha + (steps / n) * message / rate);
}

/// C2: all-reduce by recursive halving and doubling, 2 ceil(log2 n) alpha + 2(n-1)/n S/B. Preconditions: n a power of two
/// (others need a step more at either end), rate > 0.
template <class Rep>
constexpr auto halving_doubling_all_reduce(int n, units::with_rep<units::volume, Rep> message,
                                           units::with_rep<units::bit_rate, Rep> rate,
                                           units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>((2.0 * rounds(n)) * alpha +
                                                                  (2.0 * (n - 1) / n) * message / rate);
}

/// C3: all-reduce over two binary trees, each of which carries half of the message in chunks: 2 ceil(log2 n) alpha + 2 (S
/// + chunk)/B. Preconditions: n >= 2, rate > 0.
template <class Rep>
constexpr auto tree_all_reduce(int n, units::with_rep<units::volume, Rep> message, units::volume chunk,
                               units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>((2.0 * rounds(n)) * alpha +
                                                                  2.0 * (message + chunk) / rate);
}

/// C4: ring all-gather, and reduce-scatter, (n-1) alpha + (n-1)/n S/B. Preconditions: n >= 1, rate > 0.
template <class Rep>
constexpr auto ring_all_gather(int n, units::with_rep<units::volume, Rep> message,
                               units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    const double steps = n - 1;
    return units::saturate<units::with_rep<units::duration, Rep>>(steps * alpha + (steps / n) * message / rate);
}
template <class Rep>
constexpr auto ring_reduce_scatter(int n, units::with_rep<units::volume, Rep> message,
                                   units::with_rep<units::bit_rate, Rep> rate,
                                   units::with_rep<units::latency, Rep> alpha) {
    return ring_all_gather<Rep>(n, message, rate, alpha);
}

/// C5: all-gather, and reduce-scatter, with blocks that double (Bruck; any n), ceil(log2 n) alpha + (n-1)/n S/B.
/// Preconditions: n >= 1, rate > 0.
template <class Rep>
constexpr auto bruck_all_gather(int n, units::with_rep<units::volume, Rep> message,
                                units::with_rep<units::bit_rate, Rep> rate,
                                units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>(static_cast<double>(rounds(n)) * alpha +
                                                                  (static_cast<double>(n - 1) / n) * message / rate);
}
template <class Rep>
constexpr auto bruck_reduce_scatter(int n, units::with_rep<units::volume, Rep> message,
                                    units::with_rep<units::bit_rate, Rep> rate,
                                    units::with_rep<units::latency, Rep> alpha) {
    return bruck_all_gather<Rep>(n, message, rate, alpha);
}

/// C6: all-to-all in pairs; `message` is what a rank holds for all, its own share included: (n-1) alpha + (n-1)/n S/B.
/// Preconditions: n >= 1, rate > 0.
template <class Rep>
constexpr auto pairwise_all_to_all(int n, units::with_rep<units::volume, Rep> message,
                                   units::with_rep<units::bit_rate, Rep> rate,
                                   units::with_rep<units::latency, Rep> alpha) {
    return ring_all_gather<Rep>(n, message, rate, alpha); // the same steps and bytes
}

/// C6: what a rank sends when each of its tokens goes to `choices` experts, `width` values of `bytes` each (scales
/// included).
constexpr units::volume routed_volume(double tokens, double choices, double width, double bytes) {
    return units::saturate(units::volume::from_si(8.0 * tokens * choices * width * bytes));
}

/// C7: broadcast down a binomial tree, ceil(log2 n) (alpha + S/B). Preconditions: n >= 1, rate > 0.
template <class Rep>
constexpr auto tree_broadcast(int n, units::with_rep<units::volume, Rep> message,
                              units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>(static_cast<double>(rounds(n)) *
                                                                  (alpha + message / rate));
}

/// C7: broadcast as scatter and ring all-gather, (ceil(log2 n) + n-1) alpha + 2(n-1)/n S/B. Preconditions: n >= 1, rate >
/// 0.
template <class Rep>
constexpr auto scatter_gather_broadcast(int n, units::with_rep<units::volume, Rep> message,
                                        units::with_rep<units::bit_rate, Rep> rate,
                                        units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>(static_cast<double>(rounds(n) + n - 1) * alpha +
                                                                  (2.0 * (n - 1) / n) * message / rate);
}

/// C7: broadcast along a chain in K chunks, (n-2+K)(alpha + S/(K B)). Preconditions: n >= 2, chunks >= 1, rate > 0.
template <class Rep>
constexpr auto chain_broadcast(int n, Rep chunks, units::with_rep<units::volume, Rep> message,
                               units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    const auto k = units::with_rep<units::factor, Rep>::from_si(chunks);
    return units::saturate<units::with_rep<units::duration, Rep>>((static_cast<double>(n - 2) + k) *
                                                                  (alpha + message / (k * rate)));
}

/// C7: the K that makes chain_broadcast shortest, sqrt((n-2) S / (alpha B)), at least 1; no integer in general, and flat
/// around the best. Preconditions: n >= 2, rate > 0, alpha > 0.
template <class Rep>
constexpr Rep best_chunks(int n, units::with_rep<units::volume, Rep> message,
                          units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    using uonaco::max;
    const Rep whole = (static_cast<double>(n - 2) * message / (alpha * rate)).si();
    return math::sqrt(max(math::saturate(whole), Rep(1.0)));
}

/// C8: all-reduce in the switches (NVLS, SHARP): a rank sends its message once and receives the sum once, 2 alpha + S/(e
/// B), whatever n. Preconditions: rate > 0, efficiency > 0.
template <class Rep>
constexpr auto in_network_all_reduce(units::with_rep<units::volume, Rep> message,
                                     units::with_rep<units::bit_rate, Rep> rate,
                                     units::with_rep<units::latency, Rep> alpha, units::ratio efficiency) {
    return units::saturate<units::with_rep<units::duration, Rep>>(2.0 * alpha + message / (efficiency * rate));
}

/// C9, S5: bits that leave one of k sites, in one direction, for one all-reduce: 2(k-1)/k of the message, whatever the
/// number of devices in it.
template <class V>
constexpr V egress_volume(int sites, V message) {
    return units::saturate(V(2.0 * (sites - 1) / sites * message));
}

/// C9: the part of a two-level all-reduce that crosses the WAN: 2(k-1)(D + alpha) + 2(k-1)/k S over the least egress of a
/// site.
template <class Rep>
constexpr auto two_level_all_reduce(int sites, units::with_rep<units::volume, Rep> message,
                                    units::with_rep<units::bit_rate, Rep> least_egress,
                                    units::with_rep<units::latency, Rep> longest_delay, units::latency alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>(2.0 * (sites - 1) * (longest_delay + alpha) +
                                                                  egress_volume(sites, message) / least_egress);
}

/// C9 among four sites and more: groups of sites may be joined by less than the egress of each. A group of g of k sites takes part
/// in the reduce-scatter and in the all-gather with max(g, k-g)/k of the message, one site with (k-1)/k; so this is the least, over
/// groups of 2 to k-2 sites, of the rate that leads out x (k-1) / max(g, k-g), to be compared with the least egress of a site.
/// `rate(i, j)`, i < j: between two sites, each way. With both, two_level_all_reduce is never shorter than all_reduce_cut_bound
/// with as many ranks at each site. Precondition: 4 <= sites <= 8. Sums only, so that small rates count beside large ones:
/// 3 x 2^(sites-1) of them.
template <class Rep, class Rate>
constexpr units::with_rep<units::bit_rate, Rep> group_egress(int sites, Rate rate) {
    Rep out[1 << 7]; // of the group whose sites, from the second on, are the bits; the first is in none
    Rep to[1 << 7];  // rate from the latest site to those
    out[0] = Rep(0.0);
    for (int j = 1; j < sites; ++j) {
        const int last = (1 << (j - 1)) - 1;
        const Rep to_first = rate(0, j).si();
        to[0] = Rep(0.0);
        for (int i = 1; i < j; ++i) {
            const Rep between = rate(i, j).si();
            for (int group = 0; group < 1 << (i - 1); ++group) to[group | 1 << (i - 1)] = to[group] + between;
        }
        for (int group = 0; group <= last; ++group) {
            out[group | (last + 1)] = out[group] + (to_first + to[last & ~group]);
            out[group] = out[group] + to[group];
        }
    }
    Rep least(0.0);
    bool first = true;
    for (unsigned group = 1; group < 1u << (sites - 1); ++group) {
        const int size = __builtin_popcount(group);
        if (size < 2 || size > sites - 2) continue;
        const int larger = size > sites - size ? size : sites - size;
        const Rep held = static_cast<double>(sites - 1) / static_cast<double>(larger) * out[group];
        least = first ? held : Rep(uonaco::min(least, held));
        first = false;
    }
    return units::with_rep<units::bit_rate, Rep>::from_si(least);
}

/// C9: what each connection carries of an exchange among `sites`, each way, as a share of the message, into `share` by pairs (0,1)
/// (0,2) (1,2) (0,3) ... The message goes in parts over spanning trees of what is connected, so that shares add up to sites - 1 and
/// none is above 1: the fastest carry all of it, others in proportion to rate, min(1, rate x t). What leads to a site or a group of
/// sites that nothing else joins in a ring carries all. On trees and rings that is the packing that is done first (Tutte 1961,
/// Nash-Williams 1961); beyond, groups that few connections join may be counted less than they need. Where fewer are connected than
/// a tree has, all carry in proportion. `rate(i, j)`, i < j; 0: not connected. Precondition: 2 <= sites <= 8. O(sites^3).
/// Not inlined: who has two sites pays nothing for it.
template <class Rep, class Rate>
[[gnu::noinline]] constexpr void tree_shares(int sites, Rate rate, Rep* share) {
    using uonaco::max;
    using uonaco::select;
    const Rep none(0.0), one(1.0);
    const int pairs = sites * (sites - 1) / 2;
    Rep* const open = share;  // at first: the rates of what may carry less than all
    Rep met[8];               // connections of a site that are open
    Rep sum(0.0), count(0.0); // of all that are open
    const auto look = [&](auto rate_of) {
        sum = count = none;
        for (int j = 0, k = 0; j < sites; ++j) {
            met[j] = none;
            for (int i = 0; i < j; ++i, ++k) {
                open[k] = rate_of(i, j, k);
                const Rep is_open = select(open[k] > none, one, none);
                met[i] += is_open;
                met[j] += is_open;
                sum += open[k];
                count += is_open;
            }
        }
    };
    look([&](int i, int j, int) { return Rep(rate(i, j).si()); });
    const Rep beyond = count - static_cast<double>(sites - 1); // so many shares are left out in all
    const auto level = [&] { return Rep((count - beyond) / max(sum, one)); };
    const auto divided = beyond > none, too_few = beyond < none;
    const Rep proportion = level();
    Rep t = proportion;
    if (any(divided)) {
        const auto ends = [&] { // whether a site has one connection that is open
            auto found = met[0] == one;
            for (int i = 1; i < sites; ++i) found = either(found, met[i] == one);
            return any(found);
        };
        while (ends()) { // what leads there carries all: from the outside in, until a ring is left, or more
            Rep before[8];
            for (int i = 0; i < sites; ++i) before[i] = met[i];
            look(
                [&](int i, int j, int k) { return select(either(before[i] == one, before[j] == one), none, open[k]); });
            t = level();
        }
        for (;;) { // the fastest fill first: each round one at least, sites - 1 in all
            auto filled = open[0] * t >= one;
            for (int k = 1; k < pairs; ++k) filled = either(filled, open[k] * t >= one);
            if (!any(filled)) break;
            sum = count = none;
            for (int k = 0; k < pairs; ++k) {
                open[k] = select(open[k] * t >= one, none, open[k]);
                sum += open[k];
                count += select(open[k] > none, one, none);
            }
            t = level();
        }
    }
    for (int j = 1, k = 0; j < sites; ++j)
        for (int i = 0; i < j; ++i, ++k) {
            const Rep all(rate(i, j).si());
            const Rep whole = select(all > none, one, none);
            share[k] = select(both(divided, open[k] > none), open[k] * t, select(too_few, all * proportion, whole));
        }
}

/// C9 whole: a reduce-scatter over the `in_site` ranks of each site, the WAN part between, an all-gather. Preconditions:
/// in_site >= 1, sites >= 1, both rates > 0.
template <class Rep>
constexpr auto hierarchical_all_reduce(int in_site, units::with_rep<units::bit_rate, Rep> rate,
                                       units::with_rep<units::latency, Rep> alpha, int sites,
                                       units::with_rep<units::volume, Rep> message,
                                       units::with_rep<units::bit_rate, Rep> least_egress,
                                       units::with_rep<units::latency, Rep> longest_delay) {
    const auto inside =
        ring_reduce_scatter<Rep>(in_site, message, rate, alpha) + ring_all_gather<Rep>(in_site, message, rate, alpha);
    return units::saturate<units::with_rep<units::duration, Rep>>(
        inside + two_level_all_reduce<Rep>(sites, message, least_egress, longest_delay, units::latency{}));
}

// Lower bounds, which no algorithm beats.

/// All-reduce with equal rates: each rank sends at least 2(n-1)/n of the message. Preconditions: n >= 1, rate > 0.
template <class Rep>
constexpr auto all_reduce_rate_bound(int n, units::with_rep<units::volume, Rep> message,
                                     units::with_rep<units::bit_rate, Rep> rate) {
    return units::saturate<units::with_rep<units::duration, Rep>>((2.0 * (n - 1) / n) * message / rate);
}

/// Any collective whose result needs every rank: ceil(log2 n) alpha.
template <class Rep>
constexpr auto latency_bound(int n, units::with_rep<units::latency, Rep> alpha) {
    return units::saturate<units::with_rep<units::duration, Rep>>(static_cast<double>(rounds(n)) * alpha);
}

/// Ranks at up to eight sites, and the rate from each site to each other; what is not connected directly has 0.
template <class Rep>
struct site_rates {
    static constexpr int capacity = 8;
    int sites = 0;
    double ranks[capacity] = {};                                         ///< at each site, > 0
    units::with_rep<units::bit_rate, Rep> rate[capacity][capacity] = {}; ///< from, to; the diagonal is not read
};

/// All-gather or reduce-scatter over any graph of sites: (S/n) max over groups A of sites, not all, of |ranks in A| /
/// egress(A), where n counts all ranks. Ranks of one site count as one place: what happens inside it takes no time here. 0
/// for one site. Preconditions: 1 <= sites <= 8, ranks > 0, something leads out of every group of sites. 2^sites groups.
template <class Rep>
constexpr auto all_gather_cut_bound(units::with_rep<units::volume, Rep> message, const site_rates<Rep>& s) {
    using uonaco::max;
    double n = 0;
    for (int i = 0; i < s.sites; ++i) n += s.ranks[i];
    Rep worst{};
    for (unsigned group = 1; group + 1 < (1u << s.sites); ++group) {
        double ranks = 0;
        units::with_rep<units::bit_rate, Rep> egress{};
        for (int i = 0; i < s.sites; ++i) {
            if (!(group >> i & 1u)) continue;
            ranks += s.ranks[i];
            for (int j = 0; j < s.sites; ++j)
                if (!(group >> j & 1u)) egress += s.rate[i][j];
        }
        worst = max(worst, math::saturate(Rep(((ranks / n) * message / egress).si())));
    }
    return units::saturate(units::with_rep<units::duration, Rep>::from_si(worst));
}

/// All-reduce as reduce-scatter and all-gather: twice that. Two sites: each direction carries at least the message.
template <class Rep>
constexpr auto all_reduce_cut_bound(units::with_rep<units::volume, Rep> message, const site_rates<Rep>& s) {
    return units::saturate<units::with_rep<units::duration, Rep>>(2.0 * all_gather_cut_bound<Rep>(message, s));
}

/// The collectives that benchmarks know by these names.
enum class operation : unsigned char { all_reduce, all_gather, reduce_scatter, all_to_all, broadcast, reduce };

/// busbw = factor x bytes / time: what makes the figure comparable with the rate of a wire (nccl-tests). Precondition: n
/// >= 1.
constexpr double bus_factor(operation o, int n) {
    const double others = static_cast<double>(n - 1) / n;
    switch (o) {
    case operation::all_reduce: return 2.0 * others;
    case operation::all_gather:
    case operation::reduce_scatter:
    case operation::all_to_all: return others;
    case operation::broadcast:
    case operation::reduce: return 1.0;
    }
    return 1.0;
}

/// Preconditions: n >= 1, time > 0.
template <class Rep>
constexpr auto bus_rate(operation o, int n, units::with_rep<units::volume, Rep> message,
                        units::with_rep<units::duration, Rep> time) {
    return units::saturate<units::with_rep<units::memory_rate, Rep>>(bus_factor(o, n) * message / time);
}

} // namespace uonaco::inline UONACO_ABI::collectives
