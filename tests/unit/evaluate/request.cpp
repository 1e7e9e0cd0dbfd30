// SPDX-License-Identifier: Apache-2.0
// Estates looked up, workloads looked up in them.
#include "catch.hpp"

#include <uonaco/evaluate/assess.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
errc lookup(const estate& e, const workload& w) {
    const auto s = survey::of(e);
    if (!s) return s.error().code;
    const auto r = resolve(*s, w);
    return r ? errc::none : r.error().code;
}
// The pools a workload may use, by id, in one string.
std::string usable(const estate& e, const workload& w) {
    const auto s = *survey::of(e);
    const auto r = resolve(s, w);
    std::string ids;
    for (const auto p : r->pools) ids += (ids.empty() ? "" : " ") + e.pools[p.value].id.text;
    return ids;
}
const workload job = laws::figure_1_training();
const estate world = laws::figure_1_estate();

template <class Change>
estate changed(Change change) {
    estate e = world;
    change(e);
    return e;
}
template <class Change>
workload asking(Change change) {
    workload w = job;
    change(w);
    return w;
}
} // namespace

TEST_CASE("ids that name nothing are told") {
    CHECK(lookup(world, job) == errc::none);
    CHECK(lookup(changed([](estate& e) { e.pools[0].site = "nowhere"; }), job) == errc::not_found);
    CHECK(lookup(changed([](estate& e) { e.links[0].dst_node = "nowhere"; }), job) == errc::not_found);
    CHECK(lookup(changed([](estate& e) { e.links[0].tariff = "none"; }), job) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { w.locality.allowed_sites = {"A", "nowhere"}; })) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { w.locality.denied_sites = {"nowhere"}; })) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { w.locality.user_site = "nowhere"; })) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { std::get<training>(w.task).data = "none"; })) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { w.task = transfer{.data = "none"}; })) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { w.task = transfer{.volume = 1_TB}; })) == errc::not_found);
    CHECK(lookup(world, asking([](workload& w) { w.task = transfer{.volume = 1_TB, .from = "A", .to = "nowhere"}; })) ==
          errc::not_found);
    const workload far = asking([](workload& w) { w.locality.user_site = "atlantis"; });
    const auto why = resolve(*survey::of(world), far);
    CHECK(why.error().detail.find("atlantis") != std::string::npos);
    CHECK(lookup(estate{}, job) == errc::none);
}

TEST_CASE("which pools could do") {
    CHECK(usable(world, job) == "a-h100 b-h100 c-a100");
    CHECK(usable(world, asking([](workload& w) { w.devices.models = {"H100 SXM"}; })) == "a-h100 b-h100");
    CHECK(usable(world, asking([](workload& w) { w.devices.type = device_type::tpu; })) == "");
    CHECK(usable(world, asking([](workload& w) { w.locality.allowed_sites = {"B", "C"}; })) == "b-h100 c-a100");
    CHECK(usable(world, asking([](workload& w) { w.locality.denied_sites = {"B"}; })) == "a-h100 c-a100");
    CHECK(usable(world, asking([](workload& w) { w.devices.min_memory = 90_GB; })) == "");
    CHECK(usable(world, asking([](workload& w) { w.devices.min_memory = 80_GB; })) == "a-h100 b-h100 c-a100");
    CHECK(usable(world, asking([](workload& w) { std::get<training>(w.task).precision = precision::fp8; })) ==
          "a-h100 b-h100");
    CHECK(usable(world, asking([](workload& w) { w.security.encryption = encryption::packet; })) == "");
    CHECK(usable(changed([](estate& e) {
                     e.sites[2].security = {encryption::line, isolation::dedicated};
                 }),
                 asking([](workload& w) {
                     w.security = {encryption::packet, isolation::dedicated};
                 })) == "c-a100");
    // a memory that nobody states is not large enough
    CHECK(usable(changed([](estate& e) {
                     e.pools[0].model = "X";
                     e.pools[0].peak.bf16 = 1_PFLOPS;
                 }),
                 job) == "b-h100 c-a100");
}

