// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

namespace {

using namespace uonaco;

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const std::string small = R"({"kind": "scenario", "schema_version": "1.0", "observed_at": "2026-01-01T00:00:00Z",
  "source": "nominal", "sites": [{"id": "a"}, {"id": "b", "source": "measured", "kind": "site"}],
  "links": [{"id": "ab", "src_node": "a", "dst_node": "b", "capacity_gbps": 10}],
  "workloads": [{"id": "w", "transfer": {"volume_gb": 5, "from": "a", "to": "b"}}]})";

TEST_CASE("elements inherit what the scenario states and they do not") {
    const auto s = io::load<scenario>(small);
    REQUIRE(s);
    const estate& e = s->estate;
    CHECK(e.sites[0].meta.source == source_type::nominal);
    CHECK(e.sites[0].meta.observed_at == s->meta.observed_at);
    CHECK(e.sites[1].meta.source == source_type::measured);
    CHECK(s->workloads[0].meta.source == source_type::nominal);
    CHECK(e.currency == "USD");
    CHECK(s->profile.id.text == "default");
}

TEST_CASE("and do not state again what they inherit") {
    const auto s = io::load<scenario>(small);
    REQUIRE(s);
    const std::string text = io::dump(*s);
    CHECK(text.find("\"nominal\"") == text.rfind("\"nominal\""));
    CHECK(text.find("observed_at") == text.rfind("observed_at"));
    const auto again = io::load<scenario>(text);
    REQUIRE(again);
    CHECK(*again == *s);
}

/// Every number of `before` is in `after`, at the same place.
void check_numbers(io::value before, io::value after, const std::string& where) {
    INFO(where);
    if (before.is_number()) {
        REQUIRE(after.is_number());
        CHECK(before.number() == after.number());
    }
    std::size_t i = 0;
    for (const io::value inner : before) {
        const io::value other = before.is(io::json_kind::array) ? after.element(i) : after.find(inner.key());
        const std::string place =
            where + "/" + (before.is(io::json_kind::array) ? std::to_string(i) : std::string(inner.key()));
        ++i;
        if (!other && inner.is_number()) FAIL(place << " is lost");
        if (other)
            check_numbers(inner, other, place); // what equals its default or what it inherits is not stated again
    }
}

TEST_CASE("the scenarios of the examples survive reading and writing, every decimal of them") {
    for (const char* name : {"figure1", "regions", "unknowns"}) {
        INFO(name);
        const std::string text = read(std::string("examples/scenarios/") + name + ".json");
        const auto s = io::load<scenario>(text);
        if (!s)
            for (const io::problem& p : s.error()) UNSCOPED_INFO(to_string(p));
        REQUIRE(s);
        const std::string written = io::dump(*s);
        const auto again = io::load<scenario>(written);
        REQUIRE(again);
        CHECK(*again == *s);
        CHECK(io::dump(*again) == written);

        io::document before, after;
        io::problems none;
        io::parse(text, before, none);
        io::parse(written, after, none);
        for (const char* table : {"sites", "pools", "links", "power", "workloads"}) {
            const io::value was = before.root().find(table);
            if (was) check_numbers(was, after.root().find(table), table);
        }
    }
}

TEST_CASE("corrupted scenarios have exactly the problems they were given") {
    std::map<std::string, std::vector<std::string>> expected;
    std::istringstream table(read("tests/corpus/bad/expected.txt"));
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string file, level, pointer;
        words >> file >> level >> pointer;
        expected[file].push_back(level + " " + pointer);
    }
    CHECK(expected.size() >= 80);
    for (auto& [file, problems] : expected) {
        INFO(file);
        const auto s = io::load<scenario>(read("tests/corpus/bad/" + file));
        REQUIRE_FALSE(s);
        std::vector<std::string> found;
        for (const io::problem& p : s.error()) {
            found.push_back(std::string(to_string(p.level)) + " " + (p.pointer.empty() ? "-" : p.pointer));
            CHECK_FALSE(p.expected.empty());
            CHECK_FALSE(p.found.empty());
        }
        std::sort(found.begin(), found.end());
        std::sort(problems.begin(), problems.end());
        CHECK(found == problems);
    }
}

TEST_CASE("a reference into a table that cannot be read is not called dangling") {
    const auto s = io::load<scenario>(R"({"kind": "scenario", "schema_version": "1.0", "sites": [{"id": 7}],
        "pools": [{"id": "p", "site": "a", "total_count": 1, "free_count": 1}]})");
    REQUIRE_FALSE(s);
    REQUIRE(s.error().size() == 1);
    CHECK(s.error()[0].pointer == "/sites/0/id");
}

