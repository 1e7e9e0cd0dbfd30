// SPDX-License-Identifier: Apache-2.0
// A small model at the edge and a large one in the cloud that answers a share of the requests.
#pragma once

#include "../base/math.hpp"
#include "../decision/performance.hpp"
#include "../units/saturate.hpp"
#include "../workload/inference.hpp"

namespace uonaco::inline UONACO_ABI::cascade {

/// Who finds out which requests the small model does not do.
enum class decided : unsigned char {
    before, ///< a router, by the request: what it passes on never reaches the small model
    after,  ///< a check of the small model's answer: what it passes on has waited for, and paid, both
};

/// What a mean request takes (time, money, energy), of which `escalated` go to the large model: s + e l after an answer, (1-e) s
/// + e l before one. Precondition: 0 <= escalated <= 1.
template <class Kind, class Rep>
constexpr quantity<Kind, Rep> of_both(decided when, units::with_rep<units::ratio, Rep> escalated,
                                      quantity<Kind, Rep> small, quantity<Kind, Rep> large) {
    const auto tried = when == decided::after ? units::with_rep<units::ratio, Rep>(Rep(1.0))
                                              : units::with_rep<units::ratio, Rep>(1.0 - escalated);
    return units::saturate<quantity<Kind, Rep>>(tried * small + escalated * large);
}

/// Share up to which both together take no more than the large model alone, 1 - s/l; before an answer: any, where s <= l. 0 where
/// the small one takes as much. Precondition: large > 0.
template <class Kind, class Rep>
constexpr units::with_rep<units::ratio, Rep> break_even(decided when, quantity<Kind, Rep> small,
                                                        quantity<Kind, Rep> large) {
    using ratio = units::with_rep<units::ratio, Rep>;
    const ratio saved = units::max(ratio(Rep(0.0)), ratio(1.0 - small / large));
    if (when == decided::after) return saved;
    return select(small.si() <= large.si(), ratio(Rep(1.0)), ratio(Rep(0.0)));
}

/// Of what each model does well, the mean over both: `kept` of the requests that the small one keeps, not of all.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> quality(units::with_rep<units::ratio, Rep> escalated,
                                                     units::with_rep<units::ratio, Rep> kept,
                                                     units::with_rep<units::ratio, Rep> passed_on) {
    return units::saturate<units::with_rep<units::ratio, Rep>>((1.0 - escalated) * kept + escalated * passed_on);
}

/// Share that the way to the cloud and its replicas can take: least of mu_large/lambda and C/(lambda V), at most 1; `each` is what
/// a request sends, or an answer, whichever is more. Preconditions: requests > 0, each > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep>
most_escalated(units::with_rep<units::frequency, Rep> requests, units::with_rep<units::frequency, Rep> large,
               units::with_rep<units::bit_rate, Rep> rate, units::volume each) {
    using ratio = units::with_rep<units::ratio, Rep>;
    return units::min(ratio(Rep(1.0)), units::min(ratio(large / requests), ratio(rate / (requests * each))));
}

/// How long the small model has had a request when its answer of so many tokens is judged; fewer than all where confidence shows early.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> time_to_judge(const performance<Rep>& small, double tokens) {
    return units::saturate<units::with_rep<units::duration, Rep>>(small.first_token +
                                                                  uonaco::max(tokens - 1.0, 0.0) * small.per_token);
}

/// The small model's own workload: all requests, or after a router those that it leaves. Splitting at random makes arrivals more like
/// Poisson's: ca^2 becomes 1 + p (ca^2 - 1) (Whitt 1983, QNA). Precondition: 0 <= escalated <= 1.
inline inference at_edge(decided when, units::ratio escalated, inference small) {
    if (when == decided::after) return small;
    const double left = 1.0 - static_cast<double>(escalated);
    const double variation = static_cast<double>(small.arrival_variation);
    small.requests = left * small.requests;
    small.arrival_variation = math::sqrt(math::saturate(1.0 + left * (variation * variation - 1.0)));
    return small;
}

/// The large model's workload, of all requests as stated: the share that reaches it, and of the objective for the first token what is
/// left once `spent` has passed at the edge (0 before an answer); nothing left: none is met. Precondition: 0 <= escalated <= 1.
inline inference in_cloud(units::ratio escalated, units::duration spent, inference large) {
    const double share = escalated.si();
    const double variation = static_cast<double>(large.arrival_variation);
    large.requests = share * large.requests;
    large.arrival_variation = math::sqrt(math::saturate(1.0 + share * (variation * variation - 1.0)));
    if (large.objective.first_token)
        large.objective.first_token =
            units::max(units::latency(*large.objective.first_token - spent), units::latency{});
    return large;
}

/// Both together as their users see them.
template <class Rep>
struct answers {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    of<units::latency> first_token{}; ///< mean over both ways, each at its percentile; no percentile of all requests
    of<units::latency> slowest{};     ///< first token of what is passed on, edge included
    of<units::ratio> attainment{};    ///< of all requests: each way's, by its share
    of<units::ratio> load{};          ///< of the fuller one
};

/// From two evaluations: `small` of at_edge(), `large` of in_cloud() with the same share and time spent.
template <class Rep>
constexpr answers<Rep> seen(units::with_rep<units::ratio, Rep> escalated, units::with_rep<units::duration, Rep> spent,
                            const performance<Rep>& small, const performance<Rep>& large) {
    using latency = units::with_rep<units::latency, Rep>;
    answers<Rep> r;
    r.slowest = units::saturate<latency>(spent + large.first_token);
    r.first_token = units::saturate<latency>((1.0 - escalated) * small.first_token + escalated * r.slowest);
    r.attainment = quality<Rep>(escalated, small.attainment, large.attainment);
    r.load = units::saturate(units::max(small.load, large.load));
    return r;
}

} // namespace uonaco::inline UONACO_ABI::cascade
