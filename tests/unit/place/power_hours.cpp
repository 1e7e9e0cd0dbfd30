// SPDX-License-Identifier: Apache-2.0
// Hours of little power, in decisions.
#include "catch.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/place.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const units::instant now = units::instant::from_unix(1.7e9);

// 512 devices at A of figure 1; from the fifth hour on two hours of an emergency.
struct scene {
    estate world = laws::figure_1_estate();
    workload job = laws::figure_1_training();
    survey where{};

    explicit scene(maybe<units::power> limit, maybe<grid_event> event = grid_event::emergency) {
        job.devices = {.count = 512, .min_count = 512};
        job.locality.allowed_sites = {"A"};
        for (compute_pool& p : world.pools) p.total_count = p.free_count;
        power_state g{.id = "a", .site = "A"};
        g.forecast = {{.start = now, .duration = 5_h},
                      {.start = now + 5_h, .duration = 2_h, .supply_limit = limit, .grid_event = event}};
        world.power.push_back(g);
    }
    decision decided() {
        where = *survey::of(world);
        return decide(where, job, by_full_cost, exhaustive{}, {.now = now});
    }
};
bool has(const std::vector<std::string>& text, const std::string& part) {
    for (const std::string& line : text)
        if (line.find(part) != std::string::npos) return true;
    return false;
}
} // namespace

TEST_CASE("a decision says where power is short, why, and what it costs in time") {
    // half way between idle, 512 x 440 W, and full, 512 x 1,075 W; the feed gives 1.2 times that
    scene x(1.2 * 512 * 0.7575_kW);
    const decision d = x.decided();
    REQUIRE(d.status == placement_status::placed);
    CHECK(has(
        d.explanation,
        "power is short in part of the run, which takes 60 min longer: down to 388 kW at A (emergency) where 550 kW "
        "would be drawn"));
    scene free({}, {});
    const decision usual = free.decided();
    CHECK_FALSE(has(usual.explanation, "power is short"));
    CHECK((d.outcome->time.completion - usual.outcome->time.completion).si() == Approx(3600));
    CHECK(*d.outcome->joint_efficiency < *usual.outcome->joint_efficiency);
    // what failures take is said as before
    for (const std::string& line : usual.explanation)
        if (line.find("failures and checkpoints") == 0) CHECK(has(d.explanation, line));
}

TEST_CASE("an event without a limit is named, and limits nothing") {
    scene x({});
    const decision d = x.decided();
    CHECK(has(d.ignored, "emergency announced at A states no limit on power: nothing is limited by it"));
    CHECK_FALSE(has(d.explanation, "power is short"));
    for (const grid_event e : {grid_event::none, grid_event::price})
        CHECK_FALSE(has(scene({}, e).decided().ignored, "announced"));
    CHECK(has(scene({}, grid_event::flex_alert).decided().ignored, "flex alert announced at A"));
    CHECK_FALSE(has(scene(2_MW).decided().ignored, "announced"));
    scene later({}); // it is long done
    later.world.power.back().forecast[1].start = now + 500_h;
    later.world.power.back().forecast[0].duration = 500_h;
    CHECK_FALSE(has(later.decided().ignored, "announced"));
    later.world.power.back().forecast_repeats = true;
    later.world.power.back().forecast[0].start = now - 900_h; // 502 h a turn: from -400 h on, and at 102 h
    later.world.power.back().forecast[1].start = now - 400_h;
    CHECK(has(later.decided().ignored, "announced") == (later.decided().outcome->time.completion > 102_h));
    scene flat({}, {});
    flat.world.power.back().forecast.clear();
    flat.world.power.back().grid_event = grid_event::possible_outage;
    CHECK(has(flat.decided().ignored, "possible outage announced at A"));
}

TEST_CASE("a rejection says that it is the power of some hours") {
    const decision d = scene(100_kW).decided();
    CHECK(d.status == placement_status::rejected);
    CHECK(d.reason == "over power limit: in some hours of the run the sites with enough devices may not draw even what "
                      "devices draw when idle, or so little that it is never done");
}

TEST_CASE("who comes second in hours of little power gets what is left") {
    scene x(1.2 * (512 * 1.075_kW + 512 * 0.7575_kW)); // one at full speed, and one at half
    workload second = x.job;
    second.id = "second";
    x.where = *survey::of(x.world);
    auto all = place_all(x.where, {x.job, second}, by_full_cost, exhaustive{}, {.now = now});
    REQUIRE(all->placed == 2);
    CHECK_FALSE(has(all->decisions[0].explanation, "power is short"));
    CHECK(has(all->decisions[1].explanation, "which takes 60 min longer"));
    CHECK((all->committed.entries()[1].end - all->committed.entries()[0].end).si() == Approx(3600));
    scene less(1.2 * (512 * 1.075_kW + 512 * 0.43_kW)); // the second could not even idle
    less.where = *survey::of(less.world);
    all = place_all(less.where, {less.job, second}, by_full_cost, exhaustive{}, {.now = now});
    CHECK(all->placed == 1);
    CHECK(all->decisions[1].status == placement_status::rejected);
}

TEST_CASE("the same limit in every hour is placed and said, or refused and said") {
    const auto at = [](units::power it) {
        scene x(1.2 * it);
        auto& hours = x.world.power.back().forecast;
        hours[0].supply_limit = hours[1].supply_limit;
        x.world.power.back().forecast_repeats = true;
        return x;
    };
    const decision slow = at(512 * 0.7575_kW).decided();
    REQUIRE(slow.status == placement_status::placed);
    CHECK(has(slow.explanation, "power is short in all of the run, which takes "));
    CHECK(slow.outcome->energy.peak_power->si() == Approx(512 * 757.5));
    const decision none = at(0.4_kW).decided();
    CHECK(none.status == placement_status::rejected);
    CHECK(none.reason == "over power limit: 512 devices are needed, 1,024 that would do are free, and their sites have "
                         "power for 0");
    const decision few = at(200 * 0.44_kW).decided();
    CHECK(has({few.reason}, "and their sites have power for 199")); // all of it would only idle 200
    scene wide = at(512 * 0.7575_kW);                               // fewer devices at full speed are candidates, too
    wide.job.devices.min_count = 64;
    CHECK(wide.decided().status == placement_status::placed);
}
