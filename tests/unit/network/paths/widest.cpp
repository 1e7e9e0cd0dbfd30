// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"
#include "../instances.hpp"

#include <uonaco/network/paths/widest.hpp>

TEST_CASE("widest and shortest-widest paths equal the best of all simple paths") {
    std::mt19937 random(12);
    uonaco::widest_search search;
    unsigned found = 0;
    for (unsigned round = 0; round < 1000; ++round) {
        const unsigned n = 1 + static_cast<unsigned>(random() % 12);
        const auto w = instances::random(random, n, n + static_cast<unsigned>(random() % (n + 4)), 1 + round % 6);
        const auto g = w.graph();
        std::vector<double> widths(w.edges.size());
        for (double& x : widths) x = static_cast<double>(random() % 6); // 0 closes
        const unsigned s = static_cast<unsigned>(random() % n);
        const unsigned t = static_cast<unsigned>(random() % n);
        const auto all = instances::all_paths(w, s, t);
        double width = 0;
        uonaco::path shortest, fewest;
        for (const auto& p : all) { // in the order of rank
            double least = uonaco::most_width::start;
            for (const unsigned e : p.edges) least = std::min(least, widths[e]);
            if (least == 0 || least < width) continue;
            const uonaco::path by_hops{p.edges, static_cast<double>(p.edges.size()), true};
            if (least > width)
                shortest = p, fewest = by_hops;
            else if (rank(g, by_hops, fewest) < 0)
                fewest = by_hops;
            width = least;
        }
        CAPTURE(round, s, t);
        const auto wide = search(g, widths, s, t);
        CHECK(wide.way == fewest);
        CHECK(wide.width == width);
        const auto cheap = search.shortest(g, widths, w.weights, s, t);
        CHECK(cheap.way == shortest);
        CHECK(cheap.width == width);
        found += wide.way.found;
    }
    CHECK(found > 300);
}

TEST_CASE("widest and shortest-widest paths of NSFNET") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    const auto widths = instances::nsfnet_bandwidths();
    double width = 0, km = 0;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) {
            width += widest_path(g, widths, s, t).width;
            km += shortest_widest_path(g, widths, w.weights, s, t).way.cost;
        }
    CHECK(width == 910);
    CHECK(km == 299100);
}

TEST_CASE("widths that are none close their edge") {
    const uonaco::edge edges[] = {{0, 1}, {0, 1}, {0, 1}, {0, 1}};
    const uonaco::graph g(2, edges);
    const double odd[] = {__builtin_nan(""), -1, 0, __builtin_huge_val()};
    CHECK_FALSE(widest_path(g, odd, 0, 1));
    CHECK(widest_path(g, odd, 0, 1).width == 0);
    CHECK(widest_path(g, odd, 1, 1));
}
