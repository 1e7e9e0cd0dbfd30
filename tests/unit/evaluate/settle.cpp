// SPDX-License-Identifier: Apache-2.0
// Energy, carbon and money by hand; what is not known stays not known, and never ranks as free.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/terms.hpp>

using namespace support;

namespace {
// Two sites of ten devices for an hour, joined by 100 Gb/s.
features<double> hour() {
    features<double> f;
    f.sites = 2;
    for (int i = 0; i < 2; ++i) {
        auto& s = f.site[i];
        s.devices = 10.0;
        s.idle_power = 100_W;
        s.max_power = 700_W;
        s.host_power = 375_W;
        s.pue = 1.2;
        s.price = 2.5_usd_per_h;
        s.availability = 0.99;
    }
    auto& p = f.pair[0];
    p.rate = 100_Gbps;
    p.lease = 7_usd_per_h;
    p.set_up_fee = 500_usd;
    p.egress = 0.01_usd_per_GB;
    p.power = 30_W;
    p.availability = 0.999;
    return f;
}
performance<double> ran() {
    performance<double> p;
    p.compute = 54_min;
    p.exposed = 6_min;
    p.staging = 1_h;
    p.queue = 10_min;
    p.utilisation = 0.9;
    p.carried = 1_TB;
    return p;
}
supply<double> grid() {
    supply<double> g;
    g.price[0] = 0.1_usd_per_kWh;
    g.price[1] = 0.3_usd_per_kWh;
    g.carbon[0] = 100_g_per_kWh;
    g.carbon[1] = 500_g_per_kWh;
    return g;
}
valuation worth() {
    valuation v;
    v.value_of_time = 50_usd_per_h;
    v.carbon_price = 80_usd_per_t;
    v.price_stand_in = 4_usd_per_h;
    v.energy_price_stand_in = 0.4_usd_per_kWh;
    v.carbon_stand_in = 800_g_per_kWh;
    v.pue_stand_in = 1.6;
    v.lease_stand_in = 0.2_usd_per_Gbps_h;
    v.egress_stand_in = 0.09_usd_per_GB;
    return v;
}
constexpr double watts = 10 * (100 + 600 * 0.9 + 375); // of a site
} // namespace

TEST_CASE("E1-E3, E6: energy and carbon by hand") {
    const auto o = settle(hour(), ran(), grid(), worth());
    CHECK(in_exchange_unit(*o.energy.it) == Approx(2 * watts / 1000));
    CHECK(in_exchange_unit(*o.energy.facility) == Approx(1.2 * 2 * watts / 1000));
    CHECK(in_exchange_unit(o.energy.transport) == Approx(0.030 * 2)); // while data is staged, too
    CHECK(o.energy.total()->si() == Approx(o.energy.facility->si() + o.energy.transport.si()));
    CHECK(terms::energy{}.cost(o) == scalar<double>(*o.energy.total() / 1_kWh)); // what meters show
    const double site_kwh = 1.2 * watts / 1000;
    CHECK(o.energy.carbon->si() == Approx(site_kwh * 0.1 + site_kwh * 0.5 + 0.060 * 0.1));
    CHECK(o.energy.peak_power->si() == Approx(20 * 1075));
}

TEST_CASE("money by hand") {
    const auto o = settle(hour(), ran(), grid(), worth());
    CHECK(o.money.compute->si() == Approx(20 * 2.5));
    CHECK(o.money.lease->si() == Approx(14)); // staging and run
    CHECK(o.money.set_up->si() == Approx(500));
    CHECK(o.money.storage->si() == Approx(2 * 1000 * 0.01)); // both directions
    const double site_kwh = 1.2 * watts / 1000;
    CHECK(o.money.energy->si() == Approx(site_kwh * 0.4));
    const double joint = 0.999 * 0.99 * 0.99;
    CHECK(*o.reliability.joint == Approx(joint));
    CHECK(o.money.outages.si() == Approx((1 - joint) * 50));
    CHECK(o.money.total->si() == Approx(50 + 14 + 500 + 20 + site_kwh * 0.4 + (1 - joint) * 50));
    CHECK(o.time.completion == 130_min);
    CHECK(o.full_cost.si() == Approx(o.money.total->si() + 0.080 * o.energy.carbon->si() + 50 * 130 / 60.0));
    CHECK(*o.network_efficiency == Approx(8e12 / (100e9 * 7200)));
    CHECK(unknown_bits(hour(), grid()) == 0);
}

