// SPDX-License-Identifier: Apache-2.0
// A candidate: which devices where, and what the network does for them. Small, flat, no allocation.
#pragma once

#include "../base/assert.hpp"
#include "../base/enum_names.hpp"
#include "../base/id.hpp"
#include "../record/network_action.hpp"
#include "../record/wan_cut.hpp"
#include "../units/instant.hpp"

namespace uonaco::inline UONACO_ABI {

/// A candidate spreads over at most so many sites.
inline constexpr int max_shares = 8;
inline constexpr int max_pairs = max_shares * (max_shares - 1) / 2;

/// Place of the unordered pair (i, j), i != j, among the pairs of a candidate: the first k sites use the first k(k-1)/2.
constexpr int pair_index(int i, int j) {
    const int low = i < j ? i : j;
    const int high = i < j ? j : i;
    return high * (high - 1) / 2 + low;
}

/// One connection of a candidate: an option of its site pair (row in the survey's list of that pair) at a rate.
struct connection {
    network_action action = network_action::none;
    unsigned option = ~0u;
    units::bit_rate rate{};

    friend constexpr bool operator==(const connection&, const connection&) = default;
};

/// Devices of one pool.
struct share {
    row<struct pool_tag> pool{};
    units::count devices = 0;

    friend constexpr bool operator==(share, share) = default;
};

/// Rows refer to the estate it was made for. Sites of a candidate are the sites of its shares, in their order.
struct candidate {
    int size = 0; ///< shares in use, 1..max_sites (0 for a pure transfer's storage site)
    share shares[max_shares]{};
    connection pairs[max_pairs]{}; ///< by pair_index over shares that must talk
    connection access{};           ///< from the user's site, or from where data lies, to the first share elsewhere;
                                   ///< none: data that is copied first comes over the connection of that pair
    row<struct site_tag> destination{}; ///< of a transfer
    maybe<units::instant> start{};      ///< unknown: as soon as may be
    maybe<wan_cut> cut{}; ///< of a training over several sites; unknown: what the workload says, else data

    constexpr void clear() {
        const connection no_connection; // g++ 12 takes neither `c = {}` nor `c = candidate{}`
        size = 0;
        for (share& s : shares) s = {};
        for (connection& p : pairs) p = no_connection;
        access = no_connection;
        destination = {};
        start = {};
        cut = {};
    }
    constexpr share& add(row<struct pool_tag> pool, units::count devices) {
        UONACO_ASSERT(size < max_shares);
        shares[size] = {pool, devices};
        return shares[size++];
    }
    constexpr units::count devices() const {
        units::count n = 0;
        for (int i = 0; i < size; ++i) n += shares[i].devices;
        return n;
    }
    friend constexpr bool operator==(const candidate&, const candidate&) = default;
};

} // namespace uonaco::inline UONACO_ABI
