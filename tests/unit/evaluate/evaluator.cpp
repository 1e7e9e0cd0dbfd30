// SPDX-License-Identifier: Apache-2.0
// Terms, weights, presets, constraints.
#include "catch.hpp"

#include <uonaco/evaluate/constraints.hpp>
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/testing/outcomes.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const outcome<double> typical = laws::typical_outcome();

struct penalised {
    static constexpr const char* name = "penalised";
    static constexpr on_unknown unknown = on_unknown::penalise;
    units::factor worst = 99.0;
    maybe<scalar<double>> cost(const outcome<double>& o) const {
        if (!o.money.total) return {};
        return scalar<double>(*o.money.total / 1_usd);
    }
};
} // namespace

TEST_CASE("an objective is the sum of its weighted terms") {
    const evaluator e{weigh(0.6, terms::completion_time{1_h}), weigh(0.3, terms::money{100_usd}),
                      weigh(0.1, terms::carbon{1_kg})};
    const auto s = e(typical);
    CHECK(s.parts[0] == Approx(0.6 * 39000 / 3600));
    CHECK(s.parts[1] == Approx(0.3 * 59));
    CHECK(s.parts[2] == Approx(0.1 * 1400));
    CHECK(s.total == Approx(s.parts[0] + s.parts[1] + s.parts[2]));
    CHECK(s.feasible);
    CHECK((e.size == 3 && e.weight(1) == 0.3 && std::string(e.name(2)) == "carbon"));
    CHECK(e(typical, 0b101).total == s.parts[1]);
}

TEST_CASE("the terms that ship") {
    CHECK(terms::full_cost{}.cost(typical) == 20000.0);
    CHECK(terms::completion_time{}.cost(typical) == Approx(39000 / 3600.0));
    CHECK(*terms::money{}.cost(typical) == 5900.0);
    CHECK(*terms::energy{}.cost(typical) == Approx(3603)); // facility and transport
    CHECK(*terms::carbon{}.cost(typical) == 1400.0);
    CHECK(*terms::unavailability{}.cost(typical) == Approx(3.0));
    CHECK(terms::first_token{}.cost(typical) == Approx(3.0));
    CHECK(terms::violations{}.cost(typical) == Approx(3.0));
}

TEST_CASE("what an unknown does: ignore, penalise, exclude") {
    outcome<double> o = typical;
    o.energy.carbon = {};
    const evaluator e{weigh(1.0, terms::carbon{}), weigh(1.0, terms::completion_time{})};
    CHECK(e.ignorable(typical) == 0);
    CHECK(e.ignorable(o) == 1);
    CHECK((e(o).feasible && e(o).unknown[0] && !e(o).unknown[1]));
    o.money.total = {};
    CHECK_FALSE(by_money(o).feasible);
    CHECK(by_money.ignorable(o) == 0);
    const evaluator p{weigh(2.0, penalised{})};
    CHECK(p(o).total == 198.0);
    CHECK(p(o).feasible);
    CHECK(p.ignorable(o) == 0);
    CHECK(p(typical).total == 2 * 5900.0);
}

TEST_CASE("presets by name") {
    double seen[5];
    for (int i = 0; i < 5; ++i)
        seen[i] =
            with_preset(static_cast<preset>(i), [&](const auto& e) { return static_cast<double>(e(typical).total); });
    CHECK(seen[static_cast<int>(preset::full_cost)] == 20000);
    CHECK(seen[static_cast<int>(preset::cheapest)] == 5900);
    CHECK(seen[static_cast<int>(preset::fastest)] == Approx(39000 / 3600.0 + 0.3));
    CHECK(seen[static_cast<int>(preset::greenest)] == Approx(1400 + 3.603));
    CHECK(seen[static_cast<int>(preset::balanced)] == Approx(0.4 * 39000 / 3600 + 0.4 * 20 + 0.2 * 14));
}

TEST_CASE("greenest: what emits and draws the same is decided by its full cost") {
    outcome<double> dearer = typical, greener = typical;
    dearer.full_cost = typical.full_cost + 1_usd;
    greener.full_cost = 2.0 * typical.full_cost;
    greener.energy.carbon = *typical.energy.carbon - 0.001_kg;
    const auto standing = [](const outcome<double>& o) { return standing_of(by_carbon(o)); };
    CHECK(standing(typical) < standing(dearer));
    CHECK(standing(greener) < standing(typical));
    CHECK(standing(typical) == standing(outcome<double>(typical)));
}

