// SPDX-License-Identifier: Apache-2.0
// Candidates: none twice, none that could not be, as many as counting by hand gives.
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/place/candidates.hpp>

#include <set>

using namespace support;

namespace {
// All that tells one candidate from another, as a string.
std::string key(const candidate& c) {
    std::string k = std::to_string(c.destination.value);
    const auto add = [&](const connection& w) {
        k += " " + std::to_string(static_cast<int>(w.action)) + ":" + std::to_string(w.option) + "@" +
             std::to_string(w.rate.si());
    };
    std::vector<std::pair<unsigned, int>> shares;
    for (int i = 0; i < c.size; ++i) shares.push_back({c.shares[i].pool.value, i});
    std::sort(shares.begin(), shares.end()); // the order of shares is no difference
    for (const auto& s : shares) k += " p" + std::to_string(s.first) + "x" + std::to_string(c.shares[s.second].devices);
    for (std::size_t j = 1; j < shares.size(); ++j)
        for (std::size_t i = 0; i < j; ++i) add(c.pairs[pair_index(shares[i].second, shares[j].second)]);
    add(c.access);
    return k;
}

// Device counts that a set of pools is tried with, worked out anew (whole devices only).
std::set<long long> counts(const problem& p, const std::vector<row<pool_tag>>& set) {
    long long most = 0;
    for (const auto r : set) most += p.where().free_devices(r);
    const auto& need = p.asked().devices;
    most = std::min<long long>(most, need.count);
    const long long size = static_cast<long long>(set.size());
    const long long least = std::max<long long>(need.least(), 1);
    std::set<long long> all;
    for (long long n = most; static_cast<int>(all.size()) < p.space().counts && n >= least && n >= size; n /= 2)
        all.insert(n);
    if (!all.empty() && least >= size) all.insert(least);
    return all;
}

// How many candidates there should be: sets x counts x ways to connect them. Up to three sites, all pairs talk.
long long expected(const problem& p) {
    const survey& s = p.where();
    const auto& pools = p.pools();
    long long sum = 0;
    for (unsigned bits = 1; bits < 1u << pools.size(); ++bits) {
        std::vector<row<pool_tag>> set;
        for (unsigned i = 0; i < pools.size(); ++i)
            if (bits >> i & 1) set.push_back(pools[i]);
        if (static_cast<int>(set.size()) > p.most_sites()) continue;
        bool good = true;
        long long ways = 1;
        for (std::size_t j = 0; j < set.size(); ++j)
            for (std::size_t i = 0; i < j; ++i) {
                const unsigned from = s.facts(set[i]).site, to = s.facts(set[j]).site;
                const auto model = [&](row<pool_tag> r) { return s.world().pools[r.value].model; };
                good = good && from != to && (!p.asked().devices.one_model || model(set[i]) == model(set[j]));
                if (good) ways *= static_cast<long long>(p.between(from, to, set.size() > 2).size());
            }
        if (!good) continue;
        unsigned far = ~0u; // the first one that is not where data or users are
        for (const auto r : set)
            if (far == ~0u && p.what().source && s.facts(r).site != p.what().source.value) far = s.facts(r).site;
        if (far != ~0u) ways *= static_cast<long long>(p.access(far, set.size() > 1).size());
        sum += ways * static_cast<long long>(counts(p, set).size());
    }
    return sum;
}
} // namespace

