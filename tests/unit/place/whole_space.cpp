// SPDX-License-Identifier: Apache-2.0
// The whole space: as many candidates as counting by hand gives, none twice, and all that other searches look at among them.
#include "candidate_key.hpp"
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/candidates.hpp>
#include <uonaco/place/heuristics/optimum.hpp>

#include <set>

using namespace support;

namespace {
constexpr option_parameters every{.paths = 64, .every = true};

// So many sites, all joined to each other by 100 Gb/s; so many devices each.
estate mesh(unsigned sites, units::count devices) {
    estate e;
    for (unsigned i = 0; i < sites; ++i) {
        const std::string name(1, static_cast<char>('a' + i));
        e.sites.push_back({.id = site_id(name)});
        e.pools.push_back({.id = pool_id("p" + name),
                           .site = site_id(name),
                           .model = "H100 SXM",
                           .total_count = devices,
                           .free_count = devices});
        for (unsigned j = 0; j < i; ++j)
            e.links.push_back({.id = link_id("l" + std::to_string(e.links.size())),
                               .src_node = node_id(std::string(1, static_cast<char>('a' + j))),
                               .dst_node = node_id(name),
                               .bidirectional = true,
                               .capacity = 100_Gbps,
                               .latency = 1_ms});
    }
    return e;
}
workload trained(units::count devices) {
    workload w{.id = "w"};
    w.devices.count = devices;
    w.devices.min_count = 1;
    w.task = training{.parameters = 1'000'000'000, .tokens_per_step = 100'000, .steps = 10};
    return w;
}
struct counted {
    whole_space::completeness reach{};
    long long all = 0;
    std::set<std::string> different{};
    long long of_size[max_shares + 1]{};
    long long chains = 0;
};
counted count(const problem& p, const whole_bounds& bounds = {}) {
    counted n;
    whole_space space(p, bounds);
    n.reach = space.for_each([&](const candidate& c) {
        ++n.all;
        ++n.of_size[c.size];
        n.chains += c.size > 1 && c.cut == wan_cut::pipeline;
        n.different.insert(key(p, c));
    });
    return n;
}
counted count(const estate& e, const workload& w, const generation& g, const whole_bounds& bounds = {}) {
    auto s = *survey::of(e, {}, every);
    return count(*problem::of(s, w, {}, {}, g), bounds);
}
// 100 Gb/s, and halves of it down to a thousandth.
constexpr long long rates = 11;
long long to_the(long long base, int times) { return times == 0 ? 1 : base * to_the(base, times - 1); }
} // namespace

TEST_CASE("two sites: every division, every way at every rate") {
    const auto n = count(mesh(2, 5), trained(6), {.sites = 2});
    CHECK(n.reach == whole_space::completeness::whole);
    CHECK(n.of_size[1] == 2 * 5);
    const long long divisions = 25 - 10; // more than six in all: (2, 5), (3, 4), (3, 5), ..., ten of the 25
    CHECK(n.of_size[2] == divisions * rates);
    CHECK(n.all == static_cast<long long>(n.different.size()));
}

TEST_CASE("three sites: all with all, or over a tree; each way also through the third") {
    const long long ways = 2 * rates;
    const auto n = count(mesh(3, 1), trained(3), {.sites = 3});
    CHECK(n.reach == whole_space::completeness::whole);
    CHECK(n.of_size[1] == 3);
    CHECK(n.of_size[2] == 3 * ways);
    CHECK(n.of_size[3] == to_the(ways, 3) + 3 * to_the(ways, 2));
    CHECK(n.all == static_cast<long long>(n.different.size()));
}

TEST_CASE("four sites and five: every ring, and every chain where the layers are divided") {
    estate e = mesh(4, 1);
    for (wan_link& l : e.links) l.capacity = 100.0 / 1024 * 1_Gbps; // one rate; its halves are left to `rates`
    workload w = trained(4);
    w.devices.min_count = 4;
    const auto rings = count(e, w, {.sites = 4, .rates = 1});
    CHECK(rings.reach == whole_space::completeness::whole);
    constexpr long long ways = 1 + 2 + 2; // direct, over one of two others, over both in either order
    CHECK(rings.all == 3 * to_the(ways, 4));
    CHECK(rings.all == static_cast<long long>(rings.different.size()));

    std::get<training>(w.task).cut = wan_cut::pipeline;
    const auto chains = count(e, w, {.sites = 4, .rates = 1});
    CHECK(chains.all == 24 * to_the(ways, 3));
    CHECK(chains.all == static_cast<long long>(chains.different.size()));
}

