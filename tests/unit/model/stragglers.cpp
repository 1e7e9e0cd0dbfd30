// SPDX-License-Identifier: Apache-2.0
// S5's wait for the slowest rank, against exact means of maxima.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/stragglers.hpp>

using namespace support;

TEST_CASE("S5: the bound on the wait for the slowest lies above the exact mean of normal noise") {
    // Expected maximum of n standard normals (Harter 1961, Biometrika 48, table 1).
    const double exact[][2] = {{2, 0.56419}, {10, 1.53875}, {100, 2.50759}};
    double over = 1e300;
    for (const auto& [n, mean] : exact) {
        const double bound = stragglers::waiting<double>(1_s, n).si();
        CHECK(bound == Approx(std::sqrt(2 * std::log(n))));
        CHECK(bound > mean);
        CHECK(bound / mean < over); // nearer, the more ranks
        over = bound / mean;
    }
    CHECK(over == Approx(1.21).margin(0.005));
    CHECK(stragglers::waiting<double>(1_s, 1.0).si() == 0);
    CHECK(stragglers::waiting<double>(10_ms, 16384.0).si() == Approx(0.044).epsilon(0.01));
}

TEST_CASE("S5: local steps between barriers") {
    const auto each = stragglers::waiting<double>(20_ms, 64.0);
    CHECK(stragglers::waiting<double>(20_ms, 64.0, 100).si() == Approx(each.si() / 10));
    CHECK(stragglers::efficiency<double>(1_s, 250_ms).si() == Approx(0.8));
}

TEST_CASE("rare pauses: any rank's is all ranks'") {
    CHECK(stragglers::pauses<double>(1e-3, 2_s, 1.0).si() == Approx(2e-3));
    CHECK(stragglers::pauses<double>(1e-3, 2_s, 1000.0).si() == Approx(2 * (1 - std::pow(0.999, 1000))));
    CHECK(stragglers::pauses<double>(1e-9, 2_s, 1000.0).si() == Approx(2e-6).epsilon(1e-5)); // no digits are lost
    CHECK(stragglers::pauses<double>(0.0, 2_s, 1000.0).si() == 0);
}

TEST_CASE("exponential delays, and backup workers that spare the slowest") {
    CHECK(stragglers::of_exponential<double>(1_s, 1).si() == 1);
    CHECK(stragglers::of_exponential<double>(1_s, 3).si() == Approx(1 + 1.0 / 2 + 1.0 / 3));
    CHECK(stragglers::of_exponential<double>(1_s, 3, 1).si() == Approx(1.0 / 2 + 1.0 / 3));
    CHECK(stragglers::of_exponential<double>(1_s, 3, 3).si() == 0);
    // Drawn: the 95th of 100.
    dice d(47);
    double sum = 0;
    for (int i = 0; i < 2000; ++i) {
        std::vector<double> delays(100);
        for (double& x : delays) x = -std::log(d.between(1e-12, 1));
        std::sort(delays.begin(), delays.end());
        sum += delays[94];
    }
    CHECK(stragglers::of_exponential<double>(1_s, 100, 5).si() == Approx(sum / 2000).epsilon(0.02));
}

TEST_CASE("stragglers over lanes and duals") {
    dice d(53);
    for (int i = 0; i < 500; ++i) {
        const double sigma = d.between(1e-3, 10), n = std::exp(d.between(0, 15)), p = d.between(0, 0.01);
        const auto all = [&]<class Rep>(Rep s, Rep ranks, Rep share) {
            using duration = units::with_rep<units::duration, Rep>;
            using factor = units::with_rep<units::factor, Rep>;
            return std::pair{stragglers::waiting<Rep>(duration::from_si(s), factor::from_si(ranks), 10).si(),
                             stragglers::pauses<Rep>(units::with_rep<units::ratio, Rep>::from_si(share),
                                                     duration::from_si(s), factor::from_si(ranks))
                                 .si()};
        };
        const auto plain = all(sigma, n, p);
        const auto blocks = all(lanes<2>(sigma), lanes<2>(n), lanes<2>(p));
        const auto slopes = all(dual<2>::variable(sigma, 0), dual<2>(n), dual<2>(p));
        CHECK(laws::detail::same_bits(plain.first, blocks.first[1]));
        CHECK(laws::detail::same_bits(plain.second, blocks.second[1]));
        CHECK(laws::detail::same_bits(plain.first, slopes.first.value));
        CHECK(laws::detail::same_bits(plain.second, slopes.second.value));
        CHECK(slopes.first.slope[0] == Approx(plain.first / sigma));
    }
}
