// SPDX-License-Identifier: Apache-2.0
// Costs, lower better, as scores in 0..1, higher better: only for export, and only within one set of candidates.
#pragma once

#include "../base/math.hpp"
#include "../decision/profile.hpp"

namespace uonaco::inline UONACO_ABI {

/// RFC 10053's three functions over the costs of one set. minmax: best 1, worst 0. zscore: half, less a sixth for each standard
/// deviation above the mean, held to 0..1. sigmoid: 1 / (1 + e^z) of the same z. All equal: 1, or half with the other two. O(n).
UONACO_LAZY
std::vector<units::ratio> normalize(const std::vector<double>& costs, normalization how) {
    detail::later_t<std::vector<units::ratio>, UonacoLazy_> scores;
    if (costs.empty()) return scores;
    const double n = static_cast<double>(costs.size());
    double least = costs[0], most = costs[0], sum = 0.0;
    for (const double c : costs) {
        least = min(least, c);
        most = max(most, c);
        sum += c;
    }
    double squares = 0.0;
    for (const double c : costs) squares += (c - sum / n) * (c - sum / n);
    const double deviation = math::sqrt(squares / n);
    for (const double c : costs) {
        const double z = deviation > 0 ? (c - sum / n) / deviation : 0.0;
        if (how == normalization::minmax)
            scores.push_back(most > least ? (most - c) / (most - least) : 1.0);
        else if (how == normalization::zscore)
            scores.push_back(max(0.0, min(1.0, 0.5 - z / 6)));
        else
            scores.push_back(1.0 / (1.0 + math::exp(z)));
    }
    return scores;
}

} // namespace uonaco::inline UONACO_ABI
