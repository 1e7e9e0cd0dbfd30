// SPDX-License-Identifier: Apache-2.0
// A path that the network offers or has provisioned between two sites, with the figures of the whole of it.
#pragma once

#include "wan_link.hpp"

#include "../record/network_action.hpp"

namespace uonaco::inline UONACO_ABI {

/// What a controller tells a scheduler that is not shown its links one by one (an ALTO endpoint cost, an ACTN VN member). An estate has
/// links, and paths are searched in it; this is how one of them goes out.
struct wan_path {
    path_id id{};
    envelope meta{};
    site_id src_site{};
    site_id dst_site{};
    network_action action = network_action::use; ///< what makes it: use, resize or create
    network_layer layer = network_layer::otn;
    std::vector<network_layer> adapted_layers{}; ///< of links that are of another: nodes adapt between them
    std::vector<link_id> links{};                ///< in order
    circuit_id circuit{};                        ///< in service, that it uses or resizes
    units::bit_rate rate{};                      ///< at most: of its links the least
    units::latency latency{};                    ///< one way, links and what each node adds
    maybe<units::latency> jitter{};
    maybe<units::ratio> loss{};
    maybe<units::ratio> availability{};
    std::vector<units::count> srlgs{};   ///< of all its links
    std::vector<link_id> shared_links{}; ///< of its own, those that other paths on offer take from too
    maybe<units::duration> lead_time{};
    maybe<units::money> set_up_fee{};
    maybe<units::bandwidth_price> price{};
    bool hitless = false; ///< traffic goes on while it is made
    path_id backup{};     ///< the path that protects it

    friend bool operator==(const wan_path&, const wan_path&) = default;
};

} // namespace uonaco::inline UONACO_ABI
