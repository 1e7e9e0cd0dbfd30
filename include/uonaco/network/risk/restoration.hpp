// SPDX-License-Identifier: Apache-2.0
// How long traffic is away until a mechanism has brought it back.
#pragma once

#include "availability.hpp"

#include "../../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI::risk {

enum class mechanism : unsigned char {
    switched_protection, ///< 1+1, OTN SNCP: the backup is lit and carries the same
    modulation_hitless,  ///< a transceiver that changes its modulation without leaving the carrier
    rate_change,         ///< elastic interface, end to end
    otn_cross_connect,   ///< ODU time slots switched to another path, end to end
    odu_resize,          ///< ODUflex, fgODUflex: hitless
    relit_wavelength,    ///< a wavelength moved into spectrum that noise had kept lit
    modulation_change,   ///< stock transceivers: laser off and on
    laser_tuning,        ///< a pluggable tunes to another frequency; at most
    amplifier_levelling, ///< a wavelength moved into dark spectrum: "tens of minutes"
    manual_order,        ///< a wave ordered: days to weeks
};

/// A default, where one is known; an operator states its own.
struct restoration {
    mechanism by;
    const char* name;
    maybe<units::duration> time; ///< unknown where sources give no figure
    const char* source;
};
inline constexpr restoration restorations[] = {
    {mechanism::switched_protection, "1+1, SNCP", units::duration::from_si(0.05), "ITU-T G.873.1: below 50 ms"},
    {mechanism::modulation_hitless, "hitless modulation change", {}, "RADWAN, SIGCOMM 2018: milliseconds"},
    {mechanism::rate_change, "elastic re-rate", units::duration::from_si(0.9), "JOCN 9 A170: below 0.9 s"},
    {mechanism::otn_cross_connect, "OTN cross-connect", {}, "no published figure at hand"},
    {mechanism::odu_resize, "ODUflex resize", {}, "ITU-T G.7044: hitless"},
    {mechanism::relit_wavelength, "wavelength in noise-loaded spectrum", units::duration::from_si(8.0),
     "ARROW, SIGCOMM 2021"},
    {mechanism::modulation_change, "modulation change", {}, "RADWAN, SIGCOMM 2018: a minute or so"},
    {mechanism::laser_tuning, "laser tuning", units::duration::from_si(180.0), "400ZR module specification: at most"},
    {mechanism::amplifier_levelling, "amplifiers re-levelled", {}, "ARROW, SIGCOMM 2021: tens of minutes"},
    {mechanism::manual_order, "manual order", {}, "days to weeks"},
};

constexpr const restoration& restored_by(mechanism m) { return restorations[static_cast<unsigned>(m)]; }

/// How long traffic is away in a year if it comes back after `away` each time something fails `failures` a second.
constexpr units::duration interruption_a_year(units::frequency failures, units::duration away) {
    return units::saturate(units::duration::from_si((failures * away).si() * year.si()));
}

/// Availability of a path that fails so often and is restored instead of waiting for the repair: R1 with the restoration in place of
/// the repair. While it is away it does not fail again; that there is something to restore it to is the caller's. Precondition: failures >= 0.
constexpr units::ratio restored_availability(units::frequency failures, units::duration away) {
    return units::saturate(units::ratio(1.0 / (1.0 + (failures * away).si())));
}

} // namespace uonaco::inline UONACO_ABI::risk
