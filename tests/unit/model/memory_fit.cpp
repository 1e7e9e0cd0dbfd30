// SPDX-License-Identifier: Apache-2.0
// MEM1 and MEM2 of a plan against Korthikanti et al. 2022, figures 1 and 7.
#include "catch.hpp"

#include <uonaco/model/memory_fit.hpp>

using namespace uonaco;

namespace {
constexpr transformer gpt_22b{.layers = 48, .hidden = 6144, .heads = 64, .sequence = 2048};
constexpr transformer gpt_175b{.layers = 96, .hidden = 12288, .heads = 96, .sequence = 2048};
constexpr transformer gpt_530b{.layers = 105, .hidden = 20480, .heads = 128, .sequence = 2048};
constexpr transformer gpt_1t{.layers = 128, .hidden = 25600, .heads = 160, .vocabulary = 51200, .sequence = 2048};
constexpr parallel_plan of_22b{.tensor = 8, .micro_batch = 4};
constexpr parallel_plan of_175b{.tensor = 8, .pipeline = 8, .virtual_stages = 3};
constexpr parallel_plan of_530b{.tensor = 8, .pipeline = 35, .virtual_stages = 3};
constexpr parallel_plan of_1t{.tensor = 8, .pipeline = 64};

parallel_plan lean(parallel_plan p) {
    p.sequence_parallel = true;
    p.recompute = recompute::selective;
    return p;
}
double gib(units::memory m) { return units::in_exchange_unit(m); }
} // namespace

TEST_CASE("MEM1: parameters and optimizer") {
    CHECK(gib(memory_fit::states(gpt_22b, of_22b)) == Approx(45.56).epsilon(1e-3));
    CHECK(gib(memory_fit::states(gpt_175b, of_175b)) == Approx(45.56).epsilon(1e-3));
    CHECK(gib(memory_fit::states(gpt_1t, of_1t)) == Approx(32.96).epsilon(1e-3));
    CHECK(memory_fit::states(gpt_1t, of_1t, true) > memory_fit::states(gpt_1t, of_1t));
}

TEST_CASE("MEM1: what is sharded") {
    CHECK(memory_fit::state_per_parameter(sharding::none, 8) == 18.0);
    CHECK(memory_fit::state_per_parameter(sharding::optimizer, 8) == 6.0 + 12.0 / 8);
    CHECK(memory_fit::state_per_parameter(sharding::gradients, 8) == 2.0 + 16.0 / 8);
    CHECK(memory_fit::state_per_parameter(sharding::weights, 8) == 18.0 / 8);
    for (const auto s : {sharding::none, sharding::optimizer, sharding::gradients, sharding::weights})
        CHECK(memory_fit::state_per_parameter(s, 1) == 18.0);
    CHECK(memory_fit::state_per_parameter(sharding::none, 1, {.gradient = 2.0}) == 16.0);
}

TEST_CASE("MEM2: activations of the first stage") {
    CHECK(gib(memory_fit::activations(gpt_22b, of_22b)) == Approx(59.25).epsilon(1e-3));
    CHECK(gib(memory_fit::activations(gpt_22b, lean(of_22b))) == Approx(9.562).epsilon(1e-3));
    CHECK(gib(memory_fit::activations(gpt_175b, of_175b)) == Approx(66.84).epsilon(1e-3));
    CHECK(gib(memory_fit::activations(gpt_175b, lean(of_175b))) == Approx(12.35).epsilon(1e-3));
    CHECK(gib(memory_fit::activations(gpt_530b, lean(of_530b))) == Approx(23.08).epsilon(1e-3));
    CHECK(gib(memory_fit::activations(gpt_1t, of_1t)) == Approx(131.2).epsilon(1e-3));
}

