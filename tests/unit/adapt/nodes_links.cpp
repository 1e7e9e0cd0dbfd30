// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include "hostile.hpp"
#include "networks.hpp"

#include <uonaco/adapt/nodes_links.hpp>

using namespace uonaco;
using networks::pointers;
using networks::problem_of;

namespace {
const std::string samples = "tests/adapt/nodes_links/";
adapt::nodes_links_options kbps() { return {.unit = units::bit_rate::from_si(1e3)}; }

/// Its links, and the two directions of links that run both ways beside others that do not.
estate kept(const estate& whole) {
    estate e;
    bool directed = false;
    for (const wan_link& l : whole.links) directed = directed || !l.bidirectional;
    for (const site& s : whole.sites) e.sites.push_back(adapt::detail::kept_in_nodes_links(s));
    for (const network_node& n : whole.nodes) e.nodes.push_back(adapt::detail::kept_in_nodes_links(n));
    for (const wan_link& l : whole.links) {
        wan_link k = adapt::detail::kept_in_nodes_links(l);
        k.bidirectional = !directed;
        e.links.push_back(k);
        if (directed && l.bidirectional) {
            k.id.text += "-back";
            std::swap(k.src_node, k.dst_node);
            e.links.push_back(k);
        }
    }
    return e;
}
} // namespace

TEST_CASE("a graph with lengths: nodes are named, links run both ways, nothing is in service") {
    const auto t = adapt::from_nodes_links(hostile::file(samples + "backbone.json"));
    REQUIRE(t);
    const estate& e = t->result;
    REQUIRE(e.nodes.size() == 4);
    CHECK(e.nodes[0].id == "Bremen");
    CHECK(e.nodes[1].id == "Frankfurt--Main-");
    CHECK(e.nodes[1].name == "Frankfurt (Main)");
    CHECK(e.nodes[1].location == location{50.11, 8.68});
    CHECK(e.nodes[3].id == "3");
    REQUIRE(e.links.size() == 4);
    CHECK(e.links[0].id == "Bremen-Frankfurt--Main-");
    CHECK(e.links[0].bidirectional);
    CHECK(e.links[0].distance == units::distance::from_si(390500));
    CHECK(e.links[0].capacity.si() == 0);
    CHECK(pointers(t->losses) == std::vector<std::string>{"/links/1/loss_db_per_km", ""});
    CHECK(problem_of(e) == "");

    const auto with = adapt::from_nodes_links(hostile::file(samples + "backbone.json"),
                                              {.capacity = units::bit_rate::from_si(400e9)});
    REQUIRE(with);
    CHECK(with->result.links[3].capacity.si() == 400e9);
}

TEST_CASE("nodes_links, unit trap: capacities are read in the unit that is said, and refused where none is") {
    const std::string text = hostile::file(samples + "engineering.json");
    const auto t = adapt::from_nodes_links(text, kbps());
    REQUIRE(t);
    const estate& e = t->result;
    CHECK(e.nodes[2].id == "Chicago-2"); // a namesake
    CHECK(e.links[0].capacity.si() == 9953280e3);
    CHECK(e.links[0].latency == units::latency::from_si(5913e-6));
    CHECK(e.links[0].distance.known());
    CHECK(!e.links[1].distance); // light takes 3.8 ms for it
    CHECK(e.links[2].capacity.si() == 0);
    CHECK(pointers(t->losses) == std::vector<std::string>{"/nodes/2", "/links/1/km", "/demands", ""});
    CHECK(problem_of(e) == "");

    const auto refused = adapt::from_nodes_links(text);
    REQUIRE(!refused);
    CHECK(refused.error().size() == 3);
    CHECK(refused.error()[0].pointer == "/links/0/capacity");
}

TEST_CASE("a design instance: what is there is in service, what may be bought is a loss") {
    const auto t = adapt::from_nodes_links(hostile::file(samples + "design.json"));
    REQUIRE(t);
    const estate& e = t->result;
    REQUIRE(e.nodes.size() == 3);
    REQUIRE(e.sites.size() == 1);
    CHECK(e.nodes[0].id == "a");
    CHECK(e.nodes[1].id == "b-b");
    CHECK(adapt::foreign_name(e.nodes[1]) == "b b");
    CHECK(e.nodes[2].id == "b-b-2");
    CHECK(e.sites[0].id == "s");
    CHECK(e.links[0].id == "L-1");
    CHECK(!e.links[0].bidirectional);
    CHECK(e.links[0].capacity.si() == 155e6);
    CHECK(e.links[1].id == "7");
    CHECK(e.links[1].capacity.si() == 0);
    CHECK(e.links[2].capacity.si() == 622e6);
    CHECK(pointers(t->losses) == std::vector<std::string>{"/links/0/modules", "/links/0/preinstalled_cost",
                                                          "/links/0/setup_cost", "/links/0/routing_cost",
                                                          "/links/1/modules", ""});
    CHECK(problem_of(e) == "");
}

