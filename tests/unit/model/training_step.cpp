// SPDX-License-Identifier: Apache-2.0
// M1: a training step inside one site. How near it comes to published steps is shown by bench/accuracy.
#include "catch.hpp"
#include "shapes.hpp"

#include <uonaco/base/math.hpp>
#include <uonaco/model/training_step.hpp>
#include <uonaco/units/literals.hpp>

#include <string>

using namespace uonaco;
using namespace support;
using namespace uonaco::literals;

namespace {
constexpr fabric<double> of_a100{.scale_up = 300_GBps, .scale_out = 25_GBps};
constexpr fabric<double> of_h100{.scale_up = 450_GBps, .scale_out = 50_GBps};
constexpr parallel_plan lean{
    .tensor = 8, .pipeline = 8, .virtual_stages = 3, .sequence_parallel = true, .recompute = recompute::selective};

training_step::device<double> device(const char* model, precision p = precision::bf16) {
    return training_step::device_of(*find_accelerator(model), p);
}
training_step::terms<double> a100(const transformer& m, const parallel_plan& p, double batch,
                                  const char* stack = "megatron-2022") {
    return training_step::step_time(m, p, batch, device("A100 SXM 80GB"), of_a100,
                                    find_training_stack(std::string(stack)));
}
const training_stack& named(const char* name) { return find_training_stack(std::string(name)); }
} // namespace

TEST_CASE("M1: Korthikanti et al. 2022, table 5") {
    CHECK(a100(gpt_175b, lean, 64).total().si() == Approx(13.75).epsilon(0.08));
    const transformer gpt_22b{.layers = 48, .hidden = 6144, .heads = 64, .vocabulary = 51200, .sequence = 2048};
    const parallel_plan full{.tensor = 8, .micro_batch = 4, .recompute = recompute::full};
    const auto step = a100(gpt_22b, full, 4);
    CHECK(step.total().si() == Approx(1.42).epsilon(0.08));
    CHECK(step.bubble == 0_s);
    CHECK(step.transfer_exposed == 0_s);
    CHECK(step.data_exposed == 0_s);
}

TEST_CASE("M1: MT-NLG 530B, 1,920 sequences on 2,240 A100 at 29.7 % of their peak: 60.1 s") {
    const transformer mt_nlg{.layers = 105, .hidden = 20480, .heads = 128, .vocabulary = 51200, .sequence = 2048};
    const parallel_plan plan{.tensor = 8, .pipeline = 35, .data = 8, .recompute = recompute::full};
    CHECK(a100(mt_nlg, plan, 1920, "megatron-deepspeed-2021").total().si() == Approx(60.1).epsilon(0.01));
}

TEST_CASE("M1: terms answer to what they are about") {
    const auto base = a100(gpt_175b, lean, 64);
    CHECK(base.bubble.si() ==
          Approx(7.0 / 3.0 / 64.0 * (base.compute + base.recompute + base.elementwise + base.tensor_exposed).si())
              .epsilon(0.03)); // but for the vocabulary, on the last stage only
    CHECK(base.context_exposed == 0_s);

    parallel_plan p = lean;
    p.virtual_stages = 6;
    CHECK(a100(gpt_175b, p, 64).bubble.si() == Approx(base.bubble.si() / 2));
    CHECK(a100(gpt_175b, p, 64).transfer_exposed > base.transfer_exposed);

    p = lean;
    p.recompute = recompute::full;
    const auto again = a100(gpt_175b, p, 64);
    CHECK(again.recompute.si() / base.compute.si() == Approx(1.0 / 3.0).epsilon(0.15));
    CHECK(again.tensor_exposed.si() == Approx(2 * base.tensor_exposed.si()));
    p.recompute = recompute::none;
    CHECK(a100(gpt_175b, p, 64).recompute == 0_s);

    p = lean;
    p.data = 4;
    const auto wide = a100(gpt_175b, p, 256);
    CHECK(wide.compute.si() == Approx(base.compute.si()));
    CHECK(wide.data_exposed > 0_s);
    p.sharding = sharding::optimizer;
    const auto modern = a100(gpt_175b, p, 256, "mcore-2024");
    CHECK(modern.data_exposed < wide.data_exposed);
    CHECK(modern.transfer_exposed < wide.transfer_exposed);
    CHECK(modern.optimizer.si() == Approx(wide.optimizer.si() / 4).epsilon(0.1));
}

