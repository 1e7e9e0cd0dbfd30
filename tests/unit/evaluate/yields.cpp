// SPDX-License-Identifier: Apache-2.0
// What an outcome yields: J1 to J4 and SCI by hand.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/yields.hpp>
#include <uonaco/testing/outcomes.hpp>

using namespace support;

namespace {
const outcome<double> typical = laws::typical_outcome();
}

TEST_CASE("functional units and useful work") {
    const training t{.parameters = 70'000'000'000, .tokens_per_step = 16 << 20, .steps = 100};
    CHECK(yields::tokens(t) == 100.0 * (16 << 20));
    CHECK(yields::useful_work(t).si() == Approx(6 * 70e9 * 100.0 * (16 << 20)));
    training mixture = t;
    mixture.active_parameters = 7'000'000'000;
    CHECK(yields::useful_work(mixture).si() == Approx(yields::useful_work(t).si() / 10));
    inference w;
    w.model.parameters = 8'000'000'000;
    w.requests = 10_per_s;
    w.input_tokens = 300;
    w.output_tokens = 100;
    w.duration = 1_h;
    CHECK(static_cast<double>(yields::tokens(w)) == Approx(3.6e6));
    CHECK(yields::useful_work(w).si() == Approx(2 * 8e9 * 400 * 36000.0));
}

TEST_CASE("E6: SCI of an outcome is that of its energy at its intensity") {
    CHECK(yields::software_carbon_intensity(typical, 1e6)->si() == Approx(1400 / 1e6));
    CHECK(yields::software_carbon_intensity(typical, 1e6, 600_kg)->si() == Approx(2000 / 1e6));
    outcome<double> o = typical;
    o.energy.carbon = power::carbon<double>(3600_kWh, 400_g_per_kWh);
    CHECK(yields::software_carbon_intensity(o, 1e6, 60_kg)->si() ==
          Approx(power::software_carbon_intensity<double>(3600_kWh, 400_g_per_kWh, 60_kg, 1e6).si()));
    o.energy.carbon = {};
    CHECK(!yields::software_carbon_intensity(o, 1e6, 60_kg)); // what is made does not stand for what is not known
}

TEST_CASE("J1 to J4 by hand") {
    CHECK(yields::work_per_energy(typical, 3603.0 * 1_PFLOP)->si() == Approx(1e15 / 3.6e6)); // facility and transport
    CHECK(yields::money_each(typical, 1e6)->si() == Approx(5900 / 1e6));
    CHECK(yields::joint_yield(typical)->si() == Approx(0.95 * 0.997 * 0.97));
    features<double> f;
    f.sites = 2;
    f.site[0] = {.devices = 1024, .peak = 989_TFLOPS, .mfu = 0.45};
    f.site[1] = {.devices = 512, .peak = 312_TFLOPS, .mfu = 0.5};
    CHECK(yields::equivalent_speed(f, typical)->si() == Approx(0.95 * (1024 * 989e12 * 0.45 + 512 * 312e12 * 0.5)));
}

TEST_CASE("yields of what is not known are not known") {
    const outcome<double> nothing;
    CHECK(!yields::software_carbon_intensity(nothing, 1.0));
    CHECK(!yields::money_each(nothing, 1.0));
    CHECK(!yields::work_per_energy(nothing, 1_PFLOP));
    CHECK(!yields::joint_yield(nothing));
    CHECK(!yields::equivalent_speed(features<double>{}, nothing));
    outcome<double> free = typical; // draws nothing: no work a joule, and no infinity
    free.energy.facility = units::energy{};
    free.energy.transport = {};
    CHECK(!yields::work_per_energy(free, 1_PFLOP));
}

TEST_CASE("J4 is the speed at which a training over two sites goes on") {
    features<double> f;
    f.sites = 2;
    for (int i = 0; i < 2; ++i) f.site[i] = {.devices = 1024, .peak = 989_TFLOPS, .mfu = 0.45, .memory = 80_GB};
    f.pair[0].rate = 100_Gbps;
    const training t{.parameters = 70'000'000'000, .tokens_per_step = 16 << 20, .steps = 100};
    const auto o = settle(f, compute(f, t, calibration{}), supply<double>{}, valuation{});
    const double speed = yields::equivalent_speed(f, o)->si();
    CHECK(yields::useful_work(t).si() / 100 / o.time.step.si() == Approx(speed));
}

TEST_CASE("yields over lanes are the same") {
    outcome<lanes<2>> both;
    outcome<double> other = typical;
    other.energy.facility = 7200_kWh;
    other.money.total = 100_usd;
    other.energy.carbon = {};
    const outcome<double> each[] = {typical, other};
    for (int i = 0; i < 2; ++i) {
        using uonaco::detail::put;
        put(both.energy.facility, i, each[i].energy.facility);
        put(both.energy.transport, i, each[i].energy.transport);
        put(both.energy.carbon, i, each[i].energy.carbon);
        put(both.money.total, i, each[i].money.total);
        put(both.compute_efficiency, i, each[i].compute_efficiency);
        put(both.reliability.joint, i, each[i].reliability.joint);
        put(both.reliability.attainment, i, each[i].reliability.attainment);
    }
    for (int i = 0; i < 2; ++i) {
        const auto same = [i](const auto& plain, const auto& block) {
            CHECK(plain.known() == lane(block.known(), i));
            CHECK(laws::detail::same_bits(plain.value_or({}).si(), block.value_or({}).si()[i]));
        };
        same(yields::software_carbon_intensity(each[i], 1e6, 1_kg), yields::software_carbon_intensity(both, 1e6, 1_kg));
        same(yields::money_each(each[i], 1e6), yields::money_each(both, 1e6));
        same(yields::work_per_energy(each[i], 1_PFLOP), yields::work_per_energy(both, 1_PFLOP));
        same(yields::joint_yield(each[i]), yields::joint_yield(both));
    }
}
