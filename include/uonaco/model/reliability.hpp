// SPDX-License-Identifier: Apache-2.0
// Availability of parts put together, and how much of a long run's time is progress.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::reliability {

/// R1: MTTF / (MTTF + MTTR) of a cable cut `cuts` times a year and 1000 km. 1000 km at 2.13 (buried; Bellcore), repaired in
/// 12 h: 99.70907 %.
constexpr units::ratio cable(units::distance length, double cuts_per_1000km_year, units::duration repair) {
    const double mttf_hours = 8760.0 / (cuts_per_1000km_year * length.si() / 1e6);
    return mttf_hours / (mttf_hours + repair.si() / 3600.0);
}

/// R1 backwards: failures per second of a part that is up a share A of the time and repaired in `repair`. 0 for A = 1; what is never
/// up counts as up a millionth of the time.
template <class Rep>
constexpr units::with_rep<units::frequency, Rep> failure_rate(units::with_rep<units::ratio, Rep> availability,
                                                              units::duration repair) {
    const auto up = units::max(availability, units::with_rep<units::ratio, Rep>(Rep(1e-6)));
    return units::with_rep<units::frequency, Rep>((1.0 / up - 1.0) / repair);
}

/// R2: any of two that share no risk.
constexpr units::ratio either_up(units::ratio a, units::ratio b) { return 1.0 - (1.0 - a) * (1.0 - b); }

/// R4: Young's interval between checkpoints, sqrt(2 delta M).
template <class Rep>
constexpr units::with_rep<units::duration, Rep> young_interval(units::duration checkpoint,
                                                               units::with_rep<units::duration, Rep> mtbf) {
    return units::with_rep<units::duration, Rep>::from_si(math::sqrt(Rep(2.0 * checkpoint.si()) * mtbf.si()));
}

/// R4 (Daly) with times as shares of the MTBF M: e^{-r/M} (tau/M) / (e^{(tau+delta)/M} - 1). Held to 1e-9 or more: a cluster that
/// fails faster than it checkpoints makes no progress, and says so without an infinity.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> progress(Rep interval, Rep checkpoint, Rep restart) {
    using uonaco::max;
    using uonaco::min;
    const Rep share = math::exp(-restart) * interval / math::expm1(interval + checkpoint);
    return units::with_rep<units::ratio, Rep>::from_si(max(min(share, Rep(1.0)), Rep(1e-9)));
}

// A checkpoint that takes no time is written all the time.
inline constexpr units::duration shortest_interval = units::duration::from_si(1e-6);

/// R4 (Daly): share of the time that is progress with interval tau, checkpoint delta, restart r and MTBF M. delta 60 s, r 300 s,
/// M 11,124 s: .875708.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> goodput(units::with_rep<units::duration, Rep> interval,
                                                     units::duration checkpoint, units::duration restart,
                                                     units::with_rep<units::duration, Rep> mtbf) {
    const auto rate = 1.0 / mtbf;
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

} // namespace uonaco::inline UONACO_ABI::reliability
