// SPDX-License-Identifier: Apache-2.0
// Two paths without a risk in common, at the least sum of costs: NP-hard (J. Q. Hu, "Diverse routing in optical mesh networks", IEEE Transactions on
// Communications 51(3), 2003), so by branch and bound. Both ways are searched as if the other did not exist; where they share a risk, one or the other
// must do without it. Each such pair gives bounds from below, and by backups for its two ways, from above.
#pragma once

#include "constrained.hpp"
#include "risk_groups.hpp"

namespace uonaco::inline UONACO_ABI {

/// What two paths may not have in common: edges and risk groups; or these and the nodes between their ends.
enum class apart : unsigned char { risks, risks_and_nodes };

/// `working` is the one that ranks first.
struct risk_disjoint_pair {
    path working{};
    path backup{};
    double lower_bound = 0.0; ///< on the sum of costs of any such pair; the sum itself where proven
    bool proven = true;       ///< that none is cheaper
    unsigned long steps = 0;  ///< pairs of ways looked at

    double cost() const { return working.cost + backup.cost; }
};

/// Why there is no such pair. `unreachable`: no way at all; `no_candidate`: proven that no two ways are apart; `too_many`: steps ran
/// out before one was found; `slo_missed`: no single way meets the bounds; `not_found`: no such node.
struct pair_refused {
    errc code = errc::none;
    unsigned long steps = 0;
};

namespace detail {
/// Shortest way, the plainest.
template <class Lazy = void>
struct plain_way {
    later_t<dijkstra, Lazy> search{};

    template <class Costs>
    errc operator()(const graph& g, Costs costs, unsigned source, unsigned target, view<unsigned char> usable,
                    path& way) {
        search.run(g, costs, source, target, usable);
        way = search.path_of(target);
        return way.found ? errc::none : errc::unreachable;
    }
};
/// Cheapest way within two bounds.
template <class Q>
struct bounded_way {
    later_t<constrained_search, Q> search{};
    path_bound<Q> first{};
    path_bound<Q> second{};

    template <class Costs>
    errc operator()(const graph& g, Costs costs, unsigned source, unsigned target, view<unsigned char> usable,
                    path& way) {
        const auto found = search(g, costs, source, target, first, second, usable);
        way = found ? found->way : path{};
        if (!found) return found.error().code;
        return found->proven ? errc::none : errc::too_many;
    }
};
} // namespace detail

/// Workspace of repeated searches. `Way` finds the best single path under a mask. Exact as long as steps last: exponential in the
/// number of shared risks at worst, some dozens of steps where traps are few. Not safe for concurrent use.
template <class Way = detail::plain_way<>>
class basic_risk_disjoint_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Way>;

  public:
    unsigned long most_steps = 20000; ///< pairs of ways to look at before giving up the proof
    Way way{};

    /// Among pairs of the same cost the one with fewer hops. Costs that are negative, infinite or NaN close their edge.
    basic_result<risk_disjoint_pair, pair_refused> operator()(const graph& g, view<double> costs,
                                                              const risk_groups& risks, unsigned source,
                                                              unsigned target, apart what = apart::risks,
                                                              view<unsigned char> usable = {}) {
        UONACO_ASSERT(costs.size() >= g.edges());
        if (source >= g.nodes() || target >= g.nodes()) return pair_refused{errc::not_found};
        begin(g, costs, risks, source, target, what, usable);
        list<entry> queue;
        entry root;
        const errc none_at_all = find({}, root.ways[0]);
        if (!root.ways[0].found) return pair_refused{none_at_all};
        root.ways[1] = root.ways[0];
        if (none_at_all != errc::none) certain_ = false;
        offer(queue, root);
        double open_bound = 0.0;
        bool stopped = false;
        while (!queue.empty()) {
            const entry at = pop(queue);
            if (!promising(at)) break;
            if (steps_ == most_steps) {
                open_bound = at.cost();
                stopped = true;
                break;
            }
            ++steps_;
            conflicts(at.ways[0], at.ways[1]);
            if (conflicts_.empty()) {
                consider(at.ways[0], at.ways[1]);
                continue;
            }
            back_up(at, 0);
            if (at.banned[0] != at.banned[1]) back_up(at, 1);
            branch(queue, at);
        }
        const bool proven = !stopped && certain_;
        if (!best_.working.found) return pair_refused{proven ? errc::no_candidate : errc::too_many, steps_};
        best_.steps = steps_;
        best_.proven = proven;
        best_.lower_bound = proven ? best_.cost() : stopped && certain_ ? open_bound : 0.0;
        return best_;
    }

