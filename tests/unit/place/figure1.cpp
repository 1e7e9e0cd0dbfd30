// SPDX-License-Identifier: Apache-2.0
// The problem statement's question, answered in one call: a slow link, two idle sites, and a circuit that nobody would ask for alone.
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
struct figure_1 {
    estate world = laws::figure_1_estate();
    workload job = laws::figure_1_training();
    survey where = *survey::of(world);

    template <class Heuristic>
    placement ask(Heuristic h) {
        return *place_one(where, job, by_full_cost, h);
    }
};
double k_usd(const ranked& r) { return r.outcome.full_cost.si() / 1000; }
bool has(const std::vector<std::string>& lines, const std::string& words) {
    for (const std::string& l : lines)
        if (l.find(words) != std::string::npos) return true;
    return false;
}
} // namespace

TEST_CASE("a compute scheduler trains across A and B over the 100G: 15.8 s a step, 451 k USD") {
    figure_1 f;
    const auto p = f.ask(compute_first{});
    CHECK(p.best.outcome.time.step.si() == Approx(15.8).epsilon(0.005));
    CHECK(k_usd(p.best) == Approx(451).epsilon(0.005));
    CHECK((p.best.choice.devices() == 2048 && p.best.choice.pairs[0].action == network_action::use));
}

TEST_CASE("A alone: 15.5 s a step, 330 k USD") {
    figure_1 f;
    const auto p = f.ask(cheapest{});
    CHECK(p.best.outcome.time.step.si() == Approx(15.5).epsilon(0.005));
    CHECK(k_usd(p.best) == Approx(330).epsilon(0.005));
    CHECK(p.best.choice.size == 1);
    CHECK(*p.best.outcome.compute_efficiency == 1.0);
    CHECK(k_usd(f.ask(nearest{}).best) == Approx(330).epsilon(0.005));
    CHECK(k_usd(f.ask(network_first{}).best) == Approx(330).epsilon(0.005));
}

TEST_CASE("together, a 400G circuit through C: 7.7 s a step, 221 k USD, joint efficiency .994") {
    figure_1 f;
    for (const auto& p : {f.ask(exhaustive{}), f.ask(greedy{})}) {
        const auto& o = p.best.outcome;
        CHECK(o.time.step.si() == Approx(7.73).epsilon(0.002));
        CHECK(k_usd(p.best) == Approx(221).epsilon(0.005));
        CHECK(*o.compute_efficiency > 0.99);
        CHECK(*o.joint_efficiency == Approx(0.994).margin(0.001));
        CHECK(p.best.choice.pairs[0].action == network_action::create);
        CHECK(p.best.choice.pairs[0].rate == 400_Gbps);
        CHECK(o.time.provisioning == 180_s);
        for (const ranked& r : p.alternatives) CHECK(*r.outcome.joint_efficiency < *o.joint_efficiency);
        REQUIRE(p.below);
        CHECK(in_exchange_unit(p.below->value_of_time) == Approx(51.4).epsilon(0.005));
        CHECK((p.below->other.choice.size == 1 && p.below->other.choice.shares[0].devices == 1024));
        CHECK_FALSE(p.above);
    }
}

TEST_CASE("the value of time at which the winner changes is where it changes") {
    figure_1 f;
    const auto at = f.ask(exhaustive{}).below->value_of_time;
    f.job.value_of_time = 0.999 * at;
    CHECK(f.ask(exhaustive{}).best.choice.size == 1);
    f.job.value_of_time = 1.001 * at;
    CHECK(f.ask(exhaustive{}).best.choice.size == 2);
}

TEST_CASE("at 4 Mi tokens a step A alone wins with 3.9 s") {
    figure_1 f;
    std::get<training>(f.job.task).tokens_per_step /= 4;
    const auto p = f.ask(exhaustive{});
    CHECK(p.best.choice.size == 1);
    CHECK(p.best.outcome.time.step.si() == Approx(3.87).epsilon(0.005));
    CHECK(f.ask(greedy{}).best.choice.size == 1);
    // the circuit is there to be had all the same, and does not pay: 2.9 s of exchange behind 1.9 s of computing
    CHECK(f.ask(compute_first{}).best.outcome.time.step > 10_s);
}

