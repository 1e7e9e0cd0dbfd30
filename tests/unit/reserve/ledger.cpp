// SPDX-License-Identifier: Apache-2.0
// The ledger against an account of every second: all or nothing, and never more than there is.
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/candidates.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/place.hpp>
#include <uonaco/reserve/ledger.hpp>

using namespace support;

namespace {
constexpr int horizon = 40;
instant at(int s) { return instant::from_unix(s); }

// What is free in each second.
struct account {
    std::vector<std::vector<long long>> pools;
    std::vector<network_rates> rates;
    std::vector<std::vector<units::volume>> storage; // what is stored stays, from when it begins to arrive

    explicit account(const survey& s) {
        for (int t = 0; t < horizon; ++t) {
            pools.emplace_back();
            for (unsigned i = 0; i < s.world().pools.size(); ++i) pools.back().push_back(s.free_devices({i}));
            rates.push_back(s.rates());
            storage.emplace_back();
            for (unsigned i = 0; i < s.world().storage.size(); ++i) storage.back().push_back(s.free_storage({i}));
        }
    }
    static void keep_less(units::bit_rate& a, units::bit_rate b) { a = units::min(a, b); }
    network_rates least(int from, int to) const {
        network_rates r = rates[static_cast<std::size_t>(from)];
        for (int t = from; t < to; ++t) {
            const network_rates& now = rates[static_cast<std::size_t>(t)];
            for (std::size_t i = 0; i < r.links.size(); ++i) {
                keep_less(r.links[i].in_service, now.links[i].in_service);
                keep_less(r.links[i].creatable, now.links[i].creatable);
                keep_less(r.links[i].resizable, now.links[i].resizable);
            }
            for (std::size_t i = 0; i < r.circuits.size(); ++i) keep_less(r.circuits[i], now.circuits[i]);
        }
        return r;
    }
    bool take(const survey& s, const request& r, const candidate& c, int from, int to) {
        std::vector<long long> wanted(s.world().pools.size());
        for (int i = 0; i < c.size; ++i) wanted[c.shares[i].pool.value] += c.shares[i].devices;
        for (int t = from; t < to; ++t)
            for (std::size_t i = 0; i < wanted.size(); ++i)
                if (wanted[i] > pools[static_cast<std::size_t>(t)][i]) return false;
        const network_rates before = least(from, to);
        network_rates after = before;
        const bool connected = each_connection(s, r, c, [&](const connection& k, unsigned a, unsigned b) {
            return uonaco::take(after, s.net(), s.world(), s.options(a, b)[k.option], k.rate);
        });
        if (!connected) return false;
        if (r.is_transfer() && !(c.destination == r.source)) {
            bool listed = false, stored = false;
            for (std::size_t i = 0; i < s.world().storage.size() && !stored; ++i) {
                if (s.world().storage[i].site != s.world().sites[c.destination.value].id) continue;
                listed = stored = true;
                for (int t = from; t < horizon; ++t)
                    stored = stored && storage[static_cast<std::size_t>(t)][i] >= r.data;
                for (int t = from; t < horizon && stored; ++t) storage[static_cast<std::size_t>(t)][i] -= r.data;
            }
            if (listed && !stored) return false;
        }
        for (int t = from; t < to; ++t) {
            for (std::size_t i = 0; i < wanted.size(); ++i) pools[static_cast<std::size_t>(t)][i] -= wanted[i];
            network_rates& now = rates[static_cast<std::size_t>(t)];
            for (std::size_t i = 0; i < now.links.size(); ++i) {
                now.links[i].in_service -= before.links[i].in_service - after.links[i].in_service;
                now.links[i].creatable -= before.links[i].creatable - after.links[i].creatable;
                now.links[i].resizable -= before.links[i].resizable - after.links[i].resizable;
            }
            for (std::size_t i = 0; i < now.circuits.size(); ++i)
                now.circuits[i] -= before.circuits[i] - after.circuits[i];
        }
        return true;
    }
    double worst() const { // the emptiest column in any second, bit/s
        double least = 0;
        for (const network_rates& r : rates) {
            for (const link_rates& l : r.links)
                least = std::min({least, l.in_service.si(), l.creatable.si(), l.resizable.si()});
            for (const auto c : r.circuits) least = std::min(least, c.si());
        }
        return least;
    }
};
} // namespace

