// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/model/shared_risk.hpp>
#include <uonaco/network/risk/capacity_distribution.hpp>
#include <uonaco/units/literals.hpp>

#include <map>
#include <random>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("equal waves on one cable: the binomial that the models use") {
    const int n = 12;
    std::vector<units::ratio> up(n + 1, 0.999);
    up[n] = 0.9963;
    std::vector<risk::carrier> waves;
    for (unsigned i = 0; i < n; ++i) waves.push_back({400_Gbps, {i, unsigned(n)}});
    const auto d = risk::capacity_of(up, waves);
    double expected[n + 1];
    shared_risk::waves_up<double>(n, 0.999, 0.9963, expected);
    REQUIRE(d.levels.size() == n + 1);
    for (unsigned k = 0; k <= n; ++k) {
        CHECK(d.levels[k].rate == int(k) * 400_Gbps);
        CHECK(d.levels[k].chance == Approx(expected[k]).epsilon(1e-12));
    }
    const double all = expected[n], but_one = all + expected[n - 1];
    CHECK(d.held(all - 1e-9) == n * 400_Gbps);
    CHECK(d.held(but_one - 1e-9) == (n - 1) * 400_Gbps);
    CHECK(d.held(0.9999) == 0_Gbps); // the cable alone is not up so often
    CHECK(d.mean().si() == Approx(.999 * .9963 * n * 400e9));
    CHECK(d.at_least(4401_Gbps).least.si() == Approx(all));
}

TEST_CASE("random carriers with shared risks against all states") {
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        const unsigned n = 1 + unsigned(random() % 8);
        std::vector<units::ratio> up;
        for (unsigned r = 0; r < n; ++r)
            up.push_back(random() % 6 == 0 ? 1.0 : random() % 6 == 0 ? 0.0 : double(random() % 1000) / 1000.0);
        std::vector<risk::carrier> carriers(random() % 6);
        for (auto& c : carriers) {
            c.rate = double(1 + random() % 4) * 100_Gbps;
            for (unsigned i = unsigned(random() % 4); i > 0; --i) c.needs.push_back(unsigned(random() % n));
        }
        std::map<double, double> exact;
        for (unsigned s = 0; s < 1u << n; ++s) {
            double p = 1, rate = 0;
            for (unsigned r = 0; r < n; ++r) p *= s >> r & 1 ? 1 - up[r].si() : up[r].si();
            for (const auto& c : carriers) {
                bool lost = false;
                for (const unsigned r : c.needs) lost = lost || (s >> r & 1);
                if (!lost) rate += c.rate.si();
            }
            exact[rate] += p;
        }
        const auto d = risk::capacity_of(up, carriers, {0, ~0ul});
        const auto part = risk::capacity_of(up, carriers, {0.05, ~0ul});
        CHECK_FALSE(d.rounded_down);
        double tail = 0;
        for (auto e = exact.rbegin(); e != exact.rend(); ++e) {
            tail += e->second;
            for (const auto& c :
                 {d.at_least(units::bit_rate::from_si(e->first)), part.at_least(units::bit_rate::from_si(e->first))}) {
                CHECK(c.least <= tail + 1e-15);
                CHECK(c.most >= tail - 1e-15);
                CHECK(c.most - c.least <= 0.05 + 1e-12);
            }
        }
    }
}

TEST_CASE("rates that never add up to the same are rounded down, not counted for ever") {
    std::vector<units::ratio> up(20, 0.5);
    std::vector<risk::carrier> carriers;
    for (unsigned i = 0; i < 20; ++i) carriers.push_back({units::bit_rate::from_si(double(1u << i)), {i}});
    const auto d = risk::capacity_of(up, carriers);
    CHECK(d.rounded_down);
    CHECK(d.levels.size() <= risk::most_levels);
    const auto c = d.at_least(units::bit_rate::from_si(double(1u << 19)));
    CHECK(c.least <= 0.5);
    CHECK(c.least > 0.49);
    CHECK(c.most == 1.0);
    const auto none = risk::capacity_of({}, {});
    CHECK(none.levels.size() == 1);
    CHECK(none.held(0.9) == 0_Gbps);
}
