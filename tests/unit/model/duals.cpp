// SPDX-License-Identifier: Apache-2.0
// The formulas over duals: the bits of the formulas over double, and slopes that are finite.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/sensitivity.hpp>

using namespace support;

namespace {
using rep = dual<2>;

std::string compare(const outcome<double>& plain, const outcome<rep>& over) {
    std::string bad;
    const auto same = [&](const char* name, auto a, auto b) {
        if (!bad.empty()) return;
        if (!laws::detail::same_bits(a.si(), b.si().value)) bad = name;
        if (!math::finite(b.si())) bad = std::string(name) + ": slope";
    };
    const auto same_maybe = [&](const char* name, auto a, auto b) {
        if (bad.empty() && a.known() != b.known()) bad = name;
        if (bad.empty() && a.known()) same(name, *a, *b);
    };
#define UONACO_SAME(member) same(#member, plain.member, over.member)
    UONACO_SAME(time.queue);
    UONACO_SAME(time.provisioning);
    UONACO_SAME(time.staging);
    UONACO_SAME(time.compute);
    UONACO_SAME(time.exposed_communication);
    UONACO_SAME(time.lost);
    UONACO_SAME(time.completion);
    UONACO_SAME(time.step);
    UONACO_SAME(time.first_token);
    UONACO_SAME(time.per_token);
    UONACO_SAME(money.outages);
    UONACO_SAME(energy.transport);
    UONACO_SAME(reliability.goodput);
    UONACO_SAME(reliability.attainment);
    UONACO_SAME(reliability.memory_share);
    UONACO_SAME(reliability.load);
    UONACO_SAME(full_cost);
    UONACO_SAME(time.outages);
#undef UONACO_SAME
    same_maybe("time.wait", plain.time.wait, over.time.wait);
    same_maybe("time.jitter", plain.time.jitter, over.time.jitter);
    same_maybe("time.loss", plain.time.loss, over.time.loss);
    same_maybe("energy.it", plain.energy.it, over.energy.it);
    same_maybe("energy.peak_power", plain.energy.peak_power, over.energy.peak_power);
    same_maybe("reliability.joint", plain.reliability.joint, over.reliability.joint);
    return bad;
}

template <class Task>
void same(Task (*random_task)(dice&), unsigned seed) {
    dice d(seed);
    const calibration c;
    for (int i = 0; i < 1000; ++i) {
        const auto f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        const Task t = random_task(d);
        const auto g = random_supply(d);
        const auto v = random_valuation(d);
        features<rep> x;
        x.sites = f.sites;
        for_each_column(x, f, uonaco::detail::held_constant<rep>{});
        supply<rep> h;
        for (int k = 0; k < f.sites; ++k) {
            if (g.price[k]) h.price[k] = units::with_rep<units::energy_price, rep>(*g.price[k]);
            if (g.carbon[k]) h.carbon[k] = units::with_rep<units::carbon_intensity, rep>(*g.carbon[k]);
        }
        uonaco::detail::vary(x.pair[0].rate, 0);
        uonaco::detail::vary(x.site[0].devices, 1);
        INFO("seed " << seed << ", candidate " << i);
        REQUIRE(compare(settle(f, compute(f, t, c), g, v), settle(x, compute(x, t, c), h, v)) == "");
    }
}
} // namespace

TEST_CASE("over duals: training") { same(random_training, 21); }
TEST_CASE("over duals: inference") { same(random_inference, 22); }
TEST_CASE("over duals: sessions") { same(random_session, 23); }
TEST_CASE("over duals: transfers") { same(random_transfer, 24); }
