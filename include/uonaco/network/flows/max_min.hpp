// SPDX-License-Identifier: Apache-2.0
// Max-min fair rates: nobody gets more at the cost of someone who has less. D. Bertsekas and R. Gallager, "Data Networks",
// 2nd ed., section 6.5.2; over several tunnels a demand, P. Namyar et al., "Solving max-min fair resource allocations quickly
// on large graphs", NSDI 2024 (adaptive water-filling).
#pragma once

#include "fair_levels.hpp"

namespace uonaco::inline UONACO_ABI {

struct fair_rates_options {
    unsigned rounds = 100;                ///< of the approximation
    unsigned long most_cells = 8ul << 20; ///< of the exact answer, 8 bytes each; 0: approximate
};

namespace detail {

// All tunnels fill at once, each at the speed of its weight, until it meets a full edge or its demand has enough.
UONACO_LAZY
void fill(const capacities& c, view<demand> demands, const tunnel_set& t, view<double> weight, fair_rates& answer) {
    later_t<std::vector<double>, UonacoLazy_> left(c.amount.begin(), c.amount.end());
    later_t<std::vector<double>, UonacoLazy_> speed(left.size()), asking(demands.size());
    later_t<std::vector<unsigned char>, UonacoLazy_> closed(t.size()), full(left.size());
    answer.rate.assign(demands.size(), 0);
    answer.tunnel.assign(t.size(), 0);
    for (unsigned i = 0; i < t.size(); ++i)
        for (const unsigned e : t.edges_of(i)) full[c.pool_of(e)] = !(c.amount[c.pool_of(e)] > 0);
    for (;;) {
        for (auto& s : speed) s = 0;
        for (auto& s : asking) s = 0;
        bool any = false;
        for (unsigned i = 0; i < t.size(); ++i) {
            const demand& d = demands[t.demand_of(i)];
            if (answer.rate[t.demand_of(i)] >= d.amount || d.from == d.to) closed[i] = 1;
            for (const unsigned e : t.edges_of(i))
                if (full[c.pool_of(e)]) closed[i] = 1;
            if (closed[i] || !(weight[i] > 0)) continue;
            any = true;
            asking[t.demand_of(i)] += weight[i];
            for (const unsigned e : t.edges_of(i)) speed[c.pool_of(e)] += weight[i];
        }
        if (!any) return;
        double time = __builtin_huge_val();
        for (unsigned p = 0; p < left.size(); ++p)
            if (speed[p] > 0 && left[p] / speed[p] < time) time = left[p] / speed[p];
        for (unsigned d = 0; d < demands.size(); ++d)
            if (asking[d] > 0 && (demands[d].amount - answer.rate[d]) / asking[d] < time)
                time = (demands[d].amount - answer.rate[d]) / asking[d];
        for (unsigned i = 0; i < t.size(); ++i)
            if (!closed[i] && weight[i] > 0) answer.tunnel[i] += time * weight[i];
        // What ends now ends exactly, so that every round closes something.
        for (unsigned p = 0; p < left.size(); ++p) {
            if (!(speed[p] > 0)) continue;
            full[p] = left[p] / speed[p] <= time;
            left[p] = full[p] ? 0 : left[p] - time * speed[p];
        }
        for (unsigned d = 0; d < demands.size(); ++d) {
            if (!(asking[d] > 0)) continue;
            const bool enough = (demands[d].amount - answer.rate[d]) / asking[d] <= time;
            answer.rate[d] = enough ? demands[d].amount : answer.rate[d] + time * asking[d];
        }
    }
}

// A demand to its own node needs no tunnel.
template <class Rates>
void give_all(view<demand> demands, Rates& answer) {
    for (unsigned d = 0; d < demands.size(); ++d)
        if (demands[d].from == demands[d].to) answer.rate[d] = demands[d].amount;
}

} // namespace detail

/// The max-min fair rates: exact with one tunnel a demand, by progressive filling, and with several as long as (pools + demands)
/// x (tunnels + pools + demands) is at most options.most_cells (fair_levels.hpp: with a proof of each level). Beyond, an approximation: rounds of
/// filling in which a tunnel fills at the share that it had of its demand's rate, so that a demand counts as one, however
/// many tunnels it has. Every answer fits the capacities, within rounding. O(rounds x (edges + demands) x tunnels x hops) at worst; exact over
/// several tunnels that many cells for each move of traffic, of which there are about as many as rows.
/// Failures: out_of_range; unreachable, with the demand that has no tunnel.
UONACO_LAZY
basic_result<fair_rates, flow_failure> max_min_fair(const graph& g, const capacities& c, view<demand> demands,
                                                    const tunnel_set& tunnels, const fair_rates_options& options = {}) {
    flow_failure bad = check(g, c, demands);
    if (bad.code == errc::none) bad = tunnels.check(g, demands);
    if (bad.code != errc::none) return bad;
    detail::later_t<fair_rates, UonacoLazy_> answer;
    detail::later_t<std::vector<double>, UonacoLazy_> weight(tunnels.size()), count(demands.size());
    for (unsigned i = 0; i < tunnels.size(); ++i) ++count[tunnels.demand_of(i)];
    bool several = false;
    for (const double n : count) several = several || n > 1;
    if (several && detail::fair_levels(c, demands, tunnels, options.most_cells, answer)) {
        detail::give_all(demands, answer);
        return answer;
    }
    answer.exact = !several;
    for (unsigned i = 0; i < tunnels.size(); ++i) weight[i] = 1 / count[tunnels.demand_of(i)];
    for (;;) {
        ++answer.rounds;
        detail::fill(c, demands, tunnels, weight, answer);
        answer.settled = true;
        if (several)
            for (unsigned i = 0; i < tunnels.size(); ++i) {
                const double rate = answer.rate[tunnels.demand_of(i)];
                const double share = rate > 0 ? answer.tunnel[i] / rate : weight[i];
                if (math::abs(share - weight[i]) > 1e-9) answer.settled = false;
                weight[i] = share;
            }
        if (answer.settled || answer.rounds >= options.rounds) break;
    }
    detail::give_all(demands, answer);
    return answer;
}

} // namespace uonaco::inline UONACO_ABI
