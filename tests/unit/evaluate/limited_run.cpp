// SPDX-License-Identifier: Apache-2.0
// Runs through hours in which the grid gives less.
#include "catch.hpp"

#include <uonaco/evaluate/assess.hpp>
#include <uonaco/evaluate/sensitivity.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
constexpr row<pool_tag> a{0}, b{1};
const units::instant now = units::instant::from_unix(1.7e9);

// Figure 1 with a power state of A's own: a day of hours from `now`, some of which state a limit.
struct scene {
    estate world = laws::figure_1_estate();
    workload asked = laws::figure_1_training();
    survey where{};
    request what{};
    assessment x{};

    scene() {
        asked.devices.min_count = 1;
        asked.devices.one_model = false;
        for (compute_pool& p : world.pools) p.total_count = p.free_count;
        for (const char* at : {"A", "B"}) {
            power_state g{.id = at, .site = at};
            for (int h = 0; h < 24; ++h) g.forecast.push_back({.start = now + h * 1_h, .duration = 1_h});
            world.power.push_back(g);
        }
    }
    power_step& hour(int h, int site = 0) {
        return world.power[static_cast<unsigned>(1 + site)].forecast[static_cast<unsigned>(h)];
    }
    void look() {
        where = *survey::of(world);
        for (unsigned i = 0; i < 3; ++i)
            for (unsigned j = 0; j < 3; ++j) where.connect(i, j);
        what = *resolve(where, asked, now);
    }
    const assessment& of(units::count on_a, units::count on_b = 0) {
        candidate c;
        if (on_a > 0) c.add(a, on_a);
        if (on_b > 0) c.add(b, on_b);
        if (c.size == 2) c.pairs[0] = {network_action::use, 0, 100_Gbps};
        assess(where, what, c, x);
        return x;
    }
};
// 512 devices at A: idle 65 + 375 W each, 1,075 W at full speed; facility 1.2 times.
const units::power full = 512 * 1.075_kW, idle = 512 * 0.440_kW;
units::power feed(units::power it) { return units::power(1.2 * it); }
} // namespace

TEST_CASE("hours that give enough change nothing, not a bit of it") {
    scene x;
    x.look();
    CHECK_FALSE(x.where.power_varies());
    const auto before = x.of(512).outcome;
    x.hour(3).supply_limit = feed(full) + 1_kW;
    x.look();
    CHECK(x.where.power_varies());
    REQUIRE(x.of(512).structural == errc::none);
    CHECK(x.x.outcome == before);
    CHECK(x.of(0, 512).structural == errc::none); // B states none
}

TEST_CASE("however often a limit changes that is never met, the run goes on") {
    scene x;
    auto& minutes = x.world.power[1];
    minutes.forecast.clear();
    minutes.forecast_repeats = true;
    for (int m = 0; m < 1440; ++m)
        minutes.forecast.push_back(
            {.start = now + m * 1_min, .duration = 1_min, .supply_limit = feed(full) + (1 + m % 2) * 1_kW});
    std::get<training>(x.asked.task).steps = 1'000'000; // a year
    x.look();
    CHECK(x.of(512).structural == errc::none);
    CHECK(x.x.performance.run() > 70000 * 1_min);
}

TEST_CASE("a training that meets a lower limit goes on more slowly, and draws less") {
    scene x;
    x.look();
    const auto at_full = x.of(512);
    REQUIRE(at_full.performance.run() > 10_h);
    // two hours at half speed: an hour is lost
    for (int h : {4, 5}) x.hour(h).supply_limit = feed(0.5 * (full + idle));
    x.look();
    const auto slow = x.of(512);
    REQUIRE(slow.structural == errc::none);
    CHECK((slow.performance.run() - at_full.performance.run()).si() == Approx(3600));
    CHECK((slow.outcome.time.lost - at_full.outcome.time.lost).si() == Approx(3600));
    CHECK((slow.outcome.time.completion - at_full.outcome.time.completion).si() == Approx(3600));
    CHECK(slow.outcome.time.step == at_full.outcome.time.step);
    const double kept = at_full.performance.run() / slow.performance.run();
    CHECK(slow.outcome.reliability.goodput.si() == Approx(at_full.outcome.reliability.goodput.si() * kept));
    // an hour more of what idles; the work takes what it took
    CHECK(slow.outcome.energy.it->si() == Approx(at_full.outcome.energy.it->si() + idle.si() * 3600));
    CHECK(slow.outcome.money.compute->si() ==
          Approx(at_full.outcome.money.compute->si() / kept)); // rented all the same
    // the same with half of the devices: they draw less than that
    CHECK(x.of(256).performance.run() == [&] {
        scene y;
        y.look();
        return y.of(256).performance.run();
    }());
}

TEST_CASE("all sites wait for the one that is short of power") {
    scene x;
    x.look();
    const auto at_full = x.of(512, 512).performance.run();
    x.hour(4).supply_limit = feed(0.5 * (full + idle));
    x.hour(4, 1).supply_limit = feed(idle + 0.25 * (full - idle));
    x.hour(6, 1).supply_limit = feed(idle + 0.25 * (full - idle));
    x.look();
    REQUIRE(x.of(512, 512).structural == errc::none);
    CHECK((x.x.performance.run() - at_full).si() == Approx(2 * 0.75 * 3600)); // not also A's half hour
}

