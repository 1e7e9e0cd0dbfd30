// SPDX-License-Identifier: Apache-2.0
// A reservation's life, and which step may follow which.
#pragma once

#include "../base/enum_names.hpp"

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

} // namespace uonaco::inline UONACO_ABI
