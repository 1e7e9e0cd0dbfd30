// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/alto.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using adapt::from_alto;

namespace {
const char* const samples[] = {"tests/adapt/alto/cost_map.json", "tests/adapt/alto/resources.json",
                               "tests/adapt/alto/endpoint_cost.json"};
std::string refused(const adapt::imported<estate>& made) {
    if (made) return "accepted";
    return made.error().size() == 1 ? made.error()[0].pointer : std::to_string(made.error().size()) + " problems";
}
std::string map(const std::string& metric, const std::string& cost, const std::string& mode = "numerical") {
    return R"({"meta": {"cost-type": {"cost-mode": ")" + mode + R"(", "cost-metric": ")" + metric +
           R"("}}, "cost-map": {"A": {"B": )" + cost + "}}}";
}
/// Of A to B, with a rate of 100 Gb/s.
adapt::imported<estate> read(const std::string& metric, const std::string& cost,
                             const std::string& mode = "numerical") {
    return from_alto(map(metric, cost, mode), {.capacity = 100_Gbps});
}
const wan_link& link(const adapt::imported<estate>& made) { return made->result.links.at(0); }
std::vector<std::string> lost(const std::vector<adapt::loss>& losses) {
    std::vector<std::string> all;
    for (const auto& l : losses) all.push_back(l.pointer);
    return all;
}
} // namespace

