// SPDX-License-Identifier: Apache-2.0
// The cheapest path within bounds on delay and jitter. First the Lagrangian bound and a feasible path: A. Juttner, B. Szviatovszki, I. Mecs and
// Z. Rajko, "Lagrange relaxation based method for the QoS routing problem" (LARAC), INFOCOM 2001. Then the gap is closed by the pruning of Pulse,
// L. Lozano and A. L. Medaglia, Computers & Operations Research 40(1), 2013 (bounds from reverse trees, incumbent, dominance), here with the most
// promising label first instead of depth first, so that no label is extended that costs more than the optimum.
#pragma once

#include "../dijkstra.hpp"

#include "../../base/errc.hpp"
#include "../../base/result.hpp"

namespace uonaco::inline UONACO_ABI {

/// The sum of `figures` (by edge) along the path may come to `most`. Met within rounding, 1 part in 10^12: three legs of a
/// latency add up in binary. `Q`: double or a quantity. A figure that is negative, infinite or NaN closes its edge.
template <class Q>
struct path_bound {
    view<Q> figures{};
    Q most{};
};

/// The cheapest path within the bounds, and what is proven of it.
struct constrained_path {
    path way{};
    double first = 0.0;       ///< its sum of the first bounded figure, SI
    double second = 0.0;      ///< of the second; 0 without one
    double lower_bound = 0.0; ///< on the cost of any path within the bounds; the cost itself where proven
    bool proven = true;       ///< that none is cheaper; false where `labels` ran out
    path larac{};             ///< the feasible path that LARAC ends with; not found with two bounds
    double larac_bound = 0.0; ///< and its lower bound
    double multiplier = 0.0;  ///< lambda: cost for a unit (SI) of the bounded figure at which LARAC ends
    unsigned long labels = 0; ///< partial paths looked at
};

/// Why there is no such path. `unreachable`: no way at all. `slo_missed`: the least that any path has of a bounded figure is over its
/// bound (or, 0 missed alone, both at once). `too_many`: labels ran out before one was found. `not_found`: no such node, or a bound that is none.
struct bound_missed {
    errc code = errc::none;
    unsigned bound = 0; ///< 1 or 2: the one that no path meets; 0 if each can be met
    double least = 0.0; ///< the least that any path has of it, SI
    double most = 0.0;  ///< that was asked for
};

/// Workspace of repeated searches. LARAC: some ten Dijkstra searches. The rest is exponential at worst and short in practice.
/// Ties by the rule of rank(), exactly where sums are exact. Not safe for concurrent use.
template <class Lazy = void>
class basic_constrained_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    unsigned long most_labels = 1000000; ///< to look at before giving up the proof

    /// Least sum of `costs` within one bound.
    template <class Q>
    basic_result<constrained_path, bound_missed> operator()(const graph& g, view<double> costs, unsigned source,
                                                            unsigned target, path_bound<Q> first,
                                                            view<unsigned char> usable = {}) {
        bounds_ = 1;
        load(g, first, 0);
        return solve(g, costs, source, target, usable);
    }
    /// Within two: delay and jitter, say.
    template <class Q, class R>
    basic_result<constrained_path, bound_missed> operator()(const graph& g, view<double> costs, unsigned source,
                                                            unsigned target, path_bound<Q> first, path_bound<R> second,
                                                            view<unsigned char> usable = {}) {
        bounds_ = 2;
        load(g, first, 0);
        load(g, second, 1);
        return solve(g, costs, source, target, usable);
    }

  private:
    using answer = basic_result<constrained_path, bound_missed>;
    static constexpr unsigned none = ~0u;
    static constexpr double slack = 1.0 + 1e-12;

    struct label {
        double cost;
        double used[2];
        unsigned hops;
        unsigned node;
        unsigned edge;
        unsigned parent; ///< label
        unsigned next;   ///< label at the same node
        bool dropped;
    };
    struct waiting {
        double cost; ///< with the least that remains
        unsigned hops;
        unsigned label;
    };