TEST_CASE("M1: weights that are sharded move with every micro-batch") {
    const transformer llama_8b{.layers = 32,
                               .hidden = 4096,
                               .heads = 32,
                               .kv_heads = 8,
                               .feed_forward = 14336,
                               .gated = true,
                               .vocabulary = 128256,
                               .sequence = 8192};
    fabric<double> slow = of_h100;
    slow.scale_out = 1_GBps;
    const auto exposed = [&](sharding s, const fabric<double>& f) {
        return training_step::step_time(llama_8b, {.data = 64, .sharding = s}, 256, device("H100 SXM"), f,
                                        named("nemo-2025"))
            .data_exposed.si();
    };
    CHECK(exposed(sharding::weights, slow) > 2 * exposed(sharding::optimizer, slow));
    CHECK(exposed(sharding::optimizer, of_h100) < 0.05);
}

TEST_CASE("M1: eight bits save less than half") {
    const transformer nemotron{
        .layers = 32, .hidden = 6144, .heads = 48, .kv_heads = 8, .vocabulary = 256000, .sequence = 4096};
    const parallel_plan p{
        .tensor = 2, .data = 64, .micro_batch = 2, .sequence_parallel = true, .sharding = sharding::optimizer};
    const auto step = [&](precision of) {
        return training_step::step_time(nemotron, p, 512, device("H100 SXM", of), of_h100, named("nemo-2025"));
    };
    CHECK(step(precision::bf16).total().si() == Approx(2.67).epsilon(0.05));
    CHECK(step(precision::fp8).total().si() == Approx(1.99).epsilon(0.05));
    CHECK(step(precision::fp8).elementwise > step(precision::bf16).elementwise);
    // A device without the format computes in 16 bits.
    CHECK_FALSE(device("A100 SXM 80GB", precision::fp8).narrow);
    CHECK(device("A100 SXM 80GB", precision::fp8).linear_peak == 312_TFLOPS);
}

TEST_CASE("M1: finite and positive over plans") {
    for (const char* stack : {"", "megatron-2021", "megatron-2022", "nemo-2025", "llama3-2024"})
        for (const units::count t : {1, 8, 16})
            for (const units::count p : {1, 5, 96})
                for (const units::count c : {1, 16})
                    for (const auto s : {sharding::none, sharding::gradients, sharding::weights}) {
                        const parallel_plan plan{.tensor = t, .pipeline = p, .context = c, .data = 3, .sharding = s};
                        for (const char* model : {"MI300X", "TPU v4", "GB200"}) {
                            const auto r =
                                training_step::step_time(gpt_175b, plan, 7, device(model), of_h100, named(stack));
                            REQUIRE(math::finite(r.total().si()));
                            REQUIRE(r.compute > 0_s);
                            REQUIRE(r.data_exposed > 0_s);
                        }
                    }
}

TEST_CASE("tiles are dealt in waves") {
    using training_step::detail::waves;
    CHECK(waves(2048, 12288, 0) == 1.0);
    CHECK(waves(128, 256 * 108, 108) == 1.0);
    CHECK(waves(128, 256 * 109, 108) ==
          Approx(1.0 / 0.95 * 324 / 218).epsilon(0.01)); // small tiles fill three waves better
    CHECK(waves(2048, 4608, 108) > 1.05);
    for (double n = 512; n < 40000; n += 137) {
        CHECK(waves(4096, n, 132) >= 1.0);
        CHECK(waves(4096, n, 132) < 3.0);
    }
}

TEST_CASE("stacks by name, and by what is nearest") {
    CHECK(std::string(named("nemo-2025").name) == "nemo-2025");
    CHECK(std::string(named("nemo-2026").name) == "nemo-2025");
    CHECK(std::string(named("mcore-2023").name) == "mcore-2024");
    CHECK(std::string(named("megatron-2020").name) == "megatron-2021");
    CHECK(std::string(named("megatron-2026").name) == "mcore-2024");
    CHECK(std::string(named("megatron-deepspeed-2022").name) == "megatron-deepspeed-2021");
    CHECK(std::string(named("alpa-2022").name) == "megatron-2022");
    CHECK(std::string(named("colossal-2021").name) == "megatron-2021");
    CHECK(std::string(named("other-2023").name) == "megatron-2023");
    CHECK(std::string(named("torchtitan-2025").name) == "");
    CHECK(std::string(named("whatever").name) == "");
    CHECK(std::string(named("").name) == "");
    CHECK(named("whatever").data_hidden);
}
