// SPDX-License-Identifier: Apache-2.0
// What is asked: one workload of four families, with its limits and what time is worth to it.
#pragma once

#include "inference.hpp"
#include "session.hpp"
#include "training.hpp"
#include "transfer.hpp"

#include "../record/device_type.hpp"
#include "../record/envelope.hpp"
#include "../record/protection.hpp"

#include <variant>

namespace uonaco::inline UONACO_ABI {

/// The devices a workload can run on.
struct device_need {
    uonaco::device_type type = uonaco::device_type::gpu;
    std::vector<std::string> models{}; ///< any of these; empty: any of the type
    units::count count = 0;            ///< requested; more are of no use
    maybe<units::count> min_count{};   ///< elastic down to so many; unknown: not elastic
    maybe<units::memory> min_memory{}; ///< per device
    bool one_model = true;             ///< all devices of a placement are of one model

    friend bool operator==(const device_need&, const device_need&) = default;
    constexpr units::count least() const { return min_count.value_or(count); }
};

/// Where it may run, and whom or what it must be near to. Allowed and denied are the sites where devices are taken and where data
/// is brought to. They say nothing of where data and users are already, nor of sites that a connection only passes through: what
/// traffic meets on its way is the matter of workload::security.
struct locality {
    std::vector<site_id> allowed_sites{}; ///< empty: any
    std::vector<site_id> denied_sites{};
    site_id user_site{};        ///< where requests come from
    units::count max_sites = 8; ///< spread over at most so many

    friend bool operator==(const locality&, const locality&) = default;
};

/// Hard limits. Unknown: no limit.
struct limits {
    maybe<units::instant> earliest_start{};
    maybe<units::duration> deadline{}; ///< from submission to completion
    maybe<units::money> budget{};
    maybe<units::carbon_mass> carbon{};
    maybe<units::power> power{};        ///< of the whole placement, IT side
    maybe<units::ratio> availability{}; ///< at least

    friend constexpr bool operator==(const limits&, const limits&) = default;
};

/// Exactly one task; all else is common to the families.
struct workload {
    workload_id id{};
    envelope meta{};
    std::string name{};
    units::count priority = 3; ///< 0 highest to 7
    device_need devices{};
    uonaco::locality locality{};
    uonaco::limits limits{};
    uonaco::security
        security{}; ///< asked of every site that it runs at, and of those, and links between, that its data and
                    ///< requests leave, take or reach
    maybe<units::price_rate>
        value_of_time{}; ///< what an hour less is worth; unknown: the market rental of the devices requested
    std::variant<training, inference, transfer, session> task{};

    friend bool operator==(const workload&, const workload&) = default;
};

} // namespace uonaco::inline UONACO_ABI
