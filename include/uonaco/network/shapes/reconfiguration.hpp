// SPDX-License-Identifier: Apache-2.0
// Between which two sites one more wavelength, or one step of an ODUflex, helps a collective most.
#pragma once

#include "cut_bound.hpp"
#include "packing.hpp"

namespace uonaco::inline UONACO_ABI::shapes {

/// What a step on one pair of sites changes.
struct step_gain {
    site_pair pair{};
    units::bit_rate before{}; ///< rate of the best packing of trees
    units::bit_rate after{};
    units::duration saved{}; ///< of each exchange: 2S/before - 2S/after

    /// How many exchanges pay for a set-up that takes this much from the work; never (math::most) where nothing is saved.
    units::factor exchanges_to_pay(units::duration lost) const {
        return saved.si() > 0.0 ? units::saturate(units::factor(lost / saved)) : units::factor(math::most);
    }
};

/// The rate of the best packing of trees: by partitions up to exact_cut_sites sites, by the packing itself beyond.
UONACO_LAZY
units::bit_rate packing_rate(const site_mesh& m) {
    return m.sites() <= exact_cut_sites ? least_cut_bound<UonacoLazy_>(m).rate : best_packing<UonacoLazy_>(m).rate;
}

/// Every pair with one step more, in the order 0-1, 0-2, 1-2, 0-3, ... A pair that is not joined yet may be. Only pairs that every tight
/// partition separates can gain. Where the sites were not joined before, `saved` is math::most or none. O(N^2) packings.
UONACO_LAZY
std::vector<step_gain> step_gains(const site_mesh& m, units::bit_rate step, units::volume message) {
    detail::later_t<std::vector<step_gain>, UonacoLazy_> gains;
    const auto exchange = [&](units::bit_rate tau) {
        return tau.si() > 0.0 ? units::saturate<units::duration>(2.0 * message / tau)
                              : units::duration::from_si(math::most);
    };
    const units::bit_rate before = packing_rate<UonacoLazy_>(m);
    detail::later_t<site_mesh, UonacoLazy_> with = m;
    for (unsigned b = 1; b < m.sites(); ++b)
        for (unsigned a = 0; a < b; ++a) {
            with.join(a, b, m.rate(a, b) + step, m.delay(a, b));
            const units::bit_rate after = packing_rate<UonacoLazy_>(with);
            gains.push_back({{a, b}, before, after, exchange(before) - exchange(after)});
            with.join(a, b, m.rate(a, b), m.delay(a, b));
        }
    return gains;
}

/// The pair on which a step saves most; of equal ones the first. Precondition: at least two sites.
UONACO_LAZY
step_gain best_step(const site_mesh& m, units::bit_rate step, units::volume message) {
    const detail::later_t<std::vector<step_gain>, UonacoLazy_> gains = step_gains<UonacoLazy_>(m, step, message);
    UONACO_ASSERT(!gains.empty());
    step_gain best = gains[0];
    for (const step_gain& g : gains)
        if (g.saved > best.saved) best = g;
    return best;
}

} // namespace uonaco::inline UONACO_ABI::shapes
