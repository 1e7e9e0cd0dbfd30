// SPDX-License-Identifier: Apache-2.0
// A reservation: what one workload holds of the estate from when to when; its life, and which step may follow which.
#pragma once

#include "decision.hpp"

namespace uonaco::inline UONACO_ABI {

enum class reservation_state : unsigned char {
    requested,
    offered,
    held,
    committed,
    provisioning,
    active,
    adjusting,
    releasing,
    released,
    failed,
    expired,
    cancelled
};
template <>
inline constexpr names enum_names<reservation_state>{"requested",    "offered", "held",      "committed",
                                                     "provisioning", "active",  "adjusting", "releasing",
                                                     "released",     "failed",  "expired",   "cancelled"};

/// True if a reservation may go from one state to the other in one step.
constexpr bool may_follow(reservation_state from, reservation_state to) {
    using enum reservation_state;
    struct transition {
        reservation_state from, to;
    };
    constexpr transition known[] = {
        {requested, offered},   {requested, held},      {requested, failed},   {requested, cancelled},
        {offered, held},        {offered, expired},     {offered, cancelled},  {held, committed},
        {held, expired},        {held, cancelled},      {held, failed},        {committed, provisioning},
        {committed, active},    {committed, cancelled}, {committed, failed},   {provisioning, active},
        {provisioning, failed}, {active, adjusting},    {active, releasing},   {active, failed},
        {adjusting, active},    {adjusting, failed},    {releasing, released}, {releasing, failed},
    };
    for (const transition& t : known)
        if (t.from == from && t.to == to) return true;
    return false;
}

/// One workload's part of the estate over [start, end), by the estate's ids; what a transfer stored stays. The envelope's generation is
/// its version: raised with every step of its life.
struct reservation {
    reservation_id id{};
    envelope meta{};
    workload_id workload{};
    decision_id decision{}; ///< that asked for it
    reservation_state state = reservation_state::requested;
    units::instant start{};
    units::instant end{};
    maybe<units::instant> held_until{}; ///< when what is offered or held lapses
    std::vector<assignment> assignments{};
    std::vector<network_step> network{};
    storage_id storage{}; ///< that a transfer fills; empty: none, or one that the estate does not list
    units::volume stored{};
    std::string reason{}; ///< of what failed

    friend bool operator==(const reservation&, const reservation&) = default;
};

} // namespace uonaco::inline UONACO_ABI
