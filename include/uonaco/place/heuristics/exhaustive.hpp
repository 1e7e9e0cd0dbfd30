// SPDX-License-Identifier: Apache-2.0
// The best of all candidates.
#pragma once

#include "../heuristic.hpp"

namespace uonaco::inline UONACO_ABI {

/// Every candidate of the problem's space: the reference the others are measured against.
struct exhaustive {
    static constexpr const char* name = "exhaustive";

    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        search<Evaluator> found(p, e, name);
        for_each_candidate(p, [&](const candidate& c) { found.offer(c); });
        return found.finish();
    }
};

} // namespace uonaco::inline UONACO_ABI