    static double plain(double x) { return x; }
    template <class Q>
    static double plain(Q x) {
        return x.si();
    }

    template <class Q>
    void load(const graph& g, const path_bound<Q>& b, int i) {
        UONACO_ASSERT(b.figures.size() >= g.edges());
        figures_[i].resize(g.edges());
        for (unsigned e = 0; e < g.edges(); ++e) figures_[i][e] = plain(b.figures[e]);
        most_[i] = plain(b.most);
    }
    double sum(view<double> column, const path& p) const {
        double s = 0.0;
        for (const unsigned e : p.edges) s += column[e];
        return s;
    }
    bool within(int i, double used) const { return used <= most_[i] * slack; }
    bool within(const path& p) const {
        for (int i = 0; i < bounds_; ++i)
            if (!within(i, sum(figures_[i], p))) return false;
        return true;
    }
    constrained_path given(const path& p) const {
        constrained_path found;
        found.way = p;
        found.lower_bound = p.cost;
        found.first = sum(figures_[0], p);
        if (bounds_ == 2) found.second = sum(figures_[1], p);
        return found;
    }

    template <class Costs>
    answer solve(const graph& g, Costs costs, unsigned source, unsigned target, view<unsigned char> usable) {
        UONACO_ASSERT(costs.size() >= g.edges());
        if (source >= g.nodes() || target >= g.nodes()) return bound_missed{errc::not_found};
        for (int i = 0; i < bounds_; ++i)
            if (!(most_[i] >= 0)) return bound_missed{errc::not_found, static_cast<unsigned>(i) + 1, 0.0, most_[i]};
        open_.resize(g.edges());
        for (unsigned e = 0; e < g.edges(); ++e) {
            bool open = costs[e] >= 0 && costs[e] < least_sum::worst && (usable.empty() || usable[e]);
            for (int i = 0; i < bounds_; ++i) open = open && figures_[i][e] >= 0 && figures_[i][e] < least_sum::worst;
            open_[e] = open;
        }
        to_target_[0].run_to(g, costs, target, open_);
        if (!to_target_[0].reached(source)) return bound_missed{errc::unreachable};
        path best;
        for (int i = 0; i < bounds_; ++i) {
            to_target_[1 + i].run_to(g, figures_[i], target, open_);
            const double least = to_target_[1 + i].reached(source) ? to_target_[1 + i].cost(source) : least_sum::worst;
            if (!within(i, least)) return bound_missed{errc::slo_missed, static_cast<unsigned>(i) + 1, least, most_[i]};
            keep_better(g, costs, to_target_[1 + i].path_of(source), best);
        }
        const path cheapest = to_target_[0].path_of(source);
        if (keep_better(g, costs, cheapest, best)) {
            constrained_path found = given(best);
            found.larac = best;
            found.larac_bound = best.cost;
            return found;
        }
        constrained_path relaxed;
        relaxed.larac_bound = cheapest.cost;
        if (bounds_ == 1) {
            relax(g, costs, source, target, cheapest, best, relaxed);
            keep_better(g, costs, relaxed.larac, best);
        }
        return close(g, costs, source, target, best, relaxed);
    }

    template <class Costs, class Path>
    bool keep_better(const graph& g, Costs costs, Path p, Path& best) const {
        p.cost = sum(costs, p); // from the source on
        if (!within(p)) return false;
        if (!best.found || rank(g, p, best) < 0) best = p;
        return true;
    }

