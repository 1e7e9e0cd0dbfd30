// SPDX-License-Identifier: Apache-2.0
// What a bit costs in energy on its way, by the equipment it passes.
#pragma once

#include "../record/termination.hpp"
#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI::transport_power {

/// One end of a wave.
struct end {
    units::power power{};
    units::bit_rate rate{};

    constexpr units::transport_energy per_bit() const { return power / rate; }
    friend constexpr bool operator==(const end&, const end&) = default;
};

/// E4. OIF's target for 400ZR is 15 W, modules ship at about 19 W (16 W: Infinera 2020); ZR+ 18 to 22 W; 800ZR about 30 W; a
/// transponder slot with its share of the shelf about 60 W (trade press, mapyourtech.com).
constexpr end of(termination t) {
    switch (t) {
    case termination::zr_400: return {19_W, 400_Gbps};
    case termination::zr_400_target: return {15_W, 400_Gbps};
    case termination::zr_plus_400: return {20_W, 400_Gbps};
    case termination::zr_800: return {30_W, 800_Gbps};
    case termination::transponder_400: return {60_W, 400_Gbps};
    }
    return {};
}

/// How far a section of it goes. 400ZR and 800ZR: amplified single span of up to 120 km (OIF-400ZR-01.0; OIF-800ZR-01.0, 2024); 400ZR+
/// 600 km and a transponder 2,500 km at 400 Gb/s (tables of Politecnico di Milano; quality of fibre and of amplifiers moves them).
constexpr units::distance reach(termination t) {
    switch (t) {
    case termination::zr_400:
    case termination::zr_400_target:
    case termination::zr_800: return 120_km;
    case termination::zr_plus_400: return 600_km;
    case termination::transponder_400: return 2500_km;
    }
    return {};
}

/// What stands between the ends. Middles of usual ranges, from memory where no source is named: an operator states its own.
struct line {
    units::power amplifier = 65_W;     ///< an EDFA of one fibre and direction, a span; 30 to 100 W
    units::power roadm_degree = 150_W; ///< 100 to 200 W
    units::transport_energy router =
        2_W_per_Gbps;             ///< core router, modern: 1 to 3 nJ a bit; 8 to 10 older (Van Heddeghem 2012)
    units::distance span = 80_km; ///< between amplifiers (GNPy's default)
    double waves = 40;            ///< lit on the fibre: they share what the fibre needs

    friend constexpr bool operator==(const line&, const line&) = default;
};

/// What a path passes, between its two ends.
struct route {
    units::distance length{};
    int sections = 1; ///< of light: each begins and ends in electronics
    int roadm_degrees = 0;
    int routers = 0;
};

/// Spans of a length, the last one whole. Precondition: length >= 0, span > 0.
constexpr double spans(units::distance length, units::distance span) {
    const double n = length / span;
    if (!(n < 2147483648.0)) return n;
    const auto below = static_cast<double>(static_cast<int>(n));
    return below < n ? below + 1.0 : below;
}

/// E4: energy of a bit, 2 E_end for each section + hops E_router + (ceil(L / span) P_amplifier + degrees P_roadm) / (waves x rate of
/// a wave). Precondition: rate of the end and waves > 0.
constexpr units::transport_energy per_bit(const end& e, const route& r, const line& l = {}) {
    const units::power shared =
        spans(r.length, l.span) * l.amplifier + static_cast<double>(r.roadm_degrees) * l.roadm_degree;
    return 2.0 * static_cast<double>(r.sections) * e.per_bit() + static_cast<double>(r.routers) * l.router +
           shared / (l.waves * e.rate);
}

/// One section of so much fibre, where no more is known than what ends its waves: with half a router at each end, as a bit comes in by
/// one port and leaves by another. A pluggable stands in such a port, a transponder's client port is on one: both count the same.
/// ROADMs that nobody names are left out.
constexpr units::transport_energy per_bit(termination t, units::distance length, const line& l = {}) {
    return per_bit(of(t), {.length = length, .routers = 1}, l);
}

/// What stands in where nobody says what a section passes: no less than with any termination over the same fibre. The ends that draw
/// most, and a whole router at both, as of a packet line that ends there.
constexpr units::transport_energy unstated(units::distance length, const line& l = {}) {
    return per_bit(of(termination::transponder_400), {.length = length, .routers = 2}, l);
}
/// Where its length is not known either: that of the longest reach.
constexpr units::transport_energy unstated(const line& l = {}) {
    return unstated(reach(termination::transponder_400), l);
}

} // namespace uonaco::inline UONACO_ABI::transport_power
