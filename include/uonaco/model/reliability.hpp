// SPDX-License-Identifier: Apache-2.0
// Availability of parts put together, and how much of a long run's time is progress.
#pragma once

#include "../base/math.hpp"
#include "../network/risk/availability.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::reliability {

// R1 and R2 of cables and equipment, with the presets: the network floor's, under the models' name.
using risk::amplifier;
using risk::availability;
using risk::buried;
using risk::cable;
using risk::cable_linear;
using risk::cable_preset;
using risk::either_up;
using risk::equipment_preset;
using risk::ground_wire;
using risk::repair_of_equipment;
using risk::roadm;
using risk::router_card;
using risk::self_supporting;
using risk::transponder;

/// R1 backwards: failures per second of a part that is up a share A of the time and repaired in `repair`. 0 for A = 1; what is never
/// up counts as up a millionth of the time.
template <class Rep>
constexpr units::with_rep<units::frequency, Rep> failure_rate(units::with_rep<units::ratio, Rep> availability,
                                                              units::duration repair) {
    const auto up = units::max(availability, units::with_rep<units::ratio, Rep>(Rep(1e-6)));
    return units::saturate<units::with_rep<units::frequency, Rep>>((1.0 / up - 1.0) / repair);
}

/// R3: how often a job is stopped by any of `units` equal parts, and by `others` a second besides them (WAN links without a backup,
/// or whose switching takes longer than the job waits). 16,384 devices of 50,700 h: every 3.09 h.
template <class Rep>
constexpr units::with_rep<units::frequency, Rep> stops(units::with_rep<units::factor, Rep> parts, units::duration mtbf,
                                                       units::with_rep<units::frequency, Rep> others) {
    return units::saturate<units::with_rep<units::frequency, Rep>>(parts / mtbf + others);
}

/// R3: the same as a mean time between stops. Precondition: it is stopped at all.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> cluster_mtbf(units::with_rep<units::factor, Rep> parts,
                                                             units::duration mtbf,
                                                             units::with_rep<units::frequency, Rep> others = {}) {
    return units::saturate<units::with_rep<units::duration, Rep>>(1.0 / stops<Rep>(parts, mtbf, others));
}

/// R4: Young's interval between checkpoints, sqrt(2 delta M).
template <class Rep>
constexpr units::with_rep<units::duration, Rep> young_interval(units::duration checkpoint,
                                                               units::with_rep<units::duration, Rep> mtbf) {
    return units::saturate(
        units::with_rep<units::duration, Rep>::from_si(math::sqrt(Rep(2.0 * checkpoint.si()) * mtbf.si())));
}

/// R4: Daly's interval, sqrt(2 delta M) (1 + x/3 + x^2/9) - delta with x = sqrt(delta / 2M). delta 60 s, M 11,124 s: 1115.716 s.
/// Preconditions: 0 < checkpoint < 2 mtbf.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> daly_interval(units::duration checkpoint,
                                                              units::with_rep<units::duration, Rep> mtbf) {
    const Rep x = math::sqrt(Rep(checkpoint.si()) / (Rep(2.0) * mtbf.si()));
    const Rep stretch = Rep(1.0) + x * (Rep(1.0 / 3.0) + x * Rep(1.0 / 9.0));
    return units::saturate(units::with_rep<units::duration, Rep>::from_si(
        young_interval<Rep>(checkpoint, mtbf).si() * stretch - Rep(checkpoint.si())));
}

/// R4 to first order, 1 - delta/tau - (tau/2 + r)/M; at least 0. Good where all times are far below M. Preconditions: tau, M > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> goodput_first_order(units::with_rep<units::duration, Rep> interval,
                                                                 units::duration checkpoint, units::duration restart,
                                                                 units::with_rep<units::duration, Rep> mtbf) {
    using ratio = units::with_rep<units::ratio, Rep>;
    return units::max(ratio(Rep{}), ratio(1.0 - checkpoint / interval - (0.5 * interval + restart) / mtbf));
}

