// SPDX-License-Identifier: Apache-2.0
// Collectives over a site and over sites. Messages are the whole buffer of one rank.
#pragma once

#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::collectives {

/// C1: ring all-reduce, 2(n-1) alpha + 2(n-1)/n S/B. Preconditions: n >= 1, rate > 0.
template <class Rep>
constexpr auto ring_all_reduce(int n, units::with_rep<units::volume, Rep> message,
                               units::with_rep<units::bit_rate, Rep> rate, units::with_rep<units::latency, Rep> alpha) {
    const double steps = 2.0 * (n - 1);
    return units::with_rep<units::duration, Rep>(steps * alpha + (steps / n) * message / rate);
}

/// C9, S5: bits that leave one of k sites, in one direction, for one all-reduce: 2(k-1)/k of the message, whatever the
/// number of devices in it.
template <class V>
constexpr V egress_volume(int sites, V message) {
    return V(2.0 * (sites - 1) / sites * message);
}

/// C9: the part of a two-level all-reduce that crosses the WAN: 2(k-1)(D + alpha) + 2(k-1)/k S over the least egress of a site.
template <class Rep>
constexpr auto two_level_all_reduce(int sites, units::with_rep<units::volume, Rep> message,
                                    units::with_rep<units::bit_rate, Rep> least_egress,
                                    units::with_rep<units::latency, Rep> longest_delay, units::latency alpha) {
    return units::with_rep<units::duration, Rep>(2.0 * (sites - 1) * (longest_delay + alpha) +
                                                 egress_volume(sites, message) / least_egress);
}

} // namespace uonaco::inline UONACO_ABI::collectives
