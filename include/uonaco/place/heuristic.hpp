// SPDX-License-Identifier: Apache-2.0
// The concept of a placement heuristic: what anybody may plug in.
#pragma once

#include "search.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
template <class H, class E>
concept can_be_called = requires(const H& h, const problem& p, const E& e) {
    h(p, e);
};
template <class H, class E>
concept returns_a_placement = can_be_called<H, E> && requires(const H& h, const problem& p, const E& e) {
    requires __is_same(decltype(h(p, e)), result<placement>);
};
/// A heuristic need not have a name.
template <class Heuristic>
constexpr const char* name_of() {
    if constexpr (requires(const char*& n) { n = Heuristic::name; })
        return Heuristic::name;
    else
        return "unnamed heuristic";
}
} // namespace detail

/// Minimal complete definition: `result<placement> operator()(const problem&, const Evaluator&) const`, as a template over the
/// evaluator or for one. No base class, no registration.
/// Laws (testing/laws.hpp): the same answer each time; no capacity and no hard limit violated; never better than `exhaustive` (but for
/// `optimum`, which looks beyond the space of all others), whose choice it agrees with or whose gap it admits.
template <class H, class E>
concept placement_heuristic = detail::returns_a_placement<H, E>;

/// Asks a heuristic, with a plain message where it is none.
template <class H, class E>
result<placement> ask(const H& h, const problem& p, const E& e) {
    static_assert(detail::can_be_called<H, E>, "a placement_heuristic needs a call operator: result<placement> "
                                               "operator()(const problem&, const Evaluator&) const");
    static_assert(!detail::can_be_called<H, E> || detail::returns_a_placement<H, E>,
                  "a placement_heuristic must return result<placement>");
    return h(p, e);
}

} // namespace uonaco::inline UONACO_ABI
