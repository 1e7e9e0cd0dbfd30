// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/network/dijkstra.hpp>
#include <uonaco/network/topology.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;
using namespace uonaco;

namespace {
// Two sites 5837 km apart and an exchange nobody gives a position for.
estate atlantic() {
    estate e;
    e.sites = {{.id = "paris", .location = location{48.8566, 2.3522}},
               {.id = "new-york", .location = location{40.7128, -74.0060}}};
    e.nodes = {{.id = "bude"}};
    return e;
}
topology built(const estate& e, const topology_parameters& p = {}) {
    auto t = make_topology(e, p);
    REQUIRE(t);
    return *t;
}
double us(units::latency l) { return in_exchange_unit(l); }
} // namespace

TEST_CASE("great circles") {
    const auto km = [](location a, location b) { return in_exchange_unit(great_circle(a, b)); };
    CHECK(km({48.8566, 2.3522}, {40.7128, -74.0060}) == Approx(5837.2490).epsilon(1e-6));
    CHECK(km({0, 179}, {0, -179}) == Approx(2 * 111.1951).epsilon(1e-6));
    CHECK(km({10, 20}, {-10, -160}) == Approx(3.14159265358979 * 6371.0088));
    CHECK(km({52, 13}, {52, 13}) == 0);
}

TEST_CASE("nodes are the sites, then the other nodes; a bidirectional link is two edges") {
    estate e = atlantic();
    e.links = {{.id = "a", .src_node = "paris", .dst_node = "bude", .bidirectional = true, .latency = 3_ms},
               {.id = "b", .src_node = "bude", .dst_node = "new-york", .latency = 30_ms}};
    const topology t = built(e);
    CHECK(t.net.nodes() == 3);
    CHECK(t.sites == 2);
    REQUIRE(t.net.edges() == 3);
    CHECK((t.edge_link == std::vector<unsigned>{0, 0, 1}));
    CHECK(t.links[1].edge == 2);
    CHECK(t.net.from(0) == 0);
    CHECK(t.net.to(0) == 2);
    CHECK(t.net.from(1) == 2);
    CHECK(t.net.to(2) == 1);
    CHECK(t.left_out.empty());
    CHECK(shortest_path(t.net, t.edge_delay, 0, 1).cost == 33e9); // ps
    CHECK_FALSE(shortest_path(t.net, t.edge_delay, 1, 0));
}

TEST_CASE(
    "a delay is stated, or from the distance, or from the spans, or from the positions; else the link is left out") {
    estate e = atlantic();
    e.spans = {{.id = "s1", .distance = 100_km}, {.id = "s2", .distance = 200_km, .fibre = fibre_type::hcf}};
    e.links = {
        {.id = "stated", .src_node = "paris", .dst_node = "new-york", .distance = 1_km, .latency = 28_ms},
        {.id = "distance", .src_node = "paris", .dst_node = "new-york", .spans = {"s1"}, .distance = 1000_km},
        {.id = "hollow", .src_node = "paris", .dst_node = "new-york", .distance = 1000_km, .fibre = fibre_type::hcf},
        {.id = "spans", .src_node = "paris", .dst_node = "new-york", .spans = {"s1", "s2"}},
        {.id = "positions", .src_node = "paris", .dst_node = "new-york"},
        {.id = "nothing", .src_node = "paris", .dst_node = "bude"},
        {.id = "nonsense", .src_node = "paris", .dst_node = "bude", .latency = units::latency::from_si(-1)}};
    const topology t = built(e);
    CHECK(t.links[0].latency == 28_ms);
    CHECK(us(t.links[1].latency) == Approx(4896.7).epsilon(1e-4));
    CHECK(us(t.links[2].latency) == Approx(3345.6).epsilon(1e-4));
    CHECK(us(t.links[3].latency) == Approx(489.67 + 669.13).epsilon(1e-4));
    CHECK((*t.links[1].length == 1000_km && *t.links[3].length == 300_km && !t.links[5].length));
    CHECK(us(t.links[4].latency) == Approx(5837.2490 * 1.4 * 4.89672).epsilon(1e-5));
    CHECK((t.left_out == std::vector<omission>{{omission_reason::no_delay, network_action::none, 5},
                                               {omission_reason::no_delay, network_action::none, 6}}));
    CHECK(describe(t.left_out[0], e) == "link nothing is left out: delay unknown");
    CHECK(t.links[4].usable);
    CHECK_FALSE(t.links[5].usable);
    CHECK(t.edge_usable[5] == 0);

    const topology longer = built(e, {.node_latency = 10_us, .route_factor = 1.5});
    CHECK(us(longer.links[4].latency) == Approx(5837.2490 * 1.5 * 4.89672).epsilon(1e-5));
    CHECK(longer.links[0].latency == 28_ms);
    CHECK(longer.edge_delay[0] == 28010e6);
}

TEST_CASE("a way cut into hops never looks shorter than the same way in one") {
    estate e = atlantic();
    for (int km = 1; km < 2000; km += 7) {
        e.links = {
            {.id = "1", .src_node = "paris", .dst_node = "bude", .distance = units::distance::from_si(km * 300.0)},
            {.id = "2", .src_node = "bude", .dst_node = "new-york", .distance = units::distance::from_si(km * 700.0)},
            {.id = "3",
             .src_node = "paris",
             .dst_node = "new-york",
             .distance = units::distance::from_si(km * 1000.0)}};
        const topology t = built(e);
        CHECK(shortest_path(t.net, t.edge_delay, 0, 1).edges == std::vector<unsigned>{2});
    }
}

