// SPDX-License-Identifier: Apache-2.0
// Disjoint pairs beside LEMON's Suurballe.
#include "../run/timing.hpp"
#include "data.hpp"
#include "lemon.hpp"

#include <uonaco/network/paths/disjoint_pair.hpp>

static bool compare(bench::options o, const networks::instance& net) {
    std::vector<unsigned> from, to;
    for (const uonaco::edge e : net.edges) {
        from.push_back(e.from);
        to.push_back(e.to);
    }
    const uonaco::graph g = net.graph();
    networks::lemon_pairs theirs(net.nodes, g.edges(), from.data(), to.data(), net.km.data());
    uonaco::disjoint_pair_search ours;
    // Only questions that have an answer.
    std::vector<uonaco::edge> asked;
    for (const auto& p : networks::pairs(net, 4000)) {
        const bool possible = theirs(p.from, p.to) >= 0;
        if (possible) asked.push_back(p);
        if (asked.size() == 100) break;
    }
    double left = 0, right = 0;
    const auto times = bench::race(
        o, static_cast<double>(asked.size()),
        [&] {
            left = 0;
            for (const auto& p : asked) {
                const auto pair = ours(g, net.km, p.from, p.to);
                left += pair.shared_edges.empty() ? pair.cost() : -1;
            }
        },
        [&] {
            right = 0;
            for (const auto& p : asked) right += theirs(p.from, p.to);
        });
    std::printf("%s: %zu pairs that have two disjoint paths\n", net.name.c_str(), asked.size());
    std::printf("disjoint pair                      uonaco %10.1f us   LEMON       %10.1f us   %5.2f times as fast\n",
                times[0].median() / 1e3, times[1].median() / 1e3, bench::ratio(times[1], times[0]).median());
    if (left != right) {
        std::puts("COSTS DIFFER");
        return false;
    }
    return true;
}

int main(int argc, char** argv) {
    const auto o = bench::read(argc, argv);
    bench::print_machine();
    bool same = compare(o, networks::roads());
    for (const auto& net : networks::real_networks()) same = compare(o, net) && same;
    return same ? 0 : 1;
}
