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
    bool of_si = false; ///< `times` is the SI value of one instead, so that whole numbers of bytes stay what they are

    static constexpr foreign_unit si(const char* symbol, double one) { return {symbol, one, 1, true}; }
};

/// SI of `x` in a foreign unit.
template <class Q>
constexpr double si_of(double x, const foreign_unit& u) {
    return u.of_si ? x * u.times : x * u.times / u.over * Q::kind::exchange;
}

/// The quantity that is `x` of a unit, as it is written in `found`, held to what a record can hold: what is out of that is a problem at its
/// place ("expected a number in kW, above 0"), never clipped. `most` in our exchange unit, where a member is narrower than its kind. -0 is 0.
template <class Q>
maybe<Q> held_quantity(io::reader& r, const io::place& at, io::value found, maybe<double> number,
                       const foreign_unit& unit, allowed sign, double most = 1e300) {
    using kind = typename Q::kind;
    constexpr units::magnitude bounds = units::magnitude_of<kind>();
    const double top = most < bounds.most ? most : bounds.most;
    if (number) {
        const double si = si_of<Q>(*number, unit);
        // Written and read again it is what is written that has to be within bounds.
        const double x = math::finite(si) ? io::exchange_number(si, kind::exchange) : si;
        const bool negative = x < 0;
        const double size = negative ? -x : x;
        const bool known_sign = sign == allowed::any_sign || !negative;
        if (known_sign && size <= top && (x == 0 ? sign != allowed::above_zero : size >= bounds.least))
            return Q::from_si(x == 0 ? 0.0 : si);
    }
    const double one = unit.of_si ? unit.times / kind::exchange : unit.times / unit.over;
    std::string expected = std::string("a number in ") + unit.symbol;
    if (sign == allowed::above_zero)
        expected += ", above 0";
    else
        io::append_number(expected += ", at least ", sign == allowed::any_sign ? -top / one : 0.0);
    io::append_number(expected += ", at most ", top / one);
    r.report(io::problem_level::schema, at, std::move(expected), io::describe(found));
    return {};
}
/// The same of a number; absent and null are unknown.
template <class Q>
maybe<Q> read_quantity(io::reader& r, const io::place& at, io::value v, const foreign_unit& unit, allowed sign,
                       double most = 1e300) {
    if (!v || v.is(io::json_kind::null) || v.is(io::json_kind::unreadable)) return {};
    return held_quantity<Q>(r, at, v, v.is_number() ? maybe<double>(v.number()) : maybe<double>(), unit, sign, most);
}
/// The same of a member.
template <class Q>
maybe<Q> read_quantity(const foreign_object& o, std::string_view key, const foreign_unit& unit, allowed sign,
                       double most = 1e300) {
    return read_quantity<Q>(o.problems(), io::place(o.at(), key), o.find(key), unit, sign, most);
}

/// The number to write in a foreign unit: the shortest that reads back as the same figure, where there is one.
template <class Q>
double in_foreign_unit(Q q, const foreign_unit& unit) {
    const double raw = unit.of_si ? q.si() / unit.times : q.si() / Q::kind::exchange * unit.over / unit.times;
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

/// The most that a record takes for a latency, in us (RFC 7471, RFC 8570: 24 bits).
inline constexpr double most_latency_us = 16777215;

/// Light in a vacuum needs longer for that distance than is stated, by more than rounding: records refuse such a pair.
inline bool faster_than_light(maybe<units::latency> latency, maybe<units::distance> distance) {
    return latency && distance && latency->si() < 0.999 * distance->si() / 299792458.0;
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
