// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/adapt/foreign_ids.hpp>
#include <uonaco/adapt/foreign_object.hpp>
#include <uonaco/resource/site.hpp>

using namespace uonaco;

namespace {
struct figures {
    maybe<double> rate;
    maybe<long long> hops;
    maybe<bool> up;
    maybe<instant> seen;
    std::string name;
    std::vector<double> inner;
};
adapt::imported<figures> read(std::string_view text) {
    return adapt::read_foreign<figures>(text, {}, "a thing", [](const adapt::foreign_object& o, auto& t) {
        figures& f = t.result;
        o.require("name", "a string");
        f.name = o.text("name");
        f.rate = o.number("rate", 0, 100);
        f.hops = o.count("hops", 1, 8);
        f.up = o.flag("up");
        f.seen = o.time("seen");
        o.each_object("parts", "a part", [&](const adapt::foreign_object& part) {
            if (const auto x = part.number("x")) f.inner.push_back(*x);
        });
        o.within("more", "more of it", [&](const adapt::foreign_object& m) {
            if (const auto x = m.number("x")) f.inner.push_back(*x);
        });
    });
}
} // namespace

TEST_CASE("a foreign object gives what is asked for and passes over the rest") {
    const auto f = read(R"({"name": "a", "rate": 2.5, "hops": 3.0, "up": false, "seen": "2026-01-31T12:00:00+01:00",
                            "parts": [{"x": 1}, {"y": 2}, {"x": 3}], "more": {"x": 4}, "vendor:thing": [[]]})");
    REQUIRE(f);
    CHECK(f->result.name == "a");
    CHECK(*f->result.rate == 2.5);
    CHECK(*f->result.hops == 3);
    CHECK(*f->result.up == false);
    CHECK(f->result.seen.known());
    CHECK(f->result.inner == std::vector<double>{1, 3, 4});
}

TEST_CASE("absent and null are unknown") {
    const auto f = read(R"({"name": "a", "rate": null})");
    REQUIRE(f);
    CHECK(!f->result.rate);
    CHECK(!f->result.hops);
    CHECK(!f->result.up);
}

TEST_CASE("all that is wrong is reported, each with its place, and nothing is handed on") {
    const auto f =
        read(R"({"rate": 101, "hops": 2.5, "up": "yes", "seen": "noon", "parts": [{"x": "1"}, 7], "more": []})");
    REQUIRE(!f);
    std::vector<std::string> places;
    for (const auto& p : f.error()) places.push_back(p.pointer);
    CHECK(places ==
          std::vector<std::string>{"/name", "/rate", "/hops", "/up", "/seen", "/parts/0/x", "/parts/1", "/more"});
    CHECK(io::to_string(f.error()[1]) == "schema /rate: expected a number, at least 0, at most 100; found 101");
    for (const char* text : {"", "[]", "3", "{\"name\": \"a\"", "{\"name\": \"a\", \"name\": \"b\"}"})
        CHECK(!read(text));
}

TEST_CASE("ids for foreign names are ids, and differ where the names do") {
    adapt::foreign_ids ids;
    CHECK(ids.of("node-1") == "node-1");
    CHECK(ids.of("node 1") == "node-1-2");
    CHECK(ids.of("node#1") == "node-1-3");
    CHECK(ids.of("node 1") == "node-1-2");
    CHECK(ids.of("") == "x");
    CHECK(ids.of("_a") == "x_a");
    const std::string long_name(300, 'q'), longer(301, 'q');
    CHECK(io::is_id(ids.of(long_name)));
    CHECK(io::is_id(ids.of(longer)));
    CHECK(ids.of(long_name) != ids.of(longer));
    CHECK(io::is_id(ids.of("M\xc3\xbcnchen")));
    site s;
    ids.name(s, "node 1");
    CHECK(s.id.text == "node-1-2");
    CHECK(adapt::foreign_name(s) == "node 1");
}
