// SPDX-License-Identifier: Apache-2.0
// Flow over given tunnels: the maximum concurrent flow where every demand may use its own few paths only.
#pragma once

#include "soft_load.hpp"

#include "../k_shortest.hpp"

#include "../../base/result.hpp"

namespace uonaco::inline UONACO_ABI {

/// Paths that demands may use, any number each, in the order they were added. Value type.
template <class Lazy = void>
class basic_tunnel_set {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// A path for the demand with this number. O(hops).
    void add(unsigned demand, view<unsigned> edges) {
        demand_.push_back(demand);
        edges_.insert(edges_.end(), edges.begin(), edges.end());
        end_.push_back(static_cast<unsigned>(edges_.size()));
    }

    unsigned size() const { return static_cast<unsigned>(demand_.size()); }
    unsigned demand_of(unsigned tunnel) const { return demand_[tunnel]; }
    view<unsigned> edges_of(unsigned tunnel) const {
        const unsigned first = tunnel == 0 ? 0 : end_[tunnel - 1];
        return {edges_.data() + first, end_[tunnel] - first};
    }

    /// Does every tunnel join the ends of its demand, and has every demand one that asks for something? Code none if so.
    flow_failure check(const graph& g, view<demand> demands) const {
        list<unsigned char> has(demands.size());
        for (unsigned i = 0; i < size(); ++i) {
            if (demand_[i] >= demands.size()) return {errc::out_of_range, demand_[i]};
            const demand& d = demands[demand_[i]];
            unsigned at = d.from;
            for (const unsigned e : edges_of(i)) {
                if (e >= g.edges() || g.from(e) != at) return {errc::out_of_range, demand_[i], e};
                at = g.to(e);
            }
            if (at != d.to) return {errc::out_of_range, demand_[i]};
            has[demand_[i]] = 1;
        }
        for (unsigned d = 0; d < demands.size(); ++d)
            if (!has[d] && demands[d].amount > 0 && demands[d].from != demands[d].to) return {errc::unreachable, d};
        return {};
    }

  private:
    list<unsigned> demand_, end_, edges_;
};
using tunnel_set = basic_tunnel_set<>;

/// The k shortest paths of every demand by these weights; fewer where there are no more. Closed edges are avoided.
UONACO_LAZY
tunnel_set k_shortest_tunnels(const graph& g, const capacities& c, view<demand> demands, view<double> weights,
                              unsigned k) {
    detail::later_t<tunnel_set, UonacoLazy_> tunnels;
    detail::later_t<std::vector<unsigned char>, UonacoLazy_> open(g.edges());
    for (unsigned e = 0; e < g.edges(); ++e) open[e] = c.of(e) > 0;
    detail::later_t<basic_k_shortest<least_sum>, UonacoLazy_> search;
    for (unsigned d = 0; d < demands.size(); ++d)
        if (demands[d].from != demands[d].to)
            for (const path& p : search(g, weights, demands[d].from, demands[d].to, k, open)) tunnels.add(d, p.edges);
    return tunnels;
}

/// Plain data; share, bound and proven as in concurrent_flow.hpp, over these tunnels.
struct path_flow {
    double share = 0;
    double bound = 0;
    bool proven = false;
    unsigned rounds = 0;
    std::vector<double> tunnel{}; ///< by tunnel: its part of the demand's amount, when all demands are sent in full
    std::vector<double> length{}; ///< by edge: what the bound is computed from

