// SPDX-License-Identifier: Apache-2.0
// Networks that look like carriers' ones, the same everywhere: places on a square, each joined to the nearest earlier one, then
// the shortest links still missing until there are enough, every third of them skipped so that some rings are long.
#pragma once

#include <uonaco/network/graph.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace bench {

struct generated {
    unsigned nodes = 0;
    std::vector<uonaco::edge> edges{}; ///< link k is the edges 2 k and 2 k + 1
    std::vector<double> length{};      ///< by edge, whole km
    std::vector<double> capacity{};    ///< by edge: 1000 to 4000, alike both ways

    uonaco::graph graph() const { return {nodes, edges}; }
};

/// Precondition: nodes - 1 <= links, and not so many that the plane is full.
inline generated generate(unsigned nodes, unsigned links, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::vector<long> x, y;
    for (unsigned i = 0; i < nodes; ++i) x.push_back(random() % 4000), y.push_back(random() % 4000);
    const auto square = [&](unsigned a, unsigned b) {
        return (x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b]);
    };
    const auto km = [&](unsigned a, unsigned b) { // whole, rounded up, by whole numbers only
        long root = 1;
        while (root * root < square(a, b)) ++root;
        return static_cast<double>(root);
    };
    std::set<std::pair<unsigned, unsigned>> joined;
    generated g{.nodes = nodes};
    const auto join = [&](unsigned a, unsigned b) {
        if (!joined.insert({std::min(a, b), std::max(a, b)}).second) return;
        g.edges.insert(g.edges.end(), {{a, b}, {b, a}});
        g.length.insert(g.length.end(), 2, km(a, b));
        g.capacity.insert(g.capacity.end(), 2, 1000.0 * static_cast<double>(1 + random() % 4));
    };
    for (unsigned i = 1; i < nodes; ++i) {
        unsigned nearest = 0;
        for (unsigned j = 1; j < i; ++j)
            if (square(i, j) < square(i, nearest)) nearest = j;
        join(i, nearest);
    }
    std::vector<std::pair<long, std::pair<unsigned, unsigned>>> missing;
    for (unsigned i = 0; i < nodes; ++i)
        for (unsigned j = 0; j < i; ++j)
            if (!joined.count({j, i})) missing.push_back({square(i, j), {j, i}});
    std::sort(missing.begin(), missing.end());
    for (unsigned k = 0; k < missing.size() && g.edges.size() < 2ul * links; ++k)
        if (k % 3 != 2) join(missing[k].second.first, missing[k].second.second);
    return g;
}

} // namespace bench
