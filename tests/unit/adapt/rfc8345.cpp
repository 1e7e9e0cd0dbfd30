// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include "hostile.hpp"
#include "networks.hpp"

#include <uonaco/adapt/rfc8345.hpp>

using namespace uonaco;
using networks::pointers;
using networks::problem_of;

namespace {
const std::string samples = "tests/adapt/rfc8345/";
const std::string links_at = "/ietf-network:networks/network/0/ietf-network-topology:link/";

adapt::rfc8345_options sites_of(const estate& e) {
    adapt::rfc8345_options o;
    for (const site& s : e.sites) o.sites.push_back(adapt::foreign_name(s));
    return o;
}
/// A document of one link from A to B with these TE link attributes.
adapt::imported<estate> link_with(const std::string& attributes) {
    return adapt::from_rfc8345(
        R"({"ietf-network:networks": {"network": [{"network-id": "n", "node": [{"node-id": "A"}, {"node-id": "B"}],
        "ietf-network-topology:link": [{"link-id": "l", "source": {"source-node": "A"}, "destination": {"dest-node": "B"},
        "ietf-te-topology:te": {"te-link-attributes": {)" +
        attributes + "}}}]}]}}");
}
std::string bandwidth(const std::string& generic) {
    return R"("max-link-bandwidth": {"te-bandwidth": {"generic": ")" + generic + "\"}}";
}
} // namespace

TEST_CASE("a TE topology over fibre: both directions of a link are one, the fibre gives length and risks") {
    const auto t = adapt::from_rfc8345(hostile::file(samples + "metro.json"), {.sites = {"D1", "D 2"}});
    REQUIRE(t);
    const estate& e = t->result;
    REQUIRE(e.sites.size() == 2);
    CHECK(e.sites[0].id == "D1");
    CHECK(e.sites[0].name == "Data centre 1");
    CHECK(e.sites[0].location == location{52.52000001, 13.405});
    CHECK(*e.sites[0].meta.labels.find("te_node_id") == "203.0.113.1");
    CHECK(e.sites[1].id == "D-2");
    REQUIRE(e.nodes.size() == 3); // D3, and two of the fibre that nothing above stands on
    CHECK(e.nodes[0].id == "D3");
    REQUIRE(e.spans.size() == 1);
    CHECK(e.spans[0].id == "H1-H2");
    CHECK(e.spans[0].src_node == "D1");
    CHECK(e.spans[0].distance.si() == 98e3);
    CHECK(e.spans[0].srlgs == std::vector<units::count>{3});

    REQUIRE(e.links.size() == 3);
    const wan_link& l = e.links[0];
    CHECK(l.id == "D1-1-2-1-D2");
    CHECK(adapt::foreign_name(l) == "D1,1-2-1,D2");
    CHECK(l.bidirectional);
    CHECK(l.layer == network_layer::otn);
    CHECK(l.capacity.si() == 100e9);
    CHECK(l.unreserved->si() == Approx(8 * 0x1.2a05f2p32).epsilon(1e-15));
    CHECK(l.latency->si() == Approx(512e-6).epsilon(1e-15));
    CHECK(l.distance->si() == 100e3);
    CHECK(l.srlgs == std::vector<units::count>{17, 4294967295LL});
    CHECK(l.spans == std::vector<span_id>{"H1-H2"});
    CHECK(e.links[1].layer == network_layer::ethernet);
    CHECK(!e.links[1].bidirectional);
    CHECK(e.links[1].oper_status == oper_status::down);
    CHECK(e.links[1].latency->si() == Approx(2e-3));
    CHECK(e.links[1].jitter->si() == Approx(40e-6));
    CHECK(*e.links[1].loss == Approx(3e-8).epsilon(1e-15));
    CHECK(e.links[2].capacity.si() == 104794445.815e3);
    CHECK(problem_of(e) == "");

    const std::string first = links_at + "0/ietf-te-topology:te/te-link-attributes/";
    const std::string third = links_at + "2/ietf-te-topology:te/";
    CHECK(pointers(t->losses) ==
          std::vector<std::string>{
              "/ietf-network:networks/network/2",
              "/ietf-network:networks/network/0/node/0/ietf-te-topology:te/geolocation/altitude",
              "/ietf-network:networks/network/0/node/1/ietf-te-topology:te/te-node-attributes/connectivity-matrices",
              "/ietf-network:networks/network/0/node/1/ietf-te-topology:te/oper-status",
              "/ietf-network:networks/network/1/ietf-network-topology:link/2",
              first + "interface-switching-capability/0/max-lsp-bandwidth", first + "unreserved-bandwidth",
              first + "max-resv-link-bandwidth", first + "te-default-metric", third + "oper-status",
              third + "te-link-attributes/admin-status", third + "te-link-attributes/administrative-group",
              third + "te-link-attributes/link-protection-type",
              links_at + "3/ietf-te-topology:te/te-link-attributes/max-link-bandwidth/te-bandwidth/"
                         "ietf-otn-topology:otn-bandwidth/odulist/2",
              links_at + "3/ietf-te-topology:te/te-link-attributes/unreserved-bandwidth/0/te-bandwidth/generic",
              // and what has no place at all, by the first object that has it
              "/ietf-network:networks/network/0/node/0/ietf-te-topology:te/te-node-attributes",
              links_at + "0/ietf-te-topology:te/te-link-attributes"});
}

TEST_CASE("networks without TE have ends and nothing else; directions join by their termination points") {
    const std::string text = hostile::file(samples + "plain.json");
    const auto t = adapt::from_rfc8345(text);
    REQUIRE(t);
    REQUIRE(t->result.links.size() == 2);
    CHECK(t->result.links[0].bidirectional);
    CHECK(*t->result.links[0].meta.labels.find("reverse_id") == "b");
    CHECK(!t->result.links[1].bidirectional);
    CHECK(t->losses.empty());
    const auto with = adapt::from_rfc8345(text, {.capacity = units::bit_rate::from_si(1e9)});
    CHECK(with->result.links[1].capacity.si() == 1e9);
    CHECK(!adapt::from_rfc8345(text, {.network = "l2"}));
}

TEST_CASE("rfc8345, unit trap: bandwidths are bytes/s: decimal, hexadecimal, or a hexadecimal float") {
    for (const auto& [text, gbps] : std::vector<std::pair<std::string, double>>{{"1250000000", 10},
                                                                                {"0x3B9ACA00", 8},
                                                                                {"0x1p30", 8 * 1.073741824},
                                                                                {"0x1.74876e8p35", 400},
                                                                                {"0x0p0", 0},
                                                                                {"0X0", 0}}) {
        const auto t = link_with(bandwidth(text));
        REQUIRE(t);
        CHECK(t->result.links[0].capacity.si() == Approx(gbps * 1e9).epsilon(1e-14));
    }
    for (const char* text :
         {"", "x", "-1", "1e9", "0x", "0xg", "0x-1p3", "0x1p3 ", "inf", "nan", "0x1p99999", "1.5", "0x1p200"})
        CHECK(!link_with(bandwidth(text)));
    using adapt::detail::rfc8345::bandwidth_text;
    CHECK(bandwidth_text(1.25e9) == "0x1.2a05f2p30");
    CHECK(bandwidth_text(5e10) == "50000000000"); // 26 bits: no float of 24 holds it
    CHECK(bandwidth_text(1.25e17) == "125000000000000000");
    CHECK(bandwidth_text(1) == "0x1p0");
}

TEST_CASE("rfc8345, unit trap: delays are us, loss is percent, lengths are km") {
    auto t = link_with(R"("te-delay-metric": 2500)");
    REQUIRE(t);
    CHECK(units::in_exchange_unit(*t->result.links[0].latency) == Approx(2500)); // not milliseconds
    CHECK(!link_with(R"("te-delay-metric": 16777216)"));                         // 24 bits
    CHECK(!link_with(R"("te-delay-metric": -1)"));
    CHECK(!link_with(R"("te-delay-metric": 0.5)"));
    t = link_with(R"("ietf-te-topology-packet:performance-metrics-one-way": {"one-way-packet-loss": "50.331642"})");
    REQUIRE(t);
    CHECK(*t->result.links[0].loss == Approx(0.50331642));
    CHECK(!link_with(R"("ietf-te-topology-packet:performance-metrics-one-way": {"one-way-packet-loss": "101"})"));
    t = link_with(R"("ietf-otn-topology:otn-link": {"distance": 80})");
    REQUIRE(t);
    CHECK(t->result.links[0].distance->si() == 80e3);
    t = link_with(R"("te-delay-metric": 100, "ietf-otn-topology:otn-link": {"distance": 80})"); // 267 us in a vacuum
    REQUIRE(t);
    CHECK(!t->result.links[0].distance);
    CHECK(t->losses.size() == 1);
}

TEST_CASE("priorities: what the lowest may take is unreserved; more than the capacity is all of it") {
    auto t = link_with(
        bandwidth("100") +
        R"(, "unreserved-bandwidth": [{"priority": 3, "te-bandwidth": {"generic": "40"}}, {"priority": 1, "te-bandwidth": {"generic": "60"}}])");
    REQUIRE(t);
    CHECK(t->result.links[0].unreserved->si() == 320);
    CHECK(t->losses.size() == 1);
    t = link_with(bandwidth("100") +
                  R"(, "unreserved-bandwidth": [{"priority": 0, "te-bandwidth": {"generic": "101"}}])");
    REQUIRE(t);
    CHECK(!t->result.links[0].unreserved);
    CHECK(t->losses.size() == 1);
}

TEST_CASE("members without the name of their module are refused, not passed over") {
    const auto t = adapt::from_rfc8345(R"({"ietf-network:networks": {"network": [{"network-id": "n", "link": []}]}})");
    REQUIRE(!t);
    CHECK(t.error()[0].pointer == "/ietf-network:networks/network/0/link");
    for (const char* text : {"{}", R"({"ietf-network:networks": {}})", R"({"networks": {}})"})
        CHECK(!adapt::from_rfc8345(text));
}

TEST_CASE("what a TE topology keeps comes back, and all else is a loss") {
    for (unsigned seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        networks::draws d(seed + 5000);
        estate e = networks::random_network(seed);
        if (d.chance(0.5)) { // fibre under some of its links
            std::vector<std::string> ids;
            for (const auto& s : e.sites) ids.push_back(s.id.text);
            for (const auto& n : e.nodes) ids.push_back(n.id.text);
            for (int i = 0; i < 3; ++i) {
                const auto a = static_cast<std::size_t>(d.whole(0, static_cast<long long>(ids.size()) - 2));
                fibre_span s{.id = "f" + std::to_string(i),
                             .src_node = ids[a],
                             .dst_node = ids[a + 1],
                             .distance = units::distance::from_si(d.figure(0.001, 500) * 1e3)};
                if (d.chance(0.5)) s.srlgs = {d.whole(0, 99)};
                e.spans.push_back(s);
            }
            for (wan_link& l : e.links)
                while (d.chance(0.4) && l.spans.size() < 3) l.spans.push_back(e.spans[l.spans.size()].id);
        }
        const estate kept = adapt::detail::rfc8345::kept(e);
        const auto out = adapt::to_rfc8345(e);
        const auto back = adapt::from_rfc8345(out.result, sites_of(e));
        REQUIRE(back);
        REQUIRE(back->result == kept);
        REQUIRE(back->losses.empty());
        REQUIRE(problem_of(back->result) == "");
        REQUIRE((out.losses.size() == (e.sites.empty() ? 0 : 1)) == (kept == e));
        REQUIRE(adapt::to_rfc8345(back->result).result == out.result);
    }
}

TEST_CASE("a TE document that is read and written says the same, under the same names") {
    for (const char* name : {"metro.json", "plain.json"}) {
        const auto t = adapt::from_rfc8345(hostile::file(samples + name));
        REQUIRE(t);
        const auto out = adapt::to_rfc8345(t->result, "n");
        // 1 ODU4 is 13,099,305,726.875 bytes a second
        CHECK(pointers(out.losses) == (name == std::string("metro.json")
                                           ? std::vector<std::string>{"/links/2/capacity_gbps"}
                                           : std::vector<std::string>{}));
        const auto again = adapt::from_rfc8345(out.result);
        REQUIRE(again);
        CHECK(again->result == adapt::detail::rfc8345::kept(t->result));
    }
}

TEST_CASE("what is rounded to whole kilometres and microseconds does not become faster than light") {
    estate e;
    e.nodes = {{.id = "a"}, {.id = "b"}};
    wan_link l;
    l.id = "l", l.src_node = "a", l.dst_node = "b", l.layer = network_layer::fgotn;
    l.distance = units::distance::from_si(1600);
    l.latency = units::latency::from_si(5.4e-6); // hollow core: 5.34 us
    l.capacity = units::bit_rate::from_si(1e9 + 1);
    e.links = {l};
    const auto out = adapt::to_rfc8345(e);
    CHECK(pointers(out.losses) == std::vector<std::string>{"/links/0/layer", "/links/0/capacity_gbps",
                                                           "/links/0/distance_km", "/links/0/latency_us"});
    const auto back = adapt::from_rfc8345(out.result);
    REQUIRE(back);
    CHECK(back->losses.empty());
    CHECK(back->result.links[0].distance->si() == 1e3);
    CHECK(back->result.links[0].latency->si() == Approx(6e-6));
}

TEST_CASE("a link on several spans is written with their length and risks") {
    estate e;
    e.nodes = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    e.spans = {
        {.id = "ab", .src_node = "a", .dst_node = "b", .distance = units::distance::from_si(60e3), .srlgs = {1}},
        {.id = "bc", .src_node = "b", .dst_node = "c", .distance = units::distance::from_si(40e3), .srlgs = {1, 2}}};
    wan_link l;
    l.id = "l", l.src_node = "a", l.dst_node = "c", l.spans = {"ab", "bc"};
    e.links = {l};
    const auto out = adapt::to_rfc8345(e);
    CHECK(pointers(out.losses) == std::vector<std::string>{"/links/0/spans"});
    const auto back = adapt::from_rfc8345(out.result);
    REQUIRE(back);
    CHECK(back->result.spans == e.spans);
    CHECK(back->result.links[0].distance->si() == 100e3);
    CHECK(back->result.links[0].srlgs == std::vector<units::count>{1, 2});
}

TEST_CASE("access links, lists under their module's name and bandwidths of other technologies, as drafts of CCAMP have "
          "them") {
    const auto read = [](const std::string& links) {
        return adapt::from_rfc8345(R"({"ietf-network:networks": {"network": [{"network-id": "n",
            "ietf-network:node": [{"node-id": "a"}, {"node-id": "b"}], "ietf-network-topology:link": [)" +
                                   links + "]}]}}");
    };
    const std::string ends = R"("source": {"source-node": "a"}, "destination": {"dest-node": "b"})";
    const auto open = read(R"({"link-id": "out", "source": {"source-node": "a"}}, {"link-id": "l", )" + ends + "}");
    REQUIRE(open);
    CHECK(open->result.nodes.size() == 2);
    CHECK(open->result.links.size() == 1);
    CHECK(pointers(open->losses) ==
          std::vector<std::string>{"/ietf-network:networks/network/0/ietf-network-topology:link/0"});
    const auto other = read(R"({"link-id": "l", "ietf-te-topology:te": {"te-link-attributes": {"max-link-bandwidth":
        {"te-bandwidth": {"ietf-eth-te-topology:eth-bandwidth": "1000"}}}}, )" +
                            ends + "}");
    REQUIRE(other);
    CHECK(other->result.links[0].capacity.si() == 0);
    REQUIRE(other->losses.size() == 1);
    CHECK(other->losses[0].what == "ietf-eth-te-topology:eth-bandwidth (of 1 bandwidth): no record has a place for it");
}

TEST_CASE("a TE topology gone wrong anywhere is refused or gives an estate that loads") {
    for (const char* name : {"metro.json", "plain.json"})
        hostile::check_every_text(hostile::file(samples + name),
                                  [](const std::string& text) { return adapt::from_rfc8345(text); });
}

TEST_CASE("ten thousand nodes and parallel links are read in time") {
    std::string text = R"({"ietf-network:network": [{"network-id": "n", "node": [)",
                links = R"(], "ietf-network-topology:link": [)";
    for (int i = 0; i < 10000; ++i) {
        const std::string n = std::to_string(i);
        text += (i ? ",{\"node-id\":\"" : "{\"node-id\":\"") + n + "\"}";
        links += (i ? ",{\"link-id\":\"" : "{\"link-id\":\"") + n + "\",\"source\":{\"source-node\":\"" +
                 (i % 2 ? "0" : "1") + "\"},\"destination\":{\"dest-node\":\"" + (i % 2 ? "1" : "0") + "\"}}";
    }
    const auto t = adapt::from_rfc8345(text + links + "]}]}");
    REQUIRE(t);
    CHECK(t->result.links.size() == 5000);
    CHECK(adapt::to_rfc8345(t->result).losses.empty());
}
