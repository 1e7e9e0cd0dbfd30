// SPDX-License-Identifier: Apache-2.0
#include "../../../../bench/network/data.hpp"
#include "../../../catch.hpp"

#include <uonaco/network/planning/network_design.hpp>

#include <cstdlib>
#include <random>
#include <string>

using namespace uonaco;

namespace {

// Nothing of the search is trusted: what the plan says, added up again. Links of a demand's own routes need not be a path.
void check_plan(const design_problem& p, const network_plan& plan) {
    std::vector<double> load(p.links.size() * p.periods), left;
    for (const design_demand& d : p.demands) left.push_back(counts(d) ? d.amount : 0);
    for (const planned_flow& f : plan.routing) {
        const design_demand& d = p.demands[f.demand];
        unsigned at = d.a;
        for (const unsigned e : f.links) {
            load[e * p.periods + d.period] += f.amount;
            if (d.copies > 1) continue;
            REQUIRE((p.links[e].a == at || p.links[e].b == at));
            at = p.links[e].a == at ? p.links[e].b : p.links[e].a;
        }
        if (d.copies == 1) REQUIRE(at == d.b);
        REQUIRE(f.amount > 0);
        left[f.demand] -= f.amount;
    }
    for (const double l : left) CHECK(l == Approx(0).margin(1e-6));
    double cost = 0;
    for (unsigned e = 0; e < p.links.size(); ++e) {
        double capacity = p.links[e].installed;
        cost += p.links[e].paid;
        for (unsigned m = 0; m < p.links[e].modules.size(); ++m) {
            capacity += plan.modules[e][m] * p.links[e].modules[m].capacity;
            cost += plan.modules[e][m] * p.links[e].modules[m].cost;
        }
        CHECK(plan.capacity[e] == Approx(capacity));
        for (unsigned t = 0; t < p.periods; ++t) CHECK(load[e * p.periods + t] <= capacity * (1 + 1e-8));
    }
    CHECK(plan.cost == Approx(cost));
    CHECK(plan.lower_bound <= plan.cost * (1 + 1e-9));
}

// Three nodes in a triangle: demand x between two ends may leave the direct link for the two others. Whether capacities
// suffice is then known: each demand exceeds its link by no more than the two others have left, all at once.
bool triangle_holds(const double (&capacity)[3], const double (&demand)[3]) {
    double shift[3];
    for (int i = 0; i < 3; ++i) shift[i] = demand[i] > capacity[i] ? demand[i] - capacity[i] : 0;
    for (int i = 0; i < 3; ++i) {
        const double others = shift[0] + shift[1] + shift[2] - shift[i];
        if (demand[i] - shift[i] + others > capacity[i]) return false;
    }
    return true;
}

} // namespace

TEST_CASE("plans of triangles are the best of all, and the bound is below") {
    std::mt19937 engine(7);
    const auto dice = [&] { return static_cast<unsigned>(engine()); };
    unsigned best_found = 0;
    for (int round = 0; round < 40; ++round) {
        design_problem p{.nodes = 3};
        double demand[3];
        for (unsigned i = 0; i < 3; ++i) {
            const double small = 1.0 + dice() % 9;
            p.links.push_back({i, (i + 1) % 3, 0.0, 0.0, {{2, small}, {5, 1.5 * small + dice() % 3}}});
            demand[i] = 1.0 + dice() % 7;
            p.demands.push_back({i, (i + 1) % 3, demand[i]});
        }
        double best = 1e9;
        for (unsigned code = 0; code < 8000; ++code) {
            const unsigned n[3] = {code % 20, code / 20 % 20, code / 400};
            double capacity[3], cost = 0;
            for (unsigned i = 0; i < 3; ++i) { // up to 4 small ones, up to 3 large ones
                const unsigned small = n[i] % 5, large = n[i] / 5;
                capacity[i] = 2.0 * small + 5.0 * large;
                cost += small * p.links[i].modules[0].cost + large * p.links[i].modules[1].cost;
            }
            if (cost < best && triangle_holds(capacity, demand)) best = cost;
        }
        const auto plan = design_network(p, {400, 2, 100, 1});
        REQUIRE(plan);
        check_plan(p, *plan);
        CHECK(plan->lower_bound <= best * (1 + 1e-9));
        CHECK(plan->cost >= best * (1 - 1e-9));
        CHECK(plan->cost <= best * 1.25);
        best_found += plan->cost <= best * (1 + 1e-9);
    }
    CHECK(best_found >= 36);
}

TEST_CASE("the same problem has the same plan") {
    design_problem p{.nodes = 4};
    for (unsigned a = 0; a < 4; ++a)
        for (unsigned b = a + 1; b < 4; ++b) {
            p.links.push_back({a, b, 0.0, 0.0, {{3, 2.0 + a}, {10, 5.0 + b}}});
            p.demands.push_back({a, b, 1.0 + a + b});
        }
    const auto one = design_network(p, {300, 1, 50, 3});
    const auto two = design_network(p, {300, 1, 50, 3});
    REQUIRE((one && two));
    CHECK(one->cost == two->cost);
    CHECK(one->lower_bound == two->lower_bound);
    CHECK(one->routing == two->routing);
    CHECK(one->modules == two->modules);
}