    double gap() const { return share > 0 ? bound / share - 1 : 0; }
    double max_utilisation() const { return share > 0 ? 1 / share : 0; }
    double least_max_utilisation() const { return bound > 0 ? 1 / bound : 0; }
};

struct path_flow_options {
    double gap = 0.01;
    unsigned rounds = 20000;
};

/// Demands take turns: each moves amount from its longest tunnel in use to its shortest, under the lengths of soft_load.hpp, by an
/// exact line search. Share from loads, bound from lengths, rounded outwards. O(all hops of the tunnels) a round.
/// Failures: unreachable (a demand without an open tunnel), out_of_range.
UONACO_LAZY
basic_result<path_flow, flow_failure> max_path_flow(const graph& g, const capacities& c, view<demand> demands,
                                                    const tunnel_set& t, const path_flow_options& options = {}) {
    flow_failure bad = check(g, c, demands);
    if (bad.code == errc::none) bad = t.check(g, demands);
    if (bad.code != errc::none) return bad;
    detail::later_t<soft_load, UonacoLazy_> load;
    detail::later_t<path_flow, UonacoLazy_> answer;
    detail::later_t<std::vector<std::vector<unsigned>>, UonacoLazy_> open(demands.size());
    for (unsigned i = 0; i < t.size(); ++i) {
        bool usable = true;
        for (const unsigned e : t.edges_of(i)) usable = usable && c.of(e) > 0;
        if (usable) open[t.demand_of(i)].push_back(i);
    }
    detail::later_t<std::vector<unsigned>, UonacoLazy_> asking;
    for (unsigned d = 0; d < demands.size(); ++d) {
        if (!(demands[d].amount > 0) || demands[d].from == demands[d].to) continue;
        if (open[d].empty()) return flow_failure{errc::unreachable, d};
        asking.push_back(d);
    }
    detail::later_t<std::vector<double>, UonacoLazy_> now(t.size()), length(c.amount.size()), best(c.amount.size());
    answer.length.assign(g.edges(), 0);
    answer.tunnel.assign(t.size(), 0);
    if (asking.empty()) {
        answer.share = answer.bound = math::most;
        answer.proven = true;
        return answer;
    }
    for (const unsigned d : asking)
        for (const unsigned i : open[d]) now[i] = demands[d].amount / static_cast<double>(open[d].size());
    const auto cost = [&](unsigned i, const auto& of) {
        double sum = 0;
        for (const unsigned e : t.edges_of(i)) sum += of(c.pool_of(e));
        return sum;
    };
    const auto recount = [&] {
        load.reset(c);
        for (unsigned i = 0; i < t.size(); ++i)
            if (now[i] > 0)
                for (const unsigned e : t.edges_of(i)) load.add(c.pool_of(e), now[i]);
    };
    const double terms = static_cast<double>(g.edges() + t.size() + demands.size() + 16ul);
    double sharpness = 10, bound = math::most;
    for (recount();; recount(), ++answer.rounds) {
        const double smoothing = load.sharpen(sharpness);
        const double share = (1 - terms * 0x1p-52) / load.peak();
        if (share > answer.share) answer.share = share, answer.tunnel = now;
        double capacity = 0, needed = 0;
        for (unsigned p = 0; p < load.pools(); ++p) capacity += load.length(p) * load.capacity(p);
        for (const unsigned d : asking) {
            double least = __builtin_huge_val();
            for (const unsigned i : open[d]) {
                const double x = cost(i, [&](unsigned p) { return load.length(p); });
                if (x < least) least = x;
            }
            needed += demands[d].amount * least;
        }
        const double current = capacity / needed * (1 + terms * 0x1p-52);
        if (current < bound) {
            bound = current;
            for (unsigned p = 0; p < load.pools(); ++p) best[p] = load.length(p) / capacity;
        }
        if (bound <= answer.share * (1 + options.gap) || answer.rounds >= options.rounds) break;
        if ((1 - smoothing) * load.peak() * current - 1 < smoothing && sharpness < 1e9) load.sharpen(sharpness *= 1.5);
        for (const unsigned d : asking) {
            for (unsigned long turn = 1; turn < open[d].size(); ++turn) {
                unsigned least = t.size(), most = t.size();
                double low = 0, high = 0;
                for (const unsigned i : open[d]) {
                    const double x = cost(i, [&](unsigned p) { return load.length(p); });
                    if (least == t.size() || x < low) least = i, low = x;
                    if (now[i] > 0 && (most == t.size() || x > high)) most = i, high = x;
                }
                if (least == most || !(low < high)) break;
                for (const unsigned e : t.edges_of(most)) load.propose(c.pool_of(e), -now[most]);
                for (const unsigned e : t.edges_of(least)) load.propose(c.pool_of(e), now[most]);
                const double moved = load.descend() * now[most];
                now[least] += moved;
                now[most] = moved < now[most] ? now[most] - moved : 0;
            }
        }
    }
    for (unsigned e = 0; e < g.edges(); ++e) answer.length[e] = best[c.pool_of(e)];
    answer.bound = bound;
    answer.proven = bound <= answer.share * (1 + options.gap);
    return answer;
}

} // namespace uonaco::inline UONACO_ABI
