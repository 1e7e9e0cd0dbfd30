// SPDX-License-Identifier: Apache-2.0
// What all records share, and the kinds that no scenario has: paths and reservations.
#include "../../catch.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/kinds.hpp>

namespace {

using namespace uonaco;

io::problem only_problem(const std::string& text) {
    const io::problems found = io::validate(text);
    REQUIRE(found.size() == 1);
    return found[0];
}
std::string site_with(const std::string& members) {
    return R"({"kind": "site", "schema_version": "1.0", "id": "a", )" + members + "}";
}

TEST_CASE("what nobody here knows is carried") {
    const std::string kept =
        R"({"org.example":{"rack":7,"free":[1,-2,0.5,1e+300,18446744073709551615,true,null,"\"\\/\u0001é𝄞"],"none":{}}})";
    const auto s = io::load<site>(site_with("\"extensions\": " + kept));
    REQUIRE(s);
    const std::string written = io::dump(*s, io::layout::compact);
    CHECK(written == R"({"kind":"site","schema_version":"1.0","id":"a","extensions":)" + kept + R"(,"tier":"core"})");
    CHECK(io::dump(*io::load<site>(written), io::layout::compact) == written);
    CHECK(only_problem(site_with("\"extensions\": 7")).pointer == "/extensions");
    // in elements of a scenario too, and not from one to the other
    const auto all = io::load<scenario>(R"({"kind": "scenario", "schema_version": "1.0", "extensions": {"a": 1},
        "sites": [{"id": "a", "extensions": {"b": 2}}, {"id": "c"}]})");
    REQUIRE(all);
    CHECK(all->meta.extensions.json == R"({"a":1})");
    CHECK(all->estate.sites[0].meta.extensions.json == R"({"b":2})");
    CHECK(all->estate.sites[1].meta.extensions == free_form{});
}

TEST_CASE("what is set from C++ and is no JSON object is still written, as text") {
    const auto written = [](const std::string& json) {
        site s{.id = "a"};
        s.meta.extensions.json = json;
        const auto again = io::load<site>(io::dump(s));
        REQUIRE(again);
        return again->meta.extensions.json;
    };
    CHECK(written(" {\"a\" : [ 1 , 2.50 ] } ") == R"({"a":[1,2.5]})");
    CHECK(written(R"({"a": "\u00e9\ud834\udd1e\n\t\b"})") == "{\"a\":\"é𝄞\\n\\t\\u0008\"}");
    for (const char* bad : {"{", "[]", "7", "{\"a\"}", "{\"a\":}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":1e999}",
                            "{\"a\":\"\\x\"}", "{\"a\":\"\\ud834\"}", "{} {}", "{\"a\":1,}", "{\"a\":\"\\u12", "{,}",
                            "{\"a\":-}", "{\"a\":\"", "{\"a\":nul}"}) {
        INFO(bad);
        CHECK(io::load<site>(R"({"kind": "site", "schema_version": "1.0", "id": "a", "extensions": )" + written(bad) +
                             "}")
                  .has_value());
        CHECK(written(bad).substr(0, 9) == "{\"text\":\"");
    }
    CHECK(written(std::string(100, '[')).substr(0, 9) == "{\"text\":\"");
    std::string deep = "{\"a\":";
    for (int i = 0; i < 1000; ++i) deep += "[";
    CHECK(written(deep).substr(0, 9) == "{\"text\":\"");
}

TEST_CASE("a figure says which statistic it is and how far it is to be trusted") {
    const auto s = io::load<site>(
        site_with(R"("statistic": "p99.9", "accuracy": {"method": "estimated_static", "error_ratio": 0.1})"));
    REQUIRE(s);
    CHECK(s->meta.statistic.text == "p99.9");
    CHECK(s->meta.accuracy->method == accuracy_method::estimated_static);
    CHECK(s->meta.accuracy->error.value() == units::ratio(0.1));
    CHECK(io::dump(*io::load<site>(io::dump(*s))) == io::dump(*s));
    for (const char* good : {"cur", "median", "p0", "p5", "p99", "p100", "p99.999999"})
        CHECK(io::validate(site_with("\"statistic\": \"" + std::string(good) + "\"")).empty());
    for (const char* bad : {"", "p", "p101", "p99.", "p99.1234567", "average", "P99", "p-1", "p.5", "p100.0", "max\\n"})
        CHECK(only_problem(site_with("\"statistic\": \"" + std::string(bad) + "\"")).pointer == "/statistic");

    // elements of a scenario take both from it, and do not state them again
    const auto all = io::load<scenario>(R"({"kind": "scenario", "schema_version": "1.0", "statistic": "mean",
        "accuracy": {"method": "measured"}, "sites": [{"id": "a"}, {"id": "b", "statistic": "max"}]})");
    REQUIRE(all);
    CHECK(all->estate.sites[0].meta.statistic.text == "mean");
    CHECK(all->estate.sites[0].meta.accuracy == all->meta.accuracy);
    CHECK(all->estate.sites[1].meta.statistic.text == "max");
    const std::string text = io::dump(*all);
    CHECK(text.find("\"mean\"") == text.rfind("\"mean\""));
    CHECK(*io::load<scenario>(text) == *all);
}