TEST_CASE("random commitments: as an account of every second has it, and never more than there is") {
    dice d(31);
    int taken = 0, refused = 0;
    for (int trial = 0; trial < 300; ++trial) {
        const estate e = random_estate(d);
        std::vector<workload> asked;
        for (unsigned i = 0; i < 6; ++i) asked.push_back(random_workload(d, e, i));
        auto s = *survey::of(e);
        ledger l(s);
        account a(s);
        for (const workload& w : asked) {
            const auto p = *problem::of(s, w);
            std::vector<candidate> all;
            candidate_stream stream(p);
            candidate next;
            while (all.size() < 150 && stream.next(next)) {
                features<double> f;
                if (gather(s, p.what(), next, f) == errc::none) all.push_back(next);
            }
            for (int i = 0; i < 6 && !all.empty(); ++i) {
                const candidate& c = all[d.below(static_cast<unsigned>(all.size()))];
                const int from = static_cast<int>(d.below(horizon - 1)),
                          to = from + 1 + static_cast<int>(d.below(static_cast<unsigned>(horizon - from - 1)));
                const auto entries = l.entries().size();
                const auto held = l.commit(s, p.what(), c, at(from), at(to));
                INFO("trial " << trial << ", " << w.id.text);
                REQUIRE(held.has_value() == a.take(s, p.what(), c, from, to));
                REQUIRE(l.entries().size() == entries + held.has_value());
                if (held) {
                    REQUIRE((held->state == reservation_state::committed && held->start == at(from) &&
                             held->end == at(to)));
                } else {
                    REQUIRE((held.error().code == errc::over_capacity && !held.error().subject.empty()));
                }
                ++(held ? taken : refused);
            }
        }
        for (const auto& second : a.pools)
            for (const long long n : second) REQUIRE(n >= 0);
        REQUIRE(a.worst() > -1.0);
    }
    CHECK(taken > 500);
    CHECK(refused > 200);
}

TEST_CASE("what a candidate alone may take, an empty ledger gives") {
    dice d(32);
    int committed = 0;
    for (int trial = 0; trial < 600; ++trial) {
        const estate e = random_estate(d);
        const workload w = random_workload(d, e);
        auto s = *survey::of(e);
        const auto p = *problem::of(s, w);
        int tried = 0;
        candidate_stream stream(p);
        candidate c;
        while (tried < 50 && stream.next(c)) {
            features<double> f;
            if (gather(s, p.what(), c, f) != errc::none) continue;
            ++tried;
            ledger l(s);
            INFO("trial " << trial);
            REQUIRE(l.commit(s, p.what(), c, at(0), at(1)));
            ++committed;
        }
    }
    CHECK(committed > 1000);
}

TEST_CASE("restrict leaves what is free from then on") {
    const estate e = laws::figure_1_estate();
    const workload w = laws::figure_1_training();
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    ledger l(s);
    candidate c;
    c.add({0}, 1000);
    c.add({1}, 24);
    for (unsigned i = 0; i < s.options(0, 1).size(); ++i)
        if (s.options(0, 1)[i].action == network_action::create) c.pairs[0] = {network_action::create, i, 400_Gbps};
    REQUIRE(l.commit(s, p.what(), c, at(10), at(20)));
    const auto free_after = [&](int t) {
        auto left = *survey::of(e);
        l.restrict(left, at(t));
        return std::pair(left.free_devices({0}), left.rates().links[1].creatable);
    };
    CHECK(free_after(0) == std::pair(24ll, 0_Gbps)); // it will be taken
    CHECK(free_after(19) == std::pair(24ll, 0_Gbps));
    CHECK(free_after(20) == std::pair(1024ll, 400_Gbps));
    CHECK_FALSE(l.commit(s, p.what(), c, at(19), at(30)));
    CHECK(l.commit(s, p.what(), c, at(20), at(30)));
    CHECK(l.commit(s, p.what(), c, at(0), at(10)));
    CHECK(l.entries().size() == 3);
    CHECK(l.entries()[0].id == reservation_id("training/1"));
    CHECK(l.entries()[1].workload == w.id);
}

TEST_CASE("two shares at one pool are counted together") {
    const estate e = laws::figure_1_estate();
    const workload w = laws::figure_1_training();
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    ledger l(s);
    candidate c;
    c.add({0}, 600);
    c.add({0}, 600);
    CHECK_FALSE(l.commit(s, p.what(), c, at(0), at(10)));
    CHECK(l.entries().empty());
    c.shares[1].devices = 424;
    CHECK(l.commit(s, p.what(), c, at(0), at(10)));
}

