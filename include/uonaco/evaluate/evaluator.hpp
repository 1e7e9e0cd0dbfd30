// SPDX-License-Identifier: Apache-2.0
// An objective: weighted terms over an outcome, as one value.
#pragma once

#include "term.hpp"

#include "../base/assert.hpp"

namespace uonaco::inline UONACO_ABI {

template <class Term>
struct weighted {
    double weight;
    Term term;
};

/// A term and how much it counts. Precondition: weight >= 0.
template <class Term>
constexpr weighted<Term> weigh(double weight, Term term) {
    static_assert(detail::has_text_name<Term>,
                  "weigh(w, t) requires 't' to be an objective_term: it needs `static constexpr const char* name`");
    static_assert(detail::has_cost<Term>,
                  "weigh(w, t) requires 't' to be an objective_term: it needs `cost(const outcome<double>&) const`");
    static_assert(
        !detail::has_cost<Term> || detail::costs_a_pure_number<Term>,
        "weigh(w, t) requires 't' to be an objective_term: cost() must return a pure number, scalar<double> or "
        "maybe<scalar<double>>; divide the quantity by a reference of the same dimension");
    static_assert(!detail::may_be_unknown<Term> || detail::says_what_unknown_does<Term>,
                  "weigh(w, t) requires 't' to be an objective_term: where cost() may be unknown, "
                  "`static constexpr on_unknown unknown` must say what that does");
    static_assert(
        !detail::penalises<Term> || detail::has_worst<Term>,
        "weigh(w, t) requires 't' to be an objective_term: where an unknown figure is penalised, `worst` must say "
        "what stands in for it");
    UONACO_ASSERT(weight >= 0);
    return {weight, term};
}

template <class Rep>
constexpr outcome<double> lane_of(const outcome<Rep>& o, int i);

namespace detail {
// A small tuple: <tuple> would cost more than all of this header.
template <class... Terms>
struct term_list;
template <class First, class... Rest>
struct term_list<First, Rest...> {
    weighted<First> first;
    term_list<Rest...> rest;

    constexpr explicit term_list(weighted<First> f, weighted<Rest>... r) : first(f), rest(r...) {}
    /// Calls f.template operator()<I>(weighted term) in order.
    template <int I, class F>
    constexpr void each(F& f) const {
        f.template operator()<I>(first);
        rest.template each<I + 1>(f);
    }
};
template <>
struct term_list<> {
    template <int I, class F>
    constexpr void each(F&) const {}
};
} // namespace detail

/// The objective's value and its addends. `feasible` is false where a term excludes the outcome.
template <class Rep, int N>
struct score {
    scalar<Rep> total{};
    scalar<Rep> parts[N]{};
    answer_t<Rep> feasible = answer_of<Rep>(true);
    answer_t<Rep> unknown[N]{}; ///< the term's figure was not known
};

/// Weighted terms, evaluated in order; the total is their sum from left to right. Value type; concurrent calls are safe.
template <class... Terms>
class evaluator {
  public:
    static constexpr int size = static_cast<int>(sizeof...(Terms));
    static_assert(size > 0 && size <= 16, "an evaluator takes 1 to 16 weighted terms");

    constexpr explicit evaluator(weighted<Terms>... terms) : terms_(terms...) {}

    /// Bit i of `left_out`: term i is ignored for the whole ranking because some candidate's figure is unknown.
    template <class Rep>
    constexpr score<Rep, size> operator()(const outcome<Rep>& o, unsigned left_out = 0) const {
        score<Rep, size> s;
        auto add = [&]<int I>(const auto& w) {
            if (!(left_out & (1u << I))) add_one<I>(s, o, w);
        };
        terms_.template each<0>(add);
        const Rep total = s.total.si();
        s.feasible = both(s.feasible, total - total == Rep(0.0)); // neither NaN nor infinite
        return s;
    }

    /// Terms of this outcome that are unknown and to be ignored for the whole ranking, as bits.
    template <class Rep>
    constexpr unsigned ignorable(const outcome<Rep>& o) const {
        unsigned bits = 0;
        auto look = [&]<int I, class Term>(const weighted<Term>& w) {
            if constexpr (detail::may_be_unknown<Term>)
                if (Term::unknown == on_unknown::ignore && !all(cost_of(w.term, o).known())) bits |= 1u << I;
        };
        terms_.template each<0>(look);
        return bits;
    }

    constexpr const char* name(int i) const {
        constexpr const char* all[] = {Terms::name...};
        return all[i];
    }
    constexpr double weight(int i) const {
        double found = 0.0;
        auto look = [&]<int I>(const auto& w) { found = I == i ? w.weight : found; };
        terms_.template each<0>(look);
        return found;
    }

  private:
    template <int I, class Rep, class Term>
    constexpr void add_one(score<Rep, size>& s, const outcome<Rep>& o, const weighted<Term>& w) const {
        if constexpr (detail::may_be_unknown<Term>) {
            const maybe<scalar<Rep>> c = cost_of(w.term, o);
            s.unknown[I] = !c.known();
            scalar<Rep> worst{};
            if constexpr (Term::unknown == on_unknown::penalise)
                worst = scalar<Rep>(Rep(static_cast<double>(w.term.worst)));
            else if constexpr (Term::unknown == on_unknown::exclude)
                s.feasible = both(s.feasible, c.known());
            s.parts[I] = w.weight * c.value_or(worst);
        } else {
            s.parts[I] = w.weight * cost_of(w.term, o);
        }
        s.total += s.parts[I];
    }
    // A term written for double only is asked lane by lane.
    template <class Term, class Rep>
    static constexpr auto cost_of(const Term& t, const outcome<Rep>& o) {
        if constexpr (requires { t.cost(o); }) {
            return t.cost(o);
        } else if constexpr (detail::may_be_unknown<Term>) {
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
    detail::term_list<Terms...> terms_;
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
