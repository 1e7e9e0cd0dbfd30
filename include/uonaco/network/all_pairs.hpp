// SPDX-License-Identifier: Apache-2.0
// all_pairs: the best paths between every two nodes, one Dijkstra search a source (less than Floyd-Warshall in sparse networks).
#pragma once

#include "dijkstra.hpp"

namespace uonaco::inline UONACO_ABI {

/// What is kept for every pair.
enum class keep : unsigned char {
    costs,          ///< 8 bytes a pair
    costs_and_paths ///< and the last edge, 4 more
};

/// Costs, and where wanted paths, of all pairs. Paths are those of dijkstra. Running it again on a graph of the same size allocates
/// nothing. Concurrent reads are safe. O(n (m + n log n)).
class all_pairs {
  public:
    all_pairs() = default;
    UONACO_LAZY
    all_pairs(const graph& g, view<double> weights, keep what = keep::costs_and_paths,
              view<unsigned char> usable = {}) {
        run(g, weights, what, usable);
    }

    /// Preconditions of dijkstra::run.
    UONACO_LAZY
    void run(const graph& g, view<double> weights, keep what = keep::costs_and_paths, view<unsigned char> usable = {}) {
        nodes_ = g.nodes();
        const unsigned long all = static_cast<unsigned long>(nodes_) * nodes_;
        costs_.resize(all);
        last_.resize(what == keep::costs_and_paths ? all : 0);
        for (unsigned s = 0; s < nodes_; ++s) {
            search_.run(g, weights, s, no_node, usable);
            search_.copy_all(costs_.data() + row(s), what == keep::costs ? nullptr : last_.data() + row(s));
        }
    }

    unsigned nodes() const { return nodes_; }
    /// Precondition of all: both nodes exist.
    bool reached(unsigned source, unsigned target) const { return at(source, target) < least_sum::worst; }
    /// Precondition: reached.
    double cost(unsigned source, unsigned target) const {
        UONACO_ASSERT(reached(source, target));
        return at(source, target);
    }
    /// Not found where there is none. Precondition: paths were kept, `g` is the graph searched. O(hops).
    UONACO_LAZY
    path path_of(const graph& g, unsigned source, unsigned target) const {
        UONACO_ASSERT(last_.size() == costs_.size());
        path p;
        if (!reached(source, target)) return p;
        p.found = true;
        p.cost = at(source, target);
        unsigned hops = 0;
        for (unsigned t = target; t != source; t = g.from(last_[row(source) + t])) ++hops;
        p.edges.resize(hops);
        for (unsigned t = target; t != source; t = g.from(p.edges[hops])) p.edges[--hops] = last_[row(source) + t];
        return p;
    }

  private:
    unsigned long row(unsigned source) const { return static_cast<unsigned long>(source) * nodes_; }
    double at(unsigned source, unsigned target) const {
        UONACO_ASSERT(source < nodes_ && target < nodes_);
        return costs_[row(source) + target];
    }

    unsigned nodes_ = 0;
    std::vector<double> costs_{};
    std::vector<unsigned> last_{};
    dijkstra search_{};
};

} // namespace uonaco::inline UONACO_ABI
