// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/reflect/hana.hpp>
#include <uonaco/reflect/resource.hpp>

#include <boost/hana/at_key.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/members.hpp>

namespace {

namespace hana = boost::hana;
using uonaco::location;

TEST_CASE("a record models hana::Struct") {
    location here{.lat = 48.86, .lon = 2.35};
    STATIC_REQUIRE(hana::Struct<location>::value);
    STATIC_REQUIRE(decltype(hana::length(hana::keys(here)))::value == 2);

    std::string names;
    hana::for_each(hana::keys(here), [&](auto name) { (names += name.c_str()) += ' '; });
    CHECK(names == "lat lon ");
    double sum = 0;
    hana::for_each(hana::members(here), [&](double x) { sum += x; });
    CHECK(sum == 48.86 + 2.35);

    hana::at_key(here, hana::string_c<'l', 'o', 'n'>) = 10.0;
    CHECK(here.lon == 10.0);
}

TEST_CASE("a large record does so too") {
    STATIC_REQUIRE(decltype(hana::length(hana::keys(std::declval<uonaco::wan_link&>())))::value == 27);
    uonaco::wan_link link;
    hana::at_key(link, hana::string_c<'i', 'd'>) = uonaco::link_id("a-b");
    CHECK(link.id.text == "a-b");
}

} // namespace
