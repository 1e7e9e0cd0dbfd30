// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/units/literals.hpp>
#include <uonaco/workload/workload.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("what is not elastic needs all it requests") {
    CHECK(device_need{.count = 8}.least() == 8);
    CHECK(device_need{.count = 8, .min_count = 2}.least() == 2);
    CHECK(device_need{}.least() == 0);
}

TEST_CASE("no limit is the default") {
    const workload w;
    CHECK_FALSE((w.limits.deadline || w.limits.budget || w.limits.carbon || w.limits.power || w.limits.availability ||
                 w.limits.earliest_start));
    CHECK(w.locality.allowed_sites.empty());
    CHECK(w.locality.max_sites == 8);
    CHECK_FALSE(w.value_of_time);
    CHECK(w.security == security{});
    CHECK(w.priority == 3);
    CHECK(std::holds_alternative<training>(w.task));
}

TEST_CASE("workloads compare by all they ask") {
    workload a{.id = "a"}, b = a;
    CHECK(a == b);
    b.limits.deadline = 1_h;
    CHECK_FALSE(a == b);
    b = a;
    b.task = transfer{.volume = 1_TB, .from = "x"};
    CHECK_FALSE(a == b);
    b = a;
    std::get<training>(b.task).overlap = 0.0;
    CHECK_FALSE(a == b); // an overlap of zero is known
}