TEST_CASE("what an hour is worth: stated, or the market rental of the devices requested") {
    const auto worth = [](const estate& e, const workload& w) {
        return resolve(*survey::of(e), w)->value.value_of_time;
    };
    CHECK(in_exchange_unit(worth(world, job)) == Approx(2048 * 2.5));
    CHECK(worth(world, asking([](workload& w) { w.value_of_time = 40_usd_per_h; })) == 40_usd_per_h);
    CHECK(worth(world, asking([](workload& w) { w.value_of_time = 0_usd_per_h; })).si() == 0);
    // the device in the middle: 1,280 at 2.50, 1,280 whose price is not known, 63 at 1.20
    CHECK(in_exchange_unit(worth(changed([](estate& e) { e.pools[1].price = {}; }), job)) == Approx(2048 * 2.5));
    CHECK(in_exchange_unit(worth(changed([](estate& e) { e.pools[0].price = e.pools[1].price = {}; }), job)) ==
          Approx(2048 * 1.2));
    const estate free = changed([](estate& e) {
        for (auto& p : e.pools) p.price = {};
    });
    CHECK(worth(free, job).si() == 0);
    CHECK(resolve(*survey::of(free), job)->rate_origin.find("no rental price is known") != std::string::npos);
}

TEST_CASE("stand-ins are the calibration's, whatever the estate holds; of another currency the dearest known") {
    estate e = changed([](estate& x) {
        x.pools[1].price = 9_usd_per_h;
        x.pools[2].price = {};
        x.sites[1].pue = 1.7;
        x.power.push_back({.id = "b", .site = "B", .carbon_intensity = 700_g_per_kWh, .energy_price = 0.2_usd_per_kWh});
        x.links[0].tariff = {};
        x.links[0].price = 0.5_usd_per_Gbps_h;
        x.links[1].egress_price = 0.08_usd_per_GB;
        x.links[1].create = provisioning{.rate = 400_Gbps, .lead_time = 180_s, .set_up_fee = 900_usd};
    });
    const valuation here = resolve(*survey::of(e), job)->value;
    const assumptions usual;
    CHECK((*here.pue_stand_in == usual.pue && *here.carbon_stand_in == usual.carbon_intensity));
    CHECK((*here.price_stand_in == usual.price && *here.energy_price_stand_in == usual.energy_price));
    CHECK((*here.lease_stand_in == usual.lease && *here.egress_stand_in == usual.egress));
    CHECK((*here.set_up_stand_in == usual.set_up && !here.money_of_estate));
    e.currency = "JPY";
    calibration own;
    own.assumed.price = 3000_usd_per_h; // who states one states all
    CHECK(*resolve(*survey::of(e, own), job)->value.price_stand_in == 3000_usd_per_h);
    const valuation v = resolve(*survey::of(e), job)->value;
    CHECK(*v.price_stand_in == 9_usd_per_h);
    CHECK(v.money_of_estate);
    CHECK(*v.pue_stand_in == 2.5);
    CHECK(*v.carbon_stand_in == 910_g_per_kWh);
    CHECK(*v.energy_price_stand_in == 0.2_usd_per_kWh);
    CHECK(*v.lease_stand_in == 0.5_usd_per_Gbps_h);
    CHECK(*v.egress_stand_in == 0.08_usd_per_GB);
    CHECK(*v.set_up_stand_in == 900_usd);
    estate empty;
    empty.currency = "JPY";
    const valuation none = resolve(*survey::of(empty), job)->value;
    CHECK_FALSE((none.price_stand_in || none.energy_price_stand_in || none.lease_stand_in || none.egress_stand_in));
}