TEST_CASE("alto: several costs a map, as RFC 8189 has them") {
    const auto made = from_alto(hostile::file(samples[0]));
    REQUIRE(made);
    const estate& e = made->result;
    REQUIRE(e.sites.size() == 3);
    CHECK(e.sites[0].id.text == "PID1");
    REQUIRE(e.links.size() == 4);
    const wan_link& l = e.links[0];
    CHECK(l.id.text == "PID1/PID2");
    CHECK(l.src_node.text == "PID1");
    CHECK(l.dst_node.text == "PID2");
    CHECK(!l.bidirectional);
    CHECK(l.latency->si() == 4897.5e-6);
    CHECK(l.loss->si() == 0.0001);
    CHECK(l.capacity.si() == 100e9);
    CHECK(!l.unreserved);
    CHECK(l.meta.source == source_type::estimation);
    CHECK(!e.links[3].latency); // null: not known
    CHECK(e.links[3].capacity.si() == 10e9);
    CHECK(lost(made->losses) ==
          std::vector<std::string>{"/meta/multi-cost-types/3", "/cost-map/PID1/PID1", "/meta/dependent-vtags/0/tag"});
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("alto: maps of several resources make links together") {
    const auto made = from_alto(hostile::file(samples[1]));
    REQUIRE(made);
    const estate& e = made->result;
    REQUIRE(e.sites.size() == 3);
    CHECK(*e.sites[0].meta.labels.find("ipv4") == "192.0.2.0/24 198.51.100.0/25");
    CHECK(*e.sites[1].meta.labels.find("ipv6") == "2001:db8::/32");
    REQUIRE(e.links.size() == 3);
    const wan_link& l = e.links[0];
    CHECK(l.id.text == "east/west");
    CHECK(l.latency->si() == Approx(0.0120005).epsilon(1e-15));
    CHECK(l.jitter->si() == Approx(40e-6).epsilon(1e-15));
    CHECK(l.capacity.si() == 400e9);
    CHECK(!l.unreserved);
    CHECK(l.available->si() == 200e9);
    CHECK(l.meta.source == source_type::sla);
    CHECK(e.links[2].id.text == "east/hut");
    CHECK(e.links[2].latency->si() == Approx(0.004).epsilon(1e-15));
    CHECK(lost(made->losses) ==
          std::vector<std::string>{"/resources/my-default-network-map/meta/vtag",
                                   "/resources/delay/meta/cost-type/cost-context/parameters",
                                   "/resources/hops/meta/cost-type", "/resources/delay/meta/cost-type",
                                   "/resources/round-trip/meta/cost-type", "/resources/round-trip/meta/cost-type"});
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("alto: endpoint costs are links between endpoints") {
    const auto made = from_alto(hostile::file(samples[2]));
    REQUIRE(made);
    CHECK(made->result.sites[2].id.text == "ipv6:2001:db8::10");
    CHECK(made->result.links[0].capacity.si() == 10e6);
    CHECK(made->result.links[1].capacity.si() == 2048e3);
    CHECK(made->losses.size() == 1); // that it is of TCP
    CHECK(made->result.links[0].meta.statistic.text == "mean");
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("alto, unit trap: bytes/s are not bit/s") {
    CHECK(link(from_alto(map("bw-residual", "12500000000"))).capacity.si() == 100e9);
    CHECK(link(from_alto(map("bw-available", "1"))).capacity.si() == Approx(8).epsilon(1e-15));
    CHECK(link(from_alto(map("tput", "0"))).capacity.si() == 0);
    CHECK(refused(from_alto(map("bw-residual", "-1"))) == "/cost-map/A/B");
    CHECK(refused(from_alto(map("bw-residual", "1e18"))) == "/cost-map/A/B");
}

TEST_CASE("alto, unit trap: delays are us, there and back is not one way, loss is percent") {
    CHECK(link(read("delay-ow", "7500")).latency->si() == 7.5e-3);
    CHECK(link(read("delay-rt", "7500")).latency->si() == 3.75e-3);
    CHECK(link(read("delay-variation", "12.5")).jitter->si() == Approx(12.5e-6).epsilon(1e-15));
    CHECK(link(read("lossrate", "1.5")).loss->si() == 0.015);
    CHECK(link(read("lossrate", "0.5")).loss->si() == 0.005);
    CHECK(link(read("lossrate", "100")).loss->si() == 1);
    CHECK(refused(read("lossrate", "101")) == "/cost-map/A/B");
    CHECK(refused(read("delay-ow", "-1")) == "/cost-map/A/B");
    CHECK(refused(read("delay-ow", "16777216")) == "/cost-map/A/B");
    CHECK(link(read("delay-rt", "33554430")).latency.known());
    CHECK(refused(read("delay-rt", "33554432")) == "/cost-map/A/B");
    CHECK(refused(read("delay-ow", "\"7500\"")) == "/cost-map/A/B");
    CHECK(read("delay-ow", "null")->result.links.empty());
}

TEST_CASE("alto: metrics and statistics by name") {
    for (const char* metric : {"routingcost", "hopcount", "priv:x", "delay-ow:stddev", "delay-ow:stdvar",
                               "delay-ow:p101", "delay-ow:p", "delay-ow:px", "delay-ow:p-1", "delay-ow:", "delay"}) {
        INFO(metric);
        const auto made = read(metric, "3");
        REQUIRE(made);
        CHECK(made->result.links.empty());
        CHECK(lost(made->losses) == std::vector<std::string>{"/meta/cost-type"});
    }
    for (const char* metric : {"delay-ow:mean", "delay-ow:cur", "delay-ow:min", "delay-ow:max", "delay-ow:p99.9"}) {
        INFO(metric);
        const auto made = read(metric, "3");
        CHECK(link(made).latency->si() == Approx(3e-6).epsilon(1e-15));
        CHECK(made->losses.empty());
        CHECK(link(made).meta.statistic.text == std::string(metric).substr(9));
    }
    CHECK(read("delay-ow:median", "3")->losses.empty());
    for (const char* mode : {"ordinal", "array", "priv:y"}) CHECK(read("delay-ow", "3", mode)->losses.size() == 1);
    CHECK(refused(from_alto(R"({"meta": {"multi-cost-types": [{"cost-mode": "numerical", "cost-metric": "delay-ow"}]},
        "cost-map": {"A": {"B": [1, 2]}}})",
                            {.capacity = 1_Gbps})) == "/cost-map/A/B");
    const auto calendar = from_alto(R"({"meta": {"cost-type": {"cost-mode": "numerical", "cost-metric": "delay-ow"},
        "calendar-response-attributes": []}, "cost-map": {"A": {"B": [1, 2]}}})");
    REQUIRE(calendar);
    CHECK(calendar->losses.size() == 1);
}