  private:
    // A risk is a group, an edge without others, or a node, numbered in this order.
    struct entry {
        path ways[2]{};
        list<unsigned> banned[2]{}; ///< risks that a way does without

        double cost() const { return ways[0].cost + ways[1].cost; }
        unsigned long hops() const { return ways[0].edges.size() + ways[1].edges.size(); }
    };

    void begin(const graph& g, view<double> costs, const risk_groups& risks, unsigned source, unsigned target,
               apart what, view<unsigned char> usable) {
        graph_ = &g;
        costs_ = costs;
        risks_ = &risks;
        source_ = source;
        target_ = target;
        what_ = what;
        open_.resize(g.edges());
        for (unsigned e = 0; e < g.edges(); ++e)
            open_[e] = costs[e] >= 0 && costs[e] < least_sum::worst && (usable.empty() || usable[e]);
        best_ = {};
        steps_ = 0;
        certain_ = true;
    }

    unsigned first_edge() const { return risks_->groups(); }
    unsigned first_node() const { return risks_->groups() + graph_->edges(); }

    void close(unsigned risk) {
        if (risk < first_edge()) {
            for (const unsigned e : risks_->edges_in(risk)) mask_[e] = 0;
        } else if (risk < first_node()) {
            mask_[risk - first_edge()] = 0;
        } else {
            for (const arc a : graph_->in(risk - first_node())) mask_[a.edge] = 0;
            for (const arc a : graph_->out(risk - first_node())) mask_[a.edge] = 0;
        }
    }
    /// Calls f with every risk of a way.
    template <class F>
    void each_risk(const path& p, const F& f) const {
        for (const unsigned e : p.edges) {
            for (const unsigned r : risks_->of(e)) f(r);
            f(first_edge() + e);
            if (what_ == apart::risks_and_nodes && graph_->to(e) != target_) f(first_node() + graph_->to(e));
        }
    }

    errc find(const list<unsigned>& banned, path& found) {
        mask_ = open_;
        for (const unsigned r : banned) close(r);
        return way(*graph_, costs_, source_, target_, mask_, found);
    }

    // A risk of both ways; each once, those named first by the first way.
    void conflicts(const path& a, const path& b) {
        conflicts_.clear();
        if (a.edges.empty()) return; // from a node to itself
        marks_.assign(first_node() + graph_->nodes(), 0);
        each_risk(b, [&](unsigned r) { marks_[r] = 1; });
        each_risk(a, [&](unsigned r) {
            if (marks_[r] == 1) conflicts_.push_back(r), marks_[r] = 2;
        });
    }

    bool promising(const entry& e) const {
        if (!best_.working.found) return true;
        if (e.cost() != best_.cost()) return e.cost() < best_.cost();
        return e.hops() < best_.working.edges.size() + best_.backup.edges.size();
    }
    void consider(const path& a, const path& b) {
        entry e;
        const bool first = rank(*graph_, a, b) <= 0;
        e.ways[0] = first ? a : b;
        e.ways[1] = first ? b : a;
        if (!promising(e)) return;
        best_.working = e.ways[0];
        best_.backup = e.ways[1];
    }
    // The best backup of one of the two ways.
    void back_up(const entry& at, int side) {
        mask_ = open_;
        each_risk(at.ways[side], [&](unsigned r) { close(r); });
        path other;
        way(*graph_, costs_, source_, target_, mask_, other);
        if (other.found) consider(at.ways[side], other);
    }

