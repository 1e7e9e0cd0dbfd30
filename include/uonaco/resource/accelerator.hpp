// SPDX-License-Identifier: Apache-2.0
// What one device of a known model can do.
#pragma once

#include "../record/device_type.hpp"
#include "../record/precision.hpp"
#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// Dense peak per precision: vendors' sparse figures are twice these and never stand here.
struct peak_flops {
    maybe<units::flops> fp64{};
    maybe<units::flops> fp32{};
    maybe<units::flops> tf32{};
    maybe<units::flops> bf16{};
    maybe<units::flops> fp16{};
    maybe<units::flops> fp8{};
    maybe<units::flops> fp4{};
    maybe<units::flops> int8{};

    friend constexpr bool operator==(const peak_flops&, const peak_flops&) = default;

    constexpr const maybe<units::flops>& at(precision p) const {
        constexpr maybe<units::flops> peak_flops::*fields[] = {&peak_flops::fp64, &peak_flops::fp32, &peak_flops::tf32,
                                                               &peak_flops::bf16, &peak_flops::fp16, &peak_flops::fp8,
                                                               &peak_flops::fp4,  &peak_flops::int8};
        return this->*fields[static_cast<int>(p)];
    }
};

/// Facts of one model, per device.
struct accelerator {
    const char* model = "";
    device_type type = device_type::gpu;
    peak_flops peak{};
    maybe<units::memory> memory{};
    maybe<units::memory_rate> memory_rate{};
    maybe<units::memory_rate> interconnect_rate{}; ///< scale-up, both directions together
    maybe<units::power> idle_power{};
    maybe<units::power> max_power{};
    const char* source = "";
};

} // namespace uonaco::inline UONACO_ABI
