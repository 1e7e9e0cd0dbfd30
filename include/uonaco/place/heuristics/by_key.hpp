// SPDX-License-Identifier: Apache-2.0
// Heuristics that walk the whole space and differ in their key alone, one at a time or several in one walk.
#pragma once

#include "../heuristic.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
UONACO_LAZY
bool uses_what_exists(const candidate& c) {
    for (const connection& k : c.pairs)
        if (k.action != network_action::none && k.action != network_action::use) return false;
    return c.access.action == network_action::none || c.access.action == network_action::use;
}
/// Shows a search what its heuristic looks at.
template <class Heuristic, class Search>
void offer_by_key(const problem& p, Search& found, const candidate& c, const assessment& a) {
    if (Heuristic::existing_only && !uses_what_exists(c)) return;
    found.offer(c, a, [&](const ranked& r) { return Heuristic::key(p, r); });
}
template <class Heuristic, class Evaluator>
using search_by_key = search<Evaluator, decltype(Heuristic::key(problem{}, ranked{}))>;

template <class Heuristic, class Evaluator>
result<placement> choose_by_key(const problem& p, const Evaluator& e) {
    search_by_key<Heuristic, Evaluator> found(p, e, Heuristic::name);
    for_each_candidate(
        p, [&](const candidate& c) { found.offer(c, [&](const ranked& r) { return Heuristic::key(p, r); }); },
        Heuristic::existing_only ? network_choice::existing : network_choice::searched);
    return found.finish();
}
} // namespace detail

/// What each heuristic finds when asked alone, bit for bit, in their order; every candidate is assessed once for all of them. For
/// those that have a `key` (the silos and `exhaustive`).
template <class... Heuristics, class Evaluator>
std::vector<result<placement>> ask_together(const problem& p, const Evaluator& e) {
    const auto walk = [&](detail::search_by_key<Heuristics, Evaluator>... found) {
        assessment a;
        for_each_candidate(p, [&](const candidate& c) {
            assess(p.where(), p.what(), c, a);
            (detail::offer_by_key<Heuristics>(p, found, c, a), ...);
        });
        const maybe<units::money> relaxed = (found.any() || ...) ? relaxed_cost(p) : maybe<units::money>{};
        std::vector<result<placement>> all;
        (all.push_back(found.finish(relaxed)), ...);
        return all;
    };
    return walk(detail::search_by_key<Heuristics, Evaluator>(p, e, Heuristics::name)...);
}

} // namespace uonaco::inline UONACO_ABI
