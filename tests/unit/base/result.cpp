// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/base/enum_names.hpp>
#include <uonaco/base/id.hpp>
#include <uonaco/base/result.hpp>
#include <uonaco/base/version.hpp>
#include <uonaco/evaluate/constraints.hpp>
#include <uonaco/evaluate/term.hpp>

#include <set>
#include <string>

using namespace uonaco;

TEST_CASE("a result is a value or a reason") {
    const result<int> good = 7;
    CHECK((good && good.has_value() && *good == 7));
    const result<int> bad = failure{errc::over_budget, "w", -0.25, "too dear"};
    CHECK_FALSE(bad);
    CHECK(bad.error().code == errc::over_budget);
    CHECK(bad.error().margin == -0.25);
    result<std::string> text = std::string("moved");
    CHECK(text->size() == 5);
    *text += " out";
    CHECK(*static_cast<result<std::string>&&>(text) == "moved out");
    CHECK(bad.error() == failure{errc::over_budget, "w", -0.25, "too dear"});
}

TEST_CASE("each reason has words of its own") {
    std::set<std::string> words;
    int codes = 0;
    for (int i = 0; i < 256; ++i) {
        const std::string w = to_string(static_cast<errc>(i));
        if (i > 0 && w == "none") break;
        words.insert(w);
        ++codes;
    }
    CHECK(codes == 19);
    CHECK(words.size() == 19);
    CHECK(static_cast<int>(errc::carbon_limit) == 16); // values are part of the interface
    CHECK(static_cast<int>(errc::objective_limit) == 17);
    CHECK(static_cast<int>(errc::out_of_range) == 18);
}

TEST_CASE("each limit's failure has its code") {
    CHECK(to_errc(limit::memory) == errc::memory_does_not_fit);
    CHECK(to_errc(limit::load) == errc::overloaded);
    CHECK(to_errc(limit::deadline) == errc::past_deadline);
    CHECK(to_errc(limit::budget) == errc::over_budget);
    CHECK(to_errc(limit::carbon) == errc::carbon_limit);
    CHECK(to_errc(limit::power) == errc::over_power);
    CHECK(to_errc(limit::availability) == errc::unavailable);
    CHECK(to_errc(limit::attainment) == errc::slo_missed);
    CHECK(std::string(to_string(limit::attainment)) == "SLO attainment");
}

TEST_CASE("ids compare by text, rows by number") {
    const site_id a = "paris", b = "oslo";
    CHECK((a == site_id("paris") && a != b && b < a && !a.empty() && site_id{}.empty()));
    const row<site_tag> none, first{0};
    CHECK((!none && first && none == row<site_tag>{} && first < none));
}

TEST_CASE("one version") {
    CHECK(std::string(UONACO_VERSION) == std::to_string(UONACO_VERSION_MAJOR) + "." +
                                             std::to_string(UONACO_VERSION_MINOR) + "." +
                                             std::to_string(UONACO_VERSION_PATCH));
}
