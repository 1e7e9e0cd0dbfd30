// SPDX-License-Identifier: Apache-2.0
// Amounts of Kubernetes: grammar, rounding, bounds, the one spelling.
#include "catch.hpp"

#include <uonaco/adapt/quantity.hpp>

#include <random>
#include <vector>

using namespace uonaco;
using adapt::resource_quantity;

namespace {
std::string canonical(std::string_view text) {
    const auto q = resource_quantity::parse(text);
    return q ? q->to_string() : "error: " + q.error();
}

/// Decimal digits, least first: exact arithmetic that shares nothing with what it checks.
struct digits {
    std::vector<int> at{};
    void times(int factor) {
        int carry = 0;
        for (int& d : at) {
            carry += d * factor;
            d = carry % 10;
            carry /= 10;
        }
        for (; carry > 0; carry /= 10) at.push_back(carry % 10);
    }
    void add_one() {
        for (std::size_t i = 0;; ++i) {
            if (i == at.size()) at.push_back(0);
            if (++at[i] < 10) return;
            at[i] = 0;
        }
    }
    /// Divided by 10^places; whether anything was cut off.
    bool drop(std::size_t places) {
        bool any = false;
        for (; places > 0 && !at.empty(); --places) {
            any = any || at.front() != 0;
            at.erase(at.begin());
        }
        return any;
    }
    std::string text() const {
        std::string s;
        for (std::size_t i = at.size(); i-- > 0;)
            if (!s.empty() || at[i] != 0) s += static_cast<char>('0' + at[i]);
        return s.empty() ? "0" : s;
    }
};
std::string billionths(const resource_quantity& q) {
    std::string part = std::to_string(q.billionths());
    part.insert(0, 9 - part.size(), '0');
    std::string all = q.whole() > 0 ? std::to_string(q.whole()) + part : part;
    all.erase(0, std::min(all.find_first_not_of('0'), all.size() - 1));
    return all;
}
} // namespace

TEST_CASE("a quantity of every suffix") {
    for (const char* same :
         {"0",   "1",   "5n",  "4u",  "3m",  "9",   "8k",  "50k", "7M",   "6G",   "5T",   "40T",  "2P",    "9E",
          "1Ki", "7Mi", "6Gi", "5Ti", "4Pi", "3Ei", "7Ei", "1e3", "12e6", "1e-3", "1e-9", "9e18", "1536Mi"})
        CHECK(canonical(same) == same);
    CHECK(resource_quantity::parse("3Ei")->whole() == 3458764513820540928u);
    CHECK(resource_quantity::parse("2P")->whole() == 2000000000000000u);
    CHECK(resource_quantity::parse("1k")->whole() == 1000);
    CHECK(resource_quantity::parse("1Ki")->whole() == 1024);
    CHECK(resource_quantity::parse("250m")->value() == 0.25);
    CHECK(resource_quantity::parse("7u")->billionths() == 7000);
}

TEST_CASE("a quantity has one spelling") {
    CHECK(canonical("1.5") == "1500m");
    CHECK(canonical("1.5Gi") == "1536Mi");
    CHECK(canonical("1024Mi") == "1Gi");
    CHECK(canonical("1000m") == "1");
    CHECK(canonical("1000k") == "1M");
    CHECK(canonical("0.1") == "100m");
    CHECK(canonical("100.035k") == "100035");
    CHECK(canonical("1e4") == "10e3");
    CHECK(canonical("1.3E+6") == "1300e3");
    CHECK(canonical("0.5e-1") == "50e-3");
    CHECK(canonical("1E") == "1E");
    CHECK(canonical("1E3") == "1e3");
    CHECK(canonical("+7") == "7");
    CHECK(canonical("0007") == "7");
    CHECK(canonical(".5") == "500m");
    CHECK(canonical("1.") == "1");
    CHECK(canonical("1.G") == "1G");
    CHECK(canonical("0Ki") == "0");
    CHECK(canonical("-0") == "0");
    CHECK(canonical("0.5Ki") == "512");         // below 1024 there is no binary suffix
    CHECK(canonical("1.1Mi") == "1153433600m"); // nor of a fraction
    CHECK(canonical("1025Ki") == "1025Ki");
}

TEST_CASE("a quantity may be negative") {
    CHECK(canonical("-1.5Gi") == "-1536Mi");
    CHECK(canonical("-250m") == "-250m");
    CHECK(resource_quantity::parse("-250m")->value() == -0.25);
    CHECK(resource_quantity::parse("-1.2")->covering() == -2);
    CHECK(canonical("-0.0000000001") == "-1n");
    CHECK(resource_quantity(-5).to_string() == "-5");
    CHECK_FALSE(*resource_quantity::parse("-1") == *resource_quantity::parse("1"));
    CHECK(*resource_quantity::parse("-0") == *resource_quantity::parse("0"));
    CHECK(*resource_quantity::parse("1Ki") == *resource_quantity::parse("1.024e3"));
}

