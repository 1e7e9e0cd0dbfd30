// SPDX-License-Identifier: Apache-2.0
// Maximum concurrent flow: the greatest share of every demand that can be carried at once, which is also the least possible
// greatest utilisation. F. Shahrokhi and D. W. Matula, "The maximum concurrent flow problem", JACM 37(2), 1990.
#pragma once

#include "source_tree.hpp"

#include "../../base/result.hpp"

namespace uonaco::inline UONACO_ABI {

/// A routing and the proof of how good it is. Plain data.
struct concurrent_flow {
    double share = 0;    ///< of every demand that this routing carries within the capacities (1.2: all, and 20 % more)
    double bound = 0;    ///< no routing carries more: sum of capacity x length / sum of amount x distance by `length`
    bool proven = false; ///< the gap asked for was reached
    unsigned rounds = 0; ///< passes over all sources
    std::vector<double> load{};      ///< by edge, when all demands are sent once in full
    std::vector<double> length{};    ///< by edge: what the bound is computed from
    std::vector<unsigned> sources{}; ///< nodes with demands, in increasing order
    std::vector<double> flow{};      ///< by source and edge: flow[s * edges + e] of what leaves sources[s], sum = load
    double sharpness = 0;            ///< where the search stood, for a warm start

    /// How far the share may be below the best, as a part of it.
    double gap() const { return share > 0 ? bound / share - 1 : 0; }
    double max_utilisation() const { return share > 0 ? 1 / share : 0; }       ///< of the fullest edge
    double least_max_utilisation() const { return bound > 0 ? 1 / bound : 0; } ///< no routing has less
};

struct concurrent_flow_options {
    double gap = 0.01;                      ///< stop when bound / share - 1 is at most so much
    unsigned rounds = 20000;                ///< or after so many passes; each costs two to three searches a source
    const concurrent_flow* start = nullptr; ///< a former answer, of whatever demands and capacities, on the same graph
};

/// Workspace. Flow of each source is moved, by an exact line search, towards the shortest-path tree under lengths that are
/// the derivative of a smooth maximum of utilisations (soft_load.hpp); sharper as the answer gets better. Sources take turns, as in
/// L. K. Fleischer, SIAM J. Discrete Math. 13(4), 2000. Share and bound hold whatever the rounding: the share is computed
/// from the loads, with what rounding took from a demand sent again, the bound from the lengths, both rounded outwards.
/// The same answer on every run. A round costs O(sources x (m + n log n)); memory 16 bytes x sources x edges.
template <class Lazy = void>
class basic_concurrent_flow_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// Demands of one pair add up; those of 0 or to their own node ask for nothing. Without any, share and bound are
    /// math::most. Failures: unreachable (with the demand), out_of_range (with the demand or the pool).
    UONACO_LAZY
    basic_result<detail::later_t<concurrent_flow, UonacoLazy_>, flow_failure>
    operator()(const graph& g, const capacities& c, view<demand> demands, const concurrent_flow_options& options = {}) {
        auto& self = detail::late<UonacoLazy_>(*this);
        flow_failure bad = uonaco::check(g, c, demands);
        if (bad.code != errc::none) return bad;
        self.edges_ = g.edges();
        self.tree_.reset(g, c);
        self.group(g, demands);
        bad = self.begin(g, c, demands, options.start);
        if (bad.code != errc::none) return bad;
        detail::later_t<concurrent_flow, UonacoLazy_> answer;
        answer.sources = self.sources_;
        if (self.sources_.empty()) {
            answer.share = answer.bound = math::most;
            answer.proven = true;
            answer.load.resize(self.edges_);
            answer.length.resize(self.edges_);
            return answer;
        }
        self.improve(c, options, answer);
        self.finish(g, c, answer);
        answer.proven = answer.bound <= answer.share * (1 + options.gap);
        if (!(answer.share > 0 && answer.bound < math::most)) return flow_failure{errc::out_of_range};
        return answer;
    }

