// SPDX-License-Identifier: Apache-2.0
// How a training step is divided over devices: asked by a workload, chosen by a candidate.
#pragma once

#include "../base/enum_names.hpp"
#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// Which activations the backward pass computes again instead of keeping them.
enum class recompute : unsigned char { none, selective, full };
template <>
inline constexpr names enum_names<recompute>{"none", "selective", "full"};

/// What each data-parallel rank keeps only its part of (ZeRO stages; `weights` is FSDP).
enum class sharding : unsigned char { none, optimizer, gradients, weights };
template <>
inline constexpr names enum_names<sharding>{"none", "optimizer", "gradients", "weights"};

/// Degrees multiply to the number of devices: tensor x pipeline x context x data. All are 1 or more.
struct parallel_plan {
    units::count tensor = 1;   ///< t
    units::count pipeline = 1; ///< p
    units::count context = 1;  ///< c
    units::count data = 1;     ///< d
    units::count expert = 1;   ///< e, of the ranks that share a stage; dense models heed it not
    /// t_e, ranks among which each expert is divided, at most t; unknown: t, as in Megatron-Core. t_e e divides t c d: where t_e is
    /// less than t, experts are spread over tensor-parallel ranks too.
    maybe<units::count> expert_tensor{};
    units::count virtual_stages = 1; ///< v, of each pipeline rank (interleaving)
    units::count micro_batch = 1;    ///< b, sequences of one data-parallel rank
    bool sequence_parallel = false;
    uonaco::recompute recompute = uonaco::recompute::none;
    uonaco::sharding sharding = uonaco::sharding::none;

    constexpr units::count devices() const { return tensor * pipeline * context * data; }
    friend constexpr bool operator==(const parallel_plan&, const parallel_plan&) = default;
};

} // namespace uonaco::inline UONACO_ABI