TEST_CASE("no candidate twice, each one possible, the count as by hand") {
    dice d(21);
    long long all = 0, spread = 0;
    for (int i = 0; i < 1000; ++i) {
        estate e = random_estate(d);
        workload w = random_workload(d, e);
        if (w.devices.count > 40)
            w.devices.count = 1 + w.devices.count % 40, w.devices.min_count = 1 + w.devices.count % 3;
        auto s = *survey::of(e);
        generation g;
        g.counts = 1 + static_cast<int>(d.below(5));
        g.rates = 1 + static_cast<int>(d.below(4));
        g.per_action = 1 + static_cast<int>(d.below(2));
        const auto p = problem::of(s, w, {}, {}, g);
        REQUIRE(p);
        std::set<std::string> seen;
        long long n = 0;
        INFO("case " << i);
        for_each_candidate(*p, [&](const candidate& c) {
            ++n;
            seen.insert(key(c));
            spread += c.size > 1;
            laws::findings wrong;
            if (!p->what().is_transfer()) laws::detail::check_devices(wrong, *p, c);
            wrong.erase(std::remove(wrong.begin(), wrong.end(), "the choice draws more power at a site than there is"),
                        wrong.end());
            REQUIRE(wrong == laws::findings{});
            // each connection can be had by itself; together they may be too much, which gather() finds out
            features<double> f;
            const errc e1 = gather(p->where(), p->what(), c, f);
            REQUIRE(
                (e1 == errc::none || e1 == errc::over_capacity || e1 == errc::over_power || e1 == errc::unknown_value));
        });
        REQUIRE(n == static_cast<long long>(seen.size()));
        const auto* task = std::get_if<inference>(&w.task);
        const auto* talk = std::get_if<session>(&w.task);
        const bool whole =
            (task && task->model.devices_per_replica > 1) || (talk && talk->model.devices_per_replica > 1);
        if (!p->what().is_transfer() && !whole) REQUIRE(n == expected(*p));
        all += n;
    }
    CHECK(all > 10000);
    CHECK(spread > 3000);
}

namespace {
// Data at A; pools at A and B; 10 Gb/s both ways between them, and 400 Gb/s one way.
estate one_way_is_wide() {
    estate e;
    for (const char* id : {"A", "B"}) e.sites.push_back({.id = id});
    for (const char* id : {"A", "B"})
        e.pools.push_back({.id = pool_id(std::string("p") + id),
                           .site = id,
                           .model = "H100 SXM",
                           .total_count = 64,
                           .free_count = 64});
    e.links = {
        {.id = "both", .src_node = "A", .dst_node = "B", .bidirectional = true, .capacity = 10_Gbps, .latency = 1_ms},
        {.id = "there", .src_node = "A", .dst_node = "B", .capacity = 400_Gbps, .latency = 1_ms}};
    e.storage = {{.id = "s", .site = "A", .capacity = 10_TB}};
    e.datasets = {{.id = "d", .site = "A", .storage = "s", .volume = 5_TB}};
    return e;
}
} // namespace

