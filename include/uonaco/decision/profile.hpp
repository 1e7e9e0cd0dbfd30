// SPDX-License-Identifier: Apache-2.0
// A scoring profile: which preset ranks, what carbon is worth, and how a cost becomes a score when it is exported.
#pragma once

#include "../base/enum_names.hpp"
#include "../record/envelope.hpp"

namespace uonaco::inline UONACO_ABI {

/// What is minimised. `full_cost` is the default objective.
enum class preset : unsigned char { full_cost, fastest, cheapest, greenest, balanced };
template <>
inline constexpr names enum_names<preset>{"full_cost", "fastest", "cheapest", "greenest", "balanced"};

/// How a cost is brought to 0..1, higher better (RFC 10053 asks that it be selectable).
enum class normalization : unsigned char { minmax, sigmoid, zscore };
template <>
inline constexpr names enum_names<normalization>{"minmax", "sigmoid", "zscore"};

struct scoring_profile {
    profile_id id{};
    envelope meta{};
    uonaco::preset preset = uonaco::preset::full_cost;
    units::carbon_price carbon_price{}; ///< in the full cost
    uonaco::normalization normalization = uonaco::normalization::minmax;

    friend bool operator==(const scoring_profile&, const scoring_profile&) = default;
};

} // namespace uonaco::inline UONACO_ABI
