// SPDX-License-Identifier: Apache-2.0
// Heuristics on random small estates: no law broken, greedy complete, exhaustive never beaten.
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/heuristics/silos.hpp>
#include <uonaco/place/place.hpp>

using namespace support;

namespace {
template <class Heuristic, class Evaluator>
void keeps_the_laws(const Heuristic& h, const Evaluator& e, laws::promises p,
                    const std::vector<laws::placement_case>& cases) {
    for (const std::string& f : laws::check_heuristic(h, e, p, cases)) {
        INFO(f);
        CHECK(f.empty());
    }
}
} // namespace

TEST_CASE("every heuristic keeps the laws on random estates") {
    const auto cases = random_cases(1, 1000);
    keeps_the_laws(exhaustive{}, by_full_cost, {.complete = true, .optimal = true}, cases);
    keeps_the_laws(greedy{}, by_full_cost, {.complete = true}, cases);
    keeps_the_laws(compute_first{}, by_full_cost, {}, cases);
    keeps_the_laws(network_first{}, by_full_cost, {.complete = true}, cases);
    keeps_the_laws(nearest{}, by_full_cost, {}, cases);
    keeps_the_laws(cheapest{}, by_full_cost, {}, cases);
}

TEST_CASE("asked together they find what each finds alone") {
    const auto same = [](const result<placement>& a, const result<placement>& b) {
        if (!a || !b) return !a && !b && a.error().detail == b.error().detail && a.error().tried == b.error().tried;
        return a->best.choice == b->best.choice && a->best.outcome.full_cost == b->best.outcome.full_cost &&
               a->best.outcome.joint_efficiency == b->best.outcome.joint_efficiency && a->compared == b->compared &&
               a->feasible == b->feasible && a->alternatives.size() == b->alternatives.size() &&
               std::string(a->heuristic) == b->heuristic;
    };
    int placed = 0;
    for (const auto& k : random_cases(5, 300)) {
        auto s = survey::of(k.world);
        if (!s) continue;
        const auto p = problem::of(*s, k.asked);
        if (!p) continue;
        const auto all = ask_together<compute_first, network_first, nearest, cheapest, exhaustive>(*p, by_full_cost);
        REQUIRE(all.size() == 5);
        CHECK(same(all[0], compute_first{}(*p, by_full_cost)));
        CHECK(same(all[1], network_first{}(*p, by_full_cost)));
        CHECK(same(all[2], nearest{}(*p, by_full_cost)));
        CHECK(same(all[3], cheapest{}(*p, by_full_cost)));
        CHECK(same(all[4], exhaustive{}(*p, by_full_cost)));
        placed += all[0].has_value();
    }
    CHECK(placed > 30);
}

TEST_CASE("for other objectives too") {
    const auto cases = random_cases(2, 500);
    keeps_the_laws(greedy{}, by_money, {.complete = true}, cases);
    keeps_the_laws(greedy{}, by_time, {.complete = true}, cases);
    keeps_the_laws(greedy{}, by_carbon, {.complete = true}, cases);
}

TEST_CASE("extreme estates") {
    const auto cases = random_cases(3, 1000, true);
    keeps_the_laws(greedy{}, by_full_cost, {.complete = true}, cases);
}

TEST_CASE("the cases are worth something: many are feasible, many are not, many need a network") {
    int placed = 0, refused = 0, connected = 0, spread = 0, beats_a_silo = 0;
    for (const auto& k : random_cases(1, 3000)) {
        auto s = *survey::of(k.world);
        const auto best = place_one(s, k.asked, by_full_cost, exhaustive{});
        if (!best) {
            ++refused;
            CHECK(best.error().code != errc::none);
            CHECK_FALSE(best.error().detail.empty());
            continue;
        }
        ++placed;
        connected += best->best.choice.size > 1 || best->best.choice.access.action != network_action::none;
        spread += best->best.choice.size > 1;
        const auto silo = place_one(s, k.asked, by_full_cost, compute_first{});
        beats_a_silo += !silo || silo->best.objective > best->best.objective;
        // what is shown beside the best is worse, and sorted
        double last = best->best.objective;
        for (const ranked& r : best->alternatives) {
            CHECK(r.objective >= last);
            last = r.objective;
        }
        for (std::size_t i = 1; i < best->front.size(); ++i)
            CHECK(best->front[i - 1].hours() <= best->front[i].hours());
    }
    CHECK(placed >= 200);
    CHECK(refused >= 200);
    CHECK(connected >= 50);
    CHECK(spread >= 15);
    CHECK(beats_a_silo >= 50);
}

TEST_CASE("decisions read well: no NaN, no infinity, nothing empty") {
    for (const bool wild : {false, true})
        for (const auto& k : random_cases(wild ? 3 : 4, 500, wild)) {
            auto s = *survey::of(k.world);
            const auto p = problem::of(s, k.asked);
            REQUIRE(p);
            const auto found = ask(greedy{}, *p, by_full_cost);
            const decision d =
                found ? to_decision(*p, *found, by_full_cost) : to_decision(k.asked, found.error(), greedy::name);
            const std::string text = explain(d);
            INFO(k.name << ": " << text);
            REQUIRE((!d.explanation.empty() && text.find("not a number") == std::string::npos &&
                     text.find("infinite") == std::string::npos));
            REQUIRE((found || !d.reason.empty()));
        }
}
