// SPDX-License-Identifier: Apache-2.0
// How long a bit is under way: glass, and what stands along it; and how much that time varies.
#pragma once

#include "../base/math.hpp"
#include "../resource/wan_link.hpp"
#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI::path_delay {

/// What each piece of equipment adds, once it is passed. Middles of usual ranges, from memory and without a published table:
/// an operator states its own.
struct nodes {
    units::latency coherent_pair = 15_us; ///< FEC and DSP at both ends of a wave together; 5 to 30 us
    units::latency otn_mapping = 20_us;   ///< client into ODU and out again; 5 to 50 us
    units::latency roadm = 0.1_us;        ///< passes light on; below 0.1 us
    units::latency router = 10_us;        ///< or switch, lightly loaded; 2 to 20 us

    friend constexpr bool operator==(const nodes&, const nodes&) = default;
};

/// How many of each a path passes. Nothing is added that is not named.
struct equipment {
    int coherent_pairs = 0;
    int otn_mappings = 0;
    int roadms = 0;
    int routers = 0;

    friend constexpr bool operator==(const equipment&, const equipment&) = default;
};

/// W1: one way, sum of L n_g / c and the nodes. 100 km of SMF: 489.7 us.
template <class Rep>
constexpr units::with_rep<units::latency, Rep> one_way(units::with_rep<units::distance, Rep> length, fibre_type fibre,
                                                       const equipment& passed = {}, const nodes& each = {}) {
    const units::latency added = static_cast<double>(passed.coherent_pairs) * each.coherent_pair +
                                 static_cast<double>(passed.otn_mappings) * each.otn_mapping +
                                 static_cast<double>(passed.roadms) * each.roadm +
                                 static_cast<double>(passed.routers) * each.router;
    const auto glass = units::with_rep<units::latency, Rep>::from_si(length.si() * (group_index(fibre) / 299792458.0));
    return glass + added;
}

/// How jitters of sections add up. Nobody combines them without saying which.
enum class jitter_rule : unsigned char {
    worst_case,      ///< J_1 + J_2 + ...: a bound
    root_sum_square, ///< sqrt(J_1^2 + J_2^2 + ...): independent sections, J a multiple of the standard deviation
};

/// Jitters of sections, one after the other. Precondition: each below 1e150 s.
template <class Rep>
struct jitters {
    units::with_rep<units::latency, Rep> sum{};
    Rep squares{};

    constexpr void add(units::with_rep<units::latency, Rep> section) {
        sum += section;
        squares += section.si() * section.si();
    }
    constexpr units::with_rep<units::latency, Rep> along(jitter_rule rule) const {
        using latency = units::with_rep<units::latency, Rep>;
        return rule == jitter_rule::worst_case ? sum : latency::from_si(math::sqrt(squares));
    }
};

} // namespace uonaco::inline UONACO_ABI::path_delay
