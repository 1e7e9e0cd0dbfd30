// SPDX-License-Identifier: Apache-2.0
// An order of preference: first(a).then(b).then(c).
#pragma once

#include "limits.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
template <class Objective>
struct level {
    Objective objective;
    double tolerance; ///< in the objective's own measure; 0: exact
};
template <class T>
concept several_terms = requires(const T& t) {
    T::size;
    t.ignorable(outcome<double>{});
};
/// A term alone is an objective of one term of weight 1.
template <class Term>
constexpr auto level_of(Term term) {
    if constexpr (several_terms<Term>) {
        static_assert(Term::levels == 1, "a level of an order of preference cannot be an order itself");
        return level<Term>{term, 0.0};
    } else {
        return level<evaluator<Term>>{evaluator<Term>(weigh(1.0, term)), 0.0};
    }
}
template <class Term, class Tolerance>
constexpr auto level_of(Term term, Tolerance tolerance) {
    auto l = level_of(term);
    if constexpr (several_terms<Term>)
        l.tolerance = static_cast<double>(tolerance);
    else
        l.tolerance = relative(term, tolerance);
    UONACO_ASSERT(l.tolerance >= 0);
    return l;
}
} // namespace detail

/// The first level decides, of equals the second, and so on. With a tolerance a level counts in whole steps of it, so that all in one step
/// are equal: an order that does not depend on what is compared with what. Value type; concurrent calls are safe.
template <class... Objectives>
class lexicographic {
  public:
    static constexpr int size = (0 + ... + Objectives::size);
    static constexpr int levels = static_cast<int>(sizeof...(Objectives));
    static_assert(size <= max_terms, "an order of preference takes at most 16 terms");
    static_assert(levels <= max_levels, "an order of preference takes at most 4 levels");

    constexpr explicit lexicographic(detail::level<Objectives>... all) : levels_(all...) {}

    /// The next level: a term (tolerance in the dimension of its reference) or an evaluator (tolerance a number).
    template <class Term, class... Tolerance>
    constexpr auto then(Term term, Tolerance... tolerance) const {
        const auto next = detail::level_of(term, tolerance...);
        return levels_.pass([next](auto... all) { return join(all..., next); });
    }

    template <class Rep>
    constexpr score<Rep, size, levels> operator()(const outcome<Rep>& o, unsigned left_out = 0) const {
        detail::tally<Rep, size, levels> t;
        auto add = [&]<int I>(const auto& l) { l.objective.template add_to<first_of(I)>(t, o, left_out, l.tolerance); };
        levels_.template each<0>(add);
        return t.s;
    }
    template <class Rep>
    constexpr unsigned ignorable(const outcome<Rep>& o) const {
        unsigned bits = 0;
        auto look = [&]<int I>(const auto& l) { bits |= l.objective.ignorable(o) << first_of(I); };
        levels_.template each<0>(look);
        return bits;
    }
    constexpr const char* name(int i) const {
        return ask(i, [](const auto& e, int k) { return e.name(k); });
    }
    constexpr term_role role(int i) const {
        return ask(i, [](const auto& e, int k) { return e.role(k); });
    }
    constexpr cats_category category(int i) const {
        return ask(i, [](const auto& e, int k) { return e.category(k); });
    }
    constexpr double weight(int i) const {
        return ask(i, [](const auto& e, int k) { return e.weight(k); });
    }
    constexpr aggregation how() const { return aggregation::lexicographic; }

  private:
    template <class... All>
    static constexpr auto join(detail::level<All>... all) {
        return lexicographic<All...>(all...);
    }
    static constexpr int first_of(int level) {
        constexpr int sizes[] = {Objectives::size...};
        int first = 0;
        for (int i = 0; i < level; ++i) first += sizes[i];
        return first;
    }
    template <class F>
    constexpr auto ask(int i, F f) const {
        decltype(f(levels_.first.objective, 0)) found{};
        auto look = [&]<int I, class Objective>(const detail::level<Objective>& l) {
            if (i >= first_of(I) && i < first_of(I) + Objective::size) found = f(l.objective, i - first_of(I));
        };
        levels_.template each<0>(look);
        return found;
    }
    detail::list<detail::level<Objectives>...> levels_;
};

/// `first(terms::unavailability{}, 0.001).then(terms::full_cost{}, 500_usd).then(terms::carbon{})`
template <class Term, class... Tolerance>
constexpr auto first(Term term, Tolerance... tolerance) {
    const auto l = detail::level_of(term, tolerance...);
    return lexicographic<decltype(l.objective)>(l);
}

} // namespace uonaco::inline UONACO_ABI
