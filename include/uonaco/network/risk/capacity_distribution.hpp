// SPDX-License-Identifier: Apache-2.0
// How much of the rate between two sites is there, how often: not only up or down, where some wavelengths may fail and others not.
#pragma once

#include "risk_states.hpp"

namespace uonaco::inline UONACO_ABI::risk {

/// A wavelength, a tunnel, a member of a group: its rate is there while all of its risks are up.
struct carrier {
    units::bit_rate rate{};
    risk::risks needs{};
};

/// The rates that may be there and how likely each is, lowest first.
struct capacity_distribution {
    struct level {
        units::bit_rate rate{};
        double chance = 0.0;

        friend constexpr bool operator==(const level&, const level&) = default;
    };
    std::vector<level> levels{};
    double unseen = 0.0;       ///< probability of states that were not looked at
    double slack = 0.0;        ///< of rounding
    bool rounded_down = false; ///< neighbouring rates counted as the lower one: too many to keep apart

    /// How likely at least this rate is there.
    certified at_least(units::bit_rate rate) const {
        double there = 0.0;
        for (const level& l : levels)
            if (l.rate >= rate) there += l.chance;
        const double least = there - slack, most = rounded_down ? 1.0 : there + unseen + slack;
        return {least > 0.0 ? least : 0.0, most < 1.0 ? most : 1.0, 0};
    }

    /// The highest rate that is there a share `asked` of the time, for certain; 0 if none is.
    units::bit_rate held(units::ratio asked) const {
        double there = -slack;
        for (unsigned long i = levels.size(); i-- > 0;) {
            there += levels[i].chance;
            if (there >= asked.si()) return levels[i].rate;
        }
        return {};
    }

    /// The mean rate; what was not looked at counts as 0.
    units::bit_rate mean() const {
        units::bit_rate sum{};
        for (const level& l : levels) sum += l.rate * l.chance;
        return sum;
    }
};

/// Different sums of rates beyond this are counted as the next lower one.
inline constexpr unsigned long most_levels = 4096;

/// Both lists together, equal rates as one. Lists are sorted by rate.
UONACO_LAZY
void merge_levels(const std::vector<capacity_distribution::level>& a,
                  const std::vector<capacity_distribution::level>& b, std::vector<capacity_distribution::level>& into,
                  bool& rounded) {
    using level = capacity_distribution::level;
    auto& out = detail::late<UonacoLazy_>(into);
    out.clear();
    for (unsigned long i = 0, j = 0; i < a.size() || j < b.size();) {
        const bool first = j == b.size() || (i < a.size() && a[i].rate <= b[j].rate);
        const level& next = first ? a[i++] : b[j++];
        if (!out.empty() && out.back().rate == next.rate)
            out.back().chance += next.chance;
        else
            out.push_back(next);
    }
    if (out.size() <= most_levels) return;
    rounded = true;
    unsigned long kept = 0;
    for (unsigned long i = 0; i < out.size(); i += 2) {
        level low = out[i];
        if (i + 1 < out.size()) low.chance += out[i + 1].chance;
        out[kept++] = low;
    }
    out.resize(kept);
}
/// R2: the distribution of the sum of rates. Risks of one carrier alone are independent of everything else and are convolved; only what
/// several share is enumerated. Equal waves on one cable: the binomial of their number. Rates in whole b/s add up exactly.
/// Preconditions: risk numbers below up.size(). O(shared states x carriers x levels).
UONACO_LAZY
capacity_distribution capacity_of(view<units::ratio> up, view<carrier> carriers, const effort& limit = {}) {
    using level = capacity_distribution::level;
    detail::later_t<std::vector<unsigned>, UonacoLazy_> users(up.size()), last(up.size(), ~0u);
    for (unsigned c = 0; c < carriers.size(); ++c)
        for (const unsigned r : carriers[c].needs) {
            UONACO_ASSERT(r < up.size());
            if (last[r] == c) continue;
            last[r] = c;
            ++users[r];
        }
    detail::later_t<std::vector<units::ratio>, UonacoLazy_> shared;
    detail::later_t<std::vector<unsigned>, UonacoLazy_> place(up.size(), ~0u);
    for (unsigned long r = 0; r < up.size(); ++r)
        if (users[r] > 1) {
            place[r] = static_cast<unsigned>(shared.size());
            shared.push_back(up[r]);
        }
    detail::later_t<std::vector<double>, UonacoLazy_> own;
    detail::later_t<std::vector<unsigned char>, UonacoLazy_> counted(up.size());
    for (const carrier& c : carriers) {
        double alone = 1.0;
        for (const unsigned r : c.needs)
            if (users[r] == 1 && !counted[r]) {
                counted[r] = 1;
                alone *= held(up[r]);
            }
        own.push_back(alone);
    }

    detail::later_t<capacity_distribution, UonacoLazy_> d;
    detail::later_t<std::vector<level>, UonacoLazy_> here, more, next;
    detail::later_t<risk_states, UonacoLazy_> states;
    double seen = 0.0;
    states.visit(shared, limit, [&](double chance, view<unsigned char> down) {
        seen += chance;
        here.assign(1, {units::bit_rate{}, chance});
        for (unsigned long c = 0; c < carriers.size(); ++c) {
            bool lost = own[c] == 0.0;
            for (const unsigned r : carriers[c].needs) lost = lost || (place[r] != ~0u && down[place[r]]);
            if (lost) continue;
            more = here;
            for (level& l : more) l = {l.rate + carriers[c].rate, l.chance * own[c]};
            for (level& l : here) l.chance *= 1.0 - own[c];
            if (own[c] == 1.0) here.clear();
            merge_levels(here, more, next, d.rounded_down);
            here.swap(next);
        }
        merge_levels(d.levels, here, next, d.rounded_down);
        d.levels.swap(next);
    });
    d.unseen = seen < 1.0 ? 1.0 - seen : 0.0;
    d.slack = risk_states::slack(up.size() + 2 * carriers.size());
    return d;
}

} // namespace uonaco::inline UONACO_ABI::risk
