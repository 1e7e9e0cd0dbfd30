// SPDX-License-Identifier: Apache-2.0
// Soft and hard limits, other ways with unknowns, aggregations, orders of preference.
#include "catch.hpp"

#include <uonaco/evaluate/lexicographic.hpp>
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/testing/outcomes.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const outcome<double> typical = laws::typical_outcome();

outcome<double> without_carbon() {
    outcome<double> o = typical;
    o.energy.carbon = {};
    return o;
}
} // namespace

TEST_CASE("every figure of an outcome is a term, in its words and its unit") {
    CHECK(terms::queue_time{60_s}.cost(typical) == 1.0);
    CHECK(terms::provisioning_time{60_s}.cost(typical) == 3.0);
    CHECK(terms::staging_time{60_s}.cost(typical) == 10.0);
    CHECK(terms::compute_time{}.cost(typical) == 10.0);
    CHECK(terms::exposed_communication{}.cost(typical) == 0.5);
    CHECK(terms::lost_time{}.cost(typical) == Approx(0.1));
    CHECK(terms::step_time{}.cost(typical) == 4.0);
    CHECK(terms::per_token{}.cost(typical) == Approx(3.0));
    CHECK(*terms::rental{}.cost(typical) == 5000.0);
    CHECK(*terms::data_egress{}.cost(typical) == 20.0);
    CHECK(*terms::circuit_lease{}.cost(typical) == 70.0);
    CHECK(*terms::circuit_set_up{}.cost(typical) == 500.0);
    CHECK(*terms::energy_cost{}.cost(typical) == 300.0);
    CHECK(terms::outages{}.cost(typical) == 10.0);
    CHECK(terms::outage_time{10_s}.cost(typical) == 11.0);
    CHECK(*terms::device_wait{60_s}.cost(typical) == 1.0);
    CHECK(*terms::jitter{}.cost(typical) == Approx(1e-3));
    CHECK(*terms::packet_loss{}.cost(typical) == Approx(1e-3));
    CHECK(*terms::it_energy{}.cost(typical) == 3000.0);
    CHECK(*terms::facility_energy{}.cost(typical) == 3600.0);
    CHECK(terms::transport_energy{}.cost(typical) == 3.0);
    CHECK(*terms::peak_power{}.cost(typical) == 300.0);
    CHECK(*terms::network_unavailability{}.cost(typical) == Approx(1.0));
    CHECK(*terms::site_unavailability{}.cost(typical) == Approx(2.0));
    CHECK(terms::lost_goodput{}.cost(typical) == Approx(1.0));
    CHECK(terms::memory_share{}.cost(typical) == 0.8);
    CHECK(terms::load{}.cost(typical) == 0.7);
    CHECK(terms::idleness{}.cost(typical) == Approx(0.1));
    CHECK(*terms::compute_inefficiency{}.cost(typical) == Approx(0.05));
    CHECK(*terms::network_inefficiency{}.cost(typical) == 0.5);
    CHECK(terms::network_inefficiency{0.25}.worst == 4.0); // the whole of it, in references
    CHECK(std::string(to_string(terms::exposed_communication::kind)) == "exposed_communication");
}

TEST_CASE("a soft limit costs what is above it") {
    const evaluator e{weigh(1.0, terms::completion_time{1_h}), soft(terms::carbon{100_kg}, 500_kg, 2.0),
                      soft(terms::peak_power{}, 300_kW, 7.0)};
    const auto s = e(typical);
    CHECK(s.costs[1] == 9.0); // 1400 kg
    CHECK(s.parts[1] == 18.0);
    CHECK(s.parts[2] == 0.0);
    CHECK(s.total == s.parts[0] + 18.0);
    CHECK(s.feasible);
    CHECK((e.role(0) == term_role::term && e.role(1) == term_role::soft && e.weight(1) == 2.0));
    CHECK(std::string(e.name(1)) == "carbon");
    CHECK(e.ignorable(without_carbon()) == 0b10);
    const evaluator penalised{soft(unknown_as<on_unknown::penalise>(terms::carbon{100_kg}, 900_kg), 500_kg, 2.0)};
    CHECK(penalised(without_carbon()).total == 8.0);
    CHECK(penalised(without_carbon()).unknown[0]);
}

TEST_CASE("a hard limit refuses, and says by how much") {
    const evaluator kept{weigh(1.0, terms::money{}), hard(terms::completion_time{}, 78000_s)};
    const auto good = kept(typical);
    CHECK(good.feasible);
    CHECK(good.margins[1] == Approx(0.5));
    CHECK((good.total == 5900.0 && good.parts[1] == 0.0 && kept.weight(1) == 0.0));
    const evaluator met{weigh(1.0, terms::money{}), hard(terms::completion_time{}, 39000_s)};
    CHECK((met(typical).feasible && met(typical).margins[1] == 0.0));
    const evaluator missed{weigh(1.0, terms::money{}), hard(terms::completion_time{}, 30000_s)};
    CHECK_FALSE(missed(typical).feasible);
    CHECK(missed(typical).margins[1] == Approx(-0.3));
    const evaluator none{weigh(1.0, terms::money{}), hard(terms::queue_time{}, 0_s)};
    CHECK_FALSE(none(typical).feasible);
    CHECK(none(typical).margins[1] == -1.0);
    outcome<double> idle = typical;
    idle.time.queue = {};
    CHECK(none(idle).feasible);
    outcome<double> earning = typical;
    earning.money.energy = -(9_usd);
    const evaluator pays{weigh(1.0, terms::money{}), hard(terms::energy_cost{}, -(5_usd))};
    CHECK(pays(earning).feasible);
    CHECK_FALSE(pays(typical).feasible);
}

