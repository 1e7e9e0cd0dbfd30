// SPDX-License-Identifier: Apache-2.0
// Ready-made objectives, by name.
#pragma once

#include "lexicographic.hpp"
#include "terms.hpp"

#include "../decision/profile.hpp"

namespace uonaco::inline UONACO_ABI {

/// Money + carbon price x carbon + value of time x completion time.
inline constexpr evaluator by_full_cost{weigh(1.0, terms::full_cost{})};
/// Services by the time to the first token, all else by completion.
inline constexpr evaluator by_time{weigh(1.0, terms::completion_time{}), weigh(0.1, terms::first_token{})};
inline constexpr evaluator by_money{weigh(1.0, terms::money{})};
/// Of what emits and draws the same, what costs less in full; of equals in that the one found first stays.
inline constexpr lexicographic by_carbon =
    first(evaluator{weigh(1.0, terms::carbon{}), weigh(0.001, terms::energy{})}).then(terms::full_cost{});

/// Calls `f` with the objective a profile names. All of them have positive weights on references of one unit, so a preset
/// orders candidates of one workload; its value means nothing across workloads.
template <class F>
constexpr decltype(auto) with_preset(preset p, F f) {
    using namespace literals;
    switch (p) {
    case preset::fastest: return f(by_time);
    case preset::cheapest: return f(by_money);
    case preset::greenest: return f(by_carbon);
    case preset::balanced:
        return f(evaluator{weigh(0.4, terms::completion_time{1_h}), weigh(0.4, terms::full_cost{1000_usd}),
                           weigh(0.2, terms::carbon{100_kg})});
    case preset::full_cost: break;
    }
    return f(by_full_cost);
}

} // namespace uonaco::inline UONACO_ABI
