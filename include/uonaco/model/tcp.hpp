// SPDX-License-Identifier: Apache-2.0
// What a TCP connection delivers over a path that loses packets.
#pragma once

#include "../base/math.hpp"
#include "../units/literals.hpp"
#include "../units/maybe.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::tcp {

enum class law : unsigned char {
    mathis, ///< Reno, losses repaired without timeouts
    padhye, ///< Reno with timeouts
    cubic,
    h_tcp,
    bbr, ///< version 1: rate measured, loss ignored
};

/// Rep: double or a dual number.
template <class Rep>
struct path {
    units::with_rep<units::bit_rate, Rep> capacity{};
    units::with_rep<units::latency, Rep> round_trip{};
    units::with_rep<units::ratio, Rep> loss{}; ///< of packets, independent
};

struct sender {
    units::volume segment = units::volume::from_si(8 * 1460.0); ///< payload of a packet (MSS); 8948 B at an MTU of 9000
    maybe<units::volume> window{};                              ///< unknown: never the limit
    units::duration timeout = 1_s; ///< least of a retransmission timer (RFC 6298; Linux: 200 ms)
};

struct constants {
    units::factor mathis = 1.22;      ///< sqrt(3/2) (Mathis et al. 1997), each packet acknowledged
    units::factor acknowledged = 2.0; ///< packets an acknowledgement, Padhye's b (RFC 1122: delayed)
    units::factor cubic = 1.054;      ///< (C (3 + b) / (4 (1 - b)))^(1/4) with C = 0.4, b = 0.7 (RFC 9438)
    /// Of the window that H-TCP keeps after a loss: RTT_min / RTT_max, from 0.5 to 0.8 (draft-leith-tcp-htcp-06). Losses without
    /// queues leave the round trip as it is, hence the most.
    units::ratio h_tcp_backoff = 0.8;
    units::factor h_tcp = 1.0; ///< on the law; ESnet's point (490 Mb/s at 90 ms and 1/22000) would need 1.035
    /// BBR keeps C (1 - p) up to here, and nothing from the second on: it probes at 1.25 times its estimate, and 1.25 (1 - p) >= 1
    /// only up to 20 % (Cardwell et al. 2017).
    units::ratio bbr_full = 0.15;
    units::ratio bbr_most = 0.20;

    friend constexpr bool operator==(const constants&, const constants&) = default;
};

namespace detail {
// Held away from 0, where laws of loss give no limit: capacity and window do then.
template <class Rep>
constexpr Rep loss_of(const path<Rep>& p) {
    using uonaco::max;
    using uonaco::min;
    return min(max(p.loss.si(), Rep(1e-15)), Rep(1.0));
}
template <class Rep>
constexpr Rep round_trip_of(const path<Rep>& p) {
    using uonaco::max;
    return max(p.round_trip.si(), Rep(1e-9));
}
} // namespace detail

/// W6, Reno: 1.22 MSS / (R sqrt p). 8948 B, 90 ms, 1/22000: 143.9 Mb/s. All of these laws: precondition 0 <= loss <= 1, R >= 0;
/// a loss below 1e-15 or a round trip below 1 ns counts as that.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> mathis(const path<Rep>& p, units::volume segment,
                                                       const constants& c = {}) {
    return units::saturate(units::with_rep<units::bit_rate, Rep>::from_si(
        Rep(c.mathis.si() * segment.si()) / (detail::round_trip_of(p) * math::sqrt(detail::loss_of(p)))));
}

/// W6, Reno with timeouts (Padhye et al. 1998): MSS / (R sqrt(2bp/3) + RTO min(1, 3 sqrt(3bp/8)) p (1 + 32 p^2)).
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> padhye(const path<Rep>& path, units::volume segment,
                                                       units::duration timeout, const constants& c = {}) {
    using uonaco::min;
    const Rep p = detail::loss_of(path);
    const double b = c.acknowledged;
    const Rep fast = detail::round_trip_of(path) * math::sqrt(Rep(2.0 * b / 3.0) * p);
    const Rep slow = timeout.si() * min(Rep(1.0), Rep(3.0) * math::sqrt(Rep(3.0 * b / 8.0) * p)) * p *
                     (Rep(1.0) + Rep(32.0) * p * p);
    return units::saturate(units::with_rep<units::bit_rate, Rep>::from_si(Rep(segment.si()) / (fast + slow)));
}

