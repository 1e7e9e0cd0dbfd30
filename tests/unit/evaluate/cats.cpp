// SPDX-License-Identifier: Apache-2.0
// Scores for CATS, levels 1 and 2.
#include "catch.hpp"

#include <uonaco/evaluate/cats.hpp>
#include <uonaco/evaluate/limits.hpp>
#include <uonaco/evaluate/terms.hpp>
#include <uonaco/testing/outcomes.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
std::vector<outcome<double>> three() {
    std::vector<outcome<double>> all(3, laws::typical_outcome());
    for (int i = 0; i < 3; ++i) {
        auto& o = all[static_cast<unsigned>(i)];
        o.time.compute = (1 + i) * 1_h;                 // best first: 1, 0.5, 0 by min-max
        o.time.exposed_communication = (5 - i) * 1_min; // best last: 0, 0.5, 1
        o.money.total = (i == 1 ? 10 : 20) * 1_usd;     // best in the middle
    }
    return all;
}
scoring_profile wanted(aggregation how) {
    return {.id = "p",
            .terms = {{.term = term_kind::compute_time, .weight = 2.0},
                      {.term = term_kind::exposed_communication, .weight = 1.0},
                      {.term = term_kind::money, .weight = 1.0}},
            .aggregation = how};
}
using c = cats_category;
} // namespace

TEST_CASE("level 1 by category, level 2 in all") {
    const auto s = cats(three(), wanted(aggregation::weighted_sum));
    REQUIRE(s.size() == 3);
    CHECK((*s[0].level_1(c::compute) == 10 && *s[1].level_1(c::compute) == 5 && *s[2].level_1(c::compute) == 0));
    CHECK((*s[0].level_1(c::communication) == 0 && *s[2].level_1(c::communication) == 10));
    CHECK((*s[0].level_1(c::composed) == 0 && *s[1].level_1(c::composed) == 10));
    CHECK_FALSE(s[0].level_1(c::service));
    CHECK(s[0].overall == Approx(0.5));
    CHECK(s[1].overall == Approx(0.625));
    CHECK(s[2].overall == Approx(0.25));
    CHECK(s[1].level_2() == 6);
    CHECK(s[1].level_2({.best = 255}) == 159);
}

TEST_CASE("the profile's aggregation and normalisation") {
    const auto least = cats(three(), wanted(aggregation::worst));
    CHECK((least[0].overall == 0.0 && least[1].overall == 0.5 && least[2].overall == 0.0));
    const auto product = cats(three(), wanted(aggregation::geometric_mean));
    CHECK((product[0].overall == 0.0 && product[1].overall == Approx(std::pow(0.5, 0.75))));
    const auto order = cats(three(), wanted(aggregation::lexicographic));
    CHECK((order[0].overall == 1.0 && order[1].overall == 0.5 && order[2].overall == 0.0));
    CHECK(*order[1].level_1(c::composed) == 10);
    auto p = wanted(aggregation::weighted_sum);
    p.normalization = normalization::zscore;
    const auto z = cats(three(), p);
    CHECK(*z[1].level_1(c::compute) == 5);
    CHECK(*z[0].category[static_cast<int>(c::compute)] == Approx(0.5 + std::sqrt(1.5) / 6));
}

TEST_CASE("a term of weight 0 counts for nothing, however terms are aggregated") {
    std::vector<outcome<double>> all(2, laws::typical_outcome());
    all[0].time.completion = 1_h;
    all[0].money.energy = -1_usd;
    all[1].time.completion = 2_h;
    all[1].money.energy = -3_usd;
    for (const auto how : {aggregation::weighted_sum, aggregation::geometric_mean, aggregation::worst}) {
        const scoring_profile one{.id = "one", .terms = {{.term = term_kind::completion_time}}, .aggregation = how};
        auto two = one;
        two.terms.push_back({.term = term_kind::energy_cost, .weight = 0.0});
        const auto alone = cats(all, one), beside = cats(all, two);
        CHECK((alone[0].overall == 1.0 && alone[1].overall == 0.0));
        CHECK((beside[0].overall == 1.0 && beside[1].overall == 0.0));
    }
    // Costs may be below 0, which no weight of 0 lifts to 0.
    const auto worst = worst_case{weigh(1.0, terms::energy_cost{}), weigh(0.0, terms::completion_time{})};
    CHECK(worst(all[1]).total == -3.0);
    const auto reversed = worst_case{weigh(0.0, terms::completion_time{}), weigh(1.0, terms::energy_cost{})};
    CHECK(reversed(all[1]).total == -3.0);
    // Nor does what is not known of it exclude anything.
    all[0].money.energy = {};
    CHECK(reversed(all[0]).feasible == false);
    const auto without = evaluator{weigh(1.0, terms::completion_time{}), weigh(0.0, terms::energy_cost{}),
                                   soft(terms::energy_cost{}, 1_usd, 0.0)};
    CHECK((without(all[0]).feasible && without(all[0]).total == 1.0));
}

TEST_CASE("what is not feasible scores 0, what is not known is left out for all") {
    auto p = wanted(aggregation::weighted_sum);
    p.terms.push_back({.term = term_kind::compute_time, .role = term_role::hard, .bound = 2.5 * 3600});
    p.terms.push_back({.term = term_kind::carbon, .weight = 5.0});
    auto all = three();
    all[0].energy.carbon = {};
    const auto s = cats(all, p);
    CHECK((s[2].overall == 0.0 && *s[2].level_1(c::communication) == 0));
    CHECK(s[0].overall == Approx(0.5)); // among the feasible ones, without carbon
    CHECK(s[1].overall == Approx(0.5));
    CHECK(cats({}, p).empty());
}

TEST_CASE("of a preset too") {
    const auto s = cats(three(), {.id = "p", .preset = preset::cheapest});
    CHECK((s[1].level_2() == 10 && s[0].level_2() == 0 && !s[0].level_1(c::compute)));
    CHECK(*s[1].level_1(c::composed) == 10);
}

TEST_CASE("bands of the draft: 0-3 low, 4-7 medium, 8-10 high; halves go up") {
    const cats_format ten;
    CHECK((cats_scores::octet(0.349, ten) == 3 && cats_scores::octet(0.35, ten) == 4));
    CHECK((cats_scores::octet(0.749, ten) == 7 && cats_scores::octet(0.75, ten) == 8));
    CHECK((cats_scores::octet(0.0, ten) == 0 && cats_scores::octet(0.05, ten) == 1 &&
           cats_scores::octet(1.0, ten) == 10));
    CHECK(std::string(ten.level_1[static_cast<int>(c::communication)]) == "communication_norm");
}
