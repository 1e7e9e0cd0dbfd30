// SPDX-License-Identifier: Apache-2.0
// The served model: what inference and sessions have in common.
#pragma once

#include "transformer.hpp"

#include "../record/precision.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

struct language_model {
    units::count parameters = 0;
    maybe<units::count> active_parameters{};               ///< of a mixture of experts; unknown: all
    uonaco::precision precision = uonaco::precision::bf16; ///< of weights and products
    units::memory kv_per_token{};                          ///< 2 x layers x kv heads x head width x bytes
    units::count devices_per_replica = 1;                  ///< tensor-parallel width
    units::count max_batch = 256;                          ///< sequences decoded together
    maybe<transformer> shape{}; ///< known: replicas are worked out iteration by iteration; unknown: from the parameters
    std::string stack{};        ///< serving software, a name of serving_stack.hpp; empty: the default one

    friend constexpr bool operator==(const language_model&, const language_model&) = default;
};

} // namespace uonaco::inline UONACO_ABI
