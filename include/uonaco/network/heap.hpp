// SPDX-License-Identifier: Apache-2.0
// node_heap: the queue of a path search. Four children to a parent, because moving down then touches half as many lines.
#pragma once

#include "graph.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// Key, hops and node in one number, in this order of weight: one comparison without a branch.
struct packed_entry {
    __extension__ using number = unsigned __int128;
    number rank = 0;

    unsigned node() const { return static_cast<unsigned>(rank); }
    friend bool operator<(packed_entry a, packed_entry b) { return a.rank < b.rank; }
};
} // namespace detail

/// Nodes by key, then by hops; each node at most once, found by its number so that it can move forward. `Metric` says
/// which key is better; where it has order(key), a number that is less for a better key, entries are packed.
/// Keeps its memory when cleared; not safe for concurrent use.
template <class Metric>
class node_heap {
  public:
    struct entry {
        typename Metric::key_type key{};
        unsigned hops = 0;
        unsigned node_number = no_node;

        unsigned node() const { return node_number; }
        friend bool operator<(const entry& a, const entry& b) {
            return Metric::better(a.key, b.key) || (a.key == b.key && a.hops < b.hops);
        }
    };

    /// Makes room for nodes 0..nodes-1 and empties it. O(entries), or O(nodes) if the number changed.
    void reset(unsigned nodes) {
        if (place_.size() != nodes) {
            detail::late<Metric>(place_).assign(nodes, outside);
            entries_.resize(nodes);
        } else {
            for (unsigned i = 0; i < size_; ++i) place_[entries_[i].node()] = outside;
        }
        size_ = 0;
    }

    bool empty() const { return size_ == 0; }

    /// Adds a node, or moves it forward. Precondition: the key is not worse than the node's present one. O(log n).
    void push(const entry& added) {
        const item e = pack(added);
        const unsigned place = place_.data()[added.node_number];
        unsigned i = place == outside ? size_ : place; // without a branch: which of the two is hard to guess
        size_ += place == outside;
        while (i > 0) {
            const unsigned parent = (i - 1) / 4;
            if (!(e < entries_.data()[parent])) break;
            put(i, entries_.data()[parent]);
            i = parent;
        }
        put(i, e);
    }

    /// Takes the first: its key, where it is not packed, its hops and its node(). Precondition: not empty. O(log n).
    auto pop() {
        UONACO_ASSERT(!empty());
        const item first = entries_.data()[0];
        place_.data()[first.node()] = outside;
        --size_;
        if (size_ != 0) sink(entries_.data()[size_]);
        return first;
    }

  private:
    static constexpr unsigned outside = ~0u;

    static constexpr bool packs = requires(typename Metric::key_type k) { Metric::order(k); };
    template <bool Packs, class Entry>
    struct choose {
        using type = Entry;
    };
    template <class Entry>
    struct choose<true, Entry> {
        using type = detail::packed_entry;
    };
    using item = typename choose<packs, entry>::type;

    static item pack(const entry& e) {
        if constexpr (packs)
            return {static_cast<detail::packed_entry::number>(Metric::order(e.key)) << 64 |
                    (static_cast<unsigned long long>(e.hops) << 32 | e.node_number)};
        else
            return e;
    }
    void put(unsigned i, const item& e) {
        entries_.data()[i] = e;
        place_.data()[e.node()] = i;
    }
    void sink(const item e) {
        const unsigned size = size_;
        const item* const all = entries_.data();
        unsigned i = 0;
        for (unsigned child = 1; child < size; child = 4 * i + 1) {
            unsigned best = child;
            if (child + 4 <= size) { // a tournament: its two first rounds do not wait for each other
                const unsigned left = all[child + 1] < all[child] ? child + 1 : child;
                const unsigned right = all[child + 3] < all[child + 2] ? child + 3 : child + 2;
                best = all[right] < all[left] ? right : left;
            } else {
                for (unsigned other = child + 1; other < size; ++other)
                    if (all[other] < all[best]) best = other;
            }
            if (!(all[best] < e)) break;
            put(i, all[best]);
            i = best;
        }
        put(i, e);
    }

    std::vector<item> entries_; ///< room for every node; the first size_ are in use
    unsigned size_ = 0;
    std::vector<unsigned> place_; ///< of each node in entries_
};

} // namespace uonaco::inline UONACO_ABI
