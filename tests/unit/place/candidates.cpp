// SPDX-License-Identifier: Apache-2.0
// Candidates: none twice, none that could not be, as many as counting by hand gives.
#include "candidate_key.hpp"
#include "catch.hpp"
#include "estates.hpp"

#include <uonaco/place/candidates.hpp>

#include <set>

using namespace support;

namespace {
bool leaves_network(const candidate& c) {
    const auto leaves = [](const connection& k) {
        return k.action == network_action::none || k.action == network_action::use;
    };
    return std::all_of(std::begin(c.pairs), std::end(c.pairs), leaves) && leaves(c.access);
}

using pool_set = std::vector<row<pool_tag>>;

// Device counts that a set of pools is tried with as far as devices are free, worked out anew (whole devices only).
std::set<long long> counts(const problem& p, const pool_set& set) {
    double heaviest = 0;
    for (const auto r : set) {
        const pool_facts& k = p.where().facts(r);
        heaviest = std::max(heaviest, (k.max_power + k.host_power).si());
    }
    const auto& need = p.asked().devices;
    const long long least = std::max<long long>(need.least(), 1);
    const auto& limit = p.asked().limits.power;
    long long most = 0;
    for (const auto r : set) {
        const pool_facts& k = p.where().facts(r);
        const units::power draw = p.what().is_service() ? k.full_draw() : k.idle_draw();
        const auto fits = [&](long long m) {
            const auto devices = static_cast<double>(m);
            return p.where().has_power(k.site, devices * k.full_draw(), devices * draw);
        };
        long long n = need.count;
        while (n > 0 && !fits(n)) --n;
        most += n;
    }
    most = std::min<long long>(most, need.count);
    while (limit && most > least && static_cast<double>(most) * heaviest > limit->si()) --most;
    std::set<long long> all;
    if (most < least) return all;
    const auto add = [&](long long n) {
        if (n < least || n < static_cast<long long>(set.size())) return;
        all.insert(set.size() == 1 ? p.used(set[0], n) : n);
    };
    const std::size_t enough = static_cast<std::size_t>(p.space().counts) * (set.size() == 1   ? 4
                                                                             : set.size() == 2 ? 2
                                                                                               : 1);
    for (long long n = most; n >= least && n > 0; n /= 2) add(n);
    for (const int part : {36, 32, 42, 30, 45, 39, 33, 27})
        for (long long n = most; n >= least && n > 0 && all.size() < enough; n /= 2) add(n * part / 48);
    add(least);
    return all;
}

// How the pools may share so many devices.
std::set<std::vector<long long>> shares(const problem& p, const pool_set& set, long long n) {
    std::vector<long long> room;
    long long sum = 0;
    for (const auto r : set) room.push_back(p.room(r)), sum += room.back();
    std::set<std::vector<long long>> all;
    if (sum < n || std::count(room.begin(), room.end(), 0) > 0) return all;
    const auto up_to = [&](long long level) {
        long long taken = 0;
        for (const long long r : room) taken += std::min(level, r);
        return taken;
    };
    long long level = 0;
    while (up_to(level + 1) <= n && level < n) ++level;
    std::vector<long long> even = room;
    for (long long& x : even) x = std::min(x, level);
    std::vector<std::size_t> by_price(set.size());
    for (std::size_t i = 0; i < set.size(); ++i) by_price[i] = i;
    const auto pool = [&](std::size_t i) { return p.where().world().pools[set[i].value]; };
    std::sort(by_price.begin(), by_price.end(), [&](std::size_t a, std::size_t b) {
        const double x = pool(a).price ? pool(a).price->si() : 1e300, y = pool(b).price ? pool(b).price->si() : 1e300;
        return x != y ? x < y : pool(a).id.text < pool(b).id.text;
    });
    long long rest = n - up_to(level);
    for (const std::size_t i : by_price) {
        const long long more = std::min(rest, room[i] - even[i]);
        even[i] += more;
        rest -= more;
    }
    all.insert(even);
    for (std::size_t i = 0; i < set.size() && set.size() > 1; ++i) {
        auto filled = room;
        filled[i] = n - (sum - room[i]);
        if (filled[i] >= 1 && filled[i] <= room[i]) all.insert(filled);
    }
    return all;
}

// Ways to connect these pools in this order, of which those pairs talk that `talks` says.
template <class Talks>
long long ways(const problem& p, const pool_set& set, Talks talks) {
    const auto site = [&](std::size_t i) { return p.where().facts(set[i]).site; };
    std::size_t far = set.size(),
                home = set.size(); // the first one that is not where data or users are, and the one there
    for (std::size_t i = set.size(); i-- > 0 && p.what().source;) (site(i) == p.what().source.value ? home : far) = i;
    long long with = 1;
    bool over_pair = false;
    for (std::size_t j = 0; j < set.size(); ++j)
        for (std::size_t i = 0; i < j; ++i) {
            if (!talks(static_cast<int>(i), static_cast<int>(j))) continue;
            with *= static_cast<long long>(p.between(site(i), site(j), set.size() > 2).size());
            over_pair = over_pair || std::minmax(i, j) == std::minmax(home, far);
        }
    if (far < set.size()) {
        const auto* t = std::get_if<training>(&p.asked().task);
        const long long own = static_cast<long long>(p.access(site(far), set.size() > 1).size());
        with *= own + (over_pair && t && !t->stream_data);
    }
    return with;
}

// How many candidates there should be: sets x counts x shares x what crosses x which pairs talk x ways to connect them. Up to three
// sites.
long long expected(const problem& p) {
    const survey& s = p.where();
    const auto& pools = p.pools();
    const auto* t = std::get_if<training>(&p.asked().task);
    const auto id = [&](row<pool_tag> r) { return s.world().pools[r.value].id.text; };
    long long sum = 0;
    for (unsigned bits = 1; bits < 1u << pools.size(); ++bits) {
        pool_set set;
        for (unsigned i = 0; i < pools.size(); ++i)
            if (bits >> i & 1) set.push_back(pools[i]);
        std::sort(set.begin(), set.end(), [&](auto a, auto b) { return id(a) < id(b); });
        const int size = static_cast<int>(set.size());
        if (size > p.most_sites()) continue;
        bool good = true;
        for (std::size_t j = 0; j < set.size(); ++j)
            for (std::size_t i = 0; i < j; ++i) {
                const auto model = [&](row<pool_tag> r) { return s.world().pools[r.value].model; };
                good = good && s.facts(set[i]).site != s.facts(set[j]).site &&
                       (!p.asked().devices.one_model || model(set[i]) == model(set[j]));
            }
        if (!good) continue;
        const bool layers =
            t && size > 1 &&
            (t->cut ? *t->cut == wan_cut::pipeline : t->shape && t->sync_every <= 1 && t->shape->layers >= size);
        const bool batch = !layers || !t->cut;
        long long batch_ways = 0, layer_ways = 0, first_order = 0;
        for (int left_out = -1; left_out < (size == 3 ? 3 : 0) && batch; ++left_out) // all pairs, or two of three
            batch_ways += ways(p, set, [&](int i, int j) { return left_out != pair_index(i, j); });
        pool_set order = set;
        if (layers) do {
                const long long n = ways(p, order, [](int i, int j) { return j == i + 1; });
                if (order == set) first_order = n;
                layer_ways += n;
            } while (std::next_permutation(order.begin(), order.end(), [&](auto a, auto b) { return id(a) < id(b); }));
        for (const long long n : counts(p, set))
            for (const auto& x : shares(p, set, n)) {
                const auto& plans = p.what().plannable;
                const auto mfu = [&](std::size_t i) { return s.world().pools[set[i].value].mfu; };
                const bool alike = size == 2 && x[0] == x[1] && mfu(0) == mfu(1) && !p.what().source &&
                                   !plans.empty() && plans[set[0].value] == plans[set[1].value];
                sum += batch_ways + (alike ? first_order : layer_ways);
            }
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
        std::vector<candidate> existing;
        for_each_candidate(*p, [&](const candidate& c) {
            ++n;
            if (leaves_network(c)) existing.push_back(c);
            seen.insert(key(*p, c));
            spread += c.size > 1;
            laws::findings wrong;
            if (!p->what().is_transfer()) laws::detail::check_devices(wrong, *p, c);
            wrong.erase(std::remove(wrong.begin(), wrong.end(), "the choice draws more power at a site than there is"),
                        wrong.end());
            REQUIRE(wrong == laws::findings{});
            // each connection can be had by itself; together they may be too much, which gather() finds out
            features<double> f;
            const errc e1 = gather(p->where(), p->what(), c, f);
            // a plan or a cut that the workload states may not go with the shares
            const auto* t = std::get_if<training>(&w.task);
            const bool stated = t && ((t->plan && e1 == errc::no_candidate) || (t->cut && e1 == errc::unreachable));
            REQUIRE((stated || e1 == errc::none || e1 == errc::over_capacity || e1 == errc::over_power ||
                     e1 == errc::unknown_value || e1 == p->what().source_refusal));
            // one connection taken after the other says the same as what options share
            network_rates left = p->where().rates();
            const bool fits =
                each_connection(p->where(), p->what(), c, [&](const connection& k, unsigned a, unsigned b) {
                    return take(left, p->where().net(), e, p->where().options(a, b)[k.option], k.rate);
                });
            REQUIRE((fits || e1 != errc::none));
            REQUIRE((!fits || e1 != errc::over_capacity));
        });
        unsigned long at = 0; // the same, and in the same order
        for_each_candidate(
            *p, [&](const candidate& c) { REQUIRE((at < existing.size() && c == existing[at++])); },
            network_choice::existing);
        REQUIRE(at == existing.size());
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

TEST_CASE("no part of less than 1 Mb/s is tried, all there is may be, and less than 1 bit/s is none") {
    estate e = laws::figure_1_estate();
    e.links.resize(1);
    workload w = laws::figure_1_training();
    const auto rates = [&](units::bit_rate capacity) {
        e.links[0].capacity = capacity;
        auto s = *survey::of(e);
        const auto p = *problem::of(s, w);
        std::vector<double> all;
        for (const connection& k : p.between(0, 1, false)) all.push_back(k.rate.si());
        return all;
    };
    CHECK(rates(4_Mbps) == std::vector<double>{4e6, 2e6, 1e6});
    CHECK(rates(units::bit_rate::from_si(1000.0)) == std::vector<double>{1000.0});
    CHECK(rates(units::bit_rate::from_si(1.0)) == std::vector<double>{1.0});
    CHECK(rates(units::bit_rate::from_si(0.5)).empty());
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
    CHECK(seen == "0:24 0:16 0:8 "); // of 30, 24 are three replicas; 7 are none
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
                               .distance = (1.0 + (i * 7 + j * 3) % 5) * 100_km,
                               .transport_energy = 0_W_per_Gbps}); // else the direct link, of less energy, is one more
    }
    workload w{.id = "w", .devices = {.count = 48, .min_count = 6}};
    w.task = training{.parameters = 1'000'000'000, .tokens_per_step = 1'000'000, .steps = 10};
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w, {}, {}, {.sites = 6, .counts = 1});
    std::set<std::string> seen;
    int rings = 0, candidates = 0;
    for_each_candidate(p, [&](const candidate& c) {
        ++candidates;
        seen.insert(key(p, c));
        int pairs = 0;
        for (const connection& k : c.pairs) pairs += k.action != network_action::none;
        if (c.size == 3)
            REQUIRE((pairs == 2 || pairs == 3));
        else
            REQUIRE(pairs == (c.size < 3 ? c.size - 1 : c.size));
        rings += c.size > 3;
        laws::findings wrong;
        laws::detail::check_devices(wrong, p, c);
        REQUIRE(wrong.empty());
    });
    CHECK(candidates == static_cast<int>(seen.size()));
    // 48, 24, 12 or 6 devices, as far as 8 are free at each; 12 at two as 6 + 6, 8 + 4 or 4 + 8; pairs at four rates; three sites all
    // with all or over a tree, at the full rate
    CHECK(rings == 15 * 3 + 6 * 3 + 4);
    CHECK(candidates == 6 + 15 * 4 * 4 + 20 * 3 * 4 + rings);
}

