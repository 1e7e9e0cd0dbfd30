// SPDX-License-Identifier: Apache-2.0
// Where in the free slots a demand goes.
#pragma once

#include "slots.hpp"

namespace uonaco::inline UONACO_ABI {

enum class spectrum_fit : unsigned char {
    first, ///< the lowest that fits
    last,  ///< the highest that fits: for demands booked ahead, which then stay out of the way of the others
    best,  ///< the start of the smallest free block that fits; of equal ones the lowest
    exact, ///< a free block of just this size, or the lowest that fits if there is none
};

/// Where `count` neighbouring slots of a row of free bits go; none if nothing fits or count is 0. O(words log count), or
/// O(blocks) for best and exact. `scratch`: as many words, overwritten.
constexpr slot_run fit_run(const slot_word* free, unsigned words, unsigned count, spectrum_fit how,
                           slot_word* scratch) {
    if (count == 0) return {};
    if (how == spectrum_fit::best || how == spectrum_fit::exact) {
        slot_run best{};
        bool exact = false;
        slots::each_run(free, words, [&](slot_run block) {
            if (block.count < count || exact) return;
            exact = block.count == count;
            if (!best || exact || (how == spectrum_fit::best && block.count < best.count)) best = block;
        });
        return best ? slot_run{best.first, count} : slot_run{};
    }
    for (unsigned w = 0; w < words; ++w) scratch[w] = free[w];
    slots::to_starts(scratch, words, count);
    if (how == spectrum_fit::first) {
        for (unsigned w = 0; w < words; ++w)
            if (scratch[w]) return {w * slots::bits + slots::lowest(scratch[w]), count};
    } else {
        for (unsigned w = words; w-- > 0;)
            if (scratch[w]) return {w * slots::bits + slots::highest(scratch[w]), count};
    }
    return {};
}

/// How many placements of the usual sizes a free block has room for: the table behind least fragmentation. A block of L
/// slots has L - g + 1 places for g slots; each size counts by its weight. After the minimum spectrum capacity loss of
/// R. Zhang et al. and J. Sole-Pareta et al. (MSCL), here with sizes weighted by how often they are asked for.
class placement_counts {
  public:
    placement_counts() = default;
    /// `weights[g]`: how often g slots are asked for, any scale, not negative. O(slots sizes).
    UONACO_LAZY
    placement_counts(unsigned slots, view<double> weights) {
        for (unsigned length = 0; length <= slots; ++length) {
            double sum = 0.0;
            for (unsigned g = 1; g < weights.size() && g <= length; ++g) sum += weights[g] * (length - g + 1);
            detail::late<UonacoLazy_>(of_).push_back(sum);
        }
    }

    /// Of a free block of so many slots. Precondition: not more than the grid has.
    double operator()(unsigned block) const { return of_.data()[block]; }
    /// What is lost of them if `run` is taken out of the free block around it.
    double lost(const slot_word* free, unsigned words, slot_run run) const {
        return lost(slots::around(free, words, run.first), run);
    }
    /// The same where that block is known.
    double lost(slot_run block, slot_run run) const {
        return (*this)(block.count) - (*this)(run.first - block.first) - (*this)(block.end() - run.end());
    }
    bool empty() const { return of_.empty(); }

  private:
    std::vector<double> of_;
};

/// Fit by least fragmentation: of all places for `count` slots that are free on the whole path, the one that loses the fewest
/// placements on its edges, each by itself; of equal ones the lowest. None if nothing fits. O(places hops).
UONACO_LAZY
slot_run least_fragmentation(const spectrum& s, view<unsigned> edges, unsigned count, const placement_counts& counts) {
    if (count == 0) return {};
    detail::later_t<std::vector<slot_word>, UonacoLazy_> starts(s.words());
    s.free_along(edges, starts.data());
    slots::to_starts(starts.data(), s.words(), count);
    slot_run best{};
    double least = 0.0;
    for (unsigned at = slots::next_set(starts.data(), s.words(), 0); at < s.slots();
         at = slots::next_set(starts.data(), s.words(), at + 1)) {
        double lost = 0.0;
        for (const unsigned e : edges) lost += counts.lost(s.row(e), s.words(), {at, count});
        if (!best || lost < least) best = {at, count}, least = lost;
    }
    return best;
}

} // namespace uonaco::inline UONACO_ABI
