// SPDX-License-Identifier: Apache-2.0
// Published utilisations, GPU-hours and throughputs, from counted work. Each row has its own tolerance, in per cent.
// PaLM (2204.02311) appendix B and 4.1; DeepSeek-V3; model card of Llama 3.1 and Llama 3 (2407.21783); LLaMA (2302.13971) table 15;
// Megatron-Bridge's performance archive; pytorch/torchtitan benchmarks.
#include "catch.hpp"

#include <uonaco/model/batch_server.hpp>
#include <uonaco/model/training_step.hpp>
#include <uonaco/model/transformer_work.hpp>
#include <uonaco/units/literals.hpp>

#include <string>

using namespace uonaco;
using namespace uonaco::literals;
using transformer_work::attention;

namespace {
void near(const char* id, double published, double tolerance_pct, double predicted) {
    const double error = 100 * (predicted / published - 1);
    INFO(id << ": published " << published << ", predicted " << predicted << ", error " << error << " %");
    CHECK(std::abs(error) <= tolerance_pct);
}
constexpr transformer llama(units::count layers, units::count hidden, units::count heads, units::count feed_forward) {
    return {.layers = layers,
            .hidden = hidden,
            .heads = heads,
            .kv_heads = 8,
            .feed_forward = feed_forward,
            .gated = true,
            .vocabulary = 128256,
            .sequence = 8192};
}
constexpr transformer llama_8b = llama(32, 4096, 32, 14336);
constexpr transformer llama_70b = llama(80, 8192, 64, 28672);
constexpr transformer llama_405b = llama(126, 16384, 128, 53248);
} // namespace

TEST_CASE("accounting: utilisation") {
    const transformer palm{.layers = 118,
                           .hidden = 18432,
                           .heads = 48,
                           .kv_heads = 1,
                           .vocabulary = 256000,
                           .sequence = 2048,
                           .head_width = 256};
    const auto mfu = [](units::work token, double rate, double peak) { return 100 * token.si() * rate / peak; };
    near("MFU-PALM", 46.20, 0.1,
         mfu(transformer_work::by_parameters(540.35e9, palm, attention::full), 238.3e3, 6144 * 275e12));
    near("MFU-PALM-na", 45.70, 0.1,
         mfu(transformer_work::by_parameters(540.35e9, palm, attention::none), 238.3e3, 6144 * 275e12));
    near("MFU-MTNLG", 29.70, 0.3,
         mfu(transformer_work::by_parameters(530e9, palm, attention::none), 65.43e3, 2240 * 312e12));
}

TEST_CASE("accounting: GPU-hours") {
    near("GPUH-DSV3-1T", 3.7, 1.1, 180e3 / 2048 / 24);
    near("GPUH-DSV3", 2.664, 0.01, 14.8 * 180e3 / 1e6);
    near("FLOP-L31-405", 3.8e25, 0.3,
         transformer_work::by_parameters(405e9, llama_405b, attention::none).si() * 15.6e12);
    // MFU 0.41 (table 4), effective time 0.90
    near("GPUH-L31-405", 30.84, 3,
         transformer_work::by_parameters(405e9, llama_405b, attention::causal).si() * 15.6e12 / (989e12 * 0.41) / 0.90 /
             3600 / 1e6);
    // MFU 0.49 is an assumption, one for three models
    const auto llama_1 = [](units::count layers, units::count hidden, double parameters, double tokens) {
        const transformer m{.layers = layers, .hidden = hidden, .heads = hidden / 128, .sequence = 2048};
        return transformer_work::by_parameters(parameters, m, attention::full).si() * tokens / (312e12 * 0.49) / 3600;
    };
    near("GPUH-LLAMA1-7B", 82432, 5, llama_1(32, 4096, 6.7e9, 1e12));
    near("GPUH-LLAMA1-13B", 135168, 12, llama_1(40, 5120, 13e9, 1e12));
    near("GPUH-LLAMA1-65B", 1.022e6, 2, llama_1(80, 8192, 65.2e9, 1.4e12));
}

