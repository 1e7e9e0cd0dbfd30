// SPDX-License-Identifier: Apache-2.0
// Networks that benchmarks and tests run on, and the one that is made: as many nodes and links as Kdl of the Topology Zoo (754 and 895).
#pragma once

#include <uonaco/network/flows/demand.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace networks {

/// Link k is the edges 2 k and 2 k + 1.
struct instance {
    std::string name{};
    unsigned nodes = 0;
    std::vector<uonaco::edge> edges{};
    std::vector<double> km{};       ///< by edge, whole
    std::vector<double> capacity{}; ///< by edge, or by pool
    std::vector<unsigned> pool{};   ///< by edge; empty where each direction has the capacity for itself
    std::vector<uonaco::demand> demands{};

    unsigned links() const { return static_cast<unsigned>(edges.size() / 2); }
    uonaco::graph graph() const { return {nodes, edges}; }
    uonaco::capacities capacities() const { return {capacity, pool}; }
};

/// 64-bit linear congruence with the constants of D. E. Knuth's MMIX: the same network everywhere.
struct dice {
    std::uint64_t x;
    unsigned below(unsigned n) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        return static_cast<unsigned>((x >> 33) % n);
    }
};

/// Sites at random on a plane of 1,000 km by 600; each joined to the nearest of those before it (a tree, like roads), then
/// the shortest links that are not there yet, until there are enough. Whole kilometres, at least 1; capacities 1000 to 4000, alike both ways.
inline instance roads(unsigned nodes = 754, unsigned links = 895, std::uint64_t seed = 1) {
    instance made{.name = "roads-" + std::to_string(nodes), .nodes = nodes};
    dice d{seed}, of_capacity{seed + 1};
    std::vector<long> x(nodes), y(nodes);
    for (unsigned i = 0; i < nodes; ++i) x[i] = d.below(1000), y[i] = d.below(600);
    const auto squared = [&](unsigned i, unsigned j) {
        return (x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]);
    };
    const auto km = [&](unsigned i, unsigned j) {
        long root = 1;
        while (root * root < squared(i, j)) ++root;
        return static_cast<double>(root);
    };
    std::vector<std::vector<bool>> joined(nodes, std::vector<bool>(nodes));
    const auto join = [&](unsigned i, unsigned j) {
        joined[i][j] = joined[j][i] = true;
        made.edges.insert(made.edges.end(), {{i, j}, {j, i}});
        made.km.insert(made.km.end(), 2, km(i, j));
        made.capacity.insert(made.capacity.end(), 2, 1000.0 * (1 + of_capacity.below(4)));
    };
    for (unsigned i = 1; i < nodes; ++i) {
        unsigned nearest = 0;
        for (unsigned j = 1; j < i; ++j)
            if (squared(i, j) < squared(i, nearest)) nearest = j;
        join(i, nearest);
    }
    while (made.links() < links) {
        const unsigned i = d.below(nodes);
        unsigned nearest = i;
        for (unsigned j = 0; j < nodes; ++j)
            if (j != i && !joined[i][j] && (nearest == i || squared(i, j) < squared(i, nearest))) nearest = j;
        join(i, nearest);
    }
    return made;
}

/// Pairs of nodes to ask about, the same for every library.
inline std::vector<uonaco::edge> pairs(const instance& net, unsigned count) {
    dice d{7};
    std::vector<uonaco::edge> all;
    while (all.size() < count) {
        const unsigned s = d.below(net.nodes), t = d.below(net.nodes);
        if (s != t) all.push_back({s, t});
    }
    return all;
}

/// Between every ordered pair i != j: ((7 i + 13 j) mod 17) + 1.
inline void ask_by_formula(instance& n) {
    for (unsigned i = 0; i < n.nodes; ++i)
        for (unsigned j = 0; j < n.nodes; ++j)
            if (i != j) n.demands.push_back({i, j, static_cast<double>((7 * i + 13 * j) % 17 + 1)});
}

} // namespace networks
