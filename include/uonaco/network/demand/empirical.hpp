// SPDX-License-Identifier: Apache-2.0
// Demands of which there are samples and no law: quantiles, and capacities that enough of the samples fit into.
#pragma once

#include "../sort.hpp"
#include "../view.hpp"

#include "../../base/math.hpp"
#include "../../units/kinds.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::demands {

/// The least sample that at least a share `confidence` of all are not above: the inverse of the empirical distribution, no
/// interpolation. 0 of no sample. O(n log n).
UONACO_LAZY
units::bit_rate capacity_for(const std::vector<units::bit_rate>& samples, units::ratio confidence) {
    auto sorted = detail::late<UonacoLazy_>(samples);
    if (sorted.empty()) return {};
    detail::sort(sorted.data(), sorted.size(), [](units::bit_rate a, units::bit_rate b) { return a < b; });
    // a product a rounding above a whole number asks for no sample more
    const double wanted = math::ceil(confidence.si() * static_cast<double>(sorted.size()) * (1.0 - 1e-12));
    const unsigned long place = wanted < 1.0 ? 1 : static_cast<unsigned long>(wanted);
    return sorted[(place < sorted.size() ? place : sorted.size()) - 1];
}

/// What was seen at the same times: one row a scenario, one column a demand or link.
class scenarios {
  public:
    /// Precondition: every row that is added has so many columns.
    UONACO_LAZY
    explicit scenarios(unsigned columns) : columns_(columns) {}
    UONACO_LAZY
    void add(view<units::bit_rate> row) {
        UONACO_ASSERT(row.size() == columns_);
        for (const units::bit_rate r : row) detail::late<UonacoLazy_>(rates_).push_back(r);
        ++rows_;
    }
    unsigned columns() const { return columns_; }
    unsigned long rows() const { return rows_; }
    units::bit_rate at(unsigned long row, unsigned column) const {
        UONACO_ASSERT(row < rows_ && column < columns_);
        return rates_[row * columns_ + column];
    }

    /// Of each row: what all columns need together.
    UONACO_LAZY
    std::vector<units::bit_rate> sums() const {
        detail::later_t<std::vector<units::bit_rate>, UonacoLazy_> all(rows_);
        for (unsigned long r = 0; r < rows_; ++r)
            for (unsigned c = 0; c < columns_; ++c) all[r] += at(r, c);
        return all;
    }
    UONACO_LAZY
    std::vector<units::bit_rate> column(unsigned c) const {
        detail::later_t<std::vector<units::bit_rate>, UonacoLazy_> all(rows_);
        for (unsigned long r = 0; r < rows_; ++r) all[r] = at(r, c);
        return all;
    }

  private:
    unsigned columns_ = 0;
    unsigned long rows_ = 0;
    std::vector<units::bit_rate> rates_;
};

/// The rate of one link for all demands together: percentile of the sum, not sum of percentiles.
UONACO_LAZY
units::bit_rate capacity_for(const scenarios& s, units::ratio confidence) { return capacity_for(s.sums(), confidence); }

/// Share of the scenarios in which every link has enough; 1 of none. `capacity` by column.
UONACO_LAZY
units::ratio feasible_share(const scenarios& loads, view<units::bit_rate> capacity) {
    UONACO_ASSERT(capacity.size() == loads.columns());
    if (loads.rows() == 0) return 1.0;
    double good = 0.0;
    for (unsigned long r = 0; r < loads.rows(); ++r) {
        bool fits = true;
        for (unsigned c = 0; c < loads.columns(); ++c) fits = fits && loads.at(r, c) <= capacity[c];
        good += fits;
    }
    return good / static_cast<double>(loads.rows());
}

/// Capacities by link with which at least a share `confidence` of the scenarios is feasible on all links at once: by the union
/// bound, each link has 1 - (1 - confidence)/links. Enough, not least. O(links n log n).
UONACO_LAZY
std::vector<units::bit_rate> capacities_for(const scenarios& loads, units::ratio confidence) {
    detail::later_t<std::vector<units::bit_rate>, UonacoLazy_> all;
    const units::ratio each = loads.columns() > 0 ? 1.0 - (1.0 - confidence.si()) / loads.columns() : 1.0;
    for (unsigned c = 0; c < loads.columns(); ++c) all.push_back(capacity_for(loads.column(c), each));
    return all;
}

} // namespace uonaco::inline UONACO_ABI::demands
