// SPDX-License-Identifier: Apache-2.0
// The ways in which a well-formed question can have a negative answer.
#pragma once

#include "config.hpp"

namespace uonaco::inline UONACO_ABI {

/// Values are part of the interface: never renumbered, new ones are appended.
enum class errc : unsigned char {
    none = 0,
    not_found = 1,           ///< an id names nothing in the snapshot
    unreachable = 2,         ///< no path joins two sites
    no_candidate = 3,        ///< the workload's own limits leave nothing to choose from
    over_capacity = 4,       ///< devices, rate or storage are not free in the amount asked
    memory_does_not_fit = 5, ///< model state and activations exceed device memory
    over_budget = 6,
    past_deadline = 7,
    over_power = 8,
    slo_missed = 9,
    locality = 10,      ///< a site is denied, or not among the allowed ones
    isolation = 11,     ///< encryption or tenant isolation is weaker than asked
    overloaded = 12,    ///< arrivals exceed the service rate: no steady state
    unknown_value = 13, ///< a value that the objective must have is not known
    too_many = 14,      ///< more sites or candidates than the type holds
    unavailable = 15,   ///< availability below the required one
    carbon_limit = 16,
    objective_limit = 17, ///< a hard limit that the objective states
    out_of_range = 18,    ///< a figure is outside of what its kind can be, or of what a double can hold
};

/// A short phrase in the field's words; exhaustive.
constexpr const char* to_string(errc e) {
    switch (e) {
    case errc::none: return "none";
    case errc::not_found: return "not found";
    case errc::unreachable: return "unreachable";
    case errc::no_candidate: return "no candidate";
    case errc::over_capacity: return "over capacity";
    case errc::memory_does_not_fit: return "memory does not fit";
    case errc::over_budget: return "over budget";
    case errc::past_deadline: return "past deadline";
    case errc::over_power: return "over power limit";
    case errc::slo_missed: return "SLO missed";
    case errc::locality: return "locality not met";
    case errc::isolation: return "isolation or encryption not met";
    case errc::overloaded: return "overloaded";
    case errc::unknown_value: return "needed value unknown";
    case errc::too_many: return "too many";
    case errc::unavailable: return "availability below the required one";
    case errc::carbon_limit: return "over carbon limit";
    case errc::objective_limit: return "over a limit of the objective";
    case errc::out_of_range: return "figure out of range";
    }
    return "none";
}

} // namespace uonaco::inline UONACO_ABI