TEST_CASE("alto: what is no map is refused by its name, properties are passed over") {
    const auto problem = [](const char* text) {
        const auto made = from_alto(text, {.capacity = 1_Gbps});
        return made ? std::string("accepted") : made.error()[0].pointer + ": " + made.error()[0].found;
    };
    CHECK(problem(R"({"meta": {"code": "E_INVALID_FIELD_VALUE", "field": "cost-type"}})") ==
          "/meta/code: \"E_INVALID_FIELD_VALUE\"");
    CHECK(problem(R"({"meta": {"cost-types": {}}, "resources": {"m": {"uri": "http://alto.example/m"}}})") ==
          "/resources/m/uri: a directory's word on where one is");
    const auto properties = from_alto(R"({"meta": {}, "property-map": {"ipv4:192.0.2.34": {"pid": "PID1"}}})");
    REQUIRE(properties);
    CHECK(lost(properties->losses) == std::vector<std::string>{"/property-map"});
}

TEST_CASE("alto: of several percentiles the one nearest to the median is taken") {
    const auto both = [](const char* one, const char* other) {
        const auto resource = [](const char* metric, const char* figure) {
            return std::string("{\"meta\": {\"cost-type\": {\"cost-mode\": \"numerical\", \"cost-metric\": \"") +
                   metric + "\"}}, \"cost-map\": {\"a\": {\"b\": " + figure + "}}}";
        };
        const auto made =
            from_alto("{\"resources\": {\"1\": " + resource(one, "10") + ", \"2\": " + resource(other, "20") + "}}",
                      {.capacity = 100_Gbps});
        REQUIRE(made);
        return made->result.links[0].latency->si();
    };
    CHECK(both("delay-ow:p95", "delay-ow:p50") == Approx(20e-6));
    CHECK(both("delay-ow:p99.9", "delay-ow:p99.99") == Approx(10e-6));
    CHECK(both("delay-ow:p5", "delay-ow:p95") == Approx(20e-6)); // as near: the higher
    CHECK(both("delay-ow:p95", "delay-ow") == Approx(20e-6));
}

TEST_CASE("alto: a link's rate is never unknown, and maps may not contradict each other") {
    CHECK(refused(from_alto(map("delay-ow", "3"))) == "");
    const auto with = from_alto(map("bw-residual", "1e9"), {.capacity = 100_Gbps});
    CHECK(link(with).capacity.si() == 100e9);
    CHECK(link(with).unreserved->si() == 8e9);
    CHECK(refused(from_alto(map("bw-residual", "1e11"), {.capacity = 100_Gbps})) == "/meta/cost-type");
    const auto two = [](const std::string& a, const std::string& b) {
        return from_alto(R"({"resources": {"a": )" + a + ", \"b\": " + b + "}}", {.capacity = 100_Gbps});
    };
    CHECK(refused(two(map("delay-ow", "3"), map("delay-ow", "4"))) == "/resources/b/cost-map/A/B");
    CHECK(two(map("delay-ow", "3"), map("delay-ow", "3")).has_value());
    CHECK(refused(two(map("bw-residual", "1e9"), map("bw-available", "2e9"))) == "/resources/b/meta/cost-type");
    CHECK(link(two(map("delay-rt", "8"), map("delay-ow:p5", "3"))).latency->si() == Approx(3e-6).epsilon(1e-15));
    const std::string nominal = R"({"meta": {"cost-type": {"cost-mode": "numerical", "cost-metric": "lossrate",
        "cost-context": {"cost-source": "nominal"}}}, "cost-map": {"A": {"B": 1}}})";
    const auto mixed = two(map("delay-ow", "3"), nominal);
    CHECK(link(mixed).meta.source == source_type::unstated);
    CHECK(lost(mixed->losses) == std::vector<std::string>{""});
}

TEST_CASE("alto: costs of another version of the network map are refused") {
    auto text = hostile::file(samples[1]);
    const auto at = text.rfind("da65eca2");
    text.replace(at, 8, "00000000");
    CHECK(refused(from_alto(text)) == "/resources/delay/meta/dependent-vtags/0/tag");
}