  private:
    struct target {
        unsigned node;
        double amount;
    };

    // Demands by source.
    UONACO_LAZY
    void group(const graph& g, view<demand> demands) {
        detail::later_t<std::vector<unsigned>, UonacoLazy_> count(g.nodes());
        const auto counts = [](const demand& d) { return d.amount > 0 && d.from != d.to; };
        for (const demand& d : demands)
            if (counts(d)) ++count[d.from];
        sources_.clear();
        first_.clear();
        unsigned end = 0;
        for (unsigned v = 0; v < g.nodes(); ++v) {
            if (count[v] == 0) continue;
            sources_.push_back(v);
            first_.push_back(end);
            end += count[v];
            count[v] = end;
        }
        first_.push_back(end);
        targets_.assign(end, {});
        for (unsigned long i = demands.size(); i-- > 0;)
            if (const demand& d = demands[i]; counts(d)) targets_[--count[d.from]] = {d.to, d.amount};
    }

    double* flow_of(unsigned long s) { return flow_.data() + s * edges_; }

    // Every source on one tree, or as it was; the failure is that of the first demand that cannot be met.
    UONACO_LAZY
    flow_failure begin(const graph& g, const capacities& c, view<demand> demands, const concurrent_flow* start) {
        if (start && (start->length.size() != edges_ || start->flow.size() != start->sources.size() * edges_))
            start = nullptr;
        lengths_.assign(c.amount.size(), 0);
        for (unsigned long i = 0; i < lengths_.size(); ++i) lengths_[i] = c.amount[i] > 0 ? 1 / c.amount[i] : 0;
        if (start)
            for (unsigned e = 0; e < edges_; ++e)
                if (c.of(e) > 0 && start->length[e] > 0) lengths_[c.pool_of(e)] = start->length[e];
        load_.reset(c);
        flow_.assign(sources_.size() * edges_, 0);
        for (unsigned s = 0; s < sources_.size(); ++s) {
            tree_.grow(sources_[s], [&](unsigned pool) { return lengths_[pool]; });
            for (unsigned i = first_[s]; i < first_[s + 1]; ++i)
                if (!tree_.reached(targets_[i].node)) return {errc::unreachable, missed(demands, s, targets_[i].node)};
            double* flow = flow_of(s);
            if (!(start && resume(g, c, *start, s))) {
                want_all(s);
                tree_.pour([&](unsigned e, unsigned, double amount) { flow[e] = amount; });
            }
            for (unsigned e = 0; e < edges_; ++e)
                if (flow[e] > 0) load_.add(c.pool_of(e), flow[e]);
        }
        sharpness_ = start && start->sharpness >= 10 ? start->sharpness : 10;
        return {};
    }

    unsigned missed(view<demand> demands, unsigned s, unsigned node) const {
        unsigned i = 0;
        while (!(demands[i].from == sources_[s] && demands[i].to == node && demands[i].amount > 0)) ++i;
        return i;
    }

    void want_all(unsigned s) {
        for (unsigned i = first_[s]; i < first_[s + 1]; ++i) tree_.want(targets_[i].node, targets_[i].amount);
    }

    // Takes over what this source sent before, scaled to what it sends now, if it still reaches everybody over open edges.
    UONACO_LAZY
    bool resume(const graph& g, const capacities& c, const concurrent_flow& start, unsigned s) {
        unsigned before = 0;
        while (before < start.sources.size() && start.sources[before] != sources_[s]) ++before;
        if (before == start.sources.size()) return false;
        const double* old = start.flow.data() + static_cast<unsigned long>(before) * edges_;
        double sent = 0, wanted = 0;
        balance_.assign(g.nodes(), 0);
        for (unsigned i = first_[s]; i < first_[s + 1]; ++i) wanted += targets_[i].amount;
        for (unsigned e = 0; e < edges_; ++e) {
            if (old[e] > 0 && !(c.of(e) > 0)) return false;
            if (g.from(e) == sources_[s]) sent += old[e];
            if (g.to(e) == sources_[s]) sent -= old[e];
        }
        if (!(sent > 0)) return false;
        double* flow = flow_of(s);
        for (unsigned e = 0; e < edges_; ++e) flow[e] = old[e] * (wanted / sent);
        missing(g, s, flow);
        for (unsigned v = 0; v < g.nodes(); ++v) {
            if (!(balance_[v] > 1e-9 * wanted)) continue;
            for (unsigned e = 0; e < edges_; ++e) flow[e] = 0;
            return false;
        }
        return true;
    }