TEST_CASE("MEM2: techniques against none") {
    const auto share = [](bool sequence, recompute again) {
        parallel_plan p = of_22b;
        p.sequence_parallel = sequence;
        p.recompute = again;
        return 100.0 * memory_fit::activations(gpt_22b, p) / memory_fit::activations(gpt_22b, of_22b);
    };
    CHECK(share(true, recompute::none).si() == Approx(66.84).epsilon(2e-3));
    CHECK(share(false, recompute::selective).si() == Approx(49.42).epsilon(2e-3));
    CHECK(share(true, recompute::selective).si() == Approx(16.18).epsilon(5e-3));
    CHECK(share(false, recompute::full).si() == Approx(7.64).epsilon(1e-2));
    // Attention that never writes its scores keeps what selective recompute keeps.
    CHECK(memory_fit::activations(gpt_22b, of_22b, true) == memory_fit::activations(gpt_22b, [] {
              parallel_plan p = of_22b;
              p.recompute = recompute::selective;
              return p;
          }()));
}

namespace {
/// Small enough for a pencil: attention 4 h h = 256, an expert 2 h f = 256 weights a layer.
constexpr transformer small{
    .layers = 2, .hidden = 8, .heads = 2, .feed_forward = 16, .sequence = 4, .experts = 4, .active_experts = 2};
double bytes(units::memory m) { return m.si() / 8.0; }
} // namespace

TEST_CASE("MEM1: experts are divided among ranks, and sharded among those that hold the same") {
    const auto states = [](parallel_plan p) { return bytes(memory_fit::states(small, p)); };
    CHECK(states({.data = 4}) == 18.0 * (2 * 256 + 2 * 4 * 256));
    CHECK(states({.data = 4, .expert = 2}) == 18.0 * (2 * 256 + 2 * 2 * 256));
    CHECK(states({.data = 4, .expert = 4}) == 18.0 * (2 * 256 + 2 * 1 * 256));
    CHECK(states({.data = 3, .expert = 3}) == 18.0 * (2 * 256 + 2 * 2 * 256)); // the fullest has two
    CHECK(states({.tensor = 2, .pipeline = 2, .data = 4, .expert = 2}) == 18.0 * (2 * 256 + 2 * 2 * 256) / 4);
    // What all hold is shared by four, an expert by two.
    CHECK(states({.data = 4, .expert = 2, .sharding = sharding::optimizer}) == (6 + 3) * 512.0 + (6 + 6) * 1024.0);
    CHECK(states({.data = 4, .expert = 2, .sharding = sharding::gradients}) == (2 + 4) * 512.0 + (2 + 8) * 1024.0);
    // Whole on tensor ranks: two of those hold what one would divide.
    CHECK(states({.tensor = 2, .data = 2, .expert = 4, .expert_tensor = 1}) == 18.0 * (256 + 2 * 1 * 256));
    CHECK(states({.tensor = 2, .data = 4, .expert = 2, .expert_tensor = 1, .sharding = sharding::optimizer}) ==
          (6 + 3) * 256.0 + (6 + 3) * 1024.0);
    // Once everything is sharded, it does not matter how experts lie.
    CHECK(states({.data = 4, .expert = 2, .sharding = sharding::weights}) ==
          states({.data = 4, .sharding = sharding::weights}));
    // A dense model does not heed the degree.
    CHECK(memory_fit::states(gpt_22b, {.tensor = 8, .data = 8, .expert = 8}) ==
          memory_fit::states(gpt_22b, {.tensor = 8, .data = 8}));
}

TEST_CASE("MEM2: a mixture keeps the insides, the input and the output of each expert that a token passes") {
    // 10 h + 4 k h, w (4 + 4) + 4 k f, and 5 a s of scores, for each of 4 tokens
    CHECK(bytes(memory_fit::layer_activations(small, {})) == 4.0 * (80 + 64 + 64 + 128 + 40));
    transformer padded = small; // half as much again for experts
    padded.capacity_factor = 1.5;
    CHECK(bytes(memory_fit::layer_activations(padded, {})) == 4.0 * (80 + 96 + 64 + 192 + 40));
    transformer shared = small;
    shared.shared_feed_forward = 10;
    CHECK(bytes(memory_fit::layer_activations(shared, {})) == 4.0 * (80 + 64 + 64 + 128 + 40 + 40));
    // recomputed: its input alone, as of any layer
    CHECK(bytes(memory_fit::layer_activations(small, {.recompute = recompute::full})) == 4.0 * 16);
}
