// SPDX-License-Identifier: Apache-2.0
// The best of all candidates.
#pragma once

#include "by_key.hpp"
#include "greedy.hpp"

namespace uonaco::inline UONACO_ABI {

/// Every candidate of the problem's space: the reference the others are measured against.
struct exhaustive {
    static constexpr const char* name = "exhaustive";
    static constexpr bool existing_only = false;
    static standing key(const problem&, const ranked& r) { return r.standing(); }

    /// Where not all candidates are looked at, what `greedy` comes to as well: so it never does better.
    template <class Evaluator>
    static void look_further(const problem& p, const Evaluator& e, search<Evaluator>& found) {
        if (candidate_stream::searches_whole(p) || p.what().is_transfer()) return;
        search<Evaluator> other(p, e, name);
        greedy{}.look(p, other);
        if (const auto best = other.finish(maybe<units::money>{})) found.offer(best->best.choice);
    }

    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        return detail::choose_by_key<exhaustive>(p, e);
    }
};

} // namespace uonaco::inline UONACO_ABI
