// SPDX-License-Identifier: Apache-2.0
// How a transport answers loss.
#pragma once

#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

/// Go-Back-N sends again all that was under way, selective repeat only what was lost.
enum class recovery : unsigned char { go_back_n, selective_repeat };
template <>
inline constexpr names enum_names<recovery>{"go_back_n", "selective_repeat"};

} // namespace uonaco::inline UONACO_ABI