// A cheap fuzzer with a seed: whatever is done to a scenario, it loads and survives, or has problems.
TEST_CASE("a shape of another model than its parameters is refused, with what it comes to") {
    const auto problems_of = [](const std::string& parameters, const std::string& shape) {
        const auto s = io::load<scenario>(
            R"({"kind": "scenario", "schema_version": "1.0", "sites": [{"id": "a"}], "workloads": [{"id": "w",
            "devices": {"count": 8}, "training": {"parameters": )" +
            parameters + R"(, "tokens_per_step": 1e6, "steps": 1, "shape": {"hidden": 8192, "heads": 64, "kv_heads": 8,
            "feed_forward": 28672, "vocabulary": 128256, "sequence": 8192, )" +
            shape + "}}}]}");
        return s ? io::problems{} : s.error();
    };
    CHECK(problems_of("70.6e9", R"("layers": 80, "gated": true)").empty());
    CHECK(problems_of("69.5e9", R"("layers": 80, "gated": true)").empty());
    const auto short_one = problems_of("70.6e9", R"("layers": 8, "gated": true)");
    REQUIRE(short_one.size() == 1);
    CHECK(short_one[0].level == io::problem_level::semantic);
    CHECK(short_one[0].pointer == "/workloads/0/training/shape");
    CHECK(short_one[0].expected == "a shape of about as many parameters as stated, 70600000000");
    CHECK(short_one[0].found == "one of 7895777280 to 8946450432, embeddings once or twice");
    const auto no_gate = problems_of("70.6e9", R"("layers": 80)");
    REQUIRE(no_gate.size() == 1);
    CHECK(no_gate[0].hint == "with \"gated\": true it would agree");
    // Eight experts are eight times as much.
    CHECK(problems_of("70.6e9", R"("layers": 80, "gated": true, "experts": 8, "active_experts": 1)").size() == 1);
}
TEST_CASE("damaged scenarios load or have problems, and nothing else happens") {
    const std::string whole = read("examples/scenarios/figure1.json");
    std::mt19937_64 random(3);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const std::string tokens[] = {"{",  "}",     "[",   "]",       "\"",   ",", ":",     "null",
                                  "-1", "1e999", "NaN", "\\u0000", "\xff", "0", "\"id\""};
    int loaded = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string text = whole;
        for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
            const std::size_t at = below(text.size());
            const std::size_t length = std::min(text.size() - at, 1 + below(20));
            switch (below(5)) {
            case 0: text[at] = static_cast<char>(random()); break;
            case 1: text.erase(at, length); break;
            case 2: text.insert(at, tokens[below(std::size(tokens))]); break;
            case 3: text.insert(below(text.size()), text.substr(at, length)); break;
            default: text[at] = static_cast<char>('0' + below(10)); break;
            }
            if (text.empty()) text = " ";
        }
        const auto s = io::load<scenario>(text);
        if (!s) {
            REQUIRE_FALSE(s.error().empty());
            continue;
        }
        ++loaded;
        const auto again = io::load<scenario>(io::dump(*s));
        REQUIRE(again);
        REQUIRE(*again == *s);
    }
    CHECK(loaded >= 20); // the damage is mild enough to reach every level
}

TEST_CASE("large hostile scenarios take linear time") {
    const std::string head = R"({"kind": "scenario", "schema_version": "1.0", )";
    const auto problems_of = [](const std::string& text) {
        const auto s = io::load<scenario>(text);
        return s ? io::problems{} : s.error();
    };
    std::string ones = head + "\"sites\": [1";
    for (int i = 0; i < 100'000; ++i) ones += ",1";
    CHECK(problems_of(ones + "]}").size() == 201);

    std::string keys = head + "\"sites\": []";
    for (int i = 0; i < 100'000; ++i) keys += ",\"site" + std::to_string(i) + "\":1";
    CHECK(problems_of(keys + "}").size() == 201);

    std::string twins = head + "\"sites\": [{\"id\":\"a\"}";
    for (int i = 0; i < 50'000; ++i) twins += ",{\"id\":\"a\"}";
    CHECK(problems_of(twins + "]}").size() == 201);

    std::string steps = head + R"("power": [{"id": "p", "grid_zone": "z", "forecast": [)";
    for (int i = 0; i < 30'000; ++i)
        steps += std::string(i == 0 ? "" : ",") + R"({"start": "2026-01-01T00:00:00Z", "duration_s": 1})";
    CHECK(problems_of(steps + "]}]}").size() == 201);

    std::string names =
        head + R"("sites": [{"id": "a"}], "workloads": [{"id": "w", "transfer": {"volume_gb": 1, "from": "a"},
        "locality": {"allowed_sites": ["a")";
    for (int i = 0; i < 100'000; ++i) names += ",\"a\"";
    names += "], \"denied_sites\": [\"a\"";
    for (int i = 0; i < 100'000; ++i) names += ",\"a\"";
    CHECK(problems_of(names + "]}}]}").size() == 201);
}

TEST_CASE("a power state without an intensity mixes no signals") {
    const auto with = [](const char* first, const char* second) {
        return io::load<scenario>(
            R"({"kind": "scenario", "schema_version": "1.0", "power": [{"id": "p", "grid_zone": "x", )" +
            std::string(first) + R"(}, {"id": "q", "grid_zone": "y", "carbon_signal": "marginal", )" + second + "}]}");
    };
    const std::string intensity = "\"carbon_intensity_g_per_kwh\": 300";
    CHECK(with("\"energy_price_usd_per_kwh\": 0.1", intensity.c_str()));
    CHECK(with(intensity.c_str(), "\"energy_price_usd_per_kwh\": 0.1"));
    const auto mixed =
        with(intensity.c_str(),
             R"("forecast": [{"start": "2026-01-01T00:00:00Z", "duration_s": 60, "carbon_intensity_g_per_kwh": 1}])");
    REQUIRE_FALSE(mixed);
    CHECK(mixed.error()[0].pointer == "/power/1/carbon_signal");
}

TEST_CASE("what a document states for all is quoted where it does not fit an element") {
    const auto s =
        io::load<scenario>(R"({"kind": "scenario", "schema_version": "1.0", "valid_until": "2026-01-01T01:00:00Z",
        "sites": [{"id": "a", "observed_at": "2026-01-01T02:00:00Z"}]})");
    REQUIRE_FALSE(s);
    CHECK(s.error()[0].pointer == "/sites/0/valid_until");
    CHECK(s.error()[0].found == "\"2026-01-01T01:00:00Z\"");
}

} // namespace
