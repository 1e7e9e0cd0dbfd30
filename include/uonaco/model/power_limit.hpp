// SPDX-License-Identifier: Apache-2.0
// What a cap on power does to the speed of a run: grid events, shared supplies.
#pragma once

#include "../base/math.hpp"
#include "../series/step_series.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::power_limit {

/// Work that a step or a turn does but for so much of it is done in it, and does not wait through what may come next.
inline constexpr double rounding = 1e-12;

/// More than anything draws: a cap that is none.
inline constexpr units::power unlimited = units::power::from_si(1e30);

/// Share of its full speed that a run keeps under a cap: in proportion to the power above `idle`, (cap - idle) / (full - idle),
/// within 0 and 1. idle = 0 where devices can be switched off one by one. Precondition: full > idle >= 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> speed(units::with_rep<units::power, Rep> cap,
                                                   units::with_rep<units::power, Rep> full,
                                                   units::with_rep<units::power, Rep> idle) {
    using ratio = units::with_rep<units::ratio, Rep>;
    return units::max(ratio(Rep{}), units::min(ratio(Rep(1.0)), ratio((cap - idle) / (full - idle))));
}

/// When a run begun at `start` has done the work that takes `work` at full speed, under caps that change in steps: how long after
/// the start. Where the series ends and does not go on (`hold`,
/// `repeat`), nothing limits it. Unknown where it never ends or meets a step whose cap is not known. Preconditions: full > idle >= 0, work >= 0. O(steps).
template <class Rep>
constexpr maybe<units::with_rep<units::duration, Rep>>
time_to_finish(units::with_rep<units::duration, Rep> work, units::with_rep<units::power, Rep> full,
               units::with_rep<units::power, Rep> idle, const step_series<units::kinds::power>& caps,
               units::instant start) {
    using duration = units::with_rep<units::duration, Rep>;
    using power = units::with_rep<units::power, Rep>;
    if (caps.empty() || !(work.si() > Rep(0.0))) return work;
    const double span = (caps.end() - caps.start()).si();
    double at = (start - caps.start()).si(); // on the series' own clock
    duration taken{};
    duration left = work;
    if (at < 0 && caps.outside() != beyond::repeat) { // the first step goes on backwards only where it holds
        const auto first = caps.step(0);
        if (!first && caps.outside() == beyond::hold) return {};
        const auto v = caps.outside() == beyond::hold ? speed<Rep>(power(*first), full, idle)
                                                      : units::with_rep<units::ratio, Rep>(Rep(1.0));
        const auto until = duration::from_si(Rep(-at));
        if (left <= v * until) return units::saturate<duration>(left / v);
        left -= v * until;
        taken += until;
        at = 0;
    }
    if (caps.outside() == beyond::repeat) {
        at -= span * math::floor(at / span);
        if (!(at < span)) at = 0;
    }
    for (int pass = 0;; ++pass) {
        for (unsigned long i = 0; i < caps.size(); ++i) {
            const double ends = (caps.step_start(i) - caps.start()).si() + caps.step_length(i).si();
            if (ends <= at) continue;
            const auto cap = caps.step(i);
            if (!cap) return {};
            const auto v = speed<Rep>(power(*cap), full, idle);
            const auto here = duration::from_si(Rep(ends - at));
            if (left <= (1 + rounding) * v * here)
                return units::saturate(duration(taken + (left.si() > Rep(0.0) ? duration(left / v) : duration{})));
            left -= v * here;
            taken += here;
            at = ends;
        }
        if (caps.outside() != beyond::repeat || pass > 1) break;
        at = 0;
        if (pass == 1) continue; // what rounding left over
        duration turn{};         // whole spans at once
        for (unsigned long i = 0; i < caps.size(); ++i) {
            const auto cap = caps.step(i);
            if (!cap) return {};
            turn += speed<Rep>(power(*cap), full, idle) * caps.step_length(i);
        }
        if (!(turn.si() > Rep(0.0))) return {};
        const double turns = math::floor((1 - rounding) * lane((left / turn).si(), 0)); // the last one is walked
        left = units::max(duration(left - turns * turn), duration{});
        taken += duration::from_si(Rep(turns * span));
    }
    const auto last = caps.step(caps.size() - 1);
    if (!last && caps.outside() == beyond::hold) return {};
    const auto v = caps.outside() == beyond::hold ? speed<Rep>(power(*last), full, idle)
                                                  : units::with_rep<units::ratio, Rep>(Rep(1.0));
    if (!(v.si() > Rep(0.0))) return {};
    return units::saturate(duration(taken + left / v));
}

/// A run at one place: what is drawn there at full speed and at none, by others too, and what may be. Refers to the series.
struct place {
    units::power full{};
    units::power idle{};
    const step_series<units::kinds::power>* caps = nullptr;
};

/// A longer walk is given up.
inline constexpr int most_steps = 1 << 16;

/// The same for a run that goes on at several places in step, at each moment at the speed of the slowest: a synchronous training waits
/// for the last of its sites. What idles draws all the same, so unknown also where a cap falls below `idle` while it runs; and beyond
/// most_steps steps of the series. Exactly `work` where no cap is met. `fastest`: the highest share of full speed that it ever has; 1 where
/// there is no work, and of no meaning where unknown. Preconditions: full >= idle >= 0, work >= 0. O(steps met x
/// places x log steps), no allocation.
UONACO_LAZY
constexpr maybe<units::duration> time_to_finish(units::duration work, const place* places, int count,
                                                units::instant start, units::ratio& fastest) {
    fastest = 1.0;
    if (!(work.si() > 0)) return work;
    double most = 0;
    double left = work.si();
    double taken = 0;
    bool slowed = false;
    for (int step = 0; step < most_steps; ++step) {
        double v = 1;
        double span = 0;
        bool endless = true;
        for (int i = 0; i < count; ++i) {
            const auto here = places[i].caps->stretch_at(start + units::duration::from_si(taken));
            if (!here.value || *here.value < places[i].idle) return {};
            if (*here.value < places[i].full)
                v = uonaco::min(v, speed<double>(*here.value, places[i].full, places[i].idle).si());
            if (here.endless) continue;
            span = endless ? here.left.si() : uonaco::min(span, here.left.si());
            endless = false;
        }
        slowed = slowed || v < 1;
        most = uonaco::max(most, v);
        fastest = most;
        span = uonaco::max(span, 1e-6); // the clock's grain today
        if (endless || left <= v * span) {
            if (!(v > 0)) return {};
            return slowed ? units::saturate(units::duration::from_si(taken + left / v)) : work;
        }
        left -= v * span;
        taken += span;
    }
    return {};
}
UONACO_LAZY
constexpr maybe<units::duration> time_to_finish(units::duration work, const place* places, int count,
                                                units::instant start) {
    units::ratio fastest;
    return time_to_finish(work, places, count, start, fastest);
}

} // namespace uonaco::inline UONACO_ABI::power_limit
