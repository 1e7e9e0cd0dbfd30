// SPDX-License-Identifier: Apache-2.0
// demand: so much from one node to another. What flows are asked for, what carries them, and why there may be none.
#pragma once

#include "../graph.hpp"

#include "../../base/errc.hpp"
#include "../../base/math.hpp"
#include "../../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {

inline constexpr unsigned no_demand = ~0u;

/// Traffic from one node to another. Amounts and capacities are in one unit, whichever; of() takes a rate (bit/s).
struct demand {
    unsigned from = 0;
    unsigned to = 0; ///< a demand to its own node needs no edge
    double amount = 0.0;

    static constexpr demand of(unsigned from, unsigned to, units::bit_rate rate) { return {from, to, rate.si()}; }
    friend constexpr bool operator==(const demand&, const demand&) = default;
};

/// What edges can carry. By edge number; or, where several edges draw on one capacity (both directions of a link that
/// share it), by pool, with the pool of every edge in `pool`. An edge with capacity 0 is closed. A view: see view.hpp.
struct capacities {
    view<double> amount{};
    view<unsigned> pool{};

    constexpr capacities() = default;
    template <class Amounts>
    constexpr capacities(const Amounts& amounts) : amount(amounts) {}
    constexpr capacities(view<double> amounts, view<unsigned> pools) : amount(amounts), pool(pools) {}

    constexpr unsigned pool_of(unsigned edge) const { return pool.empty() ? edge : pool[edge]; }
    constexpr double of(unsigned edge) const { return amount[pool_of(edge)]; }
};

/// Why a question of flows has no answer: `unreachable` names a demand, `out_of_range` the demand or the edge (or pool)
/// whose figure is negative, not finite, beyond all measure or names a node that does not exist; `over_capacity` what no longer fits.
struct flow_failure {
    errc code = errc::none;
    unsigned demand = no_demand;
    unsigned edge = no_edge;

    friend constexpr bool operator==(const flow_failure&, const flow_failure&) = default;
};

namespace detail {
/// 0, or within what can be multiplied without leaving a double.
constexpr bool usable_amount(double x) { return x == 0 || (x >= 1e-100 && x <= 1e100); }
} // namespace detail

/// Are the figures usable, 0 or from 1e-100 to 1e100, and do the nodes exist? Code none if so. O(edges + demands).
inline flow_failure check(const graph& g, const capacities& c, view<demand> demands) {
    const unsigned long wanted = c.pool.empty() ? g.edges() : c.pool.size();
    if (wanted < g.edges() || (c.pool.empty() && c.amount.size() < g.edges())) return {errc::out_of_range};
    for (unsigned e = 0; e < g.edges(); ++e)
        if (c.pool_of(e) >= c.amount.size()) return {errc::out_of_range, no_demand, e};
    for (unsigned i = 0; i < c.amount.size(); ++i)
        if (!detail::usable_amount(c.amount[i])) return {errc::out_of_range, no_demand, i};
    for (unsigned i = 0; i < demands.size(); ++i) {
        const demand& d = demands[i];
        if (d.from >= g.nodes() || d.to >= g.nodes() || !detail::usable_amount(d.amount))
            return {errc::out_of_range, i};
    }
    return {};
}

} // namespace uonaco::inline UONACO_ABI
