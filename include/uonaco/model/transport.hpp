// SPDX-License-Identifier: Apache-2.0
// Bits over distance: what loss, windows and buffers leave of a path's rate.
#pragma once

#include "binomial.hpp"

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::transport {

/// W2: time to put a volume on the wire. Precondition: rate > 0.
template <class R, class V>
constexpr auto serialization(V volume, R rate) {
    return units::saturate(volume / rate);
}

/// W2: bits on the way during a round trip.
template <class KR, class KD, class Rep>
constexpr auto in_flight(quantity<KR, Rep> rate, quantity<KD, Rep> round_trip) {
    return units::saturate<quantity<units::kinds::volume, Rep>>(rate * round_trip);
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

/// W3 with its timer: what is lost again while the window is replayed, or has nothing behind it that would show the gap, is
/// found only by a timeout, which costs `timer` (timeout / time of one packet) packet times: (1-p)/(1 + p W + t timer), `timed_out`
/// = t the probability of that for a packet. Standard RoCE at 1 %: close to nothing.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep>
go_back_n_with_timer(units::with_rep<units::ratio, Rep> loss, units::with_rep<units::factor, Rep> packets_in_flight,
                     units::with_rep<units::ratio, Rep> timed_out, units::with_rep<units::factor, Rep> timer) {
    return detail::delivered<Rep>(loss) / (1.0 + loss * packets_in_flight + timed_out * timer);
}

/// W3's share of packets that only the timer finds: p (p + 1/M), lost twice, or last of its message of M packets.
/// Precondition: M >= 1.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> found_by_timer(units::with_rep<units::ratio, Rep> loss,
                                                            units::with_rep<units::factor, Rep> packets) {
    return units::saturate<units::with_rep<units::ratio, Rep>>(loss * (loss + 1.0 / packets));
}

/// W3: local ACK timeout of an InfiniBand or RoCE queue pair, 4.096 us x 2^t (InfiniBand architecture, 9.7.6.1.3).
/// Precondition: 0 <= exponent <= 31.
constexpr units::duration ack_timeout(int exponent) {
    return units::duration::from_si(4.096e-6 * static_cast<double>(1ull << exponent));
}

/// W4: mean number of extra round trips until the last of M packets has arrived, each lost with probability p and sent again
/// once a round trip: sum over k >= 1 of 1 - (1 - p^k)^M, at most 1 + log_{1/p} M where M p >= 1. 0 for p = 0; loss above 99 %
/// counts as 99 %. Precondition: M >= 1. O(log M / log 1/p).
template <class Rep>
constexpr Rep repeat_rounds(units::with_rep<units::ratio, Rep> loss, units::with_rep<units::factor, Rep> packets) {
    using uonaco::max;
    using uonaco::min;
    const Rep p = min(loss.si(), Rep(0.99));
    const Rep m = min(packets.si(), Rep(math::most));
    Rep rounds{};
    Rep again = p; // a packet still misses after k rounds
    auto more = again * m > Rep(1e-12);
    while (any(more)) {
        // ln(1 - x), by its series where 1 - x would lose the digits of x
        const Rep series = -again * (Rep(1.0) + again * (Rep(0.5) + again * Rep(1.0 / 3.0)));
        const Rep none = select(again < Rep(1e-5), series, math::log(max(Rep(1.0) - again, Rep(1e-3))));
        rounds += select(more, -math::expm1(m * none), Rep(0.0));
        again = again * p;
        more = again * m > Rep(1e-12);
    }
    return rounds;
}

/// W4: time from the first packet of a volume to the arrival of its last: V/((1-p) C) + D + R x rounds. Precondition: rate > 0,
/// volume >= packet.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
repeat_completion(units::with_rep<units::volume, Rep> volume, units::with_rep<units::bit_rate, Rep> rate,
                  units::with_rep<units::ratio, Rep> loss, units::with_rep<units::latency, Rep> round_trip,
                  units::volume packet) {
    const Rep rounds = repeat_rounds<Rep>(loss, units::with_rep<units::factor, Rep>(volume / packet));
    return units::saturate<units::with_rep<units::duration, Rep>>(volume / (rate * detail::delivered<Rep>(loss)) +
                                                                  (0.5 + rounds) * round_trip);
}

/// W4: erasure coding adds r packets to each k; share of the rate that is left, k/(k+r). Preconditions: k >= 1, r >= 0.
constexpr units::ratio erasure_rate(int data, int parity) { return static_cast<double>(data) / (data + parity); }

/// W4: probability that a coded group cannot be restored, more than r of its k+r packets lost independently with probability p.
/// O(n r), n = k + r.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> erasure_failure(int data, int parity,
                                                             units::with_rep<units::ratio, Rep> loss) {
    return binomial::at_least<Rep>(data + parity, parity + 1, loss);
}

/// W5: buffer a lossless queue needs on a path: rate x round trip of the fibre + 2 packets + the port's response.
/// 100 Gb/s over 100 m with an MTU of 1500 B: 19,082 B.
template <class Rep>
constexpr units::with_rep<units::volume, Rep> headroom(units::with_rep<units::bit_rate, Rep> rate,
                                                       units::with_rep<units::latency, Rep> round_trip,
                                                       units::volume packet, units::volume response) {
    return rate * round_trip + 2.0 * packet + response;
}

/// W5: share of the rate that a lossless queue with a buffer below the bits in flight sustains, Q / BDP. Precondition:
/// rate x round_trip > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> buffered(units::with_rep<units::volume, Rep> buffer,
                                                      units::with_rep<units::bit_rate, Rep> rate,
                                                      units::with_rep<units::latency, Rep> round_trip) {
    using ratio = units::with_rep<units::ratio, Rep>;
    return units::min(ratio(buffer / (rate * round_trip)), ratio(Rep(1.0)));
}

/// W9: time to move a volume in bulk: one round trip to begin, then volume / (efficiency x rate). Precondition: both > 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
bulk(units::with_rep<units::volume, Rep> volume, units::with_rep<units::bit_rate, Rep> rate,
     units::with_rep<units::ratio, Rep> efficiency, units::with_rep<units::latency, Rep> round_trip) {
    return units::saturate<units::with_rep<units::duration, Rep>>(round_trip + volume / (rate * efficiency));
}

} // namespace uonaco::inline UONACO_ABI::transport
