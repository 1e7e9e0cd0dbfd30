// SPDX-License-Identifier: Apache-2.0
// What no tree, ring or packing of trees over the sites can beat: the cuts between them.
#pragma once

#include "site_mesh.hpp"

namespace uonaco::inline UONACO_ABI::shapes {

/// A partition of the sites into blocks, and the rate that it leaves: capacity between blocks / (blocks - 1).
struct cut_bound {
    units::bit_rate rate{};
    std::vector<unsigned> block{}; ///< of each site, numbered by their first sites
    bool proven = false;           ///< no partition leaves less: the packing of spanning trees reaches it

    /// A reduce and a broadcast of `message`, one after the other: 2 S/tau; overlapped, both directions at once: S/tau. Never where
    /// the sites are not joined.
    units::duration time(units::volume message, bool overlapped = false) const {
        return block.size() < 2 ? units::duration{}
                                : units::saturate<units::duration>((overlapped ? 1.0 : 2.0) * message / rate);
    }
};

/// Up to so many sites every partition is tried: Bell(8) = 4,140.
inline constexpr unsigned exact_cut_sites = 8;

/// The capacity between blocks of a partition, and its number of blocks less one, as a rate.
UONACO_LAZY
units::bit_rate rate_of(const site_mesh& m, const std::vector<unsigned>& block) {
    units::bit_rate across{};
    unsigned blocks = 0;
    for (unsigned j = 0; j < m.sites(); ++j) {
        blocks = block[j] + 1 > blocks ? block[j] + 1 : blocks;
        for (unsigned i = 0; i < j; ++i)
            if (block[i] != block[j]) across += m.rate(i, j);
    }
    return blocks > 1 ? units::bit_rate(across / (blocks - 1.0)) : units::bit_rate::from_si(math::most);
}

/// The least rate over partitions, tau of Tutte and Nash-Williams (1961). Up to exact_cut_sites sites the least of all, of equal ones
/// the first in the order of block numbers; beyond, the least met on merging the pair of blocks with the most between them again
/// and again, and of single sites against the rest: a bound all the same. O(Bell(N) N^2), or O(N^4).
UONACO_LAZY
cut_bound least_cut_bound(const site_mesh& m) {
    const unsigned n = m.sites();
    detail::later_t<cut_bound, UonacoLazy_> best;
    best.proven = n <= exact_cut_sites;
    detail::later_t<std::vector<unsigned>, UonacoLazy_> block(n);
    best.block = block;
    best.rate = units::bit_rate::from_si(math::most);
    if (n < 2) return best;
    const auto look = [&] {
        const units::bit_rate r = rate_of(m, block);
        if (r < best.rate) {
            best.rate = r;
            best.block = block;
        }
    };
    if (best.proven) {
        while (true) { // restricted growth: a block's number is at most one above those before it
            unsigned i = n - 1;
            for (; i > 0; --i) {
                unsigned highest = 0;
                for (unsigned j = 0; j < i; ++j) highest = block[j] > highest ? block[j] : highest;
                if (block[i] <= highest) break;
            }
            if (i == 0) return best;
            ++block[i];
            for (unsigned j = i + 1; j < n; ++j) block[j] = 0;
            look();
        }
    }
    for (unsigned single = 0; single < n; ++single) {
        for (unsigned i = 0; i < n; ++i) block[i] = (i == single) != (single == 0);
        look();
    }
    for (unsigned i = 0; i < n; ++i) block[i] = i;
    for (unsigned blocks = n; blocks > 1; --blocks) {
        look();
        unsigned a = 0, b = 1;
        units::bit_rate most = units::bit_rate::from_si(-1.0);
        for (unsigned y = 1; y < blocks; ++y)
            for (unsigned x = 0; x < y; ++x) {
                units::bit_rate between{};
                for (unsigned j = 0; j < n; ++j)
                    for (unsigned i = 0; i < n; ++i)
                        if (block[i] == x && block[j] == y) between += m.rate(i, j);
                if (between > most) {
                    most = between;
                    a = x;
                    b = y;
                }
            }
        for (unsigned i = 0; i < n; ++i) block[i] = block[i] == b ? a : block[i] > b ? block[i] - 1 : block[i];
    }
    return best;
}

} // namespace uonaco::inline UONACO_ABI::shapes
