// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/units/format.hpp>
#include <uonaco/units/literals.hpp>

#include <limits>
#include <random>
#include <string>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
template <class Q>
std::string text(Q q, int digits = 3) {
    return units::to_text(q, digits).c_str();
}
} // namespace

TEST_CASE("the prefix that reads best") {
    CHECK(text(7.73_s) == "7.73 s");
    CHECK(text(400_Gbps) == "400 Gb/s");
    CHECK(text(1.2_MWh) == "1.2 MWh");
    CHECK(text(1_Tbps) == "1 Tb/s");
    CHECK(text(2.94_ms) == "2.94 ms");
    CHECK(text(units::duration(2.94_ms)) == "2.94 ms");
    CHECK(text(90_s) == "90 s");
    CHECK(text(100_min) == "100 min");
    CHECK(text(50_h) == "50 h");
    CHECK(text(30_d) == "30 d");
    CHECK(text(5120_usd) == "5120 USD");
    CHECK(text(221000_usd) == "221 k USD");
    CHECK(text(51.4_usd_per_h) == "51.4 USD/h");
    CHECK(text(80_GB) == "80 GB");
    CHECK(text(74.5_GiB) == "74.5 GiB");
    CHECK(text(700_W) == "700 W");
    CHECK(text(1.43_MW) == "1.43 MW");
    CHECK(text(400_g_per_kWh) == "400 g/kWh");
    CHECK(text(989_TFLOPS) == "989 TFLOPS");
    CHECK(text(600_km) == "600 km");
    CHECK(text(0.07_usd_per_Gbps_h) == "0.07 USD/(Gb/s h)");
    CHECK(text(units::ratio(0.994)) == "0.994");
}

TEST_CASE("work and speed have the prefixes up to quetta") {
    const char* prefixes[] = {"G", "T", "P", "E", "Z", "Y", "R", "Q"};
    double one = 1e9;
    for (const char* prefix : prefixes) {
        CHECK(text(units::work::from_si(2.5 * one)) == "2.5 " + std::string(prefix) + "FLOP");
        CHECK(text(units::flops::from_si(2.5 * one)) == "2.5 " + std::string(prefix) + "FLOPS");
        one *= 1000;
    }
    CHECK(text(units::work::from_si(999.96e24)) == "1 RFLOP");
    CHECK(text(units::work::from_si(999.96e27)) == "1 QFLOP");
    CHECK(text(units::from_exchange_unit<units::work>(1e20)) == "100000 QFLOP"); // the most that a record may state
}

TEST_CASE("rounding to the next prefix, zero and negative values") {
    CHECK(text(999.4_W) == "999 W");
    CHECK(text(999.96_W) == "1 kW");
    CHECK(text(999.96_Gbps) == "1 Tb/s");
    CHECK(text(0_s) == "0 s");
    CHECK(text(0_usd) == "0 USD");
    CHECK(text(-(1500_usd)) == "-1500 USD");
    CHECK(text(-(2.5_ms)) == "-2.5 ms");
    CHECK(text(1e-12 * 1_s) == "0.001 ns");
    CHECK(text(1e9 * 1_km) == "1000000000 km");
}

TEST_CASE("significant digits") {
    CHECK(text(units::factor(3.14159265), 6) == "3.14159");
    CHECK(text(units::factor(0.000123456)) == "0.000123");
    CHECK(text(units::factor(1.2e-9)) == "1.2e-9");
    CHECK(text(units::factor(1.5e20)) == "1.5e20");
    CHECK(text(units::factor(-2.0)) == "-2");
    CHECK(text(units::factor(0.5), 1) == "0.5");
    CHECK(text(units::factor(9.996), 3) == "10");
}

TEST_CASE("what is not known says so") { CHECK(text(maybe<units::money>{}) == "unknown"); }

TEST_CASE("any finite number prints, reads back and stays short") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 20000; ++i) {
        double x;
        const auto bits = random();
        __builtin_memcpy(&x, &bits, sizeof x);
        if (!(x - x == 0)) continue;
        const auto t = units::to_text(x, 6);
        REQUIRE(t.size() < 30);
        if (x < -1e-290 || x > 1e-290) REQUIRE(std::stod(t.c_str()) == Approx(x).epsilon(1e-5));
    }
}

TEST_CASE("what is not finite prints as such, not as a number") {
    CHECK(text(units::factor(std::numeric_limits<double>::infinity())) == "infinite");
    CHECK(text(units::factor(-std::numeric_limits<double>::infinity())) == "-infinite");
    CHECK(text(units::factor(std::numeric_limits<double>::quiet_NaN())) == "not a number");
}
