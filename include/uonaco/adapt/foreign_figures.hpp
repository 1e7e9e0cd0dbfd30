// SPDX-License-Identifier: Apache-2.0
// Figures of foreign documents: converted to ours, held to our bounds; and ours as theirs, so that they come back the same.
#pragma once

#include "foreign_object.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

/// The quantity that is `x` of a unit whose SI value is `one`; where our records cannot hold it, a problem about `found` and nothing.
/// `least` and `most` in our exchange unit, where the record's member is narrower than its kind. -0 is 0.
template <class Q>
maybe<Q> figure(io::reader& r, const io::place& at, io::value found, double x, double one, double least = 0,
                double most = 1e300) {
    constexpr units::magnitude kind = units::magnitude_of<typename Q::kind>();
    const double si = x * one, ours = si / Q::kind::exchange;
    const double top = most < kind.most ? most : kind.most;
    const double bottom = least > kind.least ? least : kind.least;
    if ((x == 0 && least <= 0) || (ours >= bottom && ours <= top)) return Q::from_si(x == 0 ? 0.0 : si);
    std::string expected = "a number";
    io::append_number(expected += least <= 0 ? ", 0 or at least " : ", at least ", bottom * Q::kind::exchange / one);
    io::append_number(expected += ", at most ", top * Q::kind::exchange / one);
    r.report(io::problem_level::schema, at, std::move(expected), io::describe(found));
    return {};
}

/// The same of a member that is a number; absent: unknown.
template <class Q>
maybe<Q> figure(const foreign_object& o, std::string_view key, double one, double least = 0, double most = 1e300) {
    const auto x = o.number(key);
    if (!x) return {};
    return figure<Q>(o.problems(), io::place(o.at(), key), o.find(key), *x, one, least, most);
}

/// Ours as a number of a unit whose SI value is `one`: the shortest that figure() reads as the same, where there is one.
template <class K>
double figure_in(units::quantity<K> q, double one) {
    return io::exchange_number(q.si(), one);
}

/// The most that a record takes for a latency (RFC 7471: 24 bits of microseconds).
inline constexpr double most_latency_us = 16777215;

/// Light in a vacuum needs longer for that distance than is stated, by more than rounding: records refuse such a pair.
inline bool faster_than_light(maybe<units::latency> latency, maybe<units::distance> distance) {
    return latency && distance && latency->si() < 0.999 * distance->si() / 299792458.0;
}

} // namespace uonaco::inline UONACO_ABI::adapt
