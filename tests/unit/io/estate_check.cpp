// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/kinds.hpp>
#include <uonaco/series/calendar.hpp>

#include <random>

namespace {

using namespace uonaco;

estate over_the_alps() {
    estate e;
    e.sites = {{.id = "paris"}, {.id = "oslo"}};
    e.nodes = {{.id = "lyon"}};
    e.pools = {{.id = "h100", .site = "paris", .total_count = 64, .free_count = 64}};
    const auto km = [](double x) { return units::from_exchange_unit<units::distance>(x); };
    const auto gbps = [](double x) { return units::from_exchange_unit<units::bit_rate>(x); };
    e.spans = {{.id = "alps", .src_node = "lyon", .dst_node = "oslo", .distance = km(1600)}};
    e.links = {{.id = "a", .src_node = "paris", .dst_node = "lyon", .capacity = gbps(100), .distance = km(400)},
               {.id = "b", .src_node = "lyon", .dst_node = "oslo", .capacity = gbps(100), .spans = {"alps"}}};
    return e;
}
wan_path offered(double microseconds) {
    return {.id = "p",
            .src_site = "paris",
            .dst_site = "oslo",
            .links = {"a", "b"},
            .latency = units::from_exchange_unit<units::latency>(microseconds)};
}

TEST_CASE("a path agrees with its estate, or is told where it does not") {
    estate e = over_the_alps();
    const io::estate_check check(e);
    CHECK(check(offered(9800)).empty());
    io::problems found = check(offered(6000));
    REQUIRE(found.size() == 1);
    CHECK(io::to_string(found[0]) ==
          "semantic /latency_us: expected at least 6672: what light needs for 2000 km of links; found 6000");
    CHECK(check(offered(6671)).empty()); // rounded figures

    wan_path p = offered(9800);
    p.links = {"b"};
    found = check(p);
    REQUIRE(found.size() == 1);
    CHECK(io::to_string(found[0]) ==
          "semantic /links/0: expected a link at \"paris\", where the path has got to; found "
          "\"b\" between \"lyon\" and \"oslo\"");
    p.links = {"a", "c"};
    p.src_site = "pari";
    found = check(p); // all at once; where an end is not known, whether links lead there is not asked
    REQUIRE(found.size() == 2);
    CHECK(io::to_string(found[0]) ==
          "semantic /src_site: expected the id of a site of the estate; found \"pari\" (did you mean paris?)");
    CHECK(found[1].pointer == "/links/1");

    e.links[1].layer = network_layer::ethernet;
    found = io::estate_check(e)(offered(9800));
    REQUIRE(found.size() == 1);
    CHECK(io::to_string(found[0]) == "semantic /links/1: expected a link of layer otn, or of one under adapted_layers; "
                                     "found \"b\", of layer ethernet");
    p = offered(9800);
    p.adapted_layers = {network_layer::ethernet};
    CHECK(io::estate_check(e)(p).empty());

    e.links[0].distance = {}; // of what is not known only the rest counts
    CHECK(io::estate_check(e)(p).empty());
    p.latency = units::from_exchange_unit<units::latency>(5300); // 1,600 km: 5337 us
    CHECK(io::estate_check(e)(p).size() == 1);
}

TEST_CASE("a path of many links and as many adapted layers is checked link by link") {
    estate e;
    e.sites = {{.id = "a"}, {.id = "z"}};
    wan_path p{.id = "p", .src_site = "a", .dst_site = "z"};
    p.adapted_layers.assign(1'000'000, network_layer::ethernet);
    constexpr int links = 100'000;
    for (int i = 0; i < links; ++i) {
        const std::string from = i == 0 ? "a" : "n" + std::to_string(i);
        const std::string to = i + 1 == links ? "z" : "n" + std::to_string(i + 1);
        e.links.push_back({.id = std::to_string(i), .src_node = from, .dst_node = to});
        p.links.push_back(e.links.back().id);
    }
    CHECK(io::estate_check(e)(p).empty());
}

TEST_CASE("a link of many spans is measured once, however many paths pass it") {
    estate e = over_the_alps();
    e.links[1].spans.assign(1'000'000, "alps");
    const io::estate_check check(e);
    for (int i = 0; i < 100'000; ++i) REQUIRE(check(offered(1e10)).empty());
    CHECK(check(offered(5e9)).size() == 1);
}

reservation held(const char* name, double from, double to, long long devices) {
    reservation r{.id = name, .workload = "w", .state = reservation_state::committed};
    r.start = instant::from_unix(from);
    r.end = instant::from_unix(to);
    r.assignments = {{.pool = "h100", .site = "paris", .devices = devices, .share = 1.0}};
    return r;
}

TEST_CASE("reservations take no more than there is, at any instant") {
    const estate e = over_the_alps();
    const io::estate_check check(e);
    CHECK(check(std::vector<reservation>{}).empty());
    std::vector<reservation> all{held("a", 0, 100, 40), held("b", 100, 200, 40), held("c", 0, 200, 24)};
    CHECK(check(all).empty());
    all.push_back(held("d", 50, 60, 1));
    const io::problems found = check(all);
    REQUIRE(found.size() == 1);
    CHECK(io::to_string(found[0]) ==
          "semantic /3/assignments/0/pool: expected a pool with devices for all reservations; "
          "found \"h100\", which is exceeded from 1970-01-01T00:00:50Z on");
    for (const auto s : {reservation_state::requested, reservation_state::released, reservation_state::failed,
                         reservation_state::expired, reservation_state::cancelled}) {
        all.back().state = s;
        CHECK(check(all).empty());
    }
    for (const auto s : {reservation_state::offered, reservation_state::held, reservation_state::provisioning,
                         reservation_state::active, reservation_state::adjusting, reservation_state::releasing}) {
        all.back().state = s;
        CHECK(check(all).size() == 1);
    }
}

TEST_CASE("random reservations are refused exactly where a calendar's peak is above what there is") {
    std::mt19937 random(11);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    estate e = over_the_alps();
    int refused = 0;
    for (int round = 0; round < 2000; ++round) {
        e.pools[0].total_count = 10 + below(40);
        const io::estate_check check(e);
        std::vector<reservation> all;
        calendar<long long> level;
        for (int i = below(12); i >= 0; --i) {
            const int from = below(20), devices = below(12);
            all.push_back(held(("r" + std::to_string(i)).c_str(), from, from + 1 + below(8), devices));
            level.add(all.back().start, all.back().end, devices);
        }
        const bool over = e.pools[0].total_count < level.peak(instant::from_unix(0), instant::from_unix(100));
        REQUIRE(check(all).empty() == !over);
        refused += over;
    }
    CHECK((refused > 200 && refused < 1800));
}

TEST_CASE("a hundred thousand reservations of one pool take no longer than to sort them") {
    const estate e = over_the_alps();
    std::vector<reservation> all;
    for (int i = 0; i < 100'000; ++i) all.push_back(held(std::to_string(i).c_str(), i, i + 60, 1));
    CHECK(io::estate_check(e)(all).empty());
    all.push_back(held("more", 50'000, 50'001, 5));
    CHECK(io::estate_check(e)(all).size() == 1);
}

} // namespace
