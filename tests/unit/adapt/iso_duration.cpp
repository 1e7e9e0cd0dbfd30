// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/adapt/iso_duration.hpp>

#include <random>

using namespace uonaco;
using adapt::iso_duration;
using adapt::parse_iso_duration;

TEST_CASE("iso_duration: the grammar in full") {
    const auto good = [](const char* text, iso_duration d) {
        INFO(text);
        const auto p = parse_iso_duration(text);
        REQUIRE(p.value.known());
        CHECK(*p.value == d);
    };
    good("PT0S", {0, 0});
    good("P0D", {0, 0});
    good("PT1H", {0, 3600});
    good("PT15M", {0, 900});
    good("PT1H30M5.25S", {0, 5405.25});
    good("P1D", {0, 86400});
    good("P1DT12H", {0, 129600});
    good("P2W", {0, 1209600});
    good("P1W2D", {0, 777600});
    good("P1Y", {12, 0});
    good("P1M", {1, 0});
    good("P1Y2M3DT4H5M6S", {14, 3 * 86400 + 4 * 3600 + 5 * 60 + 6});
    good("P9999Y", {9999 * 12, 0});
    good("P0.5Y", {6, 0});
    good("PT0.5H", {0, 1800});
    good("PT0,5H", {0, 1800});
    good("P1.5D", {0, 129600});
    good("PT36H", {0, 129600});
    good("-PT5M", {0, -300});
    good("+PT5M", {0, 300});
    good("-P1M", {-1, 0});
    good("PT000000000001S", {0, 1});
}

TEST_CASE("iso_duration: what is none, and why") {
    for (const char* text : {"",
                             "P",
                             "PT",
                             "-",
                             "-P",
                             "1H",
                             "T1H",
                             "PT1",
                             "P1",
                             "P1H",
                             "PT1D",
                             "PT1Y",
                             "PT1W",
                             "PTT1H",
                             "PT1HT1M",
                             "P1DT",
                             "PT1S1M",
                             "PT1M1H",
                             "P1M1Y",
                             "P1D1W",
                             "PT1H1H",
                             "P1Y1Y",
                             "P-1D",
                             "PT.5S",
                             "PT1.S",
                             "PT0.5H1M",
                             "P0.3M",
                             "P0.3Y",
                             "pt1h",
                             "PT1h",
                             " PT1H",
                             "PT1H ",
                             "PT1H\n",
                             "P0003-06-04T12:30:05",
                             "PT1e3S",
                             "PTNaNS",
                             "PT9999999999999S",
                             "PT0.123456789012345678901234567890123S",
                             "P1YY",
                             "PTS",
                             "PYMD"}) {
        INFO(text);
        const auto p = parse_iso_duration(text);
        CHECK(!p.value.known());
        CHECK(std::string(p.wrong) != "");
    }
}

TEST_CASE("iso_duration: months are counted on the calendar") {
    const auto after = [](const char* from, const char* length) {
        const auto t = units::parse_instant(from, 20);
        return std::string(units::to_text(adapt::after(*t, *parse_iso_duration(length).value)).c_str());
    };
    CHECK(after("2026-01-31T12:00:00Z", "P1M") == "2026-02-28T12:00:00Z");
    CHECK(after("2028-01-31T12:00:00Z", "P1M") == "2028-02-29T12:00:00Z");
    CHECK(after("2028-02-29T00:00:00Z", "P1Y") == "2029-02-28T00:00:00Z");
    CHECK(after("2026-12-15T00:00:00Z", "P1M") == "2027-01-15T00:00:00Z");
    CHECK(after("2026-01-15T00:00:00Z", "-P1M") == "2025-12-15T00:00:00Z");
    CHECK(after("2026-03-29T00:00:00Z", "P1D") == "2026-03-30T00:00:00Z");
    CHECK(after("2026-01-31T00:00:00Z", "P1M1DT1H") == "2026-03-01T01:00:00Z");
    CHECK(after("1969-12-31T23:00:00Z", "P2M") == "1970-02-28T23:00:00Z");
}

TEST_CASE("iso_duration: written and read again it is the same") {
    const auto text = [](double s) { return adapt::to_iso_duration(units::duration::from_si(s)); };
    CHECK(text(0) == "PT0S");
    CHECK(text(3600) == "PT1H");
    CHECK(text(5400) == "PT1H30M");
    CHECK(text(86400) == "PT24H");
    CHECK(text(0.5) == "PT0.5S");
    CHECK(text(-300) == "-PT5M");
    std::mt19937_64 random(7);
    for (int i = 0; i < 10000; ++i) {
        const double s = static_cast<double>(random() % 100000000000) / 1000;
        CHECK(parse_iso_duration(text(s)).value->seconds == s);
    }
}
