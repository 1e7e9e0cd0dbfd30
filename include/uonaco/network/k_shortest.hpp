// SPDX-License-Identifier: Apache-2.0
// The k best simple paths between two nodes: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management
// Science 17(11), 1971, with E. L. Lawler's split (18(7), 1972) of what a path leaves over, each part searched only
// when its lower bound comes up, and then guided by the tree of shortest paths to the target.
#pragma once

#include "dijkstra.hpp"

namespace uonaco::inline UONACO_ABI {

/// Workspace of repeated searches. Paths come in the order of rank(): cheaper, fewer hops, smaller nodes from the source
/// on; parallel edges make different paths. Exact where sums are exact (whole numbers up to 2^53); elsewhere paths whose
/// costs agree within rounding may change places. Not safe for concurrent use. O(k n (m + n log n)) at worst.
/// `Metric`: least_sum, or another that adds up.
template <class Metric>
class basic_k_shortest {
    template <class T>
    using list = detail::later_t<std::vector<T>, Metric>;

  public:
    /// At most `k` paths, fewer if there are no more. From a node to itself there is one, without edges.
    /// Precondition: weights are 0 or more, not NaN; an infinite one closes its edge, as does a 0 in `usable`.
    std::vector<path> operator()(const graph& g, view<double> weights, unsigned source, unsigned target, unsigned k,
                                 view<unsigned char> usable = {}) {
        list<path> found;
        if (k == 0) return found;
        begin(g, weights, usable);
        tree_.run_to(g, weights, target, usable);
        if (!tree_.reached(source)) return found;
        const path best = tree_.path_of(source);
        const unsigned length = static_cast<unsigned>(best.edges.size());
        append(best.edges);
        parts_.push_back({sum(best.edges), 0, length, length, 0, 0, 0, true});
        push(0);
        while (!queue_.empty()) {
            const unsigned i = pop();
            if (!parts_[i].known) {
                if (resolve(i, target)) push(i);
                continue;
            }
            const view<unsigned> edges = edges_of(parts_[i]);
            found.push_back({{edges.begin(), edges.end()}, parts_[i].cost, true});
            settle(found);
            if (found.size() == k) break;
            split(i);
        }
        return found;
    }

  private:
    // The paths that keep the first `turn` edges of a found path, and then do not take any of the banned ones.
    struct part {
        double cost = 0.0;  ///< of its best path; a lower bound until that is known
        unsigned first = 0; ///< in edges_: its best path if known, else the path it was split from
        unsigned length = 0;
        unsigned hops = 0; ///< goes with cost
        unsigned turn = 0;
        unsigned ban_first = 0; ///< in bans_
        unsigned bans = 0;
        bool known = false;
    };

    // Where a path may go once it has left the edges it keeps.
    struct guide {
        static constexpr bool towards_target = true;
        const basic_k_shortest& s;
        const part& p;
        unsigned turn_node;

        bool open(unsigned node, arc a) const {
            return !s.kept(a.node) && s.tree_.reached(a.node) && (s.usable_.empty() || s.usable_[a.edge]) &&
                   (node != turn_node || !s.banned(p, a.edge));
        }
        double rest(unsigned node) const { return s.tree_.cost(node); }
    };

    void begin(const graph& g, view<double> weights, view<unsigned char> usable) {
        graph_ = &g;
        weights_ = weights;
        usable_ = usable;
        parts_.clear();
        queue_.clear();
        edges_.clear();
        bans_.clear();
        marks_.assign(g.nodes(), 0);
        round_ = 0;
    }

    view<unsigned> edges_of(const part& p) const { return {edges_.data() + p.first, p.length}; }
    bool banned(const part& p, unsigned edge) const {
        for (unsigned i = 0; i < p.bans; ++i)
            if (bans_[p.ban_first + i] == edge) return true;
        return false;
    }
    void keep(unsigned node) { marks_[node] = round_; }
    bool kept(unsigned node) const { return marks_[node] == round_; }
    double sum(view<unsigned> edges) const {
        double cost = Metric::start;
        for (const unsigned e : edges) cost = Metric::extend(cost, weights_[e]);
        return cost;
    }
    unsigned append(view<unsigned> edges) {
        const unsigned first = static_cast<unsigned>(edges_.size());
        edges_.insert(edges_.end(), edges.begin(), edges.end());
        return first;
    }

    // What a found path leaves over: at each of its nodes from its own turn on, the paths that part from it there.
    void split(unsigned i) {
        const part p = parts_[i];
        ++round_;
        double cost = Metric::start;
        for (unsigned j = 0; j < p.length; ++j) {
            const unsigned e = edges_[p.first + j];
            const unsigned node = graph_->from(e);
            keep(node);
            if (j >= p.turn) {
                part rest{0.0, p.first, p.length, 0, j, static_cast<unsigned>(bans_.size()), 0, false};
                if (j == p.turn)
                    for (unsigned b = 0; b < p.bans; ++b) bans_.push_back(bans_[p.ban_first + b]);
                bans_.push_back(e);
                rest.bans = static_cast<unsigned>(bans_.size()) - rest.ban_first;
                if (const arc a = way_out(rest, node, cost); a.node != no_node) {
                    rest.cost = bound(cost, a);
                    rest.hops = j + 1 + tree_.hops(a.node);
                    parts_.push_back(rest);
                    push(static_cast<unsigned>(parts_.size()) - 1);
                } else {
                    bans_.resize(rest.ban_first);
                }
            }
            cost = Metric::extend(cost, weights_[e]);
        }
    }

