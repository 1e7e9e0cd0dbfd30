// SPDX-License-Identifier: Apache-2.0
// F1 against published utilisations and sizes.
#include "catch.hpp"
#include "shapes.hpp"

#include <uonaco/model/transformer_work.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace support;
using namespace uonaco::literals;
using transformer_work::attention;

TEST_CASE("F1: parameters by shape") {
    CHECK(transformer_work::parameters(gpt_175b) == Approx(174.6e9).epsilon(1e-3));
    CHECK(transformer_work::parameters(llama_405b, false) == Approx(405.8e9).epsilon(1e-3));
    CHECK(transformer_work::layer_parameters(gpt_175b) == 12.0 * 12288 * 12288);
}

TEST_CASE("F1: what a shape comes to, and what contradicts it") {
    using transformer_work::parameter_range_of;
    const auto llama = parameter_range_of(llama_70b);
    CHECK(llama.least == transformer_work::parameters(llama_70b));
    CHECK(llama.most == transformer_work::parameters(llama_70b, false));
    CHECK((llama.excess(70.6e9) == 1.0 && llama.excess(70e9) == 1.0));
    CHECK(parameter_range_of(mixtral).excess(46.7e9) == 1.0);
    CHECK(parameter_range_of(qwen_30b).excess(30.5e9) == 1.0);
    CHECK(llama.excess(2 * llama.most) == Approx(2 / 1.1));
    CHECK(llama.excess(llama.least / 2) == Approx(0.5 / 0.9));
    auto plain = llama_70b;
    plain.gated = false; // a third of each block is missing
    CHECK(parameter_range_of(plain).excess(70.6e9) > 1.0);
    // Llama 3.2 1B (1.236e9) without its vocabulary, which is a fifth of it
    const transformer small{.layers = 16,
                            .hidden = 2048,
                            .heads = 32,
                            .kv_heads = 8,
                            .feed_forward = 8192,
                            .gated = true,
                            .sequence = 8192};
    CHECK(parameter_range_of(small).excess(1.236e9) == 1.0);
    // DeepSeek-V3 (671e9): its first layers are dense, its attention is compressed
    const transformer deepseek{.layers = 61,
                               .hidden = 7168,
                               .heads = 128,
                               .feed_forward = 2048,
                               .gated = true,
                               .vocabulary = 129280,
                               .sequence = 4096,
                               .head_width = 128,
                               .experts = 256,
                               .active_experts = 8,
                               .shared_feed_forward = 2048};
    CHECK(parameter_range_of(deepseek).excess(671e9) == 1.0);
    training t{.parameters = 46'700'000'000};
    t.shape = mixtral;
    CHECK(transformer_work::work_over_shape(t) == 1.0);
    t.active_parameters = 12'900'000'000;
    CHECK(transformer_work::work_over_shape(t) == 1.0);
    t.active_parameters = 26'000'000'000;
    CHECK(transformer_work::work_over_shape(t) ==
          Approx(26e9 / (1.1 * transformer_work::active_parameters(mixtral, false))));
}

TEST_CASE("F1: PaLM 46.2 %, MT-NLG 29.7 %") {
    const transformer palm{.layers = 118,
                           .hidden = 18432,
                           .heads = 48,
                           .kv_heads = 1,
                           .vocabulary = 256000,
                           .sequence = 2048,
                           .head_width = 256};
    const auto work = transformer_work::by_parameters(540.35e9, palm, attention::full);
    CHECK(work.si() * 238.3e3 / (6144 * 275e12) == Approx(0.462).margin(5e-4));
    const auto plain = transformer_work::by_parameters(530e9, palm, attention::none);
    CHECK(plain.si() * 65.43e3 / (2240 * 312e12) == Approx(0.297).margin(8e-4));
}

TEST_CASE("F1: the conventions agree where they count the same") {
    const double tokens = 64.0 * 2048;
    const auto step = transformer_work::megatron_step(gpt_175b, 64);
    CHECK(step.si() == Approx(tokens * transformer_work::by_shape(gpt_175b, attention::full).si()));
    CHECK(step.si() ==
          Approx(
              tokens *
              transformer_work::by_parameters(transformer_work::parameters(gpt_175b), gpt_175b, attention::full).si()));
    // Full recompute repeats the forward pass of the layers, not of the vocabulary.
    const auto executed = transformer_work::megatron_step(gpt_175b, 64, true);
    const double head = 6.0 * 51200 * 12288 * tokens;
    CHECK(executed.si() == Approx(4.0 / 3.0 * (step.si() - head) + head));
    // NVIDIA's recipes, attention counted causally: 2.524e12 a token.
    CHECK(transformer_work::by_shape(llama_405b, attention::causal).si() == Approx(2.524e12).epsilon(2e-3));
}

TEST_CASE("F1: of a mixture of experts a token meets its own") {
    // Published: 46.7 and 12.9 billion; 235 and 22; 30.5 and 3.3.
    CHECK(transformer_work::parameters(mixtral, false) == Approx(46.7e9).epsilon(1e-3));
    CHECK(transformer_work::active_parameters(mixtral, false) == Approx(12.9e9).epsilon(2e-3));
    CHECK(transformer_work::parameters(qwen_235b, false) == Approx(235e9).epsilon(1e-3));
    CHECK(transformer_work::active_parameters(qwen_235b, false) == Approx(22e9).epsilon(1e-2));
    CHECK(transformer_work::parameters(qwen_30b, false) == Approx(30.5e9).epsilon(2e-3));
    CHECK(transformer_work::active_parameters(qwen_30b, false) == Approx(3.3e9).epsilon(2e-2));
    CHECK(transformer_work::expert_parameters(mixtral) == 3.0 * 4096 * 14336 * 8);

    // A block that all tokens pass counts in both.
    transformer m = mixtral;
    m.shared_feed_forward = 1000;
    CHECK(transformer_work::layer_parameters(m) == transformer_work::layer_parameters(mixtral) + 3.0 * 4096 * 1000);
    CHECK(transformer_work::active_layer_parameters(m) ==
          transformer_work::active_layer_parameters(mixtral) + 3.0 * 4096 * 1000);
    CHECK(transformer_work::expert_parameters(m) == transformer_work::expert_parameters(mixtral));
    // No token passes more experts than there are.
    m.active_experts = 99;
    CHECK(transformer_work::active_layer_parameters(m) == transformer_work::layer_parameters(m));
    // One expert: a dense model, which heeds none of the rest.
    transformer dense = llama_70b;
    dense.active_experts = 4;
    dense.shared_feed_forward = 512;
    dense.capacity_factor = 2.0;
    CHECK(transformer_work::layer_parameters(dense) == transformer_work::layer_parameters(llama_70b));
    CHECK(transformer_work::active_layer_parameters(dense) == transformer_work::layer_parameters(llama_70b));
    CHECK(transformer_work::expert_parameters(dense) == 0.0);
    CHECK(transformer_work::experts_of_rank(dense, {.data = 8, .expert = 8}) == 1.0);
}

TEST_CASE("F1: mixtures of experts, tokens a second as TFLOP/s") {
    // NVIDIA Megatron-Bridge, performance archive: tokens and TFLOP a second and device, attention counted causally
    const struct {
        const transformer& of;
        double tokens, tflops;
    } rows[] = {{qwen_235b, 6131, 907}, {qwen_235b, 4916, 728}, {qwen_235b, 6583, 974}, {qwen_235b, 1633, 242},
                {qwen_30b, 30376, 699}, {qwen_30b, 9691, 223},  {qwen_30b, 5113, 118}};
    for (const auto& r : rows)
        CHECK(transformer_work::by_shape(r.of, attention::causal).si() * r.tokens ==
              Approx(r.tflops * 1e12).epsilon(5e-3));
}

TEST_CASE("F1: a training of a shape with experts counts what a token meets, stated or not") {
    training t{.parameters = 46'702'792'704};
    CHECK(transformer_work::trained_parameters(t) == 46'702'792'704.0);
    t.shape = mixtral;
    CHECK(transformer_work::trained_parameters(t) == Approx(12.88e9).epsilon(1e-3));
    t.active_parameters = 12'000'000'000;
    CHECK(transformer_work::trained_parameters(t) == 12e9);
    t = {.parameters = 1'000'000}; // the shape is of another model
    t.shape = mixtral;
    CHECK(transformer_work::trained_parameters(t) == 1e6);
}
