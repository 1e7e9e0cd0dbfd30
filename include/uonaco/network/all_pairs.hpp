// SPDX-License-Identifier: Apache-2.0
// all_pairs: the best paths between every two nodes, searched from several sources at once.
#pragma once

#include "../base/lanes.hpp"
#include "dijkstra.hpp"
#include "sort.hpp"

namespace uonaco::inline UONACO_ABI {

/// What is kept for every pair.
enum class keep : unsigned char {
    costs,          ///< 8 bytes a pair
    costs_and_paths ///< and the last edge, 4 more
};

namespace detail {

/// Labels of eight sources side by side, corrected together, first touched first served: two to five times a node where nodes have few
/// edges. Only sums and comparisons: the costs are those of dijkstra, bit for bit, in whatever order they are found.
template <class Lazy = void>
class basic_sources_abreast {
    template <class T>
    using list = later_t<std::vector<T>, Lazy>;

  public:
    static constexpr unsigned width = 8;
    static constexpr unsigned every_lane = 0xff;

    /// Before the first settle() of a graph, which must stay as it is. Preconditions of dijkstra::run.
    UONACO_LAZY
    void prepare(const graph& g, view<double> weights, view<unsigned char> usable) {
        UONACO_ASSERT(weights.size() >= g.edges());
        const unsigned nodes = g.nodes();
        labels_.resize(static_cast<unsigned long>(nodes) * width);
        queue_.resize(nodes);
        weights_.assign(weights.begin(), weights.begin() + g.edges());
        for (unsigned e = 0; e < usable.size() && e < g.edges(); ++e)
            if (usable[e] == 0) weights_[e] = least_sum::worst;
        // Neighbours make a block, because their labels settle at much the same time.
        waiting_.assign(nodes, 0);
        sources_.clear();
        for (unsigned root = 0, next = 0; root < nodes; ++root) {
            if (waiting_[root] == 0) sources_.push_back(root);
            for (waiting_[root] = 1; next < sources_.size(); ++next)
                for (const arc a : g.out(sources_[next])) {
                    if (waiting_[a.node] == 0) sources_.push_back(a.node);
                    waiting_[a.node] = 1;
                }
        }
        waiting_.assign(nodes, 0);
    }

    /// The source in place i, 0..nodes-1: each node once.
    unsigned source(unsigned i) const { return sources_.data()[i]; }

    /// Least costs from the sources in places `first`, first + 1 ...; false if eight searches would be sooner done.
    UONACO_LAZY
    bool settle(const graph& g, unsigned first) {
        const unsigned nodes = g.nodes();
        labels_.assign(labels_.size(), least_sum::worst);
        unsigned head = 0, length = 0;
        const auto add = [&](unsigned node) {
            waiting_.data()[node] = 1;
            const unsigned at = head + length++;
            queue_.data()[at < nodes ? at : at - nodes] = node;
        };
        for (unsigned i = 0; i < width && first + i < nodes; ++i) {
            label(source(first + i))[i] = 0.0;
            add(source(first + i));
        }
        for (unsigned long left = 24ul * nodes + 2ul * g.edges(); length > 0; --length) {
            const unsigned node = queue_.data()[head];
            const view<arc> row = g.out(node);
            if (left < row.size()) return false;
            left -= row.size();
            waiting_.data()[node] = 0;
            native_lanes from[parts];
            for (unsigned p = 0; p < parts; ++p) from[p] = load(label(node), p);
            for (const arc a : row) {
                const native_lanes weight = weights_.data()[a.edge];
                double* const to = label(a.node);
                auto less = mask<UONACO_LANES>::of(false);
                for (unsigned p = 0; p < parts; ++p) {
                    const native_lanes old = load(to, p), now = from[p] + weight;
                    less = less | (now < old);
                    const native_lanes lower = min(old, now);
                    __builtin_memcpy(to + p * UONACO_LANES, &lower.v, sizeof lower.v);
                }
                if (any(less) && waiting_.data()[a.node] == 0) add(a.node);
            }
            head = head + 1 < nodes ? head + 1 : 0;
        }
        return true;
    }

    /// Writes what was settled into rows of `costs` and, unless null, the last edges of the best paths into those of `last`.
    /// Returns as bits the lanes whose paths a search has to find: where an edge adds nothing to a cost, or all where ties abound.
    UONACO_LAZY
    unsigned write(const graph& g, unsigned first, double* costs, unsigned* last) {
        const unsigned nodes = g.nodes();
        const unsigned used = nodes - first < width ? nodes - first : width;
        for (unsigned i = 0; i < used; ++i) row_[i] = static_cast<unsigned long>(source(first + i)) * nodes;
        for (unsigned v = 0; v < nodes; ++v)
            for (unsigned i = 0; i < used; ++i) costs[row_[i] + v] = label(v)[i];
        if (!last) return 0;
        unsigned undecided = 0;
        ties_.clear();
        for (unsigned v = 0; v < nodes; ++v)
            for (unsigned p = 0; p < parts; ++p) undecided |= last_edges(g, v, p, used, last);
        if (ties_.size() > nodes) return every_lane;
        sort(ties_.data(), ties_.size(), [&](unsigned a, unsigned b) { return labels_[a] < labels_[b]; });
        for (const unsigned t : ties_)
            if ((undecided >> t % width & 1) == 0) decide(g, t / width, t % width, last + row_[t % width]);
        return undecided;
    }

