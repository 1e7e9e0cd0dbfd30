// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/load.hpp>
#include <uonaco/reflect/decision.hpp>
#include <uonaco/reflect/resource.hpp>
#include <uonaco/units/literals.hpp>

#include <nlohmann/json.hpp>

namespace app {
struct meter {
    std::string name = "m";
    uonaco::units::bit_rate flow = uonaco::units::bit_rate::from_si(1e9);
};
using uonaco::to_json; // nlohmann finds it beside the type
} // namespace app

// clang-format off
UONACO_REFLECT(app::meter, "a type of somebody else",
    (name, "its name"),
    (flow, "now"));
// clang-format on

namespace {

using namespace uonaco;

wan_link link() {
    wan_link l{.id = "a-b", .src_node = "a", .dst_node = "b", .bidirectional = true, .capacity = 100_Gbps};
    l.create = provisioning{.rate = 400_Gbps, .lead_time = 180_s};
    l.latency = 2938.2_us;
    l.srlgs = {1, 7};
    return l;
}

TEST_CASE("keys come in the order of the declaration, unknown values not at all") {
    CHECK(
        io::dump(link(), io::layout::compact) ==
        R"({"kind":"wan_link","schema_version":"1.0","id":"a-b","src_node":"a","dst_node":"b","bidirectional":true,)"
        R"("layer":"otn","oper_status":"up","capacity_gbps":100,)"
        R"("create":{"rate_gbps":400,"lead_time_s":180,"hitless":false},"fibre":"smf","latency_us":2938.2,"srlgs":[1,7]})");
}

TEST_CASE("pretty text keeps short things on a line") {
    CHECK(io::dump(tariff{.id = "t", .lease = units::from_exchange_unit<units::bandwidth_price>(0.07)}) ==
          "{\"kind\": \"tariff\", \"schema_version\": \"1.0\", \"id\": \"t\", \"lease_usd_per_gbps_h\": 0.07}\n");
    power_state p{.id = "fr", .grid_zone = "FR"};
    p.forecast.resize(2, {.duration = 3600_s});
    CHECK(io::dump(p) == R"({
  "kind": "power_state",
  "schema_version": "1.0",
  "id": "fr",
  "grid_zone": "FR",
  "carbon_signal": "average",
  "forecast": [
    {"start": "1970-01-01T00:00:00Z", "duration_s": 3600},
    {"start": "1970-01-01T00:00:00Z", "duration_s": 3600}
  ],
  "forecast_repeats": false
}
)");
}

TEST_CASE("what is written reads back as the same record") {
    const auto again = io::load<wan_link>(io::dump(link()));
    REQUIRE(again);
    CHECK(*again == link());

    decision d{.id = "d", .workload = "w", .heuristic = "greedy", .status = placement_status::placed};
    d.description = "512 + 512";
    d.objective = 221345.67;
    d.assignments = {{"a/h100", "a", 512, 0.5}, {"b/h100", "b", 512, 0.5}};
    d.network = {{network_action::create, "a", "b", {"a-c", "c-b"}, 400_Gbps, 180_s}};
    d.outcome = outcome<double>{};
    d.outcome = [&] {
        outcome<double> o;
        o.time.completion = 77312.25_s;
        o.money.total = 221345.67_usd;
        o.reliability.memory_share = 1.3;
        return o;
    }();
    d.explanation = {"the circuit hides \"all\" of the communication", "Paris \xe2\x86\x92 Oslo"};
    d.constraints = {{"deadline", true, 0.25}};
    const auto read = io::load<decision>(io::dump(d));
    REQUIRE(read);
    CHECK(*read == d);
    CHECK(io::dump(*read) == io::dump(d));
}

TEST_CASE("text that is not UTF-8 still makes JSON") {
    const site s{.id = "a", .name = "Z\xfcrich"};
    CHECK(io::load<site>(io::dump(s))->name == "Z\xef\xbf\xbdrich");
}

TEST_CASE("records convert to nlohmann's type without an include of ours") {
    const nlohmann::ordered_json j = link();
    CHECK(j.at("capacity_gbps") == 100);
    CHECK(j.at("create").at("lead_time_s") == 180);
    CHECK(j.at("srlgs") == nlohmann::ordered_json{1, 7});
    CHECK(j == nlohmann::ordered_json::parse(io::dump(link())));
    const nlohmann::json m = app::meter{};
    CHECK(m.dump() == R"({"flow_gbps":1.0,"name":"m"})");
}

} // namespace
