// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/literal.hpp>
#include <uonaco/io/unit.hpp>

#include <random>

namespace {

using namespace uonaco::io;

std::string spelled(double x) {
    std::string text;
    append_number(text, x);
    return text;
}
std::string quoted(std::string_view s) {
    std::string text;
    append_string(text, s);
    return text;
}

TEST_CASE("numbers have the fewest digits that read back") {
    CHECK(spelled(0) == "0");
    CHECK(spelled(-0.5) == "-0.5");
    CHECK(spelled(0.1) == "0.1");
    CHECK(spelled(1.0 / 3) == "0.3333333333333333");
    CHECK(spelled(100000) == "100000");
    CHECK(spelled(70e9) == "70000000000");
    CHECK(spelled(1e15) == "1e+15");
    CHECK(spelled(1e300) == "1e+300");
    CHECK(spelled(5e-324) == "5e-324");
}

TEST_CASE("strings are escaped, and always UTF-8") {
    CHECK(quoted("plain") == "\"plain\"");
    CHECK(quoted("a\"b\\c\n\t\x01\x7f") == "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f\"");
    CHECK(quoted("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80") == "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
    const std::string bad = "\xef\xbf\xbd"; // U+FFFD
    CHECK(quoted("\xe9!") == "\"" + bad + "!\"");
    CHECK(quoted("\xc3") == "\"" + bad + "\"");
    CHECK(quoted("\xc0\xaf") == "\"" + bad + bad + "\"");                     // overlong
    CHECK(quoted("\xed\xa0\x80") == "\"" + bad + bad + bad + "\"");           // a surrogate
    CHECK(quoted("\xf4\x90\x80\x80") == "\"" + bad + bad + bad + bad + "\""); // beyond U+10FFFF
    CHECK(quoted(std::string_view("a\0b", 3)) == "\"a\\u0000b\"");
}

// The promise: a document's decimal of up to 15 digits survives JSON -> SI -> JSON, whatever the unit.
TEST_CASE("decimals of up to 15 digits survive every unit") {
    namespace kinds = uonaco::units::kinds;
    const unit units[] = {unit_of<kinds::duration>(),
                          unit_of<kinds::latency>(),
                          unit_of<kinds::bit_rate>(),
                          unit_of<kinds::memory_rate>(),
                          unit_of<kinds::memory>(),
                          unit_of<kinds::volume>(),
                          unit_of<kinds::flops>(),
                          unit_of<kinds::energy>(),
                          unit_of<kinds::transport_energy>(),
                          unit_of<kinds::price_rate>(),
                          unit_of<kinds::carbon_intensity>(),
                          unit_of<kinds::energy_price>(),
                          unit_of<kinds::carbon_price>(),
                          unit_of<kinds::bandwidth_price>(),
                          unit_of<kinds::volume_price>(),
                          unit_of<kinds::distance>(),
                          unit_of<kinds::ratio>()};
    std::mt19937_64 random(1);
    int lost = 0;
    for (int i = 0; i < 200000; ++i) {
        const int digits = 1 + static_cast<int>(random() % 15);
        std::string text = random() % 2 ? "-" : "";
        text += static_cast<char>('1' + random() % 9);
        text += '.';
        for (int d = 1; d < digits; ++d) text += static_cast<char>('0' + random() % 10);
        text += "0e" + std::to_string(static_cast<int>(random() % 24) - 12);
        const double x = std::stod(text);
        const unit& u = units[random() % std::size(units)];
        if (exchange_number(x * u.exchange, u.exchange) != x) ++lost;
    }
    CHECK(lost == 0);
}

TEST_CASE("what is no short decimal comes as near as the unit allows") {
    const double unit = 1e-6;
    std::mt19937_64 random(2);
    std::uniform_real_distribution<double> any(1e-9, 1.0);
    for (int i = 0; i < 100000; ++i) {
        const double si = any(random);
        const double back = exchange_number(si, unit) * unit;
        REQUIRE(std::abs(back - si) <= si * 2.3e-16);
    }
}

} // namespace
