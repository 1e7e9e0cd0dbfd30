// SPDX-License-Identifier: Apache-2.0
// Routing and spectrum assignment of one demand after the other: which candidate path, and which slots on all of its fibres.
#pragma once

#include "candidate_paths.hpp"
#include "fit.hpp"

namespace uonaco::inline UONACO_ABI {

/// A demand's place: which candidate of its pair, and which slots there, guard slot included. False if blocked.
struct spectrum_place {
    unsigned candidate = 0;
    slot_run run{};

    constexpr explicit operator bool() const { return static_cast<bool>(run); }
    friend constexpr bool operator==(spectrum_place, spectrum_place) = default;
};

/// The policies look for a place and change nothing: `spectrum::take(paths.edges(...), place.run)` takes it. Workspaces:
/// repeated calls allocate nothing; not safe for concurrent use.

/// KSP-FF: the first candidate on which the demand fits. O(candidates (hops + log slots) words).
template <class Lazy = void>
class basic_first_path_that_fits {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    explicit basic_first_path_that_fits(spectrum_fit fit = spectrum_fit::first, unsigned guard = 1)
        : fit_(fit), guard_(guard) {}

    UONACO_LAZY
    spectrum_place operator()(const spectrum& s, const candidate_paths& paths, unsigned source, unsigned target,
                              units::bit_rate rate) {
        row_.resize(2ul * s.words());
        const view<candidate_path> all = paths.of(source, target);
        for (unsigned i = 0; i < all.size(); ++i) {
            const candidate_path& c = all.data()[i];
            s.free_along(paths.edges(c), row_.data());
            const unsigned n = slots_needed(rate, bits_per_symbol(c.format), guard_);
            if (const slot_run run = fit_run(row_.data(), s.words(), n, fit_, row_.data() + s.words())) return {i, run};
        }
        return {};
    }

  private:
    spectrum_fit fit_;
    unsigned guard_;
    list<slot_word> row_;
};
using first_path_that_fits = basic_first_path_that_fits<>;

/// FF-KSP: of all candidates the one on which the demand starts lowest; of equal ones the first. Same cost.
template <class Lazy = void>
class basic_lowest_slot_over_paths {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    explicit basic_lowest_slot_over_paths(unsigned guard = 1) : guard_(guard) {}

    UONACO_LAZY
    spectrum_place operator()(const spectrum& s, const candidate_paths& paths, unsigned source, unsigned target,
                              units::bit_rate rate) {
        row_.resize(2ul * s.words());
        spectrum_place best;
        const view<candidate_path> all = paths.of(source, target);
        for (unsigned i = 0; i < all.size(); ++i) {
            const candidate_path& c = all.data()[i];
            s.free_along(paths.edges(c), row_.data());
            const unsigned n = slots_needed(rate, bits_per_symbol(c.format), guard_);
            const slot_run run = fit_run(row_.data(), s.words(), n, spectrum_fit::first, row_.data() + s.words());
            if (run && (!best || run.first < best.run.first)) best = {i, run};
        }
        return best;
    }

  private:
    unsigned guard_;
    list<slot_word> row_;
};
using lowest_slot_over_paths = basic_lowest_slot_over_paths<>;

/// What a place costs the demands that come later, in placements lost: see placement_counts.
struct damage_weights {
    double occupied = 2.0; ///< for each slot on each edge, besides what the edge loses
    double height = 0.1;   ///< for each slot below the start: keeps the top of the grid in one piece
};

/// Least damage: of all places on all candidates the one that loses the fewest placements, summed over the edges of the path;
/// of equal ones the first candidate's lowest. It never turns away what fits. The weights were chosen on NSFNET at 150, 200
/// and 250 Erlang, with other seeds than those of the benchmark. O(candidates places hops), most of it cut off by the bound.
template <class Lazy = void>
class basic_least_damage {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// `counts`: for the grid that will be searched, by the sizes that demands have.
    explicit basic_least_damage(const placement_counts& counts, damage_weights weights = {}, unsigned guard = 1)
        : counts_(counts), weights_(weights), guard_(guard) {}

    UONACO_LAZY
    spectrum_place operator()(const spectrum& s, const candidate_paths& paths, unsigned source, unsigned target,
                              units::bit_rate rate) {
        row_.resize(s.words());
        const unsigned words = s.words();
        spectrum_place best;
        double least = __builtin_huge_val();
        const view<candidate_path> all = paths.of(source, target);
        for (unsigned i = 0; i < all.size(); ++i) {
            const candidate_path& c = all.data()[i];
            const unsigned n = slots_needed(rate, bits_per_symbol(c.format), guard_);
            const double occupied = weights_.occupied * n * c.hops;
            if (n == 0 || !(occupied < least)) continue;
            const view<unsigned> edges = paths.edges(c);
            s.free_along(edges, row_.data());
            slots::to_starts(row_.data(), words, n);
            for (unsigned at = slots::next_set(row_.data(), words, 0); at < s.slots();
                 at = slots::next_set(row_.data(), words, at + 1)) {
                double damage = occupied + weights_.height * at;
                for (unsigned h = 0; h < c.hops && damage < least; ++h)
                    damage += counts_.lost(s.row(edges.data()[h]), words, {at, n});
                if (damage < least) least = damage, best = {i, {at, n}};
            }
        }
        return best;
    }

  private:
    detail::later_t<placement_counts, Lazy> counts_;
    damage_weights weights_;
    unsigned guard_;
    list<slot_word> row_;
};
using least_damage = basic_least_damage<>;

/// How often each number of slots is asked for, if rates are `rates` and formats those of the candidates: the weights of
/// placement_counts. Every candidate counts alike within its pair by 1/(1 + its place), the first ones being used most.
/// Sizes over 4096 slots do not count.
UONACO_LAZY
std::vector<double> usual_sizes(const candidate_paths& paths, view<units::bit_rate> rates, unsigned guard = 1) {
    detail::later_t<std::vector<double>, UonacoLazy_> weights;
    double sum = 0.0;
    for (unsigned s = 0; s < paths.nodes(); ++s)
        for (unsigned t = 0; t < paths.nodes(); ++t) {
            double place = 1.0;
            for (const candidate_path& c : paths.of(s, t)) {
                for (const units::bit_rate r : rates) {
                    const unsigned n = slots_needed(r, bits_per_symbol(c.format), guard);
                    if (n == 0 || n > 4096) continue;
                    if (weights.size() <= n) weights.resize(n + 1ul);
                    weights[n] += 1.0 / place;
                    sum += 1.0 / place;
                }
                place += 1.0;
            }
        }
    for (double& w : weights) w /= sum;
    return weights;
}

} // namespace uonaco::inline UONACO_ABI
