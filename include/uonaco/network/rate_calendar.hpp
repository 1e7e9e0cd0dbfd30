// SPDX-License-Identifier: Apache-2.0
// What is committed on links and circuits over time, and so what of them is free throughout a window.
#pragma once

#include "rates.hpp"

#include "../series/calendar.hpp"

namespace uonaco::inline UONACO_ABI {

/// Rates that were free when it was made, less what is booked since. Options for a window are the options of free(from, to).
/// Value type; concurrent reads are safe. Rates: network_rates.
template <class Rates>
class basic_rate_calendar {
  public:
    basic_rate_calendar() = default;
    explicit basic_rate_calendar(const Rates& free)
        : free_(free), links_(free.links.size()), circuits_(free.circuits.size()) {}

    /// The least that is free anywhere in [from, to), in whole bit/s where anything was booked: sums of parts leave crumbs that nobody
    /// could use. O((links + circuits) x breakpoints).
    Rates free(units::instant from, units::instant to) const {
        Rates out = free_;
        for (unsigned long i = 0; i < out.links.size(); ++i) {
            const of_link& t = links_[i];
            if (!t.in_service.empty())
                out.links[i].in_service = left(free_.links[i].in_service, t.in_service, from, to);
            if (!t.creatable.empty()) out.links[i].creatable = left(free_.links[i].creatable, t.creatable, from, to);
            if (!t.resizable.empty()) out.links[i].resizable = left(free_.links[i].resizable, t.resizable, from, to);
        }
        for (unsigned long i = 0; i < out.circuits.size(); ++i)
            if (!circuits_[i].empty()) out.circuits[i] = left(free_.circuits[i], circuits_[i], from, to);
        return out;
    }

    /// Books over [from, to) what was taken from what was free there. Preconditions: from < to; both have this one's links and circuits.
    void book(const Rates& before, const Rates& after, units::instant from, units::instant to) {
        UONACO_ASSERT(before.links.size() == links_.size() && after.links.size() == links_.size());
        for (unsigned long i = 0; i < links_.size(); ++i) {
            book(links_[i].in_service, before.links[i].in_service, after.links[i].in_service, from, to);
            book(links_[i].creatable, before.links[i].creatable, after.links[i].creatable, from, to);
            book(links_[i].resizable, before.links[i].resizable, after.links[i].resizable, from, to);
        }
        for (unsigned long i = 0; i < circuits_.size(); ++i)
            book(circuits_[i], before.circuits[i], after.circuits[i], from, to);
    }

  private:
    template <class Amount>
    using levels = calendar<detail::later_t<Amount, Rates>>;
    struct of_link {
        levels<units::bit_rate> in_service{};
        levels<units::bit_rate> creatable{};
        levels<units::bit_rate> resizable{};
    };
    template <class Levels>
    static units::bit_rate left(units::bit_rate capacity, const Levels& taken, units::instant from, units::instant to) {
        const auto rate = capacity - taken.peak(from, to);
        return units::bit_rate::from_si(rate.si() < 1.0 ? 0.0 : math::floor(rate.si()));
    }
    template <class Levels>
    static void book(Levels& c, units::bit_rate before, units::bit_rate after, units::instant from, units::instant to) {
        if (after < before) c.add(from, to, before - after);
    }

    Rates free_{};
    std::vector<of_link> links_{};
    std::vector<levels<units::bit_rate>> circuits_{};
};

using rate_calendar = basic_rate_calendar<network_rates>;

} // namespace uonaco::inline UONACO_ABI