TEST_CASE("what is not known keeps no hard limit, unless its worst does") {
    const evaluator e{weigh(1.0, terms::money{}), hard(terms::carbon{}, 1e9 * 1_kg)};
    CHECK(e(typical).feasible);
    CHECK_FALSE(e(without_carbon()).feasible);
    CHECK((e(without_carbon()).unknown[1] && e(without_carbon()).margins[1] < 0.0));
    CHECK(e.ignorable(without_carbon()) == 0);
    const auto assumed = unknown_as<on_unknown::penalise>(terms::carbon{}, 500_kg);
    CHECK(evaluator{hard(assumed, 600_kg)}(without_carbon()).feasible);
    CHECK_FALSE(evaluator{hard(assumed, 400_kg)}(without_carbon()).feasible);
}

TEST_CASE("unknown_as: another way with what is not known") {
    const outcome<double> o = without_carbon();
    CHECK_FALSE(evaluator{weigh(1.0, unknown_as<on_unknown::exclude>(terms::carbon{}))}(o).feasible);
    const evaluator p{weigh(3.0, unknown_as<on_unknown::penalise>(terms::carbon{100_kg}, 2000_kg))};
    CHECK(p(o).total == 60.0);
    CHECK(p.ignorable(o) == 0);
    CHECK(p(typical).total == 3 * 14.0);
    CHECK(std::string(p.name(0)) == "carbon");
    outcome<double> unpriced = typical;
    unpriced.money.total = {};
    const evaluator i{weigh(1.0, unknown_as<on_unknown::ignore>(terms::money{}))};
    CHECK(i(unpriced).feasible);
    CHECK(i.ignorable(unpriced) == 1);
}

TEST_CASE("geometric mean: references and units do not matter, ratios do") {
    outcome<double> other = typical;
    other.time.completion = 0.5 * typical.time.completion;
    other.money.total = units::money(3.0 * *typical.money.total);
    const geometric_mean a{weigh(1.0, terms::completion_time{1_h}), weigh(3.0, terms::money{100_usd})};
    const geometric_mean b{weigh(2.0, terms::completion_time{7_s}), weigh(6.0, terms::money{3000_usd})};
    CHECK(a(typical).total == Approx(std::pow(39000 / 3600.0 * 59 * 59 * 59, 0.25)));
    CHECK(a(other).total / a(typical).total == Approx(std::pow(0.5 * 27, 0.25)));
    CHECK(b(other).total / b(typical).total == Approx(std::pow(0.5 * 27, 0.25)));
    CHECK(math::exp(a(typical).parts[0] + a(typical).parts[1]) == Approx(a(typical).total));
    CHECK(a(typical, 0b01).total == Approx(59.0)); // weights are those of the terms that count
    CHECK(a(typical, 0b11).total == 0.0);
    outcome<double> free = typical;
    free.money.total = 0_usd;
    CHECK(a(free).total > 0.0); // a zero does not hide the time
    CHECK(a(free).total < a(typical).total);
    const geometric_mean limited{weigh(1.0, terms::completion_time{1_h}), soft(terms::carbon{100_kg}, 1300_kg, 0.5)};
    CHECK(limited(typical).total == Approx(39000 / 3600.0 + 0.5));
}

TEST_CASE("the worst case: the largest weighted cost") {
    const worst_case w{weigh(1.0, terms::completion_time{1_h}), weigh(2.0, terms::carbon{100_kg}),
                       soft(terms::money{}, 5800_usd, 0.01)};
    CHECK(w(typical).total == 28.0 + 1.0);
    CHECK(w(typical, 0b10).total == Approx(39000 / 3600.0 + 1.0));
    outcome<double> earning = typical;
    earning.full_cost = -(50_usd);
    CHECK(worst_case{weigh(1.0, terms::full_cost{})}(earning).total == -50.0);
}

TEST_CASE("an order of preference") {
    const auto e = first(terms::full_cost{}, 1000_usd).then(terms::completion_time{1_h}).then(terms::carbon{});
    CHECK((e.size == 3 && e.levels == 3 && std::string(e.name(1)) == "completion time"));
    outcome<double> dear = typical, slow = typical, dirty = typical, much_cheaper = slow;
    dear.full_cost = 20999_usd; // within the same step
    dear.time.completion = 38000_s;
    slow.time.completion = 40000_s;
    dirty.energy.carbon = 9999_kg;
    much_cheaper.full_cost = 19999_usd;
    const auto better = [&](const auto& a, const auto& b) { return standing_of(e(a)) < standing_of(e(b)); };
    CHECK((better(dear, typical) && !better(typical, dear)));
    CHECK((better(typical, slow) && better(dirty, slow) && better(typical, dirty)));
    CHECK((better(much_cheaper, dear) && !better(typical, typical)));
    CHECK(standing_of(e(typical)) == standing_of(e(outcome<double>(typical))));
    CHECK(e(dear).total == 20000.0);
    CHECK(e.ignorable(without_carbon()) == 0b100);
    CHECK(e(dirty, 0b100).later[1] == 0.0);
}

