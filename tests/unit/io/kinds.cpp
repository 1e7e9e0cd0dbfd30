// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/kinds.hpp>

namespace {

using namespace uonaco;

TEST_CASE("whatever comes is validated by its kind") {
    CHECK(io::validate(R"({"kind": "site", "schema_version": "1.0", "id": "a"})").empty());
    CHECK(
        io::validate(R"({"kind": "tariff", "schema_version": "1.0", "id": "a", "lease_usd_per_gbps_h": 0.1})").empty());

    auto found = io::validate(R"({"kind": "sites", "schema_version": "1.0", "id": "a", "id": "b"})");
    REQUIRE(found.size() == 2);
    CHECK(found[0].pointer == "/id");
    CHECK(found[1].pointer == "/kind");
    CHECK(found[1].hint == "did you mean site?");

    CHECK(io::validate("{}").at(0).pointer == "/kind");
    CHECK(io::validate("").at(0).level == io::problem_level::syntax);
    CHECK(io::validate(R"({"kind": "site", "schema_version": "1.0", "id": "a", "pue": 1e999})").at(0).pointer ==
          "/pue");
}

TEST_CASE("a list of records is validated one by one") {
    const std::string a = R"({"kind": "site", "schema_version": "1.0", "id": "a"})";
    CHECK(io::validate("[]").empty());
    CHECK(io::validate("[" + a + ", " + a + "]").empty()); // ids are unique in a scenario, not in a list
    auto found = io::validate("[" + a + R"(, {"kind": "tariff", "schema_version": "1.0", "id": "t", "price": 1},
        {"kind": "nothing"}, 7, {"schema_version": "1.0", "id": "b"}, {"kind": "site", "id": "c"}])");
    std::vector<std::string> pointers;
    for (const io::problem& p : found) pointers.push_back(p.pointer);
    CHECK(pointers == std::vector<std::string>{"/1/price", "/2/kind", "/3", "/4/kind", "/5/schema_version"});

    // scenarios too, and what one states is not inherited by the next
    const std::string s = R"({"kind": "scenario", "schema_version": "1.0", "source": "measured",
        "sites": [{"id": "a"}, {"id": "a"}], "pools": [{"id": "p", "site": "b", "total_count": 1, "free_count": 1}]})";
    found = io::validate("[" + s + ", " + s + "]");
    REQUIRE(found.size() == 4);
    CHECK(found[2].pointer == "/1/sites/1/id");
    CHECK(found[2].found == "\"a\", as in /1/sites/0");
    CHECK(found[3].pointer == "/1/pools/0/site");

    // what stands beside one scenario has to agree with it, if both are sound
    const std::string p = R"({"kind": "wan_path", "schema_version": "1.0", "id": "p", "src_site": "x", "dst_site": "y",
        "action": "create", "links": ["l"], "rate_gbps": 1, "latency_us": )";
    const std::string sound = R"({"kind": "scenario", "schema_version": "1.0", "sites": [{"id": "x"}]})";
    found = io::validate("[" + p + "5}, " + sound + "]");
    pointers.clear();
    for (const io::problem& q : found) pointers.push_back(q.pointer);
    CHECK(pointers == std::vector<std::string>{"/0/dst_site", "/0/links/0"});
    CHECK(io::validate("[" + p + "-5}, " + sound + "]").size() == 1);
    CHECK(io::validate("[" + p + "5}, " + s + "]").size() == 2); // the scenario's own
    CHECK(io::validate("[" + p + "5}, " + sound + ", " + sound + "]").empty());

    std::string many = "[1";
    for (int i = 0; i < 10'000; ++i) many += ",1";
    CHECK(io::validate(many + "]").size() == 201);
}

TEST_CASE("kinds are found by their names") {
    const auto names = io::kind_names();
    CHECK(names.size() == 18);
    CHECK(names.front() == "scenario");
    CHECK(std::count(names.begin(), names.end(), "decision") == 1);
    CHECK(io::schema_of("site") == io::schema<site>());
    CHECK(io::schema_of("nothing").empty());
}

TEST_CASE("what is no object is said to be none, not to lack a kind") {
    const auto first = [](const char* text) { return to_string(io::validate(text).at(0)); };
    CHECK(first("1") == "schema (document): expected a record: an object with a kind; found 1");
    CHECK(first("null") == "schema (document): expected a record: an object with a kind; found null");
    CHECK(first("[[]]") == "schema /0: expected a record: an object with a kind; found an empty array");
    CHECK(io::validate("{}").at(0).pointer == "/kind");
}

} // namespace
