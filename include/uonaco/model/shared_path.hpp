// SPDX-License-Identifier: Apache-2.0
// A path that others use too, against a circuit of one's own.
#pragma once

#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::shared_path {

/// W8, M/G/1 (Pollaczek-Khinchine): mean wait of a packet behind others' traffic, rho S (1 + cv^2) / (2 (1 - rho)), S the time of
/// a packet on the wire, cv the variation of that time. Preconditions: 0 <= load < 1, rate > 0.
template <class Rep>
constexpr units::with_rep<units::latency, Rep> wait(units::with_rep<units::ratio, Rep> load, units::volume packet,
                                                    units::with_rep<units::bit_rate, Rep> rate, double variation) {
    return load * (packet / rate) * (0.5 * (1.0 + variation * variation)) / (1.0 - load);
}

/// W8, M/M/1: times of packets vary as an exponential's, cv = 1.
template <class Rep>
constexpr units::with_rep<units::latency, Rep> wait(units::with_rep<units::ratio, Rep> load, units::volume packet,
                                                    units::with_rep<units::bit_rate, Rep> rate) {
    return wait<Rep>(load, packet, rate, 1.0);
}

/// Time for a volume over `hops` shared links that leave 1 - rho of the rate: the wait at each, then V / ((1 - rho) C).
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
transfer(units::with_rep<units::volume, Rep> volume, units::with_rep<units::ratio, Rep> load,
         units::with_rep<units::bit_rate, Rep> rate, units::volume packet, double variation, int hops) {
    return units::with_rep<units::duration, Rep>(static_cast<double>(hops) * wait<Rep>(load, packet, rate, variation) +
                                                 volume / ((1.0 - load) * rate));
}

/// The same over a dedicated circuit (OTN, OXC): no load but one's own, after its set-up.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> dedicated(units::with_rep<units::volume, Rep> volume,
                                                          units::with_rep<units::bit_rate, Rep> rate,
                                                          units::with_rep<units::duration, Rep> set_up) {
    return units::with_rep<units::duration, Rep>(set_up + volume / rate);
}

/// From this volume on a circuit of the same rate pays for its set-up in time (waits left out): T_prov C (1 - rho) / rho.
/// Precondition: load > 0.
template <class Rep>
constexpr units::with_rep<units::volume, Rep> break_even(units::with_rep<units::ratio, Rep> load,
                                                         units::with_rep<units::bit_rate, Rep> rate,
                                                         units::with_rep<units::duration, Rep> set_up) {
    return set_up * rate * ((1.0 - load) / load);
}

} // namespace uonaco::inline UONACO_ABI::shared_path
