// SPDX-License-Identifier: Apache-2.0
// What a figure of a kind can be: the bounds that records and features are held to.
#pragma once

#include "kinds.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// 0, or from `least` to `most`; where a figure may be negative, from -`most`.
struct magnitude {
    const char* suffix = ""; ///< of the kind; bounds are in its exchange unit
    double least = 0;
    double most = 0;
};

/// So far beyond all that exists that they exclude slips and attacks only, and so far within double that no formula over such
/// numbers leaves it.
inline constexpr magnitude magnitudes[] = {
    {"s", 1e-9, 1e10},                                                               // 300 years
    {"us", 1e-6, 1e16},          {"per_s", 1e-9, 1e12},         {"gbps", 1e-9, 1e9}, // from 1 bit/s
    {"gbytes_per_s", 1e-9, 1e9}, {"gib", 1e-10, 1e9},           {"gb", 1e-9, 1e15},  // from 1 byte
    {"tflops", 1e-6, 1e9},       {"pflop", 1e-15, 1e20},        {"w", 1e-6, 1e12},
    {"kwh", 1e-9, 1e15},         {"w_per_gbps", 1e-9, 1e6},     {"kg", 1e-9, 1e15},
    {"g_per_kwh", 1e-9, 1e6},    {"usd", 1e-9, 1e15},           {"usd_per_h", 1e-9, 1e12},
    {"usd_per_kwh", 0, 1e6}, // of either sign
    {"usd_per_t", 1e-9, 1e9},    {"usd_per_gbps_h", 1e-9, 1e9}, {"usd_per_gb", 1e-9, 1e9},
    {"km", 1e-6, 1e6}, // from 1 mm
    {"ratio", 1e-18, 1.0},
};
inline constexpr double most_counted = 1e12; ///< of anything that is counted, unless the member says otherwise

/// The bounds of a kind; `most` is 0 where it has none: pure numbers.
template <class Kind>
constexpr magnitude magnitude_of() {
    for (const magnitude& m : magnitudes) {
        int i = 0;
        while (m.suffix[i] == Kind::suffix[i] && m.suffix[i] != '\0') ++i;
        if (m.suffix[i] == Kind::suffix[i]) return m;
    }
    return {};
}

} // namespace uonaco::inline UONACO_ABI::units