TEST_CASE("levels of several terms, with limits of their own") {
    const auto e = first(evaluator{weigh(1.0, terms::money{}), hard(terms::peak_power{}, 200_kW)}, 100.0)
                       .then(geometric_mean{weigh(1.0, terms::carbon{}), weigh(1.0, terms::completion_time{1_s})});
    const auto s = e(typical);
    CHECK_FALSE(s.feasible);
    CHECK(s.margins[1] == Approx(-0.5));
    CHECK(s.total == 5900.0);
    CHECK(s.later[0] == Approx(std::sqrt(1400.0 * 39000.0)));
    CHECK((e.size == 4 && e.role(1) == term_role::hard && std::string(e.name(2)) == "carbon" && e.weight(3) == 1.0));
    CHECK(e.category(1) == cats_category::compute);
}

TEST_CASE("an order does not depend on what is compared with what") {
    const auto e = first(terms::full_cost{}, 10_usd).then(terms::completion_time{1_s});
    std::vector<standing> all;
    for (int i = 0; i < 60; ++i) {
        outcome<double> o = typical;
        o.full_cost = units::money::from_si((i * 37) % 60);
        o.time.completion = units::duration::from_si((i * 23) % 60);
        all.push_back(standing_of(e(o)));
    }
    for (const auto& a : all)
        for (const auto& b : all)
            for (const auto& c : all) {
                const bool a_equals_b = !(a < b) && !(b < a), b_equals_c = !(b < c) && !(c < b);
                if (a < b && b < c) REQUIRE(a < c);
                if (a_equals_b && b_equals_c) REQUIRE((!(a < c) && !(c < a)));
            }
}

TEST_CASE("nothing infinite comes out, whatever is asked") {
    outcome<double> huge = typical;
    huge.full_cost = units::money::from_si(1e300);
    huge.time.completion = units::duration::from_si(1e300);
    const auto tiny = units::money::from_si(1e-300);
    const auto check = [&](const auto& e) {
        CHECK(math::finite(e(huge).total));
        CHECK(math::finite(e(outcome<double>{}).total));
    };
    check(evaluator{weigh(1e9, terms::full_cost{tiny}), soft(terms::full_cost{tiny}, tiny, 1e9)});
    check(geometric_mean{weigh(1e9, terms::full_cost{tiny}), weigh(1.0, terms::completion_time{})});
    check(worst_case{weigh(1e9, terms::full_cost{tiny}), weigh(1.0, terms::completion_time{})});
    check(first(terms::full_cost{tiny}, tiny).then(terms::completion_time{}, 1_ns));
    CHECK(math::finite(evaluator{hard(terms::full_cost{}, tiny)}(huge).margins[0]));
    CHECK_FALSE(evaluator{hard(terms::full_cost{}, tiny)}(huge).feasible);
}

TEST_CASE("objectives have slopes: what a figure more would cost") {
    using rep = dual<2>;
    outcome<rep> o;
    o.time.completion = quantity<units::kinds::duration, rep>::from_si(rep::variable(7200.0, 0));
    o.full_cost = quantity<units::kinds::money, rep>::from_si(rep(100.0));
    const evaluator sum{weigh(2.0, terms::completion_time{1_h}), soft(terms::completion_time{1_h}, 1_h, 3.0),
                        hard(terms::completion_time{}, 10_h)};
    CHECK(sum(o).total.si().value == 4.0 + 3.0);
    CHECK(sum(o).total.si().slope[0] == Approx(5.0 / 3600));
    CHECK(sum(o).feasible);
    const geometric_mean mean{weigh(1.0, terms::completion_time{1_h}), weigh(1.0, terms::full_cost{})};
    CHECK(mean(o).total.si().slope[0] == Approx(0.5 * std::sqrt(200.0) / 7200));
    const worst_case most{weigh(1.0, terms::completion_time{1_s}), weigh(1.0, terms::full_cost{})};
    CHECK(most(o).total.si().slope[0] == 1.0);
    CHECK(first(terms::completion_time{}, 1_h).then(terms::full_cost{})(o).total.si().slope[0] == 0.0); // in steps
}

namespace {
constexpr evaluator at_compile_time{weigh(1.0, terms::completion_time{1_s}), hard(terms::queue_time{}, 1_h)};
static_assert(at_compile_time(outcome<double>{}).total == 0.0 && at_compile_time(outcome<double>{}).feasible);
static_assert(__is_trivially_copyable(decltype(at_compile_time)));
} // namespace
