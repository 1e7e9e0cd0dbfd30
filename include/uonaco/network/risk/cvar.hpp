// SPDX-License-Identifier: Apache-2.0
// What an allocation of rates to tunnels loses in the worst share of the time: value at risk and its conditional mean.
#pragma once

#include "capacity_distribution.hpp"

#include "../../base/math.hpp"

namespace uonaco::inline UONACO_ABI::risk {

/// A loss, and how likely it is.
struct loss_case {
    double loss = 0.0;
    double chance = 0.0;
};

/// Of the distribution of a loss at a confidence b: the least x with P(loss <= x) >= b, and the mean loss of the worst 1 - b of
/// probability, of which the atom at x gives only the part that is needed (Rockafellar and Uryasev, 2002).
struct tail_loss {
    double value_at_risk = 0.0;
    double conditional = 0.0;
};

/// Preconditions: chances add up to 1, losses are finite; 0 <= confidence <= 1. The cases come back sorted, worst first. At confidence
/// 1 both are the worst loss, of no case 0. O(n log n).
UONACO_LAZY
tail_loss tail_of(std::vector<loss_case>& all, units::ratio confidence) {
    auto& cases = detail::late<UonacoLazy_>(all);
    detail::sort(cases.data(), cases.size(), [](const loss_case& a, const loss_case& b) {
        return a.loss != b.loss ? a.loss > b.loss : a.chance > b.chance;
    });
    tail_loss t;
    const double tail = 1.0 - confidence.si();
    double mass = 0.0, sum = 0.0;
    for (const loss_case& c : cases) {
        if (!(c.chance > 0.0)) continue;
        t.value_at_risk = c.loss;
        const double left = tail - mass;
        if (!(tail > 0.0)) return {c.loss, c.loss};
        mass += c.chance;
        sum += c.loss * (c.chance < left ? c.chance : left > 0.0 ? left : 0.0);
        if (mass > tail * (1.0 + 1e-12)) break; // an atom that ends just there, but for rounding, is wholly in the tail
    }
    if (tail > 0.0) t.conditional = math::saturate(sum / tail);
    return t;
}

/// A demand and the rates reserved for it: a tunnel carries nothing while one of its risks is down.
struct protected_demand {
    units::bit_rate demand{};
    std::vector<carrier> tunnels{};
};

/// What is called the loss of a state of the network.
enum class loss_measure : unsigned char {
    worst_demand, ///< the largest unmet share of any demand (TeaVaR)
    all_demands,  ///< unmet rate over demanded rate
};

/// A certified interval of both figures: what was not looked at loses nothing, or everything.
struct tail_bounds {
    tail_loss least{};
    tail_loss most{};
    unsigned long states = 0;
};

/// VaR and CVaR of the loss of an allocation, exact but for what was not looked at (Bogle et al., TEAVAR, SIGCOMM 2019). A demand of
/// nothing loses nothing. Preconditions: risk numbers below up.size(), 0 <= confidence <= 1. O(states x risks named).
UONACO_LAZY
tail_bounds tail_of(view<units::ratio> up, view<protected_demand> demands, units::ratio confidence,
                    loss_measure measure = loss_measure::worst_demand, const effort& limit = {}) {
    detail::later_t<std::vector<unsigned>, UonacoLazy_> place(up.size(), ~0u);
    detail::later_t<std::vector<units::ratio>, UonacoLazy_> named;
    double asked = 0.0;
    for (const protected_demand& d : demands) {
        asked += d.demand.si();
        for (const carrier& t : d.tunnels)
            for (const unsigned r : t.needs) {
                UONACO_ASSERT(r < up.size());
                if (place[r] != ~0u) continue;
                place[r] = static_cast<unsigned>(named.size());
                named.push_back(up[r]);
            }
    }
    const auto loss_in = [&](view<unsigned char> down) {
        double worst = 0.0, unmet = 0.0;
        for (const protected_demand& d : demands) {
            double carried = 0.0;
            for (const carrier& t : d.tunnels) {
                bool lost = false;
                for (const unsigned r : t.needs) lost = lost || down[place[r]];
                if (!lost) carried += t.rate.si();
            }
            if (!(d.demand.si() > carried)) continue;
            unmet += d.demand.si() - carried;
            const double share = 1.0 - carried / d.demand.si();
            worst = share > worst ? share : worst;
        }
        return measure == loss_measure::worst_demand ? worst : asked > 0.0 ? unmet / asked : 0.0;
    };
    detail::later_t<std::vector<loss_case>, UonacoLazy_> cases;
    detail::later_t<risk_states, UonacoLazy_> states;
    tail_bounds b;
    double seen = 0.0;
    b.states = states.visit(named, limit, [&](double chance, view<unsigned char> down) {
        cases.push_back({loss_in(down), chance});
        seen += chance;
    });
    const double unseen = seen < 1.0 ? 1.0 - seen : 0.0;
    auto worst = cases;
    cases.push_back({0.0, unseen});
    worst.push_back({1.0, unseen});
    b.least = tail_of(cases, confidence);
    b.most = tail_of(worst, confidence);
    return b;
}

} // namespace uonaco::inline UONACO_ABI::risk
