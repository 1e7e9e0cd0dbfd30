// SPDX-License-Identifier: Apache-2.0
// What ties the devices of one site together: a fast tier inside a node (NVLink, ICI), a slower one between nodes (NICs).
#pragma once

#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {

/// Rates of one device, in one direction. Rep: double, lanes or a dual number.
template <class Rep>
struct fabric {
    units::with_rep<units::memory_rate, Rep> scale_up{}; ///< to the other devices of its node; 0: there is no such tier
    units::with_rep<units::memory_rate, Rep> scale_out{}; ///< its NIC
    double devices_per_node = 8;
};

/// Rate to the other devices of a node: over its NIC where there is no faster tier.
template <class Rep>
constexpr units::with_rep<units::memory_rate, Rep> rate_in_node(const fabric<Rep>& f) {
    return units::select(f.scale_up.si() > Rep(0.0), f.scale_up, f.scale_out);
}

/// What one rank of a group sees while `in_node` ranks of the group share a node and the group spans several: their NICs together,
/// but no more than the fast tier carries to them. Inside one node it is the fast tier. Preconditions: ranks >= 1, 1 <= in_node.
template <class Rep>
constexpr units::with_rep<units::memory_rate, Rep> rate_of_group(const fabric<Rep>& f, double ranks, double in_node) {
    if (ranks <= in_node) return rate_in_node(f);
    return units::min(units::with_rep<units::memory_rate, Rep>(in_node * f.scale_out), rate_in_node(f));
}

} // namespace uonaco::inline UONACO_ABI