TEST_CASE("accounting: tokens a second as TFLOP/s") { // attention counted causally
    const auto rate = [](const transformer& m, double tokens) {
        return transformer_work::by_shape(m, attention::causal).si() * tokens / 1e12;
    };
    near("MBR-L3-405B-H100", 822, 0.3, rate(llama_405b, 326));
    near("MBR-L3-70B-H100", 736, 0.3, rate(llama_70b, 1639));
    near("MBR-L3-70B-GB200", 1956, 0.3, rate(llama_70b, 4357));
    // Mixtures: 6 N_active and the causal half of attention (shapes by the models' reports)
    const auto mixture = [](double active, units::count layers, units::count heads, units::count width, double tokens) {
        const transformer m{.layers = layers, .hidden = heads * width, .heads = heads, .sequence = 4096};
        return transformer_work::by_parameters(active, m, attention::causal).si() * tokens / 1e12;
    };
    near("MBR-DSV3-B200", 864, 5, mixture(37e9, 61, 128, 160, 3328)); // heads of 192 for scores, 128 for values
    near("MBR-Qwen3-235B-H100", 253, 3, mixture(22e9, 94, 64, 128, 1712));
    near("MBR-GPT-OSS-120B-H100", 158, 8,
         mixture(5.1e9 - 201088 * 2880.0, 18, 64, 64, 5824)); // half of the layers see 128 tokens
}

TEST_CASE("accounting: torchtitan") {
    // The step inside a site, for software that nobody has fitted. H100 here: 96 GB at 2.4 TB/s, clocks of 500 W.
    const auto step = [](const transformer& m, const parallel_plan& p, double batch, precision linear, bool h200,
                         bool plain = false) {
        auto d = training_step::device_of(*find_accelerator(h200 ? "H200 SXM" : "H100 SXM"), linear);
        if (!h200) {
            const auto clock = batching::clock_at(500_W, 700_W, tensorrt_llm.clock);
            d.memory_rate = 2400_GBps;
            d.peak = clock * d.peak;
            d.linear_peak = clock * d.linear_peak;
        }
        const fabric<double> f{.scale_up = 450_GBps, .scale_out = 50_GBps};
        auto stack = find_training_stack(std::string("torchtitan-2025"));
        if (plain) stack.tensor_hidden_backward = false;
        return training_step::step_time(m, p, batch, d, f, stack).total().si();
    };
    const auto small = [&](units::count n, precision linear, bool h200 = false) {
        parallel_plan p{.data = n, .micro_batch = 2, .sharding = sharding::weights};
        const double batch = 2.0 * static_cast<double>(n);
        // "Selective" keeps the results of all but every second product: half of a forward pass again.
        const double nothing = step(llama_8b, p, batch, linear, h200);
        p.recompute = recompute::full;
        return 2 * 8192 / (0.5 * (nothing + step(llama_8b, p, batch, linear, h200)));
    };
    near("TT-980c0", 6667, 10, small(8, precision::bf16));
    near("TT-99a7f", 8532, 10, small(8, precision::fp8));
    near("TT-16ebc", 6514, 10, small(128, precision::bf16));
    near("TT-b0c32", 10938, 10, small(32, precision::fp8, true));
    // All-reduces of tensor parallelism in the open ("vanilla TP"; the other row does not say).
    const parallel_plan wide{.tensor = 8,
                             .data = 32,
                             .micro_batch = 16,
                             .sequence_parallel = true,
                             .recompute = recompute::full,
                             .sharding = sharding::weights};
    near("TT-c5f34", 829, 10, 512 * 8192 / step(llama_70b, wide, 512, precision::fp8, false, true) / 256);
    near("TT-94921", 597.3, 10, 512 * 8192 / step(llama_70b, wide, 512, precision::bf16, false, true) / 256);
    // As many micro-batches as stages, the program's default then (not stated beside the figure).
    const parallel_plan deep{.tensor = 8,
                             .pipeline = 8,
                             .data = 8,
                             .micro_batch = 4,
                             .sequence_parallel = true,
                             .recompute = recompute::full,
                             .sharding = sharding::gradients};
    near("TT-a3ce9", 100, 10, 256 * 8192 / step(llama_405b, deep, 256, precision::fp8, false) / 512);
}