TEST_CASE("another schema, or another major version of it, is refused by its name") {
    CHECK(io::validate(site_with("\"$schema\": \"" + io::schema_id("site") + "\"")).empty());
    io::problem p = only_problem(site_with("\"$schema\": \"" + io::schema_id("tariff") + "\""));
    CHECK(p.level == io::problem_level::schema);
    CHECK(p.pointer == "/$schema");
    CHECK(p.expected == "\"https://uonaco.dev/schema/v1/site.schema.json\", or none");
    CHECK(only_problem(site_with("\"$schema\": \"https://uonaco.dev/schema/v2/site.schema.json\"")).found ==
          "\"https://uonaco.dev/schema/v2/site.schema.json\"");
    p = only_problem(R"({"kind": "site", "schema_version": "2.0", "id": "a", "colour": 7})");
    CHECK(p.pointer == "/schema_version");
    CHECK(p.expected == "a version \"1.x\"; this is 1.0");
    CHECK(p.found == "\"2.0\"");
    // a later minor version may have keys that are new
    CHECK(io::validate(R"({"kind": "site", "schema_version": "1.7", "id": "a", "colour": 7})").empty());
    CHECK(only_problem(R"({"kind": "site", "schema_version": "1.7", "id": "a", "pue": 0.5})").pointer == "/pue");
    CHECK(only_problem(site_with(R"("colour": 7)")).pointer == "/colour");
    // only of the document
    CHECK(only_problem(R"({"kind": "scenario", "schema_version": "1.0", "sites": [{"id": "a", "$schema": "x"}]})")
              .pointer == "/sites/0/$schema");
}

TEST_CASE("a path on offer") {
    const auto with = [](const std::string& members) {
        return R"({"kind": "wan_path", "schema_version": "1.0", "id": "a-b/1", "src_site": "a", "dst_site": "b",
            "links": ["a-c", "c-b"], "rate_gbps": 400, "latency_us": 4900, )" +
               members + "}";
    };
    const auto p = io::load<wan_path>(with(R"("action": "create", "lead_time_s": 180, "shared_links": ["c-b"])"));
    REQUIRE(p);
    CHECK(io::dump(*io::load<wan_path>(io::dump(*p))) == io::dump(*p));
    CHECK(only_problem(with(R"("action": "teardown")")).pointer == "/action");
    CHECK(only_problem(with(R"("action": "create", "circuit": "k")")).pointer == "/circuit");
    CHECK(only_problem(with(R"("action": "use", "shared_links": ["c-b", "c-d"])")).pointer == "/shared_links/1");
    CHECK(only_problem(with(R"("action": "use", "backup": "a-b/1")")).pointer == "/backup");
    CHECK(only_problem(R"({"kind": "wan_path", "schema_version": "1.0", "id": "p", "src_site": "a", "dst_site": "b",
        "action": "use", "links": ["x", "y", "x"], "rate_gbps": 1, "latency_us": 1})")
              .pointer == "/links/2");
}

TEST_CASE("a reservation") {
    const auto with = [](const std::string& state, const std::string& members) {
        return R"({"kind": "reservation", "schema_version": "1.0", "id": "w/1", "workload": "w", "state": ")" + state +
               R"(", "start": "2026-11-01T00:00:00Z", "end": "2026-11-02T00:00:00Z")" + members + "}";
    };
    const std::string devices = R"(, "assignments": [{"pool": "a/h100", "site": "a", "devices": 8, "share_ratio": 1}])";
    const auto r = io::load<reservation>(with("held", devices + R"(, "held_until": "2026-10-31T00:00:00Z")"));
    REQUIRE(r);
    CHECK(r->state == reservation_state::held);
    CHECK(io::dump(*io::load<reservation>(io::dump(*r))) == io::dump(*r));
    CHECK(only_problem(with("held", devices)).pointer == "/held_until");
    CHECK(only_problem(with("active", devices + R"(, "held_until": "2026-10-31T00:00:00Z")")).pointer == "/held_until");
    CHECK(only_problem(with("failed", devices)).pointer == "/reason");
    CHECK(only_problem(with("active", "")).pointer == "/assignments");
    CHECK(io::validate(with("active", R"(, "storage": "s", "stored_gb": 5)")).empty());
    CHECK(only_problem(with("doomed", devices)).level == io::problem_level::schema);
}

