// SPDX-License-Identifier: Apache-2.0
// Questions to a network: the cheapest way within a delay, two ways that no cut can take both, a connection for power control, and what if.
#include <uonaco/network/paths/power_control.hpp>
#include <uonaco/network/paths/widest.hpp>
#include <uonaco/network/undo_log.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>
#include <vector>

using namespace uonaco;
using namespace uonaco::literals;

static void print(const char* what, const graph& g, const path& p) {
    std::printf("%-34s", what);
    for (const unsigned node : nodes_of(g, 0, p.edges)) std::printf(" %u", node);
    std::printf("   cost %g\n", p.cost);
}

int main() {
    // Six sites; 0 and 5 are to be joined by way of 1, 2 or 3.
    const edge edges[] = {{0, 1}, {1, 5}, {0, 2}, {2, 5}, {0, 3}, {3, 5}, {1, 2}};
    const graph g(6, edges);
    std::vector<double> costs{1, 1, 2, 2, 3, 3, 1};
    const double widths[] = {100, 100, 400, 400, 100, 100, 400};
    const std::vector<units::latency> delays{4_ms, 5_ms, 1_ms, 2_ms, 2_ms, 2_ms, 1_ms};
    const std::vector<units::latency> jitters(7, units::latency(200_us));
    const edge_risk ducts[] = {{0, 0}, {2, 0}}; // 0-1 and 0-2 leave in one duct
    const risk_groups risks(g.edges(), ducts);

    print("cheapest", g, shortest_path(g, costs, 0, 5));
    print("most room", g, shortest_widest_path(g, widths, costs, 0, 5).way);
    const auto quick = cheapest_within(g, costs, 0, 5, path_bound<units::latency>{delays, 5_ms});
    print("cheapest within 5 ms", g, quick->way);

    const auto pair = find_protected_pair(g, costs, risks, 0, 5, protection::full);
    print("apart: to work on", g, pair->working);
    print("apart: to fall back on", g, pair->backup);

    const auto control = power_control_connection(g, costs, delays, jitters, risks, 0, 5, power_control_class::critical());
    print("power control within 5 ms", g, control->working);
    print("  and its other way", g, control->backup);
    std::printf("  healed within %.0f ms\n", 1e3 * control->healing.si());

    undo_log log;
    {
        what_if cut(log);
        for (const unsigned e : risks.edges_in(0)) cut.set(costs[e], __builtin_huge_val());
        print("if the duct is cut", g, shortest_path(g, costs, 0, 5));
        const auto refused = find_protected_pair(g, costs, risks, 0, 5, protection::risk);
        std::printf("%-34s refused; closest: %s\n", "  two ways apart", to_string(refused.error().closest));
    }
    print("and when it is not", g, shortest_path(g, costs, 0, 5));
}
