// SPDX-License-Identifier: Apache-2.0
// Sites and what joins each two of them: what a collective over sites is laid out on.
#pragma once

#include "../../base/assert.hpp"
#include "../../base/math.hpp"
#include "../../units/kinds.hpp"
#include "../../units/saturate.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::shapes {

/// An unordered pair of sites, the lower number first.
struct site_pair {
    unsigned a = 0;
    unsigned b = 0;

    friend constexpr bool operator==(const site_pair&, const site_pair&) = default;
};

/// Rate (each way at the same time) and one-way delay of each pair of sites; a rate of 0, also one that is no positive finite
/// number, means that they are not joined. Value type; concurrent reads are safe.
class site_mesh {
  public:
    UONACO_LAZY
    explicit site_mesh(unsigned sites) : sites_(sites) {
        detail::late<UonacoLazy_>(links_).resize(static_cast<unsigned long>(sites) * (sites > 0 ? sites - 1 : 0) / 2);
    }

    unsigned sites() const { return sites_; }

    /// Preconditions: two different sites; delay >= 0.
    void join(unsigned i, unsigned j, units::bit_rate rate, units::latency delay) {
        const bool joined = rate.si() > 0.0 && rate.si() < math::most;
        links_[at(i, j)] = {joined ? rate : units::bit_rate{}, units::saturate(delay)};
    }
    units::bit_rate rate(unsigned i, unsigned j) const { return links_[at(i, j)].rate; }
    units::latency delay(unsigned i, unsigned j) const { return links_[at(i, j)].delay; }
    bool joined(unsigned i, unsigned j) const { return rate(i, j).si() > 0.0; }

  private:
    struct link {
        units::bit_rate rate{};
        units::latency delay{};
    };
    unsigned long at(unsigned i, unsigned j) const {
        UONACO_ASSERT(i != j && i < sites_ && j < sites_);
        const unsigned low = i < j ? i : j, high = i < j ? j : i;
        return static_cast<unsigned long>(high) * (high - 1) / 2 + low;
    }

    unsigned sites_ = 0;
    std::vector<link> links_; ///< by pair
};

} // namespace uonaco::inline UONACO_ABI::shapes
