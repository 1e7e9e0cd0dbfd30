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
    maybe<units::count> feed_forward{}; ///< f, width of one projection; unknown: 4 h
    bool gated = false;                 ///< three projections in the feed-forward block (SwiGLU), not two
    units::count vocabulary = 0;        ///< V
    units::count sequence = 0;          ///< s, tokens
    maybe<units::count> head_width{};   ///< unknown: hidden over heads

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
};

} // namespace uonaco::inline UONACO_ABI
