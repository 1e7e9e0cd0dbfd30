// SPDX-License-Identifier: Apache-2.0
// An objective: weighted terms over an outcome, as one value.
#pragma once

#include "score.hpp"

#include "../base/assert.hpp"

namespace uonaco::inline UONACO_ABI {

template <class Term>
struct weighted {
    double weight;
    Term term;
};

namespace detail {
template <class Term>
constexpr bool require_term() {
    static_assert(has_text_name<Term>,
                  "weigh(w, t) requires 't' to be an objective_term: it needs `static constexpr const char* name`");
    static_assert(has_cost<Term>,
                  "weigh(w, t) requires 't' to be an objective_term: it needs `cost(const outcome<double>&) const`");
    static_assert(
        !has_cost<Term> || costs_a_pure_number<Term>,
        "weigh(w, t) requires 't' to be an objective_term: cost() must return a pure number, scalar<double> or "
        "maybe<scalar<double>>; divide the quantity by a reference of the same dimension");
    static_assert(!may_be_unknown<Term> || says_what_unknown_does<Term>,
                  "weigh(w, t) requires 't' to be an objective_term: where cost() may be unknown, "
                  "`static constexpr on_unknown unknown` must say what that does");
    static_assert(
        !penalises<Term> || has_worst<Term>,
        "weigh(w, t) requires 't' to be an objective_term: where an unknown figure is penalised, `worst` must say "
        "what stands in for it");
    return true;
}
} // namespace detail

/// A term and how much it counts. Precondition: weight >= 0.
template <class Term>
constexpr weighted<Term> weigh(double weight, Term term) {
    detail::require_term<Term>();
    UONACO_ASSERT(weight >= 0);
    return {weight, term};
}

template <class Rep>
constexpr outcome<double> lane_of(const outcome<Rep>& o, int i);

namespace detail {
// A small tuple: <tuple> would cost more than all of this header.
template <class... Ts>
struct list;
template <class First, class... Rest>
struct list<First, Rest...> {
    First first;
    list<Rest...> rest;

    constexpr explicit list(First f, Rest... r) : first(f), rest(r...) {}
    /// Calls f.template operator()<I>(element) in order.
    template <int I, class F>
    constexpr void each(F& f) const {
        f.template operator()<I>(first);
        rest.template each<I + 1>(f);
    }
    /// f(before..., elements...)
    template <class F, class... Before>
    constexpr auto pass(F f, Before... before) const {
        return rest.pass(f, before..., first);
    }
};
template <>
struct list<> {
    template <int I, class F>
    constexpr void each(F&) const {}
    template <class F, class... Before>
    constexpr auto pass(F f, Before... before) const {
        return f(before...);
    }
};

/// A term written for double only is asked lane by lane.
template <class Term, class Rep>
constexpr auto cost_of(const Term& t, const outcome<Rep>& o) {
    if constexpr (requires { t.cost(o); }) {
        return t.cost(o);
    } else if constexpr (may_be_unknown<Term>) {
        Rep values{};
        answer_t<Rep> known{};
        for (int i = 0; i < width_v<Rep>; ++i) {
            const maybe<scalar<double>> one = t.cost(lane_of(o, i));
            set_lane(values, i, one.value_or(scalar<double>{}).si());
            set_lane(known, i, one.known());
        }
        return maybe<scalar<Rep>>::where(known, scalar<Rep>::from_si(values));
    } else {
        Rep values{};
        for (int i = 0; i < width_v<Rep>; ++i) set_lane(values, i, t.cost(lane_of(o, i)).si());
        return scalar<Rep>::from_si(values);
    }
}

template <class Term>
constexpr on_unknown unknown_of() {
    if constexpr (says_what_unknown_does<Term>)
        return Term::unknown;
    else
        return on_unknown::ignore; // it never is
}
template <class Term>
constexpr double worst_of(const Term& t) {
    if constexpr (penalises<Term>)
        return static_cast<double>(t.worst);
    else
        return 0.0;
}
template <class Term>
constexpr term_role role_of() {
    if constexpr (requires { Term::role; })
        return Term::role;
    else
        return term_role::term;
}
/// A term of a user's own that does not say so concerns the whole.
template <class Term>
constexpr cats_category category_of() {
    if constexpr (requires { Term::category; })
        return Term::category;
    else
        return cats_category::composed;
}
} // namespace detail

/// Weighted terms, evaluated in order, and how they become one number. Value type; concurrent calls are safe. What it has is what anything
/// that is to serve as an evaluator needs; role and category are optional.
template <aggregation How, class... Terms>
class weighted_terms {
  public:
    static constexpr int size = static_cast<int>(sizeof...(Terms));
    static constexpr int levels = 1;
    static_assert(size > 0 && size <= max_terms, "an evaluator takes 1 to 16 weighted terms");

    constexpr explicit weighted_terms(weighted<Terms>... terms) : terms_(terms...) {}

    /// Bit i of `left_out`: term i is ignored for the whole ranking because some candidate's figure is unknown.
    template <class Rep>
    constexpr score<Rep, size> operator()(const outcome<Rep>& o, unsigned left_out = 0) const {
        detail::tally<Rep, size, 1> t;
        add_to<0>(t, o, left_out, 0.0);
        return t.s;
    }
    /// As one level of several: its terms count from First on.
    template <int First, class Tally, class Rep>
    constexpr void add_to(Tally& t, const outcome<Rep>& o, unsigned left_out, double tolerance) const {
        double weights = 0.0;
        if constexpr (How == aggregation::geometric_mean) {
            auto sum = [&]<int I, class Term>(const weighted<Term>& w) {
                if (detail::role_of<Term>() == term_role::term && !(left_out & (1u << (First + I))))
                    weights += w.weight;
            };
            terms_.template each<0>(sum);
        }
        t.open(How, weights);
        auto add = [&]<int I, class Term>(const weighted<Term>& w) {
            if (!(left_out & (1u << (First + I)))) add_one<First + I>(t, o, w);
        };
        terms_.template each<0>(add);
        t.close(tolerance);
    }

