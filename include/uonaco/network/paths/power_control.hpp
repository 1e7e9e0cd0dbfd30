// SPDX-License-Identifier: Apache-2.0
// The connection that control of a power grid asks for: bounded delay and jitter, two ways without a common risk, healing below a second.
#pragma once

#include "protected_pair.hpp"

#include "../../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {

/// What is asked. Defaults: the power-control class of the IETF draft on computing-power collaboration in CATS, section 4.2: end to end within
/// 10 ms, critical control within 5 ms, jitter of 1 ms at most, redundant, faults healed below a second.
struct power_control_class {
    units::latency delay{units::latency::from_si(0.010)};
    units::latency jitter{units::latency::from_si(0.001)};
    units::duration healing{units::duration::from_si(1.0)}; ///< to be below
    units::duration detection_and_switch{
        units::duration::from_si(0.050)}; ///< of the protection used; 50 ms: ITU-T G.841 linear protection
    protection apart = protection::full;

    /// The 5 ms class.
    static power_control_class critical() {
        power_control_class c;
        c.delay = units::latency::from_si(0.005);
        return c;
    }
};

/// Two ways that both meet the class at all times, before and after a fault.
struct power_control_pair {
    path working{};
    path backup{};
    units::latency working_delay{};
    units::latency backup_delay{};
    units::latency working_jitter{};
    units::latency backup_jitter{};
    units::duration
        healing{};      ///< detection and switch, and a round trip of both ends over the backup (1:1 with coordination)
    bool proven = true; ///< that no such pair is cheaper

    double cost() const { return working.cost + backup.cost; }
};

/// The part of the class that cannot be met. `unreachable`: no way at all; `slo_missed`: no single way meets delay (bound 1) or jitter (2), or
/// healing takes too long (bound 3), with the least there is; `no_candidate`: single ways do, no two of them are apart; `too_many`:
/// none found, which is no proof. `single`: the cheapest way that meets delay and jitter alone, where there is one.
struct power_control_refused {
    errc code = errc::none;
    unsigned bound = 0;
    units::duration least{};
    units::duration most{};
    path single{};
};

/// The cheapest redundant connection of a power-control class. `delays` and `jitters` by edge, one way; jitters add up (worst case).
/// Complexity: see srlg_disjoint.hpp, each step two bounded searches.
UONACO_LAZY
basic_result<power_control_pair, power_control_refused>
power_control_connection(const graph& g, view<double> costs, view<units::latency> delays, view<units::latency> jitters,
                         const risk_groups& risks, unsigned source, unsigned target,
                         const power_control_class& asked = {}, view<unsigned char> usable = {}) {
    using bound = path_bound<units::latency>;
    power_control_refused refused;
    if (!(asked.detection_and_switch < asked.healing)) {
        return power_control_refused{errc::slo_missed, 3, asked.detection_and_switch, asked.healing};
    }
    const bound delay{delays, asked.delay};
    const bound jitter{jitters, asked.jitter};
    const auto single = cheapest_within(g, costs, source, target, delay, jitter, usable);
    if (!single) {
        refused.code = single.error().code;
        refused.bound = single.error().bound;
        refused.least = units::duration::from_si(single.error().least);
        refused.most = units::duration::from_si(single.error().most);
        return refused;
    }
    refused.single = single->way;
    const auto pair =
        bounded_disjoint_pair(g, costs, risks, source, target, delay, jitter,
                              asked.apart == protection::full ? apart::risks_and_nodes : apart::risks, usable);
    if (!pair) {
        refused.code = pair.error().code;
        return refused;
    }
    const auto along = [](const path& p, view<units::latency> column) {
        units::latency s{};
        for (const unsigned e : p.edges) s = s + column[e];
        return s;
    };
    power_control_pair found;
    found.working = pair->working;
    found.backup = pair->backup;
    found.working_delay = along(pair->working, delays);
    found.backup_delay = along(pair->backup, delays);
    found.working_jitter = along(pair->working, jitters);
    found.backup_jitter = along(pair->backup, jitters);
    found.healing = asked.detection_and_switch + units::duration(2.0 * found.backup_delay);
    found.proven = pair->proven;
    if (!(found.healing < asked.healing)) {
        refused.code = errc::slo_missed;
        refused.bound = 3;
        refused.least = found.healing;
        refused.most = asked.healing;
        return refused;
    }
    return found;
}

} // namespace uonaco::inline UONACO_ABI
