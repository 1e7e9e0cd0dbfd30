// SPDX-License-Identifier: Apache-2.0
// What keeps one tenant's data from another: offered by sites and links, asked by workloads. Higher is stronger.
#pragma once

#include "../base/config.hpp"
#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

/// Encryption of data on the way.
enum class encryption : unsigned char { none, packet, line };
template <>
inline constexpr names enum_names<encryption>{"none", "packet", "line"};

/// Separation from other tenants.
enum class isolation : unsigned char { shared, virtualised, dedicated };
template <>
inline constexpr names enum_names<isolation>{"shared", "virtualised", "dedicated"};

/// A capability, or a requirement on one.
struct security {
    uonaco::encryption encryption = uonaco::encryption::none;
    uonaco::isolation isolation = uonaco::isolation::shared;

    friend constexpr bool operator==(security, security) = default;
    /// True if this capability is at least what is asked.
    constexpr bool covers(security asked) const {
        return static_cast<int>(encryption) >= static_cast<int>(asked.encryption) &&
               static_cast<int>(isolation) >= static_cast<int>(asked.isolation);
    }
};

} // namespace uonaco::inline UONACO_ABI
