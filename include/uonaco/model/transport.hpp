// SPDX-License-Identifier: Apache-2.0
// Bits over distance: what loss, windows and buffers leave of a path's rate.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::transport {

/// W2: time to put a volume on the wire. Precondition: rate > 0.
template <class R, class V>
constexpr auto serialization(V volume, R rate) {
    return volume / rate;
}

/// W2: bits on the way during a round trip.
template <class KR, class KD, class Rep>
constexpr auto in_flight(quantity<KR, Rep> rate, quantity<KD, Rep> round_trip) {
    return quantity<units::kinds::volume, Rep>(rate * round_trip);
}

namespace detail {
/// 1 - p; a path that loses everything still delivers a billionth, so that no time is infinite.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> delivered(units::with_rep<units::ratio, Rep> loss) {
    using ratio = units::with_rep<units::ratio, Rep>;
    return units::max(ratio(1.0 - loss), ratio(Rep(1e-9)));
}
} // namespace detail

/// W3: share of the rate that Go-Back-N delivers: (1-p)/(1 + p W), W packets in flight, at most `window`.
/// 0.1 % loss with W = 1000 gives 49.95 %.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> go_back_n(units::with_rep<units::ratio, Rep> loss,
                                                       units::with_rep<units::factor, Rep> packets_in_flight) {
    return detail::delivered<Rep>(loss) / (1.0 + loss * packets_in_flight);
}

/// W4: share of the rate that selective repeat delivers while its window covers two round trips: 1 - p.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> selective_repeat(units::with_rep<units::ratio, Rep> loss) {
    return detail::delivered<Rep>(loss);
}

/// W5: buffer a lossless queue needs on a path: rate x round trip of the fibre + 2 packets + the port's response.
/// 100 Gb/s over 100 m with an MTU of 1500 B: 19,082 B.
constexpr units::volume headroom(units::bit_rate rate, units::latency round_trip, units::volume packet,
                                 units::volume response) {
    return rate * round_trip + 2.0 * packet + response;
}

/// W9: time to move a volume in bulk: one round trip to begin, then volume / (efficiency x rate). Precondition: both > 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
bulk(units::with_rep<units::volume, Rep> volume, units::with_rep<units::bit_rate, Rep> rate,
     units::with_rep<units::ratio, Rep> efficiency, units::with_rep<units::latency, Rep> round_trip) {
    return units::with_rep<units::duration, Rep>(round_trip + volume / (rate * efficiency));
}

} // namespace uonaco::inline UONACO_ABI::transport