    /// Terms of this outcome that are unknown and to be ignored for the whole ranking, as bits.
    template <class Rep>
    constexpr unsigned ignorable(const outcome<Rep>& o) const {
        unsigned bits = 0;
        auto look = [&]<int I, class Term>(const weighted<Term>& w) {
            if constexpr (detail::may_be_unknown<Term>)
                if (Term::unknown == on_unknown::ignore && detail::role_of<Term>() != term_role::hard &&
                    !all(detail::cost_of(w.term, o).known()))
                    bits |= 1u << I;
        };
        terms_.template each<0>(look);
        return bits;
    }

    constexpr const char* name(int i) const {
        constexpr const char* all[] = {Terms::name...};
        return all[i];
    }
    constexpr term_role role(int i) const {
        constexpr term_role all[] = {detail::role_of<Terms>()...};
        return all[i];
    }
    constexpr cats_category category(int i) const {
        constexpr cats_category all[] = {detail::category_of<Terms>()...};
        return all[i];
    }
    /// 0 for hard limits.
    constexpr double weight(int i) const {
        double found = 0.0;
        auto look = [&]<int I>(const auto& w) { found = I == i ? w.weight : found; };
        terms_.template each<0>(look);
        return found;
    }
    constexpr aggregation how() const { return How; }

  private:
    template <int I, class Tally, class Rep, class Term>
    static constexpr void add_one(Tally& t, const outcome<Rep>& o, const weighted<Term>& w) {
        constexpr term_role role = detail::role_of<Term>();
        const auto cost = detail::cost_of(w.term, o);
        if constexpr (detail::may_be_unknown<Term>) {
            constexpr on_unknown unknown = detail::unknown_of<Term>();
            const double worst = detail::worst_of(w.term);
            if constexpr (role == term_role::hard)
                t.limit(I, cost, unknown, worst, w.term.bound);
            else if constexpr (role == term_role::soft)
                t.penalise(I, w.weight, cost, unknown, worst);
            else
                t.add(I, w.weight, cost, unknown, worst);
        } else {
            if constexpr (role == term_role::hard)
                t.limit(I, cost, w.term.bound);
            else if constexpr (role == term_role::soft)
                t.penalise(I, w.weight, cost);
            else
                t.add(I, w.weight, cost);
        }
    }
    detail::list<weighted<Terms>...> terms_;
};

/// The sum of weighted terms from left to right: `evaluator{weigh(0.6, terms::completion_time{}), weigh(0.4, terms::money{100_usd})}`.
template <class... Terms>
class evaluator : public weighted_terms<aggregation::weighted_sum, Terms...> {
  public:
    constexpr explicit evaluator(weighted<Terms>... terms)
        : weighted_terms<aggregation::weighted_sum, Terms...>(terms...) {}
};

/// exp(sum w ln(cost) / sum w): no reference matters, only ratios do. A cost below 1e-9 counts as so much.
template <class... Terms>
class geometric_mean : public weighted_terms<aggregation::geometric_mean, Terms...> {
  public:
    constexpr explicit geometric_mean(weighted<Terms>... terms)
        : weighted_terms<aggregation::geometric_mean, Terms...>(terms...) {}
};

/// The largest of the weighted terms: what hurts most.
template <class... Terms>
class worst_case : public weighted_terms<aggregation::worst, Terms...> {
  public:
    constexpr explicit worst_case(weighted<Terms>... terms) : weighted_terms<aggregation::worst, Terms...>(terms...) {}
};

/// One lane of a block's outcome. O(fields).
template <class Rep>
constexpr outcome<double> lane_of(const outcome<Rep>& o, int i) {
    const auto m = [i]<class Q>(const maybe<Q>& x) {
        return maybe<units::with_rep<Q, double>>::where(lane(x.known(), i), lane(x.value_or({}), i));
    };
    outcome<double> out;
    const auto& t = o.time;
    out.time = {lane(t.queue, i),
                lane(t.provisioning, i),
                lane(t.staging, i),
                lane(t.compute, i),
                lane(t.exposed_communication, i),
                lane(t.lost, i),
                lane(t.completion, i),
                lane(t.step, i),
                lane(t.first_token, i),
                lane(t.per_token, i),
                lane(t.outages, i),
                m(t.wait),
                m(t.jitter),
                m(t.loss)};
    const auto& y = o.money;
    out.money = {m(y.compute), m(y.storage), m(y.lease), m(y.set_up), m(y.energy), lane(y.outages, i), m(y.total)};
    const auto& e = o.energy;
    out.energy = {m(e.it), m(e.facility), lane(e.transport, i), m(e.carbon), m(e.peak_power)};
    const auto& r = o.reliability;
    out.reliability = {m(r.network),
                       m(r.sites),
                       m(r.joint),
                       lane(r.goodput, i),
                       lane(r.attainment, i),
                       lane(r.memory_share, i),
                       lane(r.load, i),
                       lane(r.utilisation, i)};
    out.compute_efficiency = m(o.compute_efficiency);
    out.network_efficiency = m(o.network_efficiency);
    out.full_cost = lane(o.full_cost, i);
    out.joint_efficiency = m(o.joint_efficiency);
    out.error_band = o.error_band;
    return out;
}

} // namespace uonaco::inline UONACO_ABI
