// SPDX-License-Identifier: Apache-2.0
// How much of all demands fits at once, on which links, and what is it worth: three sites, 100G from A to B, 400G by way of C.
#include <uonaco/network/flows/concurrent_flow.hpp>
#include <uonaco/network/flows/integral.hpp>
#include <uonaco/network/flows/max_min.hpp>
#include <uonaco/network/flows/min_cost_flow.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

int main() {
    enum : unsigned { a, b, c };
    const edge edges[] = {{a, b}, {b, a}, {a, c}, {c, a}, {c, b}, {b, c}};
    const graph g(3, edges);
    std::vector<double> rate;
    for (const auto r : {100_Gbps, 100_Gbps, 400_Gbps, 400_Gbps, 400_Gbps, 400_Gbps}) rate.push_back(r.si());
    const std::vector<demand> demands{demand::of(a, b, 300_Gbps), demand::of(b, a, 300_Gbps), demand::of(c, b, 100_Gbps)};

    // Split as it pays: the share that fits, and the proof that no routing does better than the bound.
    const auto best = max_concurrent_flow(g, rate, demands, {.gap = 0.001});
    std::printf("all at once, split freely:  %.3f of every demand, at most %.3f\n", best->share, best->bound);

    // Over the two shortest tunnels of each demand; whole, or elephants in at most 4 parts.
    const std::vector<double> hops(g.edges(), 1);
    const auto tunnels = k_shortest_tunnels(g, rate, demands, hops, 2);
    const auto whole = unsplittable_flow(g, rate, demands, tunnels);
    const auto parts = unsplittable_flow(g, rate, demands, tunnels, {.parts = 4});
    std::printf("one path a demand:          fullest link at %.0f %%\n", whole->max_utilisation * 100);
    std::printf("elephants in 4 parts:       fullest link at %.0f %%\n", parts->max_utilisation * 100);

    // Everybody asks for far more than there is.
    std::vector<demand> greedy = demands;
    for (auto& d : greedy) d.amount = (1_Tbps).si();
    const auto fair = max_min_fair(g, rate, greedy, tunnels);
    for (unsigned d = 0; d < greedy.size(); ++d)
        std::printf("fair rate of demand %u:      %.0f Gb/s\n", d, fair->rate[d] / 1e9);

    // 200 Gb/s from A to B where a bit costs 1 on the direct link and 2 on each other.
    const std::vector<double> price{1, 1, 2, 2, 2, 2};
    const auto cheap = cheapest_flow(g, rate, price, a, b, (200_Gbps).si());
    std::printf("cheapest 200 Gb/s A to B:   %.0f direct, %.0f by way of C\n", cheap->flow[0] / 1e9, cheap->flow[2] / 1e9);
}
