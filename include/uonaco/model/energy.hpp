// SPDX-License-Identifier: Apache-2.0
// Watts of devices, hosts and transport, and what they add up to in energy and carbon.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::power {

/// E1 with gamma = 1: idle + (max - idle) u.
template <class Rep>
constexpr auto of_device(units::with_rep<units::power, Rep> idle, units::with_rep<units::power, Rep> max,
                         units::with_rep<units::ratio, Rep> load) {
    return units::saturate<units::with_rep<units::power, Rep>>(idle + (max - idle) * load);
}

/// E1 with any gamma > 0: idle + (max - idle) u^gamma; 0.75 where power saturates before the load does. A load below 1e-12 counts
/// as none. Precondition: 0 <= load <= 1.
template <class Rep>
constexpr auto of_device(units::with_rep<units::power, Rep> idle, units::with_rep<units::power, Rep> max,
                         units::with_rep<units::ratio, Rep> load, double gamma) {
    const Rep u = uonaco::max(load.si(), Rep(1e-12));
    const Rep shape = select(load.si() > Rep(1e-12), math::pow(u, Rep(gamma)), Rep(0.0));
    return units::saturate<units::with_rep<units::power, Rep>>(idle + (max - idle) *
                                                                          units::with_rep<units::ratio, Rep>(shape));
}

/// E2: a server of so many devices and what stands around them. An 8-GPU H100 server: 2.4 kW of processors, NICs and switches
/// and 0.5 to 0.7 kW of fans, 8.4 kW in all at most (Latif et al. 2025, rated 10.2 kW).
template <class Rep>
constexpr auto of_server(double devices, units::with_rep<units::power, Rep> device,
                         units::with_rep<units::power, Rep> host) {
    return units::saturate<units::with_rep<units::power, Rep>>(devices * device + host);
}

/// E3: what a site draws, IT x PUE.
template <class Rep>
constexpr auto of_facility(units::with_rep<units::power, Rep> it, units::with_rep<units::factor, Rep> pue) {
    return units::saturate<units::with_rep<units::power, Rep>>(it * pue);
}

/// E4 as rate times energy per bit.
template <class Rep>
constexpr auto of_transport(units::with_rep<units::bit_rate, Rep> rate, units::transport_energy per_bit) {
    return units::saturate<units::with_rep<units::power, Rep>>(rate * per_bit);
}

/// E6: carbon of energy drawn, location- or market-based as the intensity is.
template <class Rep>
constexpr auto carbon(units::with_rep<units::energy, Rep> drawn,
                      units::with_rep<units::carbon_intensity, Rep> intensity) {
    return units::saturate<units::with_rep<units::carbon_mass, Rep>>(drawn * intensity);
}

/// E6, SCI (ISO/IEC 21031): (E I + M) / R, carbon of operation and of making (the share of it that falls to this use), for each of
/// R functional units: tokens, requests, steps. Precondition: per > 0.
template <class Rep>
constexpr auto software_carbon_intensity(units::with_rep<units::energy, Rep> drawn,
                                         units::with_rep<units::carbon_intensity, Rep> intensity,
                                         units::with_rep<units::carbon_mass, Rep> embodied,
                                         units::with_rep<units::factor, Rep> per) {
    return units::saturate<units::with_rep<units::carbon_mass, Rep>>((drawn * intensity + embodied) / per);
}

/// Of making something, the share that falls to a use: M x time used / life x share of it used. Precondition: life > 0.
template <class Rep>
constexpr auto embodied_share(units::with_rep<units::carbon_mass, Rep> making,
                              units::with_rep<units::duration, Rep> used, units::duration life,
                              units::with_rep<units::ratio, Rep> share) {
    return units::saturate<units::with_rep<units::carbon_mass, Rep>>(making * (used / life) * share);
}

} // namespace uonaco::inline UONACO_ABI::power
