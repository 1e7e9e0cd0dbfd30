// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"
#include "instances.hpp"

#include <uonaco/network/all_pairs.hpp>

TEST_CASE("all pairs are the first of all simple paths") {
    std::mt19937 random(15);
    uonaco::all_pairs table;
    unsigned connected = 0;
    for (unsigned round = 0; round < 300; ++round) {
        const unsigned n = 1 + static_cast<unsigned>(random() % 12);
        const auto w = instances::random(random, n, n + static_cast<unsigned>(random() % (n + 2)), round % 5);
        const auto g = w.graph();
        table.run(g, w.weights);
        REQUIRE(table.nodes() == n);
        for (unsigned s = 0; s < n; ++s)
            for (unsigned t = 0; t < n; ++t) {
                const auto all = instances::all_paths(w, s, t);
                CHECK(table.path_of(g, s, t) == (all.empty() ? uonaco::path{} : all[0]));
                connected += !all.empty();
            }
    }
    CHECK(connected > 3000);
}

TEST_CASE("all pairs of NSFNET; without paths; of nothing") {
    const auto w = instances::nsfnet();
    const auto g = w.graph();
    const uonaco::all_pairs costs(g, w.weights, uonaco::keep::costs);
    double km = 0;
    for (unsigned s = 1; s <= 14; ++s)
        for (unsigned t = s + 1; t <= 14; ++t) km += costs.cost(s, t);
    CHECK(km == 181500);
    CHECK_FALSE(costs.reached(0, 1));
    CHECK(uonaco::all_pairs(uonaco::graph(), {}).nodes() == 0);
}
