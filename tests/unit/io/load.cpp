// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/load.hpp>
#include <uonaco/reflect/resource.hpp>
#include <uonaco/units/literals.hpp>

namespace {

using namespace uonaco;

/// A pool's document with some members of its own.
std::string pool_with(const std::string& members) {
    return R"({"kind": "compute_pool", "schema_version": "1.0", "id": "a/h100", "site": "a",)"
           R"( "total_count": 8, "free_count": 3)" +
           (members.empty() ? "" : ", " + members) + "}";
}
io::problem only_problem(const std::string& text) {
    const auto pool = io::load<compute_pool>(text);
    REQUIRE_FALSE(pool);
    REQUIRE(pool.error().size() == 1);
    return pool.error()[0];
}

TEST_CASE("a record is read in SI, and what is not stated stays as it was") {
    const auto pool = io::load<compute_pool>(pool_with(
        R"("price_usd_per_h": 2.5, "memory_gib": 80, "peak": {"bf16_tflops": 989.5}, "mfu_ratio": 0.45,
           "observed_at": "2026-01-31T12:00:00+01:00", "source": "measured", "labels": {"rack": "7"})"));
    REQUIRE(pool);
    CHECK(pool->id.text == "a/h100");
    CHECK(pool->free_count == 3);
    CHECK(pool->price.value() == 2.5_usd_per_h);
    CHECK(pool->memory.value() == 80_GiB);
    CHECK(pool->peak.bf16.value() == 989.5_TFLOPS);
    CHECK_FALSE(pool->peak.fp8.known());
    CHECK_FALSE(pool->idle_power.known());
    CHECK(pool->meta.source == source_type::measured);
    CHECK(*pool->meta.labels.find("rack") == "7");
    CHECK(units::to_text(pool->meta.observed_at.value()) == "2026-01-31T11:00:00Z");
    CHECK(pool->device_type == device_type::gpu);
}

TEST_CASE("whole numbers are whole however they are spelled") {
    for (const char* three : {"3", "3.0", "3e0", "0.3e1"})
        CHECK(io::load<compute_pool>(R"({"kind": "compute_pool", "schema_version": "1.0", "id": "p", "site": "a",
              "total_count": 8, "free_count": )" +
                                     std::string(three) + "}")
                  ->free_count == 3);
    const io::problem p = only_problem(pool_with(R"("generation": 2.5)"));
    CHECK(p.pointer == "/generation");
    CHECK(p.expected == "a whole number, at least 0");
    CHECK(p.found == "2.5");
    CHECK(only_problem(pool_with(R"("generation": 1e300)")).found == "1e+300");
    CHECK(only_problem(pool_with(R"("generation": 18446744073709551615)")).found == "18446744073709551615");
    CHECK(io::load<compute_pool>(pool_with(R"("generation": 9223372036854775807)"))->meta.generation.value() ==
          9223372036854775807);
}

TEST_CASE("numbers are far from all that overflows: nothing immense, nothing tiny but 0") {
    for (const char* good : {"\"queue_wait_s\": 0", "\"queue_wait_s\": 1e-9", "\"queue_wait_s\": 1e10",
                             "\"price_usd_per_h\": 0", "\"mfu_ratio\": 1e-3"})
        CHECK(io::load<compute_pool>(pool_with(good)));
    CHECK(only_problem(pool_with("\"queue_wait_s\": 1e11")).expected ==
          "a number in s, 0 or at least 1e-09, at most 10000000000");
    for (const char* bad : {"\"queue_wait_s\": 1e-10", "\"queue_wait_s\": 1e300", "\"queue_wait_s\": 5e-324",
                            "\"price_usd_per_h\": 1e13", "\"memory_gib\": 1e-300", "\"mfu_ratio\": 1e-300",
                            "\"availability_ratio\": 1e-300", "\"availability_ratio\": -0.1"})
        CHECK(only_problem(pool_with(bad)).level == io::problem_level::schema);
    const auto many = [](const char* count) {
        return R"({"kind": "compute_pool", "schema_version": "1.0", "id": "p", "site": "a", "free_count": 0,
                  "total_count": )" +
               std::string(count) + "}";
    };
    CHECK(io::load<compute_pool>(many("1000000000000")));
    CHECK(io::load<compute_pool>(many("1e12")));
    for (const char* count : {"1000000000001", "2305843009213693952", "1e18"})
        CHECK(only_problem(many(count)).expected == "a whole number, at least 0, at most 1000000000000");
    // no formula has a generation: all that the type holds, but a real number of that size is not one whole number
    CHECK(only_problem(pool_with("\"generation\": 1e18")).hint == "from 2^53 on, write every digit");
    const auto price = [](const char* x) {
        return io::load<power_state>(R"({"kind": "power_state", "schema_version": "1.0", "id": "p", "site": "a",
            "energy_price_usd_per_kwh": )" +
                                     std::string(x) + "}");
    };
    CHECK(price("-0.5"));
    CHECK(price("-1e6"));
    CHECK_FALSE(price("-2e6"));
}