namespace {
// 1,024 H100 at each of so many sites; links of 400 Gb/s in service between those named.
estate in_service(const std::string& sites, std::initializer_list<const char*> links) {
    estate e;
    for (const char c : sites) {
        const std::string id(1, c);
        e.sites.push_back({.id = site_id(id), .pue = 1.2});
        if (c == 'H') continue;
        e.pools.push_back({.id = pool_id(id),
                           .site = site_id(id),
                           .model = "H100 SXM",
                           .total_count = 1024,
                           .free_count = 1024,
                           .price = 2.5_usd_per_h});
    }
    for (const char* l : links)
        e.links.push_back({.id = link_id(l),
                           .src_node = node_id(std::string(1, l[0])),
                           .dst_node = node_id(std::string(1, l[1])),
                           .bidirectional = true,
                           .capacity = 400_Gbps,
                           .distance = 400_km,
                           .price = 0.07_usd_per_Gbps_h});
    e.storage = {{.id = "s", .site = "A", .capacity = 100_TB}};
    e.datasets = {{.id = "d", .site = "A", .storage = "s", .volume = 10_TB}};
    return e;
}
workload all_of(units::count devices) {
    workload w = laws::figure_1_training();
    w.devices.count = devices;
    w.devices.min_count = devices;
    return w;
}
// Of the feasible candidates, that of the shortest step.
assessment quickest(const estate& e, const workload& w, candidate& choice) {
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    assessment best, a;
    best.structural = errc::no_candidate;
    for_each_candidate(p, [&](const candidate& c) {
        assess(p.where(), p.what(), c, a);
        if (!a.feasible() || (best.feasible() && !(a.outcome.time.step < best.outcome.time.step))) return;
        best = a;
        choice = c;
    });
    return best;
}
} // namespace