    // balance_: what each node but the source still lacks.
    UONACO_LAZY
    void missing(const graph& g, unsigned s, const double* flow) {
        balance_.assign(g.nodes(), 0);
        for (unsigned i = first_[s]; i < first_[s + 1]; ++i) balance_[targets_[i].node] += targets_[i].amount;
        for (unsigned e = 0; e < edges_; ++e) {
            if (!(flow[e] > 0)) continue;
            balance_[g.from(e)] += flow[e];
            balance_[g.to(e)] -= flow[e];
        }
        balance_[sources_[s]] = 0;
    }

    // One source: towards its shortest-path tree, as far as helps.
    UONACO_LAZY
    void turn(unsigned s, const capacities& c) {
        double* flow = flow_of(s);
        tree_.grow(sources_[s], [&](unsigned pool) { return load_.length(pool); });
        want_all(s);
        ahead_.assign(edges_, 0);
        tree_.pour([&](unsigned e, unsigned, double amount) { ahead_[e] = amount; });
        for (unsigned e = 0; e < edges_; ++e)
            if (ahead_[e] != flow[e]) load_.propose(c.pool_of(e), ahead_[e] - flow[e]);
        const double step = load_.descend();
        if (!(step > 0)) return;
        for (unsigned e = 0; e < edges_; ++e) flow[e] = step < 1 ? flow[e] + step * (ahead_[e] - flow[e]) : ahead_[e];
    }

    // Of these lengths by pool.
    UONACO_LAZY
    double bound(view<double> lengths) {
        double capacity = 0, needed = 0;
        for (unsigned i = 0; i < lengths.size(); ++i) capacity += lengths[i] * load_.capacity(i);
        for (unsigned s = 0; s < sources_.size(); ++s) {
            tree_.grow(sources_[s], [&](unsigned pool) { return lengths.data()[pool]; });
            double sum = 0;
            for (unsigned i = first_[s]; i < first_[s + 1]; ++i)
                sum += targets_[i].amount * tree_.distance(targets_[i].node);
            needed += sum;
        }
        return needed > 0 ? capacity / needed : math::most;
    }

    UONACO_LAZY
    void improve(const capacities& c, const concurrent_flow_options& options,
                 detail::later_t<concurrent_flow, Lazy>& answer) {
        answer.bound = math::most;
        best_lengths_ = lengths_;
        average_.assign(load_.pools(), 0);
        const auto try_bound = [&](const auto& lengths) {
            const double b = bound(lengths);
            if (b < answer.bound) answer.bound = b, best_lengths_ = lengths;
            return b;
        };
        const auto keep_best = [&] {
            if (!(load_.peak() > 0)) return;
            if (1 / load_.peak() > answer.share) answer.share = 1 / load_.peak(), answer.flow = flow_;
        };
        for (;; ++answer.rounds) {
            const double smoothing = load_.sharpen(sharpness_);
            keep_best();
            double sum = 0;
            for (unsigned i = 0; i < load_.pools(); ++i) sum += load_.length(i) * load_.capacity(i);
            for (unsigned i = 0; i < load_.pools(); ++i) {
                lengths_[i] = load_.length(i) / sum;
                average_[i] += (answer.rounds == 0 ? 1.0 : 0.3) * (lengths_[i] - average_[i]);
            }
            const double now = try_bound(lengths_);
            if (answer.rounds % 2 == 1) try_bound(average_);
            // A little inside of the gap, so that rounding outwards does not leave it.
            if (answer.bound <= answer.share * (1 + options.gap * (1 - 1e-6)) || answer.rounds >= options.rounds) break;
            // Sharper once what smoothing costs outweighs what is left to gain at this sharpness.
            if ((1 - smoothing) * load_.peak() * now - 1 < smoothing && sharpness_ < 1e9) sharpness_ *= 1.5;
            load_.sharpen(sharpness_);
            for (unsigned s = 0; s < sources_.size(); ++s) turn(s, c);
            recount(c);
        }
        answer.sharpness = sharpness_;
    }

