// SPDX-License-Identifier: Apache-2.0
// Against other libraries on a network too large for brute force.
#include "../../../../bench/network/instance.hpp"
#include "../../../catch.hpp"

#include <uonaco/network/all_pairs.hpp>
#include <uonaco/network/k_shortest.hpp>
#include <uonaco/network/paths/disjoint_pair.hpp>

#if __has_include(<boost/graph/compressed_sparse_row_graph.hpp>)
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#define UONACO_TEST_BOOST
#endif

namespace {

struct answer {
    unsigned source, target;
    double first, fourth, sixteenth, all, pair;
};
// Printed by bench/network/oracle.py with networkx 3.6.1: whole kilometres; a million for each link that both paths of a pair take.
constexpr answer networkx[] = {
    {366, 395, 783, 835, 920, 14085, 2562},       {101, 163, 723, 729, 764, 11882, 2002813},
    {71, 259, 766, 858, 1167, 16613, 5002659},    {500, 216, 90, 131, 131, 442, 2000221},
    {551, 414, 1047, 1055, 1088, 17168, 4002522}, {401, 535, 415, 449, 505, 7523, 7001123},
    {620, 264, 1138, 1164, 1244, 19328, 4003196}, {121, 348, 1686, 1716, 1746, 27624, 5004023},
    {653, 723, 378, 481, 522, 7905, 3001222},     {580, 251, 924, 930, 963, 15123, 5003513},
    {556, 141, 1469, 1489, 1541, 24194, 2003553}, {16, 226, 823, 883, 947, 14322, 2530},
    {733, 632, 456, 753, 950, 12691, 4002395},    {422, 251, 119, 140, 140, 259, 3000259},
    {477, 286, 1387, 1407, 1435, 22660, 4003427}, {258, 189, 25, 86, 86, 173, 111},
    {78, 653, 493, 852, 886, 13396, 5001611},     {239, 435, 987, 1022, 1105, 16931, 3002768},
    {273, 121, 2012, 2029, 2050, 32602, 5004593}, {56, 308, 481, 522, 599, 8954, 1001261},
    {415, 577, 552, 594, 665, 9954, 1001501},     {620, 430, 229, 341, 614, 8140, 2000742},
    {544, 26, 1282, 1319, 1370, 21515, 2002678},  {570, 130, 926, 1025, 1048, 16278, 2003208},
    {108, 280, 863, 964, 1050, 16044, 8002067},   {128, 190, 971, 1041, 1070, 16774, 2002400},
    {19, 642, 471, 532, 595, 8909, 1001174},      {714, 435, 998, 1016, 1043, 16419, 2002814},
    {26, 290, 837, 925, 1031, 15453, 1002957},    {80, 749, 1368, 1468, 1495, 23416, 5003484},
    {509, 85, 464, 501, 567, 8390, 2001312},      {601, 540, 356, 536, 756, 10275, 1000905},
    {89, 399, 1039, 1076, 1134, 17598, 5002303},  {34, 211, 500, 503, 523, 8198, 1001428},
    {636, 234, 1082, 1168, 1215, 18962, 3002337}, {743, 208, 1252, 1271, 1298, 20545, 2003547},
    {170, 523, 380, 641, 756, 10996, 5001021},    {200, 639, 1043, 1054, 1082, 17060, 2002742},
    {618, 275, 299, 330, 464, 6703, 1000769},     {196, 268, 1070, 1096, 1128, 17731, 1003487},
};

} // namespace

TEST_CASE("k shortest paths and maximally disjoint pairs cost what networkx finds") {
    const auto net = networks::roads();
    REQUIRE((net.nodes == 754 && net.links() == 895));
    const auto g = net.graph();
    uonaco::k_shortest_search search;
    for (const answer& a : networkx) {
        CAPTURE(a.source, a.target);
        const auto paths = search(g, net.km, a.source, a.target, 16);
        double all = 0;
        for (const auto& p : paths) all += p.cost;
        CHECK(paths[0].cost == a.first);
        CHECK(paths[std::min<std::size_t>(3, paths.size() - 1)].cost == a.fourth);
        CHECK(paths.back().cost == a.sixteenth);
        CHECK(all == a.all);
        const auto pair = maximally_disjoint_pair(g, net.km, a.source, a.target);
        CHECK(pair.cost() + 1e6 * static_cast<double>(pair.shared_edges.size()) == a.pair);
    }
}

#if defined(UONACO_TEST_BOOST)
TEST_CASE("paths from a node cost what Boost.Graph finds") {
    using boost_graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                                           boost::property<boost::edge_weight_t, double>>;
    const auto net = networks::roads();
    const auto g = net.graph();
    std::vector<std::pair<unsigned, unsigned>> ends;
    for (const auto& e : net.edges) ends.emplace_back(e.from, e.to);
    const boost_graph b(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), net.km.begin(), g.nodes());
    std::vector<double> distance(g.nodes());
    const uonaco::all_pairs table(g, net.km);
    for (unsigned s = 0; s < g.nodes(); s += 29) {
        boost::dijkstra_shortest_paths_no_color_map(b, s, boost::distance_map(distance.data()));
        for (unsigned t = 0; t < g.nodes(); ++t) {
            if (table.cost(s, t) != distance[t]) FAIL_CHECK(s << " to " << t);
            double along = 0;
            for (const unsigned e : table.path_of(g, s, t).edges) along += net.km[e];
            if (along != distance[t]) FAIL_CHECK("the path from " << s << " to " << t);
        }
    }
}
#endif
