// SPDX-License-Identifier: Apache-2.0
// Small networks with known answers, and the slow sure way to find them.
#pragma once

#include <uonaco/network/path.hpp>

#include <algorithm>
#include <random>
#include <vector>

namespace instances {

struct weighted {
    unsigned nodes = 0;
    std::vector<uonaco::edge> edges{};
    std::vector<double> weights{};

    uonaco::graph graph() const { return {nodes, edges}; }
    void both(unsigned a, unsigned b, double weight) {
        edges.push_back({a, b});
        edges.push_back({b, a});
        weights.insert(weights.end(), {weight, weight});
    }
};

struct fibre {
    unsigned a, b;
    double km;
};

/// COST239 with 11 nodes and 26 fibres, numbered as below.
inline weighted cost239() {
    constexpr fibre fibres[] = {{1, 2, 900},   {1, 3, 780},   {1, 4, 1100},  {1, 8, 2620}, {2, 3, 600},   {2, 5, 800},
                                {2, 6, 1200},  {2, 7, 1640},  {2, 9, 2180},  {3, 4, 420},  {3, 5, 440},   {3, 7, 1860},
                                {4, 5, 780},   {4, 8, 1520},  {4, 9, 1320},  {5, 6, 700},  {5, 10, 1460}, {6, 7, 640},
                                {6, 10, 1130}, {6, 11, 1460}, {7, 11, 1640}, {8, 9, 780},  {8, 10, 1480}, {9, 10, 680},
                                {9, 11, 1320}, {10, 11, 640}};
    weighted w{.nodes = 12};
    for (const fibre& f : fibres) w.both(f.a, f.b, f.km);
    return w;
}

/// NSFNET with 14 nodes and 22 fibres; fibre k is the edges 2k and 2k+1. Nodes are 1..14 in the literature, here too (0 is alone).
inline weighted nsfnet() {
    constexpr fibre fibres[] = {{1, 2, 1050},  {1, 3, 1500},  {1, 8, 2400},  {2, 3, 600},  {2, 4, 750},   {3, 6, 1800},
                                {4, 5, 600},   {4, 11, 1950}, {5, 6, 1200},  {5, 7, 600},  {6, 10, 1050}, {6, 14, 1800},
                                {7, 8, 750},   {7, 10, 1350}, {8, 9, 750},   {9, 10, 750}, {9, 12, 300},  {9, 13, 300},
                                {11, 12, 600}, {11, 13, 750}, {12, 14, 300}, {13, 14, 150}};
    weighted w{.nodes = 15};
    for (const fibre& f : fibres) w.both(f.a, f.b, f.km);
    return w;
}

/// Bandwidth of fibre k of NSFNET as the reference answers have it: (11 k mod 17) + 1.
inline std::vector<double> nsfnet_bandwidths() {
    std::vector<double> b;
    for (unsigned k = 0; k < 22; ++k) b.insert(b.end(), 2, 11 * k % 17 + 1);
    return b;
}

/// Directed, with parallel edges, loops and many ties. Weights are 0..most, whole: every sum is exact.
inline weighted random(std::mt19937& random, unsigned nodes, unsigned edges, unsigned most) {
    // No std distribution: their sequences differ between standard libraries.
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    weighted w{.nodes = nodes};
    for (unsigned e = 0; e < edges; ++e) {
        w.edges.push_back({below(nodes), below(nodes)});
        w.weights.push_back(below(most + 1));
    }
    return w;
}

/// What a column comes to along a path.
inline double sum(const std::vector<double>& column, const uonaco::path& p) {
    double s = 0;
    for (const unsigned e : p.edges) s += column[e];
    return s;
}

/// Every simple path over open edges, by walking them all, ranked.
inline std::vector<uonaco::path> all_paths(const weighted& w, unsigned source, unsigned target,
                                           const std::vector<unsigned char>& usable = {}) {
    const uonaco::graph g = w.graph();
    std::vector<uonaco::path> found;
    std::vector<bool> visited(w.nodes);
    uonaco::path p{.found = true};
    const auto walk = [&](const auto& self, unsigned node) -> void {
        if (node == target) {
            found.push_back(p);
            return;
        }
        visited[node] = true;
        for (unsigned e = 0; e < w.edges.size(); ++e) {
            if (w.edges[e].from != node || visited[w.edges[e].to] || (!usable.empty() && !usable[e])) continue;
            const double before = p.cost;
            p.edges.push_back(e);
            p.cost += w.weights[e];
            self(self, w.edges[e].to);
            p.edges.pop_back();
            p.cost = before;
        }
        visited[node] = false;
    };
    walk(walk, source);
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        // Written out, not rank(): that is under test.
        if (a.cost != b.cost) return a.cost < b.cost;
        if (a.edges.size() != b.edges.size()) return a.edges.size() < b.edges.size();
        const auto x = uonaco::nodes_of(g, source, a.edges);
        const auto y = uonaco::nodes_of(g, source, b.edges);
        return x != y ? x < y : a.edges < b.edges;
    });
    return found;
}

} // namespace instances
