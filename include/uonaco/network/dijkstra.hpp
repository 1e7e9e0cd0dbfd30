// SPDX-License-Identifier: Apache-2.0
// Best paths from one node, or to one, with the same path on every platform. E. W. Dijkstra, "A note on two problems in
// connexion with graphs", Numerische Mathematik 1, 1959; guided towards a target as by Hart, Nilsson and Raphael, 1968.
#pragma once

#include "heap.hpp"
#include "path.hpp"

namespace uonaco::inline UONACO_ABI {

/// Shortest: weights add up, less is better.
struct least_sum {
    using key_type = double;
    static constexpr double start = 0.0;
    static constexpr double worst = __builtin_huge_val();
    static constexpr double extend(double total, double weight) { return total + weight; }
    static constexpr bool better(double a, double b) { return a < b; }
    /// Bits of doubles that are not negative are in the order of their values.
    static constexpr unsigned long long order(double a) { return __builtin_bit_cast(unsigned long long, a); }
};

/// Widest: the least weight on the way counts, more is better, 0 is no connection. Costs are exact; the path found is one
/// of the widest, not the one with the fewest hops (a narrow detour may be the shorter start of a widest path).
struct most_width {
    using key_type = double;
    static constexpr double start = 1.7976931348623157e308;
    static constexpr double worst = 0.0;
    static constexpr double extend(double total, double weight) { return weight < total ? weight : total; }
    static constexpr bool better(double a, double b) { return a > b; }
    static constexpr unsigned long long order(double a) { return ~__builtin_bit_cast(unsigned long long, a); }
};

/// Which edges may be taken: those whose mask is not 0, or all if there is no mask. The plainest guide of a search.
struct open_edges {
    static constexpr bool towards_target = false;
    view<unsigned char> usable{};

    bool open(unsigned, arc a) const { return usable.empty() || usable[a.edge] != 0; }
    static double rest(unsigned) { return 0.0; }
};

/// Workspace and answer of a search; calling it again on a graph of the same size allocates nothing. Ties are settled by
/// the rule of rank(), exactly where sums are exact (whole numbers up to 2^53), within rounding elsewhere.
/// `Metric`: extend(total, weight) is never better than total, and keeps the order of totals.
/// Not safe for concurrent use: one per thread. O((n + m) log n), plus O(hops) for each tie.
template <class Metric>
class basic_dijkstra {
  public:
    /// Best paths from `source` to every node, or until `target` is reached. `weights` and `usable` by edge number.
    /// Precondition: weights are 0 or more, not NaN; an infinite one closes its edge.
    void run(const graph& g, view<double> weights, unsigned source, unsigned target = no_node,
             view<unsigned char> usable = {}) {
        search<false>(g, weights, source, Metric::start, target, open_edges{usable});
    }

    /// Best paths from every node to `target`; rank() still reads them from their source on. Same preconditions.
    void run_to(const graph& g, view<double> weights, unsigned target, view<unsigned char> usable = {}) {
        search<true>(g, weights, target, Metric::start, no_node, open_edges{usable});
    }

    /// From `source`, which already has total `start`, to `target`. `guide.open(node, arc)` says whether the arc may be
    /// taken from the node; `guide.rest(node)` is never worse than what really remains from there, and never worse than
    /// one weight further on (A*, consistent); `Guide::towards_target` says whether rest() is to be asked.
    template <class Guide>
    void run_guided(const graph& g, view<double> weights, unsigned source, double start, unsigned target,
                    const Guide& guide) {
        search<false>(g, weights, source, start, target, guide);
    }

    /// True if the last search settled the best path of this node. The others' precondition, but for path_of().
    bool reached(unsigned node) const { return node < labels_.size() && labels_[node].settled != 0; }
    double cost(unsigned node) const { return settled(node).cost; }
    unsigned hops(unsigned node) const { return settled(node).hops; }
    /// Towards the root of the search: the edge taken and the node it joins; {no_node, no_edge} at the root.
    arc step(unsigned node) const { return {settled(node).parent, settled(node).edge}; }

    /// Writes the cost of every node, Metric::worst where it was not reached, and unless null the edge of its step, no_edge there and at
    /// the root. Precondition: the last search had no target; both arrays are as long as there are nodes.
    void copy_all(double* costs, unsigned* edges) const {
        for (const label& l : labels_) {
            *costs++ = l.cost;
            if (edges) *edges++ = l.edge;
        }
    }

