// SPDX-License-Identifier: Apache-2.0
// Unsplittable flow: one path a demand, or at most a few parts for those too large for one, by local search over tunnels on the
// congestion cost of B. Fortz and M. Thorup (congestion.hpp).
#pragma once

#include "congestion.hpp"
#include "path_flow.hpp"

namespace uonaco::inline UONACO_ABI {

/// Plain data.
struct integral_flow {
    std::vector<unsigned> tunnel{};    ///< of each part; no_tunnel where its demand asks for nothing
    std::vector<unsigned> demand_of{}; ///< of each part, in order
    std::vector<double> amount{};      ///< of each part
    std::vector<double> load{};        ///< by edge
    double max_utilisation = 0;        ///< of the fullest edge or pool; more than 1: it does not fit
    double cost = 0;                   ///< congestion() of the loads
    unsigned moves = 0;

    static constexpr unsigned no_tunnel = ~0u;
};

struct integral_flow_options {
    unsigned parts = 1; ///< at most so many a demand
    double elephant =
        0.1; ///< a demand is split, evenly, where it exceeds this share of its widest tunnel's narrowest edge
    unsigned sweeps = 100; ///< over all parts, at most
};

/// Largest first, each part takes the tunnel that adds least cost; then parts move wherever that lowers the congestion
/// cost, until none does. The answer is a local optimum; max_path_flow() over the same tunnels bounds how good one could be.
/// O(sweeps x all hops of the tunnels). Failures: unreachable (a demand without an open tunnel), out_of_range.
UONACO_LAZY
basic_result<integral_flow, flow_failure> unsplittable_flow(const graph& g, const capacities& c, view<demand> demands,
                                                            const tunnel_set& t,
                                                            const integral_flow_options& options = {}) {
    flow_failure bad = check(g, c, demands);
    if (bad.code == errc::none) bad = t.check(g, demands);
    if (bad.code != errc::none) return bad;
    std::vector<std::vector<unsigned>> open(demands.size());
    std::vector<double> widest(demands.size());
    for (unsigned i = 0; i < t.size(); ++i) {
        double narrowest = math::most;
        for (const unsigned e : t.edges_of(i))
            if (c.of(e) < narrowest) narrowest = c.of(e);
        if (!(narrowest > 0)) continue;
        open[t.demand_of(i)].push_back(i);
        if (narrowest > widest[t.demand_of(i)]) widest[t.demand_of(i)] = narrowest;
    }
    detail::later_t<integral_flow, UonacoLazy_> answer;
    for (unsigned d = 0; d < demands.size(); ++d) {
        const bool asks = demands[d].amount > 0 && demands[d].from != demands[d].to;
        if (asks && open[d].empty()) return flow_failure{errc::unreachable, d};
        unsigned parts = 1;
        while (asks && parts < options.parts && demands[d].amount > options.elephant * parts * widest[d]) ++parts;
        answer.demand_of.insert(answer.demand_of.end(), parts, d);
        answer.amount.insert(answer.amount.end(), parts, demands[d].amount / parts);
    }
    const unsigned parts = static_cast<unsigned>(answer.demand_of.size());
    answer.tunnel.assign(parts, integral_flow::no_tunnel);

    // Largest first; equal ones in order: a heap would not keep it, insertion into halves does.
    std::vector<unsigned> order(parts), other(parts);
    for (unsigned i = 0; i < parts; ++i) order[i] = i;
    for (unsigned width = 1; width < parts; width *= 2) {
        for (unsigned first = 0; first < parts; first += 2 * width) {
            const unsigned middle = first + width < parts ? first + width : parts;
            const unsigned end = middle + width < parts ? middle + width : parts;
            for (unsigned a = first, b = middle, i = first; i < end; ++i)
                other[i] = b == end || (a < middle && answer.amount[order[a]] >= answer.amount[order[b]]) ? order[a++]
                                                                                                          : order[b++];
        }
        order.swap(other);
    }

    std::vector<double> load(c.amount.size());
    const auto put = [&](unsigned tunnel, double amount) {
        for (const unsigned e : t.edges_of(tunnel)) {
            double& x = load[c.pool_of(e)];
            x = x + amount > 0 ? x + amount : 0;
        }
    };
    const auto added = [&](unsigned tunnel, double amount) {
        double sum = 0;
        for (const unsigned e : t.edges_of(tunnel)) {
            const double capacity = c.of(e), x = load[c.pool_of(e)];
            sum += capacity * (congestion((x + amount) / capacity) - congestion(x / capacity));
        }
        return sum;
    };
    for (unsigned sweep = 0; sweep <= options.sweeps; ++sweep) {
        bool moved = false;
        for (const unsigned part : order) {
            const auto& ways = open[answer.demand_of[part]];
            const double amount = answer.amount[part];
            if (ways.empty() || !(amount > 0)) continue;
            unsigned& taken = answer.tunnel[part];
            if (taken != integral_flow::no_tunnel) put(taken, -amount);
            unsigned best = taken != integral_flow::no_tunnel ? taken : ways[0];
            double least = added(best, amount);
            for (const unsigned way : ways) {
                const double cost = added(way, amount);
                // Not for what may be rounding: the search would go round in circles.
                if (cost < least * (1 - 1e-9)) best = way, least = cost;
            }
            if (taken != integral_flow::no_tunnel && best != taken) ++answer.moves, moved = true;
            moved = moved || taken == integral_flow::no_tunnel;
            taken = best;
            put(taken, amount);
        }
        if (!moved) break;
    }

    answer.load.assign(g.edges(), 0);
    for (unsigned i = 0; i < parts; ++i)
        if (answer.tunnel[i] != integral_flow::no_tunnel)
            for (const unsigned e : t.edges_of(answer.tunnel[i])) answer.load[e] += answer.amount[i];
    for (auto& x : load) x = 0;
    for (unsigned e = 0; e < g.edges(); ++e) load[c.pool_of(e)] += answer.load[e];
    for (unsigned p = 0; p < load.size(); ++p)
        if (load[p] > answer.max_utilisation * c.amount[p]) answer.max_utilisation = load[p] / c.amount[p];
    answer.cost = congestion(view<double>(answer.load), c);
    return answer;
}

} // namespace uonaco::inline UONACO_ABI
