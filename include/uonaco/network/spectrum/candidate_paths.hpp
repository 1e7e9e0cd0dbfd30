// SPDX-License-Identifier: Apache-2.0
// The paths that routing and spectrum assignment choose from: for every pair of nodes, found once.
#pragma once

#include "../k_shortest.hpp"
#include "../optics/modulation.hpp"

namespace uonaco::inline UONACO_ABI {

/// What comes first among the candidates of a pair; ties by the other, then by the tie rule of rank().
enum class candidate_order : unsigned char {
    hops,   ///< fewest fibres occupied first: blocks less (Doherty and Beghelli, J. Opt. Commun. Netw. 17(9), 2025)
    length, ///< shortest first
};

struct candidate_parameters {
    unsigned count = 50; ///< for each pair, at most
    candidate_order order = candidate_order::hops;
    unsigned most_hops = 9;
    view<modulation_reach> formats =
        reach_tables::deeprmsa; ///< densest first; a path that no format reaches is left out
};

/// A path that may carry a lightpath, with the densest format that reaches its end.
struct candidate_path {
    unsigned first_edge = 0; ///< in the table's edges
    unsigned hops = 0;
    modulation format = modulation::bpsk;
    modulation densest = modulation::bpsk; ///< format of this and of all that follow in its pair
    unsigned short fewest = 0;             ///< hops of these
    units::distance length{};
};

/// Candidates of all ordered pairs of a graph. Value type; concurrent reads are safe.
template <class Lazy = void>
class basic_candidate_paths {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    basic_candidate_paths() = default;

    /// `lengths` by edge, in km: 0 or more; whole numbers make the order exact; an infinite one closes its edge.
    /// One k-shortest search a pair.
    UONACO_LAZY
    basic_candidate_paths(const graph& g, view<double> lengths, candidate_parameters p = {}) : nodes_(g.nodes()) {
        detail::later_t<std::vector<double>, UonacoLazy_> weights(lengths.begin(), lengths.end());
        if (p.order == candidate_order::hops) {
            // One more hop weighs more than any path without loops is long: sums stay whole, so the order is exact.
            double hop = 1.0;
            for (const double x : lengths)
                if (x < __builtin_huge_val()) hop += x;
            for (double& x : weights) x += hop;
        }
        basic_k_shortest<detail::later_t<least_sum, UonacoLazy_>> search;
        for (unsigned s = 0; s < nodes_; ++s)
            for (unsigned t = 0; t < nodes_; ++t) {
                first_.push_back(static_cast<unsigned>(all_.size()));
                if (s != t) add(g, lengths, weights, s, t, p, search);
            }
        first_.push_back(static_cast<unsigned>(all_.size()));
    }

    /// Empty for a node and itself, and where there is no path. Precondition: both nodes exist.
    view<candidate_path> of(unsigned source, unsigned target) const {
        UONACO_ASSERT(source < nodes_ && target < nodes_);
        const unsigned long pair = 1ul * source * nodes_ + target;
        return {all_.data() + first_[pair], first_[pair + 1] - first_[pair]};
    }
    view<unsigned> edges(const candidate_path& c) const { return {edges_.data() + c.first_edge, c.hops}; }
    unsigned nodes() const { return nodes_; }

  private:
    template <class Search>
    void add(const graph& g, view<double> lengths, view<double> weights, unsigned s, unsigned t,
             const candidate_parameters& p, Search& search) {
        // Sorted by length, paths of too many hops stand between the others: ask for more until enough remain.
        for (unsigned long ask = p.count;; ask *= 2) {
            const list<path> found = search(g, weights, s, t, static_cast<unsigned>(ask));
            const unsigned long before = all_.size();
            const unsigned long edges_before = edges_.size();
            for (const path& one : found) {
                if (all_.size() - before == p.count) break;
                if (one.edges.size() > p.most_hops) continue;
                double km = 0.0;
                for (const unsigned e : one.edges) km += lengths[e];
                const units::distance length = units::distance::from_si(km * 1e3);
                const modulation_reach* m = densest_reaching(p.formats, length);
                if (m == nullptr) continue;
                const unsigned hops = static_cast<unsigned>(one.edges.size());
                all_.push_back({static_cast<unsigned>(edges_.size()), hops, m->format, m->format,
                                static_cast<unsigned short>(hops < 65535 ? hops : 65535), length});
                edges_.insert(edges_.end(), one.edges.begin(), one.edges.end());
            }
            const bool no_more = found.size() < ask || ask >= most_asked;
            // Sorted by hops, once they are too many all that follow are.
            const bool over =
                p.order == candidate_order::hops && !found.empty() && found.back().edges.size() > p.most_hops;
            if (all_.size() - before == p.count || no_more || over) return bound_rest(before);
            all_.resize(before);
            edges_.resize(edges_before);
        }
    }

    // What no candidate from here on beats.
    void bound_rest(unsigned long first) {
        for (unsigned long i = all_.size(); i-- > first + 1;) {
            candidate_path& c = all_[i - 1];
            if (all_[i].fewest < c.fewest) c.fewest = all_[i].fewest;
            if (c.densest < all_[i].densest) c.densest = all_[i].densest;
        }
    }

    static constexpr unsigned long most_asked = 1ul << 16;
    unsigned nodes_ = 0;
    list<candidate_path> all_;
    list<unsigned> first_; ///< of each pair in all_, and the end
    list<unsigned> edges_;
};
using candidate_paths = basic_candidate_paths<>;

} // namespace uonaco::inline UONACO_ABI
