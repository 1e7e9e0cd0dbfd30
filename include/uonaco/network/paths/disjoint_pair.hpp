// SPDX-License-Identifier: Apache-2.0
// Two paths that share as little as can be, at the least sum of costs: J. W. Suurballe, "Disjoint paths in a network", Networks 4, 1974;
// J. W. Suurballe and R. E. Tarjan, "A quick method for finding shortest pairs of disjoint paths", Networks 14, 1984; R. Bhandari, "Survivable
// Networks", 1999, for splitting nodes and for what has to be shared.
#pragma once

#include "../dijkstra.hpp"

namespace uonaco::inline UONACO_ABI {

/// What two paths may not have in common: edges; or edges and the nodes between their ends.
enum class disjoint : unsigned char { edges, nodes };

/// Two ways between the same two nodes; `working` is the one that ranks first. Neither is found if there is no way at all.
struct path_pair {
    path working{};
    path backup{};
    std::vector<unsigned> shared_edges{}; ///< that both take, in the order of `working`
    std::vector<unsigned> shared_nodes{}; ///< that both pass between their ends, in the order of `working`

    explicit operator bool() const { return working.found && backup.found; }
    double cost() const { return working.cost + backup.cost; }
    friend bool operator==(const path_pair&, const path_pair&) = default;
};

namespace detail {
/// The second of two units of flow: what it must share counts before what it costs.
struct shared_sum {
    struct key_type {
        unsigned long long shared = 0; ///< edges * 2^32 + nodes
        double cost = 0.0;
        friend constexpr bool operator==(const key_type&, const key_type&) = default;
    };
    static constexpr bool better(const key_type& a, const key_type& b) {
        return a.shared < b.shared || (a.shared == b.shared && a.cost < b.cost);
    }
};
} // namespace detail

/// Workspace of repeated searches; calls on graphs of the same size allocate no more than their answer.
/// Two Dijkstra searches, O((n + m) log n). Not safe for concurrent use.
template <class Lazy = void>
class basic_disjoint_pair_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// The pair with the fewest shared edges, then (disjoint::nodes) the fewest shared nodes, then the least sum of costs. What is
    /// shared is named: whoever needs a disjoint pair asks whether that is empty, or calls disjoint_pair(). Both directions of a
    /// fibre are never taken, for then leaving both out is cheaper. Weights that are negative, infinite or NaN close their edge.
    UONACO_LAZY
    path_pair operator()(const graph& g, view<double> weights, unsigned source, unsigned target,
                         disjoint what = disjoint::edges, view<unsigned char> usable = {}) {
        UONACO_ASSERT(source < g.nodes() && target < g.nodes());
        UONACO_ASSERT(weights.size() >= g.edges());
        path_pair pair;
        const unsigned m = g.edges();
        open_.resize(m);
        for (unsigned e = 0; e < m; ++e)
            open_[e] = weights[e] >= 0 && weights[e] < least_sum::worst && (usable.empty() || usable[e]);
        first_.run(g, weights, source, target, open_);
        if (!first_.reached(target)) return pair;
        pair.working = first_.path_of(target);
        if (source == target) {
            pair.backup = pair.working;
            return pair;
        }
        // Most have a disjoint pair, and looking for that alone is faster.
        if (!second_unit<false>(g, weights, source, target, what, pair.working.edges, alone_))
            second_unit<true>(g, weights, source, target, what, pair.working.edges, sharing_);
        take_apart(g, weights, source, target, pair);
        return pair;
    }

  private:
    static constexpr unsigned none = ~0u;
    static constexpr unsigned long long one_edge = 1ull << 32;
    using key = detail::shared_sum::key_type;

    // A node that the first path passes is two when nodes count: where one arrives, `node`, and where one leaves, nodes + node.
    struct state {
        key reached{~0ull, least_sum::worst};
        unsigned hops = ~0u;
        unsigned parent = none;
        unsigned edge = none; ///< taken; none for a step inside a node
        bool undone = false;  ///< the edge is one of the first path, given back
        bool settled = false;
    };

    double potential(unsigned node) const { return first_.reached(node) ? first_.cost(node) : farthest_; }