TEST_CASE("alto: an estate goes out along ways of least delay") {
    estate e;
    for (const char* id : {"a", "b", "c/1"}) {
        site s;
        s.id.text = id;
        e.sites.push_back(s);
    }
    network_node hut;
    hut.id.text = "hut";
    e.nodes.push_back(hut);
    const auto add = [&](const char* id, const char* from, const char* to, double us, units::bit_rate rate) {
        wan_link l;
        l.id.text = id;
        l.src_node.text = from;
        l.dst_node.text = to;
        l.bidirectional = true;
        l.layer = network_layer::ethernet;
        l.latency = units::latency::from_si(us * 1e-6);
        l.capacity = rate;
        e.links.push_back(l);
    };
    add("1", "a", "hut", 1000, 400_Gbps);
    add("2", "hut", "b", 2000, 100_Gbps);
    add("3", "a", "b", 5000, 800_Gbps);
    add("4", "b", "c/1", 700, 10_Gbps);
    e.links[0].loss = 0.1;
    e.links[1].loss = 0.5;
    e.links[3].jitter = 20_us;
    e.links.push_back(e.links[3]);
    e.links.back().id.text = "5";
    e.links.back().oper_status = oper_status::down;
    circuit c;
    c.id.text = "c";
    c.src_site.text = "a";
    c.dst_site.text = "b";
    c.links = {link_id{"1"}, link_id{"2"}};
    c.rate = 40_Gbps;
    e.circuits.push_back(c);
    const auto out = adapt::to_alto(e);
    CHECK(lost(out.losses) == std::vector<std::string>{"/sites/2/id", "/nodes", "/circuits", "/links/4", "/links/2"});
    const auto r = nlohmann::json::parse(out.result)["resources"];
    CHECK(r["delay-ow"]["cost-map"]["a"]["b"] == 3000);
    CHECK(r["delay-ow"]["cost-map"]["a"]["c_1"].get<double>() == Approx(3700).epsilon(1e-14));
    CHECK(r["hopcount"]["cost-map"]["a"]["c_1"] == 3);
    CHECK(r["lossrate"]["cost-map"]["a"]["b"].get<double>() == Approx(55).epsilon(1e-14)); // 1 - 0.9 x 0.5
    CHECK(!r["lossrate"]["cost-map"]["a"].contains("c_1"));                                // not known of one link
    CHECK(r["delay-variation"]["cost-map"]["b"]["c_1"] == 20);
    CHECK(r["bw-residual"]["cost-map"]["a"]["b"] == 7.5e9); // 100 - 40 Gb/s
    CHECK(r["bw-residual"]["cost-map"]["c_1"]["a"] == 1.25e9);
    CHECK(r["delay-ow"]["meta"]["cost-type"]["cost-context"]["cost-source"] == "estimation");
    CHECK(r["delay-ow"]["meta"]["dependent-vtags"][0] == r["uonaco-network-map"]["meta"]["vtag"]);
    CHECK(r["uonaco-network-map"]["network-map"].size() == 3);
    // One alone is what a server answers.
    CHECK(nlohmann::json::parse(adapt::to_alto(e, {}, "delay-ow").result) == r["delay-ow"]);
    CHECK(nlohmann::json::parse(adapt::to_alto(e, {}, "network-map").result) == r["uonaco-network-map"]);
    CHECK(adapt::to_alto(e, {}, "tput").losses.size() ==
          out.losses.size() + 5 + 1); // five maps are not written, and this one is not known
    CHECK(adapt::to_alto(e, {}, "delay-ow").losses.size() == out.losses.size() + 4);
    CHECK(adapt::to_alto(e, {.network_map = "mine"}).result.find("\"mine\"") != std::string::npos);
    // What no map says is told.
    estate more = e;
    more.currency = "EUR";
    more.sites[0].name = "Aix";
    more.links[3].meta.statistic.text = "p95";
    more.links[3].unreserved = 4_Gbps;
    more.links[3].distance = 100_km;
    more.links[3].layer = network_layer::otn;
    std::vector<std::string> all = lost(adapt::to_alto(more).losses);
    for (const char* pointer : {"/currency", "/sites/0/name", "/links/3/statistic", "/links/3/capacity_gbps",
                                "/links/3/distance_km", "/links/3/layer"}) {
        INFO(pointer);
        CHECK(std::find(all.begin(), all.end(), pointer) != all.end());
    }
    // The tag follows the PIDs and their addresses.
    e.sites[0].meta.labels.set("ipv4", "192.0.2.0/24");
    const auto tagged = nlohmann::json::parse(adapt::to_alto(e, {}, "network-map").result);
    CHECK(tagged["meta"]["vtag"]["tag"] != r["uonaco-network-map"]["meta"]["vtag"]["tag"]);
    CHECK(tagged["network-map"]["a"]["ipv4"][0] == "192.0.2.0/24");
    e.links[0].dst_node.text = "nowhere";
    CHECK(!adapt::to_alto(e).losses.empty());
}