TEST_CASE("each problem says what was expected, what was found, and what may help") {
    io::problem p = only_problem(pool_with(R"("memory_gib": "80 GB")"));
    CHECK(p.level == io::problem_level::schema);
    CHECK(to_string(p) ==
          "schema /memory_gib: expected a number in GiB, at least 1e-10, at most 1000000000; found \"80 GB\" "
          "(a plain number, without quotes and unit)");
    p = only_problem(pool_with(R"("mfu_ratio": 45)"));
    CHECK(p.hint == "a share, not percent: write 0.45");
    p = only_problem(pool_with(R"("price": 2.5)"));
    CHECK(p.pointer == "/price");
    CHECK(p.hint == "keys carry their unit: write price_usd_per_h");
    p = only_problem(pool_with(R"("device_type": "GPU")"));
    CHECK(p.expected == "one of cpu, gpu, npu, tpu, fpga, dsp, accelerator");
    p = only_problem(pool_with(R"("mtbf_s": null)"));
    CHECK(p.hint == "where a value is not known, leave its key out");
    p = only_problem(pool_with(R"("labels": {"a/b": 1})"));
    CHECK(p.pointer == "/labels/a~1b");
}

TEST_CASE("a required key in another unit is one problem, not two") {
    const io::problem p = only_problem(
        R"({"kind": "compute_pool", "schema_version": "1.0", "id": "p", "site": "a", "total": 8, "free_count": 3})");
    CHECK(p.pointer == "/total");
    CHECK(p.hint == "did you mean total_count?");
    const auto dataset = io::load<uonaco::dataset>(
        R"({"kind": "dataset", "schema_version": "1.0", "id": "d", "site": "a", "volume_tb": 1})");
    REQUIRE_FALSE(dataset);
    REQUIRE(dataset.error().size() == 1);
    CHECK(dataset.error()[0].hint == "write volume_gb = volume_tb x 1000");
}

TEST_CASE("all problems come at once, and invariants only of what is well formed") {
    const auto pool =
        io::load<compute_pool>(R"({"kind": "compute_pool", "schema_version": "1.0", "id": "a b", "site": "a",
        "total_count": 8, "free_count": 9, "free_count": 9, "memory_gib": 1e999, "idle_power_w": -1, "colour": "red"})");
    REQUIRE_FALSE(pool);
    std::vector<std::string> pointers;
    for (const io::problem& p : pool.error()) pointers.push_back(p.pointer);
    CHECK(pointers == std::vector<std::string>{"/memory_gib", "/free_count", "/id", "/idle_power_w", "/colour"});

    const auto sense =
        io::load<compute_pool>(R"({"kind": "compute_pool", "schema_version": "1.0", "id": "a", "site": "a",
        "total_count": 8, "free_count": 9, "idle_power_w": 800, "max_power_w": 700, "full_price_usd_per_h": 3})");
    REQUIRE_FALSE(sense);
    REQUIRE(sense.error().size() == 3);
    CHECK(sense.error()[0].level == io::problem_level::semantic);
    CHECK(sense.error()[0].pointer == "/free_count");
    CHECK(sense.error()[0].found == "9");
    CHECK(sense.error()[1].pointer == "/idle_power_w");
    CHECK(sense.error()[2].pointer == "/full_price_usd_per_h"); // without a price
}