TEST_CASE("device counts in steps, and in whole replicas") {
    const auto n = count(mesh(2, 8), trained(8), {.sites = 1}, {.devices = 3});
    CHECK(n.all == 2 * 2); // 3 and 6 of either
    workload served = trained(8);
    served.task = inference{.model = {.parameters = 1'000'000'000, .devices_per_replica = 4}, .requests = 1_per_s};
    served.locality.user_site = site_id("a");
    const auto replicas = count(mesh(2, 8), served, {}, {.devices = 3});
    CHECK(replicas.all == 2 + 2 * rates); // 4 and 8 at a, and at b over the one way
}

TEST_CASE("a transfer: every way at every rate, and where the data is already") {
    estate e = mesh(2, 1);
    e.storage = {{.id = "da", .site = "a", .capacity = 10_TB}, {.id = "db", .site = "b", .capacity = 10_TB}};
    e.datasets = {{.id = "d", .site = "a", .storage = "da", .volume = 1_TB}};
    workload w{.id = "w"};
    w.task = transfer{.data = "d", .to = "b"};
    CHECK(count(e, w, {}).all == rates);
    w.task = transfer{.data = "d", .to = "a"};
    CHECK(count(e, w, {}).all == 1);
}

TEST_CASE("a space that is too large, or not known whole, is said to be") {
    const auto n = count(mesh(3, 100), trained(300), {.sites = 3}, {.candidates = 5000});
    CHECK(n.reach == whole_space::completeness::too_many);
    CHECK(n.all == 5000);
    const estate e = mesh(2, 4), three = mesh(3, 4);
    const workload w = trained(8);
    for (const option_parameters& network : {option_parameters{}, option_parameters{.paths = 1, .every = true}}) {
        auto s = *survey::of(three, {}, network);
        CHECK(count(*problem::of(s, w)).reach == whole_space::completeness::ways_left_out);
        const auto refused = optimum{}(*problem::of(s, w), by_full_cost);
        REQUIRE(!refused);
        CHECK(refused.error().code == errc::too_many);
        CHECK(refused.error().detail.find("option_parameters::every") != std::string::npos);
    }
    auto s = *survey::of(e, {}, every);
    const auto p = *problem::of(s, w);
    const auto refused = optimum{{.candidates = 40}}(p, by_full_cost);
    REQUIRE(!refused);
    CHECK(refused.error().detail.find("in steps of 4 it can") != std::string::npos);
    CHECK(optimum{{.candidates = 40, .devices = 4}}(p, by_full_cost));
}

TEST_CASE("all that up to three sites are tried with otherwise is in the whole space") {
    dice d(77);
    int problems = 0;
    long long looked_for = 0;
    for (int i = 0; i < 300; ++i) {
        estate e = random_estate(d);
        workload w = random_workload(d, e);
        w.devices.count = 1 + w.devices.count % 7;
        w.devices.min_count = 1 + w.devices.count % 3;
        auto s = *survey::of(e, {}, every);
        const auto p = problem::of(s, w, {}, {}, {.sites = 2, .counts = 4, .rates = 2});
        REQUIRE(p);
        const auto whole = count(*p, {.candidates = 20'000});
        if (whole.reach != whole_space::completeness::whole) continue;
        ++problems;
        INFO("case " << i);
        CHECK(whole.all == static_cast<long long>(whole.different.size()));
        for_each_candidate(*p, [&](const candidate& c) {
            ++looked_for;
            REQUIRE(whole.different.count(key(*p, c)) == 1);
        });
    }
    CHECK(problems > 100);
    CHECK(looked_for > 1000);
}
