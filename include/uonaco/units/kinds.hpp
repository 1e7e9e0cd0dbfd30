// SPDX-License-Identifier: Apache-2.0
// The kinds: what each measures, its exchange unit (JSON key suffix) and the prefixes it is printed with.
#pragma once

#include "quantity.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// One way to print: values from `factor` (SI) on are shown in `symbol`.
struct scale {
    double factor;
    const char* symbol;
};

namespace kinds {
inline constexpr dimension time{.time = 1};
inline constexpr dimension data{.data = 1};
inline constexpr dimension flop{.flop = 1};
inline constexpr dimension joule{.energy = 1};
inline constexpr dimension currency{.money = 1};
inline constexpr dimension kilogram{.carbon = 1};
inline constexpr dimension metre{.length = 1};

inline constexpr double hour = 3600.0;
inline constexpr double kwh = 3.6e6;
inline constexpr double byte = 8.0;
inline constexpr double gibibyte = 8.0 * 1024 * 1024 * 1024;

#define UONACO_KIND(name, dimension_, exchange_, suffix_, ...)                                                         \
    struct name {                                                                                                      \
        static constexpr dimension dim = dimension_;                                                                   \
        static constexpr double exchange = exchange_;                                                                  \
        static constexpr const char* suffix = suffix_;                                                                 \
        static constexpr scale scales[] = {__VA_ARGS__};                                                               \
    };

UONACO_KIND(duration, time, 1.0, "s", {1e-9, "ns"}, {1e-6, "us"}, {1e-3, "ms"}, {1.0, "s"}, {120.0, "min"},
            {2 * hour, "h"}, {72 * hour, "d"})
UONACO_KIND(latency, time, 1e-6, "us", {1e-9, "ns"}, {1e-6, "us"}, {1e-3, "ms"}, {1.0, "s"})
UONACO_KIND(frequency, one / time, 1.0, "per_s", {1.0 / hour, "/h"}, {1.0, "/s"}, {1e3, "k/s"}, {1e6, "M/s"})
UONACO_KIND(bit_rate, data / time, 1e9, "gbps", {1.0, "b/s"}, {1e3, "kb/s"}, {1e6, "Mb/s"}, {1e9, "Gb/s"},
            {1e12, "Tb/s"}, {1e15, "Pb/s"})
UONACO_KIND(memory_rate, data / time, byte * 1e9, "gbytes_per_s", {byte, "B/s"}, {byte * 1e3, "kB/s"},
            {byte * 1e6, "MB/s"}, {byte * 1e9, "GB/s"}, {byte * 1e12, "TB/s"}, {byte * 1e15, "PB/s"})
UONACO_KIND(memory, data, gibibyte, "gib", {byte, "B"}, {byte * 1024, "KiB"}, {byte * 1048576, "MiB"},
            {gibibyte, "GiB"}, {gibibyte * 1024, "TiB"}, {gibibyte * 1048576, "PiB"})
UONACO_KIND(volume, data, byte * 1e9, "gb", {byte, "B"}, {byte * 1e3, "kB"}, {byte * 1e6, "MB"}, {byte * 1e9, "GB"},
            {byte * 1e12, "TB"}, {byte * 1e15, "PB"}, {byte * 1e18, "EB"})
UONACO_KIND(flops, flop / time, 1e12, "tflops", {1e9, "GFLOPS"}, {1e12, "TFLOPS"}, {1e15, "PFLOPS"}, {1e18, "EFLOPS"},
            {1e21, "ZFLOPS"}, {1e24, "YFLOPS"}, {1e27, "RFLOPS"}, {1e30, "QFLOPS"})
UONACO_KIND(work, flop, 1e15, "pflop", {1e9, "GFLOP"}, {1e12, "TFLOP"}, {1e15, "PFLOP"}, {1e18, "EFLOP"},
            {1e21, "ZFLOP"}, {1e24, "YFLOP"}, {1e27, "RFLOP"}, {1e30, "QFLOP"})
UONACO_KIND(power, joule / time, 1.0, "w", {1e-3, "mW"}, {1.0, "W"}, {1e3, "kW"}, {1e6, "MW"}, {1e9, "GW"})
UONACO_KIND(energy, joule, kwh, "kwh", {3.6, "mWh"}, {3600.0, "Wh"}, {kwh, "kWh"}, {kwh * 1e3, "MWh"},
            {kwh * 1e6, "GWh"}, {kwh * 1e9, "TWh"})
UONACO_KIND(transport_energy, joule / data, 1e-9, "w_per_gbps", {1e-12, "pJ/bit"}, {1e-9, "nJ/bit"}, {1e-6, "uJ/bit"})
UONACO_KIND(carbon_mass, kilogram, 1.0, "kg", {1e-3, "g CO2e"}, {1.0, "kg CO2e"}, {1e3, "t CO2e"}, {1e6, "kt CO2e"})
UONACO_KIND(carbon_intensity, kilogram / joule, 1e-3 / kwh, "g_per_kwh", {1e-3 / kwh, "g/kWh"})
UONACO_KIND(money, currency, 1.0, "usd", {1.0, "USD"}, {1e4, "k USD"}, {1e7, "M USD"})
UONACO_KIND(price_rate, currency / time, 1.0 / hour, "usd_per_h", {1.0 / hour, "USD/h"})
UONACO_KIND(energy_price, currency / joule, 1.0 / kwh, "usd_per_kwh", {1.0 / kwh, "USD/kWh"})
UONACO_KIND(carbon_price, currency / kilogram, 1e-3, "usd_per_t", {1e-3, "USD/t"})
UONACO_KIND(bandwidth_price, currency / data, 1.0 / (1e9 * hour), "usd_per_gbps_h",
            {1.0 / (1e9 * hour), "USD/(Gb/s h)"})
UONACO_KIND(volume_price, currency / data, 1.0 / (byte * 1e9), "usd_per_gb", {1.0 / (byte * 1e9), "USD/GB"})
UONACO_KIND(distance, metre, 1e3, "km", {1.0, "m"}, {1e3, "km"})
UONACO_KIND(ratio, one, 1.0, "ratio", {1.0, ""})
UONACO_KIND(factor, one, 1.0, "", {1.0, ""})
#undef UONACO_KIND
} // namespace kinds

