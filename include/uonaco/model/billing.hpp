// SPDX-License-Identifier: Apache-2.0
// What a circuit or a rental is charged for, and prices that follow the load.
#pragma once

#include "../base/math.hpp"
#include "../record/billing.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::bill {

/// A bill for `held`, in which `moved` was carried.
template <class Rep>
constexpr units::with_rep<units::money, Rep>
of(billing by, units::with_rep<units::price_rate, Rep> rate, units::with_rep<units::duration, Rep> held,
   units::with_rep<units::volume_price, Rep> each, units::with_rep<units::volume, Rep> moved) {
    using money = units::with_rep<units::money, Rep>;
    const money time = rate * held;
    const money volume = each * moved;
    return units::saturate(by == billing::duration ? time : by == billing::volume ? volume : money(time + volume));
}

/// Increments begun in a time of so many of them. A billionth of one more is rounding, and begins none.
template <class Rep>
constexpr Rep begun(Rep increments) {
    return math::ceil(increments * Rep(1.0 - 1e-9));
}

/// The time that is billed where begun increments count whole. Precondition: increment > 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> whole(units::with_rep<units::duration, Rep> held,
                                                      units::duration increment) {
    return units::saturate(
        units::with_rep<units::duration, Rep>::from_si(begun(held.si() / Rep(increment.si())) * Rep(increment.si())));
}

/// The time that is billed of a lease: `least` even where it is held for less, and begun increments whole; 0: to the second.
/// Preconditions: increment >= 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> time(units::with_rep<units::duration, Rep> held,
                                                     units::with_rep<units::duration, Rep> least,
                                                     units::with_rep<units::duration, Rep> increment) {
    const auto due = units::max(held, least);
    const auto stepped = increment.si() > Rep(0.0);
    const Rep each = select(stepped, increment.si(), Rep(1.0));
    return units::saturate(
        units::with_rep<units::duration, Rep>::from_si(select(stepped, begun(due.si() / each) * each, due.si())));
}

/// A volume above which paying for time is cheaper than paying for volume. Precondition: each > 0.
template <class Rep>
constexpr units::with_rep<units::volume, Rep> break_even(units::with_rep<units::price_rate, Rep> rate,
                                                         units::with_rep<units::duration, Rep> held,
                                                         units::with_rep<units::volume_price, Rep> each) {
    return units::saturate<units::with_rep<units::volume, Rep>>(rate * held / each);
}

/// A price that follows the share in use: `idle` when nothing is, `full` when all is, between them along u^exponent: 1 a straight
/// line, more than 1 cheap until it gets scarce. Preconditions: 0 <= u <= 1, exponent > 0. A share below 1e-12 counts as none.
template <class Kind, class Rep>
constexpr quantity<Kind, Rep> at_utilisation(quantity<Kind, Rep> idle, quantity<Kind, Rep> full,
                                             units::with_rep<units::ratio, Rep> used, double exponent) {
    const Rep u = uonaco::max(used.si(), Rep(1e-12));
    const Rep shape = select(used.si() > Rep(1e-12), math::pow(u, Rep(exponent)), Rep(0.0));
    return units::saturate(idle + (full - idle) * units::with_rep<units::ratio, Rep>(shape));
}

} // namespace uonaco::inline UONACO_ABI::bill
