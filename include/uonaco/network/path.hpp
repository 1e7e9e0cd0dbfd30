// SPDX-License-Identifier: Apache-2.0
// path: edges in a row, the order in which paths are ranked, and what figures come to along one.
#pragma once

#include "graph.hpp"

#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// The answer of a path search. True if there is a path; from a node to itself it has no edge.
struct path {
    std::vector<unsigned> edges{}; ///< numbers, in order
    double cost = 0.0;             ///< of the weights searched with, added up from the source on
    bool found = false;

    explicit operator bool() const { return found; }
    friend bool operator==(const path&, const path&) = default;
};

/// The nodes of a path in order, `source` first.
UONACO_LAZY
std::vector<unsigned> nodes_of(const graph& g, unsigned source, view<unsigned> edges) {
    detail::later_t<std::vector<unsigned>, UonacoLazy_> nodes{source};
    for (const unsigned e : edges) {
        UONACO_ASSERT(g.from(e) == nodes.back());
        nodes.push_back(g.to(e));
    }
    return nodes;
}

/// Less than 0 if `a` ranks before `b`, more if after, 0 if they are one path. The tie rule: cheaper, then fewer hops, then
/// the smaller node at the first place where they part, then the smaller edge number. Precondition: one source, both paths.
UONACO_LAZY
int rank(const graph& g, view<unsigned> a, double cost_a, view<unsigned> b, double cost_b) {
    if (cost_a != cost_b) return cost_a < cost_b ? -1 : 1;
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    int by_edge = 0;
    for (unsigned long i = 0; i < a.size(); ++i) {
        if (a[i] == b[i]) continue;
        if (g.to(a[i]) != g.to(b[i])) return g.to(a[i]) < g.to(b[i]) ? -1 : 1;
        if (by_edge == 0) by_edge = a[i] < b[i] ? -1 : 1;
    }
    return by_edge;
}
UONACO_LAZY
int rank(const graph& g, const path& a, const path& b) { return rank(g, a.edges, a.cost, b.edges, b.cost); }

/// What is known of a figure; `complete` unless some part of the path did not state it.
template <class Q>
struct known_part {
    Q value{};
    bool complete = true;
};

/// The least rate on the way. `figure(i)`: what place i of the path (an edge, a link's row) has. Precondition: a place.
template <class Figure>
auto bottleneck_along(view<unsigned> places, const Figure& figure) {
    auto least = figure(places[0]);
    for (const unsigned i : places) {
        const auto rate = figure(i);
        if (rate < least) least = rate;
    }
    return least;
}

/// Latency, worst-case jitter, energy for each bit: what adds up. Where `figure(i)` may be unknown, the known ones.
template <class Figure>
auto total_along(view<unsigned> places, const Figure& figure) {
    using quantity = decltype(figure(0u));
    if constexpr (is_maybe<quantity>) {
        known_part<typename quantity::value_type> sum;
        for (const unsigned i : places) {
            const quantity x = figure(i);
            sum.complete = sum.complete && x.known();
            if (x) sum.value = sum.value + *x;
        }
        return sum;
    } else {
        quantity sum{};
        for (const unsigned i : places) sum = sum + figure(i);
        return sum;
    }
}

/// Product of the known availabilities in series (R2); 1 if none is known. `figure(i)`: maybe<ratio>.
template <class Figure>
known_part<units::ratio> availability_along(view<unsigned> places, const Figure& figure) {
    known_part<units::ratio> up{1.0};
    for (const unsigned i : places) {
        const maybe<units::ratio> a = figure(i);
        up.complete = up.complete && a.known();
        if (a) up.value = up.value * *a;
    }
    return up;
}

/// Share of packets lost somewhere on the way, 1 - product of (1 - p), as far as known. `figure(i)`: maybe<ratio>.
template <class Figure>
known_part<units::ratio> loss_along(view<unsigned> places, const Figure& figure) {
    known_part<units::ratio> kept{1.0};
    for (const unsigned i : places) {
        const maybe<units::ratio> p = figure(i);
        kept.complete = kept.complete && p.known();
        if (p) kept.value = kept.value * (1.0 - *p);
    }
    return {1.0 - kept.value, kept.complete};
}

} // namespace uonaco::inline UONACO_ABI
