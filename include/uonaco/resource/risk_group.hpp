// SPDX-License-Identifier: Apache-2.0
// What several things go down with: a duct, a bridge, a hut, the feeder of two sites.
#pragma once

#include "../record/envelope.hpp"

namespace uonaco::inline UONACO_ABI {

/// A shared-risk group (SRLG, RFC 8795 te-srlgs). What belongs to it names its number; how often it is up is said here, once.
struct risk_group {
    risk_id id{};
    envelope meta{};
    units::count srlg = 0;              ///< the number that spans, links and sites name
    maybe<units::ratio> availability{}; ///< of the group: the availability of what belongs to it has it inside

    friend bool operator==(const risk_group&, const risk_group&) = default;
};

} // namespace uonaco::inline UONACO_ABI
