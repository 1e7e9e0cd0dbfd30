// SPDX-License-Identifier: Apache-2.0
// A place with power and a roof: where pools, storage and the ends of links are.
#pragma once

#include "../record/envelope.hpp"
#include "../record/protection.hpp"

namespace uonaco::inline UONACO_ABI {

/// How near to users and how large.
enum class tier : unsigned char { core, regional, edge };
template <>
inline constexpr names enum_names<tier>{"core", "regional", "edge"};

/// WGS84, degrees.
struct location {
    double lat = 0.0;
    double lon = 0.0;
    friend constexpr bool operator==(location, location) = default;
};

/// An AI data centre, a cloud region, an edge room. Also a node of the network, under the same id.
struct site {
    site_id id{};
    envelope meta{};
    std::string name{};
    std::string provider{};
    std::string country{}; ///< ISO 3166-1 alpha-2
    uonaco::tier tier = uonaco::tier::core;
    maybe<uonaco::location> location{};
    std::string grid_zone{};           ///< the zone whose power_state holds here if the site has none of its own
    maybe<units::factor> pue{};        ///< facility energy over IT energy (ISO/IEC 30134-2), annual; 1 or more
    maybe<units::power> power_limit{}; ///< what the IT load may draw
    maybe<units::power> power_draw{};  ///< what it draws now
    maybe<units::ratio> availability{};
    std::vector<units::count> srlgs{}; ///< shared-risk groups: a feeder, a river
    uonaco::security security{};

    friend bool operator==(const site&, const site&) = default;
};

/// A node of the network where nothing is computed: an amplifier hut, an exchange, a ROADM.
struct network_node {
    node_id id{};
    envelope meta{};
    std::string name{};
    maybe<uonaco::location> location{};

    friend bool operator==(const network_node&, const network_node&) = default;
};

} // namespace uonaco::inline UONACO_ABI
