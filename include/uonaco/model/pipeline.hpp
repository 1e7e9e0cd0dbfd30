// SPDX-License-Identifier: Apache-2.0
// Layers in stages: what filling and draining cost, what passes between stages, and what a cut across sites does.
#pragma once

#include "../base/math.hpp"
#include "../record/parallel_plan.hpp"
#include "../units/saturate.hpp"
#include "../workload/transformer.hpp"

namespace uonaco::inline UONACO_ABI::pipeline {

/// Time of filling and draining in micro-batches: (p-1)/v (1F1B; Narayanan et al. 2021 for v > 1). Preconditions: p, v >= 1. O(1).
constexpr double fill(double stages, double virtual_stages = 1.0) { return (stages - 1.0) / virtual_stages; }

/// Share of a step that a stage idles: fill / (m + fill). Precondition: micro_batches > 0.
constexpr double bubble(double micro_batches, double stages, double virtual_stages = 1.0) {
    const double idle = fill(stages, virtual_stages);
    return idle / (micro_batches + idle);
}

/// A step of m micro-batches of which the slowest stage takes `micro_batch` each: t (m + (p-1)/v).
template <class Rep>
constexpr auto step(units::with_rep<units::duration, Rep> micro_batch, double micro_batches, double stages,
                    double virtual_stages = 1.0) {
    return units::saturate<units::with_rep<units::duration, Rep>>((micro_batches + fill(stages, virtual_stages)) *
                                                                  micro_batch);
}

/// What a device hands to the next stage a micro-batch, and again back for its gradient: 2 b s h / c in 16 bits, of which each of t
/// ranks carries its part. Interleaving passes it v times.
constexpr units::volume message(const transformer& m, const parallel_plan& p) {
    const double numbers =
        static_cast<double>(p.micro_batch) * static_cast<double>(m.sequence) * static_cast<double>(m.hidden);
    return units::volume::from_si(16.0 * numbers / (static_cast<double>(p.context) * static_cast<double>(p.tensor)));
}

/// Micro-batches under way beyond a cut after stage i of p (1F1B, counted from 1): w = p - i + 1. Precondition: 1 <= i < p.
constexpr double in_flight(double stages, double stage) { return stages - stage + 1.0; }

/// P1: time between two micro-batches at a cut across sites, one-way delay D (with serialisation): w of them are under way for each
/// return trip, so tau = max(t, t + 2D/w - slack). `slack`: idle time that a stage has anyway. Preconditions: w >= 1. O(1).
template <class Rep, class Number>
constexpr auto cut_interval(units::with_rep<units::duration, Rep> micro_batch,
                            units::with_rep<units::duration, Rep> delay, Number in_flight,
                            units::with_rep<units::duration, Rep> slack = {}) {
    using duration = units::with_rep<units::duration, Rep>;
    return units::max(micro_batch, duration(micro_batch + (2.0 / in_flight) * delay - slack));
}

/// P1: a step over such a cut, T = tau m + fill: the fill of the stages and one return trip.
template <class Rep>
constexpr auto cut_step(units::with_rep<units::duration, Rep> micro_batch, units::with_rep<units::duration, Rep> delay,
                        double micro_batches, double stages, double virtual_stages, double in_flight,
                        units::with_rep<units::duration, Rep> slack = {}) {
    return units::saturate<units::with_rep<units::duration, Rep>>(
        micro_batches * cut_interval<Rep>(micro_batch, delay, in_flight, slack) +
        fill(stages, virtual_stages) * micro_batch + 2.0 * delay);
}

/// P1: micro-batches under way that hide the delay: 2D/slack. Each beyond the schedule's own costs memory (MEM2). At least 1.
/// Preconditions: delay >= 0, slack > 0.
inline double hiding_in_flight(units::duration delay, units::duration slack) {
    return max(math::ceil(2.0 * delay.si() / slack.si()), 1.0);
}

} // namespace uonaco::inline UONACO_ABI::pipeline