    // LARAC: the multiplier at which the best path within the bound and the best one beyond it cost the same.
    template <class Costs, class Path>
    void relax(const graph& g, Costs costs, unsigned source, unsigned target, Path cheap, Path quick,
               constrained_path& out) {
        double cheap_used = sum(figures_[0], cheap);
        double quick_used = sum(figures_[0], quick);
        priced_.resize(g.edges());
        for (int step = 0; step < 100; ++step) { // ends long before; rounding could make it circle
            const double lambda = (quick.cost - cheap.cost) / (cheap_used - quick_used);
            if (!(lambda > 0) || !(lambda < least_sum::worst)) break;
            for (unsigned e = 0; e < g.edges(); ++e) priced_[e] = costs[e] + lambda * figures_[0][e];
            search_.run(g, priced_, source, target, open_);
            if (!search_.reached(target)) break;
            Path r = search_.path_of(target);
            const double price = r.cost;
            r.cost = sum(costs, r);
            const double used = sum(figures_[0], r);
            const double bound = price - lambda * most_[0];
            if (bound > out.larac_bound || step == 0) out.multiplier = lambda;
            if (bound > out.larac_bound) out.larac_bound = bound;
            if (price >= (cheap.cost + lambda * cheap_used) * (1 - 1e-12)) break;
            if (within(0, used))
                quick = r, quick_used = used;
            else
                cheap = r, cheap_used = used;
        }
        out.larac = quick;
    }

    template <class Costs>
    answer close(const graph& g, Costs costs, unsigned source, unsigned target, const path& start,
                 const constrained_path& relaxed) {
        labels_.clear();
        queue_.clear();
        at_node_.assign(g.nodes(), none);
        best_cost_ = start.found ? start.cost : least_sum::worst;
        best_hops_ = start.found ? static_cast<unsigned>(start.edges.size()) : none;
        path best = start;
        unsigned long looked = 0;
        double least_open = best_cost_;
        bool proven = true;
        offer(g, {0.0, {0.0, 0.0}, 0, source, no_edge, none, none, false});
        while (!queue_.empty()) {
            const waiting at = pop();
            if (labels_[at.label].dropped) continue;
            if (worse(at.cost, at.hops)) break;
            if (looked == most_labels) {
                least_open = at.cost;
                proven = false;
                break;
            }
            ++looked;
            const label l = labels_[at.label];
            if (l.node == target) {
                const path p = path_of(at.label);
                if (!best.found || rank(g, p, best) < 0) {
                    best = p;
                    best_cost_ = p.cost;
                    best_hops_ = l.hops;
                }
                continue;
            }
            for (const arc a : g.out(l.node)) {
                if (!open_[a.edge] || !to_target_[0].reached(a.node)) continue;
                label next{l.cost + costs[a.edge], {0.0, 0.0}, l.hops + 1, a.node, a.edge, at.label, none, false};
                for (int i = 0; i < bounds_; ++i) next.used[i] = l.used[i] + figures_[i][a.edge];
                offer(g, next);
            }
        }
        if (!best.found) return proven ? bound_missed{errc::slo_missed} : bound_missed{errc::too_many};
        constrained_path found = given(best);
        found.proven = proven;
        if (!proven) found.lower_bound = least_open > relaxed.larac_bound ? least_open : relaxed.larac_bound;
        found.larac = relaxed.larac;
        found.larac_bound = relaxed.larac_bound;
        found.multiplier = relaxed.multiplier;
        found.labels = looked;
        return found;
    }

    bool worse(double cost, unsigned hops) const {
        return cost > best_cost_ || (cost == best_cost_ && hops > best_hops_);
    }

