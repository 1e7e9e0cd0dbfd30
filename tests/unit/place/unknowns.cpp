// SPDX-License-Identifier: Apache-2.0
// What is not known is never zero, and what was done about it is said.
#include "catch.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/silos.hpp>
#include <uonaco/place/place.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
template <class Evaluator, class Heuristic = exhaustive>
std::pair<result<placement>, decision> placed(const estate& e, const workload& w, const Evaluator& by,
                                              Heuristic h = {}) {
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    const auto found = ask(h, p, by);
    return {found, found ? to_decision(p, *found, by) : to_decision(w, found.error(), Heuristic::name)};
}
bool says(const decision& d, const std::string& words) {
    for (const std::string& l : d.ignored)
        if (l.find(words) != std::string::npos) return true;
    return false;
}
const workload one_site = [] {
    workload w = laws::figure_1_training();
    w.locality.max_sites = 1;
    w.devices.count = 1024;
    return w;
}();
} // namespace

TEST_CASE("a rental that nobody states is not free") {
    estate e = laws::figure_1_estate();
    e.pools[0].price = {};
    e.pools[1].price = 2.4_usd_per_h;
    e.pools[2].price = 3_usd_per_h;
    const auto [found, d] = placed(e, one_site, by_full_cost);
    CHECK(found->best.choice.shares[0].pool.value == 1); // A might be free, but counts as the dearest known
    e.pools[1].price = 99_usd_per_h;
    const auto [other, why] = placed(e, one_site, by_full_cost);
    CHECK_FALSE(other->best.outcome.money.compute);
    CHECK(other->best.outcome.full_cost >= 99_usd_per_h * 1024.0 * other->best.outcome.time.compute);
    CHECK(says(why, "rental price of the placement is unknown: it counts as the highest known, 99 USD/h"));
    // an objective of money alone cannot rank it
    CHECK(placed(e, one_site, by_money).first->best.choice.shares[0].pool.value == 1);
    // nor does the cheapest silo take it for cheap
    CHECK(placed(e, one_site, by_full_cost, cheapest{}).first->best.choice.shares[0].pool.value == 1);
}

TEST_CASE("no price anywhere: placed by what is known, and said so") {
    estate e = laws::figure_1_estate();
    for (auto& p : e.pools) p.price = {};
    for (auto& t : e.tariffs) t.lease = {}, t.set_up_fee = {};
    workload w = laws::figure_1_training();
    w.value_of_time = 5000_usd_per_h;
    const auto [found, d] = placed(e, w, by_full_cost);
    REQUIRE(found);
    CHECK_FALSE(
        (found->best.outcome.money.total || found->best.outcome.money.lease || found->best.outcome.money.set_up));
    CHECK(says(d, "rental price of the placement is unknown: it is unknown everywhere"));
    CHECK(says(d, "circuit lease of the placement is unknown"));
    CHECK(says(d, "circuit set-up fee of the placement is unknown"));
    CHECK(placed(e, w, by_money).first.error().code == errc::unknown_value);
}

TEST_CASE("a set-up fee that nobody states counts as the highest known") {
    estate e = laws::figure_1_estate();
    const auto known = placed(e, laws::figure_1_training(), by_full_cost);
    e.tariffs.push_back({.id = "silent", .lease = 0.07_usd_per_Gbps_h});
    for (auto& l : e.links)
        if (l.create) l.tariff = "silent";
    const auto unknown = placed(e, laws::figure_1_training(), by_full_cost);
    CHECK_FALSE(unknown.first->best.outcome.money.set_up);
    CHECK(unknown.first->best.outcome.full_cost.si() == Approx(known.first->best.outcome.full_cost.si()));
    CHECK(says(unknown.second,
               "circuit set-up fee of the placement is unknown: it counts as the highest known, 500 USD"));
}

TEST_CASE("carbon that is known at some sites only ranks nobody") {
    estate e = laws::figure_1_estate();
    e.sites[0].grid_zone = "elsewhere";
    const evaluator green{weigh(1.0, terms::carbon{}), weigh(1e-9, terms::full_cost{})};
    const auto [found, d] = placed(e, one_site, green);
    REQUIRE(found);
    CHECK(found->left_out == 1);
    CHECK(says(d, "ranked without carbon"));
    CHECK(d.contributions[0].cost == 0.0);
    e.sites[0].grid_zone = "grid";
    CHECK(placed(e, one_site, green).first->left_out == 0);
}

TEST_CASE("a link without a delay is left out, and said so") {
    estate e = laws::figure_1_estate();
    e.links[1].distance = {};
    const auto [found, d] = placed(e, laws::figure_1_training(), by_full_cost);
    CHECK(found->best.choice.size == 1); // no way through C any more
    CHECK(says(d, "link a-c is left out: delay unknown"));
}

TEST_CASE("power that nobody states counts, and said so") {
    estate e = laws::figure_1_estate();
    e.pools[0].model = "unheard of";
    e.pools[0].peak.bf16 = 989_TFLOPS;
    e.pools[0].memory = 80_GB;
    workload w = one_site;
    w.locality.allowed_sites = {"A"};
    const auto [found, d] = placed(e, w, by_full_cost);
    REQUIRE(found);
    CHECK(found->best.outcome.energy.it.si() > 0);
    CHECK(says(d, "power of the devices of a-h100 is unknown: it counts as 700 W each"));
}

