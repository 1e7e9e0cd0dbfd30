// SPDX-License-Identifier: Apache-2.0
// Rows in order, without moving what they are rows of.
#pragma once

#include "../base/config.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::detail {

/// 0..n-1 in the order of before(a, b); equals stay in the order of rows. Stable merge sort: O(n log n) comparisons.
template <class Before>
std::vector<unsigned> ordered_rows(unsigned n, Before before) {
    std::vector<unsigned> rows(n), merged(n);
    for (unsigned i = 0; i < n; ++i) rows[i] = i;
    for (unsigned long width = 1; width < n; width *= 2) {
        for (unsigned long from = 0; from < n; from += 2 * width) {
            const unsigned long middle = from + width < n ? from + width : n;
            const unsigned long end = from + 2 * width < n ? from + 2 * width : n;
            unsigned long left = from, right = middle;
            for (unsigned long at = from; at < end; ++at) {
                const bool take_right = left == middle || (right < end && before(rows[right], rows[left]));
                merged[at] = take_right ? rows[right++] : rows[left++];
            }
        }
        rows.swap(merged);
    }
    return rows;
}

} // namespace uonaco::inline UONACO_ABI::detail
