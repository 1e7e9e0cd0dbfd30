// SPDX-License-Identifier: Apache-2.0
// The served model: what inference and sessions have in common.
#pragma once

#include "../record/precision.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

struct language_model {
    units::count parameters = 0;
    maybe<units::count> active_parameters{};               ///< of a mixture of experts; unknown: all
    uonaco::precision precision = uonaco::precision::bf16; ///< of weights and products
    units::memory kv_per_token{};                          ///< 2 x layers x kv heads x head width x bytes
    units::count devices_per_replica = 1;                  ///< tensor-parallel width
    units::count max_batch = 256;                          ///< sequences decoded together

    friend constexpr bool operator==(const language_model&, const language_model&) = default;
};

} // namespace uonaco::inline UONACO_ABI