TEST_CASE("a document of another kind or version is named, and nothing else is said of it") {
    CHECK(only_problem(R"({"kind": "site", "schema_version": "1.0", "x": 1})").pointer == "/kind");
    CHECK(only_problem(R"({"kind": "compute_pool", "schema_version": "2.0", "x": 1})").pointer == "/schema_version");
    CHECK(only_problem(R"({"kind": "compute_pool", "schema_version": 1, "x": 1})").pointer == "/schema_version");
    CHECK(only_problem("[]").pointer.empty());
}

TEST_CASE("a later minor version may have keys that this one has not") {
    CHECK(io::load<site>(R"({"kind": "site", "schema_version": "1.7", "id": "a", "hue": 1})"));
    CHECK_FALSE(io::load<site>(R"({"kind": "site", "schema_version": "1.0", "id": "a", "hue": 1})"));
    CHECK(io::load<site>(R"({"kind": "site", "schema_version": "1.0", "id": "a", "hue": 1})",
                         {.ignore_unknown_keys = true}));
    CHECK_FALSE(io::load<site>(R"({"kind": "site", "schema_version": "1.7", "id": "a", "pue": 0})"));
}

TEST_CASE("extensions are the one free-form place") {
    CHECK(io::load<site>(
        R"({"kind": "site", "schema_version": "1.0", "id": "a", "extensions": {"org.example": [1, {}]}})"));
    CHECK_FALSE(io::load<site>(R"({"kind": "site", "schema_version": "1.0", "id": "a", "extensions": 1})"));
}

TEST_CASE("problems beyond the bound are not listed, but the list says that there are more") {
    std::string text = R"({"kind": "power_state", "schema_version": "1.0", "id": "p", "site": "a", "forecast": [)";
    for (int i = 0; i < 1000; ++i) text += i == 0 ? "1" : ",1";
    const auto state = io::load<power_state>(text + "]}", {.bounds = {.problems = 10}});
    REQUIRE_FALSE(state);
    REQUIRE(state.error().size() == 11);
    CHECK(state.error().back().found == "more");
}

TEST_CASE("values too large for their SI unit are refused: nothing infinite gets in") {
    const auto link = io::load<wan_link>(R"({"kind": "wan_link", "schema_version": "1.0", "id": "l", "src_node": "a",
        "dst_node": "b", "capacity_gbps": 1e300})");
    REQUIRE_FALSE(link);
    CHECK(link.error()[0].pointer == "/capacity_gbps");
}

TEST_CASE("a time is read to its end, however long its fraction") {
    const auto observed = [](const std::string& text) {
        return io::load<compute_pool>(pool_with("\"observed_at\": \"" + text + "\""));
    };
    const std::string digits(100, '5');
    CHECK(observed("2026-01-31T12:00:00." + digits + "Z"));
    // What follows the 64th character counts too.
    CHECK_FALSE(observed("2026-01-31T12:00:00." + digits.substr(0, 43) + "Zjunk"));
}

TEST_CASE("a time that could not be written again is none of ours") {
    for (const char* text : {"0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59.9999Z"}) {
        const io::problem p = only_problem(pool_with("\"observed_at\": \"" + std::string(text) + "\""));
        CHECK(p.pointer == "/observed_at");
        CHECK(p.expected == "a time in the years 0000 to 9999 UTC");
    }
    for (const char* text : {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z"}) {
        const auto pool = io::load<compute_pool>(pool_with("\"observed_at\": \"" + std::string(text) + "\""));
        REQUIRE(pool);
        CHECK(units::to_text(pool->meta.observed_at.value()).c_str() == std::string(text));
    }
}

TEST_CASE("labels are read in any order, in a time that grows with their number") {
    std::string labels; // quadratic, this took minutes
    for (int i = 60000; i-- > 0;) labels += "\"k" + std::to_string(100000 + i) + "\": \"v\"" + (i > 0 ? "," : "");
    const auto pool = io::load<compute_pool>(pool_with("\"labels\": {" + labels + "}"));
    REQUIRE(pool);
    CHECK(pool->meta.labels.size() == 60000);
    CHECK(pool->meta.labels.begin()->key == "k100000");
}

} // namespace
