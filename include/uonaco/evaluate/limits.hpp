// SPDX-License-Identifier: Apache-2.0
// Soft and hard limits on any figure, as parts of an objective; and other ways with what is not known.
#pragma once

#include "evaluator.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
template <class Term>
constexpr auto reference_of(const Term& t) {
    if constexpr (requires { t.reference; })
        return t.reference;
    else if constexpr (requires { t.inner; })
        return reference_of(t.inner);
    else
        return units::factor(1.0); // costs are pure numbers
}
/// A figure in references.
template <class Term, class Figure>
constexpr double relative(const Term& t, Figure figure) {
    using reference = decltype(reference_of(t));
    static_assert(__is_constructible(reference, Figure),
                  "a bound, tolerance or worst figure of a term 't' must have the dimension of t.reference");
    if constexpr (__is_constructible(reference, Figure))
        return static_cast<double>(units::factor(reference(figure) / reference_of(t)));
    else
        return 0.0;
}
} // namespace detail

/// A term whose unknown figures are dealt with in another way.
template <on_unknown Policy, class Term>
struct with_unknown {
    static constexpr const char* name = Term::name;
    static constexpr on_unknown unknown = Policy;
    static constexpr cats_category category = detail::category_of<Term>();
    Term inner;
    units::factor worst{}; ///< in references

    template <class Rep>
    constexpr auto cost(const outcome<Rep>& o) const {
        return detail::cost_of(inner, o);
    }
};

/// `unknown_as<on_unknown::penalise>(terms::carbon{100_kg}, 2000_kg)`: what is not known counts as so much.
template <on_unknown Policy, class Term, class Worst>
constexpr auto unknown_as(Term term, Worst worst) {
    detail::require_term<Term>();
    static_assert(detail::may_be_unknown<Term>, "unknown_as(t) requires 't' to be a term whose figure may be unknown");
    static_assert(Policy == on_unknown::penalise, "unknown_as(t, worst): only what is penalised has a worst");
    return with_unknown<Policy, Term>{term, detail::relative(term, worst)};
}
/// `unknown_as<on_unknown::exclude>(terms::carbon{})`
template <on_unknown Policy, class Term>
constexpr auto unknown_as(Term term) {
    detail::require_term<Term>();
    static_assert(detail::may_be_unknown<Term>, "unknown_as(t) requires 't' to be a term whose figure may be unknown");
    static_assert(Policy != on_unknown::penalise,
                  "unknown_as<on_unknown::penalise>(t, worst) needs the figure that stands in for what is not known");
    return with_unknown<Policy, Term>{term};
}

/// What is above a bound, in references: max(0, cost - bound).
template <class Term>
struct soft_limit {
    static constexpr const char* name = Term::name;
    static constexpr term_role role = term_role::soft;
    static constexpr on_unknown unknown = detail::unknown_of<Term>();
    static constexpr cats_category category = detail::category_of<Term>();
    Term inner;
    double bound;
    double worst;

    template <class Rep>
    constexpr auto cost(const outcome<Rep>& o) const {
        using units::max;
        const auto excess = [this](scalar<Rep> cost) {
            return scalar<Rep>(max(scalar<Rep>(cost - scalar<Rep>(Rep(bound))), scalar<Rep>{}));
        };
        const auto c = detail::cost_of(inner, o);
        if constexpr (detail::may_be_unknown<Term>)
            return maybe<scalar<Rep>>::where(c.known(), excess(c.value_or({})));
        else
            return excess(c);
    }
};

/// A penalty for each reference of excess: `soft(terms::carbon{100_kg}, 500_kg, 2.0)` adds 2 for each 100 kg above 500 kg. Among the
/// terms of any evaluator. Precondition: weight >= 0.
template <class Term, class Bound>
constexpr auto soft(Term term, Bound above, double weight) {
    detail::require_term<Term>();
    UONACO_ASSERT(weight >= 0);
    const double bound = detail::relative(term, above);
    return weighted<soft_limit<Term>>{weight, {term, bound, max(detail::worst_of(term) - bound, 0.0)}};
}

/// A figure that must not be above a bound.
template <class Term>
struct hard_limit {
    static constexpr const char* name = Term::name;
    static constexpr term_role role = term_role::hard;
    static constexpr on_unknown unknown = detail::unknown_of<Term>();
    static constexpr cats_category category = detail::category_of<Term>();
    Term inner;
    double bound;
    double worst;

    template <class Rep>
    constexpr auto cost(const outcome<Rep>& o) const {
        return detail::cost_of(inner, o);
    }
};

/// Not feasible above: `hard(terms::unavailability{}, 0.001)`. Costs nothing; what is not known does not keep it, unless it is penalised
/// and its worst does.
template <class Term, class Bound>
constexpr auto hard(Term term, Bound at_most) {
    detail::require_term<Term>();
    return weighted<hard_limit<Term>>{0.0, {term, detail::relative(term, at_most), detail::worst_of(term)}};
}

} // namespace uonaco::inline UONACO_ABI
