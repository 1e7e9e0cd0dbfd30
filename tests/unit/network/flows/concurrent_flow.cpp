// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include "instances.hpp"

#include <uonaco/network/dijkstra.hpp>
#include <uonaco/network/flows/concurrent_flow.hpp>

#include <cmath>
#include <sstream>

using namespace uonaco;

namespace {

// Everything that the answer claims, computed again from nothing but the routing and the lengths.
void check_proof(const networks::instance& n, const concurrent_flow& f, double gap) {
    const graph g = n.graph();
    const capacities c = n.capacities();
    std::vector<double> load(c.amount.size());
    for (unsigned s = 0; s < f.sources.size(); ++s) {
        std::vector<double> lacks(n.nodes);
        double sent = 0;
        for (const demand& d : n.demands)
            if (d.from == f.sources[s] && d.to != d.from) lacks[d.to] += d.amount, sent += d.amount;
        for (unsigned e = 0; e < g.edges(); ++e) {
            const double x = f.flow[s * g.edges() + e];
            REQUIRE(x >= 0);
            lacks[g.from(e)] += x;
            lacks[g.to(e)] -= x;
            load[c.pool_of(e)] += x;
        }
        for (unsigned v = 0; v < n.nodes; ++v)
            if (v != f.sources[s]) REQUIRE(lacks[v] <= 1e-12 * sent);
    }
    for (unsigned i = 0; i < load.size(); ++i) REQUIRE(load[i] * f.share <= c.amount[i] * (1 + 1e-12));

    std::vector<double> length = f.length;
    double capacity = 0, needed = 0;
    std::vector<bool> counted(c.amount.size());
    for (unsigned e = 0; e < g.edges(); ++e) {
        if (!counted[c.pool_of(e)]) capacity += c.of(e) * length[e];
        counted[c.pool_of(e)] = true;
        if (c.of(e) == 0) length[e] = HUGE_VAL;
    }
    dijkstra paths;
    for (const unsigned source : f.sources) {
        paths.run(g, length, source);
        for (const demand& d : n.demands)
            if (d.from == source && d.amount > 0) needed += d.amount * paths.cost(d.to);
    }
    CHECK(f.bound == Approx(capacity / needed).epsilon(1e-9));
    CHECK(f.proven);
    CHECK(f.share <= f.bound);
    CHECK(f.gap() <= gap);
}

concurrent_flow solved(const networks::instance& n, double gap) {
    const auto f = max_concurrent_flow(n.graph(), n.capacities(), n.demands, {.gap = gap});
    REQUIRE(f);
    check_proof(n, *f, gap);
    return *f;
}

} // namespace

TEST_CASE("concurrent flow: exact answers of B4 and Abilene") {
    for (const double gap : {0.01, 0.0001}) {
        const auto b4 = solved(instances::b4(), gap);
        CHECK(b4.share <= 10000.0 / 297);
        CHECK(b4.bound >= 10000.0 / 297);
        const auto abilene = solved(instances::abilene(), gap);
        CHECK(abilene.share <= 125.0 / 21);
        CHECK(abilene.bound >= 125.0 / 21);
        CHECK(abilene.max_utilisation() == Approx(21.0 / 125).epsilon(gap));
    }
}

TEST_CASE("concurrent flow: instances with a known optimum") {
    for (const char* name : {"Abilene", "Arnes", "BtNorthAmerica", "Geant2012"}) {
        const auto n = networks::read("te/" + std::string(name) + ".0000");
        if (!n) {
            WARN("UONACO_DATA is not set: te/ is skipped");
            return;
        }
        const auto f = solved(*n, 0.01);
        INFO(name);
        CHECK(f.max_utilisation() >= 0.8999);
        CHECK(f.least_max_utilisation() <= 0.9);
        CHECK(f.max_utilisation() <= 0.9 * 1.01);
    }
    std::ifstream in(std::string(std::getenv("UONACO_DATA")) + "/reference_optima.csv");
    std::string line, cell;
    int compared = 0;
    while (std::getline(in, line)) {
        std::istringstream cells(line);
        std::getline(cells, cell, ',');
        const auto n = networks::read("sndlib/" + cell);
        if (!n) continue;
        INFO(cell);
        for (int i = 0; i < 5; ++i) std::getline(cells, cell, ',');
        const double least = std::stod(cell);
        // The reference counts load in demand units.
        auto plain = *n;
        for (double& c : plain.capacity) c = 1;
        const auto f = solved(plain, 0.01);
        CHECK(f.max_utilisation() >= least * (1 - 1e-6));
        CHECK(f.least_max_utilisation() <= least * (1 + 1e-6));
        ++compared;
    }
    CHECK(compared == 9);
}

