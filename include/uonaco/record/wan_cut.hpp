// SPDX-License-Identifier: Apache-2.0
// Which dimension of parallelism crosses the network between sites.
#pragma once

#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

/// data: each site has the whole model and its share of the batch, gradients cross. pipeline: each site has its share of the layers,
/// in the order of a candidate's shares, and activations cross.
enum class wan_cut : unsigned char { data, pipeline };
template <>
inline constexpr names enum_names<wan_cut>{"data", "pipeline"};

} // namespace uonaco::inline UONACO_ABI