    double bound(double cost, arc a) const {
        return Metric::extend(Metric::extend(cost, weights_[a.edge]), tree_.cost(a.node));
    }

    // The arc by which the tree promises the best continuation; {no_node, no_edge} if none is left.
    arc way_out(const part& p, unsigned node, double cost) const {
        const guide may{*this, p, node};
        arc best;
        for (const arc a : graph_->out(node)) {
            if (!may.open(node, a)) continue;
            if (best.node != no_node && !promises_more(cost, a, best)) continue;
            best = a;
        }
        return best;
    }
    bool promises_more(double cost, arc a, arc b) const {
        const double x = bound(cost, a);
        const double y = bound(cost, b);
        if (x != y) return x < y;
        if (tree_.hops(a.node) != tree_.hops(b.node)) return tree_.hops(a.node) < tree_.hops(b.node);
        return a.node < b.node || (a.node == b.node && a.edge < b.edge);
    }

    // Finds the best path of a part. Where the tree's own way does not meet the kept nodes, there is nothing to search.
    bool resolve(unsigned i, unsigned target) {
        part p = parts_[i];
        ++round_;
        double cost = Metric::start;
        for (unsigned j = 0; j < p.turn; ++j) {
            keep(graph_->from(edges_[p.first + j]));
            cost = Metric::extend(cost, weights_[edges_[p.first + j]]);
        }
        const unsigned node = graph_->from(edges_[p.first + p.turn]);
        keep(node);
        const unsigned first = static_cast<unsigned>(edges_.size());
        for (unsigned j = 0; j < p.turn; ++j) edges_.push_back(edges_[p.first + j]);
        if (!follow_tree(way_out(p, node, cost), target)) {
            edges_.resize(first + p.turn);
            search_.run_guided(*graph_, weights_, node, cost, target, guide{*this, p, node});
            if (!search_.reached(target)) {
                edges_.resize(first);
                return false;
            }
            append(search_.path_of(target).edges);
        }
        p.first = first;
        p.length = static_cast<unsigned>(edges_.size()) - first;
        p.hops = p.length;
        p.cost = sum(edges_of(p));
        p.known = true;
        parts_[i] = p;
        return true;
    }
    bool follow_tree(arc a, unsigned target) {
        edges_.push_back(a.edge);
        for (unsigned node = a.node; node != target;) {
            const arc next = tree_.step(node);
            if (kept(next.node)) return false;
            edges_.push_back(next.edge);
            node = next.node;
        }
        return true;
    }

    // Rounding may let a path come up late by a hair: it moves to where its cost belongs.
    void settle(std::vector<path>& found) const {
        for (unsigned long i = found.size() - 1; i > 0 && rank(*graph_, found[i], found[i - 1]) < 0; --i) {
            path last = static_cast<path&&>(found[i]);
            found[i] = static_cast<path&&>(found[i - 1]);
            found[i - 1] = static_cast<path&&>(last);
        }
    }

    // A bound comes before a path of the same cost and hops: it may hide one that ranks higher.
    bool before(unsigned i, unsigned j) const {
        const part& a = parts_[i];
        const part& b = parts_[j];
        if (a.cost != b.cost) return a.cost < b.cost;
        if (a.hops != b.hops) return a.hops < b.hops;
        if (a.known != b.known) return b.known;
        return a.known ? rank(*graph_, edges_of(a), a.cost, edges_of(b), b.cost) < 0 : i < j;
    }
    void push(unsigned p) {
        unsigned long i = queue_.size();
        queue_.push_back(p);
        for (; i > 0 && before(p, queue_[(i - 1) / 2]); i = (i - 1) / 2) queue_[i] = queue_[(i - 1) / 2];
        queue_[i] = p;
    }
    unsigned pop() {
        const unsigned first = queue_[0];
        const unsigned last = queue_.back();
        queue_.pop_back();
        unsigned long i = 0;
        for (unsigned long child = 1; child < queue_.size(); child = 2 * i + 1) {
            if (child + 1 < queue_.size() && before(queue_[child + 1], queue_[child])) ++child;
            if (!before(queue_[child], last)) break;
            queue_[i] = queue_[child];
            i = child;
        }
        if (!queue_.empty()) queue_[i] = last;
        return first;
    }

    const graph* graph_ = nullptr; ///< these three for the time of a call
    view<double> weights_{};
    view<unsigned char> usable_{};
    basic_dijkstra<Metric> tree_; ///< from every node to the target
    basic_dijkstra<Metric> search_;
    list<part> parts_;
    list<unsigned> queue_; ///< binary heap of parts
    list<unsigned> edges_;
    list<unsigned> bans_;
    list<unsigned> marks_; ///< of each node: the round in which it was kept
    unsigned round_ = 0;
};

using k_shortest_search = basic_k_shortest<least_sum>;

/// The k best simple paths between two nodes. Allocates: keep a k_shortest_search for repeated calls.
template <class Metric = least_sum>
std::vector<path> k_shortest(const graph& g, view<double> weights, unsigned source, unsigned target, unsigned k,
                             view<unsigned char> usable = {}) {
    return basic_k_shortest<Metric>{}(g, weights, source, target, k, usable);
}

} // namespace uonaco::inline UONACO_ABI
