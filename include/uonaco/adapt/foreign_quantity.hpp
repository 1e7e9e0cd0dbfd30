// SPDX-License-Identifier: Apache-2.0
// Figures of foreign documents in the unit they stand in there, held to what records hold.
#pragma once

#include "foreign_object.hpp"

#include "../units/magnitude.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

/// What a figure may be, beside the bounds of its kind.
enum class allowed : unsigned char { any_sign, from_zero, above_zero };

/// A foreign unit: one is `times` / `over` of the kind's exchange unit. Two numbers, because x / 1000 is the decimal that was meant and
/// x * 0.001 often is not.
struct foreign_unit {
    const char* symbol = ""; ///< in words, for problems
    double times = 1;
    double over = 1;
};

/// SI of `x` in a foreign unit.
template <class Q>
constexpr double si_of(double x, const foreign_unit& u) {
    return x * u.times / u.over * Q::kind::exchange;
}

/// The figure of `v`, held to what a record can hold: what is out of that is a problem at its place ("expected a number in kW, above 0"),
/// never clipped; absent and null are unknown.
template <class Q>
maybe<Q> read_quantity(io::reader& r, const io::place& at, io::value v, const foreign_unit& unit, allowed sign) {
    if (!v || v.is(io::json_kind::null)) return {};
    using kind = typename Q::kind;
    constexpr units::magnitude bounds = units::magnitude_of<kind>();
    if (v.is_number()) {
        const double si = si_of<Q>(v.number(), unit);
        // Written and read again it is what is written that has to be within bounds.
        const double x = math::finite(si) ? io::exchange_number(si, kind::exchange) : si;
        const bool negative = x < 0;
        const double size = negative ? -x : x;
        const bool known_sign = sign == allowed::any_sign || !negative;
        if (known_sign && size <= bounds.most && (x == 0 ? sign != allowed::above_zero : size >= bounds.least))
            return Q::from_si(si);
    } else if (v.is(io::json_kind::unreadable)) {
        return {};
    }
    std::string expected = std::string("a number in ") + unit.symbol;
    const double most = bounds.most * unit.over / unit.times;
    if (sign == allowed::above_zero)
        expected += ", above 0";
    else
        io::append_number(expected += ", at least ", sign == allowed::any_sign ? -most : 0.0);
    io::append_number(expected += ", at most ", most);
    r.report(io::problem_level::schema, at, std::move(expected), io::describe(v));
    return {};
}
/// The same of a member.
template <class Q>
maybe<Q> read_quantity(const foreign_object& o, std::string_view key, const foreign_unit& unit, allowed sign) {
    return read_quantity<Q>(o.problems(), io::place(o.at(), key), o.find(key), unit, sign);
}

/// The number to write in a foreign unit: the shortest that reads back as the same figure, where there is one.
template <class Q>
double in_foreign_unit(Q q, const foreign_unit& unit) {
    const double raw = q.si() / Q::kind::exchange * unit.over / unit.times;
    for (int digits = 15; digits <= 17; ++digits) {
        char text[40];
        const auto end = std::to_chars(text, text + sizeof text, raw, std::chars_format::scientific, digits - 1).ptr;
        double rounded = raw;
        std::from_chars(text, end, rounded);
        for (const double near : {rounded, __builtin_nextafter(rounded, -1e308), __builtin_nextafter(rounded, 1e308)})
            if (si_of<Q>(near, unit) == q.si()) return near;
    }
    return raw;
}

/// Years 0000 to 9999: what a record's times can be written in. An offset can lead out of them.
inline bool writable(instant t) { return t.unix_seconds() >= -62167219200.0 && t.unix_seconds() < 253402300799.0; }

/// An RFC 3339 time that a record can hold.
inline maybe<instant> read_time(const foreign_object& o, std::string_view key) {
    const maybe<instant> t = o.time(key);
    if (!t || writable(*t)) return t;
    o.problems().report(io::problem_level::schema, io::place(o.at(), key), "a time in the years 0000 to 9999 UTC",
                        io::describe(o.find(key)));
    return {};
}

} // namespace uonaco::inline UONACO_ABI::adapt