/// W6, CUBIC: 1.054 MSS (R/p)^(3/4) / R. 8948 B, 90 ms, 1/22000: 248.8 Mb/s.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> cubic(const path<Rep>& p, units::volume segment,
                                                      const constants& c = {}) {
    const Rep r = detail::round_trip_of(p);
    const Rep root = math::sqrt(r / detail::loss_of(p));
    return units::saturate(
        units::with_rep<units::bit_rate, Rep>::from_si(Rep(c.cubic.si() * segment.si()) * root * math::sqrt(root) / r));
}

/// W6, H-TCP: T seconds after a loss the window grows by 2 (1-b) a(T) a round trip, a = 1 + 10 (T-1) + (T-1)^2/4 beyond the first
/// second, and each 1/p-th packet is lost: with I the integral of a and J that of I, 2 (b I T + (1-b) J) = R^2/p gives T, and the
/// rate is MSS / (p T). 8948 B, 90 ms, 1/22000: 473 Mb/s (measured: 490). Newton from above, where the function is convex.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> h_tcp(const path<Rep>& path, units::volume segment,
                                                      const constants& c = {}) {
    using uonaco::max;
    using uonaco::min;
    const Rep p = detail::loss_of(path);
    const Rep r = detail::round_trip_of(path);
    const Rep goal = min(r * r / p, Rep(1e100)); // far beyond any path; its powers below stay finite
    const double b = c.h_tcp_backoff;
    // Both bound T from above: I >= T, and I >= (T-1)^3/12.
    Rep t = min(math::sqrt(goal / Rep(1.0 + b)), Rep(1.0) + math::sqrt(math::sqrt(goal * Rep(6.0 / b))));
    for (int i = 0; i < 40; ++i) {
        const Rep x = max(t - Rep(1.0), Rep(0.0));
        const Rep increase = Rep(1.0) + x * (Rep(10.0) + Rep(0.25) * x);
        const Rep grown = t + x * x * (Rep(5.0) + x * Rep(1.0 / 12.0));
        const Rep area = Rep(0.5) * t * t + x * x * x * (Rep(5.0 / 3.0) + x * Rep(1.0 / 48.0));
        const Rep value = Rep(2.0) * (Rep(b) * grown * t + Rep(1.0 - b) * area);
        const Rep slope = Rep(2.0) * (Rep(b) * increase * t + grown);
        t = t - (value - goal) / slope;
    }
    return units::saturate(units::with_rep<units::bit_rate, Rep>::from_si(Rep(c.h_tcp.si() * segment.si()) / (p * t)));
}

/// W6, BBR: C (1 - p) up to a loss of 15 %, from there to 20 % falling to a billionth.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> bbr(const path<Rep>& p, const constants& c = {}) {
    using uonaco::max;
    using uonaco::min;
    const Rep left = (Rep(c.bbr_most.si()) - p.loss.si()) / Rep((c.bbr_most - c.bbr_full).si());
    const Rep held = max(min(left, Rep(1.0)), Rep(1e-9));
    return units::saturate<units::with_rep<units::bit_rate, Rep>>(p.capacity *
                                                                  (max(Rep(1.0) - p.loss.si(), Rep(1e-9)) * held));
}

/// W6 whole: the law, or window / R, or what the path carries, whichever is least. Precondition: capacity > 0.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> rate(law l, const path<Rep>& p, const sender& s = {},
                                                     const constants& c = {}) {
    auto r = bbr(p, c);
    switch (l) {
    case law::mathis: r = mathis(p, s.segment, c); break;
    case law::padhye: r = padhye(p, s.segment, s.timeout, c); break;
    case law::cubic: r = cubic(p, s.segment, c); break;
    case law::h_tcp: r = h_tcp(p, s.segment, c); break;
    case law::bbr: break;
    }
    if (s.window)
        r = units::min(r,
                       units::with_rep<units::bit_rate, Rep>::from_si(Rep(s.window->si()) / detail::round_trip_of(p)));
    return units::min(r, p.capacity);
}

/// W7: so many equal connections over one path: their sum, at most what it carries. Precondition: flows >= 1.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> parallel(double flows, law l, const path<Rep>& p, const sender& s = {},
                                                         const constants& c = {}) {
    return units::min(units::with_rep<units::bit_rate, Rep>(flows * rate(l, p, s, c)), p.capacity);
}

} // namespace uonaco::inline UONACO_ABI::tcp
