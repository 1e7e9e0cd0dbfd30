// SPDX-License-Identifier: Apache-2.0
// What ends a wave.
#pragma once

#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

/// A pluggable in a router or switch, or a slot of a transponder shelf with its share of the shelf.
enum class termination : unsigned char { zr_400, zr_400_target, zr_plus_400, zr_800, transponder_400 };
template <>
inline constexpr names enum_names<termination>{"400ZR", "400ZR target", "400ZR+", "800ZR", "400G transponder"};

} // namespace uonaco::inline UONACO_ABI