TEST_CASE("the decision says why, in words") {
    figure_1 f;
    const auto p = problem::of(f.where, f.job);
    const auto best = ask(exhaustive{}, *p, by_full_cost);
    const decision d = to_decision(*p, *best, by_full_cost);
    CHECK(d.status == placement_status::placed);
    CHECK(d.description.find("1,024 x H100 SXM at A + 1,024 at B, create 400 Gb/s A-C-B") == 0);
    REQUIRE((d.assignments.size() == 2 && d.network.size() == 1));
    CHECK((d.assignments[1].pool == pool_id("b-h100") && d.assignments[1].devices == 1024 &&
           d.assignments[1].share == 0.5));
    CHECK((d.network[0].links == std::vector<link_id>{"a-c", "c-b"} && *d.network[0].lead_time == 180_s));
    CHECK(has(d.explanation, "a step takes 7.73 s"));
    CHECK(has(d.explanation, "hides behind the backward pass"));
    CHECK(has(d.explanation, "best other placement: 1,024 x H100 SXM at A"));
    CHECK(has(d.explanation, "below a value of time of 51.4 USD/h, 1,024 x H100 SXM at A wins"));
    CHECK(has(d.explanation, "joint efficiency 99.4 %"));
    CHECK(has(d.explanation, "closest limit: device memory"));
    CHECK(d.contributions.size() == 1);
    CHECK(static_cast<double>(d.contributions[0].cost) == static_cast<double>(*d.objective));
    CHECK(d.outcome->full_cost.si() == Approx(static_cast<double>(*d.objective)));
    REQUIRE(d.alternatives.size() >= 2);
    for (std::size_t i = 1; i < d.alternatives.size(); ++i)
        CHECK(d.alternatives[i - 1].objective <= d.alternatives[i].objective);
}

TEST_CASE("what encryption takes is said where it is asked, and only there") {
    figure_1 f;
    for (site& s : f.world.sites) s.security.encryption = encryption::packet;
    for (wan_link& l : f.world.links) l.security.encryption = encryption::packet;
    const auto text = [&](encryption asked) {
        f.job.security.encryption = asked;
        f.where = *survey::of(f.world);
        const auto p = problem::of(f.where, f.job);
        return to_decision(*p, *ask(exhaustive{}, *p, by_full_cost), by_full_cost);
    };
    CHECK(has(text(encryption::packet).explanation, "the connection A-C-B is encrypted: -0.775 % rate, +4 us one way"));
    CHECK_FALSE(has(text(encryption::none).explanation, "is encrypted"));
    const auto unsaid = "by what packets are encrypted on A-C-B is not stated throughout: where it is not, MACsec";
    CHECK(has(text(encryption::packet).ignored, unsaid));
    CHECK_FALSE(has(text(encryption::none).ignored, unsaid));
    for (wan_link& l : f.world.links) l.packet_encryption = packet_encryption::macsec;
    CHECK_FALSE(has(text(encryption::packet).ignored, unsaid));
    CHECK(has(text(encryption::packet).explanation, "-0.775 % rate, +4 us one way"));

    for (site& s : f.world.sites) s.security.encryption = encryption::line;
    for (wan_link& l : f.world.links) l.security.encryption = encryption::line;
    CHECK(has(text(encryption::line).explanation, "the connection A-C-B is encrypted: +20 us one way"));
}

TEST_CASE("figures that print alike are told apart by how far they are apart") {
    CHECK(detail::pair_text(units::duration(24_h), units::duration(25_h)) == "25 h against 24 h");
    CHECK(detail::pair_text(units::duration(24_h), units::duration(24_h + 2_s)) == "2 s more");
    CHECK(detail::pair_text(units::duration(24_h + 2_s), units::duration(24_h)) == "2 s less");
    ranked mine, theirs;
    mine.outcome.time.completion = 24_h;
    theirs.outcome.time.completion = 21_h;
    CHECK(detail::time_text(mine, theirs) == "takes 21 h instead of 24 h");
    theirs.outcome.time.completion = 24_h - 3_s;
    CHECK(detail::time_text(mine, theirs) == "takes 3 s less");
    mine.outcome.time.outages = 10_min;
    theirs.outcome.time.outages = 2_min;
    CHECK(detail::time_text(mine, theirs) == "is out of service for 2 min instead of 10 min");
}

