// SPDX-License-Identifier: Apache-2.0
// A service of known shape is placed by what its replicas give, and the explanation says how much that is.
#include "catch.hpp"

#include <uonaco/place.hpp>

#include <string>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("the explanation of a service says batch and tokens a second where the shape of its model is known") {
    estate e;
    e.sites.push_back({.id = "here"});
    e.pools.push_back(
        {.id = "pool", .site = "here", .model = "H100 SXM", .total_count = 8, .free_count = 8, .price = 2_usd_per_h});
    language_model m{.parameters = 70'000'000'000,
                     .precision = precision::fp8,
                     .kv_per_token = units::memory::from_si(8.0 * 163840),
                     .devices_per_replica = 2,
                     .max_batch = 1024};
    m.stack = "mlperf";
    m.shape = transformer{.layers = 80,
                          .hidden = 8192,
                          .heads = 64,
                          .kv_heads = 8,
                          .feed_forward = 28672,
                          .gated = true,
                          .vocabulary = 32000};
    workload w{.id = "serve", .devices = {.count = 8}};
    w.task = inference{.model = m, .requests = 40_per_s, .input_tokens = 294, .output_tokens = 293};
    const auto said = [&] {
        auto s = *survey::of(e);
        return explain(decide(s, w, by_full_cost, exhaustive{}));
    };
    INFO(said());
    // MLPerf Inference 4.1 has 24,525 on eight H100
    CHECK(said().find("full, each of 4 replicas decodes up to 994 sequences together, and 25,1") != std::string::npos);
    std::get<inference>(w.task).model.shape = maybe<transformer>{};
    CHECK(said().find("sequences together") == std::string::npos);
}
