// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/series/calendar.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
instant at(int s) { return instant::from_unix(s); }
units::duration seconds(int s) { return s * 1_s; }
} // namespace

TEST_CASE("levels over time") {
    calendar<units::count> c;
    CHECK((c.empty() && c.at(at(3)) == 0 && c.peak(at(0), at(9)) == 0));
    c.add(at(10), at(20), 3);
    c.add(at(15), at(30), 4);
    CHECK((c.at(at(9)) == 0 && c.at(at(10)) == 3 && c.at(at(15)) == 7 && c.at(at(20)) == 4 && c.at(at(30)) == 0));
    CHECK(c.peak(at(0), at(15)) == 3);
    CHECK(c.peak(at(0), at(16)) == 7);
    CHECK(c.peak(at(20), at(40)) == 4);
    CHECK(c.peak(at(30), at(40)) == 0);
    c.add(at(15), at(30), -4);
    CHECK((c.at(at(15)) == 3 && c.at(at(25)) == 0));
}

TEST_CASE("the earliest fit") {
    calendar<units::count> c;
    c.add(at(10), at(20), 8);
    c.add(at(25), at(40), 5);
    CHECK(c.earliest_fit(at(0), seconds(10), 10, 10).value() == at(0));
    CHECK(c.earliest_fit(at(0), seconds(11), 3, 10).value() == at(20)); // 8 + 3 is too much from 10 on
    CHECK(c.earliest_fit(at(0), seconds(11), 2, 10).value() == at(0));
    CHECK(c.earliest_fit(at(5), seconds(5), 6, 10).value() == at(5));
    CHECK(c.earliest_fit(at(5), seconds(6), 6, 10).value() == at(40));
    CHECK(c.earliest_fit(at(12), seconds(100), 10, 10).value() == at(40));
    CHECK_FALSE(c.earliest_fit(at(0), seconds(1), 11, 10));
}

TEST_CASE("random calendars against one that counts each second") {
    std::mt19937 random(9);
    constexpr int horizon = 60;
    for (int trial = 0; trial < 300; ++trial) {
        calendar<units::bit_rate> c;
        int level[horizon] = {};
        for (int i = 0; i < 12; ++i) {
            const int from = static_cast<int>(random() % (horizon - 1));
            const int to = from + 1 + static_cast<int>(random() % static_cast<unsigned>(horizon - from - 1));
            const int amount = static_cast<int>(random() % 9) - 2;
            c.add(at(from), at(to), amount * 1_Gbps);
            for (int t = from; t < to; ++t) level[t] += amount;
        }
        for (int t = 0; t < horizon; ++t) REQUIRE(c.at(at(t)) == level[t] * 1_Gbps);
        for (int i = 0; i < 20; ++i) {
            const int from = static_cast<int>(random() % (horizon - 1));
            const int to = from + 1 + static_cast<int>(random() % static_cast<unsigned>(horizon - from - 1));
            int most = level[from];
            for (int t = from; t < to; ++t) most = std::max(most, level[t]);
            REQUIRE(c.peak(at(from), at(to)) == most * 1_Gbps);

            const int length = to - from, amount = static_cast<int>(random() % 20), capacity = 25;
            int first = from;
            const auto fits = [&](int t) {
                for (int k = t; k < t + length; ++k)
                    if ((k < horizon ? level[k] : 0) + amount > capacity) return false;
                return true;
            };
            while (!fits(first)) ++first;
            REQUIRE(c.earliest_fit(at(from), seconds(length), amount * 1_Gbps, capacity * 1_Gbps).value() == at(first));
        }
    }
}
