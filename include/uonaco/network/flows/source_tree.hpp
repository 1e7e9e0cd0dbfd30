// SPDX-License-Identifier: Apache-2.0
// source_tree: shortest paths from one node, grown many times over lengths that change, and traffic pushed down them.
#pragma once

#include "demand.hpp"
#include "soft_load.hpp"

#include "../dijkstra.hpp"

namespace uonaco::inline UONACO_ABI {

/// Lengths are by pool. Which of several shortest paths is taken depends on their numbers only. A workspace; not safe for
/// concurrent use.
template <class Lazy = void>
class basic_source_tree {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// Keeps the open edges of a graph in rows. O(nodes + edges).
    UONACO_LAZY
    void reset(const graph& g, const capacities& c) {
        auto& self = detail::late<UonacoLazy_>(*this);
        self.row_.clear();
        self.arcs_.clear();
        for (unsigned v = 0; v < g.nodes(); ++v) {
            self.row_.push_back(static_cast<unsigned>(self.arcs_.size()));
            for (const arc a : g.out(v))
                if (c.of(a.edge) > 0 && a.node != v) self.arcs_.push_back({a.node, a.edge, c.pool_of(a.edge)});
        }
        self.row_.push_back(static_cast<unsigned>(self.arcs_.size()));
        self.node_.assign(g.nodes(), {});
        self.order_.clear();
    }

    /// O((n + m) log n). `length(pool)`: greater than 0.
    template <class Length>
    void grow(unsigned source, const Length& length) {
        for (auto& n : node_) n = {};
        order_.clear();
        heap_.reset(static_cast<unsigned>(node_.size()));
        node_[source].distance = 0;
        heap_.push({0, 0, source});
        while (!heap_.empty()) {
            const unsigned v = heap_.pop().node();
            order_.push_back(v);
            const double here = node_[v].distance;
            for (unsigned i = row_[v]; i < row_[v + 1]; ++i) {
                const open_arc& a = arcs_[i];
                const double there = here + length(a.pool);
                state& n = node_[a.to];
                if (!(there < n.distance)) continue;
                n = {there, 0, v, a.edge, a.pool};
                heap_.push({there, 0, a.to});
            }
        }
    }

    double distance(unsigned node) const { return node_[node].distance; }
    bool reached(unsigned node) const { return node_[node].distance < __builtin_huge_val(); }

    /// So much is to arrive at a reached node; pour() is what moves it.
    void want(unsigned node, double amount) { node_[node].wanted += amount; }

    /// Calls put(edge, pool, amount) for every edge of the tree that what is wanted runs over. O(nodes).
    template <class Put>
    void pour(const Put& put) {
        for (unsigned long i = order_.size(); i-- > 1;) {
            state& n = node_[order_[i]];
            if (!(n.wanted > 0)) continue;
            node_[n.parent].wanted += n.wanted;
            put(n.edge, n.pool, n.wanted);
            n.wanted = 0;
        }
        if (!order_.empty()) node_[order_[0]].wanted = 0;
    }

  private:
    struct open_arc {
        unsigned to, edge, pool;
    };
    struct state {
        double distance = __builtin_huge_val();
        double wanted = 0;
        unsigned parent = no_node;
        unsigned edge = no_edge;
        unsigned pool = no_edge;
    };

    list<unsigned> row_;
    list<open_arc> arcs_;
    list<state> node_;
    list<unsigned> order_;
    detail::later_t<node_heap<least_sum>, Lazy> heap_{};
};
using source_tree = basic_source_tree<>;

} // namespace uonaco::inline UONACO_ABI
