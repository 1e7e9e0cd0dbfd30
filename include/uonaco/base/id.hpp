// SPDX-License-Identifier: Apache-2.0
// Strong ids: a site's id never passes for a link's. Text is only declared here; whoever stores ids includes <string>.
#pragma once

#include "config.hpp"

#include <iosfwd>

namespace uonaco::inline UONACO_ABI {

/// The name of one record, unique among records of its kind. Matches [A-Za-z0-9][A-Za-z0-9._:/-]{0,127} when it came through io.
template <class Tag, class Text = std::string>
struct id {
    Text text{};

    constexpr id() = default;
    constexpr id(const char* t) : text(t) {}
    constexpr id(Text t) : text(static_cast<Text&&>(t)) {}

    constexpr bool empty() const { return text.empty(); }
    friend constexpr bool operator==(const id& a, const id& b) { return a.text == b.text; }
    friend constexpr bool operator!=(const id& a, const id& b) { return !(a.text == b.text); }
    friend constexpr bool operator<(const id& a, const id& b) { return a.text < b.text; }
};

using site_id = id<struct site_tag>;
using node_id = id<struct node_tag>; ///< a site is a node of the network under its own id
using pool_id = id<struct pool_tag>;
using storage_id = id<struct storage_tag>;
using dataset_id = id<struct dataset_tag>;
using link_id = id<struct link_tag>;
using span_id = id<struct span_tag>;
using circuit_id = id<struct circuit_tag>;
using path_id = id<struct path_tag>;
using tariff_id = id<struct tariff_tag>;
using workload_id = id<struct workload_tag>;
using power_id = id<struct power_tag>;
using risk_id = id<struct risk_tag>;
using profile_id = id<struct profile_tag>;
using decision_id = id<struct decision_tag>;
using reservation_id = id<struct reservation_tag>;

/// A row number in one table of a snapshot: what ids become once they are looked up.
template <class Tag>
struct row {
    static constexpr unsigned none = ~0u;
    unsigned value = none;

    constexpr explicit operator bool() const { return value != none; }
    friend constexpr bool operator==(row a, row b) { return a.value == b.value; }
    friend constexpr bool operator<(row a, row b) { return a.value < b.value; }
};

} // namespace uonaco::inline UONACO_ABI
