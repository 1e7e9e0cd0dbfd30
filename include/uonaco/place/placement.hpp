// SPDX-License-Identifier: Apache-2.0
// A placement: the candidate a heuristic chose, what it yields, and what it was preferred to.
#pragma once

#include "problem.hpp"

#include "../evaluate/score.hpp"

namespace uonaco::inline UONACO_ABI {

/// A candidate with its outcome and the objective's value.
struct ranked {
    candidate choice{};
    uonaco::outcome<double> outcome{};
    uonaco::verdict verdict{};
    double objective = 0.0;            ///< of an order of preference the first level
    double later[max_levels - 1] = {}; ///< and the further ones

    uonaco::standing standing() const {
        uonaco::standing s{{objective}};
        for (int i = 1; i < max_levels; ++i) s.level[i] = later[i - 1];
        return s;
    }
    void set(const uonaco::standing& s) {
        objective = s.level[0];
        for (int i = 1; i < max_levels; ++i) later[i - 1] = s.level[i];
    }
    /// All of the full cost that does not depend on what time is worth.
    units::money cash(const valuation& v) const { return outcome.full_cost - v.value_of_time * hours(); }
    /// What the value of time multiplies: completion, and the share of the run that outages are expected to take.
    units::duration hours() const { return outcome.time.completion + outcome.time.outages; }
};

/// Where another candidate would win: the value of time at which both cost the same.
struct switch_point {
    units::price_rate value_of_time{};
    ranked other{};
};

struct placement {
    ranked best{};
    std::vector<ranked> alternatives{}; ///< best of each other set of sites and actions, best first
    std::vector<ranked> front{};        ///< no other is both cheaper and sooner; by completion time
    maybe<switch_point> below{};        ///< for a lower value of time this one wins instead
    maybe<switch_point> above{};        ///< for a higher one
    maybe<ranked> ruled_out{};          ///< would win, but for a limit that the workload sets
    const char* heuristic = "";
    units::count compared = 0;
    units::count feasible = 0;
    bool gave_up = false;        ///< candidates were left unseen that the heuristic would have looked at
    units::money relaxed_cost{}; ///< of the best candidate with a network that is free and instant; 0: there is none
    unsigned left_out = 0;       ///< terms ignored because some candidate's figure is unknown; bits
};

} // namespace uonaco::inline UONACO_ABI
