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

TEST_CASE("one more site never makes the best placement worse") {
    dice d(31);
    int compared = 0;
    for (int trial = 0; trial < 4000; ++trial) {
        estate e = random_estate(d);
        workload w = random_workload(d, e);
        w.value_of_time = 100_usd_per_h; // else the market that a new site is part of decides it
        auto s = *survey::of(e);
        const auto before = place_one(s, w, by_full_cost, exhaustive{});
        if (!before) continue;
        const units::money cost = before->best.outcome.full_cost;
        e.sites.push_back({.id = "one more", .pue = 1.0, .security = {encryption::line, isolation::dedicated}});
        e.pools.push_back({.id = "one more",
                           .site = "one more",
                           .model = "H100 SXM",
                           .total_count = 64,
                           .free_count = 64,
                           .max_power = 1_W, // no stand-in becomes higher by it
                           .price = units::price_rate{}});
        auto more = *survey::of(e);
        const auto after = place_one(more, w, by_full_cost, exhaustive{});
        INFO("trial " << trial);
        REQUIRE(after);
        REQUIRE(at_most(after->best.outcome.full_cost.si(), cost.si()));
        ++compared;
    }
    CHECK(compared > 1000);
}
