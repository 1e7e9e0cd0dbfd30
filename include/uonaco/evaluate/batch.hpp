// SPDX-License-Identifier: Apache-2.0
// Many candidates at once: features interleaved in blocks of the native SIMD width, grouped by number of sites, so that one pass of
// the formulas serves a whole block. Bit for bit what the scalar calls give.
#pragma once

#include "evaluator.hpp"
#include "settle.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// `width` candidates with the same number of sites. Lanes beyond `used` repeat the first one and mean nothing.
struct block {
    static constexpr int width = UONACO_LANES;
    using rep = lanes<width>;

    features<rep> figures{};
    unsigned rows[width]{}; ///< which candidate a lane is
    int used = 0;
};

namespace detail {
template <class K>
constexpr void put(quantity<K, block::rep>& to, int lane, const quantity<K>& from) {
    set_lane(to, lane, from);
}
constexpr void put(answer_t<block::rep>& to, int lane, bool from) { set_lane(to, lane, from); }
template <class Q, class P>
constexpr void put(maybe<Q>& to, int lane, const maybe<P>& from) {
    auto value = to.value_or(Q{});
    auto known = to.known();
    set_lane(value, lane, from.value_or(P{}));
    set_lane(known, lane, from.known());
    to = maybe<Q>::where(known, value);
}
UONACO_LAZY
void put(block& b, int i, const features<double>& f) {
    b.figures.sites = f.sites;
    for_each_column(b.figures, f, [i](auto& to, const auto& from) { put(to, i, from); });
}
} // namespace detail

/// Interleaves candidates' features into blocks of equal numbers of sites; order within a number is kept. O(n).
UONACO_LAZY
std::vector<block> pack(const features<double>* all, unsigned n) {
    detail::later_t<std::vector<block>, UonacoLazy_> blocks;
    unsigned open[max_shares + 1]; // block that still has room, by number of sites
    for (unsigned& o : open) o = ~0u;
    for (unsigned row = 0; row < n; ++row) {
        unsigned& at = open[all[row].sites];
        if (at == ~0u) {
            at = static_cast<unsigned>(blocks.size());
            blocks.emplace_back();
        }
        auto& b = blocks[at];
        if (b.used == 0)
            for (int i = 0; i < block::width; ++i) { // no lane is ever without meaning to the formulas
                detail::put(b, i, all[row]);
                b.rows[i] = row;
            }
        detail::put(b, b.used, all[row]);
        b.rows[b.used++] = row;
        if (b.used == block::width) at = ~0u;
    }
    return blocks;
}

/// Evaluates blocks: `fill(block, performance, supply&)` says what the grid gives (or does nothing), `take(row, total, feasible)`
/// receives each candidate's objective, or take(row, standing, feasible) where it is an order of preference. Task: training,
/// inference, session or transfer. No allocation.
template <class Task, class Evaluator, class Fill, class Take>
[[gnu::flatten]] // as one loop body, in which a figure that no term asks for is not computed: twice as fast
void evaluate_blocks(const std::vector<block>& blocks, const Task& task, const calibration& c, const valuation& v,
                     const Evaluator& e, Fill fill, Take take) {
    supply<block::rep> grid;
    for (const block& b : blocks) {
        const auto p = compute(b.figures, task, c);
        grid.clear(b.figures.sites);
        fill(b, p, grid);
        const auto score = e(settle(b.figures, p, grid, v));
        for (int i = 0; i < b.used; ++i) {
            if constexpr (requires { take(0u, 0.0, true); })
                take(b.rows[i], lane(score.total, i).si(), lane(score.feasible, i));
            else
                take(b.rows[i], standing_of(score, i), lane(score.feasible, i));
        }
    }
}

} // namespace uonaco::inline UONACO_ABI
