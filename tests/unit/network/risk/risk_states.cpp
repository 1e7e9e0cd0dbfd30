// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/network/risk/availability.hpp>
#include <uonaco/network/risk/risk_states.hpp>
#include <uonaco/units/literals.hpp>

#include <algorithm>
#include <limits>
#include <random>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// A rate as an example: 4.39 cuts a year and 1000 miles.
constexpr risk::cable_preset sheath{"sheath", 4.39 / 1.609344};
} // namespace

namespace {

struct dice {
    std::mt19937_64 engine;
    unsigned below(unsigned n) { return static_cast<unsigned>(engine() % n); }
    double unit() { return static_cast<double>(engine() >> 11) * 0x1p-53; }
};

std::vector<units::ratio> random_risks(dice& d, unsigned n) {
    std::vector<units::ratio> up;
    for (unsigned i = 0; i < n; ++i) {
        const unsigned kind = d.below(8);
        up.push_back(kind == 0 ? 0.0 : kind == 1 ? 1.0 : kind == 2 ? d.unit() : 1 - 0.1 * d.unit());
    }
    return up;
}

double chance_of(const std::vector<units::ratio>& up, unsigned state) {
    double p = 1;
    for (unsigned r = 0; r < up.size(); ++r) p *= state >> r & 1 ? 1 - up[r].si() : up[r].si();
    return p;
}

} // namespace

TEST_CASE("states come in decreasing probability, each once, and add up to one") {
    dice d{std::mt19937_64(1)};
    risk::risk_states states;
    for (int round = 0; round < 200; ++round) {
        const auto up = random_risks(d, d.below(10));
        double last = 2, sum = 0;
        std::vector<unsigned> seen;
        states.visit(up, {0, ~0ul}, [&](double chance, view<unsigned char> down) {
            unsigned state = 0;
            for (unsigned r = 0; r < up.size(); ++r) state |= unsigned(down[r]) << r;
            seen.push_back(state);
            CHECK(chance <= last);
            CHECK(chance == Approx(chance_of(up, state)).margin(1e-18));
            last = chance;
            sum += chance;
        });
        std::sort(seen.begin(), seen.end());
        CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
        CHECK(sum == Approx(1).epsilon(1e-13));
    }
}

TEST_CASE("what is certified holds, whatever the tolerance") {
    dice d{std::mt19937_64(2)};
    for (int round = 0; round < 1000; ++round) {
        const unsigned n = 1 + d.below(9);
        const auto up = random_risks(d, n);
        std::vector<risk::risks> ways(1 + d.below(5));
        for (auto& w : ways)
            for (unsigned i = d.below(5); i > 0; --i) w.push_back(d.below(n));
        const unsigned k = d.below(static_cast<unsigned>(ways.size()) + 2);
        long double exact = 0, all = 0;
        for (unsigned state = 0; state < 1u << n; ++state) {
            unsigned alive = 0;
            for (const auto& w : ways)
                alive += std::none_of(w.begin(), w.end(), [&](unsigned r) { return state >> r & 1; });
            if (alive >= k) exact += chance_of(up, state);
            if (alive == ways.size()) all += chance_of(up, state);
        }
        for (const double tolerance : {0.0, 1e-12, 1e-3, 0.1}) {
            const auto c = risk::at_least_up(up, ways, k, {tolerance, ~0ul});
            CHECK(c.least.si() <= double(exact) + 1e-15);
            CHECK(double(exact) - 1e-15 <= c.most.si());
            CHECK(c.most - c.least <= tolerance + 1e-13);
        }
        const auto few = risk::at_least_up(up, ways, k, {0, 2});
        CHECK(few.states <= 2);
        CHECK(few.least.si() <= double(exact) + 1e-15);
        CHECK(double(exact) - 1e-15 <= few.most.si());
        CHECK(risk::all_up(up, ways).si() == Approx(double(all)).margin(1e-15));
    }
}

TEST_CASE("R2: a pair is exact in closed form, shared risks or not") {
    const units::ratio a = risk::cable(500_km, sheath), b = risk::cable(700_km, sheath);
    const units::ratio bridge = 0.999;
    const std::vector<units::ratio> up{a, b, bridge};
    const std::vector<risk::risks> apart{{0}, {1}}, together{{0, 2}, {2, 1, 2}};
    const auto disjoint = risk::any_up(up, apart);
    CHECK(disjoint.least.si() == Approx(.999995135).margin(5e-10).epsilon(0));
    CHECK(disjoint.most - disjoint.least < 1e-13);
    const auto shared = risk::any_up(up, together);
    const double closed = risk::either_up(a, b, bridge).si();
    CHECK(shared.least <= closed);
    CHECK(shared.most >= closed);
    CHECK(shared.most - shared.least < 1e-13);
    CHECK(shared.states <= 8);
    CHECK(risk::path_up(up, together[1]).si() == b.si() * .999);
}

TEST_CASE("two hundred risks of which a service bears any two") {
    const std::vector<units::ratio> up(200, 0.999);
    const auto bears = [](view<unsigned char> down) { return std::count(down.begin(), down.end(), 1) <= 2; };
    double exact = 0, binomial = 1;
    for (int k = 0; k <= 2; ++k) {
        exact += binomial * std::pow(.001, k) * std::pow(.999, 200 - k);
        binomial *= (200.0 - k) / (k + 1);
    }
    const auto c = risk::availability_of(up, bears, {1e-3, 1ul << 18});
    CHECK(c.least.si() <= exact);
    CHECK(c.most.si() >= exact);
    CHECK(c.most - c.least <= 1.2e-3);
}

TEST_CASE("no risk, no way, figures that are none") {
    const auto nothing = risk::any_up({}, {});
    CHECK(nothing.most < 1e-14);
    CHECK(risk::at_least_up({}, {}, 0).least > 1 - 1e-14);
    CHECK(risk::all_up({}, {}) == 1.0);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<units::ratio> up{nan, 2.0, -1.0};
    const auto c = risk::availability_of(up, [](view<unsigned char> down) { return down[0] && !down[1] && down[2]; });
    CHECK(c.least > 1 - 1e-13);
    CHECK(c.states == 1);
    CHECK(risk::path_up(up, {1}) == 1.0);
    CHECK(risk::path_up(up, {0, 1}) == 0.0);
}