    /// The path between this node and the root, in travelling order; not found if the node was not reached.
    path path_of(unsigned node) const {
        path p;
        if (!reached(node)) return p;
        p.found = true;
        p.cost = cost(node);
        const unsigned length = hops(node);
        p.edges.resize(length);
        for (unsigned i = 0; i < length; ++i, node = labels_[node].parent)
            p.edges[backward_ ? i : length - 1 - i] = labels_[node].edge;
        return p;
    }

  private:
    struct label {
        double cost = Metric::worst;
        unsigned hops = ~0u;
        unsigned edge = no_edge;
        unsigned parent = no_node;
        unsigned settled = 0;
    };

    const label& settled(unsigned node) const {
        UONACO_ASSERT(reached(node));
        return labels_[node];
    }

    void reset(unsigned nodes) {
        if (labels_.size() != nodes) {
            labels_.assign(nodes, label{});
            touched_.resize(nodes + 1ul);
        } else {
            for (unsigned i = 0; i < touched_count_; ++i) labels_[touched_[i]] = label{};
        }
        touched_count_ = 0;
        heap_.reset(nodes);
    }

    template <bool Backward, class Guide>
    void search(const graph& g, view<double> weights, unsigned root, double start, unsigned target,
                const Guide& guide) {
        UONACO_ASSERT(root < g.nodes() && weights.size() >= g.edges());
        reset(g.nodes());
        backward_ = Backward;
        labels_[root] = {start, 0, no_edge, no_node, 0};
        touched_[touched_count_++] = root;
        heap_.push({start, 0, root});
        while (!heap_.empty()) {
            const unsigned node = heap_.pop().node();
            labels_[node].settled = 1;
            if (node == target) return;
            for (const arc a : Backward ? g.in(node) : g.out(node)) {
                if (!guide.open(node, a)) continue;
                UONACO_ASSERT(weights[a.edge] >= 0);
                offer<Backward>(node, a, Metric::extend(labels_[node].cost, weights.data()[a.edge]), guide);
            }
        }
    }

    // Keys grow along every path (no weight is negative, hops count), so the chains compared for a tie are final.
    template <bool Backward, class Guide>
    void offer(unsigned node, arc a, double cost, const Guide& guide) {
        label& l = labels_.data()[a.node];
        const unsigned hops = labels_.data()[node].hops + 1;
        if (!Metric::better(cost, l.cost)) {
            if (Metric::better(l.cost, cost) || l.settled || !Metric::better(cost, Metric::worst) || hops > l.hops)
                return;
            if (hops == l.hops) {
                if (Backward ? earlier({node, a.edge}, {l.parent, l.edge})
                             : earlier_chain({node, a.edge}, {l.parent, l.edge}))
                    l = {cost, hops, a.edge, node, 0};
                return;
            }
        } else if (Guide::towards_target && l.settled) {
            return;
        }
        touched_.data()[touched_count_] = a.node;
        touched_count_ += l.hops == ~0u;
        double key = cost;
        if constexpr (Guide::towards_target) key = Metric::extend(cost, guide.rest(a.node));
        l = {cost, hops, a.edge, node, 0};
        heap_.push({key, hops, a.node});
    }

    static bool earlier(arc a, arc b) { return a.node < b.node || (a.node == b.node && a.edge < b.edge); }

    // Two chains of equal length back to the root: the nodes just after they part decide.
    bool earlier_chain(arc a, arc b) const {
        if (a.node == b.node) return a.edge < b.edge;
        bool less = false;
        while (a.node != b.node) {
            less = a.node < b.node;
            a.node = labels_[a.node].parent;
            b.node = labels_[b.node].parent;
        }
        return less;
    }

    std::vector<label> labels_;
    std::vector<unsigned> touched_; ///< the first touched_count_ have a label; room for one more than there are nodes
    unsigned touched_count_ = 0;
    node_heap<Metric> heap_{};
    bool backward_ = false;
};

using dijkstra = basic_dijkstra<least_sum>;

/// The best path between two nodes; not found if there is none. Allocates: keep a `dijkstra` for repeated calls.
template <class Metric = least_sum>
path shortest_path(const graph& g, view<double> weights, unsigned source, unsigned target,
                   view<unsigned char> usable = {}) {
    basic_dijkstra<Metric> search;
    search.run(g, weights, source, target, usable);
    return search.path_of(target);
}

} // namespace uonaco::inline UONACO_ABI