TEST_CASE("a saving of less than a millionth of the full cost is no switch point") {
    figure_1 f;
    f.world.links[0].transport_energy = units::transport_energy::from_si(1e-12);
    f.job.devices = {};
    f.job.task = transfer{.volume = units::volume::from_si(8e14), .from = "A", .to = "B"};
    f.job.value_of_time = 20_usd_per_h;
    f.where = *survey::of(f.world);
    const auto p = f.ask(exhaustive{});
    REQUIRE_FALSE(p.front.empty());
    CHECK_FALSE(p.below.known());
}

TEST_CASE("what a placement shares is said: counted once, or in each where nobody says how often it is up") {
    figure_1 f;
    f.world.links[1].srlgs = {7}; // A-C
    f.world.sites[0].srlgs = f.world.sites[1].srlgs = {7, 9};
    const auto decided = [&] {
        f.where = *survey::of(f.world);
        const auto p = problem::of(f.where, f.job);
        return to_decision(*p, *ask(exhaustive{}, *p, by_full_cost), by_full_cost);
    };
    const std::string shared = "A-C-B, A and B share risk group 7",
                      unsaid = ", whose availability nobody states: it counts in each";
    CHECK(has(decided().ignored, shared + unsaid));
    CHECK(has(decided().ignored, "A and B share risk group 9" + unsaid));
    f.world.risks = {{.id = "river", .srlg = 7, .availability = 0.9995}};
    CHECK_FALSE(has(decided().ignored, shared));
    CHECK(has(decided().explanation, shared + ", 99.95 % available: it counts once"));
    CHECK(has(decided().ignored, "A and B share risk group 9" + unsaid));
    f.world.sites[0].srlgs = f.world.sites[1].srlgs = {};
    CHECK_FALSE(has(decided().explanation, "risk group"));
}

TEST_CASE("a lease that is billed for longer than it is held is said") {
    figure_1 f;
    f.world.tariffs[0].minimum_duration = 30 * 24_h;
    f.where = *survey::of(f.world);
    const auto p = problem::of(f.where, f.job);
    const auto best = ask(exhaustive{}, *p, by_full_cost);
    CHECK(best->best.outcome.money.lease->si() == Approx(28 * 720));
    CHECK(has(to_decision(*p, *best, by_full_cost).explanation, "the lease of A-C-B is billed for 30 d, held for "));
}

TEST_CASE("a wait for the start that was asked for is no queue") {
    figure_1 f;
    const units::instant now = units::instant::from_unix(1.7e9);
    const auto told = [&] {
        const auto p = problem::of(f.where, f.job, now);
        return to_decision(*p, *ask(exhaustive{}, *p, by_full_cost), by_full_cost).explanation;
    };
    f.job.limits.earliest_start = now + 10_h;
    CHECK(has(told(), "10 h until the start that was asked for"));
    CHECK_FALSE(has(told(), "in queues"));
    for (compute_pool& p : f.world.pools) p.queue_wait = 11_h;
    f.where = *survey::of(f.world);
    CHECK(has(told(), "11 h in queues"));
}

TEST_CASE("ways along the same nodes are told apart by the ids of their links") {
    figure_1 f;
    const auto told = [&] {
        std::vector<std::string> all;
        const auto& ways = f.where.options(0, 1);
        for (unsigned i = 0; i < ways.size(); ++i)
            if (ways[i].action == network_action::use)
                all.push_back(describe(f.where, {ways[i].action, i, ways[i].rate}, 0, 1));
        return all;
    };
    REQUIRE(told().size() == 1);
    CHECK(told()[0].find("use 100 Gb/s A-B (") == 0);
    wan_link shorter = f.world.links[0];
    shorter.id = "west";
    shorter.distance = 500_km;
    shorter.capacity = 50_Gbps;
    f.world.links.push_back(shorter);
    f.where = *survey::of(f.world);
    REQUIRE(told().size() == 2);
    CHECK(told()[0].find("use 50 Gb/s A-B by west (") == 0);
    CHECK(told()[1].find("use 100 Gb/s A-B by a-b (") == 0);
}

TEST_CASE("any two candidates side by side: the lines add up") {
    figure_1 f;
    const auto p = problem::of(f.where, f.job, {}, 80_usd_per_t);
    const auto best = ask(exhaustive{}, *p, by_full_cost);
    for (const ranked& r : best->alternatives) {
        units::money sum{};
        for (const difference& d : explain(best->best, r, p->what().value)) sum += d.more;
        CHECK(sum.si() == Approx((r.outcome.full_cost - best->best.outcome.full_cost).si()));
    }
    CHECK(explain(best->best, best->best, p->what().value).empty());
    CHECK(explain(*p, best->best, best->alternatives[0])[0].find("more in all than") != std::string::npos);
}

