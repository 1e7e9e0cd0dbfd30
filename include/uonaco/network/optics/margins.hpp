// SPDX-License-Identifier: Apache-2.0
// Impairments as a value that domains can exchange: noise over signal adds up along the way, whoever owns the part.
#pragma once

#include "gn_model.hpp"

namespace uonaco::inline UONACO_ABI {

/// What a stretch adds to the noise of a signal: 1/OSNR in 0.1 nm, as a plain ratio. A domain tells its neighbour this one
/// number and keeps its plant to itself. Sums and comparisons are all it needs.
struct impairment {
    double inverse_osnr = 0.0;

    static constexpr impairment of_osnr_db(double db) { return {gn::from_db(-db)}; }
    constexpr double osnr_db() const { return -gn::to_db(inverse_osnr); } ///< 3000 if there is no noise
    /// How far the OSNR stands above what a receiver needs, in dB; below 0 it does not work.
    constexpr double margin_db(double required_osnr_db) const { return osnr_db() - required_osnr_db; }

    friend constexpr impairment operator+(impairment a, impairment b) { return {a.inverse_osnr + b.inverse_osnr}; }
    friend constexpr impairment operator*(unsigned n, impairment a) { return {n * a.inverse_osnr}; }
    friend constexpr bool operator==(impairment, impairment) = default;
};

/// What one span adds to channel `i` at this launch power (W, where the fibre begins).
UONACO_LAZY
impairment impairment_of(const optical_span& s, const channel_plan& c, unsigned i, double power) {
    return {gn::noise_of_span(s, c, i, power) * gn::osnr_band_hz / c.symbol_rate_hz};
}

} // namespace uonaco::inline UONACO_ABI
