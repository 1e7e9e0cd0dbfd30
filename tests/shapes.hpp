// SPDX-License-Identifier: Apache-2.0
// Published shapes of models that several tests train.
#pragma once

#include <uonaco/workload/transformer.hpp>

namespace support {

/// Narayanan et al. 2021, table 1.
inline constexpr uonaco::transformer gpt_175b{
    .layers = 96, .hidden = 12288, .heads = 96, .vocabulary = 51200, .sequence = 2048};
/// Llama 3 (2024), table 3.
inline constexpr uonaco::transformer llama_70b{.layers = 80,
                                               .hidden = 8192,
                                               .heads = 64,
                                               .kv_heads = 8,
                                               .feed_forward = 28672,
                                               .gated = true,
                                               .vocabulary = 128256,
                                               .sequence = 8192};
inline constexpr uonaco::transformer llama_405b{.layers = 126,
                                                .hidden = 16384,
                                                .heads = 128,
                                                .kv_heads = 8,
                                                .feed_forward = 53248,
                                                .gated = true,
                                                .vocabulary = 128256,
                                                .sequence = 8192};

/// Mixtral 8x7B: Jiang et al. 2024 (2401.04088), table 1.
inline constexpr uonaco::transformer mixtral{.layers = 32,
                                             .hidden = 4096,
                                             .heads = 32,
                                             .kv_heads = 8,
                                             .feed_forward = 14336,
                                             .gated = true,
                                             .vocabulary = 32000,
                                             .sequence = 4096,
                                             .experts = 8,
                                             .active_experts = 2};
/// Qwen3 (2025, 2505.09388), table 2; widths from the published configurations.
inline constexpr uonaco::transformer qwen_235b{.layers = 94,
                                               .hidden = 4096,
                                               .heads = 64,
                                               .kv_heads = 4,
                                               .feed_forward = 1536,
                                               .gated = true,
                                               .vocabulary = 151936,
                                               .sequence = 4096,
                                               .head_width = 128,
                                               .experts = 128,
                                               .active_experts = 8};
inline constexpr uonaco::transformer qwen_30b{.layers = 48,
                                              .hidden = 2048,
                                              .heads = 32,
                                              .kv_heads = 4,
                                              .feed_forward = 768,
                                              .gated = true,
                                              .vocabulary = 151936,
                                              .sequence = 4096,
                                              .head_width = 128,
                                              .experts = 128,
                                              .active_experts = 8};

/// DeepSeek-V3 (2024, 2412.19437), section 4.2: the first three layers are dense (taken for mixtures, which are as wide), one more predicts
/// a token ahead. Low-rank attention as plain attention of as much work: 187e6 weights a layer, and 4096 x 128 x (192 + 128) for
/// scores and values, are one key-value head and heads 115 wide.
inline constexpr uonaco::transformer deepseek_v3{.layers = 62,
                                                 .hidden = 7168,
                                                 .heads = 128,
                                                 .kv_heads = 1,
                                                 .feed_forward = 2048,
                                                 .gated = true,
                                                 .vocabulary = 129280,
                                                 .sequence = 4096,
                                                 .head_width = 115,
                                                 .experts = 256,
                                                 .active_experts = 8,
                                                 .shared_feed_forward = 2048};

} // namespace support
