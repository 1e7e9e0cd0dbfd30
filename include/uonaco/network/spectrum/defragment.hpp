// SPDX-License-Identifier: Apache-2.0
// Defragmentation without a hit: lightpaths stay on their path and slide down the grid while they carry traffic (push-pull,
// F. Cugini et al., J. Lightwave Technol. 31(1), 2013), or change to slots that are free beside the old ones.
#pragma once

#include "slots.hpp"

namespace uonaco::inline UONACO_ABI {

/// A lightpath in service.
struct lit_path {
    view<unsigned> edges{};
    slot_run run{};
};

/// One move of a proposal: first `take` what is new, then release what is left of the old.
struct spectrum_move {
    unsigned lightpath = 0; ///< its place in the list
    slot_run from{};
    slot_run to{};

    friend bool operator==(const spectrum_move&, const spectrum_move&) = default;
};

/// True if the move can be made under traffic: the new slots are free on every edge, but for those that are its own. If the two
/// overlap, everything between them is free or its own too, so the signal can be pushed and pulled there.
UONACO_LAZY
bool is_hitless(const spectrum& s, view<unsigned> edges, slot_run from, slot_run to) {
    if (from.count != to.count || !from || !s.within(to)) return false;
    const bool overlap = from.first < to.end() && to.first < from.end();
    slot_run fresh = to;
    if (overlap && to.first <= from.first) fresh.count = from.first - to.first;
    if (overlap && to.first > from.first) fresh = {from.end(), to.first - from.first};
    return !fresh || s.is_free(edges, fresh);
}

/// Moves that pack lightpaths towards the low end, to be made in this order; each is hitless at its turn. The one that sits highest
/// moves first, as far down as it can, round after round until nothing moves or `most_moves` are made. `s` is left as it is
/// after the moves: hand in a copy to ask what they would do. Precondition: every lightpath's run is taken in `s`.
/// Ends: every move goes down. O(moves lightpaths hops log slots).
UONACO_LAZY
std::vector<spectrum_move> defragment(spectrum& s, view<lit_path> lit, unsigned most_moves = 10000) {
    detail::later_t<std::vector<spectrum_move>, UonacoLazy_> moves;
    detail::later_t<std::vector<slot_run>, UonacoLazy_> run;
    for (const lit_path& p : lit) run.push_back(p.run);
    detail::later_t<std::vector<slot_word>, UonacoLazy_> starts(s.words());
    detail::later_t<std::vector<unsigned char>, UonacoLazy_> stuck(lit.size());
    while (moves.size() < most_moves) {
        unsigned highest = ~0u;
        for (unsigned i = 0; i < lit.size(); ++i)
            if (!stuck[i] && run[i] && (highest == ~0u || run[i].first > run[highest].first)) highest = i;
        if (highest == ~0u) break;
        const view<unsigned> edges = lit[highest].edges;
        const slot_run from = run[highest];
        // Its own slots count as free for itself.
        s.release(edges, from);
        s.free_along(edges, starts.data());
        slots::to_starts(starts.data(), s.words(), from.count);
        const unsigned at = slots::next_set(starts.data(), s.words(), 0);
        const slot_run to{at < from.first ? at : from.first, from.count};
        s.take(edges, to);
        stuck[highest] = 1;
        if (to == from) continue;
        run[highest] = to;
        moves.push_back({highest, from, to});
        for (unsigned char& other : stuck) other = 0; // there is room now where there was none
        stuck[highest] = 1;
    }
    return moves;
}

} // namespace uonaco::inline UONACO_ABI