TEST_CASE("volume is billed where it passes: over trees, along a pipeline, and by no connection that carries nothing") {
    auto f = hour();
    f.sites = 3;
    f.site[2] = f.site[1];
    const auto connect = [&](int i, int j, units::bit_rate rate, maybe<units::volume_price> egress) {
        auto& p = f.pair[pair_index(i, j)];
        p = f.pair[0];
        p.rate = rate;
        p.egress = egress;
    };
    connect(1, 2, 400_Gbps, 0.03_usd_per_GB);
    connect(0, 2, 500_Gbps, 0.05_usd_per_GB);
    auto p = ran();
    // over trees, 1 TB each line of them: 1 : 4 : 5
    CHECK(settle(f, p, grid(), worth()).money.storage->si() == Approx(200 * 0.01 + 800 * 0.03 + 1000 * 0.05));
    connect(0, 2, 4000_Gbps, 0.05_usd_per_GB); // no faster line carries more than all
    CHECK(settle(f, p, grid(), worth()).money.storage->si() == Approx(200 * 0.01 + 800 * 0.03 + 1000 * 0.05));
    connect(0, 2, {}, {}); // a bridge carries all, however slow
    CHECK(settle(f, p, grid(), worth()).money.storage->si() == Approx(1000 * 0.01 + 1000 * 0.03));
    connect(0, 2, 500_Gbps, 0.05_usd_per_GB);
    p.pipelined = 1.0; // two cuts, each of half of it
    CHECK(settle(f, p, grid(), worth()).money.storage->si() == Approx(1000 * 0.01 + 1000 * 0.03));
    connect(0, 2, 500_Gbps, {});
    CHECK(settle(f, p, grid(), worth()).money.storage->si() == Approx(1000 * 0.01 + 1000 * 0.03));
    connect(0, 2, {}, {});
    CHECK(settle(f, p, grid(), worth()).money.storage->si() == Approx(1000 * 0.01 + 1000 * 0.03));
}

TEST_CASE("a lease is billed for its minimum, and in whole increments") {
    const auto lease = [](units::duration least, units::duration step) {
        auto f = hour();
        f.pair[0].least_lease = least;
        f.pair[0].lease_step = step;
        const auto o = settle(f, ran(), grid(), worth());
        CHECK(in_exchange_unit(o.energy.transport) == Approx(0.060)); // what is billed is not all used
        return o.money.lease->si();
    };
    CHECK(lease({}, {}) == Approx(14)); // two hours
    CHECK(lease(1_h, {}) == Approx(14));
    CHECK(lease(24_h, {}) == Approx(168));
    CHECK(lease({}, 90_min) == Approx(21));
    CHECK(lease(150_min, 1_h) == Approx(21));
    auto f = hour(); // what is not connected has no minimum
    f.pair[0].rate = {};
    f.pair[0].least_lease = 24_h;
    CHECK(settle(f, ran(), grid(), worth()).money.lease == 0_usd);
}

TEST_CASE("transport is charged while it is reserved, staging included, and no longer") {
    auto p = ran();
    p.queue = 100_h; // before anything is leased
    CHECK(in_exchange_unit(settle(hour(), p, grid(), worth()).energy.transport) == Approx(0.060));
    auto f = hour();
    f.pair[0].rate = {}; // no connection: nothing is powered for it
    CHECK(settle(f, p, grid(), worth()).energy.transport.si() == 0);
}

TEST_CASE("what encryption adds to packets is reserved and leased, and carries nothing useful") {
    auto f = hour();
    f.pair[0].rate = 99_Gbps;
    f.pair[0].headers = 1_Gbps;
    f.pair[0].lease = {};
    const auto o = settle(f, ran(), grid(), worth());
    CHECK(*o.network_efficiency == Approx(8e12 / (100e9 * 7200)));
    f = hour();
    f.pair[0].lease = {};
    CHECK(o.full_cost.si() == Approx(settle(f, ran(), grid(), worth()).full_cost.si()));
    f.access = f.pair[0]; // a pair's, taken once
    f.access.headers = 2_Gbps;
    f.own_access = 0.0;
    CHECK(*settle(f, ran(), grid(), worth()).network_efficiency == Approx(8e12 / (100e9 * 7200)));
}

