// SPDX-License-Identifier: Apache-2.0
// The pipeline: as exhaustive search, and open for a user's own filter.
#include "catch.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/ranges.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
struct scene {
    estate world = laws::figure_1_estate();
    workload job = laws::figure_1_training();
    survey where{};
    problem what{};

    const problem& look() {
        where = *survey::of(world);
        return what = *problem::of(where, job);
    }
};
} // namespace

TEST_CASE("the best of the pipe is the best of exhaustive search") {
    scene s;
    const problem& p = s.look();
    const auto three = candidates(p) | feasible() | scored(by_full_cost) | top(3);
    REQUIRE(three.size() == 3);
    const auto best = exhaustive{}(p, by_full_cost);
    CHECK(three[0].choice == best->best.choice);
    CHECK(three[0].objective == best->best.objective);
    CHECK((three[0].objective <= three[1].objective && three[1].objective <= three[2].objective));
    CHECK((candidates(p) | feasible() | scored(by_full_cost) | top(0)).empty());
    CHECK((candidates(p) | feasible() | scored(by_full_cost) | top(1000)).size() ==
          static_cast<std::size_t>(best->feasible));
}

TEST_CASE("a filter of one's own drops into the pipe") {
    scene s;
    const problem& p = s.look();
    const auto alone = candidates(p) | ranges::views::filter([](const considered& c) { return c.choice.size == 1; }) |
                       feasible() | scored(by_time) | top(1);
    REQUIRE(alone.size() == 1);
    CHECK(alone[0].choice.size == 1);
}

TEST_CASE("what is not known gets no better place in the pipe") {
    scene s;
    s.world.pools[0].price = {};
    s.world.sites[0].grid_zone = "elsewhere";
    const problem& p = s.look();
    for (const ranked& r : candidates(p) | feasible() | scored(by_money) | top(1000)) CHECK(r.outcome.money.total);
    // carbon is not known at A: it ranks nobody, energy does
    const auto green = candidates(p) | feasible() | scored(by_carbon) | top(1);
    CHECK(green[0].choice == exhaustive{}(p, by_carbon)->best.choice);
    CHECK(green[0].objective == exhaustive{}(p, by_carbon)->best.objective);
}

TEST_CASE("no candidates, an empty pipe") {
    scene s;
    s.world.pools.clear();
    CHECK((candidates(s.look()) | feasible() | scored(by_full_cost) | top(3)).empty());
    CHECK((candidate_range() | feasible() | scored(by_full_cost) | top(3)).empty());
}
