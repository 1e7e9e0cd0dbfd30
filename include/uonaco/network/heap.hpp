// SPDX-License-Identifier: Apache-2.0
// node_heap: the queue of a path search. Four children to a parent, because moving down then touches half as many lines.
#pragma once

#include "graph.hpp"

namespace uonaco::inline UONACO_ABI {

/// Nodes by key, then by hops; each node at most once, found by its number so that it can move forward. `Metric` says
/// which key is better. Keeps its memory when cleared; not safe for concurrent use.
template <class Metric>
class node_heap {
  public:
    struct entry {
        typename Metric::key_type key{};
        unsigned hops = 0;
        unsigned node = no_node;
    };

    /// Makes room for nodes 0..nodes-1 and empties it. O(entries), or O(nodes) if the number changed.
    void reset(unsigned nodes) {
        if (place_.size() != nodes) {
            place_.assign(nodes, outside);
        } else {
            for (const entry& e : entries_) place_[e.node] = outside;
        }
        entries_.clear();
    }

    bool empty() const { return entries_.empty(); }

    /// Adds a node, or moves it forward. Precondition: the key is not worse than the node's present one. O(log n).
    void push(entry e) {
        unsigned i = place_[e.node];
        if (i == outside) {
            i = static_cast<unsigned>(entries_.size());
            entries_.push_back(e);
        }
        while (i > 0) {
            const unsigned parent = (i - 1) / 4;
            if (!before(e, entries_[parent])) break;
            put(i, entries_[parent]);
            i = parent;
        }
        put(i, e);
    }

    /// Takes the first. Precondition: not empty. O(log n).
    entry pop() {
        UONACO_ASSERT(!empty());
        const entry first = entries_[0];
        const entry last = entries_.back();
        entries_.pop_back();
        place_[first.node] = outside;
        if (!entries_.empty()) sink(last);
        return first;
    }

  private:
    static constexpr unsigned outside = ~0u;

    static bool before(const entry& a, const entry& b) {
        return Metric::better(a.key, b.key) || (a.key == b.key && a.hops < b.hops);
    }
    void put(unsigned i, const entry& e) {
        entries_[i] = e;
        place_[e.node] = i;
    }
    void sink(entry e) {
        const unsigned size = static_cast<unsigned>(entries_.size());
        unsigned i = 0;
        for (unsigned child = 1; child < size; child = 4 * i + 1) {
            unsigned best = child;
            const unsigned end = child + 4 < size ? child + 4 : size;
            while (++child < end)
                if (before(entries_[child], entries_[best])) best = child;
            if (!before(entries_[best], e)) break;
            put(i, entries_[best]);
            i = best;
        }
        put(i, e);
    }

    std::vector<entry> entries_;
    std::vector<unsigned> place_; ///< of each node in entries_
};

} // namespace uonaco::inline UONACO_ABI
