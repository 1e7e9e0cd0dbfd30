// SPDX-License-Identifier: Apache-2.0
// What holds whatever the figures: more of a network is never slower, a worse building never cheaper, one more site never worse.
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/place.hpp>

using namespace support;

namespace {
constexpr int cases = 25000; // a family: 100,000 for each law

// A few roundings: the two sides add up in another order.
bool at_most(double a, double b) { return a <= b + 1e-12 * std::abs(b); }

template <class Task>
outcome<double> outcome_of(const features<double>& f, const Task& t, const supply<double>& g, const valuation& v) {
    return settle(f, compute(f, t, calibration{}), g, v);
}

// Calls worse(features, supply) after a change, and compares what it was with what it is.
template <class Task, class Change, class Law>
void hold(Task (*random_task)(dice&), unsigned seed, Change change, Law law) {
    dice d(seed);
    for (int i = 0; i < cases; ++i) {
        features<double> f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        const Task t = random_task(d);
        const supply<double> g = random_supply(d);
        const valuation v = random_valuation(d);
        const auto before = outcome_of(f, t, g, v);
        if (!change(d, f)) continue;
        const auto after = outcome_of(f, t, g, v);
        INFO("seed " << seed << ", case " << i);
        law(before, after, g);
    }
}
pair_features<double>& some_connection(dice& d, features<double>& f) {
    const int pairs = f.sites * (f.sites - 1) / 2;
    const int at = static_cast<int>(d.below(static_cast<unsigned>(pairs) + 1));
    return at == pairs ? f.access : f.pair[at];
}
template <class Change, class Law>
void hold_for_all(unsigned seed, Change change, Law law) {
    hold(random_training, seed, change, law);
    hold(random_inference, seed + 1, change, law);
    hold(random_session, seed + 2, change, law);
    hold(random_transfer, seed + 3, change, law);
}
const auto never_slower = [](const outcome<double>& before, const outcome<double>& after, const supply<double>&) {
    REQUIRE(at_most(after.time.completion.si(), before.time.completion.si()));
    REQUIRE(at_most(after.time.step.si(), before.time.step.si()));
    REQUIRE(at_most(after.time.first_token.si(), before.time.first_token.si()));
    REQUIRE(at_most(before.reliability.attainment.si(), after.reliability.attainment.si()));
};
} // namespace

TEST_CASE("more rate is never slower") {
    hold_for_all(
        1,
        [](dice& d, features<double>& f) {
            auto& c = some_connection(d, f);
            if (!(c.rate.si() > 0)) return false; // a connection that was not there brings its own delay and failures
            c.rate = d.between(1.0, 4.0) * c.rate;
            return true;
        },
        never_slower);
}

TEST_CASE("less delay is never worse") {
    hold_for_all(
        11,
        [](dice& d, features<double>& f) {
            auto& c = some_connection(d, f);
            c.delay = d.between(0.0, 1.0) * c.delay;
            c.jitter = d.between(0.0, 1.0) * c.jitter;
            return true;
        },
        never_slower);
}

TEST_CASE("a higher PUE is never cheaper, where energy is not given away") {
    hold_for_all(
        21,
        [](dice& d, features<double>& f) {
            auto& s = f.site[d.below(static_cast<unsigned>(f.sites))];
            if (!s.pue) return false;
            s.pue = d.between(1.0, 2.0) * *s.pue;
            return true;
        },
        [](const outcome<double>& before, const outcome<double>& after, const supply<double>& g) {
            for (const auto& price : g.price)
                if (price && price->si() < 0) return;
            REQUIRE(at_most(before.full_cost.si(), after.full_cost.si()));
            if (before.money.energy) REQUIRE(at_most(before.money.energy->si(), after.money.energy->si()));
            if (before.energy.carbon) REQUIRE(at_most(before.energy.carbon->si(), after.energy.carbon->si()));
        });
}

