// SPDX-License-Identifier: Apache-2.0
// What is not known is never zero, and what was done about it is said.
#include "catch.hpp"
#include "shapes.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
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
    CHECK(found->best.choice.shares[0].pool.value == 1); // A might be free, but counts as dear
    e.pools[1].price = 99_usd_per_h;                     // dearer than anything published
    const auto [other, why] = placed(e, one_site, by_full_cost);
    CHECK_FALSE(other->best.outcome.money.compute);
    CHECK(other->best.outcome.full_cost >= 23.3_usd_per_h * 1024.0 * other->best.outcome.time.compute);
    CHECK(says(why, "rental price of the placement is unknown: it is assumed to be 23.3 USD/h"));
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
    CHECK(says(d, "rental price of the placement is unknown: it is assumed to be 23.3 USD/h"));
    CHECK(says(d, "circuit lease of the placement is unknown"));
    CHECK(says(d, "circuit set-up fee of the placement is unknown"));
    CHECK(placed(e, w, by_money).first.error().code == errc::unknown_value);
}

TEST_CASE("a set-up fee that nobody states counts as a dear one") {
    estate e = laws::figure_1_estate();
    const auto known = placed(e, laws::figure_1_training(), by_full_cost);
    e.tariffs.push_back({.id = "silent", .lease = 0.07_usd_per_Gbps_h});
    for (auto& l : e.links)
        if (l.create) l.tariff = "silent";
    const auto unknown = placed(e, laws::figure_1_training(), by_full_cost);
    CHECK_FALSE(unknown.first->best.outcome.money.set_up);
    CHECK(unknown.first->best.outcome.full_cost.si() ==
          Approx(known.first->best.outcome.full_cost.si() + 900)); // 1,400 in place of 500
    CHECK(says(unknown.second, "circuit set-up fee of the placement is unknown: it is assumed to be 1400 USD"));
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

TEST_CASE("a plan on devices that nobody measured says what it takes of their peak") {
    estate e = laws::figure_1_estate();
    workload w = one_site;
    w.locality.allowed_sites = {"A"};
    auto& task = std::get<training>(w.task);
    task.mfu = {};
    task.shape = support::llama_70b;
    const char* const words = "was not measured: assumed 78";
    CHECK_FALSE(says(placed(e, w, by_full_cost).second, words)); // H100 SXM
    e.pools[0].model = "Trainium2";
    e.pools[0].peak.bf16 = 667_TFLOPS;
    e.pools[0].memory = 96_GB;
    e.pools[0].memory_rate = 2900_GBps;
    const auto [found, d] = placed(e, w, by_full_cost);
    REQUIRE(found);
    CHECK(says(d, words));
    task.mfu = 0.4; // then no plan decides
    CHECK_FALSE(says(placed(e, w, by_full_cost).second, words));
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
    CHECK_FALSE((found->best.outcome.energy.it || found->best.outcome.energy.peak_power));
    CHECK(says(d, "power of the devices of a-h100 is unknown: it counts as 1.4 kW each"));
}

TEST_CASE("energy of transport that nobody states counts, and said so") {
    estate e = laws::figure_1_estate();
    CHECK(says(
        placed(e, laws::figure_1_training(), by_full_cost).second,
        "energy of transport on A-C-B is not stated throughout: what is not counts as 8.64 nJ/bit, an upper bound by "
        "default"));
    for (wan_link& l : e.links) l.termination = termination::transponder_400;
    CHECK_FALSE(says(placed(e, laws::figure_1_training(), by_full_cost).second, "energy of transport"));
    e.links[1].distance = {};
    e.links[1].latency = 2_ms;
    CHECK(says(placed(e, laws::figure_1_training(), by_full_cost).second,
               "length of fibre of link a-c is unknown: the energy of transport counts the reach of 400G transponder, "
               "2500 km"));
}

TEST_CASE("a link that says nothing of its energy beats none that does, and meets no limit on carbon by that") {
    estate e = laws::figure_1_estate();
    workload w = laws::figure_1_training();
    w.devices.min_count = w.devices.count; // both sites
    wan_link& stated = e.links[1] = e.links[0];
    e.links.resize(2);
    stated.id = "stated";
    stated.termination = termination::transponder_400;
    const auto [found, d] = placed(e, w, by_carbon);
    REQUIRE(found);
    CHECK_FALSE(says(d, "energy of transport")); // it is not the link that says nothing, else as good
    e.links.pop_back();
    const auto bound = placed(e, w, by_carbon).first;
    REQUIRE(bound);
    CHECK(*bound->best.outcome.energy.carbon > *found->best.outcome.energy.carbon);
    w.limits.carbon =
        units::carbon_mass((*bound->best.outcome.energy.carbon + *found->best.outcome.energy.carbon) / 2.0);
    CHECK_FALSE(placed(e, w, by_carbon).first);
    e.links[0].termination = termination::transponder_400;
    CHECK(placed(e, w, by_carbon).first);
}

TEST_CASE("light beyond the reach of what ends it is said") {
    estate e = laws::figure_1_estate();
    const auto said = [&] { return placed(e, laws::figure_1_training(), by_full_cost).second; };
    for (wan_link& l : e.links) l.termination = termination::zr_plus_400;
    CHECK_FALSE(says(said(), "reach")); // 400 km each
    for (wan_link& l : e.links) l.termination = termination::zr_400;
    const decision d = said();
    CHECK(says(d, "link a-c is 400 km long, beyond the reach of 400ZR, 120 km: what regenerates it is not counted"));
    CHECK(says(d, "link c-b is 400 km long, beyond the reach of 400ZR"));
    e.links[1].capacity = e.links[2].capacity = 400_Gbps;
    e.circuits = {{.id = "lit",
                   .src_site = "A",
                   .dst_site = "B",
                   .links = {"a-c", "c-b"},
                   .rate = 400_Gbps,
                   .termination = termination::zr_plus_400}};
    CHECK(says(said(), "circuit lit is 800 km long, beyond the reach of 400ZR+, 600 km"));
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

TEST_CASE("a limit on a wait, a jitter, an availability or a power that nobody states: not feasible, and why") {
    const auto refused = [](auto change, auto limit_it, const std::string& name) {
        estate e = laws::figure_1_estate();
        workload w = laws::figure_1_training();
        change(e);
        const auto [free, said] = placed(e, w, by_full_cost);
        CHECK(free); // without a limit it is placed, and said
        limit_it(w);
        const auto [found, d] = placed(e, w, by_full_cost);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == errc::unknown_value);
        INFO(d.reason);
        CHECK(d.reason.find(name + ": a limit is set, but a figure that it takes is not known") != std::string::npos);
        return said;
    };
    const auto late = [](workload& w) { w.limits.deadline = 1e4 * 1_h; };
    const std::string none = ": not stated throughout, and counted as none where not";
    CHECK(says(refused(
                   [](estate& e) {
                       for (auto& p : e.pools) p.queue_wait = {};
                   },
                   late, "deadline"),
               "queue wait of the placement" + none));
    CHECK(says(refused(
                   [](estate& e) {
                       for (auto& s : e.sites) s.availability = {};
                       for (auto& l : e.links) l.availability = {};
                   },
                   [](workload& w) { w.limits.availability = 0.99999; }, "availability"),
               "outages of the placement" + none));
    CHECK(says(refused(
                   [](estate& e) {
                       for (auto& p : e.pools) p.model = "unheard of", p.peak.bf16 = 500_TFLOPS, p.memory = 80_GB;
                   },
                   [](workload& w) { w.limits.power = 1e4 * 1_MW; }, "power limit"),
               "power of the devices of a-h100 is unknown: it counts as 1.4 kW each"));
    estate e = laws::figure_1_estate();
    workload service = laws::detail::service("service");
    e.pools.pop_back(); // none at the users' site
    REQUIRE(placed(e, service, by_full_cost).first);
    for (auto& l : e.links) l.jitter = {};
    const auto [found, d] = placed(e, service, by_full_cost);
    CHECK(found.error().code == errc::unknown_value);
    CHECK(d.reason.find("time to first token: a limit is set, but") != std::string::npos);
}

TEST_CASE("a rejection has no objective, and says how many were looked at") {
    workload w = laws::figure_1_training();
    const auto count = placed(laws::figure_1_estate(), w, by_full_cost);
    w.limits.deadline = 1_h;
    const auto [found, d] = placed(laws::figure_1_estate(), w, by_full_cost);
    CHECK_FALSE((found || d.objective));
    CHECK(d.candidates_compared == count.second.candidates_compared);
    CHECK(d.candidates_compared > 0);
}

TEST_CASE("a rejection lists each limit that fails, and promises nothing that is not so") {
    const estate e = laws::figure_1_estate();
    const auto why = [&](auto change) {
        workload w = laws::figure_1_training();
        change(w);
        return placed(e, w, by_full_cost).first.error().detail;
    };
    const auto has = [](const std::string& text, const std::string& words) {
        INFO(text);
        return text.find(words) != std::string::npos;
    };
    const std::string promise = "no other limit fails";
    const auto one = why([](workload& w) { w.limits.deadline = 20_h; });
    CHECK((has(one, "completion takes 21.5 h, the deadline is 20 h: 7.62 % too far") && has(one, promise)));
    const auto two = why([](workload& w) { w.limits = {.deadline = 20_h, .budget = 1000_usd}; });
    CHECK((has(two, "the deadline is") && has(two, "the budget is 1000 USD") && !has(two, promise)));
    const auto nothing = why([](workload& w) { w.limits.budget = 0_usd; });
    CHECK((has(nothing, "the budget is 0 USD") && !has(nothing, "too far") && has(nothing, promise)));
    const auto tiny = why([](workload& w) { w.limits.deadline = units::duration::from_si(5e-324); });
    CHECK((has(tiny, "completion takes") && !has(tiny, "infinite") && !has(tiny, "too far")));
    const auto memory = why([](workload& w) { std::get<training>(w.task).parameters *= 10000; });
    CHECK((has(memory, "of device memory") && !has(memory, promise)));
}

namespace {
struct nothing_at_all {
    static constexpr const char* name = "nothing at all";
    template <class Rep>
    constexpr scalar<Rep> cost(const outcome<Rep>& o) const {
        return scalar<Rep>((o.full_cost - o.full_cost) / (o.full_cost - o.full_cost));
    }
};
} // namespace

TEST_CASE("a term that costs no number excludes") {
    const auto [found, d] = placed(laws::figure_1_estate(), one_site, evaluator{weigh(1.0, nothing_at_all{})});
    CHECK_FALSE(found);
    CHECK(found.error().code == errc::unknown_value);
}

TEST_CASE("what would win at another value of time is said only where that value decides") {
    const estate e = laws::figure_1_estate();
    const workload w = laws::figure_1_training();
    CHECK(placed(e, w, by_full_cost).first->below);
    CHECK(placed(e, w, evaluator{weigh(2.0, terms::full_cost{})}).first->below);
    CHECK_FALSE(placed(e, w, by_time).first->below);
    CHECK_FALSE(
        placed(e, w, evaluator{weigh(1.0, terms::full_cost{}), weigh(0.1, terms::completion_time{})}).first->below);
}

TEST_CASE("a price for volume that one link states does not make the others free; one that nobody states is left out") {
    estate e = laws::figure_1_estate();
    CHECK(says(placed(e, laws::figure_1_training(), by_full_cost).second,
               "egress price of the placement is unknown: it is unknown everywhere"));
    CHECK(placed(e, laws::figure_1_training(), by_full_cost).first->best.outcome.money.total);
    e.links[0].egress_price = 0.00002_usd_per_GB;
    workload both = laws::figure_1_training();
    both.devices.min_count = both.devices.count;
    const auto [found, d] = placed(e, both, by_full_cost);
    REQUIRE(found);
    CHECK(found->best.choice.size == 2);
    CHECK(found->best.outcome.money.storage); // over the link that states it: the others count as dear
    CHECK_FALSE(says(d, "egress price"));
}

TEST_CASE("where prices have no assumption, one that is not stated does not win over one that bills something else") {
    // the same transfer over two equal links, one billed by volume, the other by time
    const auto chosen = [](tariff x, tariff y) {
        estate e = laws::figure_1_estate();
        e.currency = "JPY";
        e.circuits = {};
        wan_link l = e.links[0];
        l.create = {};
        e.links = {l, l};
        x.id = "x", y.id = "y";
        e.links[0].id = "by x", e.links[0].tariff = "x";
        e.links[1].id = "by y", e.links[1].tariff = "y";
        e.tariffs = {x, y};
        workload w = laws::figure_1_training();
        w.devices = {};
        w.task = transfer{.volume = 45_TB, .from = "A", .to = "B"};
        w.value_of_time = 10_usd_per_h;
        const auto [found, d] = placed(e, w, by_full_cost);
        REQUIRE(found);
        return d;
    };
    const auto billed_by_time = [](maybe<units::bandwidth_price> lease) {
        return tariff{.lease = lease, .set_up_fee = 0_usd, .billing = billing::duration};
    };
    const auto billed_by_volume = [](maybe<units::volume_price> each) {
        return tariff{.set_up_fee = 0_usd, .billing = billing::volume, .volume_price = each};
    };
    const std::string counted =
        " of the placement is unknown: it counts as what others bill for the same bits at full rate";
    for (const auto& [silent, stated] : {std::pair(billed_by_volume({}), billed_by_time(1_usd_per_Gbps_h)),
                                         std::pair(billed_by_time({}), billed_by_volume(0.01_usd_per_GB))}) {
        const decision alone = chosen(silent, silent), beside = chosen(silent, stated);
        CHECK(says(alone, "unknown everywhere"));
        CHECK_FALSE(says(beside, "unknown everywhere"));
        CHECK(beside.outcome->full_cost.si() == Approx(chosen(stated, stated).outcome->full_cost.si()));
    }
    // full use is as dear either way, and a lease is also paid for while the first bit is under way
    CHECK(says(chosen(billed_by_volume({}), billed_by_time(1_usd_per_Gbps_h)), counted));
    CHECK_FALSE(says(chosen(billed_by_time({}), billed_by_volume(0.01_usd_per_GB)), counted));
    // a tariff that says all that is billed leaves nothing unknown
    CHECK_FALSE(says(chosen(billed_by_time(1_usd_per_Gbps_h), billed_by_time(2_usd_per_Gbps_h)), "egress price"));
}

TEST_CASE("hours that lack a figure are named") {
    estate e = laws::figure_1_estate();
    e.power[0].carbon_intensity = {};
    e.power[0].forecast_repeats = true;
    for (int h = 0; h < 24; ++h)
        e.power[0].forecast.push_back({.start = units::instant::from_unix(3600.0 * h),
                                       .duration = 1_h,
                                       .carbon_intensity = h < 12 ? 100_g_per_kWh : 500_g_per_kWh});
    e.power[0].forecast[5].carbon_intensity = {};
    const auto [found, d] = placed(e, one_site, by_full_cost);
    CHECK_FALSE(found->best.outcome.energy.carbon); // it runs for more than a day
    CHECK(says(d, "carbon intensity at A lacks 1 step of its forecast: it is unknown for what runs then"));
    CHECK(says(d, "carbon intensity of the placement is unknown: it is assumed to be 910 g/kWh"));
    e.power[0].carbon_intensity = 300_g_per_kWh;
    const auto [other, why] = placed(e, one_site, by_full_cost);
    CHECK(other->best.outcome.energy.carbon);
    CHECK(says(why, "carbon intensity at A lacks 1 step of its forecast: 300 g/kWh stands there"));
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

TEST_CASE("what is unknown where nothing can run leaves the ranking as it is") {
    const evaluator green{weigh(1.0, terms::carbon{}), weigh(1e-9, terms::full_cost{})};
    estate e = laws::figure_1_estate();
    e.sites[2].grid_zone = "elsewhere"; // C: 51 A100, of which no placement of 1,024 H100 takes any
    workload w = one_site;
    w.devices.min_count = 512;
    CHECK(placed(e, w, green).first->left_out == 0);
    w.devices.min_count = 51; // now C would do
    CHECK(placed(e, w, green).first->left_out == 1);
    // of several sites, with others it may take part
    w = laws::figure_1_training();
    w.devices.min_count = 512;
    CHECK(placed(e, w, green).first->left_out == 0);
    w.devices.one_model = false;
    CHECK(placed(e, w, green).first->left_out == 1);
    // a service out of reach of its users
    w = laws::detail::service("s");
    w.locality.user_site = "A";
    const bool all_known = placed(e, w, green).first->left_out == 0;
    for (auto& l : e.links)
        if (l.src_node == "C" || l.dst_node == "C") l.oper_status = oper_status::down;
    CHECK((!all_known && placed(e, w, green).first->left_out == 0));
}

TEST_CASE("refusals are true: replicas, sites, power, occupied links") {
    const auto why = [](const estate& e, const workload& w) { return placed(e, w, by_full_cost).first.error(); };
    const auto says = [](const failure& f, const char* words) {
        INFO(f.detail);
        CHECK(f.detail.find(words) != std::string::npos);
    };
    estate e = laws::figure_1_estate();
    workload w = laws::detail::service("s");
    std::get<inference>(w.task).model.devices_per_replica = 8;
    w.devices.count = 12;
    w.devices.min_count = {};
    says(why(e, w), "at most 12 devices are asked for, and whole replicas of 8 that are enough take 16");
    w.devices.count = 16;
    w.devices.models = {"A100 SXM 80GB"};
    e.pools[2].free_count = 15;
    const failure replicas = why(e, w);
    CHECK(replicas.code == errc::over_capacity);
    says(replicas, "16 devices are needed, in replicas of 8, 8 that would do are free");

    e = laws::figure_1_estate();
    w = laws::figure_1_training();
    w.devices.min_count = 1500;
    w.locality.max_sites = 1;
    const failure sites = why(e, w);
    CHECK(sites.code == errc::over_capacity);
    says(sites, "1,500 devices are needed, a placement takes one pool a site, at up to 1 sites, and no such set has "
                "more than 1,024 free");
    CHECK(sites.margin == Approx((1024 - 1500) / 1500.0));
    w.locality.max_sites = 8;
    for (site& s : e.sites) s.power_limit = 500_kW, s.power_draw = 0_W;
    const failure power = why(e, w);
    CHECK(power.code == errc::over_power);
    says(power, "are free, and their sites have power for");

    e = laws::figure_1_estate();
    laws::detail::add_data(e);
    e.storage[1].free = 20_TB;
    w = {.id = "t"};
    w.task = transfer{.data = "corpus"};
    for (auto& l : e.links) l.create = {}, l.unreserved = 0_Gbps;
    const failure occupied = why(e, w);
    CHECK(occupied.code == errc::over_capacity);
    CHECK(occupied.detail == "no connection from A to any destination has rate left");
    e.links.clear();
    const failure apart = why(e, w);
    CHECK(apart.code == errc::unreachable);
    says(apart, "no connection from A to any destination: no links lead there");
    e = laws::figure_1_estate();
    laws::detail::add_data(e);
    e.sites[1].security.isolation = isolation::dedicated;
    for (auto& l : e.links) l.security.isolation = isolation::dedicated;
    w = laws::figure_1_training();
    w.security.isolation = isolation::dedicated;
    w.devices.count = w.devices.min_count.value();
    std::get<training>(w.task).data = "corpus";
    const failure open = why(e, w);
    CHECK(open.code == errc::isolation);
    says(open, "A, from where data or requests come, is less secure than asked");
}

TEST_CASE("a connection that is less secure than asked is no want of capacity") {
    estate e = laws::figure_1_estate();
    laws::detail::add_data(e);
    e.storage[1].free = 20_TB;
    for (site& s : e.sites) s.security = {encryption::line, isolation::dedicated};
    workload w{.id = "t"};
    w.task = transfer{.data = "corpus"};
    w.security.encryption = encryption::packet;
    const failure open = placed(e, w, by_full_cost).first.error();
    CHECK(open.code == errc::isolation);
    CHECK(open.detail == "no connection from A to any destination is as secure as asked: packet encryption and shared "
                         "isolation are asked, what has rate left offers no encryption and shared isolation");
    for (auto& l : e.links) l.create = {}, l.unreserved = 0_Gbps;
    CHECK(placed(e, w, by_full_cost).first.error().code == errc::over_capacity); // and then it is one

    e = laws::figure_1_estate();
    for (site& s : e.sites) s.security = {encryption::line, isolation::dedicated};
    e.links[0].security.encryption = encryption::line;
    w = laws::figure_1_training();
    w.devices.min_count = 1500;
    w.security.isolation = isolation::dedicated;
    const failure between = placed(e, w, by_full_cost).first.error();
    INFO(between.detail);
    CHECK(between.code == errc::isolation);
    CHECK(between.detail.find("no connection between sites that have the devices together is as secure as asked: no "
                              "encryption and dedicated isolation are asked, what has rate left offers ") == 0);
    CHECK(between.detail.find("line encryption and shared isolation") != std::string::npos);
}

TEST_CASE("greedy gives up in the end, and says so") {
    estate e = laws::figure_1_estate();
    workload w = laws::figure_1_training();
    w.devices.min_count = 1500;
    for (auto& l : e.links) l.create = {}, l.unreserved = 0_Gbps;
    const auto all = placed(e, w, by_full_cost, greedy{}).first.error();
    CHECK(all.detail.find("given up") == std::string::npos); // there was nothing to look at
    w.limits.deadline = 1_s;
    w.devices.min_count = 100;
    const auto few = placed(e, w, by_full_cost, greedy{.patience = 1}).first.error();
    CHECK(few.detail.find("; given up after ") != std::string::npos);
    const auto some = placed(e, w, by_full_cost, greedy{}).first.error();
    CHECK(some.detail.find("given up") == std::string::npos);
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
