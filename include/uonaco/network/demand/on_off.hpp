// SPDX-License-Identifier: Apache-2.0
// Demands that come in bursts: what each, and all of them together, need in front of a buffer.
#pragma once

#include "../view.hpp"

#include "../../base/math.hpp"
#include "../../units/kinds.hpp"
#include "../../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::demands {

/// Sends at its peak or not at all; bursts are exponential.
struct on_off {
    units::bit_rate peak{};
    units::ratio utilisation = 0.0; ///< share of the time it sends
    units::duration burst{};        ///< mean length

    constexpr units::bit_rate mean() const { return utilisation * peak; }
};

/// Effective bandwidth of one: with so much rate the buffer overflows with probability `overflow` (Guerin, Ahmadi, Naghshineh, IEEE
/// JSAC 9(7), 1991, eq. 2). Between mean and peak; the peak without a buffer. R 10 Gb/s, 30 %, 0.1 s, 0.8 Gbit, 1e-4: 9.165312 Gb/s.
/// Preconditions: nothing below 0, utilisation <= 1, 0 < overflow < 1.
inline units::bit_rate effective_rate(const on_off& d, units::volume buffer, units::ratio overflow) {
    const double rho = d.utilisation.si(), peak = d.peak.si(), x = buffer.si();
    const double k = -math::log(overflow.si()) * d.burst.si() * (1.0 - rho);
    if (!(x > 0.0) || !(rho < 1.0)) return d.peak;
    const double y = k * peak - x;
    const double root = math::sqrt(y * y + 4.0 * x * k * rho * peak);
    // of two equal forms the one that subtracts nothing nearly equal
    const double c = y > 0.0 ? (y + root) / (2.0 * k) : 2.0 * x * rho * peak / (root - y);
    return units::min(units::saturate(units::bit_rate::from_si(c)), d.peak);
}

/// Together: the lesser of the sum of effective bandwidths and of the normal approximation without a buffer,
/// m + sigma sqrt(-2 ln overflow - ln 2 pi), sigma^2 = sum rho (1 - rho) R^2 (the same, eq. 6). Ten of the above: 89.012 Gb/s. Same preconditions.
inline units::bit_rate capacity_for(view<on_off> sources, units::volume buffer, units::ratio overflow) {
    double alone = 0.0, mean = 0.0, variance = 0.0;
    for (const on_off& d : sources) {
        alone += effective_rate(d, buffer, overflow).si();
        mean += d.mean().si();
        variance += d.utilisation.si() * (1.0 - d.utilisation.si()) * d.peak.si() * d.peak.si();
    }
    const double far = -2.0 * math::log(overflow.si()) - math::log(2.0 * math::pi);
    const double together = mean + math::sqrt(variance * (far > 0.0 ? far : 0.0));
    return units::saturate(units::bit_rate::from_si(together < alone ? together : alone));
}

} // namespace uonaco::inline UONACO_ABI::demands