    template <bool Share, class Edges, class Heap>
    bool second_unit(const graph& g, view<double> weights, unsigned source, unsigned target, disjoint what,
                     const Edges& first, Heap& heap) {
        const unsigned n = g.nodes();
        farthest_ = first_.cost(target);
        before_.assign(n, none);
        after_.assign(n, none);
        for (const unsigned e : first) {
            after_[g.from(e)] = e;
            before_[g.to(e)] = e;
        }
        const unsigned states = what == disjoint::nodes ? 2 * n : n;
        states_.assign(states, state{});
        heap.reset(states);
        const auto split = [&](unsigned node) {
            return what == disjoint::nodes && before_[node] != none && after_[node] != none;
        };
        const auto offer = [&](unsigned from, unsigned to, key k, unsigned hops, unsigned edge, bool undone) {
            state& s = states_[to];
            if (s.settled) return;
            if (!detail::shared_sum::better(k, s.reached) && !(k == s.reached && hops < s.hops)) return;
            s = {k, hops, from, edge, undone, false};
            if constexpr (Share)
                heap.push({k, hops, to});
            else
                heap.push({k.cost, hops, to});
        };
        states_[source].reached = {};
        states_[source].hops = 0;
        heap.push({{}, 0, source});
        while (!heap.empty()) {
            const unsigned number = heap.pop().node();
            states_[number].settled = true;
            const state at = states_[number];
            if (number == target) return true;
            const bool leaving = number >= n;
            const unsigned node = leaving ? number - n : number;
            const unsigned taken = before_[node];
            if (taken != none && !leaving) { // give back the edge by which the first path arrives
                const unsigned back = g.from(taken);
                offer(number, split(back) ? n + back : back, at.reached, at.hops, taken, true);
            }
            if (split(node)) {
                key k = at.reached;
                k.shared += leaving ? 0 : 1;
                if (Share || leaving) offer(number, leaving ? node : n + node, k, at.hops, none, leaving);
                if (!leaving) continue;
            }
            const double here = potential(node);
            for (const arc a : g.out(node)) {
                if (!open_[a.edge] || a.node == source) continue;
                key k = at.reached;
                if (after_[node] == a.edge) {
                    if (!Share) continue;
                    k.shared += one_edge;
                } else {
                    const double reduced = weights[a.edge] + here - potential(a.node);
                    if (reduced > 0) k.cost += reduced; // less than 0 by rounding only
                }
                offer(number, a.node, k, at.hops + 1, a.edge, false);
            }
        }
        UONACO_ASSERT(!Share); // the first path can always be shared
        return false;
    }

    // The union of both units of flow, less what one gives back to the other, as two paths: the shortest in it, and what remains.
    template <class Pair>
    void take_apart(const graph& g, view<double> weights, unsigned source, unsigned target, Pair& pair) {
        uses_.assign(g.edges(), 0);
        for (const unsigned e : pair.working.edges) ++uses_[e];
        for (unsigned s = target; s != source; s = states_[s].parent)
            if (states_[s].edge != none)
                uses_[states_[s].edge] =
                    static_cast<unsigned char>(uses_[states_[s].edge] + (states_[s].undone ? -1 : 1));
        first_.run(g, weights, source, target, uses_);
        pair.working = first_.path_of(target);
        for (const unsigned e : pair.working.edges) --uses_[e];
        first_.run(g, weights, source, target, uses_);
        pair.backup = first_.path_of(target);
        if (rank(g, pair.backup, pair.working) < 0) { // equal cost and hops at most
            path other = static_cast<path&&>(pair.working);
            pair.working = static_cast<path&&>(pair.backup);
            pair.backup = static_cast<path&&>(other);
        }
        name_shared(g, pair);
    }

    template <class Pair>
    void name_shared(const graph& g, Pair& pair) {
        uses_.assign(g.edges(), 0);
        before_.assign(g.nodes(), none);
        for (const unsigned e : pair.backup.edges) uses_[e] = 1, before_[g.to(e)] = e;
        const unsigned target = g.to(pair.backup.edges.back());
        for (const unsigned e : pair.working.edges) {
            if (uses_[e]) pair.shared_edges.push_back(e);
            if (g.to(e) != target && before_[g.to(e)] != none) pair.shared_nodes.push_back(g.to(e));
        }
    }

    detail::later_t<dijkstra, Lazy> first_{};
    detail::later_t<node_heap<least_sum>, Lazy> alone_{};
    detail::later_t<node_heap<detail::shared_sum>, Lazy> sharing_{};
    list<state> states_{};
    list<unsigned> before_{}; ///< of each node, the edge by which the first path arrives
    list<unsigned> after_{};  ///< by which it leaves
    list<unsigned char> open_{};
    list<unsigned char> uses_{};
    double farthest_ = 0.0;
};
using disjoint_pair_search = basic_disjoint_pair_search<>;

/// The cheapest two paths that share no edge, or no edge and no inner node; not found if there are no two such.
/// Allocates: keep a disjoint_pair_search for repeated calls.
UONACO_LAZY
path_pair disjoint_pair(const graph& g, view<double> weights, unsigned source, unsigned target,
                        disjoint what = disjoint::edges, view<unsigned char> usable = {}) {
    path_pair pair = detail::later_t<disjoint_pair_search, UonacoLazy_>{}(g, weights, source, target, what, usable);
    if (!pair.shared_edges.empty() || (what == disjoint::nodes && !pair.shared_nodes.empty())) return {};
    return pair;
}

/// The cheapest two of those that share the fewest edges (then inner nodes, if they count); it says which.
UONACO_LAZY
path_pair maximally_disjoint_pair(const graph& g, view<double> weights, unsigned source, unsigned target,
                                  disjoint what = disjoint::edges, view<unsigned char> usable = {}) {
    return detail::later_t<disjoint_pair_search, UonacoLazy_>{}(g, weights, source, target, what, usable);
}

} // namespace uonaco::inline UONACO_ABI
