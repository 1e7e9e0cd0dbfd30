// SPDX-License-Identifier: Apache-2.0
// min_cost_flow: so much from one node to another as cheaply as possible, over as many paths as it takes. Successive shortest
// paths with potentials: J. Edmonds and R. M. Karp, JACM 19(2), 1972; N. Tomizawa, Networks 1(2), 1971.
#pragma once

#include "source_tree.hpp"

#include "../../base/result.hpp"

namespace uonaco::inline UONACO_ABI {

/// Plain data. Not everything may fit: `sent` < what was asked is the greatest flow there is, at its least cost.
struct min_cost_flow {
    double sent = 0;
    double cost = 0;            ///< sum of flow x cost of its edge
    std::vector<double> flow{}; ///< by edge
};

/// Workspace; not safe for concurrent use. Exact where sums are exact (whole numbers up to 2^53). O(m + n log n) for each
/// path augmented; with whole capacities there are at most as many as units sent.
template <class Lazy = void>
class basic_min_cost_flow_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// `capacity` and `cost` by edge. From a node to itself everything is sent, for nothing. Failures: out_of_range (with
    /// the edge, or without one for the nodes and the amount), for a cost below 0 too.
    UONACO_LAZY
    basic_result<min_cost_flow, flow_failure> operator()(const graph& g, view<double> capacity, view<double> cost,
                                                         unsigned from, unsigned to, double amount) {
        auto& self = detail::late<UonacoLazy_>(*this);
        const demand asked[] = {{from, to, amount}};
        const flow_failure bad = uonaco::check(g, capacities(capacity), asked);
        if (bad.code != errc::none) return bad;
        if (cost.size() < g.edges()) return flow_failure{errc::out_of_range};
        for (unsigned e = 0; e < g.edges(); ++e)
            if (!detail::usable_amount(cost[e])) return flow_failure{errc::out_of_range, no_demand, e};
        detail::later_t<min_cost_flow, UonacoLazy_> answer;
        answer.flow.assign(g.edges(), 0);
        self.potential_.assign(g.nodes(), 0);
        if (from == to) answer.sent = amount;
        while (answer.sent < amount) {
            self.search(g, capacity, cost, from, answer.flow);
            if (!self.label_[to].reached()) break;
            double most = amount - answer.sent;
            for (unsigned v = to; v != from; v = self.label_[v].parent) {
                const label& l = self.label_[v];
                const double room = l.back ? answer.flow[l.edge] : capacity[l.edge] - answer.flow[l.edge];
                if (room < most) most = room;
            }
            for (unsigned v = to; v != from; v = self.label_[v].parent) {
                const label& l = self.label_[v];
                answer.flow[l.edge] += l.back ? -most : most;
            }
            // Rounding may leave nothing to send: then that is all.
            if (!(answer.sent + most > answer.sent)) break;
            answer.sent += most;
        }
        for (unsigned e = 0; e < g.edges(); ++e) answer.cost += answer.flow[e] * cost[e];
        return answer;
    }

  private:
    struct label {
        double distance = __builtin_huge_val();
        unsigned parent = no_node;
        unsigned edge = no_edge;
        bool back = false; ///< against the edge: takes flow off it
        bool reached() const { return distance < __builtin_huge_val(); }
    };

    // Dijkstra in the residual graph over reduced costs, which rounding may leave a little below 0.
    UONACO_LAZY
    void search(const graph& g, view<double> capacity, view<double> cost, unsigned from, view<double> flow) {
        label_.assign(g.nodes(), {});
        done_.assign(g.nodes(), 0);
        heap_.reset(g.nodes());
        label_[from].distance = 0;
        heap_.push({0, 0, from});
        double farthest = 0;
        const auto offer = [&](unsigned v, arc a, double reduced, bool back) {
            const double there = label_[v].distance + (reduced > 0 ? reduced : 0);
            if (done_[a.node] || !(there < label_[a.node].distance)) return;
            label_[a.node] = {there, v, a.edge, back};
            heap_.push({there, 0, a.node});
        };
        while (!heap_.empty()) {
            const unsigned v = heap_.pop().node();
            done_[v] = 1;
            farthest = label_[v].distance;
            for (const arc a : g.out(v))
                if (flow[a.edge] < capacity[a.edge])
                    offer(v, a, cost[a.edge] + potential_[v] - potential_[a.node], false);
            for (const arc a : g.in(v))
                if (flow[a.edge] > 0) offer(v, a, potential_[v] - potential_[a.node] - cost[a.edge], true);
        }
        for (unsigned v = 0; v < g.nodes(); ++v) potential_[v] += label_[v].reached() ? label_[v].distance : farthest;
    }

    list<label> label_;
    list<unsigned char> done_;
    list<double> potential_;
    detail::later_t<node_heap<least_sum>, Lazy> heap_{};
};
using min_cost_flow_search = basic_min_cost_flow_search<>;

/// The cheapest way to send an amount. Allocates: keep a search for repeated calls.
UONACO_LAZY
basic_result<min_cost_flow, flow_failure> cheapest_flow(const graph& g, view<double> capacity, view<double> cost,
                                                        unsigned from, unsigned to, double amount) {
    detail::later_t<min_cost_flow_search, UonacoLazy_> search;
    return search(g, capacity, cost, from, to, amount);
}

} // namespace uonaco::inline UONACO_ABI
