// SPDX-License-Identifier: Apache-2.0
// A scoring profile: what ranks, what carbon is worth, and how a cost becomes a score when it is exported.
#pragma once

#include "term_kind.hpp"

#include "../record/envelope.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// What is minimised. `full_cost` is the default objective.
enum class preset : unsigned char { full_cost, fastest, cheapest, greenest, balanced };
template <>
inline constexpr names enum_names<preset>{"full_cost", "fastest", "cheapest", "greenest", "balanced"};

/// How a cost is brought to 0..1, higher better (RFC 10053 asks that it be selectable).
enum class normalization : unsigned char { minmax, sigmoid, zscore };
template <>
inline constexpr names enum_names<normalization>{"minmax", "sigmoid", "zscore"};

/// One term of an objective. Reference, worst, bound and tolerance are in the exchange unit of the figure: s, us for the times of
/// tokens, usd, kwh, kg, w, or a plain number.
struct profile_term {
    term_kind term = term_kind::full_cost;
    term_role role = term_role::term;
    units::factor weight = 1.0;       ///< of soft ones: for each reference of excess; of no meaning for hard ones
    maybe<units::factor> reference{}; ///< what costs 1; as the term ships if absent
    maybe<on_unknown> unknown{};      ///< as the term ships if absent
    maybe<units::factor> worst{};     ///< stands in for an unknown figure where that is penalised
    maybe<units::factor> bound{};     ///< of soft and hard ones
    maybe<units::factor> tolerance{}; ///< lexicographic: figures within one step of it count as equal

    friend bool operator==(const profile_term&, const profile_term&) = default;
};

struct scoring_profile {
    profile_id id{};
    envelope meta{};
    uonaco::preset preset = uonaco::preset::full_cost;                   ///< unless there are terms
    std::vector<profile_term> terms{};                                   ///< in order
    uonaco::aggregation aggregation = uonaco::aggregation::weighted_sum; ///< of the terms
    units::carbon_price carbon_price{};                                  ///< in the full cost
    uonaco::normalization normalization = uonaco::normalization::minmax;

    friend bool operator==(const scoring_profile&, const scoring_profile&) = default;
};

} // namespace uonaco::inline UONACO_ABI
