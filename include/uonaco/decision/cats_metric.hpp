// SPDX-License-Identifier: Apache-2.0
// A metric as components of CATS exchange it (RFC 10053, draft-ietf-cats-metric-definition).
#pragma once

#include "../record/envelope.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

using cats_metric_id = id<struct cats_metric_tag>;

/// L0 raw, with a unit; L1 a score for each category; L2 one score in all.
enum class cats_level : unsigned char { raw, category, single };
template <>
inline constexpr names enum_names<cats_level>{"L0", "L1", "L2"};

/// How the value is encoded: unsigned integer or IEEE 754.
enum class cats_number : unsigned char { integer, real };
template <>
inline constexpr names enum_names<cats_number>{"int", "float"};

/// The standard of an encoding, where the format alone does not say it.
enum class cats_format_std : unsigned char { ieee_754, ascii };
template <>
inline constexpr names enum_names<cats_format_std>{"ieee_754", "ascii"};

/// The draft's, and three more that its raw metrics need: it states delays in us itself. Prefixes are powers of ten.
enum class cats_unit : unsigned char {
    none,
    mhz,
    ghz,
    byte,
    kbyte,
    mbyte,
    gbyte,
    bps,
    kbps,
    mbps,
    gbps,
    tbps,
    tflops,
    us,
    percent,
    watt
};
template <>
inline constexpr names enum_names<cats_unit>{"none", "mhz",  "ghz",  "byte", "kbyte",  "mbyte", "gbyte",   "bps",
                                             "kbps", "mbps", "gbps", "tbps", "tflops", "us",    "percent", "w"};

/// Where a value comes from; several may hold.
enum class cats_source : unsigned char { nominal, estimation, measured, normalization, aggregation };
template <>
inline constexpr names enum_names<cats_source>{"nominal", "estimation", "directly measured", "normalization",
                                               "aggregation"};

enum class cats_statistic : unsigned char { max, min, mean, cur };
template <>
inline constexpr names enum_names<cats_statistic>{"max", "min", "mean", "cur"};

/// The best score: the range of the draft's registry entries is 0 to 10, decimal and whole.
inline constexpr int cats_best_score = 10;

/// One figure of one service contact instance.
struct cats_metric {
    cats_metric_id id{};
    envelope meta{};
    std::string metric_type{}; ///< a label: "compute_norm", "norm_fi", or the name of a raw metric
    cats_level level = cats_level::single;
    cats_number format = cats_number::integer;
    maybe<cats_format_std> format_std{}; ///< unknown: the format says it
    units::count length = 1;             ///< octets of the value: 1, 2, 4, 8, 16, 32 or 64
    cats_unit unit = cats_unit::none;
    std::vector<cats_source> sources{};
    maybe<cats_statistic> statistics{};          ///< of raw metrics
    units::factor value{};                       ///< in the unit
    std::string cs_id{};                         ///< the service, wherever it is
    std::string csci_id{};                       ///< the instance: an address, a number, a name
    maybe<units::duration> measurement_window{}; ///< 10 s in the draft
    std::string profile{};                       ///< of scores: id of the scoring profile whose functions made them

    friend bool operator==(const cats_metric&, const cats_metric&) = default;
};

} // namespace uonaco::inline UONACO_ABI
