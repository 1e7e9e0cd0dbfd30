// SPDX-License-Identifier: Apache-2.0
// lanes<W>: W doubles that move together through the same formulas as one double, bit for bit.
// min, max, select are the primitives that replace branches; a mask answers per lane.
#pragma once

#include "config.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
// g++ 12 loses vector_size where W is a template parameter, so each width is spelled.
template <int W>
struct vectors;
template <>
struct vectors<2> {
    typedef double reals __attribute__((vector_size(16)));
    typedef long long integers __attribute__((vector_size(16)));
};
template <>
struct vectors<4> {
    typedef double reals __attribute__((vector_size(32)));
    typedef long long integers __attribute__((vector_size(32)));
};
template <>
struct vectors<8> {
    typedef double reals __attribute__((vector_size(64)));
    typedef long long integers __attribute__((vector_size(64)));
};
} // namespace detail

/// W answers, one per lane. Converts to nothing: use select, all or any.
template <int W>
struct mask {
    using native = typename detail::vectors<W>::integers;
    native bits;

    static constexpr mask of(bool b) {
        mask m;
        m.bits = native{} - (b ? 1 : 0);
        return m;
    }
    friend constexpr mask operator&(mask a, mask b) { return {a.bits & b.bits}; }
    friend constexpr mask operator|(mask a, mask b) { return {a.bits | b.bits}; }
    friend constexpr mask operator!(mask a) { return {~a.bits}; }
    constexpr bool operator[](int i) const { return bits[i] != 0; }
};

/// W doubles. Trivially copyable, aligned to its own size.
template <int W>
struct lanes {
    using native = typename detail::vectors<W>::reals;
    native v{};

    constexpr lanes() = default;
    constexpr lanes(native n) : v(n) {}
    constexpr lanes(double x)
        : v(x - native{}) {} ///< the same value in every lane; x - 0 is x, x + 0 loses the sign of -0

    constexpr double operator[](int i) const { return v[i]; }
    constexpr void set(int i, double x) { v[i] = x; }

    friend constexpr lanes operator+(lanes a, lanes b) { return a.v + b.v; }
    friend constexpr lanes operator-(lanes a, lanes b) { return a.v - b.v; }
    friend constexpr lanes operator*(lanes a, lanes b) { return a.v * b.v; }
    friend constexpr lanes operator/(lanes a, lanes b) { return a.v / b.v; }
    friend constexpr lanes operator-(lanes a) { return -a.v; }
    constexpr lanes& operator+=(lanes b) { return *this = *this + b; }
    constexpr lanes& operator-=(lanes b) { return *this = *this - b; }
    constexpr lanes& operator*=(lanes b) { return *this = *this * b; }
    constexpr lanes& operator/=(lanes b) { return *this = *this / b; }

    friend constexpr mask<W> operator<(lanes a, lanes b) { return {a.v < b.v}; }
    friend constexpr mask<W> operator>(lanes a, lanes b) { return {a.v > b.v}; }
    friend constexpr mask<W> operator<=(lanes a, lanes b) { return {a.v <= b.v}; }
    friend constexpr mask<W> operator>=(lanes a, lanes b) { return {a.v >= b.v}; }
    friend constexpr mask<W> operator==(lanes a, lanes b) { return {a.v == b.v}; }
    friend constexpr mask<W> operator!=(lanes a, lanes b) { return {a.v != b.v}; }
};

using native_lanes = lanes<UONACO_LANES>;

/// What a comparison of two Reps yields: bool for double, a mask for lanes.
template <class Rep>
struct answer {
    using type = bool;
};
template <int W>
struct answer<lanes<W>> {
    using type = mask<W>;
};
template <class Rep>
using answer_t = typename answer<Rep>::type;

constexpr double select(bool c, double a, double b) { return c ? a : b; }
template <int W>
constexpr lanes<W> select(mask<W> c, lanes<W> a, lanes<W> b) {
    return c.bits ? a.v : b.v;
}
constexpr double min(double a, double b) { return b < a ? b : a; }
constexpr double max(double a, double b) { return a < b ? b : a; }

