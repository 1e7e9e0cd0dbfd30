// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/network/risk/cvar.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("a demand of 10 over two links, by hand") {
    const std::vector<units::ratio> up{0.9, 0.95};
    const std::vector<risk::protected_demand> split{{10_Gbps, {{5_Gbps, {0}}, {5_Gbps, {1}}}}};
    const std::vector<risk::protected_demand> twice{{10_Gbps, {{10_Gbps, {0}}, {10_Gbps, {1}}}}};
    std::vector<risk::loss_case> cases{{0, .855}, {.5, .14}, {1, .005}};
    CHECK(risk::tail_of(cases, 0.9).value_at_risk == .5);
    CHECK(risk::tail_of(cases, 0.9).conditional == Approx(.525));
    for (const auto measure : {risk::loss_measure::worst_demand, risk::loss_measure::all_demands}) {
        const auto s = risk::tail_of(up, split, 0.9, measure);
        CHECK(s.states == 4);
        CHECK(s.least.value_at_risk == .5);
        CHECK(s.most.value_at_risk == .5);
        CHECK(s.least.conditional == Approx(.525));
        CHECK(s.most.conditional == Approx(.525));
        const auto t = risk::tail_of(up, twice, 0.9, measure);
        CHECK(t.least.conditional == Approx(.05));
        CHECK(t.least.value_at_risk == 0);
    }
    CHECK(risk::tail_of(up, split, 0.0).least.conditional == Approx(.5 * .14 + .005)); // the mean
    CHECK(risk::tail_of(up, split, 1.0).least.conditional == 1.0);
    CHECK(risk::tail_of({}, {}, 0.9).most.conditional == Approx(0).margin(1e-12));
}

TEST_CASE("the conditional value is the least of Rockafellar and Uryasev's function") {
    std::mt19937 random(9);
    for (int round = 0; round < 300; ++round) {
        std::vector<risk::loss_case> cases(1 + random() % 8);
        double sum = 0;
        for (auto& c : cases) {
            c = {double(random() % 10), double(1 + random() % 10)};
            sum += c.chance;
        }
        for (auto& c : cases) c.chance /= sum;
        const double b = double(random() % 100) / 100;
        double least = 1e9;
        for (const auto& at : cases) { // the least is at one of the losses
            double f = at.loss;
            for (const auto& c : cases) f += c.loss > at.loss ? (c.loss - at.loss) * c.chance / (1 - b) : 0;
            least = std::min(least, f);
        }
        CHECK(risk::tail_of(cases, b).conditional == Approx(least));
    }
}

TEST_CASE("tail bounds enclose the truth when states are left out") {
    const std::vector<units::ratio> up(12, 0.97);
    std::vector<risk::protected_demand> demands;
    for (unsigned i = 0; i < 6; ++i) demands.push_back({10_Gbps, {{6_Gbps, {i, i + 1}}, {6_Gbps, {i + 6}}}});
    const auto exact = risk::tail_of(up, demands, 0.95, risk::loss_measure::worst_demand, {0, ~0ul});
    CHECK(exact.states == 4096);
    const auto part = risk::tail_of(up, demands, 0.95, risk::loss_measure::worst_demand, {1e-3, ~0ul});
    CHECK(part.states < 1000);
    CHECK(part.least.conditional <= exact.most.conditional + 1e-12);
    CHECK(part.most.conditional >= exact.least.conditional - 1e-12);
    CHECK(part.most.conditional - part.least.conditional <= 1e-3 / 0.05 + 1e-9);
}
