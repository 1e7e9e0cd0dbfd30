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