TEST_CASE("nodes_links, unit trap: km, us, and capacities of a unit of their own") {
    const auto t = adapt::from_nodes_links(
        R"({"capacity_unit_gbps": 8e-9, "nodes": [{"id": 0}, {"id": 1}],
            "links": [{"a": 0, "b": 1, "capacity": 1.25e9, "km": 2, "delay_us": 10}]})"); // bytes a second
    REQUIRE(t);
    CHECK(t->result.links[0].capacity.si() == Approx(10e9).epsilon(1e-15));
    CHECK(t->result.links[0].distance->si() == 2000);
    CHECK(t->result.links[0].latency->si() == Approx(10e-6).epsilon(1e-15));
    // -1 is no marker of this format
    CHECK(!adapt::from_nodes_links(R"({"nodes": [{"id": 0}, {"id": 1}], "links": [{"a": 0, "b": 1, "km": -1}]})"));
}

TEST_CASE("what a plain graph cannot mean is refused, each with its place") {
    const auto t = adapt::from_nodes_links(
        R"({"nodes": [{"id": 0}, {"id": 0}, {"id": 0.5}, {"name": "x"}, {"id": 1, "lat": 91, "lon": 0},
        {"id": 2, "lat": 3}], "links": [{"a": 0, "b": 0}, {"a": 0, "b": 9}, {"a": 0}, {"a": 0, "b": 0, "delay_us": 2e7}, 3,
        {"id": "l", "a": 1, "b": 0}, {"id": "l", "a": 1, "b": 0}]})");
    REQUIRE(!t);
    std::vector<std::string> places;
    for (const auto& p : t.error()) places.push_back(p.pointer);
    CHECK(places == std::vector<std::string>{"/nodes/1/id", "/nodes/2/id", "/nodes/3/id", "/nodes/4/lat",
                                             "/nodes/5/lon", "/links/0/b", "/links/1/b", "/links/2/b",
                                             "/links/3/delay_us", "/links/3/b", "/links/4", "/links/6/id"});
    CHECK(!adapt::from_nodes_links("{}"));
}

TEST_CASE("what a plain graph keeps comes back, and all else is a loss") {
    for (unsigned seed = 0; seed < 1500; ++seed) {
        const estate e = networks::random_network(seed);
        CAPTURE(seed);
        const auto out = adapt::to_nodes_links(e);
        const auto back = adapt::from_nodes_links(out.result);
        REQUIRE(back);
        REQUIRE(back->result == kept(e));
        REQUIRE(back->losses.empty());
        REQUIRE(out.losses.empty() == (kept(e) == e));
        REQUIRE(problem_of(back->result) == "");
        REQUIRE(adapt::to_nodes_links(back->result).result == out.result);
    }
}

TEST_CASE("documents that are read, written and read again say the same") {
    for (const char* name : {"backbone.json", "engineering.json", "design.json"}) {
        const auto t = adapt::from_nodes_links(hostile::file(samples + name), kbps());
        REQUIRE(t);
        const auto again = adapt::from_nodes_links(adapt::to_nodes_links(t->result).result);
        REQUIRE(again);
        CHECK(again->result == kept(t->result));
    }
}

TEST_CASE("losses name the member that is lost, and the other lists of an estate") {
    estate e;
    e.sites = {site{.id = "A", .pue = 1.2}, site{.id = "B"}};
    wan_link l;
    l.id = "l", l.src_node = "A", l.dst_node = "B", l.capacity = units::bit_rate::from_si(1e9);
    l.jitter = units::latency::from_si(1e-6);
    wan_link both = l;
    both.id = "m", both.bidirectional = true, both.jitter = {};
    e.links = {l, both};
    e.pools = {compute_pool{.id = "p", .site = "A"}};
    CHECK(pointers(adapt::to_nodes_links(e).losses) ==
          std::vector<std::string>{"/sites/0/pue", "/links/0/jitter_us", "/links/1/bidirectional", "/pools"});
}

TEST_CASE("a plain graph gone wrong anywhere is refused or gives an estate that loads") {
    for (const char* name : {"backbone.json", "engineering.json", "design.json"})
        hostile::check_every_text(hostile::file(samples + name),
                                  [](const std::string& text) { return adapt::from_nodes_links(text, kbps()); });
}

TEST_CASE("ten thousand nodes of one name, and links between them, are read in time") {
    std::string text = "{\"nodes\": [", links = "], \"links\": [";
    for (int i = 0; i < 10000; ++i) {
        text += (i ? ",{\"id\":" : "{\"id\":") + std::to_string(i) + ",\"name\":\"same\"}";
        if (i) links += (i > 1 ? ",{\"a\":0,\"b\":" : "{\"a\":0,\"b\":") + std::to_string(i) + "}";
    }
    const auto t = adapt::from_nodes_links(text + links + "]}");
    REQUIRE(t);
    CHECK(t->result.nodes.size() == 10000);
    CHECK(t->result.links.size() == 9999);
    CHECK(adapt::to_nodes_links(t->result).losses.empty());
}
