// SPDX-License-Identifier: Apache-2.0
// The objective of a scoring profile, read at run time: the bits of the same objective stated in C++.
#pragma once

#include "presets.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// What is known of a term when only its kind is.
struct term_facts {
    const char* name;
    double exchange;  ///< SI value of one exchange unit of its figure
    double reference; ///< as it ships, in SI units
    double worst;     ///< as it ships, in SI units
    on_unknown unknown;
    bool may_be_unknown;
    cats_category category;
};
template <class Term>
constexpr term_facts facts_of() {
    using reference = decltype(Term{}.reference);
    return {
        Term::name,         reference::kind::exchange, Term{}.reference.si(), worst_of(Term{}) * Term{}.reference.si(),
        unknown_of<Term>(), may_be_unknown<Term>,      Term::category};
}
} // namespace detail

/// Of the terms that ship, by kind.
UONACO_LAZY
constexpr detail::term_facts facts_of(term_kind k) {
    switch (k) {
#define UONACO_CASE(name, ...)                                                                                         \
    case term_kind::name: return detail::facts_of<detail::later_t<terms::name, UonacoLazy_>>();
        UONACO_TERM_KINDS(UONACO_CASE)
#undef UONACO_CASE
    }
    return {};
}

/// cost() of a term that ships, by kind; reference in SI units.
template <class Rep>
constexpr maybe<scalar<Rep>> cost_of(term_kind k, double reference, const outcome<Rep>& o) {
    switch (k) {
#define UONACO_CASE(name, ...)                                                                                         \
    case term_kind::name: return terms::name{decltype(terms::name{}.reference)::from_si(reference)}.cost(o);
        UONACO_TERM_KINDS(UONACO_CASE)
#undef UONACO_CASE
    }
    return {};
}

/// Value type of fixed size, no allocation; concurrent calls are safe. Of a lexicographic profile each plain term begins a level, and
/// limits belong to the level of the term before them.
class profile_evaluator {
  public:
    static constexpr int levels = max_levels;

    /// Preconditions: 1 to 16 terms, lexicographic at most 4 plain ones; weights, tolerances and bounds as io::load checks them.
    UONACO_LAZY
    static profile_evaluator of(const scoring_profile& p) {
        profile_evaluator e;
        e.how_ = p.aggregation;
        UONACO_ASSERT(!detail::late<UonacoLazy_>(p.terms).empty() &&
                      detail::late<UonacoLazy_>(p.terms).size() <= max_terms);
        for (const profile_term& t : detail::late<UonacoLazy_>(p.terms))
            if (e.size < max_terms) e.terms_[e.size++] = entry_of(t);
        return e;
    }

    int size = 0;

    template <class Rep>
    constexpr score<Rep, max_terms, max_levels> operator()(const outcome<Rep>& o, unsigned left_out = 0) const {
        detail::tally<Rep, max_terms, max_levels> t;
        const bool ordered = how_ == aggregation::lexicographic;
        double weights = 0.0;
        for (int i = 0; i < size && how_ == aggregation::geometric_mean; ++i)
            if (terms_[i].role == term_role::term && !(left_out & (1u << i))) weights += terms_[i].weight;
        t.open(how_, weights);
        double tolerance = 0.0;
        bool begun = false;
        int closed = 0;
        for (int i = 0; i < size; ++i) {
            const entry& e = terms_[i];
            if (ordered && e.role == term_role::term) {
                if (begun && closed + 1 < max_levels) {
                    t.close(tolerance);
                    ++closed;
                    t.open(how_, 0.0);
                }
                begun = true;
                tolerance = e.tolerance;
            }
            if (left_out & (1u << i)) continue;
            const maybe<scalar<Rep>> cost = cost_of(e.kind, e.reference, o);
            if (e.role == term_role::hard)
                t.limit(i, cost, e.unknown, e.worst, e.bound);
            else if (e.role == term_role::soft)
                t.penalise(i, e.weight, excess(cost, e.bound), e.unknown, max(e.worst - e.bound, 0.0));
            else
                t.add(i, e.weight, cost, e.unknown, e.worst);
        }
        t.close(tolerance);
        return t.s;
    }
    template <class Rep>
    constexpr unsigned ignorable(const outcome<Rep>& o) const {
        unsigned bits = 0;
        for (int i = 0; i < size; ++i) {
            const entry& e = terms_[i];
            if (e.unknown == on_unknown::ignore && e.role != term_role::hard &&
                !all(cost_of(e.kind, e.reference, o).known()))
                bits |= 1u << i;
        }
        return bits;
    }
    UONACO_LAZY
    constexpr const char* name(int i) const { return facts_of<UonacoLazy_>(terms_[i].kind).name; }
    constexpr term_role role(int i) const { return terms_[i].role; }
    UONACO_LAZY
    constexpr cats_category category(int i) const { return facts_of<UonacoLazy_>(terms_[i].kind).category; }
    /// 0 for hard limits.
    constexpr double weight(int i) const { return terms_[i].weight; }
    constexpr aggregation how() const { return how_; }

  private:
    struct entry {
        term_kind kind = term_kind::full_cost;
        term_role role = term_role::term;
        on_unknown unknown = on_unknown::ignore;
        double weight = 0.0;
        double reference = 1.0; ///< in SI units; all below are in references
        double worst = 0.0;
        double bound = 0.0;
        double tolerance = 0.0;
    };
    UONACO_LAZY
    static entry entry_of(const profile_term& t) {
        const detail::term_facts k = facts_of<UonacoLazy_>(t.term);
        entry e;
        e.kind = t.term;
        e.role = t.role;
        e.unknown = t.unknown.value_or(k.unknown);
        e.weight = t.role == term_role::hard ? 0.0 : static_cast<double>(t.weight);
        e.reference = t.reference ? static_cast<double>(*t.reference) * k.exchange : k.reference;
        const auto relative = [&](const maybe<units::factor>& x, double otherwise) {
            return (x ? static_cast<double>(*x) * k.exchange : otherwise) / e.reference;
        };
        e.worst = relative(t.worst, k.worst);
        e.bound = relative(t.bound, 0.0);
        e.tolerance = e.weight * relative(t.tolerance, 0.0);
        return e;
    }
    template <class Rep>
    static constexpr maybe<scalar<Rep>> excess(const maybe<scalar<Rep>>& cost, double bound) {
        using units::max;
        return maybe<scalar<Rep>>::where(
            cost.known(), scalar<Rep>(max(scalar<Rep>(cost.value_or({}) - scalar<Rep>(Rep(bound))), scalar<Rep>{})));
    }
    entry terms_[max_terms]{};
    aggregation how_ = aggregation::weighted_sum;
};

/// Calls `f` with the objective of a profile: its terms, or without any the preset it names.
template <class F>
constexpr decltype(auto) with_profile(const scoring_profile& p, F f) {
    if (detail::late<F>(p.terms).empty()) return with_preset(p.preset, f);
    return f(profile_evaluator::of(p));
}

} // namespace uonaco::inline UONACO_ABI
