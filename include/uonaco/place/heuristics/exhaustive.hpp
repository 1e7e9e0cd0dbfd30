// SPDX-License-Identifier: Apache-2.0
// The best of all candidates.
#pragma once

#include "by_key.hpp"

namespace uonaco::inline UONACO_ABI {

/// Every candidate of the problem's space: the reference the others are measured against.
struct exhaustive {
    static constexpr const char* name = "exhaustive";
    static constexpr bool existing_only = false;
    static standing key(const problem&, const ranked& r) { return r.standing(); }

    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        return detail::choose_by_key<exhaustive>(p, e);
    }
};

} // namespace uonaco::inline UONACO_ABI
