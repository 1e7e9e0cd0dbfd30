// SPDX-License-Identifier: Apache-2.0
// The networks that the reference answers for flows were computed on.
#pragma once

#include "../../../../bench/network/data.hpp"

#include <random>

namespace instances {

using networks::ask_by_formula;
using networks::instance;

inline instance both_ways(unsigned nodes, std::initializer_list<uonaco::edge> links, double capacity) {
    instance n{.nodes = nodes};
    for (const uonaco::edge e : links) {
        n.edges.insert(n.edges.end(), {e, {e.to, e.from}});
        n.capacity.insert(n.capacity.end(), 2, capacity);
    }
    ask_by_formula(n);
    return n;
}

inline instance b4() {
    return both_ways(12,
                     {{0, 1},
                      {0, 2},
                      {1, 4},
                      {2, 3},
                      {2, 5},
                      {3, 4},
                      {3, 6},
                      {3, 7},
                      {4, 5},
                      {5, 6},
                      {5, 7},
                      {6, 7},
                      {6, 10},
                      {7, 9},
                      {8, 9},
                      {8, 10},
                      {9, 10},
                      {9, 11},
                      {10, 11}},
                     5000);
}

inline instance abilene() {
    return both_ways(12,
                     {{0, 1},
                      {1, 4},
                      {1, 5},
                      {1, 11},
                      {2, 5},
                      {2, 8},
                      {3, 6},
                      {3, 9},
                      {3, 10},
                      {4, 6},
                      {4, 7},
                      {5, 6},
                      {7, 9},
                      {8, 11},
                      {9, 10}},
                     1000);
}

/// As in TeaVaR's data.
inline instance ibm() {
    return both_ways(17, {{0, 4},   {0, 5},   {0, 16},  {1, 2},   {1, 3},   {1, 8},   {2, 9},  {3, 4},
                          {3, 5},   {3, 7},   {4, 14},  {5, 6},   {5, 15},  {6, 9},   {7, 11}, {8, 16},
                          {10, 11}, {10, 16}, {11, 12}, {12, 13}, {13, 14}, {13, 16}, {14, 15}},
                     2e6);
}

/// Directed, with loops and parallel edges; whole capacities from 0 on.
inline instance random_flows(std::mt19937& random, unsigned nodes, unsigned edges, unsigned demands) {
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    instance n{.nodes = nodes};
    for (unsigned e = 0; e < edges; ++e) {
        n.edges.push_back({below(nodes), below(nodes)});
        n.capacity.push_back(below(10));
    }
    for (unsigned d = 0; d < demands; ++d)
        n.demands.push_back({below(nodes), below(nodes), static_cast<double>(below(8))});
    return n;
}

} // namespace instances
