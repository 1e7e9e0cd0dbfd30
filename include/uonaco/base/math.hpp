// SPDX-License-Identifier: Apache-2.0
// The one door to transcendental functions. exp and log are computed here, by the same additions and products for one
// double, for lanes and for the values of duals, so that a scalar call, a batch, g++ and clang agree bit for bit (built with -ffp-contract=off).
#pragma once

#include "assert.hpp"
#include "dual.hpp"
#include "lanes.hpp"

namespace uonaco::inline UONACO_ABI::math {

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double ln2 = 0.693147180559945309417;

constexpr double abs(double x) { return x < 0 ? -x : x; }
inline double sqrt(double x) { return __builtin_sqrt(x); } // IEEE 754 rounds it correctly everywhere
inline double floor(double x) { return __builtin_floor(x); }
inline double ceil(double x) { return __builtin_ceil(x); }
constexpr bool finite(double x) { return x - x == 0; }

/// Where figures end. What is beyond, or is no number, comes out as exactly so much: see saturate().
inline constexpr double most = 1e300;

/// The gate through which figures leave formulas: x within -most and most, and most where x is no number. What is saturated is absurd, but
/// finite; is_saturated() tells it from a figure. The same bits for a double and for lanes.
template <class Rep>
constexpr Rep saturate(Rep x) {
    using uonaco::max;
    using uonaco::min;
    return max(Rep(-most), min(Rep(most), x)); // in this order: of a NaN, min and max return their first argument
}
constexpr bool is_saturated(double x) { return !(abs(x) < most); }

/// Precondition: x >= 0.
template <int W>
inline lanes<W> sqrt(lanes<W> x) {
#if defined(__GNUC__) && !defined(__clang__) // g++ would test each lane for errno
#if defined(__SSE2__)
    if constexpr (W == 2) return __builtin_ia32_sqrtpd(x.v);
#endif
#if defined(__AVX__)
    if constexpr (W == 4) return __builtin_ia32_sqrtpd256(x.v);
#endif
#if defined(__AVX512F__)
    if constexpr (W == 8) return __builtin_ia32_sqrtpd512_mask(x.v, x.v, -1, 4); // all lanes, rounded as usual
#endif
#endif
    // of abs, so that clang need not
    for (int i = 0; i < W; ++i) x.set(i, __builtin_sqrt(__builtin_fabs(x[i])));
    return x;
}
template <int W>
inline lanes<W> floor(lanes<W> x) {
#if defined(__GNUC__) && !defined(__clang__) // g++ would take the lanes apart; 9: downwards, without exceptions
#if defined(__SSE4_1__)
    if constexpr (W == 2) return __builtin_ia32_roundpd(x.v, 9);
#endif
#if defined(__AVX__)
    if constexpr (W == 4) return __builtin_ia32_roundpd256(x.v, 9);
#endif
#endif
    for (int i = 0; i < W; ++i) x.set(i, __builtin_floor(x[i]));
    return x;
}

namespace detail {
// Adding and taking away 1.5 * 2^52 rounds to the nearest integer without a call or a branch.
inline constexpr double to_integer = 6755399441055744.0;

inline constexpr double whole_from = 4503599627370496.0; // 2^52: no double from there on has a fraction

constexpr double power_of_two(double shifted) {
    const auto bits = __builtin_bit_cast(unsigned long long, shifted);
    return __builtin_bit_cast(double, (bits + 1023) << 52);
}
template <int W>
constexpr lanes<W> power_of_two(lanes<W> shifted) {
    using integers = typename mask<W>::native;
    const auto bits = __builtin_bit_cast(integers, shifted.v);
    return lanes<W>(__builtin_bit_cast(typename lanes<W>::native, (bits + 1023) << 52));
}
template <class Rep>
struct parts {
    Rep exponent; ///< as a double
    Rep mantissa; ///< in [1, 2)
};
constexpr parts<double> split(double x) {
    const auto bits = __builtin_bit_cast(unsigned long long, x);
    const auto e = (bits >> 52) | 0x4330000000000000ull; // 2^52 + biased exponent
    const auto m = (bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull;
    return {__builtin_bit_cast(double, e) - 4503599627371519.0, __builtin_bit_cast(double, m)};
}
template <int W>
constexpr parts<lanes<W>> split(lanes<W> x) {
    using integers = typename mask<W>::native;
    using native = typename lanes<W>::native;
    const auto bits = __builtin_bit_cast(integers, x.v);
    const integers e = ((bits >> 52) & 0x7ff) | 0x4330000000000000ll;
    const integers m = (bits & 0x000fffffffffffffll) | 0x3ff0000000000000ll;
    return {lanes<W>(__builtin_bit_cast(native, e)) - lanes<W>(4503599627371519.0),
            lanes<W>(__builtin_bit_cast(native, m))};
}
} // namespace detail

/// Without a call for each lane. Precondition: x >= 0.
template <int W>
constexpr lanes<W> ceil(lanes<W> x) {
    const lanes<W> near = (x + detail::whole_from) - detail::whole_from;
    return select(x < detail::whole_from, select(near < x, near + 1.0, near), x);
}

namespace detail {
template <class Rep>
struct power {
    Rep scale; ///< 2^k
    Rep rest;  ///< e^r - 1
};
/// e^x = 2^k e^r with |r| <= ln2/2, and e^r - 1 by its Taylor polynomial of degree 13. Inlined whatever a compiler thinks of its size:
/// a call would put all that a block keeps in registers into memory.
template <class Rep>
[[gnu::always_inline]] constexpr power<Rep> power_of_e(Rep x) {
    using uonaco::max;
    using uonaco::min;
    x = min(max(x, Rep(-700.0)), Rep(700.0));
    const Rep shifted = x * Rep(1.44269504088896340736) + Rep(to_integer);
    const Rep k = shifted - Rep(to_integer);
    const Rep r = (x - k * Rep(6.93147180369123816490e-01)) - k * Rep(1.90821492927058770002e-10);
    // Terms in pairs and pairs of pairs: nothing waits for a long chain as in Horner's scheme.
    const Rep r2 = r * r;
    const Rep r4 = r2 * r2;
    const auto pair = [r](double a, double b) { return Rep(a) + Rep(b) * r; };
    const Rep low = r2 * pair(1.0 / 2, 1.0 / 6) + r4 * (pair(1.0 / 24, 1.0 / 120) + r2 * pair(1.0 / 720, 1.0 / 5040));
    const Rep high = (pair(1.0 / 40320, 1.0 / 362880) + r2 * pair(1.0 / 3628800, 1.0 / 39916800)) +
                     r4 * pair(1.0 / 479001600, 1.0 / 6227020800);
    return {power_of_two(shifted), r + (low + (r4 * r4) * high)};
}
} // namespace detail

/// e^x; relative error below 1e-15. Arguments are held to [-700, 700]: beyond, the result saturates (about 1e-304, 1e304) and
/// stays finite.
template <class Rep>
[[gnu::always_inline]] constexpr Rep exp(Rep x) {
    const auto p = detail::power_of_e(x);
    return p.scale + p.scale * p.rest;
}

/// e^x - 1 without the loss of digits where x is small; relative error below 1e-15. Held to the same range.
template <class Rep>
[[gnu::always_inline]] constexpr Rep expm1(Rep x) {
    const auto p = detail::power_of_e(x);
    return (p.scale - Rep(1.0)) + p.scale * p.rest;
}

/// Natural logarithm for positive normal x (precondition), by the series of atanh on a mantissa in [sqrt(1/2), sqrt(2));
/// relative error below 1e-14 away from 1, absolute error below 1e-15 near 1.
template <class Rep>
constexpr Rep log(Rep x) {
    auto [e, m] = detail::split(x);
    const auto high = m > Rep(1.41421356237309504880);
    using uonaco::select;
    m = select(high, m * Rep(0.5), m);
    e = select(high, e + Rep(1.0), e);
    const Rep s = (m - Rep(1.0)) / (m + Rep(1.0));
    const Rep z = s * s;
    Rep p = Rep(1.0 / 21.0);
    constexpr double c[] = {1.0 / 19.0, 1.0 / 17.0, 1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0,
                            1.0 / 9.0,  1.0 / 7.0,  1.0 / 5.0,  1.0 / 3.0,  1.0};
    for (const double a : c) p = p * z + Rep(a);
    return e * Rep(6.93147180369123816490e-01) + (Rep(2.0) * s * p + e * Rep(1.90821492927058770002e-10));
}

/// x^y for x > 0.
template <class Rep>
constexpr Rep pow(Rep x, Rep y) {
    return exp(y * log(x));
}

/// Of duals: the value as of a double, slopes by the chain rule. Beyond the range that exp holds its argument to, it is flat; steps
/// are flat too, and the root is at 0, where it has no slope.
template <int N>
constexpr dual<N> abs(const dual<N>& x) {
    return uonaco::max(x, -x);
}
template <int N>
inline dual<N> sqrt(const dual<N>& x) {
    const double f = sqrt(x.value);
    return dual<N>::chain(x, f, f > 0 ? 0.5 / f : 0.0);
}
template <int N>
inline dual<N> floor(const dual<N>& x) {
    return floor(x.value);
}
template <int N>
inline dual<N> ceil(const dual<N>& x) {
    return ceil(x.value);
}
template <int N>
constexpr bool finite(const dual<N>& x) {
    for (int i = 0; i < N; ++i)
        if (!finite(x.slope[i])) return false;
    return finite(x.value);
}
/// What is saturated is flat. A slope that is beyond saturates, too.
template <int N>
constexpr dual<N> saturate(const dual<N>& x) {
    if (is_saturated(x.value)) return saturate(x.value);
    dual<N> d(x.value);
    d.slope = saturate(x.slope);
    return d;
}
template <int N>
constexpr dual<N> exp(const dual<N>& x) {
    const double f = exp(x.value);
    return dual<N>::chain(x, f, abs(x.value) < 700 ? f : 0.0);
}
template <int N>
constexpr dual<N> expm1(const dual<N>& x) {
    const double f = expm1(x.value);
    return dual<N>::chain(x, f, abs(x.value) < 700 ? f + 1 : 0.0);
}
template <int N>
constexpr dual<N> log(const dual<N>& x) {
    return dual<N>::chain(x, log(x.value), 1 / x.value);
}
/// x^y for x > 0.
template <int N>
constexpr dual<N> pow(const dual<N>& x, double y) {
    const double f = pow(x.value, y);
    return dual<N>::chain(x, f, y * f / x.value);
}
template <int N>
constexpr dual<N> pow(const dual<N>& x, const dual<N>& y) {
    return exp(y * log(x));
}

/// Only for geometry at the edges (great circles), never in a model: the platform's own libm.
inline double sin(double x) { return __builtin_sin(x); }
inline double cos(double x) { return __builtin_cos(x); }
inline double asin(double x) { return __builtin_asin(x); }

} // namespace uonaco::inline UONACO_ABI::math
