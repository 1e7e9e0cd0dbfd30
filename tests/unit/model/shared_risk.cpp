// SPDX-License-Identifier: Apache-2.0
// R2: ways that share risks, waves of which some are lost.
#include "catch.hpp"

#include <uonaco/model/reliability.hpp>
#include <uonaco/model/shared_risk.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// A rate as an example: 4.39 cuts a year and 1000 miles.
constexpr reliability::cable_preset sheath{"sheath", 4.39 / 1.609344};
} // namespace
using shared_risk::any_up;
using shared_risk::way;

TEST_CASE("binomials") {
    double p[6];
    binomial::distribution<double>(5, 0.3, p);
    const double c[] = {1, 5, 10, 10, 5, 1};
    for (int k = 0; k <= 5; ++k) CHECK(p[k] == Approx(c[k] * std::pow(0.3, k) * std::pow(0.7, 5 - k)));
    for (int k = 0; k <= 6; ++k) {
        double sum = 0;
        for (int i = k; i <= 5; ++i) sum += p[i];
        CHECK(binomial::at_least<double>(5, k, 0.3).si() == Approx(sum));
    }
    CHECK(binomial::at_least<double>(256, 256, 0.9).si() == Approx(std::pow(0.9, 256)));
    CHECK(binomial::at_least<double>(256, 1, 1e-12).si() == Approx(256e-12));
    CHECK(binomial::at_least<double>(0, 0, 0.5).si() == 1.0);
}

TEST_CASE("R2: without shared groups it is the product") {
    const way<double> two[] = {{.own = 0.99}, {.own = 0.98}};
    CHECK(any_up<double>(two, 2, nullptr, 0).si() == Approx(1 - 0.01 * 0.02));
    CHECK(any_up<double>(two, 2, nullptr, 0).si() == Approx(reliability::either_up(0.99, 0.98).si()));
    CHECK(any_up<double>(two, 0, nullptr, 0).si() == 0.0);
    // two diverse ways of 1000 km, exact
    const auto a = reliability::cable(1000_km, reliability::buried, 12_h);
    const way<double> diverse[] = {{.own = a}, {.own = a}};
    CHECK(any_up<double>(diverse, 2, nullptr, 0).si() == Approx(0.99999154).margin(5e-9));
    // 1+1 over 500 and 700 km, 4.39 cuts a 1000 miles
    const way<double> metro[] = {{.own = reliability::cable(500_km, sheath, 12_h)},
                                 {.own = reliability::cable(700_km, sheath, 12_h)}};
    CHECK(any_up<double>(metro, 2, nullptr, 0).si() == Approx(0.999995135).margin(5e-10));
}

TEST_CASE("R2: a group that both need multiplies; others by enumeration") {
    const units::ratio duct[] = {0.999};
    const way<double> both[] = {{.own = 0.99, .groups = 1}, {.own = 0.98, .groups = 1}};
    CHECK(any_up<double>(both, 2, duct, 1).si() == Approx(0.999 * (1 - 0.01 * 0.02)));
    const way<double> one[] = {{.own = 0.99, .groups = 1}, {.own = 0.98}};
    CHECK(any_up<double>(one, 2, duct, 1).si() == Approx(1 - (1 - 0.99 * 0.999) * 0.02));
    // three ways, each pair of which shares a group: against the sum over all 2^6 states
    const units::ratio g[] = {0.9, 0.8, 0.7};
    const way<double> three[] = {
        {.own = 0.95, .groups = 0b011}, {.own = 0.85, .groups = 0b110}, {.own = 0.75, .groups = 0b101}};
    double up = 0;
    for (unsigned s = 0; s < 64; ++s) {
        double chance = 1;
        for (unsigned i = 0; i < 3; ++i) {
            chance *= s >> i & 1 ? g[i].si() : 1 - g[i].si();
            chance *= s >> (3 + i) & 1 ? three[i].own.si() : 1 - three[i].own.si();
        }
        bool any = false;
        for (unsigned i = 0; i < 3; ++i) any = any || ((s >> (3 + i) & 1) && (three[i].groups & ~s & 7) == 0);
        if (any) up += chance;
    }
    CHECK(any_up<double>(three, 3, g, 3).si() == Approx(up).epsilon(1e-12));
    // a sum over its groups' states is differentiable in each of them
    using d = dual<2>;
    const units::with_rep<units::ratio, d> gd[] = {d::variable(0.999, 0)};
    const way<d> wd[] = {{.own = d(0.99), .groups = 1}, {.own = d::variable(0.98, 1), .groups = 1}};
    const auto slope = any_up<d>(wd, 2, gd, 1).si();
    CHECK(slope.slope[0] == Approx(1 - 0.01 * 0.02));
    CHECK(slope.slope[1] == Approx(0.999 * 0.01));
}

