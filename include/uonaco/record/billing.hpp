// SPDX-License-Identifier: Apache-2.0
// What a bill counts.
#pragma once

#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

enum class billing : unsigned char { duration, volume, both };
template <>
inline constexpr names enum_names<billing>{"duration", "volume", "both"};

} // namespace uonaco::inline UONACO_ABI
