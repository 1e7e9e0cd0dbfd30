// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <string>
#include <type_traits>
#include <uonaco/base/id.hpp>

using namespace uonaco;

TEST_CASE("ids are made from texts of both kinds, and from no other id") {
    site_id s = "a";
    s = "s" + std::to_string(7);
    CHECK(s == site_id("s7"));
    CHECK(s == std::string("s7"));
    CHECK(s != "s8");
    s = {};
    CHECK(s.empty());
    STATIC_REQUIRE(std::is_convertible_v<std::string, site_id>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<link_id, site_id>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<site_id, link_id>);
    STATIC_REQUIRE_FALSE(std::is_assignable_v<site_id&, link_id>);
}
