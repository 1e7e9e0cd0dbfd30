// SPDX-License-Identifier: Apache-2.0
// A run through hours in which its sites may not draw what it would: it goes on more slowly, or cannot be.
#pragma once

#include "request.hpp"

#include "../decision/features.hpp"
#include "../decision/performance.hpp"

namespace uonaco::inline UONACO_ABI {

/// Holds a run to what its sites may draw hour by hour, beside what is drawn there and promised: all of it goes on at the speed of the
/// site that is short of most (power_limit::time_to_finish). What it takes longer is added to `lost`; goodput and utilisation, and so
/// energy, are those of the longer run, and the peak of power is that of its fastest hour. over_power where a site may not even draw what idles, where it would never be done, and
/// for services, whose requests do not wait. Precondition: `f` and `p` are of this candidate. No work where no limit changes over
/// time; else O(sites^2 + steps of the limits during the run), no allocation.
UONACO_LAZY
errc limit_run(const survey& s, const request& r, const candidate& c, const features<double>& f,
               performance<double>& p) {
    if (!s.power_varies() || r.is_transfer()) return errc::none;
    power_limit::place places[max_shares];
    int count = 0;
    for (int i = 0; i < c.size; ++i) {
        const unsigned site = s.facts(c.shares[i].pool).site;
        const auto& caps = s.supply_at(site).caps;
        bool counted = caps.empty();
        for (int j = 0; j < i; ++j) counted = counted || s.facts(c.shares[j].pool).site == site;
        if (counted) continue;
        auto& here = places[count++];
        here.full = here.idle = s.power_taken(site);
        here.caps = &caps;
        for (int j = i; j < c.size; ++j) {
            if (s.facts(c.shares[j].pool).site != site) continue;
            const auto& k = f.site[j];
            here.full += k.devices * (k.max_power + k.host_power);
            here.idle += k.devices * (units::min(k.idle_power, k.max_power) + k.host_power);
        }
        if (here.full <= s.supply_at(site).least_cap) --count; // enough at every hour
    }
    const units::duration work = p.run();
    units::ratio fastest;
    const auto run =
        power_limit::time_to_finish(work, places, count, r.now + p.queue + p.provisioning + p.staging, fastest);
    if (!run) return errc::over_power;
    if (!(*run > work)) return errc::none;
    if (r.is_service()) return errc::over_power;
    const units::ratio kept(work / *run);
    p.held_up = *run - work;
    p.lost += p.held_up;
    p.fastest = fastest;
    p.goodput = p.goodput * kept;
    p.utilisation = p.utilisation * kept;
    return errc::none;
}

} // namespace uonaco::inline UONACO_ABI