TEST_CASE("energy that the rental covers is not billed again, but emits") {
    auto f = hour();
    f.site[0].energy_included = f.site[1].energy_included = 1.0;
    supply<double> g = grid();
    g.price[0] = g.price[1] = {};
    const auto o = settle(f, ran(), g, worth());
    CHECK(o.money.energy.value() == 0_usd);
    CHECK(*o.energy.carbon == *settle(hour(), ran(), grid(), worth()).energy.carbon);
}

TEST_CASE("negative prices pay") {
    supply<double> g = grid();
    g.price[0] = -(2_usd_per_kWh);
    const auto o = settle(hour(), ran(), g, worth());
    CHECK(o.money.energy->si() < 0);
    CHECK(o.full_cost < settle(hour(), ran(), grid(), worth()).full_cost);
}

TEST_CASE("an unknown leaves its line unknown, and the full cost counts the dearest known") {
    const auto all = settle(hour(), ran(), grid(), worth());
    const auto without = [&](auto change) {
        auto f = hour();
        auto g = grid();
        change(f, g);
        return settle(f, ran(), g, worth());
    };
    const auto rental = without([](auto& f, auto&) { f.site[1].price = {}; });
    CHECK_FALSE((rental.money.compute || rental.money.total));
    CHECK((rental.full_cost - all.full_cost).si() == Approx(10 * (4 - 2.5)));

    const auto power = without([](auto&, auto& g) { g.price[1] = {}; });
    CHECK_FALSE((power.money.energy || power.money.total));
    CHECK((power.full_cost - all.full_cost).si() == Approx(1.2 * watts / 1000 * (0.4 - 0.3)));

    const auto carbon = without([](auto&, auto& g) { g.carbon[1] = {}; });
    CHECK_FALSE(carbon.energy.carbon);
    CHECK(carbon.money.total);
    CHECK((carbon.full_cost - all.full_cost).si() == Approx(0.080 * 1.2 * watts / 1000 * (0.8 - 0.5)));

    const auto pue = without([](auto& f, auto&) { f.site[1].pue = {}; });
    CHECK_FALSE((pue.energy.facility || pue.energy.total() || pue.energy.carbon || pue.money.energy));
    CHECK(pue.energy.it == all.energy.it);
    CHECK((pue.full_cost - all.full_cost).si() == Approx((1.6 - 1.2) * watts / 1000 * (0.3 + 0.080 * 0.5)));

    const auto lease = without([](auto& f, auto&) { f.pair[0].lease = {}; });
    CHECK_FALSE((lease.money.lease || lease.money.total));
    CHECK((lease.full_cost - all.full_cost).si() == Approx(2 * (20 - 7)));

    const auto egress = without([](auto& f, auto&) { f.pair[0].egress = {}; });
    CHECK_FALSE(egress.money.storage);
    CHECK((egress.full_cost - all.full_cost).si() == Approx(2000 * (0.09 - 0.01)));
}

TEST_CASE("which figure is unknown, and none that only depends on it") {
    const auto bits = [](auto change) {
        auto f = hour();
        auto g = grid();
        change(f, g);
        return unknown_bits(f, g);
    };
    CHECK(bits([](auto& f, auto&) { f.site[1].price = {}; }) == unknowns::price);
    CHECK(bits([](auto&, auto& g) { g.price[0] = {}; }) == unknowns::energy_price);
    CHECK(bits([](auto& f, auto& g) { f.site[0].energy_included = 1.0, g.price[0] = {}; }) == 0);
    CHECK(bits([](auto&, auto& g) { g.carbon[1] = {}; }) == unknowns::carbon);
    CHECK(bits([](auto& f, auto&) { f.site[1].pue = {}; }) == unknowns::pue);
    CHECK(bits([](auto& f, auto&) { f.pair[0].lease = {}; }) == unknowns::lease);
    CHECK(bits([](auto& f, auto&) { f.pair[0].egress = {}; }) == unknowns::egress);
    CHECK(bits([](auto& f, auto&) { f.pair[0].set_up_fee = {}; }) == unknowns::set_up);
    CHECK(bits([](auto& f, auto&) { f.site[1].queue_wait_known = false; }) == unknowns::wait);
    CHECK(bits([](auto& f, auto&) { f.site[1].power_known = false; }) == unknowns::power);
    CHECK(bits([](auto& f, auto&) { f.site[1].availability_known = false; }) == unknowns::availability);
    CHECK(bits([](auto& f, auto&) { f.pair[0].availability_known = false; }) == unknowns::availability);
    CHECK(bits([](auto& f, auto&) { f.pair[0].jitter_known = false; }) == unknowns::jitter);
    CHECK(bits([](auto& f, auto&) { f.pair[0].loss_known = false; }) == unknowns::loss);
    CHECK(bits([](auto& f, auto&) { f.access.jitter_known = false; }) == 0); // there is no access
}

