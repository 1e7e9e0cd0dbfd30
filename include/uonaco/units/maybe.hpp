// SPDX-License-Identifier: Apache-2.0
// maybe<T>: a value that may be unknown. Unknown is not zero: nothing here reads it as a number.
#pragma once

#include "quantity.hpp"

#include "../base/assert.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
template <class T>
struct known_of {
    using type = bool;
};
template <class K, class R>
struct known_of<quantity<K, R>> {
    using type = answer_t<R>;
};
template <class T>
constexpr typename known_of<T>::type known_everywhere() {
    if constexpr (requires { typename T::rep; })
        return answer_of<typename T::rep>(true);
    else
        return true;
}
} // namespace detail

/// Sums and products with an unknown are unknown. Over lanes, each lane is known or not by itself.
template <class T>
class maybe {
  public:
    using value_type = T;
    using known_type = typename detail::known_of<T>::type;

    constexpr maybe() = default;
    constexpr maybe(T value) : value_(static_cast<T&&>(value)), known_(detail::known_everywhere<T>()) {}
    template <class U>
        requires(!__is_same(U, T) && !__is_same(U, maybe) && __is_constructible(T, U) &&
                 requires(void (&take)(T), U u) { take(u); })
    constexpr maybe(U value) : maybe(T(value)) {}
    /// A value known only where `known` says so.
    static constexpr maybe where(known_type known, T value) {
        maybe m(value);
        m.known_ = known;
        return m;
    }

    constexpr known_type known() const { return known_; }
    constexpr explicit operator bool() const requires __is_same(known_type, bool) { return known_; }
    /// Precondition: known (in every lane).
    constexpr const T& value() const {
        UONACO_ASSERT(all(known_));
        return value_;
    }
    constexpr const T& operator*() const { return value(); }
    constexpr const T* operator->() const { return &value(); }
    constexpr T value_or(T other) const {
        if constexpr (__is_same(known_type, bool))
            return known_ ? value_ : other;
        else
            return select(known_, value_, other);
    }

    friend constexpr bool operator==(const maybe& a, const maybe& b) requires __is_same(known_type, bool) {
        return a.known_ == b.known_ && (!a.known_ || a.value_ == b.value_);
    }

  private:
    T value_{};
    known_type known_{};
};

template <class T>
inline constexpr bool is_maybe = false;
template <class T>
inline constexpr bool is_maybe<maybe<T>> = true;

template <class A, class B>
    requires requires(A a, B b) { a + b; }
constexpr auto operator+(const maybe<A>& a, const maybe<B>& b) {
    auto sum = a.value_or(A{}) + b.value_or(B{});
    return maybe<decltype(sum)>::where(both(a.known(), b.known()), sum);
}
template <class A, class B>
    requires requires(A a, B b) { a* b; }
constexpr auto operator*(const maybe<A>& a, const maybe<B>& b) {
    auto product = a.value_or(A{}) * b.value_or(B{});
    return maybe<decltype(product)>::where(both(a.known(), b.known()), product);
}
template <class A, class B>
    requires(!is_maybe<B>)
&&requires(A a, B b) { a + b; }
constexpr auto operator+(const maybe<A>& a, B b) {
    auto sum = a.value_or(A{}) + b;
    return maybe<decltype(sum)>::where(a.known(), sum);
}
template <class A, class B>
    requires(!is_maybe<B>)
&&requires(A a, B b) { a* b; }
constexpr auto operator*(const maybe<A>& a, B b) {
    auto product = a.value_or(A{}) * b;
    return maybe<decltype(product)>::where(a.known(), product);
}

} // namespace uonaco::inline UONACO_ABI
