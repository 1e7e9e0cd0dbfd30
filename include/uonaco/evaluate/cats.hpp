// SPDX-License-Identifier: Apache-2.0
// Scores for CATS (RFC 10053, draft-ietf-cats-metric-definition): level 1, one for each category; level 2, one in all.
#pragma once

#include "normalize.hpp"
#include "ordering.hpp"
#include "profile_evaluator.hpp"

namespace uonaco::inline UONACO_ABI {

/// What a score recommends: not, as an option, first.
enum class cats_band : unsigned char { low, medium, high };
template <>
inline constexpr names enum_names<cats_band>{"low", "medium", "high"};

/// Metric names, range and bands as of the working group's text of March 2026: 0 worst, 10 best. All still move there, so all are data.
struct cats_format {
    int best = 10; ///< of an octet: at most 255; a record holds no more than 10
    const char* level_1[4] = {"compute_norm", "communication_norm", "service_norm", "composed_norm"}; ///< by category
    const char* level_2 = "norm_fi";
    int low = 3;    ///< the best score that is low
    int medium = 7; ///< and that is medium

    constexpr cats_band band(int score) const {
        return score <= low ? cats_band::low : score <= medium ? cats_band::medium : cats_band::high;
    }
};

/// Of one candidate among those that were scored together; nothing across sets. Precise ones in 0..1, higher is better.
struct cats_scores {
    maybe<units::ratio> category[4]{}; ///< level 1, by cats_category; unknown where the objective has no term of it
    units::ratio overall{};            ///< level 2

    maybe<int> level_1(cats_category c, const cats_format& as = {}) const {
        const auto& s = category[static_cast<int>(c)];
        return s ? maybe<int>(octet(*s, as)) : maybe<int>();
    }
    int level_2(const cats_format& as = {}) const { return octet(overall, as); }

    /// The nearest integer, of two the higher.
    static int octet(double score, const cats_format& as) {
        return static_cast<int>(math::floor(score * as.best + 0.5));
    }
};

namespace detail {
/// Scores of one candidate as one: the weighted mean, the weighted geometric mean, or the lowest.
struct score_mean {
    aggregation how = aggregation::weighted_sum;
    double weights = 0.0;
    double sum = 0.0;
    double least = 1.0;
    bool zero = false;

    void add(double weight, double score) {
        if (!(weight > 0)) return; // counts for nothing, in the lowest as in a mean
        weights += weight;
        least = min(least, score);
        if (how != aggregation::geometric_mean)
            sum += weight * score;
        else if (score > 0)
            sum += weight * math::log(score);
        else
            zero = true;
    }
    maybe<units::ratio> mean() const {
        if (!(weights > 0)) return {};
        if (how == aggregation::worst) return units::ratio(least);
        if (how != aggregation::geometric_mean) return units::ratio(min(sum / weights, 1.0));
        return units::ratio(zero ? 0.0 : math::exp(sum / weights));
    }
};
} // namespace detail

/// Costs of each term normalised over the set, then aggregated as the objective is: the weighted mean of a sum, the geometric mean, the
/// lowest of a worst case. An order of preference has no mean: its level 2 is the normalised place in that order, its level 1 a mean by
/// weight. Terms whose figure some outcome lacks and that are ignored then are left out for all; what is not feasible scores 0.
/// RFC 10053 asks that both functions be selectable and the same everywhere: name the profile beside the scores.
/// O(n x terms), with an order O(n log n).
template <class Evaluator>
std::vector<cats_scores> cats(const outcome<double>* all, unsigned n, const Evaluator& e, normalization how) {
    unsigned left_out = 0;
    for (unsigned row = 0; row < n; ++row) left_out |= e.ignorable(all[row]);
    using score = decltype(e(all[0]));
    std::vector<score> stated;
    detail::later_t<std::vector<unsigned>, Evaluator> rows; // of the feasible ones
    for (unsigned row = 0; row < n; ++row) {
        score s = e(all[row], left_out);
        if (!s.feasible) continue;
        stated.push_back(s);
        rows.push_back(row);
    }
    const auto count = static_cast<unsigned>(rows.size());
    struct means {
        detail::score_mean category[4], overall;
    };
    detail::later_t<std::vector<means>, Evaluator> sums(count);
    for (means& m : sums) {
        for (auto& c : m.category) c.how = e.how();
        m.overall.how = e.how();
    }
    detail::later_t<std::vector<double>, Evaluator> costs(count);
    for (int i = 0; i < e.size; ++i) {
        if ((left_out & (1u << i)) || e.role(i) == term_role::hard) continue;
        for (unsigned k = 0; k < count; ++k) costs[k] = stated[k].costs[i];
        const auto scores = normalize(costs, how);
        for (unsigned k = 0; k < count; ++k) {
            sums[k].category[static_cast<int>(e.category(i))].add(e.weight(i), scores[k]);
            sums[k].overall.add(e.weight(i), scores[k]);
        }
    }
    if (e.how() == aggregation::lexicographic) {
        const auto order = detail::ordered_rows(
            count, [&](unsigned a, unsigned b) { return standing_of(stated[a]) < standing_of(stated[b]); });
        double place = 0;
        for (unsigned k = 0; k < count; ++k) {
            if (k > 0 && standing_of(stated[order[k - 1]]) < standing_of(stated[order[k]])) place = k;
            costs[order[k]] = place;
        }
        const auto scores = normalize(costs, how);
        for (unsigned k = 0; k < count; ++k) {
            sums[k].overall = {};
            sums[k].overall.add(1.0, scores[k]);
        }
    }
    detail::later_t<std::vector<cats_scores>, Evaluator> found(n);
    for (unsigned row = 0; row < n; ++row)
        for (int i = 0; i < e.size; ++i) // what is not feasible has a score all the same
            if (!(left_out & (1u << i)) && e.role(i) != term_role::hard && e.weight(i) > 0)
                found[row].category[static_cast<int>(e.category(i))] = units::ratio(0.0);
    for (unsigned k = 0; k < count; ++k) {
        for (int c = 0; c < 4; ++c) found[rows[k]].category[c] = sums[k].category[c].mean();
        found[rows[k]].overall = sums[k].overall.mean().value_or(1.0);
    }
    return found;
}
/// By a profile's terms, aggregation and normalisation.
UONACO_LAZY
std::vector<cats_scores> cats(const std::vector<outcome<double>>& all, const scoring_profile& p) {
    return with_profile(
        p, [&](const auto& e) { return cats(all.data(), static_cast<unsigned>(all.size()), e, p.normalization); });
}

} // namespace uonaco::inline UONACO_ABI
