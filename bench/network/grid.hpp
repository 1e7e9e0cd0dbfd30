// SPDX-License-Identifier: Apache-2.0
// The network that path benchmarks run on: as many nodes and links as Kdl of the Topology Zoo (754 and 895), made here.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace bench_network {

struct fibre {
    unsigned a = 0, b = 0;
    double km = 0;
};
struct instance {
    std::string name{};
    unsigned nodes = 0;
    std::vector<fibre> fibres{};
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
/// the shortest links that are not there yet, until there are enough. Whole kilometres, at least 1.
inline instance roads(unsigned nodes = 754, unsigned links = 895, std::uint64_t seed = 1) {
    instance made{"roads-" + std::to_string(nodes), nodes, {}};
    dice d{seed};
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
        made.fibres.push_back({i, j, km(i, j)});
    };
    for (unsigned i = 1; i < nodes; ++i) {
        unsigned nearest = 0;
        for (unsigned j = 1; j < i; ++j)
            if (squared(i, j) < squared(i, nearest)) nearest = j;
        join(i, nearest);
    }
    while (made.fibres.size() < links) {
        const unsigned i = d.below(nodes);
        unsigned nearest = i;
        for (unsigned j = 0; j < nodes; ++j)
            if (j != i && !joined[i][j] && (nearest == i || squared(i, j) < squared(i, nearest))) nearest = j;
        join(i, nearest);
    }
    return made;
}

/// Pairs of nodes to ask about, the same for every library.
inline std::vector<fibre> pairs(const instance& net, unsigned count) {
    dice d{7};
    std::vector<fibre> all;
    while (all.size() < count) {
        const unsigned s = d.below(net.nodes), t = d.below(net.nodes);
        if (s != t) all.push_back({s, t, 0});
    }
    return all;
}

} // namespace bench_network
