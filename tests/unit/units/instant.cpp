// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/units/instant.hpp>
#include <uonaco/units/literals.hpp>

#include <cstring>
#include <random>
#include <string>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
maybe<instant> read(const char* text) { return units::parse_instant(text, static_cast<int>(std::strlen(text))); }
std::string written(double seconds) { return units::to_text(instant::from_unix(seconds)).c_str(); }
} // namespace

TEST_CASE("RFC 3339 date-times are read") {
    CHECK(read("1970-01-01T00:00:00Z")->unix_seconds() == 0);
    CHECK(read("2023-01-16T00:00:00Z")->unix_seconds() == 1673827200);
    CHECK(read("2023-01-16t01:00:00+01:00")->unix_seconds() == 1673827200);
    CHECK(read("2023-01-15T16:00:00-08:00")->unix_seconds() == 1673827200);
    CHECK(read("2023-01-16T05:30:00+05:30")->unix_seconds() == 1673827200);
    CHECK(read("2023-01-16T00:00:00.5z")->unix_seconds() == 1673827200.5);
    CHECK(read("1985-04-12T23:20:50.52Z")->unix_seconds() ==
          Approx(482196050.52).epsilon(1e-15));                       // an example of the RFC
    CHECK(read("1990-12-31T23:59:60Z")->unix_seconds() == 662688000); // its leap second
    CHECK(read("1937-01-01T12:00:27.87+00:20")->unix_seconds() == Approx(-1041337172.13).epsilon(1e-15));
    CHECK(read("2024-02-29T12:00:00Z")->unix_seconds() == 1709208000);
    CHECK(read("2000-02-29T00:00:00Z"));
    CHECK(read("0000-01-01T00:00:00Z")->unix_seconds() == -62167219200.0);
    CHECK(read("9999-12-31T23:59:59Z")->unix_seconds() == 253402300799.0);
}

TEST_CASE("what is no date-time is not known") {
    for (const char* text : {"",
                             "2023",
                             "2023-01-16",
                             "2023-01-16T00:00:00",
                             "2023-01-16 00:00:00Z",
                             "2023-13-01T00:00:00Z",
                             "2023-00-01T00:00:00Z",
                             "2023-01-32T00:00:00Z",
                             "2023-01-00T00:00:00Z",
                             "2023-02-29T00:00:00Z",
                             "1900-02-29T00:00:00Z",
                             "2023-04-31T00:00:00Z",
                             "2023-01-16T24:00:00Z",
                             "2023-01-16T00:60:00Z",
                             "2023-01-16T00:00:61Z",
                             "2023-01-16T00:00:00.Z",
                             "2023-01-16T00:00:00.5",
                             "2023-01-16T00:00:00+1:00",
                             "2023-01-16T00:00:00+0100",
                             "2023-01-16T00:00:00+24:00",
                             "2023-01-16T00:00:00+01:60",
                             "2023-01-16T00:00:00Zx",
                             "2023-01-16T00:00:00+01:00x",
                             "-023-01-16T00:00:00Z",
                             "2023-1-16T00:00:00Z",
                             "2023-01-16T00:00:00+",
                             "2023-01-16T00:00:00+01",
                             "2023-01-16T00:00:00+01:",
                             "2023-01-16T00:00:00+01:0",
                             "2O23-01-16T00:00:00Z",
                             "2023-01-16T00:00:00,5Z"})
        CHECK_FALSE(read(text).known());
    // the size counts, not a terminator
    CHECK_FALSE(units::parse_instant("2023-01-16T00:00:00Z", 19));
    CHECK(units::parse_instant("2023-01-16T00:00:00Zebra", 20));
}

TEST_CASE("a leap second is the last of a day in UTC, and the same instant as the next") {
    CHECK(read("2016-12-31T23:59:60Z") == read("2017-01-01T00:00:00Z"));
    CHECK(read("2017-01-01T00:59:60+01:00") == read("2017-01-01T00:00:00Z"));
    CHECK(read("2016-12-31T18:29:60.5-05:30") == read("2017-01-01T00:00:00.5Z"));
    for (const char* text :
         {"2016-12-31T12:59:60Z", "2016-12-31T23:59:60+01:00", "2016-12-31T23:58:60Z", "2016-12-31T23:59:61Z"})
        CHECK_FALSE(read(text).known());
}

TEST_CASE("instants are written") {
    CHECK(written(0) == "1970-01-01T00:00:00Z");
    CHECK(written(1673827200.25) == "2023-01-16T00:00:00.250Z");
    CHECK(written(1673827199.9996) == "2023-01-16T00:00:00Z");
    CHECK(written(-1) == "1969-12-31T23:59:59Z");
    CHECK(written(-86400) == "1969-12-31T00:00:00Z");
    CHECK(written(951782400) == "2000-02-29T00:00:00Z");
    CHECK(written(253402300799.0) == "9999-12-31T23:59:59Z");
    CHECK(written(-62167219200.0) == "0000-01-01T00:00:00Z");
}

TEST_CASE("what is written is read back, to the millisecond, over ten thousand years") {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<long long> ms(-62167219200000, 253402300799999);
    for (int i = 0; i < 20000; ++i) {
        const double t = static_cast<double>(ms(random)) / 1000.0;
        const auto back = units::to_text(instant::from_unix(t));
        const auto again = units::parse_instant(back.c_str(), back.size());
        REQUIRE(again);
        REQUIRE(again->unix_seconds() == Approx(t).margin(1e-4).epsilon(0));
    }
}

TEST_CASE("arithmetic of time") {
    const instant t = instant::from_unix(100);
    CHECK(t + 1_h - t == 1_h);
    CHECK((t - 1_min < t && t <= t && t > t - 1_ms && t >= t && t == t));
}