  private:
    static constexpr unsigned parts = width / UONACO_LANES;

    double* label(unsigned node) { return labels_.data() + static_cast<unsigned long>(node) * width; }
    static native_lanes load(const double* label, unsigned part) {
        native_lanes x;
        __builtin_memcpy(&x.v, label + part * UONACO_LANES, sizeof x.v);
        return x;
    }

    // The edge by which v is reached: any of them at a tie, which is noted down. Returns as bits the lanes where one adds nothing.
    UONACO_LAZY
    unsigned last_edges(const graph& g, unsigned v, unsigned part, unsigned used, unsigned* last) {
        const native_lanes to = load(label(v), part);
        const auto reached = to < native_lanes(least_sum::worst);
        const auto none = mask<UONACO_LANES>::of(false);
        auto found = none, tied = none, flat = none;
        native_lanes edge = -1.0;
        for (const arc a : g.in(v)) {
            const native_lanes from = load(label(a.node), part);
            const auto tight = (from + native_lanes(weights_.data()[a.edge]) == to) & reached;
            tied = tied | (tight & found);
            flat = flat | (tight & (from == to));
            found = found | tight;
            edge = select(tight, native_lanes(a.edge), edge);
        }
        const bool some_tied = any(tied), some_flat = any(flat);
        unsigned undecided = 0;
        for (unsigned i = part * UONACO_LANES, l = 0; l < UONACO_LANES && i < used; ++i, ++l) {
            const int lane = static_cast<int>(l);
            last[row_[i] + v] = edge[lane] < 0 ? no_edge : static_cast<unsigned>(edge[lane]);
            if (some_tied && tied[lane]) ties_.push_back(v * width + i);
            if (some_flat && flat[lane]) undecided |= 1u << i;
        }
        return undecided;
    }

    // Ties are decided in the order of costs: the ways back from all that comes before are known.
    UONACO_LAZY
    void decide(const graph& g, unsigned v, unsigned lane, unsigned* last) {
        const auto back = [&](unsigned node) { return last[node] == no_edge ? no_node : g.from(last[node]); };
        arc best;
        unsigned fewest = ~0u;
        for (const arc a : g.in(v)) {
            if (label(a.node)[lane] + weights_[a.edge] != label(v)[lane]) continue;
            unsigned hops = 0;
            for (unsigned node = a.node; node != no_node; node = back(node)) ++hops;
            bool earlier = hops < fewest;
            if (hops == fewest) {
                unsigned x = a.node, y = best.node;
                earlier = x == y && a.edge < best.edge;
                for (; x != y; x = back(x), y = back(y)) earlier = x < y;
            }
            if (!earlier) continue;
            best = a;
            fewest = hops;
        }
        last[v] = best.edge;
    }

    list<double> labels_{};         ///< `width` to a node
    list<double> weights_{};        ///< infinite where an edge may not be used
    list<unsigned> sources_{};      ///< neighbours close together
    list<unsigned> queue_{};        ///< a ring
    list<unsigned> waiting_{};      ///< by node: is it in the queue
    list<unsigned> ties_{};         ///< places in labels_
    unsigned long row_[width] = {}; ///< of each lane, in the answer
};
using sources_abreast = basic_sources_abreast<>;

} // namespace detail

/// Costs, and where wanted paths, of all pairs: those of dijkstra, bit for bit. Eight sources are searched together, until that is found
/// not to pay. Running it again on a graph of the same size allocates nothing. Concurrent reads are safe. O(n (m + n log n)).
template <class Lazy = void>
class basic_all_pairs {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    basic_all_pairs() = default;
    UONACO_LAZY
    basic_all_pairs(const graph& g, view<double> weights, keep what = keep::costs_and_paths,
                    view<unsigned char> usable = {}) {
        run(g, weights, what, usable);
    }

    /// Preconditions of dijkstra::run.
    UONACO_LAZY
    void run(const graph& g, view<double> weights, keep what = keep::costs_and_paths, view<unsigned char> usable = {}) {
        using detail::sources_abreast;
        nodes_ = g.nodes();
        const unsigned long all = static_cast<unsigned long>(nodes_) * nodes_;
        costs_.resize(all);
        last_.resize(what == keep::costs_and_paths ? all : 0);
        unsigned* const last = last_.empty() ? nullptr : last_.data();
        abreast_.prepare(g, weights, usable);
        unsigned alone = 0;
        for (unsigned i = 0; i < nodes_; ++i) {
            if (i % sources_abreast::width == 0 && alone != sources_abreast::every_lane)
                alone = abreast_.settle(g, i) ? abreast_.write(g, i, costs_.data(), last) : sources_abreast::every_lane;
            if ((alone >> i % sources_abreast::width & 1) == 0) continue;
            const unsigned s = abreast_.source(i);
            search_.run(g, weights, s, no_node, usable);
            search_.copy_all(costs_.data() + row(s), last ? last + row(s) : nullptr);
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
    list<double> costs_{};
    list<unsigned> last_{};
    detail::later_t<dijkstra, Lazy> search_{};
    detail::later_t<detail::sources_abreast, Lazy> abreast_{};
};
using all_pairs = basic_all_pairs<>;

} // namespace uonaco::inline UONACO_ABI