TEST_CASE("two jobs: the second gets what the first left, or is told why not") {
    figure_1 f;
    std::vector<workload> both(2, f.job);
    both[1].id = "second";
    const auto all = place_all(f.where, both, by_full_cost, exhaustive{});
    REQUIRE(all);
    CHECK(all->placed == 1);
    CHECK(all->decisions[0].status == placement_status::placed);
    CHECK(all->decisions[1].status == placement_status::rejected);
    CHECK(all->decisions[1].reason.find("over capacity") == 0);
    both[1].priority = 0; // the more urgent one goes first
    CHECK(place_all(f.where, both, by_full_cost, exhaustive{})->decisions[1].status == placement_status::placed);
}

TEST_CASE("what would win but for a limit is named with that limit") {
    figure_1 f;
    CHECK_FALSE(f.ask(exhaustive{}).ruled_out.known());
    f.job.limits.budget = 110'500_usd; // A alone costs 110 k, the circuit with both sites 111.2 k
    for (const placement& x : {f.ask(exhaustive{}), f.ask(greedy{})}) {
        CHECK(x.best.choice.size == 1);
        REQUIRE(x.ruled_out.known());
        CHECK(x.ruled_out->choice.pairs[0].action == network_action::create);
        CHECK(x.ruled_out->outcome.full_cost < x.best.outcome.full_cost);
        const auto text = to_decision(*problem::of(f.where, f.job), x, by_full_cost).explanation;
        CHECK(has(text, "a limit rules out 1,024 x H100 SXM at A + 1,024 at B, create 400 Gb/s A-C-B"));
        CHECK(has(text, "the budget is 110 k USD") != has(text, "the budget is 111 k USD"));
    }
    CHECK_FALSE(f.ask(cheapest{}).ruled_out.known()); // of a silo's choice nothing is said
}

TEST_CASE("what is divided between sites is said where the model's shape leaves a choice") {
    figure_1 f;
    auto& task = std::get<training>(f.job.task);
    const auto text = [&] {
        const auto p = problem::of(f.where, f.job);
        return to_decision(*p, *ask(exhaustive{}, *p, by_full_cost), by_full_cost).explanation;
    };
    CHECK_FALSE(has(text(), "between the sites"));
    task.shape = support::llama_70b;
    task.mfu = {};
    f.job.devices.min_count = 2048; // both sites, whatever it costs
    CHECK(has(text(), "the batch is divided between the sites: gradients cross the network"));
    task.tokens_per_step = 2 << 20;
    CHECK(has(text(), "the layers are divided between the sites: activations cross the network"));
}

TEST_CASE("what a step waits for, and what hides, is said as it is") {
    figure_1 f;
    auto& task = std::get<training>(f.job.task);
    const auto text = [&] {
        const auto p = problem::of(f.where, f.job);
        return to_decision(*p, *ask(exhaustive{}, *p, by_full_cost), by_full_cost).explanation;
    };
    f.job.devices.min_count = 2048;
    task.sync_every = 100;
    task.stream_steps = 50;
    CHECK(has(text(), "the exchange of weights, once in 100 steps, hides behind 50 steps of computing"));
    CHECK(has(text(), " on average: "));
    CHECK_FALSE(has(text(), "backward pass"));
    CHECK(has(text(), " of IT, "));
    CHECK(has(text(), " of cooling and power supply of its sites, "));
    task.sync_every = 1;
    task.stream_steps = 0;

    // One site that reads 30 TB at 0.1 GB/s over 10,000 steps: 30 s a step
    f.job.devices.min_count = {};
    f.job.devices.count = 1024;
    f.world.storage.push_back({.id = "disk", .site = "C", .capacity = 100_TB, .read_rate = 0.1_GBps});
    f.world.datasets.push_back({.id = "images", .site = "C", .storage = "disk", .volume = 30_TB});
    task.data = "images";
    task.stream_data = true;
    task.steps = 10000;
    f.where = *survey::of(f.world);
    CHECK(has(text(), "a step takes 30 s: 15.5 s of computing and 14.5 s of waiting for data; 10,000 steps take"));
    CHECK_FALSE(has(text(), "waiting for the network"));
}
