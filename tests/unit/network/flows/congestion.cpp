// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/flows/congestion.hpp>

using namespace uonaco;

TEST_CASE("congestion cost: the corners of Fortz and Thorup") {
    CHECK(congestion(0) == 0);
    CHECK(congestion(1.0 / 3) == Approx(1.0 / 3).epsilon(1e-14));
    CHECK(congestion(.5) == Approx(5.0 / 6).epsilon(1e-14));
    CHECK(congestion(2.0 / 3) == Approx(4.0 / 3).epsilon(1e-14));
    CHECK(congestion(.9) == Approx(11.0 / 3).epsilon(1e-14));
    CHECK(congestion(1) == Approx(32.0 / 3).epsilon(1e-14));
    CHECK(congestion(1.1) == Approx(182.0 / 3).epsilon(1e-14));
    CHECK(congestion(2) == Approx(182.0 / 3 + .9 * 5000).epsilon(1e-14));
    CHECK(congestion(1e300) == math::most);
}

TEST_CASE("congestion cost: convex, and its slope is the marginal one") {
    for (double u = 0; u < 1.5; u += 0.001) {
        CHECK(congestion(u) + congestion(u + .02) >= 2 * congestion(u + .01) - 1e-9);
        CHECK(marginal_congestion(u) <= marginal_congestion(u + .001));
    }
    CHECK(marginal_congestion(0) == 1);
    CHECK(marginal_congestion(.95) == 70);
    CHECK(marginal_congestion(3) == 5000);
}

TEST_CASE("congestion cost of a network: by capacity, shared ones once") {
    const std::vector<double> capacity{10, 20}, load{5, 18};
    CHECK(congestion(load, capacity) == Approx(10 * 5.0 / 6 + 20 * 11.0 / 3));
    const std::vector<double> one{10};
    const std::vector<unsigned> pool{0, 0};
    const std::vector<double> both{2, 3};
    CHECK(congestion(both, {one, pool}) == Approx(10 * 5.0 / 6));
    const std::vector<double> closed{0, 20};
    CHECK(congestion(load, closed) == math::most);
}
