// SPDX-License-Identifier: Apache-2.0
// Fronts against their definition, knees against the chord.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/limits.hpp>
#include <uonaco/evaluate/pareto.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace support;

namespace {
outcome<double> at(double hours, double dollars, double kilograms = 1, double kilowatts = 1) {
    outcome<double> o;
    o.time.completion = hours * 1_h;
    o.money.total = dollars * 1_usd;
    o.energy.carbon = kilograms * 1_kg;
    o.energy.peak_power = kilowatts * 1_kW;
    return o;
}
pareto_front front(const std::vector<outcome<double>>& all) {
    return pareto(all, terms::completion_time{}, terms::money{});
}
using rows = std::vector<unsigned>;

/// The definition: no other is at least as good everywhere and better somewhere, nor the same and earlier.
template <class... Terms>
std::vector<unsigned> by_definition(const std::vector<outcome<double>>& all, const Terms&... terms) {
    std::vector<unsigned> found;
    const auto beats = [&](unsigned a, unsigned b) {
        bool no_worse = true, better = false;
        const auto look = [&](double x, double y) {
            no_worse = no_worse && x <= y;
            better = better || x < y;
        };
        const auto value = [](const auto& t, const outcome<double>& o) {
            const maybe<scalar<double>> c = t.cost(o);
            return c->si();
        };
        (look(value(terms, all[a]), value(terms, all[b])), ...);
        return no_worse && (better || a < b);
    };
    for (unsigned b = 0; b < all.size(); ++b) {
        bool beaten = false;
        for (unsigned a = 0; a < all.size(); ++a) beaten = beaten || (a != b && beats(a, b));
        if (!beaten) found.push_back(b);
    }
    return found;
}
std::vector<unsigned> sorted(std::vector<unsigned> all) {
    std::sort(all.begin(), all.end());
    return all;
}
} // namespace

TEST_CASE("a front by hand") {
    const std::vector<outcome<double>> all{at(3, 50),  at(1, 100), at(2, 60), at(2, 70),
                                           at(10, 45), at(3, 50),  at(4, 99)};
    const auto f = front(all);
    CHECK(f.rows == rows{1, 2, 0, 4}); // by time; of the equal ones the first
    CHECK(f.unknown.empty());
    // over 1..10 h and 45..100 USD: 2 h for 60 USD is at 1/9 and 15/55, 3 h for 50 USD at 2/9 and 5/55
    CHECK((f.knee && *f.knee == 0));
    CHECK(f.knee_distance == Approx((1 - 2.0 / 9 - 5.0 / 55) / std::sqrt(2.0)));
}

TEST_CASE("fronts without a knee") {
    CHECK(front({}).rows.empty());
    CHECK((front({at(1, 1)}).rows == rows{0} && !front({at(1, 1)}).knee));
    CHECK(!front({at(1, 2), at(2, 1)}).knee);
    const auto straight = front({at(1, 3), at(2, 2), at(3, 1)});
    CHECK((straight.rows.size() == 3 && !straight.knee));
    const auto bulging = front({at(1, 3), at(2.5, 2.5), at(3, 1)});
    CHECK((bulging.rows.size() == 3 && !bulging.knee));
}

TEST_CASE("what is not known is left out, unless the term has a worst for it") {
    std::vector<outcome<double>> all{at(1, 5), at(2, 3), at(3, 1)};
    all[1].money.total = {};
    const auto f = front(all);
    CHECK((f.rows == rows{0, 2} && f.unknown == rows{1}));
    const auto assumed = unknown_as<on_unknown::penalise>(terms::money{}, 2_usd);
    const auto g = pareto(all, terms::completion_time{}, assumed);
    CHECK((g.rows == rows{0, 1, 2} && g.unknown.empty()));
}

TEST_CASE("random fronts are those of the definition, whatever the references") {
    dice d(3);
    for (int round = 0; round < 60; ++round) {
        std::vector<outcome<double>> all;
        const unsigned grid = 3 + d.below(40); // coarse ones have many equals
        for (int i = 0; i < 120; ++i) all.push_back(at(d.below(grid), d.below(grid), d.below(grid), d.below(grid)));
        const auto two = front(all);
        REQUIRE(sorted(two.rows) == by_definition(all, terms::completion_time{}, terms::money{}));
        REQUIRE(pareto(all, terms::completion_time{7_min}, terms::money{33_usd}).rows == two.rows);
        for (std::size_t i = 1; i < two.rows.size(); ++i)
            REQUIRE(all[two.rows[i - 1]].time.completion < all[two.rows[i]].time.completion);
        const auto three = pareto(all, terms::completion_time{}, terms::money{}, terms::carbon{});
        REQUIRE(sorted(three.rows) == by_definition(all, terms::completion_time{}, terms::money{}, terms::carbon{}));
        const auto four = pareto(all, terms::completion_time{}, terms::money{}, terms::carbon{}, terms::peak_power{});
        REQUIRE(sorted(four.rows) ==
                by_definition(all, terms::completion_time{}, terms::money{}, terms::carbon{}, terms::peak_power{}));
    }
}

TEST_CASE("the knee in three terms: a term that is the same everywhere does not matter") {
    const std::vector<outcome<double>> all{at(1, 100, 5), at(2, 20, 5), at(9, 10, 5)};
    const auto two = front(all);
    const auto three = pareto(all, terms::completion_time{}, terms::money{}, terms::carbon{});
    CHECK((two.knee && three.knee && *two.knee == 1 && *three.knee == 1));
    CHECK(two.knee_distance == Approx(three.knee_distance));
    const auto corners = pareto(std::vector<outcome<double>>{at(0, 1, 1), at(1, 0, 1), at(1, 1, 0)},
                                terms::completion_time{}, terms::money{}, terms::carbon{});
    CHECK((corners.rows.size() == 3 && !corners.knee)); // all on the plane
}

TEST_CASE("an outcome whose cost is no number is left out, and said so") {
    const double nan = __builtin_nan(""), inf = __builtin_inf();
    const auto f = front({at(nan, 1), at(1, 2), at(2, 1), at(1, nan), at(inf, 0), at(3, 3)});
    CHECK(f.rows == rows{1, 2});
    CHECK(f.unknown == rows{0, 3, 4});
}
