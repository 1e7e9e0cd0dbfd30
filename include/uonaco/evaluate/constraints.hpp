// SPDX-License-Identifier: Apache-2.0
// Hard limits: each is met, or failed by so much.
#pragma once

#include "../base/errc.hpp"
#include "../decision/outcome.hpp"
#include "../workload/workload.hpp"

namespace uonaco::inline UONACO_ABI {

/// The limits an outcome is held to, in the order in which a failure is reported.
enum class limit : unsigned char {
    memory,
    load,
    deadline,
    budget,
    carbon,
    power,
    availability,
    first_token,
    per_token,
    attainment
};
inline constexpr int limit_count = 10;
template <>
inline constexpr names enum_names<limit>{"device memory",  "load",          "deadline",     "budget",
                                         "carbon limit",   "power limit",   "availability", "time to first token",
                                         "time per token", "SLO attainment"};

/// What each limit's failure is called.
constexpr errc to_errc(limit l) {
    constexpr errc codes[] = {errc::memory_does_not_fit, errc::overloaded, errc::past_deadline, errc::over_budget,
                              errc::carbon_limit,        errc::over_power, errc::unavailable,   errc::slo_missed,
                              errc::slo_missed,          errc::slo_missed};
    return codes[static_cast<int>(l)];
}

/// Margins relative to the limit: 0.2 is a fifth left, -0.1 a tenth too much. Unknown: not limited.
struct verdict {
    maybe<units::factor> margin[limit_count]{};
    bool unverifiable = false; ///< a limit is set on a figure that is not known; then it does not count as met

    constexpr bool feasible() const {
        if (unverifiable) return false;
        for (const auto& m : margin)
            if (m && *m < 0.0) return false;
        return true;
    }
    /// The limit that fails by most, or if none does the one with the least room; limit_count if nothing is limited.
    constexpr int binding() const {
        int worst = limit_count;
        for (int i = 0; i < limit_count; ++i)
            if (margin[i] && (worst == limit_count || *margin[i] < *margin[worst])) worst = i;
        return worst;
    }
    constexpr errc reason() const {
        if (feasible()) return errc::none;
        const int b = binding();
        if (b == limit_count || *margin[b] >= 0.0) return errc::unknown_value;
        return to_errc(static_cast<limit>(b));
    }
    constexpr maybe<units::factor>& operator[](limit l) { return margin[static_cast<int>(l)]; }
    constexpr const maybe<units::factor>& operator[](limit l) const { return margin[static_cast<int>(l)]; }
};

namespace detail {
// Room below a ceiling, relative to it. A ceiling of zero leaves no room for anything above it.
template <class A, class B>
constexpr units::factor below(A figure, B ceiling) {
    const double top = ceiling.si();
    const double x = figure.si();
    if (top > 0) return 1.0 - x / top;
    return x <= 0 ? 0.0 : -1.0;
}
template <class A, class B>
constexpr void limit_maybe(verdict& v, limit l, const maybe<A>& figure, const maybe<B>& ceiling) {
    if (!ceiling) return;
    if (figure)
        v[l] = below(*figure, *ceiling);
    else
        v.unverifiable = true;
}
UONACO_LAZY
constexpr const service_objective* objective_of(const workload& w) {
    if (const auto* i = std::get_if<inference>(&w.task)) return &i->objective;
    if (const auto* s = std::get_if<session>(&w.task)) return &s->objective;
    return nullptr;
}
} // namespace detail

/// Holds an outcome to the limits of its workload. O(1).
UONACO_LAZY
constexpr verdict check(const outcome<double>& o, const workload& w) {
    verdict v;
    const bool computes = !std::holds_alternative<transfer>(w.task);
    if (computes) v[limit::memory] = detail::below(o.reliability.memory_share, units::ratio(1.0));
    if (w.limits.deadline) v[limit::deadline] = detail::below(o.time.completion, *w.limits.deadline);
    detail::limit_maybe(v, limit::budget, o.money.total, w.limits.budget);
    detail::limit_maybe(v, limit::carbon, o.energy.carbon, w.limits.carbon);
    if (w.limits.power) v[limit::power] = detail::below(o.energy.peak_power, *w.limits.power);
    if (w.limits.availability) // room relative to the unavailability allowed
        v[limit::availability] =
            detail::below(units::ratio(1.0 - o.reliability.joint), units::ratio(1.0 - *w.limits.availability));
    if (const service_objective* s = detail::objective_of(w)) {
        // a load of one has no steady state: just below is the limit
        v[limit::load] = detail::below(o.reliability.load, units::ratio(0.999));
        if (s->first_token) v[limit::first_token] = detail::below(o.time.first_token, *s->first_token);
        if (s->per_token) v[limit::per_token] = detail::below(o.time.per_token, *s->per_token);
        if (s->first_token || s->per_token)
            v[limit::attainment] = units::factor(o.reliability.attainment - s->percentile);
    }
    return v;
}

} // namespace uonaco::inline UONACO_ABI
