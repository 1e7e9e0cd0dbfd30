// SPDX-License-Identifier: Apache-2.0
// The decision record: what was chosen for one workload, what it yields and costs, and why it and not another.
#pragma once

#include "candidate.hpp"
#include "outcome.hpp"

#include "../base/errc.hpp"
#include "../record/envelope.hpp"

namespace uonaco::inline UONACO_ABI {

enum class placement_status : unsigned char { placed, rejected };
template <>
inline constexpr names enum_names<placement_status>{"placed", "rejected"};

/// Devices of one pool.
struct assignment {
    pool_id pool{};
    site_id site{};
    units::count devices = 0;
    units::ratio share{}; ///< of the work

    friend bool operator==(const assignment&, const assignment&) = default;
};

/// What the network is asked to do.
struct network_step {
    network_action action = network_action::none;
    site_id src_site{};
    site_id dst_site{};
    std::vector<link_id> links{};
    units::bit_rate rate{};
    maybe<units::duration> lead_time{};

    friend bool operator==(const network_step&, const network_step&) = default;
};

/// One part of the objective.
struct contribution {
    std::string term{};
    units::factor weight = 1.0;
    units::factor
        cost{}; ///< weighted; the objective is the sum over all, of a geometric mean its logarithm, or the largest
    std::string detail{}; ///< in the field's units

    friend bool operator==(const contribution&, const contribution&) = default;
};

/// One hard limit: met if the margin is not negative.
struct constraint_check {
    std::string constraint{};
    bool satisfied = true;
    units::factor margin{}; ///< left of the limit, relative to it; negative: by how much it fails

    friend bool operator==(const constraint_check&, const constraint_check&) = default;
};

/// What was left behind, in short.
struct alternative {
    std::string description{};
    std::vector<assignment> assignments{};
    std::vector<network_step> network{};
    maybe<wan_cut> cut{}; ///< of a training over several sites
    units::factor objective{};
    maybe<units::ratio> score{};
    units::money full_cost{};
    units::duration completion{};

    friend bool operator==(const alternative&, const alternative&) = default;
};

/// Printed by `place`, read by whoever carries it out.
struct decision {
    decision_id id{};
    envelope meta{};
    workload_id workload{};
    profile_id profile{};
    std::string heuristic{};
    units::count seed = 0;
    placement_status status = placement_status::rejected;
    std::string reason{};      ///< of a rejection: what failed and by how much
    std::string description{}; ///< "512 x H100 SXM at paris + 512 at oslo, create 400 Gb/s"
    std::vector<assignment> assignments{};
    std::vector<network_step> network{};
    maybe<wan_cut> cut{};             ///< of a training over several sites: what crosses the network
    maybe<units::factor> objective{}; ///< unknown: rejected
    maybe<units::ratio> score{};      ///< 0..1, higher is better, within this one and its alternatives
    maybe<uonaco::outcome<double>> outcome{};
    maybe<units::price_rate> value_of_time{};
    std::vector<contribution> contributions{};
    std::vector<constraint_check> constraints{};
    std::vector<alternative> alternatives{};
    std::vector<std::string> explanation{}; ///< sentences, most important first
    std::vector<std::string> ignored{};     ///< what was not known and how that was dealt with
    units::count candidates_compared = 0;

    friend bool operator==(const decision&, const decision&) = default;
};

} // namespace uonaco::inline UONACO_ABI
