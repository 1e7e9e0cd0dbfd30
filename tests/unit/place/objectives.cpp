// SPDX-License-Identifier: Apache-2.0
// Objectives with limits and orders of preference, from the search to the decision.
#include "catch.hpp"

#include <uonaco/evaluate/lexicographic.hpp>
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/evaluate/profile_evaluator.hpp>
#include <uonaco/place.hpp>
#include <uonaco/place/ranges.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const estate world = laws::figure_1_estate();
const workload job = laws::figure_1_training();

template <class Evaluator>
decision decided(const Evaluator& e) {
    auto s = *survey::of(world);
    return decide(s, job, e, exhaustive{});
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
} // namespace

TEST_CASE("a hard limit of the objective shapes the choice, and the decision says how far it was") {
    const auto free = decided(evaluator{weigh(1.0, terms::money{})});
    const auto deadline = free.outcome->time.completion - 1_h;
    const auto bound = decided(evaluator{weigh(1.0, terms::money{}), hard(terms::completion_time{}, deadline)});
    REQUIRE((free.status == placement_status::placed && bound.status == placement_status::placed));
    CHECK(bound.outcome->time.completion < deadline);
    CHECK(*bound.outcome->money.total > *free.outcome->money.total);
    CHECK(bound.contributions.size() == 1); // limits cost nothing
    const auto& last = bound.constraints.back();
    CHECK((last.constraint == "completion time of the objective" && last.satisfied && last.margin >= 0.0));
    CHECK(has(explain(bound), "the objective's limit on completion time: "));
    CHECK(free.constraints.size() + 1 == bound.constraints.size());
}

TEST_CASE("nothing keeps it: the nearest miss, and by how much") {
    const auto d = decided(evaluator{weigh(1.0, terms::money{}), hard(terms::completion_time{}, 10_h)});
    REQUIRE(d.status == placement_status::rejected);
    CHECK(has(d.reason, "over a limit of the objective: nearest miss: 1,024 x H100"));
    CHECK(has(d.reason, "create 400 Gb/s A-C-B"));
    CHECK(has(d.reason, "the objective's limit on completion time: 115 % too far"));
    auto s = *survey::of(world);
    const auto found =
        place_one(s, job, evaluator{weigh(1.0, terms::money{}), hard(terms::completion_time{}, 10_h)}, greedy{});
    REQUIRE(!found);
    CHECK(found.error().code == errc::objective_limit);
    CHECK(found.error().margin < -1.0);
}

TEST_CASE("soft limits are parts of the objective") {
    const auto d = decided(evaluator{weigh(1.0, terms::money{}), soft(terms::completion_time{}, 10_h, 1e6)});
    REQUIRE(d.contributions.size() == 2);
    CHECK(d.contributions[1].term == "completion time above its soft limit");
    CHECK(d.contributions[0].cost + d.contributions[1].cost == Approx(static_cast<double>(*d.objective)));
}

TEST_CASE("an order of preference: of those that cost about the same, the soonest") {
    const auto cheapest_of_all = decided(evaluator{weigh(1.0, terms::money{})});
    const auto about = decided(first(terms::money{}, 20000_usd).then(terms::completion_time{}));
    CHECK(about.outcome->time.completion < cheapest_of_all.outcome->time.completion);
    CHECK(*about.outcome->money.total - *cheapest_of_all.outcome->money.total < 20000_usd);
    CHECK(about.contributions.size() == 2);
    const scoring_profile p{
        .id = "p",
        .terms = {{.term = term_kind::money, .tolerance = 20000.0}, {.term = term_kind::completion_time}},
        .aggregation = aggregation::lexicographic};
    CHECK(with_profile(p, [](const auto& e) { return decided(e); }) == about);
    auto s = *survey::of(world);
    const auto asked = *problem::of(s, job);
    const auto best = candidates(asked) | feasible() |
                      scored(first(terms::money{}, 20000_usd).then(terms::completion_time{})) | top(2);
    REQUIRE(best.size() == 2);
    CHECK(best[0].outcome.time.completion == about.outcome->time.completion);
    CHECK(best[0].standing() < best[1].standing());
}

TEST_CASE("of what is as green, greenest takes what costs less, and of equals in that the first") {
    estate twins = laws::figure_1_estate(); // A and B differ in nothing but the rental
    workload one_site = job;
    one_site.locality.max_sites = 1;
    one_site.locality.allowed_sites = {"A", "B"};
    const auto chosen = [&](units::price_rate a, units::price_rate b) {
        twins.pools[0].price = a;
        twins.pools[1].price = b;
        auto s = *survey::of(twins);
        const auto d = decide(s, one_site, by_carbon, exhaustive{});
        const auto by_name =
            with_preset(preset::greenest, [&](const auto& e) { return decide(s, one_site, e, greedy{}); });
        REQUIRE((d.status == placement_status::placed && by_name.status == placement_status::placed));
        CHECK(by_name.assignments[0].pool == d.assignments[0].pool);
        return std::string(d.assignments[0].pool.text);
    };
    CHECK(chosen(2.5_usd_per_h, 2.4_usd_per_h) == "b-h100");
    CHECK(chosen(2.4_usd_per_h, 2.5_usd_per_h) == "a-h100");
    CHECK(chosen(2.5_usd_per_h, 2.5_usd_per_h) == "a-h100");
    twins.power.push_back({.id = "cleaner", .site = "A", .carbon_intensity = 399_g_per_kWh});
    CHECK(chosen(2.5_usd_per_h, 1_usd_per_h) == "a-h100"); // cost decides between equals only
}
