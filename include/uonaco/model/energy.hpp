// SPDX-License-Identifier: Apache-2.0
// Watts of devices, hosts and transport.
#pragma once

#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::power {

/// E1 with gamma = 1: idle + (max - idle) u.
template <class Rep>
constexpr auto of_device(units::with_rep<units::power, Rep> idle, units::with_rep<units::power, Rep> max,
                         units::with_rep<units::ratio, Rep> load) {
    return units::with_rep<units::power, Rep>(idle + (max - idle) * load);
}

/// E4 as rate times energy per bit.
template <class Rep>
constexpr auto of_transport(units::with_rep<units::bit_rate, Rep> rate, units::transport_energy per_bit) {
    return units::with_rep<units::power, Rep>(rate * per_bit);
}

} // namespace uonaco::inline UONACO_ABI::power
