// SPDX-License-Identifier: Apache-2.0
// Demands by hour of the day at sites in different time zones: peaks that do not come together need no capacity together.
#pragma once

#include "../view.hpp"

#include "../../units/kinds.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::demands {

/// Rates of several demands over the same periods of a day, of a week: what follows the last period is the first.
class periods {
  public:
    explicit periods(unsigned count) : count_(count) {}

    unsigned count() const { return count_; }
    unsigned demands() const { return count_ == 0 ? 0 : static_cast<unsigned>(rates_.size() / count_); }

    /// A demand by its own clock, which is `late` periods behind: its period 0 is the common period `late`. Precondition: a rate for every
    /// period.
    UONACO_LAZY
    void add(view<units::bit_rate> rates, int late = 0) {
        UONACO_ASSERT(rates.size() == count_);
        const long n = count_;
        for (long t = 0; t < n; ++t)
            detail::late<UonacoLazy_>(rates_).push_back(rates[static_cast<unsigned long>(((t - late) % n + n) % n)]);
    }

    /// Of one demand in a common period.
    units::bit_rate at(unsigned demand, unsigned period) const {
        UONACO_ASSERT(period < count_ && demand < demands());
        return rates_[static_cast<unsigned long>(demand) * count_ + period];
    }
    units::bit_rate sum(unsigned period) const {
        units::bit_rate all{};
        for (unsigned d = 0; d < demands(); ++d) all += at(d, period);
        return all;
    }

    /// One capacity for all periods: max over t of the sum.
    units::bit_rate peak_of_sum() const {
        units::bit_rate most{};
        for (unsigned t = 0; t < count_; ++t) most = units::max(most, sum(t));
        return most;
    }
    units::bit_rate sum_of_peaks() const {
        units::bit_rate all{};
        for (unsigned d = 0; d < demands(); ++d) {
            units::bit_rate most{};
            for (unsigned t = 0; t < count_; ++t) most = units::max(most, at(d, t));
            all += most;
        }
        return all;
    }
    /// 1 - peak of the sum / sum of the peaks; 0 where nothing is asked.
    units::ratio sharing_saves() const {
        const units::bit_rate apart = sum_of_peaks();
        return apart.si() > 0.0 ? units::ratio(1.0 - peak_of_sum() / apart) : units::ratio(0.0);
    }

  private:
    unsigned count_ = 0;
    std::vector<units::bit_rate> rates_; ///< by demand, then period
};

} // namespace uonaco::inline UONACO_ABI::demands
