// SPDX-License-Identifier: Apache-2.0
// The terms that ship: each a figure of the outcome over a reference of its dimension. The list is decision/term_kind.hpp.
#pragma once

#include "term.hpp"

#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI::terms {

namespace detail {
template <class K, class Rep, class Reference>
constexpr scalar<Rep> over(quantity<K, Rep> figure, Reference reference) {
    return scalar<Rep>(figure / reference);
}
template <class Q, class Reference>
constexpr auto over(const maybe<Q>& figure, Reference reference) {
    using pure = scalar<typename Q::rep>;
    return maybe<pure>::where(figure.known(), pure(figure.value_or({}) / reference));
}
/// What is missing from an efficiency of 1.
template <class Q>
constexpr maybe<Q> lack(const maybe<Q>& efficiency) {
    return maybe<Q>::where(efficiency.known(), Q(1.0 - efficiency.value_or({})));
}
} // namespace detail

// `money{100_usd}` counts in hundreds of USD. A candidate with an unknown price cannot be ranked by it; without a network there is
// no network efficiency, which counts as the worst there is. Other ways with unknowns: unknown_as.
#define UONACO_WHEN_UNKNOWN_never
#define UONACO_WHEN_UNKNOWN_ignore static constexpr on_unknown unknown = on_unknown::ignore;
#define UONACO_WHEN_UNKNOWN_exclude static constexpr on_unknown unknown = on_unknown::exclude;
#define UONACO_WHEN_UNKNOWN_penalise static constexpr on_unknown unknown = on_unknown::penalise;
#define UONACO_WORST_never
#define UONACO_WORST_ignore
#define UONACO_WORST_exclude
#define UONACO_WORST_penalise units::factor worst = units::factor(units::ratio(1.0) / reference); ///< in references
#define UONACO_TERM(name_, text_, kind_, reference_, category_, unknown_, ...)                                         \
    struct name_ {                                                                                                     \
        static constexpr const char* name = text_;                                                                     \
        static constexpr term_kind kind = term_kind::name_;                                                            \
        static constexpr cats_category category = cats_category::category_;                                            \
        UONACO_WHEN_UNKNOWN_##unknown_ units::kind_ reference = reference_;                                            \
        UONACO_WORST_##unknown_ template <class Rep>                                                                   \
        constexpr auto cost(const outcome<Rep>& o) const {                                                             \
            return detail::over(__VA_ARGS__, reference);                                                               \
        }                                                                                                              \
    };
UONACO_TERM_KINDS(UONACO_TERM)
#undef UONACO_TERM
#undef UONACO_WORST_penalise
#undef UONACO_WORST_exclude
#undef UONACO_WORST_ignore
#undef UONACO_WORST_never
#undef UONACO_WHEN_UNKNOWN_penalise
#undef UONACO_WHEN_UNKNOWN_exclude
#undef UONACO_WHEN_UNKNOWN_ignore
#undef UONACO_WHEN_UNKNOWN_never

} // namespace uonaco::inline UONACO_ABI::terms
