// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/scenario.hpp>
#include <uonaco/io/schema.hpp>
#include <uonaco/reflect/resource.hpp>
#include <uonaco/reflect/workload.hpp>

namespace {

using namespace uonaco;
using nlohmann::json;

TEST_CASE("a schema states type, bounds, unit, meaning and what is required") {
    const json s = json::parse(io::schema<compute_pool>());
    CHECK(s.at("title") == "compute_pool");
    CHECK(s.at("$schema") == "http://json-schema.org/draft-07/schema#");
    CHECK(s.at("additionalProperties") == false);
    CHECK(s.at("required") == json{"kind", "schema_version", "id", "site", "total_count", "free_count"});
    const json& p = s.at("properties");
    CHECK(p.at("kind") == json{{"const", "compute_pool"}});
    CHECK(p.at("mfu_ratio") == json{{"description", "sustained share of the peak in training"},
                                    {"type", "number"},
                                    {"minimum", 1e-3},
                                    {"maximum", 1}});
    CHECK(p.at("availability_ratio").at("maximum") == 1);
    CHECK(p.at("memory_rate_gbytes_per_s").at("x-unit") == "GB/s");
    CHECK(p.at("free_count").at("type") == "integer");
    CHECK(p.at("free_count").at("minimum") == 0);
    CHECK(p.at("free_count").at("maximum") == 1e12);
    CHECK(p.at("queue_wait_s").at("maximum") == 1e10);
    CHECK(p.at("queue_wait_s").at("not") == json{{"exclusiveMinimum", 0}, {"exclusiveMaximum", 1e-9}}); // 0 is good
    CHECK_FALSE(p.at("free_count").contains("default"));
    CHECK(p.at("device_type").at("enum").size() == 7);
    CHECK(p.at("device_type").at("default") == "gpu");
    CHECK(p.at("peak").at("allOf").at(0).at("$ref") == "#/definitions/peak_flops");
    CHECK(s.at("definitions").at("peak_flops").at("properties").contains("bf16_tflops"));
    CHECK(p.at("extensions").at("type") == "object");
    CHECK_FALSE(p.contains("meta"));
    CHECK(p.at("observed_at").at("format") == "date-time");
}

TEST_CASE("of the tasks of a workload exactly one is required") {
    const json s = json::parse(io::schema<workload>());
    CHECK(s.at("oneOf").size() == 4);
    CHECK(s.at("oneOf").at(0) == json{{"required", {"training"}}});
    CHECK(s.at("properties").contains("transfer"));
    CHECK(s.at("definitions").contains("language_model")); // nested twice, defined once
}

// Each keyword used means the same in draft-07 and 2020-12.
void check_keywords(const json& s) {
    for (const auto& [key, inner] : s.items()) {
        static const std::vector<std::string> allowed = {"$schema",
                                                         "$id",
                                                         "$ref",
                                                         "title",
                                                         "description",
                                                         "type",
                                                         "properties",
                                                         "required",
                                                         "additionalProperties",
                                                         "definitions",
                                                         "items",
                                                         "enum",
                                                         "const",
                                                         "pattern",
                                                         "format",
                                                         "minimum",
                                                         "maximum",
                                                         "exclusiveMinimum",
                                                         "exclusiveMaximum",
                                                         "allOf",
                                                         "oneOf",
                                                         "not",
                                                         "default",
                                                         "x-unit"};
        INFO(key);
        CHECK(std::count(allowed.begin(), allowed.end(), key) == 1);
        if (key == "$ref") CHECK(s.size() == 1);
        if (key == "properties" || key == "definitions") {
            for (const auto& [name, one] : inner.items()) check_keywords(one);
        } else if (key == "items" || (key == "additionalProperties" && inner.is_object())) {
            check_keywords(inner);
        } else if (key == "not") {
            check_keywords(inner);
        } else if (key == "allOf" || key == "oneOf") {
            for (const json& one : inner) check_keywords(one);
        }
    }
}

// Every number of what goes in has bounds on both sides.
void check_bounds(const json& s) {
    if (s.is_object() && s.contains("type") && (s.at("type") == "number" || s.at("type") == "integer")) {
        INFO(s.dump());
        const bool any = s.value("description", "").rfind("a number that the source raises", 0) == 0; // generation
        CHECK((s.contains("minimum") || s.contains("exclusiveMinimum")));
        CHECK((any || s.contains("maximum") || s.contains("exclusiveMaximum")));
    }
    if (s.is_object() || s.is_array())
        for (const json& inner : s) check_bounds(inner);
}

TEST_CASE("no number of a scenario is without bounds") { check_bounds(json::parse(io::schema<scenario>())); }

TEST_CASE("schemas keep to what draft-07 and 2020-12 read alike") {
    check_keywords(json::parse(io::schema<workload>()));
    check_keywords(json::parse(io::schema<wan_link>()));
}

} // namespace
