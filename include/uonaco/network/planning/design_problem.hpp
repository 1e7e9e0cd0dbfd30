// SPDX-License-Identifier: Apache-2.0
// design_problem: the links on which capacity can be bought, and the demands that it must carry.
#pragma once

#include "capacity_levels.hpp"

namespace uonaco::inline UONACO_ABI {

/// Used both ways together: flow in either direction counts against one capacity.
struct design_link {
    unsigned a = 0;
    unsigned b = 0;
    double installed = 0.0; ///< capacity that is there, in the unit of the demands
    double paid = 0.0;      ///< what that costs in any case
    std::vector<capacity_module> modules{};
};

/// Undirected; may be split over routes. From a node to itself, or of no amount, it needs nothing.
struct design_demand {
    unsigned a = 0;
    unsigned b = 0;
    double amount = 0.0;
    unsigned period = 0;
    unsigned copies = 1; ///< each route is so many paths that share no link (2: working and backup)
    std::vector<std::vector<unsigned>> routes{}; ///< links of the only routes allowed; empty: every path, with one copy
};

struct design_problem {
    unsigned nodes = 0;
    std::vector<design_link> links{};
    std::vector<design_demand> demands{};
    unsigned periods = 1; ///< demands of different periods use the same capacity one after the other
};

constexpr bool counts(const design_demand& d) { return d.amount > 0 && d.a != d.b; }

/// What cannot be in the figures; null if all can be.
UONACO_LAZY
const char* problem_of(const design_problem& problem) {
    const auto& p = detail::late<UonacoLazy_>(problem);
    const auto figure = [](double x) { return x >= 0 && x <= 1e15; };
    if (p.periods == 0) return "no period";
    for (const auto& l : p.links) {
        if (l.a >= p.nodes || l.b >= p.nodes) return "a link has an end that is no node";
        if (!figure(l.installed) || !figure(l.paid)) return "a link's capacity or cost is no figure of 0 to 1e15";
        for (const auto& m : l.modules)
            if (!figure(m.capacity) || !figure(m.cost) || m.capacity <= 0)
                return "a module's capacity or cost is no figure of 0 to 1e15";
    }
    for (const auto& d : p.demands) {
        if (d.a >= p.nodes || d.b >= p.nodes) return "a demand has an end that is no node";
        if (!figure(d.amount)) return "a demand's amount is no figure of 0 to 1e15";
        if (d.period >= p.periods) return "a demand's period does not exist";
        if (d.copies == 0 || (d.copies > 1 && d.routes.empty())) return "more than one copy needs routes";
        for (const auto& r : d.routes)
            for (const unsigned e : r)
                if (e >= p.links.size()) return "a route has a link that does not exist";
    }
    return nullptr;
}

/// True if links join two nodes. O(nodes x links).
UONACO_LAZY
bool joined(const design_problem& p, unsigned a, unsigned b) {
    detail::later_t<std::vector<char>, UonacoLazy_> seen(p.nodes, 0);
    seen[a] = 1;
    for (bool more = true; more && !seen[b];) {
        more = false;
        for (const design_link& l : p.links)
            if (seen[l.a] != seen[l.b]) seen[l.a] = seen[l.b] = 1, more = true;
    }
    return seen[b] != 0;
}

} // namespace uonaco::inline UONACO_ABI
