// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/reflect/reflect.hpp>

#include <string>
#include <vector>

namespace app {
struct header {
    int version = 1;
};
struct gauge {
    header meta{};
    std::string name = "flow";
    double level = 0.5;
};
} // namespace app

// clang-format off
UONACO_REFLECT(app::header, "what all have",
    (version, "of the format", at_least(1)));
UONACO_REFLECT(app::gauge, "a reading",
    (meta,  "what all have", flatten),
    (name,  "of the gauge", required),
    (level, "share of full", above(0), at_most(1)));
// clang-format on

namespace {

namespace reflect = uonaco::reflect;

TEST_CASE("members are visited in the order of the declaration") {
    const app::gauge g;
    std::vector<std::string> names;
    reflect::for_each_member([&](const reflect::field& f, const auto&) { names.emplace_back(f.name); }, g);
    CHECK(names == std::vector<std::string>{"meta", "name", "level"});
}

TEST_CASE("members can be written through") {
    app::gauge g;
    reflect::for_each_member(
        [](const reflect::field&, auto& member) {
            if constexpr (std::is_same_v<decltype(member), double&>) member = 0.25;
        },
        g);
    CHECK(g.level == 0.25);
}

TEST_CASE("several records are walked side by side") {
    const app::gauge a;
    app::gauge b;
    b.name = "ebb";
    int differ = 0;
    reflect::for_each_member(
        [&](const reflect::field&, const auto& x, const auto& y) {
            if constexpr (requires { x == y; }) differ += x == y ? 0 : 1;
        },
        a, b);
    CHECK(differ == 1);
}

TEST_CASE("a field carries its meaning and its bounds") {
    const reflect::field& level = reflect::declaration<app::gauge>::fields<>[2];
    CHECK(level.meaning == "share of full");
    CHECK_FALSE(level.required);
    CHECK_FALSE(level.allows(0));
    CHECK(level.allows(0.5));
    CHECK(level.allows(1));
    CHECK_FALSE(level.allows(1.5));
    CHECK(reflect::declaration<app::gauge>::fields<>[0].flat);
    CHECK(reflect::declaration<app::gauge>::fields<>[1].required);
}

TEST_CASE("a record is named after its type") {
    CHECK(reflect::name_of<app::gauge> == "gauge");
    CHECK(reflect::meaning_of<app::gauge> == "a reading");
}

TEST_CASE("a declaration is usable in constant expressions") {
    constexpr int sum = [] {
        int total = 0;
        const app::header h{41};
        reflect::for_each_member([&](const reflect::field&, int member) { total += member + 1; }, h);
        return total;
    }();
    STATIC_REQUIRE(sum == 42);
}

} // namespace
