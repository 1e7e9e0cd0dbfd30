// SPDX-License-Identifier: Apache-2.0
// Data parallelism over slices: islands of accelerators, each with its own torus, that meet only over the data-centre network.
#pragma once

#include "collectives.hpp"

#include "../base/math.hpp"
#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::multi_slice {

/// Fitted on 18 published ratios of MFU, 2-32 slices of TPU v4 and v5e, models of 16-128 B parameters (MaxText's tables); two
/// constants for all of them, so that nothing of one model can be learnt by heart.
struct constants {
    /// Share of a step lost to waiting for the slowest of k slices, x sqrt(log2 k): the mean maximum of k equal jitters grows as
    /// sqrt(ln k) (Gumbel bound of 1.5).
    units::factor jitter = 0.0267;
    /// Exposed gradients over their wire time, a slice: the more slices meet in the network, the less of a host's nominal rate
    /// is left to each flow.
    units::factor contention = 0.054;
    /// Nor more than this many wire times. Not reached by any row: a bound on extrapolation.
    units::factor most_contention = 4.0;

    friend constexpr bool operator==(const constants&, const constants&) = default;
};

template <class Rep>
struct times {
    units::with_rep<units::duration, Rep>
        wire{}; ///< all-reduce of the gradients at the hosts' nominal rate, hidden or not
    units::with_rep<units::duration, Rep> exposed{}; ///< what it adds
    units::with_rep<units::duration, Rep> waiting{}; ///< for the slowest slice
    units::with_rep<units::duration, Rep> step{};
};

/// M3: T = T_1 (1 + j sqrt(log2 k)) + min(c k, most) wire, wire = 2(k-1)/k S over the hosts' network together (C9: the gradients
/// of a slice are sharded over its hosts). `one_slice`: time of a step on one slice with the same batch a chip. Preconditions:
/// slices >= 1, one_slice > 0, rate of the hosts of one slice together > 0. O(1).
template <class Rep>
times<Rep> compute(int slices, units::with_rep<units::duration, Rep> one_slice,
                   units::with_rep<units::volume, Rep> gradients, units::with_rep<units::memory_rate, Rep> hosts,
                   const constants& c = {}) {
    times<Rep> r;
    const double k = slices;
    r.wire = collectives::egress_volume(slices, gradients) / hosts;
    r.exposed = uonaco::min(double(c.contention) * k, double(c.most_contention)) * r.wire;
    r.waiting = c.jitter * math::sqrt(math::log(k) / math::ln2) * one_slice;
    r.step = one_slice + r.waiting + r.exposed;
    return r;
}

/// Share of a device's speed that is left: MFU on k slices over MFU on one, the batch a device unchanged.
template <class Rep>
units::with_rep<units::ratio, Rep> efficiency(units::with_rep<units::duration, Rep> one_slice, const times<Rep>& r) {
    return one_slice / r.step;
}

} // namespace uonaco::inline UONACO_ABI::multi_slice