TEST_CASE("alto: what came from maps goes out and comes back, on random estates") {
    std::mt19937_64 random(3);
    const auto below = [&](unsigned long n) { return static_cast<double>(random() % n); };
    for (int i = 0; i < 1000; ++i) {
        estate e;
        const unsigned long n = 2 + random() % 4;
        for (unsigned long k = 0; k < n; ++k) {
            site s;
            s.id.text = "s" + std::to_string(k);
            if (random() % 2) s.meta.labels.set("ipv4", "192.0.2." + std::to_string(k) + "/32");
            e.sites.push_back(s);
        }
        const auto source = random() % 2 ? source_type::nominal : source_type::sla;
        for (unsigned long k = 0; k < n + random() % (2 * n); ++k) {
            wan_link l;
            const unsigned long from = random() % n, to = (from + 1 + random() % (n - 1)) % n;
            l.id.text = "l" + std::to_string(k);
            l.src_node.text = e.sites[from].id.text;
            l.dst_node.text = e.sites[to].id.text;
            l.bidirectional = random() % 2;
            l.layer = network_layer::ethernet;
            l.meta.source = source;
            l.latency = units::latency::from_si(below(10000000) / 64 * 1e-6);
            l.capacity = units::bit_rate::from_si(below(4000) * 1e8);
            if (random() % 2) l.unreserved = units::bit_rate::from_si(l.capacity.si() / 2);
            if (random() % 2) l.available = units::bit_rate::from_si(l.capacity.si() / 4);
            if (random() % 2) l.jitter = units::latency::from_si(below(1000) * 1e-6);
            if (random() % 2) l.loss = below(100) / 1000;
            e.links.push_back(l);
        }
        const auto out = adapt::to_alto(e);
        for (const auto& l : out.losses) // of links that state both, what is left goes out; some are on no way
            REQUIRE((l.pointer.substr(l.pointer.rfind('/')) == "/capacity_gbps" ||
                     l.what.rfind("all of it: no way", 0) == 0));
        const auto once = from_alto(out.result); // each pair that is joined now has a link of its own
        REQUIRE(once);
        REQUIRE(hostile::loads_or_is_refused(once));
        REQUIRE(once->losses ==
                std::vector<adapt::loss>{{"/resources/uonaco-network-map/meta/vtag", once->losses.at(0).what},
                                         {"/resources/hopcount/meta/cost-type", once->losses.at(1).what}});
        const auto twice = from_alto(adapt::to_alto(once->result).result);
        REQUIRE(twice);
        REQUIRE(twice->result.sites == once->result.sites);
        REQUIRE(twice->result.sites == e.sites);
        REQUIRE(twice->result.links.size() == once->result.links.size());
        for (std::size_t k = 0; k < once->result.links.size(); ++k) {
            const wan_link &a = once->result.links[k], &b = twice->result.links[k];
            const auto same = [](const auto& x, const auto& y) {
                return x.known() == y.known() && (!x || (*x).si() == Approx((*y).si()).epsilon(1e-14).margin(1e-17));
            };
            REQUIRE(a.id == b.id);
            REQUIRE(a.src_node == b.src_node);
            REQUIRE(a.meta == b.meta);
            REQUIRE(a.capacity.si() == Approx(b.capacity.si()).epsilon(1e-14));
            REQUIRE(a.unreserved == b.unreserved);
            REQUIRE(same(a.available, b.available));
            REQUIRE(same(a.latency, b.latency));
            REQUIRE(same(a.jitter, b.jitter));
            REQUIRE(same(a.loss, b.loss));
        }
    }
}

TEST_CASE("alto: hostile documents are refused or load") {
    for (const char* sample : samples) {
        const std::string text = hostile::file(sample);
        REQUIRE(!text.empty());
        const auto check = [](const std::string& t) {
            INFO(t);
            CHECK(hostile::loads_or_is_refused(from_alto(t)));
            CHECK(hostile::loads_or_is_refused(from_alto(t, {.capacity = 400_Gbps})));
        };
        hostile::for_each_value_changed(text, check);
        hostile::for_each_prefix(text, check);
    }
    for (const char* text : {"{}", "[]", R"({"resources": {}})", R"({"cost-map": {}})", R"({"network-map": {"": {}}})",
                             R"({"resources": {"a": {}}})"})
        CHECK(hostile::loads_or_is_refused(from_alto(text)));
    std::string many;
    for (int i = 0; i < 10000; ++i) many += (i ? ",\"" : "\"") + std::to_string(i) + "\": " + std::to_string(i);
    const auto made = from_alto(R"({"meta": {"cost-type": {"cost-mode": "numerical", "cost-metric": "bw-residual"}},
        "cost-map": {"A": {)" + many +
                                "}}}");
    REQUIRE(made);
    CHECK(made->result.links.size() == 10000);
}
