// SPDX-License-Identifier: Apache-2.0
// Demands that are normal around a mean: what they need together, at a confidence.
#pragma once

#include "../view.hpp"

#include "../../base/math.hpp"
#include "../../units/kinds.hpp"
#include "../../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::demands {

/// P(X > z) of a standard normal, for z >= 0; relative error below 1e-12. Series of the integral below 3, beyond the continued
/// fraction of Laplace (Abramowitz and Stegun 26.2.11, 26.2.14).
inline double normal_tail(double z) {
    const double density = 0.39894228040143267794 * math::exp(-0.5 * z * z);
    if (z < 3.0) {
        double term = z, sum = z;
        for (int k = 3; k < 80; k += 2) sum += term *= z * z / k;
        return 0.5 - density * sum;
    }
    double fraction = z;
    for (int k = 80; k > 0; --k) fraction = z + k / fraction;
    return density / fraction;
}

/// z with P(X <= z) = confidence: .9 1.281551566, .95 1.644853627, .99 2.326347874, .999 3.090232306. Held to +-37 (1 - 1e-300). Newton on the
/// logarithm of the tail, which is concave, from above.
inline double normal_quantile(units::ratio confidence) {
    const double p = confidence.si();
    if (p < 0.5) return p > 0.0 ? -normal_quantile(1.0 - p) : -37.0;
    const double tail = 1.0 - p;
    if (!(tail > 0.0)) return 37.0;
    double z = math::sqrt(-2.0 * math::log(tail)); // Q(z) <= exp(-z^2/2) / 2
    for (int i = 0; i < 40; ++i) {
        const double q = normal_tail(z);
        const double density = 0.39894228040143267794 * math::exp(-0.5 * z * z);
        const double next = z - q / density * math::log(tail / q);
        if (!(next < z)) break;
        z = next > 0.0 ? next : 0.0;
    }
    return z;
}

/// A demand with a mean and a standard deviation.
struct normal {
    units::bit_rate mean{};
    units::bit_rate deviation{};
};

/// The sum of several: means add, and sigma^2 = sum sigma_i^2 + 2 sum of covariances. `correlation(i, j)`, i < j, within -1..1; 0 unless
/// said otherwise. O(n^2).
template <class Correlation>
normal sum_of(view<normal> parts, const Correlation& correlation) {
    double mean = 0.0, variance = 0.0;
    for (unsigned j = 0; j < parts.size(); ++j) {
        mean += parts[j].mean.si();
        variance += parts[j].deviation.si() * parts[j].deviation.si();
        for (unsigned i = 0; i < j; ++i)
            variance += 2.0 * correlation(i, j) * (parts[i].deviation.si() * parts[j].deviation.si());
    }
    return {units::saturate(units::bit_rate::from_si(mean)),
            units::saturate(units::bit_rate::from_si(variance > 0.0 ? math::sqrt(variance) : 0.0))};
}
inline normal sum_of(view<normal> parts) {
    return sum_of(parts, [](unsigned, unsigned) { return 0.0; });
}

/// The rate that is enough with probability `confidence`: mean + z sigma, at least 0.
inline units::bit_rate capacity_for(const normal& demand, units::ratio confidence) {
    const double rate = demand.mean.si() + normal_quantile(confidence) * demand.deviation.si();
    return units::saturate(units::bit_rate::from_si(rate > 0.0 ? rate : 0.0));
}
inline units::bit_rate capacity_for(view<normal> independent, units::ratio confidence) {
    return capacity_for(sum_of(independent), confidence);
}

/// What sharing one link saves of as many links for each: 1 - capacity of the sum / sum of capacities. 0 where nothing is needed.
inline units::ratio sharing_saves(view<normal> independent, units::ratio confidence) {
    double apart = 0.0;
    for (const normal& d : independent) apart += capacity_for(d, confidence).si();
    return apart > 0.0 ? units::saturate(units::ratio(1.0 - capacity_for(independent, confidence).si() / apart))
                       : units::ratio(0.0);
}

} // namespace uonaco::inline UONACO_ABI::demands
