// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/batch.hpp>
#include <uonaco/evaluate/outcome_of.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace support;

namespace {
features<double> plain(int sites) {
    features<double> f;
    f.sites = sites;
    for (int i = 0; i < sites; ++i) {
        f.site[i].devices = 64.0;
        f.site[i].peak = 989_TFLOPS;
        f.site[i].mfu = 0.4;
        f.site[i].memory = 80_GiB;
        f.site[i].memory_rate = 3350_GBps;
        for (int j = 0; j < i; ++j) f.pair[pair_index(j, i)].rate = 400_Gbps;
    }
    return f;
}
const training small{.parameters = 1'000'000'000, .tokens_per_step = 1'000'000, .steps = 10};
} // namespace

TEST_CASE("what formulas take gives the outcome of compute() and settle()") {
    const auto f = plain(2);
    CHECK_FALSE(check(f, small));
    const auto o = outcome_of(f, small);
    REQUIRE(o);
    CHECK(*o == settle(f, compute(f, small, calibration{}), supply<double>{}, valuation{}));
    CHECK(in_range(*o));
}

TEST_CASE("the figure that no formula takes is named") {
    const auto named = [](auto spoil) {
        auto f = plain(3);
        spoil(f);
        const auto o = outcome_of(f, small);
        REQUIRE_FALSE(o);
        CHECK(o.error().code == check(f, small).code);
        return std::string(to_string(o.error().code)) + ": " + o.error().subject + " " +
               std::to_string(check(f, small).row);
    };
    CHECK(named([](auto& f) { f.site[1].peak = units::flops::from_si(5e-324); }) == "figure out of range: site.peak 1");
    CHECK(named([](auto& f) { f.site[2].memory = {}; }) == "figure out of range: site.memory 2");
    CHECK(named([](auto& f) { f.site[0].devices = 0.0; }) == "figure out of range: site.devices 0");
    CHECK(named([](auto& f) { f.pair[1].lease_step = units::duration::from_si(5e-324); }) ==
          "figure out of range: pair.lease_step 1");
    CHECK(named([](auto& f) { f.pair[0].delay = units::latency::from_si(1e300); }) ==
          "figure out of range: pair.delay 0");
    CHECK(named([](auto& f) { f.site[0].pue = 1e300; }) == "figure out of range: site.pue 0");
    CHECK(named([](auto& f) { f.site[0].price = units::price_rate::from_si(0.0 * __builtin_inf()); }) ==
          "figure out of range: site.price 0");
    CHECK(named([](auto& f) { f.pair[1].rate = f.pair[2].rate = {}; }) == "unreachable: pair.rate 2");
    CHECK(named([](auto& f) { f.staging = 1_GB; }) == "unreachable: access.rate 0");
    CHECK(named([](auto& f) { f.sites = 9; }) == "too many: sites 0");
    CHECK(named([](auto& f) { f.sites = 0; }) == "no candidate: sites 0");
    CHECK(outcome_of(features<double>{}, transfer{})); // nothing to move takes no time
}

TEST_CASE("what is gathered from records passes") {
    dice d(3);
    for (int i = 0; i < 2000; ++i) {
        const auto f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        const auto fault = check(f, random_inference(d));
        INFO(fault.figure << " of row " << fault.row << " = " << fault.found);
        REQUIRE_FALSE(fault);
    }
}

TEST_CASE("one figure beyond all others cannot be chosen, alone or in a block") {
    auto f = plain(1);
    f.site[0].max_power = units::power::from_si(1e300);
    f.site[0].pue = 1e300;
    const calibration c;
    const auto o = settle(f, compute(f, small, c), supply<double>{}, valuation{});
    CHECK(o.energy.facility->si() == math::most);
    CHECK_FALSE(in_range(o));
    const verdict v = check(o, workload{.task = small});
    CHECK_FALSE(v.feasible());
    CHECK(v.reason() == errc::out_of_range);

    const evaluator e{weigh(1.0, terms::facility_energy{1_kWh})};
    CHECK_FALSE(e(o).feasible);
    int taken = 0;
    evaluate_blocks(
        pack(&f, 1), small, c, valuation{}, e, [](const block&, const auto&, auto&) {},
        [&](unsigned, double total, bool feasible) {
            ++taken;
            CHECK(math::finite(total));
            CHECK_FALSE(feasible);
        });
    CHECK(taken == 1);
}

TEST_CASE("saturated is what is beyond, or no number; the same bits in lanes") {
    const double zero = 0.0;
    for (const double x :
         {0.0, -0.0, 1.0, -1.0, 5e-324, 1e299, 1e300, -1e300, 1.7e308, -1.7e308, 1 / zero, -1 / zero, zero / zero}) {
        const double y = math::saturate(x);
        CHECK(math::finite(y));
        if (x > -math::most && x < math::most) CHECK(laws::detail::same_bits(x, y));
        CHECK(math::is_saturated(x) == math::is_saturated(y));
        CHECK(laws::detail::same_bits(y, math::saturate(block::rep(x))[0]));
    }
    CHECK(math::saturate(zero / zero) == math::most);
}