TEST_CASE("what is down or being tested takes no part") {
    estate e = atlantic();
    e.links = {
        {.id = "down", .src_node = "paris", .dst_node = "new-york", .oper_status = oper_status::down, .latency = 1_ms},
        {.id = "test",
         .src_node = "paris",
         .dst_node = "new-york",
         .oper_status = oper_status::testing,
         .latency = 1_ms},
        {.id = "up", .src_node = "paris", .dst_node = "new-york", .latency = 2_ms}};
    e.circuits = {{.id = "x", .src_site = "paris", .dst_site = "new-york", .links = {"down"}, .rate = 1_Gbps},
                  {.id = "y",
                   .src_site = "paris",
                   .dst_site = "new-york",
                   .links = {"up"},
                   .rate = 1_Gbps,
                   .status = oper_status::down},
                  {.id = "z", .src_site = "paris", .dst_site = "new-york", .links = {"up"}, .rate = 1_Gbps}};
    const topology t = built(e);
    CHECK((t.edge_usable == std::vector<unsigned char>{0, 0, 1}));
    CHECK((t.left_out == std::vector<omission>{{omission_reason::down, network_action::none, 0},
                                               {omission_reason::down, network_action::none, 1},
                                               {omission_reason::link_left_out, network_action::none, ~0u, 0},
                                               {omission_reason::down, network_action::none, ~0u, 1}}));
    CHECK(t.circuits[2].usable);
    CHECK(describe(t.left_out[2], e) == "circuit x is left out: runs over a link left out");
}

TEST_CASE("availability is stated, or the product over the spans, or unknown") {
    estate e = atlantic();
    e.spans = {{.id = "s1", .distance = 1_km, .availability = .99},
               {.id = "s2", .distance = 1_km, .availability = .98},
               {.id = "s3", .distance = 1_km}};
    e.links = {{.id = "1", .src_node = "paris", .dst_node = "bude", .spans = {"s1"}, .availability = .9},
               {.id = "2", .src_node = "paris", .dst_node = "bude", .spans = {"s1", "s2"}},
               {.id = "3", .src_node = "paris", .dst_node = "bude", .spans = {"s1", "s3"}},
               {.id = "4", .src_node = "paris", .dst_node = "bude", .latency = 1_ms}};
    const topology t = built(e);
    CHECK(t.links[0].availability.value() == .9);
    CHECK(t.links[1].availability.value().si() == Approx(.9702));
    CHECK_FALSE(t.links[2].availability.known());
    CHECK_FALSE(t.links[3].availability.known());
}

TEST_CASE("circuits follow their links, either way where these are bidirectional") {
    estate e = atlantic();
    e.links = {{.id = "a", .src_node = "bude", .dst_node = "paris", .bidirectional = true, .latency = 1_ms},
               {.id = "b", .src_node = "bude", .dst_node = "new-york", .latency = 1_ms}};
    const auto circuit_over = [](std::vector<link_id> links) {
        return circuit{
            .id = "c", .src_site = "paris", .dst_site = "new-york", .links = std::move(links), .rate = 1_Gbps};
    };
    e.circuits = {circuit_over({"a", "b"}), circuit_over({"b", "a"}), circuit_over({"a"}), circuit_over({})};
    const topology t = built(e);
    CHECK((t.circuits[0] == circuit_route{0, 1, {0, 1}, true}));
    REQUIRE(t.left_out.size() == 3);
    for (unsigned i = 0; i < 3; ++i) {
        CHECK(t.left_out[i] == omission{omission_reason::links_do_not_join, network_action::none, ~0u, i + 1});
        CHECK_FALSE(t.circuits[i + 1].usable);
    }
}

TEST_CASE("an id that names nothing is a failure with its name") {
    const auto subject = [](const estate& e) {
        const auto t = make_topology(e);
        REQUIRE_FALSE(t);
        CHECK(t.error().code == errc::not_found);
        CHECK(t.error().detail.find(t.error().subject) != std::string::npos);
        return t.error().subject;
    };
    const wan_link good{.id = "l", .src_node = "paris", .dst_node = "bude", .latency = 1_ms};
    for (int what = 0; what < 8; ++what) {
        estate e = atlantic();
        e.links = {good};
        wan_link& l = e.links[0];
        e.circuits = {{.id = "c", .src_site = "paris", .dst_site = "paris", .links = {"l"}}};
        circuit& c = e.circuits[0];
        if (what == 0) l.src_node = "gone";
        if (what == 1) l.dst_node = "gone";
        if (what == 2) l.spans = {"gone"};
        if (what == 3) l.tariff = "gone";
        if (what == 4) c.src_site = "gone";
        if (what == 5) c.dst_site = "gone";
        if (what == 6) c.links = {"l", "gone"};
        if (what == 7) e.circuits.clear(), l.tariff = "gone", e.tariffs = {{.id = "here"}};
        CAPTURE(what);
        CHECK(subject(e) == "gone");
    }
    estate e = atlantic();
    e.circuits = {{.id = "c", .src_site = "bude", .dst_site = "paris"}};
    CHECK(subject(e) == "bude"); // a node, but no site
}

TEST_CASE("ids are found in any order, the first of two") {
    std::vector<tariff> table;
    for (int i = 0; i < 200; ++i) table.push_back({.id = tariff_id(std::to_string(i * 7919 % 100))});
    const row_index index(table);
    for (int i = 0; i < 100; ++i) CHECK(index.find(table[static_cast<unsigned>(i)].id) == static_cast<unsigned>(i));
    CHECK(index.find(tariff_id("100")) == row_index::none);
    CHECK(index.find(tariff_id("")) == row_index::none);
    CHECK(row_index().find(tariff_id("1")) == row_index::none);
}

TEST_CASE("an empty estate has an empty topology") {
    const topology t = built(estate{});
    CHECK(t.net.nodes() == 0);
    CHECK(t.left_out.empty());
}