TEST_CASE("what is drawn and promised at the site comes first, and none is oversubscribed") {
    scene x;
    for (int h : {4, 5}) x.hour(h).supply_limit = feed(full + 0.5 * (full + idle));
    x.look();
    const auto alone = x.of(512).performance.run();
    x.where.set_free_devices(a, 512); // the other 512 are promised to somebody
    CHECK((x.of(512).performance.run() - alone).si() == Approx(3600));
    x.world.sites[0].power_draw = 100_kW;
    x.look();
    CHECK(x.of(512).performance.run() == alone);
    x.where.set_free_devices(a, 512);
    CHECK(x.of(512).performance.run() - alone > 1_h);
    x.world.sites[0].power_draw = 0.5 * (full - idle) + 1_kW; // now they could not even idle
    x.look();
    x.where.set_free_devices(a, 512);
    CHECK(x.of(512).structural == errc::over_power);
    CHECK(x.of(500).structural == errc::none);
}

TEST_CASE("below what idles, for ever too little, or a service: it cannot be") {
    scene x;
    x.hour(4).supply_limit = feed(idle) - 1_kW;
    x.look();
    CHECK(x.of(512).structural == errc::over_power);
    CHECK(x.x.reason() == errc::over_power);
    CHECK(x.of(256).structural == errc::none);
    CHECK(x.of(0, 512).structural == errc::none);
    x.hour(4).supply_limit = units::power(); // disconnected
    x.look();
    CHECK(x.of(1).structural == errc::over_power);
    CHECK(x.of(0, 512).structural == errc::none);

    scene never;
    never.world.power[1].forecast_repeats = true;
    for (int h = 0; h < 24; ++h) never.hour(h).supply_limit = feed(idle);
    never.hour(0).supply_limit = feed(full);
    never.look();
    CHECK(never.of(512).structural == errc::none); // an hour a day
    CHECK(never.x.performance.run() > 240_h);
    never.hour(0).supply_limit = feed(idle);
    never.look();
    CHECK(never.of(512).structural == errc::over_power);

    scene service;
    service.asked = laws::detail::service("service");
    service.hour(0).supply_limit = feed(60 * 1.075_kW);
    service.look();
    CHECK(service.of(64).structural != errc::none);
    service.hour(0).supply_limit = {};
    service.hour(1).supply_limit = feed(1000 * 1.075_kW);
    service.look();
    candidate c;
    c.add(a, 64);
    c.access = {network_action::create, 0, 400_Gbps};
    const auto& ways = service.where.options(2, 0);
    c.access.rate = ways[0].rate;
    c.access.action = ways[0].action;
    assess(service.where, service.what, c, service.x);
    CHECK(service.x.structural == errc::none);
    service.hour(0).supply_limit = feed(63 * 1.075_kW);
    service.hour(1).supply_limit = feed(1000 * 1.075_kW);
    service.look();
    assess(service.where, service.what, c, service.x);
    CHECK(service.x.structural == errc::over_power);
}

namespace {
// The same limit in each hour, the forecast repeating.
scene all_day(units::power it) {
    scene x;
    x.world.power[1].forecast_repeats = true;
    for (int h = 0; h < 24; ++h) x.hour(h).supply_limit = feed(it);
    return x;
}
} // namespace

TEST_CASE("the same limit in every hour slows a run as one that some hours are free of") {
    scene x = all_day(0.5 * (full + idle));
    x.look();
    const auto slow = x.of(512);
    REQUIRE(slow.structural == errc::none);
    scene usual;
    usual.look();
    const auto at_full = usual.of(512);
    CHECK(slow.performance.run().si() == Approx(2 * at_full.performance.run().si()));
    CHECK(slow.performance.held_up.si() == Approx(at_full.performance.run().si()));
    CHECK(at_full.performance.held_up.si() == 0);
    x.hour(23).supply_limit = {}; // an hour a day
    x.look();
    CHECK(x.of(512).structural == errc::none);
    CHECK(x.x.performance.run() < slow.performance.run());

    // to the last watt above idle, not at idle or below
    scene least = all_day(1.0001 * idle);
    least.look();
    CHECK(least.of(512).structural == errc::none);
    least = all_day(idle);
    least.look();
    CHECK(least.of(512).structural == errc::over_power);
    CHECK(least.of(511).structural == errc::none);
    scene none = all_day(0.439_kW); // not even one device
    none.look();
    CHECK(none.of(1).structural == errc::over_power);
    CHECK(none.of(0, 512).structural == errc::none);
}

