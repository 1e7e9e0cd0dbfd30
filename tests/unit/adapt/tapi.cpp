// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include "hostile.hpp"
#include "networks.hpp"

#include <uonaco/adapt/tapi.hpp>

using namespace uonaco;
using networks::pointers;
using networks::problem_of;

namespace {
const std::string sample = "tests/adapt/tapi/context.json";
const std::string topology_at = "/tapi-common:context/tapi-topology:topology-context/topology/";

/// One link between two nodes with these members beside its ends.
adapt::imported<estate> link_with(const std::string& members, const adapt::tapi_options& options = {}) {
    return adapt::from_tapi(
        R"({"tapi-topology:topology": [{"uuid": "t", "node": [{"uuid": "a", "owned-node-edge-point": [{"uuid": "a1"}]},
        {"uuid": "b", "owned-node-edge-point": [{"uuid": "b1"}]}], "link": [{"uuid": "l", "node-edge-point": [
        {"node-edge-point-uuid": "a1"}, {"node-edge-point-uuid": "b1"}])" +
            (members.empty() ? "" : ", " + members) + "}]}]}",
        options);
}
std::string size(const std::string& value, const std::string& unit) {
    return R"("total-potential-capacity": {"total-size": {"value": )" + value + R"(, "unit": ")" + unit + "\"}}";
}
std::string latency(const std::string& text) {
    return R"("latency-characteristic": [{"traffic-property-name": "p", "fixed-latency-characteristic": ")" + text +
           "\"}]";
}
} // namespace

TEST_CASE("a TAPI context: nodes under their names, links with capacity, delay, risks and states") {
    const auto t = adapt::from_tapi(hostile::file(sample), {.sites = {"00000000-0000-4000-8000-0000000000c0"}});
    REQUIRE(t);
    const estate& e = t->result;
    REQUIRE(e.nodes.size() == 2);
    CHECK(e.nodes[0].id == "Ulm-1");
    CHECK(e.nodes[0].name == "Ulm 1");
    CHECK(adapt::foreign_name(e.nodes[0]) == "00000000-0000-4000-8000-0000000000a0");
    CHECK(e.nodes[1].id == "Ulm-1-2"); // a namesake
    REQUIRE(e.sites.size() == 1);
    CHECK(e.sites[0].id == "00000000-0000-4000-8000-0000000000c0");

    REQUIRE(e.links.size() == 3);
    const wan_link& l = e.links[0];
    CHECK(l.id == "Ulm-ring");
    CHECK(l.bidirectional);
    CHECK(l.layer == network_layer::otn);
    CHECK(l.capacity.si() == 400e9);
    CHECK(l.unreserved->si() == 150e9);
    CHECK(l.latency->si() == Approx(512e-6).epsilon(1e-15));
    CHECK(l.jitter->si() == Approx(200e-9).epsilon(1e-15));
    CHECK(l.srlgs == std::vector<units::count>{17, 2, 1}); // 1 is taken by a number
    CHECK(e.links[1].src_node == "Ulm-1-2");               // its end at Ulm 1 is a sink
    CHECK(e.links[1].oper_status == oper_status::down);
    CHECK(e.links[1].capacity.si() == 0);
    CHECK(e.links[1].create->rate.si() == 100e9);
    CHECK(!e.links[1].latency);
    CHECK(e.links[1].srlgs == std::vector<units::count>{2, 3});
    CHECK(e.links[2].src_node == "Ulm-1");
    CHECK(e.links[2].layer == network_layer::media);
    CHECK(e.links[2].oper_status == oper_status::down);
    REQUIRE(e.risks.size() == 2);
    CHECK(e.risks[0].id == "Danube-bridge");
    CHECK(e.risks[0].srlg == 2);
    CHECK(e.risks[1].id == "B10");
    CHECK(problem_of(e) == "");

    const std::string links = topology_at + "0/link/";
    CHECK(pointers(t->losses) ==
          std::vector<std::string>{topology_at + "0/node/0/node-rule-group", topology_at + "0/node/1/operational-state",
                                   links + "0/cost-characteristic",
                                   links + "1/latency-characteristic/0/fixed-latency-characteristic",
                                   links + "1/administrative-state", links + "2/total-potential-capacity/total-size",
                                   links + "2/lifecycle-state", links + "3", topology_at + "1",
                                   // names of all else
                                   topology_at + "0/node/0/owned-node-edge-point/0", topology_at + "0/node/0",
                                   topology_at + "0", "/tapi-common:context"});
    const auto out = adapt::to_tapi(e);
    CHECK(out.losses.empty());
    const auto again = adapt::from_tapi(out.result);
    REQUIRE(again);
    CHECK(again->result == e);
}

