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
    CHECK(io::validate("[1]").at(0).found == "nothing");
    CHECK(io::validate("").at(0).level == io::problem_level::syntax);
    CHECK(io::validate(R"({"kind": "site", "schema_version": "1.0", "id": "a", "pue": 1e999})").at(0).pointer ==
          "/pue");
}

TEST_CASE("kinds are found by their names") {
    const auto names = io::kind_names();
    CHECK(names.size() == 14);
    CHECK(names.front() == "scenario");
    CHECK(std::count(names.begin(), names.end(), "decision") == 1);
    CHECK(io::schema_of("site") == io::schema<site>());
    CHECK(io::schema_of("nothing").empty());
}

} // namespace