TEST_CASE("where a transfer may go: allowed, secure, with room") {
    estate e = world;
    laws::detail::add_data(e);
    const auto places = [&](const workload& w) {
        const auto r = resolve(*survey::of(e), w);
        std::string ids;
        for (const auto d : r->destinations) ids += e.sites[d.value].id.text;
        return ids;
    };
    workload w{.id = "t", .task = transfer{.data = "corpus"}};
    CHECK(places(w) == ""); // 5 TB are free at B, 10 TB are to go
    e.storage[1].free = 10_TB;
    CHECK(places(w) == "B");
    e.storage.push_back({.id = "store-c", .site = "C", .capacity = 40_TB}); // free is not stated: all of it
    CHECK(places(w) == "BC");
    w.locality.denied_sites = {"B"};
    CHECK(places(w) == "C");
    w.task = transfer{.data = "corpus", .to = "B"};
    CHECK(places(w) == "");
    w.locality.denied_sites = {};
    CHECK(places(w) == "B");
    w.security.encryption = encryption::line;
    CHECK(places(w) == "");
}

TEST_CASE("the grid over the hours of the run") {
    estate e = world;
    power_state p{.id = "own", .site = "A", .carbon_intensity = 50_g_per_kWh, .energy_price = 0.5_usd_per_kWh};
    const auto at = [](double h) { return units::instant::from_unix(3600 * h); };
    for (int h = 0; h < 4; ++h)
        p.forecast.push_back({.start = at(h),
                              .duration = 1_h,
                              .carbon_intensity = (h + 1.0) * 100_g_per_kWh,
                              .energy_price = (h - 1.0) * 0.1_usd_per_kWh});
    e.power.push_back(p);
    auto s = *survey::of(e);
    const auto carbon = [&](double from, double to) {
        return in_exchange_unit(*s.supply_at(0).carbon_over(at(from), at(to)));
    };
    CHECK(carbon(0, 4) == Approx(250));
    CHECK(carbon(0.5, 1.5) == Approx(150));
    CHECK(carbon(3, 5) == Approx((400 + 50) / 2.0)); // outside of the forecast: the flat figure
    CHECK(carbon(10, 12) == Approx(50));
    CHECK(carbon(-1, 1) == Approx((50 + 100) / 2.0));
    CHECK(carbon(-2, 8) == Approx((6 * 50 + 1000) / 10.0));
    CHECK(carbon(2, 2) == Approx(300));
    CHECK(in_exchange_unit(*s.supply_at(0).price_over(at(0), at(1))) == Approx(-0.1)); // prices may be negative
    CHECK(in_exchange_unit(*s.supply_at(1).carbon_over(at(0), at(1))) == Approx(400)); // of its zone
    CHECK_FALSE(s.supply_at(1).price_over(at(0), at(1)));

    e.power.back().forecast_repeats = true;
    s = *survey::of(e);
    CHECK(in_exchange_unit(*s.supply_at(0).carbon_over(at(4), at(6))) == Approx(150));
    e.power.back().forecast_repeats = false;
    e.power.back().carbon_intensity = {};
    s = *survey::of(e);
    CHECK(carbon(4, 6) == Approx(400)); // its zone's
    e.power.front().carbon_intensity = {};
    s = *survey::of(e);
    CHECK_FALSE(s.supply_at(0).carbon_over(at(3), at(5)));
    CHECK(s.supply_at(0).carbon_over(at(3), at(4)));
    // a hole in a forecast is a hole, and leaves the rest
    e.power.back().forecast[2].carbon_intensity = {};
    s = *survey::of(e);
    CHECK(carbon(0, 2) == Approx(150));
    CHECK_FALSE(s.supply_at(0).carbon_over(at(1), at(3)));
    CHECK(s.supply_at(0).price_over(at(0), at(4)));
}

TEST_CASE("each family has its error band") {
    workload w;
    CHECK(error_band(w) == 0.09);
    w.task = inference{};
    CHECK(error_band(w) == 0.52);
    w.task = transfer{};
    CHECK(error_band(w) == 0.05);
    w.task = session{};
    CHECK(error_band(w) == 0.52);
}
