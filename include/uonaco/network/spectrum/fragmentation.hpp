// SPDX-License-Identifier: Apache-2.0
// How far the free slots of a fibre are in pieces, by the four measures of the literature.
#pragma once

#include "slots.hpp"

#include "../../base/math.hpp"

namespace uonaco::inline UONACO_ABI {

/// All 0 for one free block (entropy: for one that is the whole grid) and for no free slot at all.
struct fragmentation {
    double external = 0.0;        ///< EF = 1 - largest block / free slots
    double entropy = 0.0;         ///< H = sum of (b/S) ln(S/b), in nats
    double root_of_squares = 0.0; ///< RSS = 1 - sqrt(sum of b^2) / free slots
    double access_blocking =
        0.0; ///< ABP = 1 - places in the blocks / places if they were one, over the sizes asked for

    friend bool operator==(const fragmentation&, const fragmentation&) = default;
};

/// Of free blocks in a grid of `slots`. `sizes`: what demands ask for; those that fit nowhere in any case do not count.
/// Blocks and sizes of 0 are passed over. O(blocks sizes).
UONACO_LAZY
fragmentation fragmentation_of(view<unsigned> blocks, unsigned slots, view<unsigned> sizes) {
    double free = 0.0;
    double largest = 0.0;
    double squares = 0.0;
    fragmentation f;
    for (const unsigned block : blocks) {
        if (block == 0) continue;
        const double b = block;
        free += b;
        squares += b * b;
        largest = b > largest ? b : largest;
        if (slots > block) f.entropy += b / slots * math::log(slots / b);
    }
    if (free == 0) return {};
    f.external = 1.0 - largest / free;
    f.root_of_squares = 1.0 - math::sqrt(squares) / free;
    double places = 0.0;
    double most = 0.0;
    for (const unsigned size : sizes) {
        if (size == 0) continue;
        most += math::floor(free / size);
        for (const unsigned block : blocks) places += block / size;
    }
    if (most > 0) f.access_blocking = 1.0 - places / most;
    return f;
}

/// Of one edge.
UONACO_LAZY
fragmentation fragmentation_of(const spectrum& s, unsigned edge, view<unsigned> sizes) {
    detail::later_t<std::vector<unsigned>, UonacoLazy_> blocks;
    slots::each_run(s.row(edge), s.words(), [&](slot_run block) { blocks.push_back(block.count); });
    return fragmentation_of(blocks, s.slots(), sizes);
}

} // namespace uonaco::inline UONACO_ABI
