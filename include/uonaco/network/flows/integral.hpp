// SPDX-License-Identifier: Apache-2.0
// Unsplittable flow: one path a demand, or at most a few parts for those too large for one, by local search over tunnels on the
// congestion cost of B. Fortz and M. Thorup (congestion.hpp).
#pragma once

#include "congestion.hpp"
#include "path_flow.hpp"

#include "../sort.hpp"

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

namespace detail {

// Where parts run and what that costs; moves them.
template <class Lazy>
class part_search {
    template <class T>
    using list = later_t<std::vector<T>, Lazy>;

  public:
    part_search(const capacities& c, const tunnel_set& t, const list<std::vector<unsigned>>& open)
        : c_(c), t_(t), open_(open), load_(c.amount.size()) {}

    // Parts without a tunnel take the one that adds least; then all move while that lowers the cost.
    void settle(integral_flow& a, unsigned sweeps) {
        for (auto& x : load_) x = 0;
        for (unsigned i = 0; i < a.tunnel.size(); ++i)
            if (a.tunnel[i] != integral_flow::no_tunnel) put(a.tunnel[i], a.amount[i]);
        largest_first(a);
        for (unsigned sweep = 0; sweep <= sweeps; ++sweep) {
            bool moved = false;
            for (const unsigned part : order_) moved = move(a, part) || moved;
            if (!moved) return;
        }
    }

  private:
    bool move(integral_flow& a, unsigned part) {
        const auto& ways = open_[a.demand_of[part]];
        const double amount = a.amount[part];
        if (ways.empty() || !(amount > 0)) return false;
        const unsigned taken = a.tunnel[part];
        const bool fresh = taken == integral_flow::no_tunnel;
        if (!fresh) put(taken, -amount);
        unsigned best = fresh ? ways[0] : taken;
        double least = added(best, amount);
        for (const unsigned way : ways) {
            const double cost = added(way, amount);
            // Not for what may be rounding: the search would go round in circles.
            if (cost < least * (1 - 1e-9)) best = way, least = cost;
        }
        a.tunnel[part] = best;
        put(best, amount);
        a.moves += !fresh && best != taken;
        return best != taken;
    }
    void put(unsigned tunnel, double amount) {
        for (const unsigned e : t_.edges_of(tunnel)) {
            double& x = load_[c_.pool_of(e)];
            x = x + amount > 0 ? x + amount : 0;
        }
    }
    double added(unsigned tunnel, double amount) const {
        double sum = 0;
        for (const unsigned e : t_.edges_of(tunnel)) {
            const double capacity = c_.of(e), x = load_[c_.pool_of(e)];
            sum += capacity * (congestion((x + amount) / capacity) - congestion(x / capacity));
        }
        return sum;
    }
    void largest_first(const integral_flow& a) {
        order_.resize(a.amount.size());
        for (unsigned i = 0; i < order_.size(); ++i) order_[i] = i;
        sort(order_.data(), order_.size(),
             [&](unsigned x, unsigned y) { return a.amount[x] != a.amount[y] ? a.amount[x] > a.amount[y] : x < y; });
    }

    const capacities& c_;
    const tunnel_set& t_;
    const list<std::vector<unsigned>>& open_;
    list<double> load_;
    list<unsigned> order_{};
};

template <class Flow>
void tell(Flow& a, const graph& g, const capacities& c, const tunnel_set& t) {
    a.load.assign(g.edges(), 0);
    for (unsigned i = 0; i < a.tunnel.size(); ++i)
        if (a.tunnel[i] != integral_flow::no_tunnel)
            for (const unsigned e : t.edges_of(a.tunnel[i])) a.load[e] += a.amount[i];
    later_t<std::vector<double>, Flow> load(c.amount.size());
    for (unsigned e = 0; e < g.edges(); ++e) load[c.pool_of(e)] += a.load[e];
    a.max_utilisation = 0;
    for (unsigned p = 0; p < load.size(); ++p)
        if (load[p] > a.max_utilisation * c.amount[p]) a.max_utilisation = load[p] / c.amount[p];
    a.cost = congestion(view<double>(a.load), c);
}

} // namespace detail

/// Largest first, each part takes the tunnel that adds least cost; then parts move wherever that lowers the congestion
/// cost, until none does. The answer is a local optimum; max_path_flow() over the same tunnels bounds how good one could be. With parts,
/// they are placed one by one, and again from where the whole demands end: the better of both, so never worse than whole.
/// O(sweeps x all hops of the tunnels). Failures: unreachable (a demand without an open tunnel), out_of_range.
UONACO_LAZY
basic_result<integral_flow, flow_failure> unsplittable_flow(const graph& g, const capacities& c, view<demand> demands,
                                                            const tunnel_set& t,
                                                            const integral_flow_options& options = {}) {
    flow_failure bad = check(g, c, demands);
    if (bad.code == errc::none) bad = t.check(g, demands);
    if (bad.code != errc::none) return bad;
    detail::later_t<std::vector<std::vector<unsigned>>, UonacoLazy_> open(demands.size());
    detail::later_t<std::vector<double>, UonacoLazy_> widest(demands.size());
    for (unsigned i = 0; i < t.size(); ++i) {
        double narrowest = math::most;
        for (const unsigned e : t.edges_of(i))
            if (c.of(e) < narrowest) narrowest = c.of(e);
        if (!(narrowest > 0)) continue;
        open[t.demand_of(i)].push_back(i);
        if (narrowest > widest[t.demand_of(i)]) widest[t.demand_of(i)] = narrowest;
    }
    detail::later_t<integral_flow, UonacoLazy_> whole, parted;
    for (unsigned d = 0; d < demands.size(); ++d) {
        const bool asks = demands[d].amount > 0 && demands[d].from != demands[d].to;
        if (asks && open[d].empty()) return flow_failure{errc::unreachable, d};
        unsigned parts = 1;
        while (asks && parts < options.parts && demands[d].amount > options.elephant * parts * widest[d]) ++parts;
        whole.demand_of.push_back(d);
        whole.amount.push_back(demands[d].amount);
        parted.demand_of.insert(parted.demand_of.end(), parts, d);
        parted.amount.insert(parted.amount.end(), parts, demands[d].amount / parts);
    }
    detail::part_search<UonacoLazy_> search(c, t, open);
    whole.tunnel.assign(whole.amount.size(), integral_flow::no_tunnel);
    search.settle(whole, options.sweeps);
    detail::tell(whole, g, c, t);
    if (parted.amount.size() == whole.amount.size()) return whole;
    auto from_whole = parted;
    for (const unsigned d : parted.demand_of) from_whole.tunnel.push_back(whole.tunnel[d]);
    parted.tunnel.assign(parted.amount.size(), integral_flow::no_tunnel);
    for (auto* a : {&parted, &from_whole}) {
        search.settle(*a, options.sweeps);
        detail::tell(*a, g, c, t);
    }
    return from_whole.cost < parted.cost ? from_whole : parted;
}

} // namespace uonaco::inline UONACO_ABI
