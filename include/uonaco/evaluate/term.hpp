// SPDX-License-Identifier: Apache-2.0
// The concept of a term: what anybody may add to an objective.
#pragma once

#include "../decision/outcome.hpp"
#include "../decision/term_kind.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
template <class T>
inline constexpr bool is_pure_number = false;
template <class Rep>
inline constexpr bool is_pure_number<scalar<Rep>> = true;
template <class Rep>
inline constexpr bool is_pure_number<maybe<scalar<Rep>>> = true;

template <class T>
concept has_text_name = requires(const char*& text) {
    text = T::name;
};
template <class T>
concept has_cost = requires(const T& t, const outcome<double>& o) {
    t.cost(o);
};
template <class T>
concept costs_a_pure_number = has_cost<T> && requires(const T& t, const outcome<double>& o) {
    requires is_pure_number<decltype(t.cost(o))>;
};
template <class T>
concept says_what_unknown_does = requires(on_unknown& policy) {
    policy = T::unknown;
};
template <class T>
concept penalises = requires {
    requires T::unknown == on_unknown::penalise;
};
template <class T>
concept has_worst = requires(const T& t) {
    static_cast<double>(t.worst);
};
template <class T>
concept may_be_unknown = has_cost<T> && requires(const T& t, const outcome<double>& o) {
    requires is_maybe<decltype(t.cost(o))>;
};
} // namespace detail

/// Minimal complete definition: `static constexpr const char* name`, and `cost(const outcome<double>&) const` that returns
/// scalar<double> (a quantity divided by a reference of the same dimension) or, where a figure may be unknown, maybe<scalar<double>>
/// with `static constexpr on_unknown unknown`, and `worst` where that penalises.
/// Optional: cost as a template over Rep, which is fused into the batch loop; otherwise it is called once a lane.
/// Laws: pure, finite, lower is better. Checked by testing/laws.hpp.
template <class T>
concept objective_term = detail::has_text_name<T> && detail::costs_a_pure_number<T> &&
    (!detail::may_be_unknown<T> || detail::says_what_unknown_does<T>)&&(!detail::penalises<T> || detail::has_worst<T>);

} // namespace uonaco::inline UONACO_ABI
