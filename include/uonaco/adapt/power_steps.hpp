// SPDX-License-Identifier: Apache-2.0
// Steps of one forecast from figures that come one signal at a time, each with its own hours.
#pragma once

#include "../base/math.hpp"
#include "../resource/power_state.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI::adapt {

/// What a step can state.
enum class step_field : unsigned char {
    carbon_intensity,
    energy_price,
    renewable,
    carbon_free,
    supply_limit,
    grid_event
};

/// One figure for one time.
struct stated_figure {
    units::instant from{};
    units::instant until{};
    step_field field = step_field::carbon_intensity;
    double figure = 0;  ///< SI, or the number of the event
    bool known = true;  ///< false: its time is spoken of, but the figure is missing
    long long rank = 0; ///< of two that speak of one time the lower holds
    std::string pointer{};
};

/// Times in whole milliseconds, which is what records are written in: what joins stays joined.
inline units::instant whole_ms(units::instant t) {
    return units::instant::from_unix(math::floor(t.unix_seconds() * 1000 + 0.5) / 1000);
}

/// One signal's series in order of time, each time once: a figure of a lower rank takes the place of others of its time, which
/// other(figure) is told; what overlaps the figure before it is told overlap(figure, before) and left out; a gap is told gap(figure,
/// before, how many follow), which returns whether the series ends before it. Said twice counts once. O(n log n).
template <class Other, class Overlap, class Gap>
void put_in_order(std::vector<stated_figure>& series, const Other& other, const Overlap& overlap, const Gap& gap) {
    std::stable_sort(series.begin(), series.end(), [](const stated_figure& a, const stated_figure& b) {
        if (a.from != b.from) return a.from < b.from;
        return a.rank < b.rank;
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        stated_figure& f = series[i];
        if (kept > 0) {
            const stated_figure& before = series[kept - 1];
            const bool again = f.from == before.from;
            if (again && f.rank != before.rank) {
                other(f);
                continue;
            }
            if (again && f.figure == before.figure && f.known == before.known && f.until == before.until) continue;
            if (f.from < before.until) {
                overlap(f, before);
                continue;
            }
            if (before.until < f.from && gap(f, before, series.size() - i - 1)) break;
        }
        if (kept != i) series[kept] = std::move(f);
        ++kept;
    }
    series.resize(kept);
}

/// The steps between all times at which something begins or ends, in order and without gaps. Where nothing is stated, a step states
/// nothing, and gap(from, next) is called with the figure that ends it. Where two figures of one rank differ, clash(holds, other) is called, once for each figure.
/// Precondition: each figure begins before it ends, in whole milliseconds. O(n log n).
template <class Gap, class Clash>
std::vector<power_step> join_steps(const std::vector<stated_figure>& all, const Gap& gap, const Clash& clash) {
    constexpr int fields = 6;
    struct turn {
        double at;
        bool begins;
        std::size_t index;
    };
    std::vector<turn> turns;
    turns.reserve(2 * all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        turns.push_back({all[i].from.unix_seconds(), true, i});
        turns.push_back({all[i].until.unix_seconds(), false, i});
    }
    std::sort(turns.begin(), turns.end(), [](const turn& a, const turn& b) {
        if (a.at != b.at) return a.at < b.at;
        if (a.begins != b.begins) return b.begins;
        return a.index < b.index;
    });
    std::set<std::pair<long long, std::size_t>> under_way[fields];
    std::vector<power_step> steps;
    for (std::size_t i = 0; i < turns.size();) {
        const double at = turns[i].at;
        for (; i < turns.size() && turns[i].at == at; ++i) {
            const stated_figure& f = all[turns[i].index];
            auto& set = under_way[static_cast<int>(f.field)];
            const std::pair<long long, std::size_t> entry{f.rank, turns[i].index};
            if (!turns[i].begins) {
                set.erase(entry);
                continue;
            }
            const auto equal = set.lower_bound({f.rank, 0}); // those of its rank agree, or clashed already
            if (equal != set.end() && equal->first == f.rank) {
                const stated_figure& other = all[equal->second];
                if (other.known != f.known || other.figure != f.figure) clash(other, f);
            }
            set.insert(entry);
        }
        if (i == turns.size()) break;
        power_step s;
        s.start = units::instant::from_unix(at);
        s.duration = units::instant::from_unix(turns[i].at) - s.start;
        bool any = false;
        for (int field = 0; field < fields; ++field) {
            if (under_way[field].empty()) continue;
            any = true;
            const stated_figure& f = all[under_way[field].begin()->second];
            if (!f.known) continue;
            const double x = f.figure;
            switch (static_cast<step_field>(field)) {
            case step_field::carbon_intensity: s.carbon_intensity = units::carbon_intensity::from_si(x); break;
            case step_field::energy_price: s.energy_price = units::energy_price::from_si(x); break;
            case step_field::renewable: s.renewable = units::ratio::from_si(x); break;
            case step_field::carbon_free: s.carbon_free = units::ratio::from_si(x); break;
            case step_field::supply_limit: s.supply_limit = units::power::from_si(x); break;
            case step_field::grid_event: s.grid_event = static_cast<grid_event>(static_cast<int>(x)); break;
            }
        }
        if (!any) gap(s.start, all[turns[i].index]);
        steps.push_back(s);
    }
    return steps;
}

} // namespace uonaco::inline UONACO_ABI::adapt