TEST_CASE("limits that do not change hold at full speed, hours or not") {
    scene service = all_day(60 * 1.075_kW);
    service.asked = laws::detail::service("service"); // cannot wait: it has to fit at full speed as well
    service.look();
    CHECK(service.of(60).structural != errc::over_power);
    CHECK(service.of(61).structural == errc::over_power);
    for (const bool hours : {false, true}) {
        scene x;
        if (hours) x = all_day(0.5 * (full + idle));
        x.world.sites[0].power_limit = full;
        x.look();
        CHECK(x.of(512).structural == errc::none);
        x.world.sites[0].power_limit = full - 1_W;
        x.look();
        CHECK(x.of(512).structural == errc::over_power);
        CHECK(x.of(511).structural == errc::none);
    }
    scene flat;
    flat.world.power[1].supply_limit = feed(full) - 1_kW;
    flat.look();
    CHECK(flat.of(512).structural == errc::over_power);
}

TEST_CASE("a slowed run draws what its fastest hour gives, at most") {
    scene x;
    x.look();
    CHECK(*x.of(512).outcome.energy.peak_power == full);
    x.hour(4).supply_limit = feed(0.5 * (full + idle));
    x.look();
    CHECK(*x.of(512).outcome.energy.peak_power == full); // in the other hours
    x = all_day(0.5 * (full + idle));
    x.hour(7).supply_limit = feed(idle + 0.25 * (full - idle));
    x.asked.limits.power = 0.5 * (full + idle) + 1_W;
    x.look();
    CHECK(x.of(512).outcome.energy.peak_power->si() == Approx(0.5 * (full + idle).si()));
    CHECK(x.x.feasible());
    CHECK(*x.x.outcome.energy.it <= x.x.performance.run() * *x.x.outcome.energy.peak_power);
    x.asked.limits.power = 0.5 * (full + idle) - 1_W;
    x.look();
    CHECK(x.of(512).reason() == errc::over_power);
    // B goes on in step, and is slowed with A
    x.asked.limits.power = {};
    x.look();
    CHECK(x.of(512, 512).outcome.energy.peak_power->si() == Approx((full + idle).si()));
}

TEST_CASE("beside a slowed run nothing is left") {
    scene x = all_day(0.5 * (full + idle));
    x.look();
    REQUIRE(x.of(512).structural == errc::none);
    x.where.set_free_devices(a, 512);
    CHECK(x.of(512).structural == errc::over_power);
    CHECK(x.of(1).structural == errc::over_power);
}

TEST_CASE("slopes are those of a run at full speed: a slowed one has none") {
    scene x;
    const auto slopes = [&] {
        x.look();
        x.of(512);
        candidate c;
        c.add(a, 512);
        return sensitivities(x.x.figures, x.x.performance, std::get<training>(x.asked.task),
                             supply_over_run(x.where, x.what, c, x.x.performance), x.what.value);
    };
    const auto usual = slopes();
    REQUIRE(usual);
    CHECK(usual->site[0].price.si() > 0);
    x.hour(4).supply_limit = feed(full); // never met
    CHECK(slopes()->site[0].price == usual->site[0].price);
    x.hour(4).supply_limit = feed(0.5 * (full + idle));
    REQUIRE_FALSE(slopes());
    CHECK(slopes().error() == errc::over_power);
}

TEST_CASE("limits: the hour's, else the flat one, else the zone's; the site's own in any case") {
    scene x;
    power_state& own = x.world.power[1];
    const auto cap = [&](int h) {
        x.look();
        const auto& caps = x.where.supply_at(0).caps;
        return caps.stretch_at(now + (h + 0.5) * 1_h).value->si();
    };
    x.hour(2).supply_limit = 600_kW;
    CHECK(cap(2) == Approx(500e3));
    CHECK(cap(3) == power_limit::unlimited.si());
    CHECK(cap(-5) == power_limit::unlimited.si());
    CHECK_FALSE(x.where.free_power(0).known());
    own.supply_limit = 900_kW;
    CHECK(cap(3) == Approx(750e3));
    CHECK(cap(-5) == Approx(750e3)); // before and after the forecast too
    CHECK(cap(500) == Approx(750e3));
    CHECK(x.where.free_power(0)->si() == Approx(750e3));
    x.hour(5).supply_limit = 1200_kW; // more than usual
    CHECK(cap(5) == Approx(1000e3));
    CHECK(x.where.free_power(0)->si() == Approx(1000e3));
    x.world.sites[0].power_limit = 800_kW;
    CHECK(cap(5) == Approx(800e3));
    CHECK(cap(2) == Approx(500e3));
    CHECK(x.where.free_power(0)->si() == Approx(800e3));
    own.forecast_repeats = true;
    CHECK(cap(24 * 7 + 2) == Approx(500e3));
    CHECK(cap(-24 + 2) == Approx(500e3));
    own.forecast_repeats = false;
    own.supply_limit = {};
    x.hour(2).supply_limit = x.hour(5).supply_limit = {};
    x.world.power[0].forecast = {{.start = now, .duration = 1_h, .supply_limit = 240_kW}}; // the zone of all
    CHECK(cap(0) == Approx(200e3));
    CHECK(cap(1) == Approx(800e3));
    own.supply_limit = 480_kW; // A speaks for itself
    x.look();
    CHECK(x.where.supply_at(0).caps.empty());
    CHECK_FALSE(x.where.supply_at(1).caps.empty());
}
