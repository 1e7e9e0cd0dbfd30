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

} // namespace support
