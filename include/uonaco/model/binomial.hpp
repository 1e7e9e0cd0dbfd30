// SPDX-License-Identifier: Apache-2.0
// How many of n independent, equal parts are in a state: erasure codes, parallel waves.
#pragma once

#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::binomial {

/// Larger groups are outside the preconditions of this header: Reed-Solomon codes over bytes have blocks of up to 255.
inline constexpr int most = 256;

/// P(X = k), k = 0 ... n, of n parts each with probability p: `out` has n + 1 places. Part by part, so that nothing overflows and
/// no difference of near numbers is taken. Preconditions: 0 <= n, 0 <= p <= 1. O(n^2).
template <class Rep>
constexpr void distribution(int n, units::with_rep<units::ratio, Rep> p, Rep* out) {
    const Rep yes = p.si();
    const Rep no = Rep(1.0) - yes;
    out[0] = Rep(1.0);
    for (int parts = 1; parts <= n; ++parts) {
        out[parts] = out[parts - 1] * yes;
        for (int k = parts - 1; k > 0; --k) out[k] = out[k] * no + out[k - 1] * yes;
        out[0] = out[0] * no;
    }
}

/// P(X >= k). Preconditions: 0 <= n <= most, 0 <= p <= 1. O(n min(k, n)).
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> at_least(int n, int k, units::with_rep<units::ratio, Rep> p) {
    using ratio = units::with_rep<units::ratio, Rep>;
    if (k <= 0) return ratio(Rep(1.0));
    if (k > n) return ratio(Rep{});
    // Chances of 0 ... k-1 so far; whoever reaches k stays there, and only sums of positive numbers are formed.
    const Rep yes = p.si();
    const Rep no = Rep(1.0) - yes;
    Rep below[most]{};
    below[0] = Rep(1.0);
    Rep reached{};
    for (int parts = 1; parts <= n; ++parts) {
        reached += below[k - 1] * yes;
        for (int i = k - 1; i > 0; --i) below[i] = below[i] * no + below[i - 1] * yes;
        below[0] = below[0] * no;
    }
    return ratio::from_si(reached);
}

} // namespace uonaco::inline UONACO_ABI::binomial
