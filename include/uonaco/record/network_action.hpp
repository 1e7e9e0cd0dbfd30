// SPDX-License-Identifier: Apache-2.0
// What the network is asked to do for a connection.
#pragma once

#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

/// What the network does for a pair of sites.
enum class network_action : unsigned char { none, use, resize, create, teardown };
template <>
inline constexpr names enum_names<network_action>{"none", "use", "resize", "create", "teardown"};

} // namespace uonaco::inline UONACO_ABI