TEST_CASE("data that is copied first needs no connection beside the one it trains over") {
    const estate e = in_service("AB", {"AB"});
    workload w = all_of(2048);
    std::get<training>(w.task).data = "d";
    candidate c;
    const auto copied = quickest(e, w, c);
    REQUIRE(copied.feasible());
    CHECK((c.access.action == network_action::none && c.pairs[0].rate == 400_Gbps));
    CHECK(copied.outcome.time.staging.si() == Approx(100).epsilon(0.01)); // half of 10 TB at 400 Gb/s
    // while it streams, both connections share the link
    std::get<training>(w.task).stream_data = true;
    REQUIRE(quickest(e, w, c).feasible());
    CHECK((c.access.rate == 200_Gbps && c.pairs[0].rate == 200_Gbps));
    // and so do they where the data lies at a third site behind one of them
    estate far = in_service("AHB", {"AH", "HB"});
    far.datasets[0].site = "H";
    far.links[1].capacity = 800_Gbps;
    CHECK(quickest(far, w, c).feasible());
}

TEST_CASE("three sites on a line, on a star, on a line of circuits") {
    candidate c;
    const auto line = quickest(in_service("ABC", {"AB", "BC"}), all_of(3072), c);
    REQUIRE(line.feasible());
    // 400 Gb/s leave the sites at the ends: over a tree, or at half rates with all
    const double tree = line.outcome.time.step.si();
    const auto mesh = quickest(in_service("ABC", {"AB", "BC", "AC"}), all_of(3072), c);
    CHECK((c.pairs[0].rate == 400_Gbps && c.pairs[1].rate == 400_Gbps && c.pairs[2].rate == 400_Gbps));
    CHECK(mesh.outcome.time.step.si() <= tree);
    REQUIRE(quickest(in_service("ABCH", {"AH", "BH", "CH"}), all_of(3072), c).feasible());
    CHECK((c.pairs[0].rate == 200_Gbps && c.pairs[1].rate == 200_Gbps && c.pairs[2].rate == 200_Gbps));
    // circuits end where they end: A and C are joined through B's own exchange only
    estate e = in_service("ABC", {"AB", "BC"});
    for (const char* id : {"AB", "BC"})
        e.circuits.push_back({.id = circuit_id(id),
                              .src_site = site_id(std::string(1, id[0])),
                              .dst_site = site_id(std::string(1, id[1])),
                              .links = {link_id(id)},
                              .rate = 400_Gbps});
    for (wan_link& l : e.links) l.unreserved = 0_Gbps;
    REQUIRE(quickest(e, all_of(3072), c).feasible());
    CHECK((c.pairs[0].action == network_action::use && c.pairs[1].action == network_action::none &&
           c.pairs[2].action == network_action::use));
}

