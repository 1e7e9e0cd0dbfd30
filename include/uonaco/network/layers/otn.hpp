// SPDX-License-Identifier: Apache-2.0
// The optical transport network of ITU-T G.709: rates of ODUk, ODUflex and ODUCn, and how many time slots one takes of another.
#pragma once

#include "../../base/enum_names.hpp"
#include "../../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {
namespace otn {

enum class odu : unsigned char { odu0, odu1, odu2, odu2e, odu3, odu4 };

constexpr units::bit_rate kbps(double x) { return units::bit_rate::from_si(x * 1e3); }

/// Nominal rate of an ODUk (G.709 table 7-2: a ratio of columns times the client it was made for).
constexpr units::bit_rate rate(odu k) {
    switch (k) {
    case odu::odu0: return kbps(1244160);
    case odu::odu1: return kbps(239.0 / 238 * 2488320);
    case odu::odu2: return kbps(239.0 / 237 * 9953280);
    case odu::odu2e: return kbps(239.0 / 237 * 10312500);
    case odu::odu3: return kbps(239.0 / 236 * 39813120);
    case odu::odu4: return kbps(239.0 / 227 * 99532800);
    }
    return {};
}
/// Nominal rate of an ODUCn: n times 105,258,138.053 kb/s.
constexpr units::bit_rate oducn(unsigned n) { return kbps(239.0 / 226 * 99532800 * n); }

/// Slots of 1.25 Gb/s that an ODUk has for others; 0 of one that takes none (ODU0, ODU2e).
constexpr unsigned slots_in(odu server) {
    constexpr unsigned n[] = {0, 2, 8, 0, 32, 80};
    return n[static_cast<unsigned>(server)];
}
/// Slots of 5 Gb/s that an ODUCn has.
constexpr unsigned slots_in_oducn(unsigned n) { return 20 * n; }

namespace detail {
/// The least n such that n pieces are not less than `asked`; 0 if it is not above 0, or more than `most`.
constexpr unsigned pieces(units::bit_rate asked, units::bit_rate piece, unsigned most) {
    const double x = asked.si() / piece.si();
    if (!(x > 0 && x <= most)) return 0;
    unsigned n = static_cast<unsigned>(x);
    if (n * piece.si() < asked.si()) ++n;
    return n <= most ? n : 0;
}
/// What a slot of 1.25 Gb/s carries (G.709 table 7-7; of an ODU1: half of its 2,488,320 kb/s).
constexpr units::bit_rate slot_payload(odu server) {
    constexpr double of[] = {0, 1244160, 1249409.620, 0, 1254703.729, 1301709.251};
    return kbps(of[static_cast<unsigned>(server)]);
}
inline constexpr units::bit_rate slot_payload_of_oducn = kbps(5240886.372); ///< G.709 table 7-7
} // namespace detail

/// Slots that a client takes of a server; 0 if it does not fit, or server and client are one kind (then it takes all of it). By
/// nominal rates: with their tolerances ODU1 in ODU2 and ODU2 in ODU3 would read one more, which G.709 does not ask for.
constexpr unsigned slots_of(odu client, odu server) {
    if (slots_in(server) == 0 || client == server) return 0;
    return detail::pieces(rate(client), detail::slot_payload(server), slots_in(server));
}
/// Slots of 5 Gb/s that a client takes of an ODUCn, whatever n that has room for it.
constexpr unsigned slots_of_oducn(odu client) {
    return detail::pieces(rate(client), detail::slot_payload_of_oducn, 20);
}

/// Rate of ODUflex(GFP) with n slots of 1.25 Gb/s (G.709 table 7-8); 0 beyond its 1..80 slots.
constexpr units::bit_rate flex_rate(unsigned n) {
    if (n > 80) return {};
    return kbps(n * (n <= 8 ? 1249177.230 : n <= 32 ? 1254470.354 : 1301467.133));
}

/// Slots of 1.25 Gb/s for an ODUflex(GFP) of this rate: the least n whose rate is not below it. The rate of a slot goes up with n, so
/// that dividing by one of them is wrong at the borders. 0 if more than 80 would be needed, or the rate is not above 0. O(80).
constexpr unsigned flex_slots(units::bit_rate odu_flex) {
    if (!(odu_flex.si() > 0)) return 0;
    for (unsigned n = 1; n <= 80; ++n)
        if (odu_flex <= flex_rate(n)) return n;
    return 0;
}

/// The ODUflex that packets of this rate need: 239/238 of it, as an OPU is 238 of 239 columns; GFP's own bytes left out.
constexpr units::bit_rate flex_for_client(units::bit_rate packets) { return packets * (239.0 / 238); }
/// The packets that an ODUflex of n slots carries.
constexpr units::bit_rate client_rate(unsigned n) { return flex_rate(n) * (238.0 / 239); }
/// Slots of 1.25 Gb/s for packets of this rate; 0 as in flex_slots().
constexpr unsigned client_slots(units::bit_rate packets) { return flex_slots(flex_for_client(packets)); }

} // namespace otn

template <>
inline constexpr names enum_names<otn::odu>{"ODU0", "ODU1", "ODU2", "ODU2e", "ODU3", "ODU4"};

} // namespace uonaco::inline UONACO_ABI
