// SPDX-License-Identifier: Apache-2.0
// The shape of a decoder-only transformer: what its work, its memory and its traffic follow from.
#pragma once

#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// Symbols of the literature in brackets. Optional members have the value of the plain architecture where they are unknown.
struct transformer {
    units::count layers = 0;            ///< L
    units::count hidden = 0;            ///< h, width of the residual stream
    units::count heads = 0;             ///< a
    maybe<units::count> kv_heads{};     ///< unknown: as many as heads
    maybe<units::count> feed_forward{}; ///< f, width of one projection (of one expert); unknown: 4 h
    bool gated = false;                 ///< three projections in the feed-forward block (SwiGLU), not two
    units::count vocabulary = 0;        ///< V
    units::count sequence = 0;          ///< s, tokens
    maybe<units::count> head_width{};   ///< unknown: hidden over heads
    // A mixture of experts, the same in every layer; one expert: a dense model, which heeds none of the rest.
    units::count experts = 1;             ///< E, feed-forward blocks a layer among which a router chooses
    units::count active_experts = 1;      ///< k of them, for each token
    units::count shared_feed_forward = 0; ///< width of a block that every token passes beside them; 0: none
    units::factor capacity_factor =
        1.0; ///< what experts are given against what is chosen; 1: nothing padded or dropped

    friend constexpr bool operator==(const transformer&, const transformer&) = default;

    /// Key-value heads over heads (r_kv).
    constexpr double kv_ratio() const {
        return kv_heads && heads > 0 ? static_cast<double>(*kv_heads) / static_cast<double>(heads) : 1.0;
    }
    /// Width of all queries together: h, but for models whose heads are wider or narrower than hidden over heads.
    constexpr double attention_width() const {
        return head_width ? static_cast<double>(*head_width) * static_cast<double>(heads) : static_cast<double>(hidden);
    }
    constexpr double width() const {
        return feed_forward ? static_cast<double>(*feed_forward) : 4.0 * static_cast<double>(hidden);
    }
    constexpr bool mixture() const { return experts > 1; }
    /// Experts that a token passes: never more than there are.
    constexpr double active() const {
        return mixture() ? static_cast<double>(active_experts < experts ? active_experts : experts) : 1.0;
    }
    /// Copies of a token that are handed to experts, padding included.
    constexpr double copies() const { return mixture() ? active() * capacity_factor.si() : 1.0; }
    constexpr double shared_width() const { return mixture() ? static_cast<double>(shared_feed_forward) : 0.0; }
    /// Widths of all feed-forward blocks of a layer together, and of those that a token passes.
    constexpr double held_width() const {
        return (mixture() ? static_cast<double>(experts) : 1.0) * width() + shared_width();
    }
    constexpr double active_width() const { return active() * width() + shared_width(); }
};

} // namespace uonaco::inline UONACO_ABI
