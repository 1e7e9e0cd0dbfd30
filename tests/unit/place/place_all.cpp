// SPDX-License-Identifier: Apache-2.0
// Many workloads on one estate: whatever is placed has its devices, rates and power.
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/heuristics/silos.hpp>
#include <uonaco/place/place.hpp>

#include <map>

using namespace support;

namespace {
// Sums over all that was placed, in each of the seconds in which something begins.
void check_sums(const estate& e, const placements& all) {
    const auto s = *survey::of(e);
    for (const reservation& now : all.committed.entries()) {
        std::map<std::string, double> links;
        std::vector<long long> pools(e.pools.size());
        std::vector<units::power> power(e.sites.size()), idle(e.sites.size());
        for (const reservation& r : all.committed.entries()) {
            if (now.start < r.start || r.end <= now.start) continue;
            for (const assignment& part : r.assignments) {
                const auto pool = s.pool(part.pool);
                const pool_facts& k = s.facts(pool);
                pools[pool.value] += part.devices;
                power[k.site] += static_cast<double>(part.devices) * k.full_draw();
                idle[k.site] += static_cast<double>(part.devices) * k.idle_draw();
            }
            for (const network_step& n : r.network)
                for (const link_id& l : n.links) links[std::string(to_string(n.action)) + l.text] += n.rate.si();
        }
        for (unsigned i = 0; i < pools.size(); ++i) REQUIRE(pools[i] <= e.pools[i].free_count);
        for (unsigned i = 0; i < power.size(); ++i)
            if (power[i].si() > 0) REQUIRE(s.has_power(i, (1 - 1e-9) * power[i], (1 - 1e-9) * idle[i]));
        for (unsigned i = 0; i < e.links.size(); ++i) {
            const link_rates& there = s.rates().links[i];
            double circuits = 0;
            for (const circuit& c : e.circuits)
                for (const link_id& l : c.links) circuits += l == e.links[i].id ? c.rate.si() : 0.0;
            const std::string& id = e.links[i].id.text;
            REQUIRE(links["create" + id] <= there.creatable.si() * (1 + 1e-9));
            REQUIRE(links["use" + id] <= (there.in_service.si() + circuits) * (1 + 1e-9));
            REQUIRE(links["use" + id] + links["resize" + id] <=
                    (there.in_service.si() + circuits + there.resizable.si()) * (1 + 1e-9));
        }
    }
}

template <class Heuristic>
int place(unsigned seed, const Heuristic& h) {
    dice d(seed);
    int placed = 0;
    for (int trial = 0; trial < 150; ++trial) {
        const estate e = random_estate(d);
        std::vector<workload> asked;
        for (unsigned i = 0; i < 8; ++i) asked.push_back(random_workload(d, e, i));
        const auto all = place_all(*survey::of(e), asked, by_full_cost, h);
        INFO("seed " << seed << ", trial " << trial);
        REQUIRE(all);
        REQUIRE(all->decisions.size() == asked.size());
        long long count = 0;
        units::money sum{};
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const decision& x = all->decisions[i];
            REQUIRE(x.workload == asked[i].id);
            if (x.status != placement_status::placed) {
                REQUIRE(!x.reason.empty());
                continue;
            }
            ++count;
            sum += x.outcome->full_cost;
            for (const constraint_check& c : x.constraints) REQUIRE(c.satisfied);
            REQUIRE(laws::check_outcome(*x.outcome) == laws::findings{});
            long long devices = 0;
            for (const assignment& a : x.assignments) devices += a.devices;
            REQUIRE(
                (x.assignments.empty() || (devices >= asked[i].devices.least() && devices <= asked[i].devices.count)));
        }
        REQUIRE(count == all->placed);
        REQUIRE(sum.si() == Approx(all->full_cost.si()).margin(1e-6));
        check_sums(e, *all);
        placed += static_cast<int>(count);
    }
    return placed;
}
} // namespace

TEST_CASE("place_all never takes more than there is") {
    CHECK(place(41, greedy{}) > 150);
    CHECK(place(42, exhaustive{}) > 150);
    CHECK(place(43, compute_first{}) > 100);
}

TEST_CASE("the most urgent first; of equals the one that asks for most; then as given") {
    std::vector<workload> all(5);
    all[0].priority = 3, all[0].devices.count = 10;
    all[1].priority = 0, all[1].devices.count = 1;
    all[2].priority = 3, all[2].devices.count = 20;
    all[3].priority = 7, all[3].devices.count = 99;
    all[4].priority = 3, all[4].devices.count = 10;
    CHECK(uonaco::detail::placing_order(all) == std::vector<unsigned>{1, 2, 0, 4, 3});
}

TEST_CASE("one workload is as good as alone") {
    const estate e = laws::figure_1_estate();
    auto s = *survey::of(e);
    const workload w = laws::figure_1_training();
    const auto alone = place_one(s, w, by_full_cost, greedy{});
    const auto all = place_all(s, {w}, by_full_cost, greedy{});
    CHECK(different_bits(alone->best.outcome, *all->decisions[0].outcome) == "");
    CHECK(all->full_cost == alone->best.outcome.full_cost);
    CHECK(all->committed.entries().size() == 1);
    CHECK(place_all(s, {}, by_full_cost, greedy{})->decisions.empty());
}

TEST_CASE("sums over what is not known are not known") {
    estate e = laws::figure_1_estate();
    e.pools[0].price = {};
    std::vector<workload> two(2, laws::figure_1_training());
    for (auto& w : two) w.locality.max_sites = 1, w.devices.count = 1024;
    two[1].id = "second";
    const auto all = place_all(*survey::of(e), two, by_full_cost, greedy{});
    CHECK(all->placed == 2);
    CHECK_FALSE(all->money);
    CHECK(all->carbon);
    CHECK(all->full_cost.si() > 0);
}

namespace {
struct unnamed {
    template <class Evaluator>
    result<placement> operator()(const problem&, const Evaluator&) const {
        return failure{errc::no_candidate, "", 0.0, "it never tries"};
    }
};
} // namespace

TEST_CASE("a heuristic of one's own needs no name") {
    const estate e = laws::figure_1_estate();
    const auto all = place_all(*survey::of(e), {laws::figure_1_training()}, by_full_cost, unnamed{});
    CHECK(all->decisions[0].heuristic == "unnamed heuristic");
    CHECK(all->decisions[0].reason == "no candidate: it never tries");
}
