// SPDX-License-Identifier: Apache-2.0
// Does the model fit: states and activations against device memory.
#pragma once

#include "calibration.hpp"

#include "../workload/training.hpp"

namespace uonaco::inline UONACO_ABI::memory_fit {

/// MEM1: bytes of weights, gradients and optimizer a parameter: 2 + 4 + 12, or 2 + 2 + 12 with gradients in 16 bits.
constexpr units::volume state_per_parameter(const training& t, const calibration& c) {
    const double gradient = size_of(t.gradient_precision).si() <= 16.0 ? 2.0 : 4.0;
    return units::volume::from_si(8.0 * (c.weight_bytes + gradient + c.optimizer_bytes));
}

/// MEM1: states of one device when they are spread evenly over `devices` of a site (ZeRO-3, FSDP).
template <class Rep>
constexpr auto states(const training& t, const calibration& c, units::with_rep<units::factor, Rep> devices) {
    return units::with_rep<units::memory, Rep>(static_cast<double>(t.parameters) * state_per_parameter(t, c) / devices);
}

/// MEM2: the least a device can keep, every layer recomputed: 2 s b h a layer and 34 s b h of the one at work. 0 where layers,
/// hidden or sequence are not known: then the verdict covers the states only.
constexpr units::memory activations(const training& t, const calibration& c) {
    if (!t.layers || !t.hidden || !t.sequence) return {};
    const double sbh =
        static_cast<double>(*t.sequence) * static_cast<double>(t.micro_batch) * static_cast<double>(*t.hidden);
    return units::memory::from_si(8.0 * sbh *
                                  (c.activation_kept * static_cast<double>(*t.layers) + c.activation_working));
}

} // namespace uonaco::inline UONACO_ABI::memory_fit