    // Loads from flows, so that rounding does not gather in them.
    UONACO_LAZY
    void recount(const capacities& c) {
        load_.reset(c);
        for (unsigned s = 0; s < sources_.size(); ++s)
            for (unsigned e = 0; e < edges_; ++e)
                if (const double f = flow_of(s)[e]; f > 0) load_.add(c.pool_of(e), f);
    }

    // Sends again what rounding took from a demand, and rounds share and bound outwards.
    UONACO_LAZY
    void finish(const graph& g, const capacities& c, detail::later_t<concurrent_flow, Lazy>& answer) {
        answer.length.resize(edges_);
        for (unsigned e = 0; e < edges_; ++e) answer.length[e] = best_lengths_[c.pool_of(e)];
        answer.load.assign(edges_, 0);
        for (unsigned s = 0; s < sources_.size(); ++s) {
            double* flow = answer.flow.data() + static_cast<unsigned long>(s) * edges_;
            missing(g, s, flow);
            tree_.grow(sources_[s], [&](unsigned pool) { return best_lengths_[pool]; });
            for (unsigned v = 0; v < g.nodes(); ++v)
                if (balance_[v] > 0 && tree_.reached(v)) tree_.want(v, balance_[v]);
            tree_.pour([&](unsigned e, unsigned, double amount) { flow[e] += amount; });
            for (unsigned e = 0; e < edges_; ++e) answer.load[e] += flow[e];
        }
        list<double> sum(c.amount.size());
        for (unsigned e = 0; e < edges_; ++e) sum[c.pool_of(e)] += answer.load[e];
        double peak = 0;
        for (unsigned i = 0; i < sum.size(); ++i)
            if (sum[i] > 0 && sum[i] > peak * c.amount[i]) peak = sum[i] / c.amount[i];
        // Sums of so many terms, none negative, are off by at most terms x 2^-53 (N. J. Higham, section 4.2).
        const double terms = static_cast<double>(g.nodes() + edges_ + targets_.size() + 16);
        answer.share = peak > 0 ? (1 - terms * 0x1p-52) / peak : 0;
        answer.bound *= 1 + terms * 0x1p-52;
    }

    unsigned long edges_ = 0;
    double sharpness_ = 0;
    list<unsigned> sources_;
    list<unsigned> first_; ///< target of each source, and the end
    list<target> targets_;
    list<double> flow_; ///< by source and edge
    list<double> ahead_;
    list<double> balance_;
    list<double> lengths_, best_lengths_, average_; ///< by pool
    detail::later_t<source_tree, Lazy> tree_;
    detail::later_t<soft_load, Lazy> load_;
};
using concurrent_flow_search = basic_concurrent_flow_search<>;

/// The share of all demands that fits at once, with a routing and a proof. Allocates: keep a search for repeated calls.
UONACO_LAZY
basic_result<concurrent_flow, flow_failure> max_concurrent_flow(const graph& g, const capacities& c,
                                                                view<demand> demands,
                                                                const concurrent_flow_options& options = {}) {
    detail::later_t<concurrent_flow_search, UonacoLazy_> search;
    return search(g, c, demands, options);
}

} // namespace uonaco::inline UONACO_ABI
