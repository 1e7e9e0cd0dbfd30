// SPDX-License-Identifier: Apache-2.0
// How far a signal goes, and where on a path it must be made anew.
#pragma once

#include "margins.hpp"

#include "../view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// What a receiver asks for and what the ends of a path cost, besides the spans.
struct reach_terms {
    double required_osnr_db = 24.0; ///< in 0.1 nm
    double margin_db = 2.0;
    impairment ends = impairment::of_osnr_db(36.0) + 2 * impairment::of_osnr_db(38.0); ///< transmitter, add, drop
};

/// The most equal spans such that the OSNR stays `margin_db` above what is required; `limit` if more than that; 0 if not even
/// one. O(1).
constexpr unsigned most_spans(impairment span, const reach_terms& t, unsigned limit = 10000) {
    const double room = gn::from_db(-(t.required_osnr_db + t.margin_db)) - t.ends.inverse_osnr;
    if (!(room >= span.inverse_osnr)) return 0;
    const double n = math::floor(room / span.inverse_osnr);
    return n < limit ? static_cast<unsigned>(n) : limit;
}

/// Where a signal is regenerated along a path, and how often at least.
struct regeneration {
    bool possible = false;          ///< false if one hop alone is too long, or a figure is no number
    std::vector<unsigned> before{}; ///< hops in front of which a regenerator stands, ascending
    friend bool operator==(const regeneration&, const regeneration&) = default;
};

/// The fewest regenerators on a path of `hops`, each as late as possible, which is optimal as what a hop adds does not depend on
/// where the signal was made. `use` of each hop and `most` of a stretch between regenerators in one measure: length against
/// reach, or inverse OSNR against what the receiver has room for. `may` (by hop, empty: everywhere): 0 where the node in front of
/// the hop has no regenerator. O(hops).
UONACO_LAZY
regeneration regenerate(view<double> use, double most, view<unsigned char> may = {}) {
    detail::later_t<regeneration, UonacoLazy_> r;
    double since_start = 0.0; // of the stretch
    double since_last = 0.0;  // of the last node passed that may regenerate
    unsigned last = 0;        // that node, as the hop behind it; 0: none since the stretch began
    for (unsigned i = 0; i < use.size(); ++i) {
        if (!(use[i] >= 0 && use[i] <= most)) return {};
        if (i > 0 && (may.empty() || may[i] != 0)) last = i, since_last = 0.0;
        since_start += use[i];
        since_last += use[i];
        if (since_start <= most) continue;
        if (last == 0 || (!r.before.empty() && r.before.back() == last) || !(since_last <= most)) return {};
        r.before.push_back(last);
        since_start = since_last;
    }
    r.possible = most == most;
    return r;
}

} // namespace uonaco::inline UONACO_ABI
