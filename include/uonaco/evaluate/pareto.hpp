// SPDX-License-Identifier: Apache-2.0
// The outcomes that no other beats in every respect, and the one where more of one begins to cost much of another.
#pragma once

#include "evaluator.hpp"
#include "ordering.hpp"

namespace uonaco::inline UONACO_ABI {

struct pareto_front {
    std::vector<unsigned> rows{};    ///< of the outcomes, by the first term, of equals by the second, and so on
    maybe<unsigned> knee{};          ///< its row; unknown unless some outcome is below the chord
    double knee_distance = 0.0;      ///< from the chord, in 0..1 of each term's range over the front
    std::vector<unsigned> unknown{}; ///< rows that lack a figure, or have one that is no number, and were left out
};

namespace detail {
template <int N>
struct pareto_point {
    double cost[N];
};
/// No cost is higher. Equals beat each other: the first one stands for them.
template <int N>
constexpr bool covers(const pareto_point<N>& a, const pareto_point<N>& b) {
    for (int i = 0; i < N; ++i)
        if (b.cost[i] < a.cost[i]) return false;
    return true;
}
/// Furthest below the plane through the N corners that are best in one term and worst in all others: for two terms the chord
/// between the ends of the front. Costs are brought to 0..1 over the front first. Of equals the first.
template <int N>
void find_knee(pareto_front& f, const std::vector<pareto_point<N>>& front) {
    pareto_point<N> least = front[0], most = front[0];
    for (const auto& p : front)
        for (int i = 0; i < N; ++i) {
            least.cost[i] = min(least.cost[i], p.cost[i]);
            most.cost[i] = max(most.cost[i], p.cost[i]);
        }
    int terms = 0; // in which the front differs
    for (int i = 0; i < N; ++i) terms += most.cost[i] > least.cost[i];
    for (unsigned long k = 0; k < front.size(); ++k) {
        double sum = 0.0;
        for (int i = 0; i < N; ++i)
            if (most.cost[i] > least.cost[i])
                sum += (front[k].cost[i] - least.cost[i]) / (most.cost[i] - least.cost[i]);
        const double distance = terms > 1 ? (terms - 1 - sum) / math::sqrt(static_cast<double>(terms)) : 0.0;
        if (distance > f.knee_distance + 1e-12) { // rounding makes no knee
            f.knee_distance = distance;
            f.knee = f.rows[k];
        }
    }
}
} // namespace detail

/// Front and knee of outcomes in two to four terms: `pareto(outcomes, n, terms::completion_time{}, terms::money{})`. An outcome that
/// lacks a figure takes part if the term penalises that, with its worst, and is left out otherwise, as is one with a
/// figure that is NaN or infinite. Of equal outcomes the first stands
/// for all. The same rows whatever the references. The knee is the outcome furthest below the chord between the ends of the front,
/// after min-max normalisation; a front that is straight or bulges outwards has none. O(n log n) for two terms, O(n x front) for more.
template <class... Terms>
pareto_front pareto(const outcome<double>* all, unsigned n, const Terms&... terms) {
    constexpr int size = static_cast<int>(sizeof...(Terms));
    static_assert(size >= 2 && size <= 4, "a Pareto front is asked for in two to four terms");
    static_assert((detail::require_term<Terms>() && ...));
    using point = detail::pareto_point<size>;
    pareto_front f;
    std::vector<point> points;
    std::vector<unsigned> rows;
    for (unsigned row = 0; row < n; ++row) {
        point p{};
        int at = 0;
        bool known = true;
        const auto read = [&]<class Term>(const Term& t) {
            const auto c = t.cost(all[row]);
            if constexpr (detail::may_be_unknown<Term>) {
                known = known && (c.known() || detail::penalises<Term>);
                p.cost[at++] = c.value_or(scalar<double>(detail::worst_of(t))).si();
            } else {
                p.cost[at++] = c.si();
            }
        };
        (read(terms), ...);
        for (const double cost : p.cost) known = known && cost - cost == 0.0; // no number has no place in an order
        if (!known) {
            f.unknown.push_back(row);
            continue;
        }
        points.push_back(p);
        rows.push_back(row);
    }
    const auto order = detail::ordered_rows(static_cast<unsigned>(points.size()), [&points](unsigned a, unsigned b) {
        for (int i = 0; i < size; ++i)
            if (points[a].cost[i] != points[b].cost[i]) return points[a].cost[i] < points[b].cost[i];
        return false;
    });
    std::vector<point> front;
    for (const unsigned i : order) { // nothing that comes later beats what came before
        bool beaten = false;
        // of two terms the last on the front has the lowest second cost so far
        for (unsigned long k = size == 2 && !front.empty() ? front.size() - 1 : 0; k < front.size() && !beaten; ++k)
            beaten = detail::covers(front[k], points[i]);
        if (beaten) continue;
        front.push_back(points[i]);
        f.rows.push_back(rows[i]);
    }
    if (!front.empty()) detail::find_knee(f, front);
    return f;
}
template <class... Terms>
pareto_front pareto(const std::vector<outcome<double>>& all, const Terms&... terms) {
    return pareto(all.data(), static_cast<unsigned>(all.size()), terms...);
}

} // namespace uonaco::inline UONACO_ABI
