// SPDX-License-Identifier: Apache-2.0
// The classes of processor that work is placed on.
#pragma once

#include "../base/enum_names.hpp"

namespace uonaco::inline UONACO_ABI {

/// Redfish ProcessorType, as far as work is placed on it.
enum class device_type : unsigned char { cpu, gpu, npu, tpu, fpga, dsp, accelerator };
template <>
inline constexpr names enum_names<device_type>{"cpu", "gpu", "npu", "tpu", "fpga", "dsp", "accelerator"};

} // namespace uonaco::inline UONACO_ABI