    // Of the first few conflicts the one whose cheaper side costs most: it moves the bound.
    void branch(list<entry>& queue, const entry& at) {
        constexpr unsigned long looks = 8;
        const bool mirrored = at.banned[0] == at.banned[1]; // the two sides are the same question
        const list<unsigned> candidates(conflicts_);
        entry chosen[2];
        double chosen_bound = -1.0;
        for (unsigned long i = 0; i < candidates.size() && i < looks; ++i) {
            entry next[2];
            double bound = least_sum::worst;
            for (int side = 0; side < (mirrored ? 1 : 2); ++side) {
                next[side] = at;
                next[side].banned[side].push_back(candidates[i]);
                const errc code = find(next[side].banned[side], next[side].ways[side]);
                if (code == errc::too_many) certain_ = false;
                if (next[side].ways[side].found && next[side].cost() < bound) bound = next[side].cost();
            }
            if (bound > chosen_bound) {
                chosen_bound = bound;
                for (int side = 0; side < 2; ++side) chosen[side] = static_cast<entry&&>(next[side]);
            }
            if (bound == least_sum::worst) break; // this conflict cannot be resolved
        }
        for (int side = 0; side < (mirrored ? 1 : 2); ++side)
            if (chosen[side].ways[side].found && promising(chosen[side])) offer(queue, chosen[side]);
    }

    static bool sooner(const entry& a, const entry& b) {
        if (a.cost() != b.cost()) return a.cost() < b.cost();
        return a.hops() < b.hops();
    }
    static void offer(list<entry>& queue, const entry& e) {
        unsigned long i = queue.size();
        queue.push_back(e);
        for (; i > 0 && sooner(e, queue[(i - 1) / 2]); i = (i - 1) / 2) {
            entry down = static_cast<entry&&>(queue[(i - 1) / 2]);
            queue[(i - 1) / 2] = static_cast<entry&&>(queue[i]);
            queue[i] = static_cast<entry&&>(down);
        }
    }
    static entry pop(list<entry>& queue) {
        entry first = static_cast<entry&&>(queue[0]);
        entry last = static_cast<entry&&>(queue.back());
        queue.pop_back();
        unsigned long i = 0;
        for (unsigned long child = 1; child < queue.size(); child = 2 * i + 1) {
            if (child + 1 < queue.size() && sooner(queue[child + 1], queue[child])) ++child;
            if (!sooner(queue[child], last)) break;
            queue[i] = static_cast<entry&&>(queue[child]);
            i = child;
        }
        if (!queue.empty()) queue[i] = static_cast<entry&&>(last);
        return first;
    }

    const graph* graph_ = nullptr; ///< these six for the time of a call
    view<double> costs_{};
    const risk_groups* risks_ = nullptr;
    unsigned source_ = 0;
    unsigned target_ = 0;
    apart what_ = apart::risks;
    list<unsigned char> open_{};
    list<unsigned char> mask_{};
    list<unsigned char> marks_{}; ///< of each risk
    list<unsigned> conflicts_{};
    risk_disjoint_pair best_{};
    unsigned long steps_ = 0;
    bool certain_ = true; ///< every single way was proven
};

using risk_disjoint_search = basic_risk_disjoint_search<>;

/// The cheapest two paths that share no edge and no risk. Allocates: keep a risk_disjoint_search for repeated calls.
UONACO_LAZY
basic_result<risk_disjoint_pair, pair_refused> srlg_disjoint_pair(const graph& g, view<double> costs,
                                                                  const risk_groups& risks, unsigned source,
                                                                  unsigned target, apart what = apart::risks,
                                                                  view<unsigned char> usable = {}) {
    return detail::later_t<risk_disjoint_search, UonacoLazy_>{}(g, costs, risks, source, target, what, usable);
}

/// The cheapest two that share none and meet two bounds each: "two ways within 10 ms and 1 ms of jitter that no cut can take both".
template <class Q>
basic_result<risk_disjoint_pair, pair_refused>
bounded_disjoint_pair(const graph& g, view<double> costs, const risk_groups& risks, unsigned source, unsigned target,
                      path_bound<Q> first, path_bound<Q> second, apart what = apart::risks,
                      view<unsigned char> usable = {}) {
    basic_risk_disjoint_search<detail::bounded_way<Q>> search;
    search.way.first = first;
    search.way.second = second;
    return search(g, costs, risks, source, target, what, usable);
}

} // namespace uonaco::inline UONACO_ABI