namespace detail {
struct none;
void lesser(none);
void greater(none);
#if defined(__GNUC__) && !defined(__clang__) && defined(__SSE2__)
// One instruction with the bits of `b < a ? b : a`, of which g++ 12 makes a comparison and a blend.
inline vectors<2>::reals lesser(vectors<2>::reals a, vectors<2>::reals b) { return __builtin_ia32_minpd(b, a); }
inline vectors<2>::reals greater(vectors<2>::reals a, vectors<2>::reals b) { return __builtin_ia32_maxpd(b, a); }
#if defined(__AVX__)
inline vectors<4>::reals lesser(vectors<4>::reals a, vectors<4>::reals b) { return __builtin_ia32_minpd256(b, a); }
inline vectors<4>::reals greater(vectors<4>::reals a, vectors<4>::reals b) { return __builtin_ia32_maxpd256(b, a); }
#endif
#endif
} // namespace detail

template <int W>
constexpr lanes<W> min(lanes<W> a, lanes<W> b) {
    if constexpr (requires { detail::lesser(a.v, b.v); })
        if (!__builtin_is_constant_evaluated()) return detail::lesser(a.v, b.v);
    return select(b < a, b, a);
}
template <int W>
constexpr lanes<W> max(lanes<W> a, lanes<W> b) {
    if constexpr (requires { detail::greater(a.v, b.v); })
        if (!__builtin_is_constant_evaluated()) return detail::greater(a.v, b.v);
    return select(a < b, b, a);
}

/// Both, either: & and | that read well over bool and over masks.
constexpr bool both(bool a, bool b) { return a && b; }
constexpr bool either(bool a, bool b) { return a || b; }
template <int W>
constexpr mask<W> both(mask<W> a, mask<W> b) {
    return a & b;
}
template <int W>
constexpr mask<W> either(mask<W> a, mask<W> b) {
    return a | b;
}

constexpr bool all(bool b) { return b; }
constexpr bool any(bool b) { return b; }

namespace detail {
// A bit per lane from its sign, by one instruction where there is one for the width.
template <int W>
constexpr unsigned signs(mask<W> m) {
    if (!__builtin_is_constant_evaluated()) {
#if defined(__SSE2__)
        if constexpr (W == 2)
            return static_cast<unsigned>(__builtin_ia32_movmskpd(__builtin_bit_cast(vectors<2>::reals, m.bits)));
#endif
#if defined(__AVX__)
        if constexpr (W == 4)
            return static_cast<unsigned>(__builtin_ia32_movmskpd256(__builtin_bit_cast(vectors<4>::reals, m.bits)));
#endif
    }
    unsigned bits = 0;
    for (int i = 0; i < W; ++i) bits |= m[i] ? 1u << i : 0u;
    return bits;
}
} // namespace detail

template <int W>
constexpr bool all(mask<W> m) {
    return detail::signs(m) == (1u << W) - 1;
}
template <int W>
constexpr bool any(mask<W> m) {
    return detail::signs(m) != 0;
}
/// A scalar answer spread to the width of Rep.
template <class Rep>
constexpr answer_t<Rep> answer_of(bool b) {
    if constexpr (requires { answer_t<Rep>::of(b); })
        return answer_t<Rep>::of(b);
    else
        return b;
}
template <class Rep>
inline constexpr int width_v = 1;
template <int W>
inline constexpr int width_v<lanes<W>> = W;

/// Lane i of a Rep; a double has one lane, itself.
constexpr double lane(double x, int) { return x; }
template <int W>
constexpr double lane(lanes<W> x, int i) {
    return x[i];
}
constexpr bool lane(bool x, int) { return x; }
template <int W>
constexpr bool lane(mask<W> m, int i) {
    return m[i];
}
constexpr void set_lane(double& x, int, double y) { x = y; }
template <int W>
constexpr void set_lane(lanes<W>& x, int i, double y) {
    x.set(i, y);
}
constexpr void set_lane(bool& x, int, bool y) { x = y; }
template <int W>
constexpr void set_lane(mask<W>& m, int i, bool y) {
    m.bits[i] = y ? -1 : 0;
}

} // namespace uonaco::inline UONACO_ABI
