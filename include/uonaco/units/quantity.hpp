// SPDX-License-Identifier: Apache-2.0
// quantity<Kind, Rep>: a number that knows what it measures. Stored in SI; a wrong dimension does not compile.
#pragma once

#include "dimension.hpp"

#include "../base/dual.hpp"
#include "../base/lanes.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// What a product or quotient is until it is given a name: a dimension and nothing else.
template <dimension D>
struct unnamed {
    static constexpr dimension dim = D;
};

/// True where two kinds measure the same dimension, so that one converts to the other.
template <class A, class B>
concept same_dimension = A::dim == B::dim;

template <class K>
concept dimensionless = K::dim == one;

template <class Kind, class Rep = double>
struct quantity;

template <class T>
inline constexpr bool is_quantity = false;
template <class K, class Rep>
inline constexpr bool is_quantity<quantity<K, Rep>> = true;

/// A plain number: what dimensionless quantities mix with.
template <class N>
concept number = __is_same(N, double) || __is_same(N, int) || __is_same(N, long long) || __is_same(N, lanes<2>) ||
                 __is_same(N, lanes<4>) || __is_same(N, lanes<8>) || requires {
    typename N::is_number;
};

/// Meaning: `si()` in seconds, bits, flop, joules, currency units, kg CO2e, metres and their products. Kinds of one dimension
/// convert freely; a kind decides only the exchange unit and the printed prefix. Rep: double, lanes<W> (batch), dual<N>
/// (derivatives). Trivially copyable, as large as its Rep; safe to share between threads as a double is.
template <class Kind, class Rep>
struct quantity {
    using kind = Kind;
    using rep = Rep;
    static constexpr dimension dim = Kind::dim;

    constexpr quantity() = default;
    static constexpr quantity from_si(Rep x) {
        quantity q;
        q.si_ = x;
        return q;
    }
    template <class K, class R>
        requires same_dimension<K, Kind>
    constexpr quantity(quantity<K, R> other) : si_(other.si()) {}
    /// Only a pure number is read from a pure number.
    template <number N>
        requires dimensionless<Kind>
    constexpr quantity(N x) : si_(spread(x)) {}

    constexpr Rep si() const { return si_; }
    constexpr operator Rep() const requires dimensionless<Kind> { return si_; }

    template <class K, class R>
        requires same_dimension<K, Kind>
    constexpr quantity& operator+=(quantity<K, R> b) {
        si_ += b.si();
        return *this;
    }
    template <class K, class R>
        requires same_dimension<K, Kind>
    constexpr quantity& operator-=(quantity<K, R> b) {
        si_ -= b.si();
        return *this;
    }

  private:
    template <class N>
    static constexpr Rep spread(N x) {
        if constexpr (__is_same(N, Rep))
            return x;
        else
            return Rep(static_cast<double>(x));
    }
    Rep si_{};
};

/// The common Rep: a double spreads over lanes.
template <class A, class B>
using wider = decltype(A() * B());

template <class KA, class RA, class KB, class RB>
    requires same_dimension<KA, KB>
constexpr auto operator+(quantity<KA, RA> a, quantity<KB, RB> b) {
    return quantity<KA, wider<RA, RB>>::from_si(a.si() + b.si());
}
template <class KA, class RA, class KB, class RB>
    requires same_dimension<KA, KB>
constexpr auto operator-(quantity<KA, RA> a, quantity<KB, RB> b) {
    return quantity<KA, wider<RA, RB>>::from_si(a.si() - b.si());
}
template <class K, class R>
constexpr quantity<K, R> operator-(quantity<K, R> a) {
    return quantity<K, R>::from_si(-a.si());
}
template <class KA, class RA, class KB, class RB>
constexpr auto operator*(quantity<KA, RA> a, quantity<KB, RB> b) {
    if constexpr (KA::dim == one)
        return quantity<KB, wider<RA, RB>>::from_si(a.si() * b.si());
    else if constexpr (KB::dim == one)
        return quantity<KA, wider<RA, RB>>::from_si(a.si() * b.si());
    else
        return quantity<unnamed<KA::dim * KB::dim>, wider<RA, RB>>::from_si(a.si() * b.si());
}
template <class KA, class RA, class KB, class RB>
constexpr auto operator/(quantity<KA, RA> a, quantity<KB, RB> b) {
    if constexpr (KB::dim == one)
        return quantity<KA, wider<RA, RB>>::from_si(a.si() / b.si());
    else
        return quantity<unnamed<KA::dim / KB::dim>, wider<RA, RB>>::from_si(a.si() / b.si());
}
template <class K, class R, number N>
constexpr auto operator*(quantity<K, R> a, N b) {
    return a * quantity<unnamed<one>, wider<N, double>>(b);
}
template <class K, class R, number N>
constexpr auto operator*(N a, quantity<K, R> b) {
    return quantity<unnamed<one>, wider<N, double>>(a) * b;
}
template <class K, class R, number N>
constexpr auto operator/(quantity<K, R> a, N b) {
    return a / quantity<unnamed<one>, wider<N, double>>(b);
}
template <class K, class R, number N>
constexpr auto operator/(N a, quantity<K, R> b) {
    return quantity<unnamed<one>, wider<N, double>>(a) / b;
}
template <class K, class R, number N>
    requires dimensionless<K>
