// SPDX-License-Identifier: Apache-2.0
// A sort without <algorithm>: what is added up in an order is added up in the same one everywhere.
#pragma once

#include "../base/config.hpp"

namespace uonaco::inline UONACO_ABI::detail {

template <class T>
constexpr void exchange(T& a, T& b) {
    T c = static_cast<T&&>(a);
    a = static_cast<T&&>(b);
    b = static_cast<T&&>(c);
}

/// Heap sort of array[0..size). `before(a, b)`: a strict order; elements that it does not tell apart may change places, always alike.
/// O(n log n) whatever the order, no memory.
template <class T, class Before>
constexpr void sort(T* array, unsigned long size, const Before& before) {
    const auto sink = [&](unsigned long i, unsigned long end) {
        for (unsigned long child = 2 * i + 1; child < end; i = child, child = 2 * i + 1) {
            if (child + 1 < end && before(array[child], array[child + 1])) ++child;
            if (!before(array[i], array[child])) return;
            exchange(array[i], array[child]);
        }
    };
    for (unsigned long i = size / 2; i-- > 0;) sink(i, size);
    for (unsigned long end = size; end-- > 1;) {
        exchange(array[0], array[end]);
        sink(0, end);
    }
}

} // namespace uonaco::inline UONACO_ABI::detail
