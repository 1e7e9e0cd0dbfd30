// SPDX-License-Identifier: Apache-2.0
// Availability of several ways that are not independent, and of several waves of which some may be lost.
#pragma once

#include "binomial.hpp"

#include "../base/assert.hpp"

namespace uonaco::inline UONACO_ABI::shared_risk {

/// More groups than this make the sum over their states too long.
inline constexpr int most_groups = 16;

/// Whether the ways need none but the first `group_count` groups.
template <class Way>
constexpr bool within(const Way* ways, int count, int group_count) {
    for (int i = 0; i < count; ++i)
        if (group_count < 32 && ways[i].groups >> group_count) return false;
    return true;
}

/// One way from end to end: what only it uses, and, bit by bit, which groups (ducts, bridges, rooms) it needs besides.
template <class Rep>
struct way {
    units::with_rep<units::ratio, Rep> own = units::ratio(1.0); ///< availability of the parts no other way has, product
    unsigned groups = 0;
};

/// R2: probability that at least one of the ways is up. Conditioned on the groups: sum over their states of P(state) x (1 - product
/// of (1 - own) over the ways whose groups are all up), exact. Preconditions: 0 <= groups <= most_groups, no way needs others. O(2^groups ways).
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> any_up(const way<Rep>* ways, int count,
                                                    const units::with_rep<units::ratio, Rep>* groups, int group_count) {
    UONACO_ASSERT(group_count >= 0 && group_count <= most_groups);
    UONACO_ASSERT(within(ways, count, group_count));
    Rep up{};
    for (unsigned state = 0; state < 1u << group_count; ++state) {
        Rep chance = Rep(1.0);
        for (int g = 0; g < group_count; ++g)
            chance = chance * (state >> g & 1u ? groups[g].si() : Rep(1.0) - groups[g].si());
        Rep none = Rep(1.0);
        for (int i = 0; i < count; ++i)
            if ((ways[i].groups & ~state) == 0) none = none * (Rep(1.0) - ways[i].own.si());
        up += chance * (Rep(1.0) - none);
    }
    return units::with_rep<units::ratio, Rep>::from_si(up);
}

/// R2: availability of what needs a group, given that the group is up: A / A_group. At most 1, should it be stated to be up more often
/// than its group. Precondition: group > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> given(units::with_rep<units::ratio, Rep> availability,
                                                   units::with_rep<units::ratio, Rep> group) {
    return units::min(units::with_rep<units::ratio, Rep>(availability / group),
                      units::with_rep<units::ratio, Rep>(Rep(1.0)));
}

/// R2: probability that all of the ways are up: product of what only each has, and of the groups that any of them needs, each once.
/// Exact. Preconditions: 0 <= groups <= 32, no way needs others. O(ways + groups).
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> all_up(const way<Rep>* ways, int count,
                                                    const units::with_rep<units::ratio, Rep>* groups, int group_count) {
    UONACO_ASSERT(group_count >= 0 && group_count <= 32);
    UONACO_ASSERT(within(ways, count, group_count));
    Rep up = Rep(1.0);
    unsigned needed = 0;
    for (int i = 0; i < count; ++i) {
        up = up * ways[i].own.si();
        needed |= ways[i].groups;
    }
    for (int g = 0; g < group_count; ++g)
        if (needed >> g & 1u) up = up * groups[g].si();
    return units::with_rep<units::ratio, Rep>::from_si(up);
}

/// R2, k of n: probabilities that 0 ... n equal waves are up, each on equipment of its own (availability `wave`) and all on one
/// cable (availability `cable`): the distribution of capacity, not only up or down. `out` has n + 1 places. Preconditions: 0 <= n.
template <class Rep>
constexpr void waves_up(int n, units::with_rep<units::ratio, Rep> wave, units::with_rep<units::ratio, Rep> cable,
                        Rep* out) {
    binomial::distribution<Rep>(n, wave, out);
    for (int k = 0; k <= n; ++k) out[k] = out[k] * cable.si();
    out[0] = out[0] + (Rep(1.0) - cable.si());
}

/// Probability that at least k of them are up. Preconditions: 0 <= n <= binomial::most.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> at_least(int n, int k, units::with_rep<units::ratio, Rep> wave,
                                                      units::with_rep<units::ratio, Rep> cable) {
    if (k <= 0) return units::with_rep<units::ratio, Rep>(Rep(1.0));
    return cable * binomial::at_least<Rep>(n, k, wave);
}

} // namespace uonaco::inline UONACO_ABI::shared_risk
