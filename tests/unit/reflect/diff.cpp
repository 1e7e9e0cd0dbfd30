// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/reflect/diff.hpp>
#include <uonaco/reflect/resource.hpp>
#include <uonaco/units/literals.hpp>

namespace {

using namespace uonaco;
using reflect::difference;

TEST_CASE("equal records do not differ") {
    const site a{.id = "paris", .pue = units::factor(1.2)};
    CHECK(reflect::diff(a, a).empty());
}

TEST_CASE("what differs is listed with both values") {
    site a{.id = "paris", .pue = units::factor(1.2)};
    site b = a;
    b.pue = {};
    b.tier = tier::edge;
    b.power_limit = 20_MW;
    const std::vector<difference> expected = {
        {"tier", "core", "edge"}, {"pue", "1.2", "unknown"}, {"power_limit", "unknown", "20 MW"}};
    CHECK(reflect::diff(a, b) == expected);
    CHECK(to_string(reflect::diff(a, b)[0]) == "tier: core -> edge");
}

TEST_CASE("values that print alike are told apart") {
    const provisioning a{.rate = 400_Gbps};
    const provisioning b{.rate = 400.0001_Gbps};
    const auto found = reflect::diff(a, b);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == difference{"rate", "400 Gb/s", "400.0001 Gb/s"});
}

TEST_CASE("what only one has is listed once") {
    power_state a{.id = "fr"};
    power_state b = a;
    b.forecast.push_back({.duration = 3600_s});
    const auto found = reflect::diff(a, b);
    REQUIRE(found.size() == 2);
    CHECK(to_string(found[1]) == "forecast[0].duration: (none) -> 60 min");
    CHECK(to_string(reflect::diff(b, a)[1]) == "forecast[0].duration: 60 min -> (none)");
}

} // namespace
