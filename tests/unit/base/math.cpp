// SPDX-License-Identifier: Apache-2.0
// exp, log and pow against the platform's libm in long double, and lanes against scalars.
#include "catch.hpp"

#include <uonaco/base/math.hpp>

#include <cmath>
#include <random>

using namespace uonaco;

namespace {
bool same_bits(double a, double b) { return __builtin_memcmp(&a, &b, sizeof a) == 0; }

double relative(double got, long double wanted) {
    return static_cast<double>(std::fabs((static_cast<long double>(got) - wanted) / wanted));
}

template <int W, class F>
bool lanes_agree(F f, const std::vector<double>& xs) {
    for (std::size_t at = 0; at + W <= xs.size(); at += W) {
        lanes<W> block;
        for (int i = 0; i < W; ++i) block.set(i, xs[at + static_cast<std::size_t>(i)]);
        const lanes<W> all = f(block);
        for (int i = 0; i < W; ++i)
            if (!same_bits(all[i], f(xs[at + static_cast<std::size_t>(i)]))) return false;
    }
    return true;
}

std::vector<double> arguments(double low, double high, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> any(low, high);
    std::vector<double> xs(20000);
    for (double& x : xs) x = any(random);
    return xs;
}
} // namespace

TEST_CASE("exp is libm's within 1e-15") {
    double worst = 0;
    for (const double x : arguments(-699, 699, 1))
        worst = std::max(worst, relative(math::exp(x), std::exp(static_cast<long double>(x))));
    CHECK(worst < 1e-15);
    worst = 0;
    for (const double x : arguments(-1e-6, 1e-6, 2))
        worst = std::max(worst, relative(math::exp(x), std::exp(static_cast<long double>(x))));
    CHECK(worst < 1e-15);
    CHECK(math::exp(0.0) == 1.0);
    CHECK(math::exp(-0.0) == 1.0);
    CHECK(math::exp(1.0) == Approx(2.718281828459045).epsilon(1e-15));
}

TEST_CASE("exp saturates: finite and above zero for whatever comes in") {
    const double inf = std::numeric_limits<double>::infinity();
    CHECK(math::exp(inf) == math::exp(700.0));
    CHECK(math::exp(-inf) == math::exp(-700.0));
    CHECK(math::exp(1e308) == math::exp(700.0));
    CHECK(math::finite(math::exp(700.0)));
    CHECK(math::exp(-1e308) > 0);
    CHECK(math::exp(-700.0) == Approx(std::exp(-700.0)).epsilon(1e-14));
}

TEST_CASE("log is libm's within 1e-14, absolutely 1e-15 near 1") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> decade(-300, 300);
    double worst = 0;
    for (int i = 0; i < 20000; ++i) {
        const double x = std::pow(10.0, decade(random));
        const long double wanted = std::log(static_cast<long double>(x));
        if (std::fabs(wanted) > 0.5L) worst = std::max(worst, relative(math::log(x), wanted));
    }
    CHECK(worst < 1e-14);
    worst = 0;
    for (const double x : arguments(0.6, 1.6, 4))
        worst = std::max(worst, static_cast<double>(std::fabs(static_cast<long double>(math::log(x)) -
                                                              std::log(static_cast<long double>(x)))));
    CHECK(worst < 1e-15);
    CHECK(math::log(1.0) == 0.0);
    CHECK(math::log(2.2250738585072014e-308) == Approx(-708.3964185322641).epsilon(1e-15));
    CHECK(math::log(1.7976931348623157e308) == Approx(709.782712893384).epsilon(1e-15));
}

TEST_CASE("pow") {
    CHECK(math::pow(2.0, 10.0) == Approx(1024.0).epsilon(1e-14));
    CHECK(math::pow(0.001, 0.75) == Approx(0.005623413251903491).epsilon(1e-14));
    CHECK(math::pow(7.0, 0.0) == 1.0);
    CHECK(math::finite(math::pow(1e300, 1e300)));
}

TEST_CASE("lanes get the bits of the scalar") {
    const auto wide = arguments(-750, 750, 5);
    const auto positive = arguments(1e-30, 1e6, 6);
    const auto exp = [](auto x) { return math::exp(x); };
    const auto log = [](auto x) { return math::log(x); };
    const auto sqrt = [](auto x) { return math::sqrt(x); };
    const auto floor = [](auto x) { return math::floor(x); };
    const auto ceil = [](auto x) { return math::ceil(x); };
    const auto power = [](auto x) { return math::pow(x, decltype(x)(0.37)); };
    CHECK((lanes_agree<2>(exp, wide) && lanes_agree<UONACO_LANES>(exp, wide)));
    CHECK((lanes_agree<2>(log, positive) && lanes_agree<UONACO_LANES>(log, positive)));
    CHECK((lanes_agree<2>(sqrt, positive) && lanes_agree<UONACO_LANES>(sqrt, positive)));
    CHECK((lanes_agree<2>(floor, wide) && lanes_agree<UONACO_LANES>(floor, wide)));
    const std::vector<double> edges{0.0, 1.0, 1.5, 0x1p51 + 0.5, 0x1p52 - 0.5, 0x1p52, 0x1p53 + 2, 1e300};
    CHECK((lanes_agree<2>(ceil, positive) && lanes_agree<UONACO_LANES>(ceil, positive)));
    CHECK((lanes_agree<2>(ceil, edges) && lanes_agree<UONACO_LANES>(ceil, edges)));
    CHECK((lanes_agree<2>(power, positive) && lanes_agree<UONACO_LANES>(power, positive)));
}

TEST_CASE("finite and abs") {
    CHECK(math::finite(1e308));
    CHECK_FALSE(math::finite(std::numeric_limits<double>::infinity()));
    CHECK_FALSE(math::finite(std::numeric_limits<double>::quiet_NaN()));
    CHECK(math::abs(-3.5) == 3.5);
    static_assert(math::exp(1.0) > 2.718 && math::log(10.0) > 2.302, "constant expressions too");
}
