// SPDX-License-Identifier: Apache-2.0
// 400_Gbps, 7_ms, 2.5_usd_per_h: quantities as they are spoken. `using namespace uonaco::literals;`
#pragma once

#include "kinds.hpp"

namespace uonaco::inline UONACO_ABI::inline literals {

#define UONACO_LITERAL(name, type, factor)                                                                             \
    constexpr units::type operator""_##name(long double x) {                                                           \
        return units::type::from_si(static_cast<double>(x) * (factor));                                                \
    }                                                                                                                  \
    constexpr units::type operator""_##name(unsigned long long x) {                                                    \
        return units::type::from_si(static_cast<double>(x) * (factor));                                                \
    }

UONACO_LITERAL(ns, latency, 1e-9)
UONACO_LITERAL(us, latency, 1e-6)
UONACO_LITERAL(ms, latency, 1e-3)
UONACO_LITERAL(s, duration, 1.0)
UONACO_LITERAL(min, duration, 60.0)
UONACO_LITERAL(h, duration, 3600.0)
UONACO_LITERAL(d, duration, 86400.0)
UONACO_LITERAL(per_s, frequency, 1.0)
UONACO_LITERAL(kbps, bit_rate, 1e3)
UONACO_LITERAL(Mbps, bit_rate, 1e6)
UONACO_LITERAL(Gbps, bit_rate, 1e9)
UONACO_LITERAL(Tbps, bit_rate, 1e12)
UONACO_LITERAL(GBps, memory_rate, 8e9)
UONACO_LITERAL(TBps, memory_rate, 8e12)
UONACO_LITERAL(KiB, memory, units::kinds::gibibyte / 1048576)
UONACO_LITERAL(MiB, memory, units::kinds::gibibyte / 1024)
UONACO_LITERAL(GiB, memory, units::kinds::gibibyte)
UONACO_LITERAL(TiB, memory, units::kinds::gibibyte * 1024)
UONACO_LITERAL(kB, volume, 8e3)
UONACO_LITERAL(MB, volume, 8e6)
UONACO_LITERAL(GB, volume, 8e9)
UONACO_LITERAL(TB, volume, 8e12)
UONACO_LITERAL(PB, volume, 8e15)
UONACO_LITERAL(TFLOPS, flops, 1e12)
UONACO_LITERAL(PFLOPS, flops, 1e15)
UONACO_LITERAL(TFLOP, work, 1e12)
UONACO_LITERAL(PFLOP, work, 1e15)
UONACO_LITERAL(W, power, 1.0)
UONACO_LITERAL(kW, power, 1e3)
UONACO_LITERAL(MW, power, 1e6)
UONACO_LITERAL(kWh, energy, 3.6e6)
UONACO_LITERAL(MWh, energy, 3.6e9)
UONACO_LITERAL(W_per_Gbps, transport_energy, 1e-9)
UONACO_LITERAL(kg, carbon_mass, 1.0)
UONACO_LITERAL(g_per_kWh, carbon_intensity, 1e-3 / 3.6e6)
UONACO_LITERAL(usd, money, 1.0)
UONACO_LITERAL(usd_per_h, price_rate, 1.0 / 3600.0)
UONACO_LITERAL(usd_per_kWh, energy_price, 1.0 / 3.6e6)
UONACO_LITERAL(usd_per_t, carbon_price, 1e-3)
UONACO_LITERAL(usd_per_Gbps_h, bandwidth_price, 1.0 / 3.6e12)
UONACO_LITERAL(usd_per_GB, volume_price, 1.0 / 8e9)
UONACO_LITERAL(m, distance, 1.0)
UONACO_LITERAL(km, distance, 1e3)
#undef UONACO_LITERAL

} // namespace uonaco::inline UONACO_ABI::inline literals