constexpr auto operator+(quantity<K, R> a, N b) { return a + quantity<K, wider<N, double>>(b); }
template <class K, class R, number N>
    requires dimensionless<K>
constexpr auto operator+(N a, quantity<K, R> b) { return quantity<K, wider<N, double>>(a) + b; }
template <class K, class R, number N>
    requires dimensionless<K>
constexpr auto operator-(quantity<K, R> a, N b) { return a - quantity<K, wider<N, double>>(b); }
template <class K, class R, number N>
    requires dimensionless<K>
constexpr auto operator-(N a, quantity<K, R> b) { return quantity<K, wider<N, double>>(a) - b; }

// Spelled one by one: with a defaulted <=> g++ 12 makes an argmin four times slower.
#define UONACO_COMPARE(op)                                                                                             \
    template <class KA, class RA, class KB, class RB>                                                                  \
        requires same_dimension<KA, KB>                                                                                \
    constexpr auto operator op(quantity<KA, RA> a, quantity<KB, RB> b) { return a.si() op b.si(); }                    \
    template <class K, class R, number N>                                                                              \
        requires dimensionless<K>                                                                                      \
    constexpr auto operator op(quantity<K, R> a, N b) { return a op quantity<K, wider<N, double>>(b); }                \
    template <class K, class R, number N>                                                                              \
        requires dimensionless<K>                                                                                      \
    constexpr auto operator op(N a, quantity<K, R> b) { return quantity<K, wider<N, double>>(a) op b; }
UONACO_COMPARE(<)
UONACO_COMPARE(>)
UONACO_COMPARE(<=)
UONACO_COMPARE(>=)
UONACO_COMPARE(==)
UONACO_COMPARE(!=)
#undef UONACO_COMPARE

/// The branch-free choice; also settles which kind `c ? latency : duration` would be: the first one's.
template <class C, class KA, class RA, class KB, class RB>
    requires same_dimension<KA, KB>
constexpr auto select(C c, quantity<KA, RA> a, quantity<KB, RB> b) {
    using R = wider<RA, RB>;
    return quantity<KA, R>::from_si(uonaco::select(c, R(a.si()), R(b.si())));
}
template <class KA, class RA, class KB, class RB>
    requires same_dimension<KA, KB>
constexpr auto min(quantity<KA, RA> a, quantity<KB, RB> b) {
    using R = wider<RA, RB>;
    return quantity<KA, R>::from_si(uonaco::min(R(a.si()), R(b.si())));
}
template <class KA, class RA, class KB, class RB>
    requires same_dimension<KA, KB>
constexpr auto max(quantity<KA, RA> a, quantity<KB, RB> b) {
    using R = wider<RA, RB>;
    return quantity<KA, R>::from_si(uonaco::max(R(a.si()), R(b.si())));
}

/// The same kind with another Rep.
template <class Q, class Rep>
using with_rep = quantity<typename Q::kind, Rep>;

} // namespace uonaco::inline UONACO_ABI::units

namespace uonaco::inline UONACO_ABI {
using units::quantity;

/// Lane i of a quantity, as a quantity over double.
template <class K, class R>
constexpr quantity<K> lane(quantity<K, R> q, int i) {
    return quantity<K>::from_si(lane(q.si(), i));
}
template <class K, class R>
constexpr void set_lane(quantity<K, R>& q, int i, quantity<K> x) {
    R r = q.si();
    set_lane(r, i, x.si());
    q = quantity<K, R>::from_si(r);
}
} // namespace uonaco::inline UONACO_ABI