    // Keeps a label unless bounds rule it out, or another at its node is at least as good in everything and ranks before it:
    // whatever may follow, the other's path ranks before it too (nodes passed twice could be left out, with fewer hops).
    template <class G>
    void offer(const G& g, const label& l) {
        const double promised = l.cost + to_target_[0].cost(l.node);
        const unsigned hops = l.hops + to_target_[0].hops(l.node);
        if (!(promised < least_sum::worst) || worse(promised, hops)) return;
        for (int i = 0; i < bounds_; ++i)
            if (!to_target_[1 + i].reached(l.node) || !within(i, l.used[i] + to_target_[1 + i].cost(l.node))) return;
        const unsigned number = static_cast<unsigned>(labels_.size());
        labels_.push_back(l);
        for (unsigned* link = &at_node_[l.node]; *link != none;) {
            label& other = labels_[*link];
            const bool as_good = no_more(other, l);
            const bool as_bad = no_more(l, other);
            if (as_good && before(g, *link, number)) {
                labels_.pop_back();
                return;
            }
            if (as_bad && before(g, number, *link)) {
                other.dropped = true;
                *link = other.next;
            } else {
                link = &other.next;
            }
        }
        labels_[number].next = at_node_[l.node];
        at_node_[l.node] = number;
        push(waiting{promised, hops, number});
    }
    bool no_more(const label& a, const label& b) const {
        return a.cost <= b.cost && a.used[0] <= b.used[0] && (bounds_ == 1 || a.used[1] <= b.used[1]);
    }
    template <class G>
    bool before(const G& g, unsigned a, unsigned b) {
        const label& x = labels_[a];
        const label& y = labels_[b];
        if (x.cost != y.cost) return x.cost < y.cost;
        if (x.hops != y.hops) return x.hops < y.hops;
        edges_of(a, left_);
        edges_of(b, right_);
        return rank(g, left_, 0.0, right_, 0.0) < 0;
    }
    template <class Edges>
    void edges_of(unsigned number, Edges& edges) const {
        edges.resize(labels_[number].hops);
        for (unsigned long i = edges.size(); i-- > 0; number = labels_[number].parent) edges[i] = labels_[number].edge;
    }
    path path_of(unsigned number) const {
        path p;
        edges_of(number, p.edges);
        p.cost = labels_[number].cost;
        p.found = true;
        return p;
    }

    static bool sooner(const waiting& a, const waiting& b) {
        if (a.cost != b.cost) return a.cost < b.cost;
        return a.hops != b.hops ? a.hops < b.hops : a.label < b.label;
    }
    template <class W>
    void push(const W& w) {
        unsigned long i = queue_.size();
        queue_.push_back(w);
        for (; i > 0 && sooner(w, queue_[(i - 1) / 2]); i = (i - 1) / 2) queue_[i] = queue_[(i - 1) / 2];
        queue_[i] = w;
    }
    waiting pop() {
        const waiting first = queue_[0];
        const waiting last = queue_.back();
        queue_.pop_back();
        unsigned long i = 0;
        for (unsigned long child = 1; child < queue_.size(); child = 2 * i + 1) {
            if (child + 1 < queue_.size() && sooner(queue_[child + 1], queue_[child])) ++child;
            if (!sooner(queue_[child], last)) break;
            queue_[i] = queue_[child];
            i = child;
        }
        if (!queue_.empty()) queue_[i] = last;
        return first;
    }

    int bounds_ = 1;
    double most_[2] = {0.0, 0.0};
    list<double> figures_[2]{};
    list<unsigned char> open_{};
    detail::later_t<dijkstra, Lazy> to_target_[3]{}; ///< by cost, by the first and by the second bounded figure
    detail::later_t<dijkstra, Lazy> search_{};
    list<double> priced_{};
    list<label> labels_{};
    list<waiting> queue_{};
    list<unsigned> at_node_{};
    list<unsigned> left_{};
    list<unsigned> right_{};
    double best_cost_ = 0.0;
    unsigned best_hops_ = 0;
};
using constrained_search = basic_constrained_search<>;

/// The cheapest path within a bound: "the least cost within 10 ms". Allocates: keep a constrained_search for repeated calls.
template <class Q>
basic_result<constrained_path, bound_missed> cheapest_within(const graph& g, view<double> costs, unsigned source,
                                                             unsigned target, path_bound<Q> bound,
                                                             view<unsigned char> usable = {}) {
    detail::later_t<constrained_search, Q> search;
    return search(g, costs, source, target, bound, usable);
}
/// Within two: "the least cost within 10 ms and 1 ms of jitter".
template <class Q, class R>
basic_result<constrained_path, bound_missed> cheapest_within(const graph& g, view<double> costs, unsigned source,
                                                             unsigned target, path_bound<Q> first, path_bound<R> second,
                                                             view<unsigned char> usable = {}) {
    detail::later_t<constrained_search, Q> search;
    return search(g, costs, source, target, first, second, usable);
}

} // namespace uonaco::inline UONACO_ABI
