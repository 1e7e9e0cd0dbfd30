// SPDX-License-Identifier: Apache-2.0
// Costs as scores: RFC 10053's three functions.
#include "catch.hpp"

#include <uonaco/evaluate/normalize.hpp>

#include <cmath>
#include <random>

using namespace uonaco;

TEST_CASE("min-max: best 1, worst 0") {
    const auto s = normalize({30, 10, 20}, normalization::minmax);
    CHECK((s[0] == 0.0 && s[1] == 1.0 && s[2] == 0.5));
    CHECK(normalize({7, 7}, normalization::minmax)[1] == 1.0);
    CHECK(normalize({-3}, normalization::minmax)[0] == 1.0);
}

TEST_CASE("z-score and sigmoid: the mean is half") {
    // mean 20, deviation 10
    const auto z = normalize({10, 30, 10, 30}, normalization::zscore);
    CHECK(z[0] == Approx(0.5 + 1.0 / 6));
    CHECK(z[1] == Approx(0.5 - 1.0 / 6));
    const auto s = normalize({10, 30, 10, 30}, normalization::sigmoid);
    CHECK(s[0] == Approx(1 / (1 + std::exp(-1.0))));
    CHECK(s[1] == Approx(1 / (1 + std::exp(1.0))));
    for (const auto how : {normalization::zscore, normalization::sigmoid}) CHECK(normalize({5, 5, 5}, how)[0] == 0.5);
}

TEST_CASE("scores lie in 0..1, and never turn an order round") {
    std::mt19937 random(3);
    std::normal_distribution<double> cost(0, 1e6);
    for (const auto how : {normalization::minmax, normalization::zscore, normalization::sigmoid}) {
        CHECK(normalize({}, how).empty());
        for (int trial = 0; trial < 200; ++trial) {
            std::vector<double> costs(1 + random() % 30);
            for (double& c : costs) c = cost(random);
            if (trial % 5 == 0) costs[0] = 1e200;
            const auto scores = normalize(costs, how);
            REQUIRE(scores.size() == costs.size());
            for (std::size_t i = 0; i < costs.size(); ++i) {
                REQUIRE((scores[i] >= 0.0 && scores[i] <= 1.0));
                for (std::size_t j = 0; j < i; ++j)
                    if (costs[i] < costs[j]) REQUIRE(scores[i] >= scores[j]);
            }
        }
    }
}