/// R4 (Daly) with times as shares of the MTBF M: e^{-r/M} (tau/M) / (e^{(tau+delta)/M} - 1). Held to 1e-9 or more: a cluster that
/// fails faster than it checkpoints makes no progress, and says so without an infinity.
template <class Rep>
[[gnu::always_inline]] constexpr units::with_rep<units::ratio, Rep> progress(Rep interval, Rep checkpoint,
                                                                             Rep restart) {
    using uonaco::max;
    using uonaco::min;
    const Rep held = min(interval, Rep(700.0)); // beyond, math::exp holds its argument and the share would grow again
    const Rep share = math::exp(-restart) * held / math::expm1(held + checkpoint);
    return units::with_rep<units::ratio, Rep>::from_si(max(Rep(1e-9), min(Rep(1.0), share)));
}

// A checkpoint that takes no time is written all the time.
inline constexpr units::duration shortest_interval = units::duration::from_si(1e-6);

/// R4 (Daly): share of the time that is progress with interval tau, checkpoint delta, restart r and MTBF M. delta 60 s, r 300 s,
/// M 11,124 s: .875708.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> goodput(units::with_rep<units::duration, Rep> interval,
                                                     units::duration checkpoint, units::duration restart,
                                                     units::with_rep<units::duration, Rep> mtbf) {
    const units::with_rep<units::frequency, Rep> rate(
        units::min(1.0 / mtbf, units::with_rep<units::frequency, Rep>::from_si(Rep(1e6)))); // as goodput_at()
    return progress<Rep>((units::max(interval, shortest_interval) * rate).si(), (checkpoint * rate).si(),
                         (restart * rate).si());
}

/// R4 with Young's interval for a part that fails at `rate`; 1 where it never does. tau/M is then sqrt(2 delta rate).
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> goodput_at(units::with_rep<units::frequency, Rep> rate,
                                                        units::duration checkpoint, units::duration restart) {
    using uonaco::max;
    using uonaco::min;
    using ratio = units::with_rep<units::ratio, Rep>;
    const auto fails = rate.si() > Rep(1e-15); // once in 30 million years
    const Rep often = select(fails, min(rate.si(), Rep(1e6)), Rep(1e-15));
    const Rep delta = checkpoint.si() * often;
    const Rep interval = max(math::sqrt(Rep(2.0) * delta), shortest_interval.si() * often);
    return units::select(fails, progress<Rep>(interval, delta, restart.si() * often), ratio(Rep(1.0)));
}

/// R5: size of a checkpoint: about 14 bytes a parameter (8B 105 GB, 70B 920 GB, 405B 5.2 TB: NVIDIA's recipes; weights and two
/// moments in 32 bits, and weights in 16).
constexpr units::volume checkpoint_volume(double parameters, double bytes_per_parameter = 14.0) {
    return units::saturate(units::volume::from_si(8.0 * bytes_per_parameter * parameters));
}

/// R5: what a copy of each checkpoint at another site leaves when this one is lost.
template <class Rep>
struct recovery {
    units::with_rep<units::duration, Rep> transfer{};  ///< of one copy
    units::with_rep<units::duration, Rep> point{};     ///< work between two copies (RPO); no shorter than a transfer
    units::with_rep<units::duration, Rep> most_lost{}; ///< at worst: lost just before a copy was complete
    units::with_rep<units::duration, Rep> time{};      ///< until the work goes on (RTO): copied back, and restarted
};

/// R5: RPO = interval, RTO = restart + transfer. Precondition: rate > 0.
template <class Rep>
constexpr recovery<Rep> replica(units::volume checkpoint, units::with_rep<units::bit_rate, Rep> rate,
                                units::with_rep<units::duration, Rep> interval, units::duration restart) {
    const auto transfer = units::saturate<units::with_rep<units::duration, Rep>>(checkpoint / rate);
    const auto point = units::max(interval, transfer);
    return {.transfer = transfer,
            .point = point,
            .most_lost = units::saturate(point + transfer),
            .time = units::saturate<units::with_rep<units::duration, Rep>>(restart + transfer)};
}

} // namespace uonaco::inline UONACO_ABI::reliability