TEST_CASE("a budget, a carbon limit on what is not known: not feasible, and why") {
    estate e = laws::figure_1_estate();
    for (auto& p : e.pools) p.price = {};
    workload w = one_site;
    w.limits.budget = 1e12 * 1_usd;
    const auto [found, d] = placed(e, w, by_full_cost);
    CHECK(found.error().code == errc::unknown_value);
    CHECK(d.reason.find("not known") != std::string::npos);
    w.limits = {.carbon = 1e12 * 1_kg};
    e.power.clear();
    CHECK(placed(e, w, by_full_cost).first.error().code == errc::unknown_value);
}

TEST_CASE("refusals name what is short, and by how much") {
    const estate e = laws::figure_1_estate();
    const auto why = [&](auto change) {
        workload w = laws::figure_1_training();
        change(w);
        return placed(e, w, by_full_cost).first.error();
    };
    const failure late = why([](workload& w) { w.limits.deadline = 20_h; });
    CHECK(late.code == errc::past_deadline);
    CHECK(late.margin == Approx(-0.077).margin(0.002));
    CHECK(late.detail.find("completion takes 21.5 h, the deadline is 20 h") != std::string::npos);
    CHECK(why([](workload& w) { w.limits.budget = 1_usd; }).code == errc::over_budget);
    CHECK(why([](workload& w) { w.limits.power = 1_kW; }).code == errc::over_power);
    CHECK(why([](workload& w) { w.limits.carbon = 1_kg; }).code == errc::carbon_limit);
    CHECK(why([](workload& w) { std::get<training>(w.task).parameters *= 10000; }).code == errc::memory_does_not_fit);
    const failure many = why([](workload& w) {
        w.devices.count = w.devices.min_count.value() * 1000;
        w.devices.min_count = {};
    });
    CHECK(many.code == errc::over_capacity);
    CHECK(many.detail.find("256,000 devices are needed, 2,099 that would do are free") != std::string::npos);
    CHECK(many.margin == Approx((2099 - 256000) / 256000.0));
    CHECK(why([](workload& w) { w.devices.type = device_type::fpga; }).code == errc::no_candidate);
}

TEST_CASE("figures that have expired are used, but not in silence") {
    estate e = laws::figure_1_estate();
    const auto t = units::instant::from_unix(1.7e9);
    for (auto& p : e.pools) p.meta.valid_until = t;
    e.links[0].meta.valid_until = t + 1_h;
    e.power.front().meta.valid_until = t + 2_h;
    CHECK(doubts(e, t - 1_s).empty());
    const auto at_once = doubts(e, t);
    REQUIRE(at_once.size() == 1);
    CHECK(at_once[0] == "the figures of pools " + e.pools[0].id.text + ", " + e.pools[1].id.text + ", " +
                            e.pools[2].id.text +
                            " have expired, the first at 2023-11-14T22:13:20Z: they are used as they are");
    const placing later{.now = t + 3_h};
    auto s = *survey::of(e);
    const decision d = decide(s, one_site, by_full_cost, exhaustive{}, later);
    CHECK(d.status == placement_status::placed);
    CHECK(says(d, "the figures of link " + e.links[0].id.text + " expired at 2023-11-14T23:13:20Z"));
    CHECK(says(d, "the figures of power state"));
    workload hopeless = one_site;
    hopeless.devices.count = *(hopeless.devices.min_count = 1'000'000);
    const decision no = decide(s, hopeless, by_full_cost, exhaustive{}, later);
    CHECK(no.status == placement_status::rejected);
    CHECK(says(no, "the figures of pools"));
    const auto all = place_all(*survey::of(e), {one_site, hopeless}, by_full_cost, exhaustive{}, later);
    for (const decision& x : all->decisions) CHECK(says(x, "the figures of pools"));
}

TEST_CASE("a grid zone that no power state speaks for is noticed where others have one") {
    estate e = laws::figure_1_estate();
    e.sites[0].grid_zone = "gird";
    REQUIRE(doubts(e, {}).size() == 1);
    CHECK(doubts(e, {})[0] == "no power state speaks for grid zone gird (" + e.sites[0].id.text + ")");
    e.power.clear();
    CHECK(doubts(e, {}).empty());
}

TEST_CASE("the id of a decision is one, however long its workload's is") {
    const estate e = laws::figure_1_estate();
    const auto id_for = [&](std::size_t length, char last) {
        workload w = one_site;
        w.id = std::string(length - 1, 'w') + last;
        return placed(e, w, by_full_cost).second.id.text;
    };
    CHECK(id_for(5, 'x') == "wwwwx/decision");
    CHECK(id_for(119, 'x').size() == 128);
    CHECK(id_for(120, 'x').size() == 128);
    CHECK(id_for(128, 'x').size() == 128);
    CHECK(id_for(128, 'x') == id_for(128, 'x'));
    CHECK(id_for(128, 'x') != id_for(128, 'y'));
    CHECK(id_for(128, 'x') != id_for(127, 'x'));
}