TEST_CASE("concurrent flow: a warm start takes over, whatever changed") {
    auto n = instances::b4();
    concurrent_flow_search search;
    const auto cold = search(n.graph(), n.capacities(), n.demands, {.gap = 0.001});
    REQUIRE(cold);
    for (auto& d : n.demands) d.amount *= 2;
    const auto warm = search(n.graph(), n.capacities(), n.demands, {.gap = 0.001, .start = &*cold});
    REQUIRE(warm);
    check_proof(n, *warm, 0.001);
    CHECK(warm->rounds == 0);
    CHECK(warm->share == Approx(cold->share / 2).epsilon(1e-9));

    n.demands[17].amount = 0;          // one demand gone
    n.capacity[6] = n.capacity[7] = 0; // a link down
    const auto other = search(n.graph(), n.capacities(), n.demands, {.gap = 0.001, .start = &*warm});
    REQUIRE(other);
    check_proof(n, *other, 0.001);
    const auto anew = search(n.graph(), n.capacities(), n.demands, {.gap = 0.001});
    CHECK(other->share == Approx(anew->share).epsilon(0.002));
    const concurrent_flow nonsense{.length = {1, 2}, .sources = {3}};
    CHECK(search(n.graph(), n.capacities(), n.demands, {.gap = 0.001, .start = &nonsense})->load == anew->load);
}

TEST_CASE("concurrent flow: capacity that both directions share") {
    const edge edges[] = {{0, 1}, {1, 0}, {0, 2}, {2, 0}, {2, 1}, {1, 2}};
    const graph g(3, edges);
    const std::vector<double> amount{10, 10, 10};
    const std::vector<unsigned> pool{0, 0, 1, 1, 2, 2};
    const std::vector<demand> demands{{0, 1, 10}, {1, 0, 10}};
    const auto f = max_concurrent_flow(g, {amount, pool}, demands, {.gap = 1e-4});
    REQUIRE(f);
    CHECK(f->share == Approx(1).epsilon(1e-4));
    const std::vector<double> each(6, 10);
    CHECK(max_concurrent_flow(g, each, demands, {.gap = 1e-4})->share == Approx(2).epsilon(1e-4));
}

TEST_CASE("concurrent flow: questions without an answer say why") {
    const edge edges[] = {{0, 1}, {1, 1}};
    const graph g(3, edges);
    const std::vector<double> c{1, 1};
    const auto ask = [&](std::vector<demand> d, std::vector<double> capacity) {
        const auto f = max_concurrent_flow(g, capacity, d);
        return f ? flow_failure{} : f.error();
    };
    CHECK(ask({{0, 1, 1}}, c) == flow_failure{});
    CHECK(ask({{0, 1, 1}, {0, 2, 1}}, c) == flow_failure{errc::unreachable, 1});
    CHECK(ask({{0, 1, 1}}, {0, 1}) == flow_failure{errc::unreachable, 0});
    CHECK(ask({{0, 3, 1}}, c) == flow_failure{errc::out_of_range, 0});
    CHECK(ask({{0, 1, -1}}, c) == flow_failure{errc::out_of_range, 0});
    CHECK(ask({{0, 1, std::nan("")}}, c) == flow_failure{errc::out_of_range, 0});
    CHECK(ask({{0, 1, 1}}, {1, HUGE_VAL}) == flow_failure{errc::out_of_range, no_demand, 1});
    CHECK(ask({{0, 1, 1}}, {1}).code == errc::out_of_range);
    for (const auto& nothing : {std::vector<demand>{}, std::vector<demand>{{0, 2, 0}, {2, 2, 5}}}) {
        const auto f = max_concurrent_flow(g, c, nothing);
        REQUIRE(f);
        CHECK(f->share == math::most);
        CHECK(f->load == std::vector<double>{0, 0});
    }
    CHECK(max_concurrent_flow(graph{}, std::vector<double>{}, {})->proven);
    CHECK(max_concurrent_flow(g, c, std::vector<demand>{{0, 1, 1e100}})->share == Approx(1e-100));
}

TEST_CASE("concurrent flow: random networks prove themselves, twice the same") {
    std::mt19937 random(4);
    int answered = 0;
    for (unsigned i = 0; i < 150; ++i) {
        const auto n = instances::random_flows(random, 2 + i % 8, 6 + i % 30, 1 + i % 9);
        const auto f = max_concurrent_flow(n.graph(), n.capacities(), n.demands, {.gap = 0.01});
        if (!f) {
            CHECK(f.error().code == errc::unreachable);
            continue;
        }
        if (f->share == math::most) continue;
        ++answered;
        check_proof(n, *f, 0.01);
        const auto again = max_concurrent_flow(n.graph(), n.capacities(), n.demands, {.gap = 0.01});
        CHECK(again->share == f->share);
        CHECK(again->flow == f->flow);
    }
    CHECK(answered > 40);
}
