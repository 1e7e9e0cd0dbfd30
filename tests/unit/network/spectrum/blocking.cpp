// SPDX-License-Identifier: Apache-2.0
#include "../../../../bench/network/blocking.hpp"

#include "../../../catch.hpp"

#include <cmath>

using namespace uonaco;

TEST_CASE("the blocking table of NSFNET, by the mean of five seeds") {
    const blocking::network net = blocking::make_nsfnet();
    constexpr unsigned seeds = 5;
#ifdef __SANITIZE_ADDRESS__
    constexpr unsigned loads = 1; // the others walk the same code, for long
#else
    constexpr unsigned loads = 3;
#endif
    for (const blocking::column& c : blocking::table) {
        const candidate_paths paths = net.paths(c.k, c.order);
        for (unsigned l = 0; l < loads; ++l) {
            double mean = 0;
            for (unsigned seed = 1; seed <= seeds; ++seed) {
                const blocking::setting s{.load = blocking::loads[l], .seed = seed};
                mean += (c.lowest_slot ? blocking::run(paths, net.graph.edges(), s, lowest_slot_over_paths{})
                                       : blocking::run(paths, net.graph.edges(), s, first_path_that_fits{}))
                            .share() /
                        seeds;
            }
            INFO(c.name << " at " << blocking::loads[l] << " Erlang");
            CHECK(std::abs(mean - c.mean[l]) <= 3 * c.sd[l] / std::sqrt(seeds));
        }
    }
}

TEST_CASE("what the blocking table depends on: the tie rule and the guard slot") {
    constexpr unsigned seeds = 5;
    const auto mean = [&](const candidate_paths& paths, unsigned edges, auto& policy) {
        double sum = 0;
        for (unsigned seed = 1; seed <= seeds; ++seed)
            sum += blocking::run(paths, edges, {.seed = seed}, policy).share();
        return sum / seeds;
    };
    const auto is = [&](double found, double told, double sd) {
        CHECK(std::abs(found - told) <= 3 * sd / std::sqrt(seeds) + 0.00005); // told to four digits
    };
    // Nodes numbered backwards: of paths that are as long, the other one comes first.
    blocking::network mirrored = blocking::make_nsfnet();
    std::vector<edge> edges;
    for (const blocking::fibre& f : blocking::nsfnet) {
        edges.push_back({14 - f.a, 14 - f.b});
        edges.push_back({14 - f.b, 14 - f.a});
    }
    mirrored.graph = {14, edges};
    first_path_that_fits first;
    is(mean(mirrored.paths(1, candidate_order::length), mirrored.graph.edges(), first), .0998, .0016);
    is(mean(mirrored.paths(5, candidate_order::hops), mirrored.graph.edges(), first), .0141, .0007);

    const blocking::network net = blocking::make_nsfnet();
    first_path_that_fits bare(spectrum_fit::first, 0);
    is(mean(net.paths(5, candidate_order::hops), net.graph.edges(), bare), .0011, .0002);
}
