// SPDX-License-Identifier: Apache-2.0
// Dijkstra, all pairs and k shortest paths beside Boost.Graph and igraph, in one run. Disjoint pairs beside LEMON: pairs.cpp.
#include "../run/timing.hpp"
#include "data.hpp"

#include <uonaco/network/all_pairs.hpp>
#include <uonaco/network/k_shortest.hpp>

#if defined(UONACO_BENCH_BOOST)
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/floyd_warshall_shortest.hpp>
#include <boost/graph/johnson_all_pairs_shortest.hpp>
#endif
#if defined(UONACO_BENCH_IGRAPH)
#include <igraph.h>
#endif

namespace {

[[maybe_unused]] void say(const char* what, const bench::series& a, const char* other, const bench::series& b) {
    std::printf("%-34s uonaco %10.1f us   %s %10.1f us   %5.2f times as fast\n", what, a.median() / 1e3, other,
                b.median() / 1e3, bench::ratio(b, a).median());
}

#if defined(UONACO_BENCH_BOOST)
void beside_boost(bench::options o, const networks::instance& net, const uonaco::graph& g) {
    using boost_graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                                           boost::property<boost::edge_weight_t, double>>;
    std::vector<std::pair<unsigned, unsigned>> ends;
    for (const uonaco::edge e : net.edges) ends.emplace_back(e.from, e.to);
    const boost_graph b(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), net.km.begin(), net.nodes);
    std::vector<double> distance(net.nodes);
    std::vector<boost_graph::vertex_descriptor> parent(net.nodes);
    const auto run = [&](unsigned s) {
        boost::dijkstra_shortest_paths_no_color_map(
            b, s,
            boost::predecessor_map(parent.data()).distance_map(distance.data()).weight_map(get(boost::edge_weight, b)));
    };
    double left = 0, right = 0;
    uonaco::dijkstra search;
    // From another node every time: a processor learns the branches of a search that is repeated.
    unsigned s = 0, r = 0;
    const auto next = [&](unsigned& node) { return node = (node + 331) % net.nodes; };
    auto times = bench::race(
        o, 1, [&] { search.run(g, net.km, next(s)); }, [&] { run(next(r)); });
    search.run(g, net.km, s);
    run(s);
    for (unsigned t = 0; t < net.nodes; ++t) left += search.cost(t), right += distance[t];
    say("Dijkstra from one node", times[0], "Boost.Graph", times[1]);
    if (left != right) std::puts("ANSWERS DIFFER");

    uonaco::all_pairs table;
    std::vector<double> all(static_cast<std::size_t>(net.nodes) * net.nodes);
    std::vector<unsigned> last(all.size());
    std::vector<std::vector<double>> floyd(net.nodes, std::vector<double>(net.nodes)), johnson = floyd;
    const bool small =
        net.nodes <= 200;        // Floyd and Warshall's n^3 and Johnson's lists pay in small networks if anywhere
    o.quick = o.quick || !small; // else one pass takes long enough
    times = bench::race(
        o, 1, [&] { table.run(g, net.km); },
        [&] {
            for (unsigned from = 0; from < net.nodes; ++from) {
                run(from);
                for (unsigned t = 0; t < net.nodes; ++t) {
                    all[static_cast<std::size_t>(from) * net.nodes + t] = distance[t];
                    last[static_cast<std::size_t>(from) * net.nodes + t] = static_cast<unsigned>(parent[t]);
                }
            }
        });
    for (unsigned i = 0; i < net.nodes; ++i)
        for (unsigned j = 0; j < net.nodes; ++j)
            if (table.cost(i, j) != all[static_cast<std::size_t>(i) * net.nodes + j])
                return void(std::puts("ANSWERS DIFFER"));
    say("all pairs, with paths", times[0], "Boost.Graph", times[1]);
    if (net.name == "Kdl" || net.name == "ASN2k")
        std::printf("%-34s uonaco %10.3f s    to beat     %10.3f s\n", "the same beside its bar",
                    times[0].median() / 1e9, net.name == "Kdl" ? 0.029 : 0.31);
    if (!small) return;
    times = bench::race(
        o, 1, [&] { table.run(g, net.km, uonaco::keep::costs); },
        [&] {
            boost::floyd_warshall_all_pairs_shortest_paths(b, floyd, boost::weight_map(get(boost::edge_weight, b)));
        },
        [&] { boost::johnson_all_pairs_shortest_paths(b, johnson, boost::weight_map(get(boost::edge_weight, b))); });
    for (unsigned i = 0; i < net.nodes; ++i)
        for (unsigned j = 0; j < net.nodes; ++j)
            if (table.cost(i, j) != floyd[i][j] || table.cost(i, j) != johnson[i][j])
                return void(std::puts("ANSWERS DIFFER"));
    say("all pairs, costs only", times[0], "its Floyd  ", times[1]);
    say("", times[0], "its Johnson", times[2]);
}
#endif