namespace {
// One more site with a pool, of which anything may be stated or not: dear or cheap, clean or dirty, it need not be taken. A link to it
// could take the place of another among the few ways that are kept for a pair, so it has none.
void add_site(dice& d, estate& e) {
    site s{.id = "one more", .security = {encryption::line, isolation::dedicated}};
    if (d.one_in(2)) s.pue = d.between(1.0, 5.0);
    if (d.one_in(2)) s.availability = d.between(0.9, 1.0);
    e.sites.push_back(s);
    compute_pool p{.id = "one more", .site = s.id, .model = d.one_in(3) ? "unheard of" : "GB300"};
    if (p.model == "unheard of") p.peak.bf16 = d.quantity<units::flops>(50, 2000), p.memory = 64_GB;
    p.total_count = p.free_count = d.count(4, 1000);
    if (d.one_in(3)) p.max_power = d.quantity<units::power>(1, 5000);
    p.price = d.one_in(3) ? maybe<units::price_rate>(units::price_rate{}) : d.perhaps<units::price_rate>(0.2, 500);
    e.pools.push_back(p);
    power_state g{.id = "one more", .site = s.id};
    g.carbon_intensity = d.perhaps<units::carbon_intensity>(1, 2000);
    g.energy_price = d.perhaps<units::energy_price>(0.01, 5);
    if (d.one_in(2)) e.power.push_back(g);
    if (d.one_in(3)) e.tariffs.push_back({.id = "one more", .lease = 9_usd_per_Gbps_h, .set_up_fee = 9999_usd});
    if (d.one_in(3))
        e.storage.push_back({.id = "one more", .site = s.id, .capacity = 1_TB, .egress_price = 0_usd_per_GB});
}

// In a small space: the law needs all of the candidates there were before, not many of them.
void hold_with_one_more_site(unsigned seed) {
    const generation space{.sites = 2, .counts = 2, .rates = 2};
    dice d(seed);
    int compared = 0;
    for (int trial = 0; trial < cases; ++trial) {
        estate e = random_estate(d);
        workload w = random_workload(d, e);
        if (!w.value_of_time) w.value_of_time = 100_usd_per_h; // else the market that a new site is part of decides it
        const auto carbon_price = d.one_in(2) ? 100_usd_per_t : units::carbon_price{};
        const auto cheapest_in = [&](const estate& world) -> maybe<units::money> {
            auto s = *survey::of(world);
            const auto p = *problem::of(s, w, {}, carbon_price, space);
            const auto found = exhaustive{}(p, by_full_cost);
            if (!found) return {};
            return found->best.outcome.full_cost;
        };
        const auto before = cheapest_in(e);
        if (!before) continue;
        add_site(d, e);
        const auto after = cheapest_in(e);
        INFO("trial " << trial);
        REQUIRE(after);
        REQUIRE(at_most(after->si(), before->si()));
        ++compared;
    }
    CHECK(compared > cases / 5);
}
} // namespace

TEST_CASE("one more site never makes the best placement worse, 1 of 4") { hold_with_one_more_site(31); }
TEST_CASE("one more site never makes the best placement worse, 2 of 4") { hold_with_one_more_site(32); }
TEST_CASE("one more site never makes the best placement worse, 3 of 4") { hold_with_one_more_site(33); }
TEST_CASE("one more site never makes the best placement worse, 4 of 4") { hold_with_one_more_site(34); }

TEST_CASE("what a candidate costs does not depend on what else there is") {
    dice d(41);
    int compared = 0;
    for (int trial = 0; trial < 100000; ++trial) {
        estate e = random_estate(d);
        if (e.pools.empty()) continue;
        workload w = random_workload(d, e);
        if (!w.value_of_time) w.value_of_time = 100_usd_per_h;
        const auto cost_in = [&](const estate& world, assessment& a) {
            const auto s = *survey::of(world);
            candidate c;
            c.add({0}, w.devices.least());
            assess(s, *resolve(s, w, {}, 100_usd_per_t), c, a);
        };
        static assessment before, after;
        cost_in(e, before);
        if (before.structural != errc::none) continue;
        add_site(d, e);
        cost_in(e, after);
        REQUIRE(after.structural == errc::none);
        REQUIRE(after.outcome == before.outcome);
        ++compared;
    }
    CHECK(compared > 5000);
}