TEST_CASE("what plants emit and what their whole life does are never mixed") {
    const auto with = [](const char* second) {
        return std::string(R"({"kind": "scenario", "schema_version": "1.0", "power": [{"id": "x", "grid_zone": "X"},
            {"id": "y", "grid_zone": "Y", "emission_factors": "lifecycle"},
            {"id": "z", "grid_zone": "Z", "emission_factors": ")") +
               second + R"("}]})";
    };
    CHECK(io::validate(with("lifecycle")).empty());
    CHECK(only_problem(with("direct")).pointer == "/power/2/emission_factors");
}

TEST_CASE("all that is wrong with a path is named, in linear time") {
    std::string links;
    for (int i = 0; i < 30000; ++i) links += "\"l" + std::to_string(i) + "\", "; // quadratic, this took minutes
    const auto path = io::load<wan_path>(
        R"({"kind": "wan_path", "schema_version": "1.0", "id": "p", "src_site": "a", "dst_site": "b", "action": "use", "rate_gbps": 1,
            "latency_us": 1, "backup": "p", "shared_links": ["elsewhere"], "links": [)" +
        links + R"("l0", "l1"]})");
    REQUIRE_FALSE(path);
    std::vector<std::string> pointers;
    for (const io::problem& p : path.error()) pointers.push_back(p.pointer);
    CHECK(pointers == std::vector<std::string>{"/links/30000", "/links/30001", "/shared_links/0", "/backup"});
}

TEST_CASE("a price that the billing does not count is refused, in a scenario or alone") {
    const auto with = [](const std::string& members) {
        return io::load<tariff>(R"({"kind": "tariff", "schema_version": "1.0", "id": "t", )" + members + "}");
    };
    CHECK(with(R"("billing": "volume", "volume_price_usd_per_gb": 1)"));
    CHECK(with(R"("billing": "both", "volume_price_usd_per_gb": 1, "lease_usd_per_gbps_h": 1)"));
    CHECK(with(R"("volume_price_usd_per_gb": 1, "lease_usd_per_gbps_h": 1)"));
    const auto lease = with(R"("billing": "volume", "lease_usd_per_gbps_h": 3)");
    REQUIRE_FALSE(lease);
    CHECK(lease.error()[0].pointer == "/lease_usd_per_gbps_h");
    const auto volume = with(R"("billing": "duration", "volume_price_usd_per_gb": 3)");
    REQUIRE_FALSE(volume);
    CHECK(volume.error()[0].pointer == "/volume_price_usd_per_gb");
}

TEST_CASE("only a later minor version may have keys that are not known") {
    const auto with = [](const std::string& version) {
        return io::load<risk_group>(R"({"kind": "risk_group", "schema_version": ")" + version +
                                    R"(", "id": "r", "srlg": 1, "colour": "red"})");
    };
    CHECK(with("1.1"));
    CHECK(with("1.01"));
    CHECK_FALSE(with("1.0"));
    CHECK_FALSE(with("1.00"));
}

TEST_CASE("counts without a bound of their own end with 64 bits, each digit kept") {
    const auto with = [](const std::string& generation) {
        return io::load<risk_group>(
            R"({"kind": "risk_group", "schema_version": "1.0", "id": "r", "srlg": 1, "generation": )" + generation +
            "}");
    };
    REQUIRE(with("9223372036854775807"));
    CHECK(with("9223372036854775807")->meta.generation == 9223372036854775807);
    CHECK(with("9007199254740991.0")->meta.generation == 9007199254740991);
    CHECK_FALSE(with("9007199254740993.0")); // which a double takes for one less
    for (const char* beyond : {"9223372036854775808", "18446744073709551616", "1e300"}) {
        const auto r = with(beyond);
        REQUIRE_FALSE(r);
        CHECK(r.error()[0].hint == "counts end at 2^63 - 1");
    }
}

} // namespace