void k_paths(bench::options o, const networks::instance& net, const uonaco::graph& g, unsigned k) {
    const auto asked = networks::pairs(net, o.quick ? 5 : 20);
    uonaco::k_shortest_search search;
    double left = 0;
    const auto we = [&] {
        left = 0;
        for (const auto& p : asked)
            for (const auto& found : search(g, net.km, p.from, p.to, k)) left += found.cost;
    };
    o.quick = true;
    char what[64];
    std::snprintf(what, sizeof what, "k shortest paths of a pair, k = %u", k);
#if defined(UONACO_BENCH_IGRAPH)
    igraph_t theirs;
    igraph_vector_int_t ends;
    igraph_vector_t weights;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&weights, 0);
    for (unsigned e = 0; e < g.edges(); e += 2) {
        igraph_vector_int_push_back(&ends, g.from(e));
        igraph_vector_int_push_back(&ends, g.to(e));
        igraph_vector_push_back(&weights, net.km[e]);
    }
    igraph_create(&theirs, &ends, net.nodes, false);
    igraph_vector_int_list_t paths;
    igraph_vector_int_list_init(&paths, 0);
    double right = 0;
    const auto they = [&] {
        right = 0;
        for (const auto& p : asked) {
            igraph_get_k_shortest_paths(&theirs, &weights, nullptr, &paths, k, p.from, p.to, IGRAPH_ALL);
            for (igraph_integer_t i = 0; i < igraph_vector_int_list_size(&paths); ++i) {
                const igraph_vector_int_t* edges = igraph_vector_int_list_get_ptr(&paths, i);
                for (igraph_integer_t e = 0; e < igraph_vector_int_size(edges); ++e)
                    right += VECTOR(weights)[VECTOR(*edges)[e]];
            }
        }
    };
    const double start = bench::now();
    they(); // once: it takes long
    const double once = (bench::now() - start) / static_cast<double>(asked.size());
    const auto times = bench::race(o, static_cast<double>(asked.size()), we);
    std::printf("%-34s uonaco %10.1f us   igraph      %10.1f us   %5.2f times as fast\n", what, times[0].median() / 1e3,
                once / 1e3, once / times[0].median());
    if (left != right) std::puts("COSTS DIFFER");
    igraph_vector_int_list_destroy(&paths);
    igraph_vector_int_destroy(&ends);
    igraph_vector_destroy(&weights);
    igraph_destroy(&theirs);
#else
    const auto times = bench::race(o, static_cast<double>(asked.size()), we);
    std::printf("%-34s uonaco %10.1f us   (igraph is not installed)\n", what, times[0].median() / 1e3);
#endif
}

} // namespace

int main(int argc, char** argv) {
    const auto o = bench::read(argc, argv);
    bench::print_machine();
    auto nets = networks::real_networks();
    nets.insert(nets.begin(), networks::roads());
    for (const auto& net : nets) {
        const uonaco::graph g = net.graph();
        std::printf("%s: %u nodes, %u links\n", net.name.c_str(), net.nodes, net.links());
#if defined(UONACO_BENCH_BOOST)
        beside_boost(o, net, g);
#else
        std::puts("Boost.Graph is not installed: nothing to compare Dijkstra with.");
#endif
        for (const unsigned k : {4u, 16u}) k_paths(o, net, g, k);
    }
}
