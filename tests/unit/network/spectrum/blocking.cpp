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
