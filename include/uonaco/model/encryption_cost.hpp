// SPDX-License-Identifier: Apache-2.0
// What encryption on the way takes of rate and time.
#pragma once

#include "../record/protection.hpp"
#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI::encryption_cost {

/// Bytes that a packet grows by, and the time that both ends together take.
struct overhead {
    units::volume packet{};
    units::latency delay{};

    friend constexpr bool operator==(const overhead&, const overhead&) = default;
};

/// MACsec (IEEE 802.1AE-2018): security tag of 8 B, 16 B with the channel's identifier, and a check value of 16 B. Operators see
/// 1 to 3 us a hop.
constexpr overhead macsec(bool channel_identifier = true) {
    return {units::volume::from_si(8.0 * (channel_identifier ? 32.0 : 24.0)), 2_us};
}

/// IPsec ESP with AES-GCM (RFC 4303, RFC 4106): header 8, vector 8, padding to whole words, trailer 2, check value 16; in tunnel
/// mode an IPv4 header of 20 around it (IPv6: 40). Delay of line-rate hardware, from memory; software takes more.
/// Precondition: bytes >= 0.
constexpr overhead ipsec(long long bytes, long long outer_header = 20) {
    const long long padding = (4 - (bytes + 2) % 4) % 4;
    return {units::volume::from_si(8.0 * static_cast<double>(outer_header + 8 + 8 + padding + 2 + 16)), 5_us};
}

/// Encryption of the line (OTN payload, ITU-T G.709 frames keep their size): latency only. From memory: vendors quote up to so
/// much for both ends.
inline constexpr overhead line{{}, 10_us};

/// Share of the rate left for what was sent before, n / (n + overhead). `packet`: what one occupies on the wire unencrypted (on
/// Ethernet with preamble and gap, 38 B more than its payload). Precondition: packet > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> rate_factor(units::with_rep<units::volume, Rep> packet,
                                                         const overhead& o) {
    return packet / (packet + o.packet);
}

/// What a path takes of packets of so many bits, where each of its links encrypts by itself: the most that a packet grows by, and
/// all delays. Precondition: packet >= 0.
constexpr overhead along(const encrypted_hops& hops, units::volume packet) {
    const overhead tunnel = ipsec(static_cast<long long>(packet.si() / 8.0));
    overhead o;
    if (hops.macsec > 0) o.packet = macsec().packet;
    if (hops.ipsec > 0 && o.packet < tunnel.packet) o.packet = tunnel.packet;
    o.delay = static_cast<double>(hops.macsec) * macsec().delay + static_cast<double>(hops.ipsec) * tunnel.delay +
              static_cast<double>(hops.line) * line.delay;
    return o;
}

/// What a capability costs where nothing more is known: MACsec for packets.
constexpr overhead of(encryption e) {
    return e == encryption::packet ? macsec() : e == encryption::line ? line : overhead{};
}

} // namespace uonaco::inline UONACO_ABI::encryption_cost
