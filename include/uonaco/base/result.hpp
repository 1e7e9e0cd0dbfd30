// SPDX-License-Identifier: Apache-2.0
// A value or the reason why there is none. Works without exceptions and RTTI.
#pragma once

#include "assert.hpp"
#include "errc.hpp"

#include <iosfwd>

namespace uonaco::inline UONACO_ABI {

/// Why a question has no positive answer: the kind of failure, what it concerns, and by how much it failed.
template <class Text>
struct basic_failure {
    errc code = errc::none;
    Text subject{}; ///< id of the workload, site, link or field concerned
    double margin =
        0.0;       ///< how far from acceptable, relative to the limit (0.1 = 10 % short); 0 where it has no measure
    Text detail{}; ///< one sentence for a person
    long long tried = 0; ///< candidates looked at, of a search

    friend constexpr bool operator==(const basic_failure&, const basic_failure&) = default;
};

/// Either a T or an E. Thread-safe as T and E are; owns what it holds.
template <class T, class E>
class [[nodiscard]] basic_result {
  public:
    constexpr basic_result(T value) : value_(static_cast<T&&>(value)), good_(true) {}
    constexpr basic_result(E error) : error_(static_cast<E&&>(error)) {}

    constexpr explicit operator bool() const { return good_; }
    constexpr bool has_value() const { return good_; }

    /// Precondition: has_value().
    constexpr const T& operator*() const& { return UONACO_ASSERT(good_), value_; }
    constexpr T& operator*() & { return UONACO_ASSERT(good_), value_; }
    constexpr T&& operator*() && { return UONACO_ASSERT(good_), static_cast<T&&>(value_); }
    constexpr const T* operator->() const { return UONACO_ASSERT(good_), &value_; }
    constexpr T* operator->() { return UONACO_ASSERT(good_), &value_; }

    /// Precondition: !has_value().
    constexpr const E& error() const { return UONACO_ASSERT(!good_), error_; }

  private:
    T value_{};
    E error_{};
    bool good_ = false;
};

/// The library's own; whoever makes one includes <string>.
using failure = basic_failure<std::string>;
template <class T>
using result = basic_result<T, failure>;

} // namespace uonaco::inline UONACO_ABI
