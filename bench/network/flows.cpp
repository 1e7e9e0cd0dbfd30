// SPDX-License-Identifier: Apache-2.0
// How long does it take to route all demands of a wide area network and to prove how good the routing is? Beside HiGHS by
// flows_highs.py, which calls this program with --instance (prints the network) and --once (solves it once).
#include "../run/timing.hpp"
#include "instance.hpp"

#include <uonaco/network/flows/concurrent_flow.hpp>
#include <uonaco/network/flows/max_min.hpp>

#include <cstdlib>
#include <fstream>
#include <string>

namespace {
using namespace uonaco;

using question = networks::instance;

// "158", "754": generated with as many links as two carriers have, "158m": with twice as many; else a file with nodes, edges
// and then from, to, capacity of each edge.
question read(const std::string& name) {
    question q;
    if (name == "158" || name == "158m" || name == "754") {
        const unsigned links = name == "158" ? 189 : name == "158m" ? 378 : 895;
        q = networks::roads(name == "754" ? 754 : 158, links);
    } else {
        std::ifstream in(name);
        unsigned long edges = 0;
        in >> q.nodes >> edges;
        q.edges.resize(edges);
        q.capacity.resize(edges);
        for (unsigned long e = 0; e < edges; ++e) in >> q.edges[e].from >> q.edges[e].to >> q.capacity[e];
    }
    ask_by_formula(q);
    return q;
}

// Seconds of processor time; status 1 if it was not proven.
int solve(const std::string& name, double gap, bool plain) {
    const question q = read(name);
    const double start = bench::now();
    const graph g(q.nodes, q.edges);
    const auto f = max_concurrent_flow(g, q.capacity, q.demands, {.gap = gap});
    const double seconds = (bench::now() - start) * 1e-9;
    if (!f) return std::printf("%s: %s\n", name.c_str(), to_string(f.error().code)), 1;
    if (plain)
        std::printf("%.17g %.17g %.6f\n", f->share, f->bound, seconds);
    else
        std::printf("%-10s %5u %6zu %8zu  %5.2f %%  %.9g .. %.9g  %6.3f %%  %4u  %8.3f\n", name.c_str(), q.nodes,
                    q.edges.size(), q.demands.size(), gap * 100, f->share, f->bound, f->gap() * 100, f->rounds,
                    seconds);
    return f->proven ? 0 : 1;
}

// Fair rates over 4 tunnels a demand, exactly and by filling; status 1 if the exact ones are not proven.
int share_out(unsigned nodes, unsigned links, unsigned count) {
    question q = networks::roads(nodes, links);
    networks::dice d{5};
    for (const edge p : networks::pairs(q, count)) q.demands.push_back({p.from, p.to, 1.0 + d.below(2000)});
    const graph g = q.graph();
    const auto tunnels = k_shortest_tunnels(g, q.capacity, q.demands, q.km, 4);
    double seconds[2], sum[2];
    bool exact = false;
    for (const bool filling : {false, true}) {
        const double start = bench::now();
        const auto f = max_min_fair(g, q.capacity, q.demands, tunnels, {.most_cells = filling ? 0ul : 64ul << 20});
        seconds[filling] = (bench::now() - start) * 1e-9;
        if (!f) return std::printf("%u nodes: %s\n", nodes, to_string(f.error().code)), 1;
        if (!filling) exact = f->exact;
        sum[filling] = 0;
        for (const double rate : f->rate) sum[filling] += rate;
    }
    std::printf(
        "fair rates, %u nodes, %u demands, %u tunnels: exact%s %.3f s, by filling %.3f s with %.2f %% less in sum\n",
        nodes, count, tunnels.size(), exact ? "" : " NOT PROVEN", seconds[0], seconds[1], 100 * (1 - sum[1] / sum[0]));
    return exact ? 0 : 1;
}
} // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    if (verb == "--instance" && argc > 2) {
        const question q = read(argv[2]);
        std::printf("%u %zu\n", q.nodes, q.edges.size());
        for (unsigned long e = 0; e < q.edges.size(); ++e)
            std::printf("%u %u %.17g\n", q.edges[e].from, q.edges[e].to, q.capacity[e]);
        return 0;
    }
    if (verb == "--once" && argc > 3) return solve(argv[2], std::atof(argv[3]), true);
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    std::puts("Share of all demands that fits at once: carried .. no more than, and the seconds to prove it");
    std::puts("instance   nodes  edges  demands  asked    proven                           gap  rounds  seconds");
    if (argc > 1 && !o.quick) return solve(argv[1], argc > 2 ? std::atof(argv[2]) : 0.01, false);
    int bad = solve("158", 0.05, false) + solve("158", 0.01, false);
    if (!o.quick) bad += solve("158m", 0.01, false) + solve("754", 0.02, false) + solve("754", 0.01, false);
    bad += share_out(158, 189, o.quick ? 100 : 400);
    if (!o.quick) bad += share_out(754, 895, 300);
    return bad ? 1 : 0;
}