TEST_CASE("tapi, unit trap: capacities are bit/s in a unit that is said; volumes and spectrum are no rates") {
    for (const auto& [value, unit, gbps] : std::vector<std::tuple<std::string, std::string, double>>{
             {"\"1.5\"", "tapi-common:CAPACITY_UNIT_TBPS", 1500},
             {"\"400.0000001\"", "CAPACITY_UNIT_GBPS", 400.0000001},
             {"2488", "MBPS", 2.488},
             {"\"1250000\"", "KBPS", 1.25},
             {"\"8e9\"", "BPS", 8}}) {
        const auto t = link_with(size(value, unit));
        REQUIRE(t);
        CHECK(t->result.links[0].capacity.si() == Approx(gbps * 1e9).epsilon(1e-15));
    }
    for (const char* unit :
         {"tapi-common:CAPACITY_UNIT_GB", "TB", "MB", "KB", "B", "GHz", "MHz", "tapi-common:CAPACITY_UNIT_THz"}) {
        const auto t = link_with(size("\"400\"", unit));
        REQUIRE(t);
        CHECK(t->result.links[0].capacity.si() == 0);
        CHECK(t->losses.size() == 1);
    }
    CHECK(!link_with(size("\"400\"", "GIBPS")));
    for (const char* value : {"\"\"", "\"400 G\"", "\"-1\"", "-1", "\"inf\"", "\"nan\"", "\"1e300\"", "true"})
        CHECK(!link_with(size(value, "GBPS")));
}

TEST_CASE("tapi, unit trap: latencies are strings: with a unit they are read, without one they need an option") {
    for (const auto& [text, us] : std::vector<std::pair<std::string, double>>{
             {"512 us", 512}, {"512us", 512}, {"0.5ms", 500}, {"800 ns", 0.8}, {"1e-3 s", 1000}, {"5 \xc2\xb5s", 5}}) {
        const auto t = link_with(latency(text));
        REQUIRE(t);
        CHECK(units::in_exchange_unit(*t->result.links[0].latency) == Approx(us).epsilon(1e-14));
    }
    for (const char* text : {"512", "fast", "5 km"}) {
        const auto t = link_with(latency(text));
        REQUIRE(t);
        CHECK(!t->result.links[0].latency);
        CHECK(t->losses.size() == 1);
    }
    const auto ms = link_with(latency("3"), {.latency_unit = units::duration::from_si(1e-3)});
    REQUIRE(ms);
    CHECK(units::in_exchange_unit(*ms->result.links[0].latency) == Approx(3000));
    CHECK(!link_with(latency("-1 us")));
    CHECK(!link_with(latency("17 s"))); // 24 bits of microseconds
}

TEST_CASE("what of TAPI's capacity is more than there is, and directions that nobody says") {
    auto t =
        link_with(size("\"1\"", "GBPS") + R"(, "available-capacity": {"total-size": {"value": "2", "unit": "GBPS"}})");
    REQUIRE(t);
    CHECK(!t->result.links[0].unreserved);
    CHECK(t->losses.size() == 1);
    t = link_with(R"("direction": "UNIDIRECTIONAL")");
    REQUIRE(t);
    CHECK(t->result.links[0].src_node == "a");
    CHECK(!t->result.links[0].bidirectional);
    CHECK(t->losses.size() == 1);
    CHECK(link_with("")->result.links[0].bidirectional);
}

TEST_CASE("documents that hold no topology are refused") {
    for (const char* text :
         {"{}", R"({"tapi-common:context": {}})", R"({"tapi-common:context": {"topology-context": {}}})",
          R"({"tapi-topology:topology": []})", R"({"tapi-topology:topology": [{}]})"})
        CHECK(!adapt::from_tapi(text));
    CHECK(!adapt::from_tapi(hostile::file(sample), {.topology = "eth"}));
    CHECK(adapt::from_tapi(hostile::file(sample), {.topology = "otn"}));
}

TEST_CASE("uuids are those of RFC 9562, and differ where the names do") {
    std::set<std::string> all;
    for (int i = 0; i < 20000; ++i) {
        const std::string u = adapt::detail::tapi::uuid_of("node n" + std::to_string(i));
        if (!adapt::detail::tapi::is_uuid(u) || u[14] != '8' || std::string("89ab").find(u[19]) == std::string::npos)
            FAIL(u);
        all.insert(u);
    }
    CHECK(all.size() == 20000);
}

