// SPDX-License-Identifier: Apache-2.0
// Congestion cost of a load: B. Fortz and M. Thorup, "Internet traffic engineering by optimizing OSPF weights", INFOCOM 2000.
#pragma once

#include "demand.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
struct congestion_piece {
    double from;  ///< utilisation at which it begins
    double slope; ///< of cost over utilisation
};
inline constexpr congestion_piece congestion_pieces[] = {{0, 1},    {1.0 / 3, 3}, {2.0 / 3, 10},
                                                         {0.9, 70}, {1, 500},     {1.1, 5000}};
} // namespace detail

/// phi(u): convex, piecewise linear, phi(0) = 0, with slope 1, 3, 10, 70, 500, 5000 from u = 0, 1/3, 2/3, 9/10, 1, 11/10
/// on. `utilisation` = load / capacity >= 0; the cost of a link is its capacity times this.
constexpr double congestion(double utilisation) {
    double cost = 0, slope = 0;
    for (const detail::congestion_piece& p : detail::congestion_pieces) {
        if (!(utilisation > p.from)) break;
        cost += (p.slope - slope) * (utilisation - p.from);
        slope = p.slope;
    }
    return math::saturate(cost);
}

/// Slope of phi just above this utilisation: what a little more traffic costs.
constexpr double marginal_congestion(double utilisation) {
    double slope = 1;
    for (const detail::congestion_piece& p : detail::congestion_pieces)
        if (utilisation >= p.from) slope = p.slope;
    return slope;
}

/// Sum of capacity x phi(load / capacity) over the edges; where edges share a capacity, over the pools. Load on a closed
/// edge saturates. `load` by edge. O(edges).
UONACO_LAZY
double congestion(view<double> load, const capacities& c) {
    detail::later_t<std::vector<double>, UonacoLazy_> sum(c.amount.size());
    for (unsigned e = 0; e < load.size(); ++e) sum[c.pool_of(e)] += load[e];
    double total = 0;
    for (unsigned i = 0; i < sum.size(); ++i)
        if (sum[i] > 0) total += c.amount[i] > 0 ? c.amount[i] * congestion(sum[i] / c.amount[i]) : math::most;
    return math::saturate(total);
}

} // namespace uonaco::inline UONACO_ABI
