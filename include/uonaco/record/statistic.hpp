// SPDX-License-Identifier: Apache-2.0
// Which statistic of many observations a figure is.
#pragma once

#include "../base/config.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// In ALTO's words (RFC 9439 section 3.1): cur, min, max, mean, median, stddev, stdvar, or a percentile such as p95 or p99.9. Empty:
/// not stated.
struct statistic {
    std::string text{};

    statistic() = default;
    statistic(const char* t) : text(t) {}

    friend bool operator==(const statistic&, const statistic&) = default;
};

} // namespace uonaco::inline UONACO_ABI