TEST_CASE("periods share capacity, and the plan pays for the fullest only") {
    design_problem p{.nodes = 2, .periods = 2};
    p.links.push_back({0, 1, 0.0, 0.0, {{10, 7}}});
    p.demands.push_back({0, 1, 18, 0});
    p.demands.push_back({1, 0, 15, 1});
    const auto plan = design_network(p, {50, 1, 50, 1});
    REQUIRE(plan);
    check_plan(p, *plan);
    CHECK(plan->cost == 14);
    CHECK(plan->lower_bound == Approx(14).epsilon(0.05));
}

TEST_CASE("a working path and its backup both get capacity") {
    design_problem p{.nodes = 3};
    p.links.push_back({0, 1, 0.0, 0.0, {{10, 4}}});
    p.links.push_back({1, 2, 0.0, 0.0, {{10, 4}}});
    p.links.push_back({0, 2, 0.0, 1.0, {{10, 5}}});
    p.demands.push_back({0, 2, 8, 0, 2, {{2, 0, 1}}});
    const auto plan = design_network(p, {50, 1, 50, 1});
    REQUIRE(plan);
    check_plan(p, *plan);
    CHECK(plan->cost == 14);
    CHECK(plan->lower_bound <= 14);
}

TEST_CASE("installed capacity is used before any is bought, also where none can be") {
    design_problem p{.nodes = 3};
    p.links.push_back({0, 1, 6, 2, {}});
    p.links.push_back({0, 2, 0, 0, {{4, 3}}});
    p.links.push_back({2, 1, 4, 0, {{4, 3}}});
    p.demands.push_back({0, 1, 10});
    const auto plan = design_network(p, {200, 2, 50, 1});
    REQUIRE(plan);
    check_plan(p, *plan);
    CHECK(plan->cost == 5);
}

TEST_CASE("what cannot be planned says so") {
    CHECK(design_network(design_problem{}));
    design_problem p{.nodes = 3};
    p.links.push_back({0, 1, 5, 0, {}});
    p.demands.push_back({0, 2, 1});
    const auto apart = design_network(p);
    REQUIRE(!apart);
    CHECK(apart.error().code == errc::unreachable);
    p.demands[0] = {0, 1, 6};
    const auto full = design_network(p, {100, 1, 10, 1});
    REQUIRE(!full);
    CHECK(full.error().code == errc::over_capacity);
    p.demands[0].amount = 0;
    CHECK(design_network(p)->cost == 0);
    p.demands[0].amount = __builtin_nan("");
    CHECK(design_network(p).error().code == errc::out_of_range);
    p.demands[0] = {0, 7, 1};
    CHECK(design_network(p).error().code == errc::out_of_range);
    p.demands[0] = {0, 0, 1}; // to itself
    p.links.push_back({2, 2, 0, 0, {{1, 0}}});
    CHECK(design_network(p)->cost == 0);
    p.links[1].modules[0].capacity = 0;
    CHECK(design_network(p).error().code == errc::out_of_range);
}

TEST_CASE("the instances of SNDlib are the ones known") {
    if (!std::getenv("UONACO_DATA")) {
        WARN("UONACO_DATA is not set: no real instances");
        return;
    }
    struct known {
        const char* name;
        unsigned nodes, links, demands;
    };
    for (const known k : {known{"abilene", 12, 15, 132},
                          {"polska", 12, 18, 66},
                          {"nobel-us", 14, 21, 91},
                          {"nobel-germany", 17, 26, 121},
                          {"germany50", 50, 88, 662}}) {
        INFO(k.name);
        const auto p = networks::read_design("sndlib/" + std::string(k.name));
        REQUIRE(p);
        CHECK(p->nodes == k.nodes);
        CHECK(p->links.size() == k.links);
        CHECK(p->demands.size() == k.demands);
    }
}

TEST_CASE("designs of SNDlib are at most 5 % above the proven best on average, with a bound below it") {
    if (!std::getenv("UONACO_DATA")) {
        WARN("UONACO_DATA is not set: no real instances");
        return;
    }
    struct known {
        const char* name;
        double best;
    };
    double above = 0;
    for (const known k : {known{"dfn-gwin", 38752},
                          {"polska", 23619},
                          {"pdh", 10903843},
                          {"abilene", 194020},
                          {"nobel-us", 2441420},
                          {"nobel-germany", 161990}}) {
        INFO(k.name);
        const auto p = networks::read_design("sndlib/" + std::string(k.name));
        REQUIRE(p);
        const auto plan = design_network(*p, {4000, 1, 200, 1});
        REQUIRE(plan);
        check_plan(*p, *plan);
        CHECK(plan->cost >= k.best * (1 - 1e-9));
        CHECK(plan->lower_bound <= k.best * (1 + 1e-9));
        above += (plan->cost / k.best - 1) / 6;
    }
    CHECK(above <= 0.05);
}
