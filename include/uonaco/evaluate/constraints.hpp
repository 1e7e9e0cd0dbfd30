// SPDX-License-Identifier: Apache-2.0
// Hard limits: each is met, or failed by so much.
#pragma once

#include "../base/errc.hpp"
#include "../base/math.hpp"
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
    unsigned unverifiable = 0; ///< limits on a figure that is not known, as bits: they do not count as met
    bool in_range = true;      ///< false: a figure was beyond what a double can hold, and is none (math::saturate)

    constexpr bool feasible() const {
        if (unverifiable != 0 || !in_range) return false;
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
        if (!in_range) return errc::out_of_range;
        const int b = binding();
        if (b == limit_count || *margin[b] >= 0.0) return errc::unknown_value;
        return to_errc(static_cast<limit>(b));
    }
    constexpr bool failed(limit l) const { return (*this)[l] && *(*this)[l] < 0.0; }
    constexpr bool unverified(limit l) const { return (unverifiable >> static_cast<int>(l) & 1u) != 0; }
    constexpr maybe<units::factor>& operator[](limit l) { return margin[static_cast<int>(l)]; }
    constexpr const maybe<units::factor>& operator[](limit l) const { return margin[static_cast<int>(l)]; }
};

namespace detail {
// Room below a ceiling, relative to it. A ceiling of zero leaves no room for anything above it; no margin is infinite.
template <class A, class B>
constexpr units::factor below(A figure, B ceiling) {
    const double top = ceiling.si();
    const double x = figure.si();
    if (top > 0) return max(-1e300, 1.0 - x / top);
    return x <= 0 ? 0.0 : -1.0;
}
template <class A, class B>
constexpr void limit_maybe(verdict& v, limit l, const maybe<A>& figure, const maybe<B>& ceiling) {
    if (!ceiling) return;
    if (figure)
        v[l] = below(*figure, *ceiling);
    else
        v.unverifiable |= 1u << static_cast<int>(l);
}
// Of a figure that what is not known can only make larger: what is known of it may fail for certain, but never does as met.
template <class A, class B>
constexpr void limit_at_least(verdict& v, limit l, A figure, bool known, const maybe<B>& ceiling) {
    if (!ceiling) return;
    const units::factor room = below(figure, *ceiling);
    if (known || room < 0.0) v[l] = room;
    if (!known) v.unverifiable |= 1u << static_cast<int>(l);
}
UONACO_LAZY
constexpr const service_objective* objective_of(const workload& w) {
    if (const auto* i = std::get_if<inference>(&w.task)) return &i->objective;
    if (const auto* s = std::get_if<session>(&w.task)) return &s->objective;
    return nullptr;
}
} // namespace detail

/// Whether every figure that is known is one, not what settle() puts in the place of what is beyond. O(1).
constexpr bool in_range(const outcome<double>& o) {
    bool all = true;
    const auto look = [&all](auto... figures) { all = (all && ... && !math::is_saturated(figures.si())); };
    const auto look_if = [&all](const auto&... figures) {
        all = (all && ... && !(figures && math::is_saturated(figures->si())));
    };
    const auto& t = o.time;
    look(t.queue, t.provisioning, t.staging, t.compute, t.exposed_communication, t.lost, t.completion, t.step);
    look(t.first_token, t.per_token, t.outages);
    look_if(t.wait, t.jitter, t.loss);
    const auto& m = o.money;
    look_if(m.compute, m.storage, m.lease, m.set_up, m.energy, m.total);
    const auto& e = o.energy;
    look_if(e.it, e.facility, e.carbon, e.peak_power);
    const auto& r = o.reliability;
    look_if(r.network, r.sites, r.joint, o.compute_efficiency, o.network_efficiency, o.joint_efficiency);
    look(m.outages, e.transport, r.goodput, r.attainment, r.memory_share, r.load, r.utilisation, o.full_cost);
    return all;
}

/// Holds an outcome to the limits of its workload. O(1).
UONACO_LAZY
constexpr verdict check(const outcome<double>& o, const workload& w) {
    verdict v;
    v.in_range = in_range(o);
    const bool computes = !std::holds_alternative<transfer>(w.task);
    if (computes) v[limit::memory] = detail::below(o.reliability.memory_share, units::ratio(1.0));
    const bool carries = o.time.jitter.known() && o.time.loss.known();
    detail::limit_at_least(v, limit::deadline, o.time.completion, carries && o.time.wait.known(), w.limits.deadline);
    detail::limit_maybe(v, limit::budget, o.money.total, w.limits.budget);
    detail::limit_maybe(v, limit::carbon, o.energy.carbon, w.limits.carbon);
    detail::limit_maybe(v, limit::power, o.energy.peak_power, w.limits.power);
    if (w.limits.availability) // room relative to the unavailability allowed
        detail::limit_maybe(v, limit::availability,
                            o.reliability.joint ? maybe<units::ratio>(1.0 - *o.reliability.joint)
                                                : maybe<units::ratio>{},
                            maybe<units::ratio>(1.0 - *w.limits.availability));
    if (const service_objective* s = detail::objective_of(w)) {
        // a load of one has no steady state: just below is the limit
        v[limit::load] = detail::below(o.reliability.load, units::ratio(0.999));
        // a request meets jitter, but no loss that the model counts; a further token neither
        const bool jitter_known = o.time.jitter.known();
        detail::limit_at_least(v, limit::first_token, o.time.first_token, jitter_known, s->first_token);
        if (s->per_token) v[limit::per_token] = detail::below(o.time.per_token, *s->per_token);
        if (s->first_token || s->per_token) {
            const units::factor room(o.reliability.attainment - s->percentile);
            const bool known = jitter_known || !s->first_token;
            if (known || room < 0.0) v[limit::attainment] = room;
            if (!known) v.unverifiable |= 1u << static_cast<int>(limit::attainment);
        }
    }
    return v;
}

} // namespace uonaco::inline UONACO_ABI
