// SPDX-License-Identifier: Apache-2.0
// I4 and Q4 against their reference figures.
#include "catch.hpp"

#include <uonaco/model/disaggregation.hpp>
#include <uonaco/model/queueing.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const units::memory token = 327680 * 1_kB / 1000.0; // Llama-3 70B in 16 bits
}

TEST_CASE("I4: the cache of a prompt of 4096 tokens") {
    CHECK((4096.0 * token).si() / 8e9 == Approx(1.342).margin(5e-4)); // GB
    CHECK(disaggregation::cache_transfer<double>(4096, token, 400_Gbps, {}).si() == Approx(0.0268).margin(5e-5));
    CHECK(disaggregation::cache_transfer<double>(4096, token, 100_Gbps, {}).si() == Approx(0.1074).margin(5e-5));
    CHECK(disaggregation::cache_transfer<double>(4096, token, 100_Gbps, 10_ms, 0.5).si() ==
          Approx(0.2147 + 0.01).margin(5e-5));
}

TEST_CASE("I4: layers are sent while others are computed") {
    const auto exposed = [](units::bit_rate rate, units::duration prefill, double layers) {
        return disaggregation::exposed_transfer<double>(4096, token, rate, 2_ms, prefill, layers).si();
    };
    // Faster than the prompt: the last layer and the round trip are left.
    CHECK(exposed(400_Gbps, 0.4_s, 80) == Approx(0.026844 / 80 + 0.002).epsilon(1e-4));
    // Slower: the first layer is what it waits for.
    CHECK(exposed(10_Gbps, 0.4_s, 80) == Approx(1.073742 - 0.4 * 79 / 80 + 0.002).epsilon(1e-6));
    // One layer: nothing overlaps. Against layer by layer:
    CHECK(exposed(100_Gbps, 0.4_s, 1) == Approx(0.107374 + 0.002).epsilon(1e-5));
    for (const double layers : {2.0, 16.0, 80.0})
        for (const double gbps : {10.0, 20.0, 27.0, 50.0, 400.0}) {
            const double wire = 4096.0 * 327680 * 8 / (gbps * 1e9) / layers, work = 0.4 / layers;
            double done = 0, sent = 0;
            for (int i = 0; i < static_cast<int>(layers); ++i) {
                done += work;
                sent = (sent > done ? sent : done) + wire;
            }
            CHECK(exposed(gbps * 1_Gbps, 0.4_s, layers) == Approx(sent - done + 0.002).epsilon(1e-9));
        }
    CHECK(disaggregation::feasible<double>(2_ms, 3_ms));
    CHECK(!disaggregation::feasible<double>(4_ms, 3_ms));
}

TEST_CASE("replicas for prompts and for decoding") {
    CHECK(disaggregation::prefill_share<double>(0.2_s, 0.6_s) == Approx(0.25));
}

TEST_CASE("Q4: sharing a server") {
    CHECK(queueing::processor_sharing<double>(2_s, 0.75).si() == Approx(8.0));
    CHECK(queueing::processor_sharing<double>(2_s, 0.0).si() == 2.0);
}
