// SPDX-License-Identifier: Apache-2.0
// What a step waits for the slowest of many ranks, where all meet at a barrier.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::stragglers {

/// S5: mean of the latest of n ranks whose steps vary independently, beyond the mean step: at most sigma sqrt(2 ln n), for noise
/// whose tails are no heavier than a normal's (Gumbel bound). `sync_every`: noise of H local steps adds up to sqrt(H) sigma before one
/// barrier, so that a step waits sigma sqrt(2 ln n / H). Preconditions: ranks >= 1, sync_every >= 1.
template <class Rep>
inline units::with_rep<units::duration, Rep> waiting(units::with_rep<units::duration, Rep> sigma,
                                                     units::with_rep<units::factor, Rep> ranks,
                                                     double sync_every = 1.0) {
    const Rep n = uonaco::max(ranks.si(), Rep(1.0));
    const Rep spread = math::sqrt(uonaco::max(Rep(2.0) * math::log(n), Rep(0.0)) / Rep(sync_every));
    return units::saturate(units::with_rep<units::duration, Rep>::from_si(sigma.si() * spread));
}

/// Rare long pauses (a collection of garbage, a retried link, a throttled device): with probability p a rank's step takes `pause`
/// longer, and the step of all waits where any does, pause (1 - (1-p)^n). Precondition: 0 <= p < 1.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> pauses(units::with_rep<units::ratio, Rep> probability,
                                                       units::with_rep<units::duration, Rep> pause,
                                                       units::with_rep<units::factor, Rep> ranks) {
    const Rep none = uonaco::max(Rep(1.0) - probability.si(), Rep(1e-300));
    const Rep any = -math::expm1(ranks.si() * math::log(none));
    return units::saturate(units::with_rep<units::duration, Rep>::from_si(pause.si() * any));
}

/// Mean wait for the (n - k)-th of n ranks with exponential delays of mean `delay`, the k slowest of which are not waited for (backup
/// workers): delay (H_n - H_k), H the harmonic numbers. Of heavier tails than a normal's, so also where waiting() is no bound.
/// Preconditions: 0 <= spare <= ranks. O(n).
template <class Rep>
constexpr units::with_rep<units::duration, Rep> of_exponential(units::with_rep<units::duration, Rep> delay, int ranks,
                                                               int spare = 0) {
    double sum = 0.0;
    for (int k = ranks; k > spare; --k) sum += 1.0 / k;
    return units::saturate<units::with_rep<units::duration, Rep>>(sum * delay);
}

/// Share of the time that is left of a step that waits. Precondition: step > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> efficiency(units::with_rep<units::duration, Rep> step,
                                                        units::with_rep<units::duration, Rep> waiting) {
    return units::saturate<units::with_rep<units::ratio, Rep>>(step / (step + waiting));
}

} // namespace uonaco::inline UONACO_ABI::stragglers
