// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/reflect/print.hpp>
#include <uonaco/reflect/resource.hpp>
#include <uonaco/reflect/workload.hpp>
#include <uonaco/units/literals.hpp>

namespace {

using namespace uonaco;

TEST_CASE("a record prints as name, value, unit") {
    const provisioning offer{.rate = 400_Gbps, .lead_time = 180_s, .set_up_fee = 500_usd};
    CHECK(reflect::table(offer) == "rate        400 Gb/s\n"
                                   "step        unknown\n"
                                   "lead_time     3 min\n"
                                   "set_up_fee  500 USD\n"
                                   "hitless     no\n");
}

TEST_CASE("nested records print by their path, the envelope as the record's own, lists by index") {
    power_state p{.id = "fr", .grid_zone = "FR"};
    p.meta.reference = "a feed";
    p.meta.labels = {{"owner", "grid"}, {"quality", "good"}};
    p.forecast.push_back({.duration = 3600_s});
    std::vector<std::string> lines;
    for (const reflect::row& r : reflect::rows(p)) lines.push_back(r.name + "=" + r.value);
    CHECK(std::count(lines.begin(), lines.end(), "reference=a feed") == 1);
    CHECK(std::count(lines.begin(), lines.end(), "labels=owner=grid, quality=good") == 1);
    CHECK(std::count(lines.begin(), lines.end(), "forecast[0].start=1970-01-01T00:00:00Z") == 1);
    CHECK(std::count(lines.begin(), lines.end(), "carbon_intensity=unknown") == 1);
}

TEST_CASE("lists of ids stand on one line, empty ones do not stand at all") {
    circuit c{.id = "c"};
    c.links = {"a-b", "b-c"};
    bool links = false, source = false;
    for (const reflect::row& r : reflect::rows(c)) {
        links = links || (r.name == "links" && r.value == "a-b, b-c");
        source = source || r.name == "reference";
    }
    CHECK(links);
    CHECK_FALSE(source);
}

TEST_CASE("of a variant, what it holds is printed") {
    workload w{.id = "w"};
    w.task = training{.parameters = 70'000'000'000};
    bool parameters = false;
    for (const reflect::row& r : reflect::rows(w))
        parameters = parameters || (r.name == "task.parameters" && r.value == "70000000000");
    CHECK(parameters);
}

} // namespace
