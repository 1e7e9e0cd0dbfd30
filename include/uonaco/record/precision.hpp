// SPDX-License-Identifier: Apache-2.0
// Number formats of accelerators, and how much room one number takes.
#pragma once

#include "../base/enum_names.hpp"
#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {

enum class precision : unsigned char { fp64, fp32, tf32, bf16, fp16, fp8, fp4, int8 };
inline constexpr int precision_count = 8;
template <>
inline constexpr names enum_names<precision>{"fp64", "fp32", "tf32", "bf16", "fp16", "fp8", "fp4", "int8"};

namespace detail {
inline constexpr double bits_of_precision[precision_count] = {64, 32, 32, 16, 16, 8, 4, 8};
} // namespace detail

/// Storage of one number (tf32 is stored in 32 bits).
constexpr units::memory size_of(precision p) {
    return units::memory::from_si(detail::bits_of_precision[static_cast<int>(p)]);
}

} // namespace uonaco::inline UONACO_ABI