TEST_CASE("what counts as none where it is not stated is absent from the outcome") {
    const auto all = settle(hour(), ran(), grid(), worth());
    CHECK((*all.time.wait == 0_s && *all.time.jitter == 0_us && *all.time.loss == 0.0));
    const auto without = [&](auto change) {
        auto f = hour();
        change(f);
        return settle(f, ran(), grid(), worth());
    };
    const auto wait = without([](auto& f) { f.site[0].queue_wait_known = false; });
    CHECK((!wait.time.wait && wait.time.jitter && wait.time.completion == all.time.completion));
    CHECK_FALSE(without([](auto& f) { f.pair[0].jitter_known = false; }).time.jitter);
    CHECK_FALSE(without([](auto& f) { f.pair[0].loss_known = false; }).time.loss);
    const auto up = without([](auto& f) { f.site[1].availability_known = false; });
    CHECK((!up.reliability.sites && !up.reliability.joint && up.reliability.network));
    CHECK((up.money.total == all.money.total && up.time.outages == all.time.outages)); // of what is known
    CHECK_FALSE(without([](auto& f) { f.pair[0].availability_known = false; }).reliability.joint);
    const auto power = without([](auto& f) { f.site[1].power_known = false; });
    CHECK_FALSE((power.energy.it || power.energy.facility || power.energy.carbon || power.energy.peak_power ||
                 power.money.energy || power.money.total));
    CHECK(power.full_cost == all.full_cost); // with the stand-in
}

TEST_CASE("no network, no network's unknowns") {
    auto f = hour();
    f.sites = 1;
    const auto o = settle(f, ran(), grid(), worth());
    CHECK((o.money.lease.value() == 0_usd && o.money.set_up.value() == 0_usd && o.money.storage.value() == 0_usd));
    CHECK_FALSE(o.network_efficiency);
    CHECK(*o.reliability.network == 1.0);
    CHECK(o.energy.transport.si() == 0);
}

TEST_CASE("full cost never falls when something becomes dearer") {
    dice d(3);
    for (int i = 0; i < 2000; ++i) {
        const auto f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        const auto p = compute(f, random_training(d), calibration{});
        const auto g = random_supply(d);
        const valuation v = random_valuation(d);
        const auto cost = settle(f, p, g, v).full_cost;
        valuation dearer = v;
        dearer.value_of_time += 1_usd_per_h;
        dearer.carbon_price += 1_usd_per_t;
        REQUIRE(settle(f, p, g, dearer).full_cost >= cost);
        features<double> dear = f;
        for (int k = 0; k < f.sites; ++k)
            if (dear.site[k].price) dear.site[k].price = 2 * *dear.site[k].price;
        REQUIRE(settle(dear, p, g, v).full_cost >= cost);
    }
}

TEST_CASE("volume: no dearer connection makes it cheaper, none is billed more than all, and all add up") {
    dice d(5);
    for (int i = 0; i < 1000; ++i) {
        auto f = random_features(d, 2 + static_cast<int>(d.below(max_shares - 1)));
        const auto p = compute(f, random_training(d), calibration{});
        f.access = {};
        const auto billed = [&](units::volume_price all, int dear) {
            for (auto& pair : f.pair) pair.egress = all;
            if (dear >= 0) f.pair[dear].egress = all + 0.05_usd_per_GB;
            return settle(f, p, {}, {}).money.storage->si();
        };
        const double sum = (2.0 * p.carried * 0.05_usd_per_GB).si();
        if (!(sum > 0) || sum >= 1e290) continue;
        REQUIRE(billed(0.05_usd_per_GB, -1) == Approx(sum));
        double each = 0;
        for (int k = 0; k < f.sites * (f.sites - 1) / 2; ++k) {
            const double more = billed({}, k);
            REQUIRE(more >= 0);
            REQUIRE(more <= sum / (f.sites - 1) * (1 + 1e-12));
            each += more;
            REQUIRE(billed(0.05_usd_per_GB, k) >= sum * (1 - 1e-12));
        }
        REQUIRE(each == Approx(sum));
    }
}
