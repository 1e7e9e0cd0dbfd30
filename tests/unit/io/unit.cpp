// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/unit.hpp>

#include <random>

namespace {

using namespace uonaco::io;

const std::vector<known_key> known = {{"id", ""},  {"capacity", "gbps"}, {"latency", "us"},     {"memory", "gib"},
                                      {"pue", ""}, {"mfu", "ratio"},     {"price", "usd_per_h"}};

TEST_CASE("a key in another unit is converted in the hint") {
    CHECK(suggest("capacity_mbps", known).sentence == "write capacity_gbps = capacity_mbps / 1000");
    CHECK(suggest("capacity_tbps", known).sentence == "write capacity_gbps = capacity_tbps x 1000");
    CHECK(suggest("latency_ms", known).sentence == "write latency_us = latency_ms x 1000");
    CHECK(suggest("mfu_percent", known).sentence == "write mfu_ratio = mfu_percent / 100");
    CHECK(suggest("memory_gb", known).sentence == "write memory_gib = memory_gb / 1.073741824");
    CHECK(suggest("price_usd_per_hour", known).sentence == "write price_usd_per_h = price_usd_per_hour");
    CHECK(suggest("capacity_mbps", known).index == 1);
    const std::vector<known_key> big = {{"work", "pflop"}, {"peak", "tflops"}};
    CHECK(suggest("work_yflop", big).sentence == "write work_pflop = work_yflop x 1000000000");
    CHECK(suggest("work_rflop", big).sentence == "write work_pflop = work_rflop x 1e+12");
    CHECK(suggest("work_qflop", big).sentence == "write work_pflop = work_qflop x 1e+15");
    CHECK(suggest("peak_zflops", big).sentence == "write peak_tflops = peak_zflops x 1000000000");
    CHECK(suggest("peak_qflops", big).sentence == "write peak_tflops = peak_qflops x 1e+18");
}

TEST_CASE("a key without its unit gets it") {
    CHECK(suggest("capacity", known).sentence == "keys carry their unit: write capacity_gbps");
}

TEST_CASE("a misspelled key gets the nearest one") {
    CHECK(suggest("peu", known).sentence == "did you mean pue?");
    CHECK(suggest("capcity_gbps", known).sentence == "did you mean capacity_gbps?");
    CHECK(suggest("capacity_gibps", known).sentence == "did you mean capacity_gbps? mind the unit");
    CHECK(suggest("colour", known).sentence.empty());
    CHECK(suggest(std::string(100000, 'a'), known).sentence.empty());
}

TEST_CASE("edits are insertions, deletions, replacements and swaps of neighbours") {
    CHECK(detail::edit_distance("", "", 3) == 0);
    CHECK(detail::edit_distance("abc", "abc", 3) == 0);
    CHECK(detail::edit_distance("abc", "acb", 3) == 1);
    CHECK(detail::edit_distance("abc", "ab", 3) == 1);
    CHECK(detail::edit_distance("abc", "xabc", 3) == 1);
    CHECK(detail::edit_distance("abc", "axc", 3) == 1);
    CHECK(detail::edit_distance("abcdefgh", "a", 3) == 4);
}

TEST_CASE("near the diagonal a distance is what the whole table gives") {
    const auto whole = [](std::string_view a, std::string_view b) {
        std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
        for (std::size_t i = 0; i <= a.size(); ++i)
            for (std::size_t j = 0; j <= b.size(); ++j) {
                d[i][j] = i == 0 || j == 0 ? i + j : d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                if (i == 0 || j == 0) continue;
                d[i][j] = std::min({d[i][j], d[i - 1][j] + 1, d[i][j - 1] + 1});
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        return d[a.size()][b.size()];
    };
    std::mt19937 random(3);
    const auto word = [&] {
        std::string text(random() % 9, 'a');
        for (char& c : text) c = static_cast<char>('a' + random() % 2);
        return text;
    };
    for (int i = 0; i < 20'000; ++i) {
        const std::string a = word(), b = word();
        const std::size_t most = random() % 5;
        REQUIRE(detail::edit_distance(a, b, most) == std::min(whole(a, b), most + 1));
    }
}

TEST_CASE("exchange units come from the kinds") {
    constexpr unit rate = unit_of<uonaco::units::kinds::bit_rate>();
    CHECK(std::string(rate.suffix) == "gbps");
    CHECK(std::string(rate.symbol) == "Gb/s");
    CHECK(rate.exchange == 1e9);
    CHECK_FALSE(rate.ratio);
    CHECK(unit_of<uonaco::units::kinds::ratio>().ratio);
}

} // namespace
