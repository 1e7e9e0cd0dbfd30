// SPDX-License-Identifier: Apache-2.0
// How many bits a site's devices could send for each that the WAN takes, what that does to a step, and how many it needs.
#pragma once

#include "collectives.hpp"

#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::convergence {

/// All devices of a site at once. 10,000 NICs of 200 Gb/s: 2000 Tb/s.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> burst(double devices, units::with_rep<units::bit_rate, Rep> nic) {
    return units::saturate<units::with_rep<units::bit_rate, Rep>>(devices * nic);
}

/// S6: Rc, NIC rate of a site over its WAN egress. Precondition: wan > 0.
template <class Rep>
constexpr units::with_rep<units::factor, Rep> ratio(double devices, units::with_rep<units::bit_rate, Rep> nic,
                                                    units::with_rep<units::bit_rate, Rep> wan) {
    return units::saturate<units::with_rep<units::factor, Rep>>(burst<Rep>(devices, nic) / wan);
}

/// One step of a site, seen from its egress.
template <class Rep>
struct step {
    units::with_rep<units::duration, Rep> compute{}; ///< T_c > 0
    units::with_rep<units::duration, Rep> hidden{};  ///< phi T_bwd: so much communication does not show
    units::with_rep<units::volume, Rep> volume{};    ///< leaves the site without aggregation, in one direction
    units::with_rep<units::bit_rate, Rep> nics{};    ///< of all its devices together, > 0
    double aggregation = 1.0; ///< g: ranks of the site whose gradients leave as one sum; 1: every rank sends
};

/// S6: efficiency at a ratio, T_c / (T_c + max(0, S Rc / (g n W_nic) - phi T_bwd)).
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> efficiency(const step<Rep>& s, units::with_rep<units::factor, Rep> rc) {
    using duration = units::with_rep<units::duration, Rep>;
    const auto wire = units::saturate<duration>(s.volume * rc / (s.aggregation * s.nics));
    return units::saturate<units::with_rep<units::ratio, Rep>>(
        s.compute / (s.compute + units::max(duration(wire - s.hidden), duration{})));
}

/// S6 backwards: the greatest ratio that keeps an efficiency, g (phi T_bwd + T_c (1/E - 1)) n W_nic / S; for E = 1 the knee, up to
/// which nothing shows. Preconditions: 0 < target <= 1, volume > 0.
template <class Rep>
constexpr units::with_rep<units::factor, Rep> most(const step<Rep>& s, units::ratio target = 1.0) {
    return units::saturate<units::with_rep<units::factor, Rep>>(
        s.aggregation * (s.hidden + (1.0 / target - 1.0) * s.compute) * s.nics / s.volume);
}

/// S5 backwards: egress that each of k sites needs, in one direction, for a step of synchronous data parallelism to keep an
/// efficiency E: 2(k-1)/k S / (T_c (1/E - 1) + phi T_bwd - (k-1) R). 350 GB between two sites 120 km apart, 20 s of which 8 hide,
/// E = 0.95: 309.342 Gb/s. Precondition: the latency alone leaves more than that, the divisor > 0.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep>
needed_egress(int sites, units::with_rep<units::volume, Rep> gradients, units::with_rep<units::duration, Rep> compute,
              units::with_rep<units::duration, Rep> hidden, units::with_rep<units::latency, Rep> round_trip,
              units::ratio target) {
    const auto may_take = (1.0 / target - 1.0) * compute + hidden - static_cast<double>(sites - 1) * round_trip;
    return units::saturate<units::with_rep<units::bit_rate, Rep>>(collectives::egress_volume(sites, gradients) /
                                                                  may_take);
}

/// S6: buffer that takes a synchronised burst S_b arriving at A while C leaves, S_b (1 - C/A); 0 where C >= A. Precondition:
/// arriving > 0.
template <class Rep>
constexpr units::with_rep<units::volume, Rep> burst_buffer(units::with_rep<units::volume, Rep> burst,
                                                           units::with_rep<units::bit_rate, Rep> arriving,
                                                           units::with_rep<units::bit_rate, Rep> leaving) {
    using factor = units::with_rep<units::factor, Rep>;
    return units::saturate(burst * units::max(factor(1.0 - leaving / arriving), factor(Rep{})));
}

} // namespace uonaco::inline UONACO_ABI::convergence
