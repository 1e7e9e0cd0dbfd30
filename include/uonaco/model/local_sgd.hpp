// SPDX-License-Identifier: Apache-2.0
// L1, L2: workers that exchange everything once in H steps (local SGD, DiLoCo), and the rate they need between them.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::local_sgd {

/// L1: bits a worker sends for one exchange of `parameters` among M workers, 2(M-1)/M of them: all, for two workers.
template <class V>
constexpr V exchange_volume(int workers, V parameters) {
    return units::saturate(V(2.0 * (workers - 1) / workers * parameters));
}

/// L1: a step of data parallelism that hides nothing, T_c + V/B. Precondition: rate > 0. A billion bf16 parameters at 1
/// Gb/s: 16 s more than the computing, 109 h for 25e9 tokens in steps of 1.024e6.
template <class Rep>
constexpr auto exposed_step(units::with_rep<units::duration, Rep> compute, units::with_rep<units::volume, Rep> volume,
                            units::with_rep<units::bit_rate, Rep> rate) {
    return units::saturate<units::with_rep<units::duration, Rep>>(compute + volume / rate);
}

/// What hides an exchange, once in H steps, and what never does.
template <class Rep>
struct exchange {
    double sync_every = 1;                             ///< H, mean number of steps from one exchange to the next
    units::with_rep<units::duration, Rep> step{};      ///< compute of a step
    units::with_rep<units::duration, Rep> overlap{};   ///< of computing that the wire may use
    units::with_rep<units::ratio, Rep> last_share{};   ///< of the volume that is ready only when the computing ends
    units::with_rep<units::latency, Rep> round_trip{}; ///< always shows
};

/// L2, blocking: layers' gradients leave while the backward pass computes the ones below, T_bwd (1 - 1/L); the last
/// layer's, 1/L of the volume, shows. Preconditions: layers >= 1.
template <class Rep>
constexpr exchange<Rep> blocking(double sync_every, units::with_rep<units::duration, Rep> step, int layers,
                                 double backward_share = 2.0 / 3.0) {
    const double last = 1.0 / layers;
    exchange<Rep> e;
    e.sync_every = sync_every;
    e.step = step;
    e.overlap = backward_share * (1.0 - last) * step;
    e.last_share = units::with_rep<units::ratio, Rep>(Rep(last));
    return e;
}

/// L2, streaming: the result is used tau steps later, so tau steps hide it.
template <class Rep>
constexpr exchange<Rep> streaming(double sync_every, units::with_rep<units::duration, Rep> step, double tau) {
    exchange<Rep> e;
    e.sync_every = sync_every;
    e.step = step;
    e.overlap = tau * step;
    return e;
}

/// L2: share of the time that is computing when an exchange takes `wire`: H T / (H T + max(wire - overlap, last part of
/// the wire) + R). Precondition: H T > 0. INTELLECT-1: 100 steps in 38 min, all-reduces of 103, 382 and 469 s, nothing
/// hidden: 95.7, 85.6, 83.0 %.
template <class Rep>
constexpr auto utilisation(const exchange<Rep>& e, units::with_rep<units::duration, Rep> wire) {
    const auto computing = e.sync_every * e.step;
    const auto shows = units::max(units::with_rep<units::duration, Rep>(wire - e.overlap),
                                  units::with_rep<units::duration, Rep>(e.last_share * wire));
    return units::saturate<units::with_rep<units::ratio, Rep>>(computing / (computing + shows + e.round_trip));
}

/// L2 backwards: the least rate at which `volume` an exchange leaves a utilisation of `target`. Preconditions: 0 < target
/// < 1, and the round trip alone leaves more than that: H T (1/target - 1) > R.
template <class Rep>
constexpr auto needed_rate(const exchange<Rep>& e, units::with_rep<units::volume, Rep> volume, units::ratio target) {
    const auto may_show =
        units::with_rep<units::duration, Rep>(e.sync_every * (1.0 / target - 1.0) * e.step - e.round_trip);
    return units::saturate(units::max(units::with_rep<units::bit_rate, Rep>(volume / (may_show + e.overlap)),
                                      units::with_rep<units::bit_rate, Rep>(e.last_share * volume / may_show)));
}

/// Mean number of steps an exchange, where a run of `run` steps exchanges after every H-th: run / floor(run / H). H for an
/// endless run (0); a run shorter than H is taken to end with one exchange. Precondition: sync_every >= 1.
constexpr double steps_per_exchange(int sync_every, double run) {
    const double h = sync_every;
    if (!(run > h)) return h;
    const double exchanges = run / h;
    if (!(exchanges < 9007199254740992.0)) return h; // 2^53: from here on every double is whole
    return run / static_cast<double>(static_cast<long long>(exchanges));
}

/// The simulations of Streaming DiLoCo (2501.18512) and DiLoCo's scaling laws (2503.09799), as far as their printed rates
/// show them. Fitted on Table 6 of the latter, 10B and 405B; the step times and grid are theirs.
struct published_simulation {
    /// Of 16 bits a parameter that is sent: a free factor, with no known mechanism.
    units::ratio volume_share = 0.77;
    /// Steps of the simulated run: the exchanges that fall into it count. Inferred, not stated by the authors: rates at H of
    /// 50 to 300 lie 12 % below those at H of 1 and 10, times 1/H.
    units::factor run = 340.0;
};

/// The rates tried: `points` of them, evenly spaced by ratio.
struct rate_grid {
    units::bit_rate first = units::bit_rate::from_si(0.1e9);
    units::bit_rate last = units::bit_rate::from_si(1000e9);
    int points = 50;
};

/// The least rate of the grid that is not below `needed`; the last where none is. A rate that is one of the grid's but for
/// rounding stays. Preconditions: needed > 0, points >= 2, last > first.
inline units::bit_rate first_on_grid(units::bit_rate needed, const rate_grid& g = {}) {
    const double decades = math::log(g.last.si() / g.first.si());
    const double steps = g.points - 1;
    const double at = math::ceil(steps * math::log(needed.si() / g.first.si()) / decades - 1e-9);
    const double i = uonaco::min(uonaco::max(at, 0.0), steps);
    return units::bit_rate::from_si(g.first.si() * math::exp(decades * (i / steps)));
}

} // namespace uonaco::inline UONACO_ABI::local_sgd
