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

/// What a place costs the demands that come later, in placements lost: see placement_counts. Not negative.
struct damage_weights {
    double occupied = 2.0; ///< for each slot on each edge, besides what the edge loses
    double height = 0.1;   ///< for each slot below the start: keeps the top of the grid in one piece
};

/// Least damage: of all places on all candidates the one that loses the fewest placements, summed over the edges of the path;
/// of equal ones the first candidate's lowest. It never turns away what fits. The weights were chosen on NSFNET at 150, 200
/// and 250 Erlang, with other seeds than those of the benchmark. Placements in a block are convex in its length, so what is lost is concave
/// along slots that are free on the whole path: only their two ends are looked at. O(candidates runs hops), most of it cut off.
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
        switch (s.words()) { // loops over so few words are unrolled
        case 1: return search<1>(s, paths.of(source, target), paths, rate);
        case 2: return search<2>(s, paths.of(source, target), paths, rate);
        default: return search<0>(s, paths.of(source, target), paths, rate);
        }
    }

  private:
    // `Words` of the grid; 0: many.
    template <unsigned Words>
    spectrum_place search(const spectrum& s, view<candidate_path> all, const candidate_paths& paths,
                          units::bit_rate rate) {
        const unsigned words = Words > 0 ? Words : s.words();
        slot_word few[Words > 0 ? Words : 1];
        slot_word* const starts = Words > 0 ? few : row_.data();
        // By bits a symbol: slots needed (0: not asked yet, or none), what each edge loses at least, and that with what is occupied.
        // A block of n is the least in which n fit, so placements(n) are lost in any; rounding is kept clear of.
        struct {
            unsigned slots = 0;
            double lost = 0.0, least = 0.0;
        } formats[16];
        const auto format = [&](modulation m) -> auto& {
            auto& f = formats[bits_per_symbol(m) % 16];
            if (f.slots > 0) return f;
            f.slots = slots_needed(rate, bits_per_symbol(m), guard_);
            const bool fits = f.slots > 0 && f.slots <= s.slots();
            f.lost = fits ? counts_(f.slots) * (1 - 1e-9) : __builtin_huge_val();
            f.least = weights_.occupied * f.slots + f.lost;
            return f;
        };
        spectrum_place best;
        double least = __builtin_huge_val();
        for (unsigned i = 0; i < all.size(); ++i) {
            const candidate_path& c = all.data()[i];
            if (!(format(c.densest).least * c.fewest < least)) break; // nor will any that follows
            const auto& f = format(c.format);
            const unsigned n = f.slots;
            if (n == 0 || !(f.least * c.hops < least)) continue;
            const double occupied = weights_.occupied * n * c.hops;
            const unsigned* const edges = paths.edges(c).data();
            for (unsigned w = 0; w < words; ++w) starts[w] = s.row(edges[0])[w];
            for (unsigned h = 1; h < c.hops; ++h)
                for (unsigned w = 0; w < words; ++w) starts[w] &= s.row(edges[h])[w];
            slots::to_starts(starts, words, n);
            for (unsigned first = slots::next_set(starts, words, 0); first < words * slots::bits;) {
                const unsigned beyond = slots::next_clear(starts, words, first);
                const unsigned last = beyond - 1;
                double low = occupied + weights_.height * first, high = occupied + weights_.height * last;
                for (unsigned h = 0; h < c.hops; ++h) {
                    const double rest = f.lost * (c.hops - h);
                    if (!(low + rest < least || high + rest < least)) {
                        low = high = least;
                        break;
                    }
                    const slot_run block = slots::around(s.row(edges[h]), words, first);
                    low += counts_.lost(block, {first, n});
                    high += counts_.lost(block, {last, n});
                }
                if (low < least) least = low, best = {i, {first, n}};
                if (high < least) least = high, best = {i, {last, n}};
                first = slots::next_set(starts, words, beyond);
            }
        }
        return best;
    }

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