TEST_CASE("data may come over what leads one way only, gradients may not") {
    const estate e = one_way_is_wide();
    workload w{.id = "w", .devices = {.count = 128, .min_count = 16}};
    w.task = training{.parameters = 1'000'000'000, .tokens_per_step = 1'000'000, .steps = 10, .data = "d"};
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    units::bit_rate most_access{}, most_pair{};
    for_each_candidate(p, [&](const candidate& c) {
        most_access = units::max(most_access, c.access.rate);
        most_pair = units::max(most_pair, c.pairs[0].rate);
        features<double> f;
        CHECK(gather(s, p.what(), c, f) != errc::unreachable);
    });
    CHECK(most_access == 400_Gbps);
    CHECK(most_pair == 10_Gbps);
}

TEST_CASE("a service answers: what leads one way only is no access") {
    estate e = one_way_is_wide();
    workload w{.id = "w", .devices = {.count = 8}, .locality = {.allowed_sites = {"B"}, .user_site = "A"}};
    w.task =
        inference{.model = {.parameters = 7'000'000'000}, .requests = 1_per_s, .input_tokens = 10, .output_tokens = 10};
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    units::bit_rate most{};
    for_each_candidate(p, [&](const candidate& c) { most = units::max(most, c.access.rate); });
    CHECK(most == 10_Gbps);
    features<double> f;
    candidate c;
    c.add({1}, 8);
    for (unsigned i = 0; i < s.options(0, 1).size(); ++i)
        if (!s.options(0, 1)[i].both_ways) c.access = {network_action::use, i, 100_Gbps};
    REQUIRE(c.access.action == network_action::use);
    CHECK(gather(s, p.what(), c, f) == errc::unreachable);
}

TEST_CASE("devices come in whole replicas") {
    estate e = one_way_is_wide();
    e.pools[0].free_count = 30;
    e.pools[1].free_count = 7;
    workload w{.id = "w", .devices = {.count = 64, .min_count = 8}};
    w.task = inference{
        .model = {.parameters = 70'000'000'000, .devices_per_replica = 8}, .input_tokens = 10, .output_tokens = 10};
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    std::string seen;
    for_each_candidate(p, [&](const candidate& c) {
        seen += std::to_string(c.shares[0].pool.value) + ":" + std::to_string(c.devices()) + " ";
    });
    CHECK(seen == "0:24 0:8 "); // of 30, 24 are three replicas; 7 are none
}

TEST_CASE("nothing to generate: no candidate and no crash") {
    const auto none = [](const estate& e, const workload& w, generation g = {}) {
        auto s = *survey::of(e);
        const auto p = *problem::of(s, w, {}, {}, g);
        candidate_stream stream(p);
        candidate c;
        return !stream.next(c) && !stream.next(c);
    };
    const estate e = laws::figure_1_estate();
    workload w = laws::figure_1_training();
    CHECK_FALSE(none(e, w));
    CHECK(none({}, w));
    CHECK(none(e, workload{.id = "asks for no devices"}));
    CHECK(none(e, w, {.sites = 0}));
    CHECK(none(e, w, {.sites = -3}));
    CHECK(none(e, w, {.counts = 0}));
    w.devices.min_count = 5000;
    w.devices.count = 4000; // less than the least
    CHECK(none(e, w));
    w = laws::figure_1_training();
    w.locality.max_sites = 0;
    CHECK(none(e, w));
    w.task = transfer{.volume = 1_TB, .from = "A"};
    CHECK(none(e, w)); // nobody has storage
    w.task = transfer{.volume = 1_TB, .from = "A", .to = "A"};
    CHECK_FALSE(none(e, w)); // it is there already
}

TEST_CASE("four sites and more form a ring") {
    estate e;
    for (int i = 0; i < 6; ++i) {
        const std::string id(1, static_cast<char>('A' + i));
        e.sites.push_back({.id = site_id(id)});
        e.pools.push_back(
            {.id = pool_id(id), .site = site_id(id), .model = "H100 SXM", .total_count = 8, .free_count = 8});
        for (int j = 0; j < i; ++j)
            e.links.push_back({.id = link_id(id + std::to_string(j)),
                               .src_node = node_id(std::string(1, static_cast<char>('A' + j))),
                               .dst_node = node_id(id),
                               .bidirectional = true,
                               .capacity = 100_Gbps,
                               .distance = (1.0 + (i * 7 + j * 3) % 5) * 100_km});
    }
    workload w{.id = "w", .devices = {.count = 48, .min_count = 6}};
    w.task = training{.parameters = 1'000'000'000, .tokens_per_step = 1'000'000, .steps = 10};
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w, {}, {}, {.sites = 6, .counts = 1});
    std::set<std::string> seen;
    int rings = 0, candidates = 0;
    for_each_candidate(p, [&](const candidate& c) {
        ++candidates;
        seen.insert(key(c));
        int pairs = 0;
        for (const connection& k : c.pairs) pairs += k.action != network_action::none;
        REQUIRE(pairs == (c.size <= 3 ? c.size * (c.size - 1) / 2 : c.size));
        rings += c.size > 3;
        laws::findings wrong;
        laws::detail::check_devices(wrong, p, c);
        REQUIRE(wrong.empty());
    });
    CHECK(candidates == static_cast<int>(seen.size()));
    // all devices or the least; pairs at four rates, from three sites on at the full rate
    CHECK(rings == 2 * (15 + 6 + 1));
    CHECK(candidates == 2 * (6 + 15 * 4 + 20 + 22));
}
