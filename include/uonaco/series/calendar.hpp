// SPDX-License-Identifier: Apache-2.0
// How much of one resource is taken at each time, and when a request fits.
#pragma once

#include "../units/instant.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// A level over time, changed by intervals: add over a range, maximum over a range, earliest fit.
/// Amount: a quantity, or an integral count. O(n) each over n breakpoints. Value type; concurrent reads are safe.
template <class Amount>
class calendar {
  public:
    /// Raises the level by `amount` (which may be negative) over [from, to). Precondition: from < to.
    constexpr void add(instant from, instant to, Amount amount) {
        UONACO_ASSERT(from < to);
        const unsigned long first = cut(from);
        const unsigned long last = cut(to);
        for (unsigned long i = first; i < last; ++i) points_[i].level = points_[i].level + amount;
    }

    constexpr Amount at(instant t) const {
        Amount level{};
        for (const point& p : points_) {
            if (t < p.from) break;
            level = p.level;
        }
        return level;
    }

    /// The highest level anywhere in [from, to).
    constexpr Amount peak(instant from, instant to) const {
        Amount highest = at(from);
        for (const point& p : points_)
            if (from < p.from && p.from < to && highest < p.level) highest = p.level;
        return highest;
    }

    /// The first instant not before `from` at which `amount` fits under `capacity` for the whole `length`. Unknown if it never does.
    constexpr maybe<instant> earliest_fit(instant from, units::duration length, Amount amount, Amount capacity) const {
        if (fits(from, length, amount, capacity)) return from;
        for (const point& p : points_)
            if (from < p.from && fits(p.from, length, amount, capacity)) return p.from;
        return {};
    }

    constexpr bool empty() const { return points_.empty(); }

  private:
    struct point {
        instant from;
        Amount level;
    };
    constexpr bool fits(instant t, units::duration length, Amount amount, Amount capacity) const {
        return !(capacity < peak(t, t + length) + amount);
    }
    // Index of the breakpoint at t, made if there is none.
    constexpr unsigned long cut(instant t) {
        unsigned long i = 0;
        while (i < points_.size() && points_[i].from < t) ++i;
        if (i == points_.size() || t < points_[i].from) {
            const Amount before = i == 0 ? Amount{} : points_[i - 1].level;
            points_.insert(points_.begin() + static_cast<long>(i), point{t, before});
        }
        return i;
    }
    std::vector<point> points_;
};

} // namespace uonaco::inline UONACO_ABI
