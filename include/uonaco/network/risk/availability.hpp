// SPDX-License-Identifier: Apache-2.0
// What share of the time a cable, a device or several of them together are up.
#pragma once

#include "../view.hpp"

#include "../../units/kinds.hpp"
#include "../../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::risk {

/// Cuts of a cable a year and 1000 km, by how it is laid and who counted: a preset is named, never silent.
struct cable_preset {
    const char* name;
    double cuts_per_1000km_year;
};
inline constexpr cable_preset buried{"buried, Bellcore", 2.13}; ///< via Alcoa Fujikura 2001
inline constexpr cable_preset ground_wire{"OPGW", 0.085};       ///< in the earth wire of a power line; the same
inline constexpr cable_preset self_supporting{"ADSS", 0.081};   ///< hung along one; the same

/// Failures in 1e9 hours, and how long a repair takes: from memory (vendors' order of magnitude), an operator states its own.
struct equipment_preset {
    const char* name;
    double fit;
    units::duration repair;
};
inline constexpr units::duration repair_of_cable = units::duration::from_si(12 * 3600.0);    ///< published 6 to 24 h
inline constexpr units::duration repair_of_equipment = units::duration::from_si(4 * 3600.0); ///< 4 to 6 h
inline constexpr equipment_preset transponder{"transponder", 1e9 / 3e5, repair_of_equipment};
inline constexpr equipment_preset transmitter{"transmitter", 10867,
                                              units::duration::from_si(2 * 3600.0)}; ///< of a wave
inline constexpr equipment_preset receiver{"receiver", 4311, units::duration::from_si(2 * 3600.0)};
inline constexpr equipment_preset amplifier{"EDFA", 1e9 / 5e5, repair_of_equipment};
inline constexpr equipment_preset roadm{"ROADM", 1e9 / 2.5e5, repair_of_equipment};
inline constexpr equipment_preset router_card{"router card", 1e9 / 2e5, repair_of_equipment};

/// The hours that "minutes a year" count on: 365 days.
inline constexpr units::duration year = units::duration::from_si(8760 * 3600.0);

/// R1: MTTF / (MTTF + MTTR). Precondition: the sum > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> availability(units::with_rep<units::duration, Rep> mttf,
                                                          units::with_rep<units::duration, Rep> repair) {
    return units::saturate<units::with_rep<units::ratio, Rep>>(mttf / (mttf + repair));
}

/// R1 of a piece of equipment. Precondition: fit > 0.
constexpr units::ratio availability(const equipment_preset& e) {
    return availability<double>(units::duration::from_si(3600.0 * 1e9 / e.fit), e.repair);
}

/// R1: MTTF / (MTTF + MTTR) of a cable cut `cuts` times a year and 1000 km; 1 of a cable without length. 1000 km at 2.13
/// (buried; Bellcore), repaired in 12 h: 99.70907 %. Preconditions: nothing below 0.
constexpr units::ratio cable(units::distance length, double cuts_per_1000km_year, units::duration repair) {
    const double cuts_a_year = cuts_per_1000km_year * (length.si() / 1e6);
    return units::saturate(units::ratio(1.0 / (1.0 + cuts_a_year * (repair / year))));
}

constexpr units::ratio cable(units::distance length, const cable_preset& laid,
                             units::duration repair = repair_of_cable) {
    return cable(length, laid.cuts_per_1000km_year, repair);
}

/// R1 to first order, 1 - lambda L MTTR: what tables are often made with. 1000 km at 2.13: 99.70822 %. Precondition: the product
/// below 1.
constexpr units::ratio cable_linear(units::distance length, double cuts_per_1000km_year, units::duration repair) {
    return math::saturate(1.0 - cuts_per_1000km_year * (length.si() / 1e6) * (repair.si() / 3600.0) / 8760.0);
}

/// R1 backwards: the longest cable that alone is up a share `asked` of the time. At 99.99 % and fcc's cuts: 26.8 km.
/// Precondition: 0 < asked <= 1.
constexpr units::distance longest_cable(units::ratio asked, const cable_preset& laid,
                                        units::duration repair = repair_of_cable) {
    const double cuts_a_year = (1.0 - asked.si()) / (asked.si() * (repair / year).si());
    return units::saturate(units::distance::from_si(1e6 * cuts_a_year / laid.cuts_per_1000km_year));
}

/// How long it is down in a year of 8,760 hours.
constexpr units::duration downtime_a_year(units::ratio availability) { return (1.0 - availability) * year; }

/// R2: any of two that share no risk.
constexpr units::ratio either_up(units::ratio a, units::ratio b) {
    return units::saturate<units::ratio>(1.0 - (1.0 - a) * (1.0 - b));
}

/// R2: any of two beside what both need, A = A_shared (1 - (1 - A_w')(1 - A_b')); `working` and `backup` without what is shared.
constexpr units::ratio either_up(units::ratio working, units::ratio backup, units::ratio shared) {
    return units::saturate<units::ratio>(shared * either_up(working, backup));
}

/// R2: all of several that share no risk. 1 of none.
constexpr units::ratio in_series(view<units::ratio> parts) {
    units::ratio up = 1.0;
    for (const units::ratio a : parts) up = up * a;
    return units::saturate(up);
}

/// R2: any of several that share no risk. 0 of none.
constexpr units::ratio in_parallel(view<units::ratio> parts) {
    units::ratio down = 1.0;
    for (const units::ratio a : parts) down = down * (1.0 - a);
    return units::saturate(units::ratio(1.0 - down));
}

} // namespace uonaco::inline UONACO_ABI::risk