namespace {
estate two_sites_and_a_store() {
    estate e{.sites = {{.id = "A"}, {.id = "B"}, {.id = "C"}}};
    e.storage = {{.id = "small", .site = "B", .capacity = 40 * 1_TB},
                 {.id = "large", .site = "B", .capacity = 100 * 1_TB}};
    for (const char* far : {"A", "C"})
        e.links.push_back({.id = link_id(std::string(far) + "-B"),
                           .src_node = far,
                           .dst_node = "B",
                           .bidirectional = true,
                           .capacity = 100_Gbps,
                           .distance = 100_km});
    return e;
}
workload moving(const char* id, const char* from, const char* to, units::volume v) {
    return {.id = id, .task = transfer{.volume = v, .from = from, .to = to}};
}
} // namespace

TEST_CASE("what a transfer stores stays, and no storage takes more than its room") {
    const estate e = two_sites_and_a_store();
    const std::vector<workload> asked{moving("first", "A", "", 90 * 1_TB), moving("second", "C", "", 90 * 1_TB),
                                      moving("third", "C", "B", 40 * 1_TB)};
    const auto all = place_all(*survey::of(e), asked, by_full_cost, exhaustive{});
    CHECK(all->decisions[0].status == placement_status::placed);
    CHECK(all->decisions[1].status == placement_status::rejected);
    CHECK(all->decisions[1].reason.find("room") != std::string::npos);
    CHECK(all->decisions[2].status == placement_status::placed);
    REQUIRE(all->committed.entries().size() == 2);
    CHECK(all->committed.entries()[0].storage == storage_id("large"));
    CHECK(all->committed.entries()[1].storage == storage_id("small"));
    CHECK(all->committed.entries()[1].stored == 40 * 1_TB);
    auto later = *survey::of(e);
    all->committed.restrict(later, all->committed.entries()[0].end + units::duration::from_si(1e9));
    CHECK(later.free_storage({1}) == 10 * 1_TB);
}

TEST_CASE("a destination that is named has to have room, if it lists any storage") {
    const estate e = two_sites_and_a_store();
    auto s = *survey::of(e);
    CHECK_FALSE(place_one(s, moving("too much", "A", "B", 101 * 1_TB), by_full_cost, exhaustive{}));
    CHECK(place_one(s, moving("fits", "A", "B", 100 * 1_TB), by_full_cost, exhaustive{}));
    CHECK(place_one(s, moving("not asked", "A", "C", 101 * 1_TB), by_full_cost, exhaustive{}));
}

TEST_CASE("a reservation says by ids what it holds") {
    estate e = two_sites_and_a_store();
    e.links.push_back(e.links[0]);
    e.links.back().id = "A-B again";
    e.links.back().distance = 200_km;
    std::vector<workload> asked{moving("first", "A", "B", 1_TB), moving("second", "A", "B", 2 * 1_TB)};
    for (workload& w : asked) w.value_of_time = 50_usd_per_h; // so that each takes a whole link
    const auto all = place_all(*survey::of(e), asked, by_full_cost, exhaustive{});
    for (unsigned i = 0; i < 2; ++i) {
        INFO(i);
        const reservation& held = all->committed.entries()[i];
        REQUIRE(held.network.size() == 1);
        CHECK(held.network == all->decisions[i].network);
        CHECK(held.network[0].rate > 0_Gbps);
    }
    CHECK_FALSE(all->committed.entries()[0].network[0].links == all->committed.entries()[1].network[0].links);
}

TEST_CASE("a link sells nothing beside its circuits that it does not have") {
    estate e = two_sites_and_a_store();
    e.links[0].unreserved = 100_Gbps;
    e.circuits = {{.id = "c", .src_site = "A", .dst_site = "B", .links = {"A-B"}, .rate = 70_Gbps}};
    CHECK(survey::of(e)->rates().links[0].in_service == 30_Gbps);
    e.links[0].unreserved = 20_Gbps;
    CHECK(survey::of(e)->rates().links[0].in_service == 20_Gbps);
}

TEST_CASE("a workload that names what is not there is rejected; the others are placed") {
    const estate e = two_sites_and_a_store();
    const std::vector<workload> asked{moving("lost", "A", "nowhere", 1_TB), moving("found", "A", "B", 1_TB)};
    const auto all = place_all(*survey::of(e), asked, by_full_cost, exhaustive{});
    CHECK(all->decisions[0].status == placement_status::rejected);
    CHECK(all->decisions[0].reason.find("nowhere") != std::string::npos);
    CHECK(all->decisions[1].status == placement_status::placed);
}
