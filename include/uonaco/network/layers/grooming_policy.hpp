// SPDX-License-Identifier: Apache-2.0
// What grooming counts: watts, money or hops. One set of weights for all, so that a policy is data.
#pragma once

#include "../optics/transceiver.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// Weights in one measure, 0 or more each.
struct grooming_weights {
    std::vector<double>
        new_lightpath{};    ///< by mode, of both ends together; what is infinite or no number: not to be used
    double lightpath = 0.0; ///< for each lightpath that traffic takes, new or not
    double switching = 0.0; ///< for each Gb/s of traffic on each lightpath that it takes
    double roadm = 0.0;     ///< for each site a new lightpath meets, its ends included
    double amplifier = 0.0; ///< for each amplifier a new lightpath passes
    double km = 1e-6;       ///< for each km that traffic takes: of ways as good as each other, the shorter
};

/// Power of what stands beside transceivers, as far as it is to count for a single wave.
struct grooming_power {
    units::power roadm{};
    units::power amplifier{};
    units::transport_energy switching{}; ///< of the packet or OTN switch at both ends of a lightpath, for each Gb/s
};

/// Least power: two transceivers for a new lightpath, in W. A mode whose power is not known is not used: unknown is not free.
UONACO_LAZY
grooming_weights least_power(view<transceiver_mode> modes, const grooming_power& p = {}) {
    detail::later_t<grooming_weights, UonacoLazy_> w;
    for (const transceiver_mode& m : modes)
        w.new_lightpath.push_back(m.power ? 2 * m.power->si() : __builtin_huge_val());
    w.roadm = p.roadm.si();
    w.amplifier = p.amplifier.si();
    w.switching = p.switching.si() * 1e9;
    return w;
}

/// Least cost: `each` is the price of one transceiver by mode; an unknown one is not used.
UONACO_LAZY
grooming_weights least_cost(view<maybe<units::money>> each) {
    detail::later_t<grooming_weights, UonacoLazy_> w;
    for (const maybe<units::money>& m : each) w.new_lightpath.push_back(m ? 2 * m->si() : __builtin_huge_val());
    return w;
}

/// Fewest hops of traffic: lightpaths taken, new or not, so that delay of switching is least (MinTHV of Zhu, Zang, Zhu and Mukherjee,
/// IEEE/ACM Trans. Networking 11(2), 2003).
UONACO_LAZY
grooming_weights fewest_hops(view<transceiver_mode> modes) {
    detail::later_t<grooming_weights, UonacoLazy_> w;
    w.new_lightpath.resize(modes.size());
    w.lightpath = 1.0;
    return w;
}

/// Fewest new lightpaths (MinLP of the same).
UONACO_LAZY
grooming_weights fewest_lightpaths(view<transceiver_mode> modes) {
    detail::later_t<grooming_weights, UonacoLazy_> w;
    w.new_lightpath.resize(modes.size(), 1.0);
    return w;
}

} // namespace uonaco::inline UONACO_ABI
