// SPDX-License-Identifier: Apache-2.0
// How far a figure is to be trusted.
#pragma once

#include "../base/enum_names.hpp"
#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// How it was come by (data-source-accuracy of ietf-power-and-energy; RFC 7460 eoPowerMeasurementCaliber is coarser).
enum class accuracy_method : unsigned char {
    unknown,
    estimated_static,   ///< from a data sheet
    estimated_historic, ///< from what was before
    estimated_learned,  ///< by a model that was trained
    measured
};
template <>
inline constexpr names enum_names<accuracy_method>{"unknown", "estimated_static", "estimated_historic",
                                                   "estimated_learned", "measured"};

struct accuracy {
    accuracy_method method = accuracy_method::unknown;
    maybe<units::ratio> error{}; ///< relative to the figure, either way

    friend constexpr bool operator==(const accuracy&, const accuracy&) = default;
};

} // namespace uonaco::inline UONACO_ABI