TEST_CASE("R2: all of several ways, each group once") {
    const units::ratio g[] = {0.9, 0.8, 0.7};
    const way<double> three[] = {
        {.own = 0.95, .groups = 0b011}, {.own = 0.85, .groups = 0b110}, {.own = 0.75, .groups = 0b010}};
    double up = 0; // the sum over all 2^6 states
    for (unsigned s = 0; s < 64; ++s) {
        double chance = 1;
        bool all = true;
        for (unsigned i = 0; i < 3; ++i) {
            chance *= s >> i & 1 ? g[i].si() : 1 - g[i].si();
            chance *= s >> (3 + i) & 1 ? three[i].own.si() : 1 - three[i].own.si();
            all = all && (s >> (3 + i) & 1) && (three[i].groups & ~s & 7) == 0;
        }
        if (all) up += chance;
    }
    CHECK(shared_risk::all_up<double>(three, 3, g, 3).si() == Approx(up).epsilon(1e-12));
    // of one way it is that one's; more than the product of each by itself, and no more than of the worst
    for (int i = 0; i < 3; ++i)
        CHECK(shared_risk::all_up<double>(three + i, 1, g, 3).si() == Approx(any_up<double>(three + i, 1, g, 3).si()));
    double product = 1;
    for (int i = 0; i < 3; ++i) product *= any_up<double>(three + i, 1, g, 3).si();
    CHECK(up > product);
    CHECK(up < 0.9 * 0.8 * 0.95);
    // the second of two, given the first
    const units::ratio first = 0.95 * 0.9 * 0.8, second = 0.85 * 0.8 * 0.7;
    CHECK((first * shared_risk::given<double>(second, 0.8)).si() ==
          Approx(shared_risk::all_up<double>(three, 2, g, 3).si()));
    CHECK(shared_risk::given<double>(0.99, 0.9).si() == 1.0); // no way is up more often than its group
    CHECK(shared_risk::all_up<double>(three, 0, g, 3).si() == 1.0);
}

TEST_CASE("R2: waves, k of n") {
    double up[5];
    shared_risk::waves_up<double>(4, 0.99, 0.997, up);
    double sum = 0;
    for (const double p : up) sum += p;
    CHECK(sum == Approx(1.0));
    CHECK(up[4] == Approx(0.997 * std::pow(0.99, 4)));
    CHECK(up[3] == Approx(0.997 * 4 * 0.01 * std::pow(0.99, 3)));
    CHECK(up[0] == Approx(0.003 + 0.997 * 1e-8));
    CHECK(shared_risk::at_least<double>(4, 3, 0.99, 0.997).si() == Approx(up[3] + up[4]));
    CHECK(shared_risk::at_least<double>(4, 0, 0.99, 0.997).si() == 1.0);
}

TEST_CASE("ways need none but the groups there are: else it is no question") {
    const way<double> ways[] = {{.own = 0.9, .groups = 0b11}, {.own = 0.8, .groups = 0b100}};
    CHECK(shared_risk::within(ways, 1, 2));
    CHECK_FALSE(shared_risk::within(ways, 2, 2));
    CHECK(shared_risk::within(ways, 2, 3));
    CHECK(shared_risk::within(ways, 2, 32));
}