using duration = quantity<kinds::duration>;
using latency = quantity<kinds::latency>;     ///< one way unless said otherwise
using frequency = quantity<kinds::frequency>; ///< requests, tokens or sessions per second
using bit_rate = quantity<kinds::bit_rate>;
using memory_rate = quantity<kinds::memory_rate>;
using memory = quantity<kinds::memory>;
using volume = quantity<kinds::volume>;
using flops = quantity<kinds::flops>; ///< dense; sparsity is a factor
using work = quantity<kinds::work>;
using power = quantity<kinds::power>;
using energy = quantity<kinds::energy>;
using transport_energy = quantity<kinds::transport_energy>;
using carbon_mass = quantity<kinds::carbon_mass>;
using carbon_intensity = quantity<kinds::carbon_intensity>;
using money = quantity<kinds::money>; ///< in the estate's currency, which keys call usd
using price_rate = quantity<kinds::price_rate>;
using energy_price = quantity<kinds::energy_price>;
using carbon_price = quantity<kinds::carbon_price>;
using bandwidth_price = quantity<kinds::bandwidth_price>;
using volume_price = quantity<kinds::volume_price>;
using distance = quantity<kinds::distance>;
using ratio = quantity<kinds::ratio>; ///< 0..1
using factor = quantity<kinds::factor>;
using count = long long; ///< devices, tokens, requests, steps

/// The value in the kind's exchange unit (gbps, us, usd_per_h, ...), and back.
template <class K>
constexpr double in_exchange_unit(quantity<K> q) {
    return q.si() / K::exchange;
}
template <class Q>
constexpr Q from_exchange_unit(double x) {
    return Q::from_si(x * Q::kind::exchange);
}

} // namespace uonaco::inline UONACO_ABI::units

namespace uonaco::inline UONACO_ABI {
/// A pure number with a Rep: what a term may return besides a quantity.
template <class Rep>
using scalar = quantity<units::kinds::factor, Rep>;
} // namespace uonaco::inline UONACO_ABI
