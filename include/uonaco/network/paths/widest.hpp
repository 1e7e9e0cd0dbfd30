// SPDX-License-Identifier: Apache-2.0
// The way with the most room: Dijkstra over (max, min), then a shortest path over the edges that are wide enough. M. Pollack, "The maximum
// capacity through a network", Operations Research 8(5), 1960; Z. Wang and J. Crowcroft, "Quality-of-service routing", IEEE JSAC 14(7), 1996.
#pragma once

#include "../dijkstra.hpp"

namespace uonaco::inline UONACO_ABI {

/// A path and the least width on it; the largest double from a node to itself. True if there is one.
struct wide_path {
    path way{};
    double width = 0.0;

    explicit operator bool() const { return way.found; }
};

/// Workspace of repeated searches. Two Dijkstra searches, O((n + m) log n). Not safe for concurrent use.
template <class Lazy = void>
class basic_widest_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// The widest path, of these the one with the fewest hops, then the tie rule; its cost is its hops.
    /// Widths by edge; one that is 0, negative, infinite or NaN closes its edge.
    UONACO_LAZY
    wide_path operator()(const graph& g, view<double> widths, unsigned source, unsigned target,
                         view<unsigned char> usable = {}) {
        ones_.assign(g.edges(), 1.0);
        return shortest(g, widths, ones_, source, target, usable);
    }

    /// The widest path, of these the one with the least sum of `weights`, then the tie rule. Weights that are negative, infinite
    /// or NaN close their edge too.
    UONACO_LAZY
    wide_path shortest(const graph& g, view<double> widths, view<double> weights, unsigned source, unsigned target,
                       view<unsigned char> usable = {}) {
        UONACO_ASSERT(source < g.nodes() && target < g.nodes());
        UONACO_ASSERT(widths.size() >= g.edges() && weights.size() >= g.edges());
        wide_path found;
        open_.resize(g.edges());
        for (unsigned e = 0; e < g.edges(); ++e)
            open_[e] = widths[e] > 0 && widths[e] <= most_width::start && weights[e] >= 0 &&
                       weights[e] < least_sum::worst && (usable.empty() || usable[e]);
        widest_.run(g, widths, source, target, open_);
        if (!widest_.reached(target)) return found;
        found.width = widest_.cost(target);
        for (unsigned e = 0; e < g.edges(); ++e) open_[e] = open_[e] && widths[e] >= found.width;
        shortest_.run(g, weights, source, target, open_);
        found.way = shortest_.path_of(target);
        if (!found.way) found.width = 0.0; // the sum of weights is beyond any double
        return found;
    }

  private:
    detail::later_t<basic_dijkstra<most_width>, Lazy> widest_{};
    detail::later_t<dijkstra, Lazy> shortest_{};
    list<double> ones_{};
    list<unsigned char> open_{};
};
using widest_search = basic_widest_search<>;

/// The path with the most room, with the fewest hops among equals. Allocates: keep a widest_search for repeated calls.
UONACO_LAZY
wide_path widest_path(const graph& g, view<double> widths, unsigned source, unsigned target,
                      view<unsigned char> usable = {}) {
    return detail::later_t<widest_search, UonacoLazy_>{}(g, widths, source, target, usable);
}
/// The cheapest of the paths with the most room.
UONACO_LAZY
wide_path shortest_widest_path(const graph& g, view<double> widths, view<double> weights, unsigned source,
                               unsigned target, view<unsigned char> usable = {}) {
    return detail::later_t<widest_search, UonacoLazy_>{}.shortest(g, widths, weights, source, target, usable);
}

} // namespace uonaco::inline UONACO_ABI
