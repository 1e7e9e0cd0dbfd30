// SPDX-License-Identifier: Apache-2.0
// What a candidate asks of pools and of the network, by ids: its rows mean something only beside the survey it was made from.
#pragma once

#include "gather.hpp"

#include "../decision/decision.hpp"

namespace uonaco::inline UONACO_ABI {

/// Devices by pool, and the share of the work that each is expected to do: by peak speed at the workload's precision.
UONACO_LAZY
std::vector<assignment> assignments_of(const survey& s, const request& r, const candidate& c) {
    detail::later_t<std::vector<assignment>, UonacoLazy_> out;
    const auto speed = [&](const share& part) {
        return static_cast<double>(part.devices) * s.facts(part.pool).peak.at(r.precision).value_or({}).si();
    };
    double all = 0;
    for (int i = 0; i < c.size; ++i) all += speed(c.shares[i]);
    for (int i = 0; i < c.size; ++i) {
        const auto& pool = s.world().pools[c.shares[i].pool.value];
        out.push_back({pool.id, pool.site, c.shares[i].devices, all > 0 ? speed(c.shares[i]) / all : 0.0});
    }
    return out;
}

namespace detail {
UONACO_LAZY
network_step step_of(const survey& s, const connection& c, unsigned from, unsigned to) {
    const path_option& o = s.options(from, to)[c.option];
    later_t<network_step, UonacoLazy_> step;
    step.action = c.action;
    step.src_site = s.world().sites[from].id;
    step.dst_site = s.world().sites[to].id;
    step.rate = c.rate;
    for (const unsigned l : o.links) step.links.push_back(s.world().links[l].id);
    if (c.action != network_action::use) step.lead_time = o.lead_time;
    return step;
}
} // namespace detail

/// Each connection between shares, in the order of pair_index, then the access connection. Precondition: the pairs are connected in
/// the survey.
UONACO_LAZY
std::vector<network_step> network_of(const survey& s, const request& r, const candidate& c) {
    detail::later_t<std::vector<network_step>, UonacoLazy_> steps;
    for (int j = 1; j < c.size; ++j)
        for (int i = 0; i < j; ++i)
            if (const connection& k = c.pairs[pair_index(i, j)]; k.action != network_action::none)
                steps.push_back(detail::step_of(s, k, s.facts(c.shares[i].pool).site, s.facts(c.shares[j].pool).site));
    if (const auto target = access_target(s, r, c); target && c.access.action != network_action::none)
        steps.push_back(detail::step_of(s, c.access, r.source.value, target.value));
    return steps;
}

} // namespace uonaco::inline UONACO_ABI
