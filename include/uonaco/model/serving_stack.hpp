// SPDX-License-Identifier: Apache-2.0
// What the software of a language model server costs beside the hardware's bounds, by stack and by generation of
// devices.
#pragma once

#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI {

/// Constants of one serving software. "Fitted" ones: on 59 published throughputs of TensorRT-LLM 1.0 (its performance
/// overview) and 9 of MLPerf Inference 4.1 (Llama-2-70B, offline), smallest sum of sqrt(1 + (error / 2 %)^2), in one
/// fit over both suites.
struct serving_stack {
    const char* name = "";

    // Fitted; shared by all devices.
    units::ratio gemm = 0.80293;       ///< share of the sustained rate that the layers' products reach
    units::ratio gemm_fp4 = 0.70505;   ///< further factor on products in 4 bits, whose block scales are made on the way
    units::ratio memory = 1.0;         ///< share of the memory rate; what streaming loses is in `layer`
    units::ratio attention = 0.61275;  ///< share of the sustained 16-bit rate that attention over a prompt reaches
    units::duration layer = 60.625_us; ///< a layer and step: launches, small kernels, ramps
    units::duration sequence = 3.0402_us; ///< a decoded sequence and step: scheduling, sampling
    units::latency exchange = 14.053_us;  ///< an all-reduce of two devices; times log2(t) among t

    // Published or counted.
    units::ratio link = 0.8;             ///< share that large all-reduces reach: 0.76 (B200, rings) to 0.88 (H100)
    units::ratio bus = 0.91097;          ///< further factor where devices meet over the host's PCIe; fitted, on one row
    units::ratio clock = 0.39524;        ///< exponent of power limit / nominal power on the sustained rate; fitted
    units::ratio across_nodes = 0.83297; ///< of the throughput where replicas span several nodes; fitted
    units::ratio cache_share = 0.95;     ///< of the memory left (trtllm-bench: 0.90; its published runs mostly 0.95)
    units::memory workspace = 1.5_GB;    ///< a device: contexts, buffers, activations
    units::count block = 32;             ///< tokens of a KV block (TensorRT-LLM's default)
    units::count max_batch = 4096;       ///< sequences at most (TensorRT-LLM, bench/build/tuning.py)
    units::count max_tokens = 8192;      ///< of an iteration, where `tuned` does not set them
    units::factor held = 0.5;   ///< share of a mean output in the cache of a sequence found running, (1 + cv^2) / 2
    bool reserved = false;      ///< a sequence takes room for all of its output when it starts
    bool tuned = false;         ///< limits follow from the load as trtllm-bench sets them
    bool whole_prompts = false; ///< a prompt is computed in one iteration, never in parts
    bool padded = false;        ///< decoding runs as captured graphs of a few batch sizes, padded to the next
};

/// How far devices of one generation, or the software for one vendor's, are from the shared constants: all 1 unless
/// measured.
struct serving_deviation {
    units::factor gemm = 1.0;
    units::factor memory = 1.0;
    units::factor overhead = 1.0; ///< on `layer` and `sequence`

    friend constexpr bool operator==(const serving_deviation&, const serving_deviation&) = default;
};

/// trtllm-bench throughput: PyTorch backend, all requests queued at once, slots reserved for input and output, no parts
/// of prompts (enable_chunked_context is off unless asked for).
inline constexpr serving_stack tensorrt_llm{
    .name = "tensorrt-llm", .reserved = true, .tuned = true, .whole_prompts = true, .padded = true};

/// MLPerf Inference: C++ runtime tuned by hand for the device, room for what sequences hold now; outputs differ in
/// length (cv^2 about 0.5), so one found running holds 3/4 of a mean output.
inline constexpr serving_stack mlperf{
    .name = "mlperf", .gemm = 0.83914, .cache_share = 0.9, .max_batch = 1024, .held = 0.75};

/// Where the software is not known: parts of prompts, room as needed, the batch of vLLM's default.
inline constexpr serving_stack serving_default{.name = "default", .cache_share = 0.9, .max_batch = 1024, .held = 0.75};

inline constexpr serving_stack serving_stacks[] = {tensorrt_llm, mlperf, serving_default};

/// The stack whose name the text starts with ("mlperf-4.1-offline" is mlperf), else serving_default.
constexpr const serving_stack& find_serving_stack(const char* text, unsigned long size) {
    for (const serving_stack& s : serving_stacks) {
        unsigned long i = 0;
        while (s.name[i] != '\0' && i < size && s.name[i] == text[i]) ++i;
        if (s.name[i] == '\0') return s;
    }
    return serving_default;
}

/// Fitted on B200 alone: a first release for a new generation.
inline constexpr serving_deviation blackwell{.memory = 0.83364, .overhead = 1.2044};
/// Fitted on MI300X with vLLM.
inline constexpr serving_deviation instinct{.gemm = 0.8062};

/// Throughput under latency limits over throughput without (MLPerf Inference 4.1): 0.88 to 0.95 for Llama-2-70B at
/// 2 s to the first token and 0.2 s a token, 0.95 to 0.97 for GPT-J and Mixtral, whose limits are wide for their size.
inline constexpr units::ratio server_share_tight = 0.91;
inline constexpr units::ratio server_share_relaxed = 0.955;

/// By the start of the model's name, case and punctuation apart: B and GB with three digits, MI with three. Else none.
constexpr serving_deviation find_serving_deviation(const char* model) {
    char c[4] = {};
    int n = 0;
    for (; *model != '\0' && n < 4; ++model) {
        const char x = *model >= 'a' && *model <= 'z' ? static_cast<char>(*model - 'a' + 'A') : *model;
        if ((x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9')) c[n++] = x;
    }
    const auto digit = [&](int i) { return c[i] >= '1' && c[i] <= '9'; };
    if ((c[0] == 'B' && digit(1)) || (c[0] == 'G' && c[1] == 'B' && digit(2))) return blackwell;
    if (c[0] == 'M' && c[1] == 'I' && digit(2)) return instinct;
    return {};
}

} // namespace uonaco::inline UONACO_ABI
