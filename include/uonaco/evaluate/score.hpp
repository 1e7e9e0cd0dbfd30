// SPDX-License-Identifier: Apache-2.0
// What an objective says of an outcome, and the one place where costs become it.
#pragma once

#include "term.hpp"

#include "../base/math.hpp"

namespace uonaco::inline UONACO_ABI {

/// The objective's value and what it is made of. `feasible` is false where a term excludes the outcome or a hard limit is not kept.
template <class Rep, int N, int Levels = 1>
struct score {
    static constexpr int levels = Levels;
    scalar<Rep> total{}; ///< of the first level
    scalar<Rep> later[Levels > 1 ? Levels - 1 : 1]{};
    scalar<Rep> parts[N]{};   ///< weighted; of a geometric mean the addends of its logarithm
    scalar<Rep> costs[N]{};   ///< not weighted; of soft limits the excess
    scalar<Rep> margins[N]{}; ///< of hard limits: room relative to the bound, negative where it is not kept
    answer_t<Rep> feasible = answer_of<Rep>(true);
    answer_t<Rep> unknown[N]{}; ///< the term's figure was not known
};

/// What orders outcomes: the first level decides, of equals the second, and so on. Lower is better.
struct standing {
    double level[max_levels]{};

    friend constexpr bool operator<(const standing& a, const standing& b) {
        for (int i = 0; i < max_levels; ++i) {
            if (a.level[i] < b.level[i]) return true;
            if (b.level[i] < a.level[i]) return false;
        }
        return false;
    }
    friend constexpr bool operator==(const standing&, const standing&) = default;
};
/// Of lane i. A score of a user's own needs a total.
template <class Score>
constexpr standing standing_of(const Score& s, int i = 0) {
    standing x;
    if constexpr (requires { Score::levels; }) {
        x.level[0] = lane(s.total, i).si();
        for (int k = 1; k < Score::levels; ++k) x.level[k] = lane(s.later[k - 1], i).si();
    } else {
        x.level[0] = static_cast<double>(s.total);
    }
    return x;
}

namespace detail {
/// Costs below it count as so much in a geometric mean, which a zero would make blind to all others.
inline constexpr double least_factor = 1e-9;
/// Where an objective saturates, whatever the references: nothing infinite leaves.
inline constexpr double most_cost = 1e300;
/// What a term's cost stays below: more comes of a figure that is none (math::saturate), in a reference of up to 1e100.
inline constexpr double most_chosen = 1e200;

/// Adds up costs, level by level. Every evaluator goes through this, stated in C++ or read from a record: the same operations in the same
/// order, hence the same bits.
template <class Rep, int N, int Levels>
class tally {
  public:
    constexpr void open(aggregation how, double weights) {
        how_ = how;
        weights_ = weights;
        sum_ = {};
        penalties_ = {};
        any_ = false;
    }
    constexpr void add(int i, double weight, scalar<Rep> cost) {
        using units::max;
        s.costs[i] = cost;
        if (!(weight > 0)) return; // counts for nothing
        choose(cost);
        if (how_ == aggregation::geometric_mean) {
            const Rep factor = uonaco::max(Rep(cost.si()), Rep(least_factor));
            s.parts[i] = scalar<Rep>::from_si(Rep(weights_ > 0 ? weight / weights_ : 0.0) * math::log(factor));
            sum_ += s.parts[i];
        } else {
            s.parts[i] = weight * cost;
            if (how_ != aggregation::worst)
                sum_ += s.parts[i];
            else
                sum_ = any_ ? scalar<Rep>(max(sum_, s.parts[i])) : s.parts[i];
        }
        any_ = true;
    }
    constexpr void add(int i, double weight, const maybe<scalar<Rep>>& cost, on_unknown unknown, double worst) {
        // ignored, it weighs nothing in a sum and changes nothing in a product
        const double neutral = how_ == aggregation::geometric_mean ? 1.0 : 0.0;
        add(i, weight, stand_in(i, cost, weight > 0 ? unknown : on_unknown::ignore, worst, neutral));
    }
    constexpr void penalise(int i, double weight, scalar<Rep> excess) {
        s.costs[i] = excess;
        if (!(weight > 0)) return;
        choose(excess);
        s.parts[i] = weight * excess;
        (how_ == aggregation::geometric_mean || how_ == aggregation::worst ? penalties_ : sum_) += s.parts[i];
    }
    constexpr void penalise(int i, double weight, const maybe<scalar<Rep>>& excess, on_unknown unknown, double worst) {
        penalise(i, weight, stand_in(i, excess, weight > 0 ? unknown : on_unknown::ignore, worst, 0.0));
    }
    constexpr void limit(int i, scalar<Rep> cost, double bound) {
        s.costs[i] = cost;
        Rep room;
        if (bound > 0) {
            room =
                uonaco::max(Rep(1.0) - cost.si() / Rep(bound), Rep(-most_cost)); // finite for the least of bounds, too
        } else {
            room = uonaco::select(cost.si() <= Rep(bound), Rep(0.0), Rep(-1.0));
        }
        s.margins[i] = scalar<Rep>::from_si(room);
        s.feasible = both(s.feasible, room >= Rep(0.0));
    }
    /// What is not known does not keep a limit, unless its worst does.
    constexpr void limit(int i, const maybe<scalar<Rep>>& cost, on_unknown unknown, double worst, double bound) {
        const bool stands_in = unknown == on_unknown::penalise;
        limit(i, cost.value_or(scalar<Rep>(Rep(stands_in ? worst : bound))), bound);
        s.unknown[i] = !cost.known();
        if (stands_in) return;
        s.feasible = both(s.feasible, cost.known());
        s.margins[i] = units::select(cost.known(), s.margins[i], scalar<Rep>(Rep(-1.0)));
    }
    constexpr void close(double tolerance = 0.0) {
        Rep value = sum_.si();
        if (how_ == aggregation::geometric_mean) value = weights_ > 0 ? math::exp(value) : Rep(0.0);
        if (how_ == aggregation::geometric_mean || how_ == aggregation::worst) value += penalties_.si();
        if (tolerance > 0) value = Rep(tolerance) * math::floor(value / Rep(tolerance));
        // a term of a user's own may give anything: what is no finite number cannot be chosen, and does not leave
        s.feasible = both(s.feasible, value - value == Rep(0.0));
        value = uonaco::select(value == value, value, Rep(most_cost));
        value = uonaco::min(uonaco::max(value, Rep(-most_cost)), Rep(most_cost));
        (level_ == 0 ? s.total : s.later[level_ - 1]) = scalar<Rep>::from_si(value);
        ++level_;
    }

    score<Rep, N, Levels> s{};

  private:
    constexpr void choose(scalar<Rep> cost) {
        s.feasible = both(s.feasible, both(cost.si() < Rep(most_chosen), cost.si() > Rep(-most_chosen)));
    }
    constexpr scalar<Rep> stand_in(int i, const maybe<scalar<Rep>>& cost, on_unknown unknown, double worst,
                                   double neutral) {
        s.unknown[i] = !cost.known();
        if (unknown == on_unknown::exclude) s.feasible = both(s.feasible, cost.known());
        return cost.value_or(scalar<Rep>(Rep(unknown == on_unknown::penalise ? worst : neutral)));
    }
    aggregation how_ = aggregation::weighted_sum;
    double weights_ = 0.0;
    scalar<Rep> sum_{};
    scalar<Rep> penalties_{};
    bool any_ = false;
    int level_ = 0;
};
} // namespace detail

} // namespace uonaco::inline UONACO_ABI
