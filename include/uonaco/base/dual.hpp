// SPDX-License-Identifier: Apache-2.0
// dual<N>: a value and its derivatives in N directions, through the same formulas as one double.
#pragma once

#include "lanes.hpp"

namespace uonaco::inline UONACO_ABI {

/// Each slope is the derivative towards more: that of f(x + e) for e falling to 0. Where min or max meet equals, the smaller or the
/// greater slope is the one that they follow, direction by direction; so derivatives are right at kinks too, from that side.
/// Comparisons, and the branch that select takes, go by value. The value has the bits that the formula over double gives.
/// N: 2, 4 or 8, fastest at the native SIMD width. Trivially copyable.
template <int N>
struct dual {
    using is_number = void; // quantities mix with it

    double value = 0;
    lanes<N> slope{};

    constexpr dual() = default;
    constexpr dual(double x) : value(x) {} ///< a constant
    /// The input that direction i moves.
    static constexpr dual variable(double x, int i) {
        dual d(x);
        d.slope.set(i, 1);
        return d;
    }
    /// f(x) where f is known at x.value, with its derivative there.
    static constexpr dual chain(const dual& x, double f, double derivative) {
        dual d(f);
        d.slope = x.slope * lanes<N>(derivative);
        return d;
    }

    friend constexpr dual operator+(dual a, const dual& b) {
        a.value += b.value;
        a.slope += b.slope;
        return a;
    }
    friend constexpr dual operator-(dual a, const dual& b) {
        a.value -= b.value;
        a.slope -= b.slope;
        return a;
    }
    friend constexpr dual operator*(const dual& a, const dual& b) {
        dual d(a.value * b.value);
        d.slope = a.slope * lanes<N>(b.value) + lanes<N>(a.value) * b.slope;
        return d;
    }
    friend constexpr dual operator/(const dual& a, const dual& b) {
        dual d(a.value / b.value);
        const double inverse = 1 / b.value;
        d.slope = (a.slope - lanes<N>(d.value) * b.slope) * lanes<N>(inverse);
        return d;
    }
    friend constexpr dual operator-(const dual& a) { return chain(a, -a.value, -1); }

    // With a constant nothing is multiplied by 0.
    friend constexpr dual operator+(dual a, double b) {
        a.value += b;
        return a;
    }
    friend constexpr dual operator+(double a, dual b) {
        b.value = a + b.value;
        return b;
    }
    friend constexpr dual operator-(dual a, double b) {
        a.value -= b;
        return a;
    }
    friend constexpr dual operator-(double a, const dual& b) { return chain(b, a - b.value, -1); }
    friend constexpr dual operator*(const dual& a, double b) { return chain(a, a.value * b, b); }
    friend constexpr dual operator*(double a, const dual& b) { return chain(b, a * b.value, a); }
    friend constexpr dual operator/(const dual& a, double b) { return chain(a, a.value / b, 1 / b); }
    friend constexpr dual operator/(double a, const dual& b) {
        const double f = a / b.value;
        return chain(b, f, -f / b.value);
    }

    constexpr dual& operator+=(const dual& b) { return *this = *this + b; }
    constexpr dual& operator-=(const dual& b) { return *this = *this - b; }
    constexpr dual& operator*=(const dual& b) { return *this = *this * b; }
    constexpr dual& operator/=(const dual& b) { return *this = *this / b; }

    friend constexpr bool operator<(const dual& a, const dual& b) { return a.value < b.value; }
    friend constexpr bool operator>(const dual& a, const dual& b) { return a.value > b.value; }
    friend constexpr bool operator<=(const dual& a, const dual& b) { return a.value <= b.value; }
    friend constexpr bool operator>=(const dual& a, const dual& b) { return a.value >= b.value; }
    friend constexpr bool operator==(const dual& a, const dual& b) { return a.value == b.value; }
    friend constexpr bool operator!=(const dual& a, const dual& b) { return a.value != b.value; }
};

template <int N>
constexpr dual<N> select(bool c, const dual<N>& a, const dual<N>& b) {
    return c ? a : b;
}
template <int N>
constexpr dual<N> min(const dual<N>& a, const dual<N>& b) {
    if (a.value != b.value) return b.value < a.value ? b : a;
    dual<N> d = a;
    d.slope = min(a.slope, b.slope);
    return d;
}
template <int N>
constexpr dual<N> max(const dual<N>& a, const dual<N>& b) {
    if (a.value != b.value) return a.value < b.value ? b : a;
    dual<N> d = a;
    d.slope = max(a.slope, b.slope);
    return d;
}

/// Its value is all of a dual that a count or a table can be asked for.
template <int N>
constexpr double lane(const dual<N>& x, int) {
    return x.value;
}

using native_dual = dual<UONACO_LANES>;

} // namespace uonaco::inline UONACO_ABI
