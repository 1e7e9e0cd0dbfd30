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

/// By what packets are encrypted: Ethernet frames (MACsec), or IP packets in a tunnel (IPsec).
enum class packet_encryption : unsigned char { macsec, ipsec };
template <>
inline constexpr names enum_names<packet_encryption>{"macsec", "ipsec"};

/// How many links of a path encrypt what passes, by how they do it.
struct encrypted_hops {
    unsigned macsec = 0;
    unsigned ipsec = 0;
    unsigned line = 0;

    constexpr void add(encryption e, packet_encryption p) {
        macsec += e == encryption::packet && p == packet_encryption::macsec;
        ipsec += e == encryption::packet && p == packet_encryption::ipsec;
        line += e == encryption::line;
    }
    /// Whether it is never more of any.
    constexpr bool within(const encrypted_hops& other) const {
        return macsec <= other.macsec && ipsec <= other.ipsec && line <= other.line;
    }
    friend constexpr bool operator==(const encrypted_hops&, const encrypted_hops&) = default;
};

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
