// SPDX-License-Identifier: Apache-2.0
// A metric as components of CATS exchange it (RFC 10053, draft-ietf-cats-metric-definition).
#pragma once

#include "../base/math.hpp"
#include "../reflect/record.hpp"
#include "../units/kinds.hpp"

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

/// One figure of one service contact instance.
struct cats_metric {
    cats_metric_id id{};
    envelope meta{};
    std::string metric_type{}; ///< a label: "compute_norm", "norm_fi", or the name of a raw metric
    cats_level level = cats_level::single;
    cats_number format = cats_number::integer;
    std::string format_std{}; ///< "ieee_754", "ascii"; empty where the format says it
    units::count length = 1;  ///< octets of the value: 1, 2, 4, 8, 16, 32 or 64
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

// clang-format off
UONACO_REFLECT(uonaco::cats_metric, "A metric of CATS: a raw figure or a score of one service contact instance",
    (id,                 "unique among metrics", required),
    (meta,               "envelope", flatten),
    (metric_type,        "its label: compute_norm, communication_norm, service_norm, composed_norm, norm_fi, or of a raw metric", required),
    (level,              "L0 raw, L1 a score for each category, L2 one score", required),
    (format,             "of the value", required),
    (format_std,         "the standard of the format, where the format alone does not say it"),
    (length,             "octets of the value: 1, 2, 4, 8, 16, 32 or 64", required, at_least(1), at_most(64)),
    (unit,               "of the value; none of scores", required),
    (sources,            "where the value comes from; several may hold"),
    (statistics,         "of raw metrics: over the measurement window"),
    (value,              "in the unit; of scores whole, 0 worst", required, at_least(-1e15), at_most(1e15)),
    (cs_id,              "the service, wherever it is"),
    (csci_id,            "the service contact instance: an address, a number, a name", required),
    (measurement_window, "over which it was measured; 10 s if absent", above(0)),
    (profile,            "of scores: the scoring profile whose functions made them"));
// clang-format on

namespace uonaco::inline UONACO_ABI {

template <class Broken>
void invariants(const cats_metric& m, const Broken& broken) {
    const long long n = m.length;
    broken((n & (n - 1)) == 0, "length", "1, 2, 4, 8, 16, 32 or 64");
    const double x = m.value.si();
    const bool natural = x >= 0 && x == math::floor(x);
    if (m.level == cats_level::raw) {
        if (m.format == cats_number::integer)
            broken(natural, "value", "a whole number, at least 0, where the format is int");
        return;
    }
    broken(m.format == cats_number::integer, "format", "\"int\": a score is a number without a fraction");
    broken(n == 1, "length", "1: a score is an octet");
    broken(m.unit == cats_unit::none, "unit", "\"none\": a score has no unit");
    broken(!m.statistics, "statistics", "none: a score is not measured");
    broken(natural && x <= 255, "value", "a whole number from 0 to 255");
}

} // namespace uonaco::inline UONACO_ABI