TEST_CASE("a wider request is not answered worse: the most that has power is tried") {
    estate e = in_service("A", {});
    e.sites[0].power_limit = 995 * 1.075_kW;
    e.pools[0].total_count = 1024;
    workload w = all_of(900);
    candidate c;
    w.devices.count = 1024;
    for (const units::count least : {900, 256}) {
        w.devices.min_count = least;
        REQUIRE(quickest(e, w, c).feasible());
        CHECK(c.devices() == 995);
    }
    e.sites[0].power_limit = {};
    w.limits.power = 700 * 1.075_kW;
    w.devices.min_count = 256;
    REQUIRE(quickest(e, w, c).feasible());
    CHECK(c.devices() == Approx(700).margin(1));
}

TEST_CASE("candidates with given shares: all that the network may do for them") {
    const estate e = in_service("ABC", {"AB", "BC", "AC"});
    auto s = *survey::of(e);
    const workload w = all_of(2048);
    const auto p = *problem::of(s, w);
    candidate shares;
    shares.add({2}, 1024);
    shares.add({0}, 1024);
    candidate_stream stream(p, shares);
    candidate c;
    int n = 0;
    for (features<double> f; stream.next(c); ++n) {
        CHECK((c.size == 2 && c.shares[0] == shares.shares[0] && c.shares[1] == shares.shares[1]));
        CHECK(gather(s, p.what(), c, f) == errc::none);
    }
    CHECK(n == static_cast<int>(p.between(2, 0, false).size()));
}

TEST_CASE("connections are searched when they are asked for, and again when less is free") {
    const estate e = in_service("ABC", {"AB", "BC", "AC"});
    auto s = *survey::of(e);
    const workload w = all_of(2048);
    CHECK(problem::of(s, w)->between(0, 1, true)[0].rate == 400_Gbps);
    const auto* list = &s.options(0, 1);
    s.options(1, 2);
    CHECK(list == &s.options(0, 1)); // stays where it is
    auto free = s.rates();
    s.set_free_rates(free);
    free.links[0].in_service = 100_Gbps;
    free.links[1].in_service = free.links[2].in_service = 50_Gbps;
    s.set_free_rates(free);
    CHECK(s.options(0, 1)[0].rate == 100_Gbps);
    const auto p = *problem::of(s, w);
    p.connect_all();
    CHECK(p.between(0, 1, true)[0].rate == 100_Gbps);
}
