// SPDX-License-Identifier: Apache-2.0
// Devices of one kind at one site.
#pragma once

#include "accelerator.hpp"

#include "../record/envelope.hpp"

namespace uonaco::inline UONACO_ABI {

/// Accelerators or processors that are alike and let together. What a known model's facts say need not be stated.
struct compute_pool {
    pool_id id{};
    envelope meta{};
    site_id site{};
    uonaco::device_type device_type = uonaco::device_type::gpu;
    std::string model{}; ///< a name of the accelerator table, or any other
    units::count total_count = 0;
    units::count free_count = 0;   ///< at most total_count
    peak_flops peak{};             ///< dense, per device
    maybe<units::memory> memory{}; ///< per device, as are all below
    maybe<units::memory_rate> memory_rate{};
    maybe<units::memory_rate> interconnect_rate{};
    maybe<units::bit_rate> nic_rate{};      ///< to other nodes, one direction
    maybe<units::count> devices_per_node{}; ///< that the interconnect joins
    maybe<units::ratio> mfu{};              ///< sustained share of the peak in training
    maybe<units::ratio> utilization{};
    maybe<units::duration> queue_wait{}; ///< until devices asked now are handed over
    maybe<units::power> idle_power{};
    maybe<units::power> max_power{};
    maybe<units::power> host_power{}; ///< a device's share of processors, fans and interfaces of its server
    maybe<units::price_rate> price{}; ///< rental of one device
    /// The same once every device is taken; between, in proportion to the share taken. Unknown: `price` whatever is taken.
    maybe<units::price_rate> full_price{};
    bool price_includes_energy = false;
    maybe<units::duration> mtbf{}; ///< of one device with its share of the server
    maybe<units::ratio> availability{};

    friend bool operator==(const compute_pool&, const compute_pool&) = default;
};

} // namespace uonaco::inline UONACO_ABI