TEST_CASE("what a TAPI topology keeps comes back, and all else is a loss") {
    for (unsigned seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        estate e = networks::random_network(seed);
        for (wan_link& l : e.links)
            if (l.create && seed % 2) l.capacity = {}, l.unreserved = {};
        const estate kept = adapt::detail::tapi::kept(e);
        const auto out = adapt::to_tapi(e);
        const auto back = adapt::from_tapi(out.result);
        REQUIRE(back);
        REQUIRE(back->result == kept);
        for (const adapt::loss& l : back->losses) // TAPI wants them, and they say nothing new
            REQUIRE((l.what.substr(0, 20) == "layer-protocol-name " || l.pointer == "/tapi-common:context"));
        REQUIRE(problem_of(back->result) == "");
        REQUIRE((!out.losses.empty() || io::dump(kept) == io::dump(e)));
        REQUIRE(adapt::to_tapi(back->result).result == out.result);
    }
}

TEST_CASE("losses of a TAPI topology name the member, and risk groups that no link has") {
    estate e;
    e.sites = {site{.id = "A", .location = location{1, 2}}, site{.id = "B"}};
    wan_link l;
    l.id = "l", l.src_node = "A", l.dst_node = "B", l.layer = network_layer::optical_channel, l.srlgs = {5};
    l.capacity = units::bit_rate::from_si(1e9), l.distance = units::distance::from_si(100e3);
    l.create = provisioning{.rate = units::bit_rate::from_si(1e9)};
    l.oper_status = oper_status::testing;
    e.links = {l};
    e.risks = {{.id = "duct", .srlg = 5, .availability = 0.999}, {.id = "river", .srlg = 6}};
    const auto out = adapt::to_tapi(e);
    CHECK(pointers(out.losses) ==
          std::vector<std::string>{"/sites/0/location", "/links/0/layer", "/links/0/oper_status", "/links/0/create",
                                   "/links/0/distance_km", "/risks/0/availability_ratio", "/risks/1"});
    const auto back = adapt::from_tapi(out.result);
    REQUIRE(back);
    CHECK(units::in_exchange_unit(*back->result.links[0].latency) ==
          Approx(489.7).epsilon(1e-3)); // the delay of its length
    CHECK(back->result.risks[0].id == "duct");
}

TEST_CASE("a TAPI UUID made of an id is not one that another came with") {
    estate e;
    e.nodes = {{.id = "Ulm"}, {.id = "Linz"}, {.id = "Graz"}};
    e.nodes[1].meta.labels.set("foreign_id", adapt::detail::tapi::uuid_of("node Ulm"));
    const auto back = adapt::from_tapi(adapt::to_tapi(e).result);
    REQUIRE(back);
    CHECK(back->result.nodes.size() == 3);
    CHECK(*back->result.nodes[1].meta.labels.find("foreign_id") == adapt::detail::tapi::uuid_of("node Ulm"));
    const std::string again = adapt::to_tapi(back->result).result;
    CHECK(again == adapt::to_tapi(e).result);
}

TEST_CASE("a TAPI context gone wrong anywhere is refused or gives an estate that loads") {
    hostile::check_every_text(hostile::file(sample), [](const std::string& text) { return adapt::from_tapi(text); });
}

TEST_CASE("ten thousand TAPI nodes of one name, and links between them, are read in time") {
    std::string text = R"({"tapi-topology:topology": [{"uuid": "t", "node": [)", links = R"(], "link": [)";
    for (int i = 0; i < 10000; ++i) {
        const std::string n = std::to_string(i);
        text += (i ? ",{\"uuid\":\"" : "{\"uuid\":\"") + n +
                R"(","name":[{"value-name":"n","value":"same"}],"owned-node-edge-point":[{"uuid":"p)" + n + "\"}]}";
        if (i)
            links += (i > 1 ? ",{\"uuid\":\"" : "{\"uuid\":\"") + n +
                     R"(","node-edge-point":[{"node-edge-point-uuid":"p0"},{"node-edge-point-uuid":"p)" + n + "\"}]}";
    }
    const auto t = adapt::from_tapi(text + links + "]}]}");
    REQUIRE(t);
    CHECK(t->result.links.size() == 9999);
    CHECK(adapt::from_tapi(adapt::to_tapi(t->result).result)->result == adapt::detail::tapi::kept(t->result));
}
