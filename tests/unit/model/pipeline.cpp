// SPDX-License-Identifier: Apache-2.0
// Bubbles, what stages pass on, and P1: a pipeline cut across sites.
#include "catch.hpp"

#include <uonaco/model/pipeline.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("bubble") {
    CHECK(pipeline::bubble(64, 8) == Approx(7.0 / 71.0));
    CHECK(pipeline::bubble(64, 8, 7) == Approx(1.0 / 65.0));
    CHECK(pipeline::bubble(64, 1) == 0.0);
    CHECK(pipeline::step<double>(200_ms, 64, 8, 7).si() == Approx(13.0));
    CHECK(pipeline::step<double>(200_ms, 64, 1).si() == Approx(12.8));
}

TEST_CASE("what a stage passes on") {
    const transformer gpt3{.layers = 96, .hidden = 12288, .heads = 96, .sequence = 2048};
    CHECK(pipeline::message(gpt3, {}).si() == 16.0 * 2048 * 12288);
    CHECK(pipeline::message(gpt3, {.tensor = 8, .context = 2, .micro_batch = 4}).si() == 16.0 * 2048 * 12288 / 4);
}

TEST_CASE("P1: limits") {
    const units::duration t = 100_ms, none{};
    CHECK(pipeline::cut_interval<double>(t, none, 4) == t);                       // no distance
    CHECK(pipeline::cut_interval<double>(t, 10_ms, 4).si() == Approx(0.105));     // 2D/w
    CHECK(pipeline::cut_interval<double>(t, 10_ms, 4, 5_ms).si() == Approx(0.1)); // slack hides it
    CHECK(pipeline::cut_interval<double>(t, 10_ms, 4, 50_ms) == t);               // and never more
    CHECK(pipeline::cut_interval<double>(t, 10_ms, 1e9).si() == Approx(0.1));     // enough under way
    CHECK(pipeline::in_flight(8, 1) == 8.0);
    CHECK(pipeline::in_flight(8, 7) == 2.0);
    CHECK(pipeline::cut_step<double>(t, none, 32, 4, 1, 4) == pipeline::step<double>(t, 32, 4));
    CHECK(pipeline::cut_step<double>(t, 10_ms, 32, 4, 1, 4).si() == Approx(32 * 0.105 + 0.3 + 0.02));
    const double w = pipeline::hiding_in_flight(10_ms, 3_ms);
    CHECK(w == 7.0);
    CHECK(pipeline::cut_interval<double>(t, 10_ms, w, 3_ms) == t);
    CHECK(pipeline::hiding_in_flight(none, 3_ms) == 1.0);
}
