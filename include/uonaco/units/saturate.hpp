// SPDX-License-Identifier: Apache-2.0
// The gate through which figures leave formulas: no NaN and no infinity, whatever went in.
#pragma once

#include "quantity.hpp"

#include "../base/math.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// math::saturate() of a quantity, in SI units: what is beyond double, or undefined as 0/0, is most (1e300). A time of so much says
/// never.
template <class K, class Rep>
constexpr quantity<K, Rep> saturate(quantity<K, Rep> q) {
    return quantity<K, Rep>::from_si(math::saturate(q.si()));
}
/// The same under a name of its dimension: saturate<units::duration>(volume / rate).
template <class Q, class K, class Rep>
constexpr Q saturate(quantity<K, Rep> q) {
    return Q::from_si(math::saturate(Q(q).si()));
}

} // namespace uonaco::inline UONACO_ABI::units
