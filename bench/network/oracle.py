#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Answers of networkx for the network of instance.hpp, as rows of tests/unit/network/paths/large.cpp: source, target, the costs of the 1st, 4th
and 16th shortest path (the last, if there are fewer) and the sum of all 16, and the least sum of two paths with a
million for each link that both take."""
import itertools
import math

import networkx as nx


class Dice:
    def __init__(self, seed):
        self.x = seed

    def below(self, n):
        self.x = (self.x * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.x >> 33) % n


def roads(nodes=754, links=895, seed=1):
    d = Dice(seed)
    at = [(d.below(1000), d.below(600)) for _ in range(nodes)]

    def squared(i, j):
        return (at[i][0] - at[j][0]) ** 2 + (at[i][1] - at[j][1]) ** 2

    g = nx.Graph()

    def join(i, j):
        root = max(1, math.isqrt(squared(i, j)))
        g.add_edge(i, j, km=root if root * root >= squared(i, j) else root + 1)

    for i in range(1, nodes):
        join(i, min(range(i), key=lambda j: squared(i, j)))
    while g.number_of_edges() < links:
        i = d.below(nodes)
        join(i, min((j for j in range(nodes) if j != i and not g.has_edge(i, j)), key=lambda j: squared(i, j)))
    return g


def disjoint(g, s, t):
    """Two units of flow; the second on a link costs a million more, far beyond any two paths."""
    d = nx.MultiDiGraph()
    for a, b, km in g.edges(data="km"):
        for u, v in (a, b), (b, a):
            d.add_edge(u, v, capacity=1, weight=km)
            d.add_edge(u, v, capacity=1, weight=km + 1000000)
    d.nodes[s]["demand"] = -2
    d.nodes[t]["demand"] = 2
    return nx.network_simplex(d)[0]


def main():
    g = roads()
    d = Dice(7)
    for _ in range(40):
        s, t = d.below(754), d.below(754)
        costs = [nx.path_weight(g, p, "km") for p in itertools.islice(nx.shortest_simple_paths(g, s, t, "km"), 16)]
        print(f"    {{{s}, {t}, {costs[0]}, {costs[min(3, len(costs) - 1)]}, {costs[-1]}, {sum(costs)}, {disjoint(g, s, t)}}},")


if __name__ == "__main__":
    main()
