// SPDX-License-Identifier: Apache-2.0
// Routing and wavelength assignment of requests that are all known: one path and one wavelength each, no two alike on an edge.
#pragma once

#include "../dijkstra.hpp"

namespace uonaco::inline UONACO_ABI {

struct lightpath_request {
    unsigned source = 0;
    unsigned target = 0;
};

/// The path and wavelength of each request; complete if all have one.
struct wavelength_assignment {
    bool complete = false;
    std::vector<std::vector<unsigned>> edges{}; ///< by request
    std::vector<unsigned> wavelength{};         ///< by request
    unsigned wavelengths = 0;                   ///< that were there
    unsigned long steps = 0;                    ///< placements tried
};

/// Places all requests on `wavelengths` wavelengths, by ejection: the next request takes, over all wavelengths, the path that
/// drives out the requests of least weight; those come again, each time with more weight. Deterministic. Not complete: no
/// assignment was found within `most_steps`, a request has no path, or there is no wavelength; a request from a node to itself
/// takes no edge. Precondition: nodes exist. O(steps wavelengths (n + m) log n).
UONACO_LAZY
wavelength_assignment assign_wavelengths(const graph& g, view<lightpath_request> requests, unsigned wavelengths,
                                         unsigned long most_steps = 200000) {
    constexpr unsigned nobody = ~0u;
    const unsigned m = g.edges();
    detail::later_t<wavelength_assignment, UonacoLazy_> a;
    detail::later_t<std::vector<double>, UonacoLazy_> weight(requests.size(), 1.0);
    detail::later_t<std::vector<unsigned>, UonacoLazy_> holder(1ul * m * wavelengths,
                                                               nobody); // by wavelength, then edge
    detail::later_t<std::vector<double>, UonacoLazy_> cost(1ul * m * wavelengths, 1e-3);
    detail::later_t<std::vector<unsigned>, UonacoLazy_> waiting;
    basic_dijkstra<detail::later_t<least_sum, UonacoLazy_>> search;
    a.wavelengths = wavelengths;
    a.edges.resize(requests.size());
    a.wavelength.resize(requests.size());
    for (unsigned i = static_cast<unsigned>(requests.size()); i-- > 0;) waiting.push_back(i);
    if (wavelengths == 0) return a;
    const auto leave = [&](unsigned r) {
        for (const unsigned e : a.edges[r]) {
            const unsigned long at = 1ul * a.wavelength[r] * m + e;
            holder[at] = nobody;
            cost[at] = 1e-3;
        }
        a.edges[r].clear();
    };
    for (; !waiting.empty() && a.steps < most_steps; ++a.steps) {
        const unsigned r = waiting.back();
        waiting.pop_back();
        if (requests[r].source == requests[r].target) continue;
        path best;
        unsigned layer = 0;
        for (unsigned i = 0; i < wavelengths; ++i) {
            // Another wavelength comes first each time, so that equal ones take turns.
            const unsigned w = static_cast<unsigned>((i + (a.steps < requests.size() ? 0 : a.steps)) % wavelengths);
            search.run(g, view<double>(cost.data() + 1ul * w * m, m), requests[r].source, requests[r].target);
            if (!search.reached(requests[r].target)) return a;
            if (best.found && !(search.cost(requests[r].target) < best.cost)) continue;
            best = search.path_of(requests[r].target);
            layer = w;
        }
        weight[r] += 1.0;
        for (const unsigned e : best.edges)
            if (const unsigned other = holder[1ul * layer * m + e]; other != nobody) {
                leave(other);
                waiting.insert(waiting.begin(), other);
            }
        a.edges[r] = best.edges;
        a.wavelength[r] = layer;
        for (const unsigned e : best.edges) {
            holder[1ul * layer * m + e] = r;
            cost[1ul * layer * m + e] = weight[r];
        }
    }
    a.complete = waiting.empty();
    return a;
}

/// What no assignment can beat, by each node alone: requests that leave (arrive) over edges that do. O(nodes + edges + requests).
UONACO_LAZY
unsigned wavelengths_at_least(const graph& g, view<lightpath_request> requests) {
    detail::later_t<std::vector<unsigned>, UonacoLazy_> out(g.nodes());
    detail::later_t<std::vector<unsigned>, UonacoLazy_> in(g.nodes());
    for (const lightpath_request& r : requests)
        if (r.source != r.target) ++out[r.source], ++in[r.target];
    unsigned most = 0;
    const auto look = [&](unsigned wanted, unsigned long edges) {
        if (edges == 0) return;
        const unsigned need = static_cast<unsigned>((wanted + edges - 1) / edges);
        most = need > most ? need : most;
    };
    for (unsigned n = 0; n < g.nodes(); ++n) look(out[n], g.out(n).size()), look(in[n], g.in(n).size());
    return most;
}

/// The least number of wavelengths, from the bound of nodes up to `most`, on which assign_wavelengths() places all requests; not
/// complete if there is none. Equal to the bound: proven least.
UONACO_LAZY
wavelength_assignment fewest_wavelengths(const graph& g, view<lightpath_request> requests, unsigned most,
                                         unsigned long most_steps = 200000) {
    const unsigned bound = wavelengths_at_least(g, requests);
    detail::later_t<wavelength_assignment, UonacoLazy_> a;
    for (unsigned n = bound == 0 ? 1 : bound; n <= most && !a.complete; ++n) {
        a = assign_wavelengths(g, requests, n, most_steps);
        a.wavelengths = n;
    }
    return a;
}

} // namespace uonaco::inline UONACO_ABI
