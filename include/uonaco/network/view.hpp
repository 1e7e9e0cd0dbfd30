// SPDX-License-Identifier: Apache-2.0
// view<T>: read access to someone else's array, so that weights and masks are whatever container the caller keeps.
#pragma once

#include "../base/assert.hpp"

namespace uonaco::inline UONACO_ABI {

/// A pointer and a size. Valid as long as the array it looks at; concurrent reads are safe.
template <class T>
class view {
  public:
    using value_type = T;

    constexpr view() = default;
    constexpr view(const T* first, unsigned long size) : first_(first), size_(size) {}
    template <unsigned long N>
    constexpr view(const T (&array)[N]) : first_(array), size_(N) {}
    /// From anything that keeps its elements in one piece: std::vector, std::array, std::span.
    template <class Array>
        requires requires(const Array& a, const T*& first) { first = a.data(), a.size(); }
    constexpr view(const Array& array) : first_(array.data()), size_(array.size()) {}

    constexpr unsigned long size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr const T* data() const { return first_; }
    constexpr const T* begin() const { return first_; }
    constexpr const T* end() const { return first_ + size_; }
    constexpr const T& operator[](unsigned long i) const {
        UONACO_ASSERT(i < size_);
        return first_[i];
    }

  private:
    const T* first_ = nullptr;
    unsigned long size_ = 0;
};

} // namespace uonaco::inline UONACO_ABI
