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