TEST_CASE("each limit, just met and just failed") {
    workload w;
    const auto margin = [&](limit l) { return *check(typical, w)[l]; };
    const auto only = [&](limit l) {
        const verdict v = check(typical, w);
        return v.reason() == to_errc(l) && !v.feasible() && v.binding() == static_cast<int>(l);
    };
    CHECK(check(typical, w).feasible());
    CHECK(margin(limit::memory) == Approx(0.2));

    w.limits.deadline = 39000_s;
    CHECK((check(typical, w).feasible() && margin(limit::deadline) == 0.0));
    w.limits.deadline = 30000_s;
    CHECK(margin(limit::deadline) == Approx(-0.3));
    CHECK(only(limit::deadline));
    w.limits = {.budget = 5900_usd};
    CHECK(check(typical, w).feasible());
    w.limits = {.budget = 2950_usd};
    CHECK((only(limit::budget) && margin(limit::budget) == Approx(-1.0)));
    w.limits = {.carbon = 1399_kg};
    CHECK(only(limit::carbon));
    w.limits = {.power = 300_kW};
    CHECK(check(typical, w).feasible());
    w.limits = {.power = 299_kW};
    CHECK(only(limit::power));
    w.limits = {.availability = 0.997};
    CHECK(margin(limit::availability) == Approx(0.0).margin(1e-9));
    w.limits = {.availability = 0.999}; // allowed 0.1 %, 0.3 % expected
    CHECK((only(limit::availability) && margin(limit::availability) == Approx(-2.0)));
    w.limits = {.budget = 0_usd};
    CHECK((only(limit::budget) && margin(limit::budget) == -1.0));
}

TEST_CASE("limits of services") {
    workload w;
    w.task = inference{.objective = {.first_token = 300_ms, .per_token = 30_ms, .percentile = 0.95}};
    CHECK(check(typical, w).feasible());
    CHECK(*check(typical, w)[limit::attainment] == Approx(0.02));
    std::get<inference>(w.task).objective.first_token = 200_ms;
    CHECK(check(typical, w).reason() == errc::slo_missed);
    std::get<inference>(w.task).objective = {.percentile = 0.95};
    CHECK_FALSE(check(typical, w)[limit::attainment]); // nothing is asked
    outcome<double> busy = typical;
    busy.reliability.load = 1.0;
    CHECK(check(busy, w).reason() == errc::overloaded);
    w.task = session{.objective = {.per_token = 10_ms}};
    CHECK_FALSE(check(typical, w).feasible());
    w.task = transfer{};
    outcome<double> o = typical;
    o.reliability.memory_share = 7.0; // a transfer needs no device
    CHECK(check(o, w).feasible());
    CHECK(check(o, w).binding() == limit_count);
}

TEST_CASE("a total that is no finite number is not feasible") {
    outcome<double> o = typical;
    o.full_cost = units::money::from_si(0.0 / 0.0);
    CHECK_FALSE(by_full_cost(o).feasible);
    o.full_cost = units::money::from_si(1e308) * 10.0;
    CHECK_FALSE(by_full_cost(o).feasible);
    CHECK(by_time(o).feasible); // does not ask for it
}

TEST_CASE("a limit on what is not known does not count as met") {
    workload w;
    w.limits.budget = 1e9 * 1_usd;
    outcome<double> o = typical;
    o.money.total = {};
    CHECK(check(o, w).unverifiable);
    CHECK_FALSE(check(o, w).feasible());
    CHECK(check(o, w).reason() == errc::unknown_value);
    w.limits = {.carbon = 1e9 * 1_kg};
    CHECK(check(o, w).feasible());
    o.energy.carbon = {};
    CHECK_FALSE(check(o, w).feasible());

    const auto not_met = [](auto change, const limits& l, limit which) {
        workload asked;
        outcome<double> lacking = typical;
        change(lacking);
        const bool fine = check(lacking, asked).feasible(); // nothing is asked
        asked.limits = l;
        const verdict v = check(lacking, asked);
        return fine && v.unverified(which) && !v.feasible() && !v[which] && v.reason() == errc::unknown_value;
    };
    const auto day = limits{.deadline = 86400_s};
    CHECK(not_met([](auto& x) { x.time.wait = {}; }, day, limit::deadline));
    CHECK(not_met([](auto& x) { x.time.jitter = {}; }, day, limit::deadline));
    CHECK(not_met([](auto& x) { x.time.loss = {}; }, day, limit::deadline));
    CHECK(not_met([](auto& x) { x.reliability.joint = {}; }, {.availability = 0.5}, limit::availability));
    CHECK(not_met([](auto& x) { x.energy.peak_power = {}; }, {.power = 1000_MW}, limit::power));
    // what is known is too late already
    o = typical;
    o.time.wait = {};
    w.limits = {.deadline = 30000_s};
    CHECK((check(o, w).reason() == errc::past_deadline && check(o, w).failed(limit::deadline)));

    w.limits = {};
    w.task = inference{.objective = {.first_token = 300_ms, .percentile = 0.95}};
    o = typical;
    o.time.wait = {}; // of devices, before the service begins
    CHECK(check(o, w).feasible());
    o.time.jitter = {};
    CHECK((check(o, w).unverified(limit::first_token) && check(o, w).unverified(limit::attainment)));
    std::get<inference>(w.task).objective = {.per_token = 30_ms, .percentile = 0.95};
    CHECK(check(o, w).feasible());
}

TEST_CASE("no margin is infinite") {
    workload w;
    w.limits.deadline = units::duration::from_si(5e-324);
    CHECK(math::finite(static_cast<double>(*check(typical, w)[limit::deadline])));
    CHECK(check(typical, w).reason() == errc::past_deadline);
}