TEST_CASE("a quantity finer than a billionth is rounded away from zero") {
    CHECK(canonical("3.001n") == "4n");
    CHECK(canonical("0.9n") == "1n");
    CHECK(canonical("1.1E-9") == "2e-9");
    CHECK(canonical("0.00000012345") == "124n");
    CHECK(canonical("0.000000000001Ki") == "2n");
    CHECK(canonical("1e-999999999999") == "1e-9");
    CHECK(canonical("0." + std::string(200, '0') + "1Ei") == "1n");
    CHECK(canonical("0." + std::string(200, '9') + "n") == "1n");
}

TEST_CASE("three decimals rounded up, as the interface promises") {
    const auto milli = [](const char* text) { return resource_quantity::parse(text)->in_thousandths().to_string(); };
    CHECK(milli("0.1m") == "1m");
    CHECK(milli("1.0001") == "1001m");
    CHECK(milli("1.9999") == "2");
    CHECK(milli("-0.0001") == "-1m");
    CHECK(milli("0.125") == "125m");
    CHECK(milli("0") == "0");
    CHECK(resource_quantity::parse("1.0001")->covering() == 2);
    CHECK(resource_quantity::parse("7")->covering() == 7);
}

TEST_CASE("a quantity is at most 2^63 - 1") {
    CHECK(canonical("9223372036854775807") == "9223372036854775807");
    CHECK(canonical("-9223372036854775807") == "-9223372036854775807");
    CHECK(canonical("9223372036854775.807k") == "9223372036854775807");
    CHECK(resource_quantity::parse("9223372036854775807")->covering() == 9223372036854775807);
    CHECK(canonical("9223372036854775806.000000001") == "9223372036854775806000000001n");
    for (const char* beyond : {"9223372036854775808", "9223372036854775807.000000001", "9223372036854775807.0000000001",
                               "8Ei", "9223372036854775807Ki", "10E", "1e19", "1e999999999999999999999", "-8Ei",
                               "99999999999999999999", "18446744073709551616", "7.9999999999999999999999999999Ei"})
        CHECK(canonical(beyond) == "error: more than 2^63 - 1");
    CHECK(canonical("0e999999999999999999999") == "0");
}

TEST_CASE("what is no quantity") {
    for (const char* none : {"", "-", "+", ".", "-.", "Ki", "m", "e3", " 1", "--1"})
        CHECK(canonical(none) == "error: no digits");
    for (const char* none : {"1 ",  "1ki",   "1K",   "1KI",   "1Kib", "1mi",  "1ni",  "1i",   "1B",  "1e", "1e+",
                             "1E-", "1e3.5", "1e3k", "1.2.3", "1,5",  "0x10", "1Ki3", "1e 3", "1kk", "1h", "1\xc2\xb5"})
        CHECK(canonical(none).rfind("error: ", 0) == 0);
    CHECK(canonical("1h") == "error: a suffix that is none");
    CHECK(canonical(std::string(257, '1')) == "error: more than 256 characters");
}

TEST_CASE("quantities against exact arithmetic") {
    std::mt19937 random(7);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    struct unit {
        const char* suffix;
        int tens, twos;
    };
    const unit units[] = {{"n", -9, 0},  {"u", -6, 0},  {"m", -3, 0},  {"", 0, 0},    {"k", 3, 0},    {"M", 6, 0},
                          {"G", 9, 0},   {"T", 12, 0},  {"P", 15, 0},  {"E", 18, 0},  {"Ki", 0, 10},  {"Mi", 0, 20},
                          {"Gi", 0, 30}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60}, {"e-5", -5, 0}, {"E7", 7, 0}};
    int refused = 0;
    for (int n = 0; n < 20000; ++n) {
        const unit& u = units[below(18)];
        const std::size_t before = below(12), after = below(before == 0 ? 14 : 20) + (before == 0);
        std::string text;
        digits exact;
        for (std::size_t i = 0; i < before + after; ++i) {
            const char c = below(3) == 0 ? '0' : static_cast<char>('0' + below(10));
            if (i == before) text += '.';
            text += c;
            exact.at.insert(exact.at.begin(), c - '0');
        }
        text += u.suffix;
        for (int i = 0; i < u.twos; ++i) exact.times(2);
        const int places = 9 + u.tens - static_cast<int>(after);
        if (places > 0) exact.at.insert(exact.at.begin(), static_cast<std::size_t>(places), 0);
        if (places < 0 && exact.drop(static_cast<std::size_t>(-places))) exact.add_one();
        const std::string wanted = exact.text(), limit = "9223372036854775807000000000";
        const bool fits = wanted.size() < limit.size() || (wanted.size() == limit.size() && wanted <= limit);
        const auto q = resource_quantity::parse(text);
        INFO(text);
        REQUIRE(static_cast<bool>(q) == fits);
        refused += !fits;
        if (!fits) continue;
        REQUIRE(billionths(*q) == wanted);
        const auto again = resource_quantity::parse(q->to_string());
        REQUIRE(again);
        REQUIRE(*again == *q);
        REQUIRE(again->to_string() == q->to_string());
    }
    CHECK((refused > 100 && refused < 10000));
}
