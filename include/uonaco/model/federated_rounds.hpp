// SPDX-License-Identifier: Apache-2.0
// Rounds of federated learning: clients that are done at different times share one way to the aggregator.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::federated_rounds {

/// One client's part of a round.
template <class Rep>
struct client {
    units::with_rep<units::duration, Rep>
        ready{}; ///< its update is, from the start of the round: model received, local steps done
    units::with_rep<units::volume, Rep> update{}; ///< to be sent
    units::with_rep<units::bit_rate, Rep> most{}; ///< that its own access takes
};

/// When a client's update is ready: the model comes over its access, then `steps` local steps. Precondition: rate > 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> ready(units::with_rep<units::volume, Rep> model,
                                                      units::with_rep<units::bit_rate, Rep> rate, double steps,
                                                      units::with_rep<units::duration, Rep> step) {
    return units::saturate<units::with_rep<units::duration, Rep>>(model / rate + steps * step);
}

// Each of these: how long a round takes over a way of `shared` to the aggregator, up to the last bit of the last update. Preconditions:
// clients >= 1, shared > 0, each `most` > 0, times and volumes >= 0.

/// Equal shares: a client has shared / n, whether the others need theirs or not. O(n).
template <class Rep>
constexpr units::with_rep<units::duration, Rep> with_equal_shares(const client<Rep>* c, int clients,
                                                                  units::with_rep<units::bit_rate, Rep> shared) {
    using duration = units::with_rep<units::duration, Rep>;
    duration last;
    for (int i = 0; i < clients; ++i)
        last = units::max(last, duration(c[i].ready + c[i].update / units::min(c[i].most, shared / Rep(clients))));
    return units::saturate(last);
}

/// Sized by progress: each client keeps one rate, set from when it will be ready so that all end together, V_i / (T - r_i), which add
/// up to the way: what circuits can do that are sized once a round. T is the root of 1 / sum V_i / (T - r_i) = 1 / shared, concave,
/// by Newton from below. O(40 n). No longer than with equal shares.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> sized_by_progress(const client<Rep>* c, int clients,
                                                                  units::with_rep<units::bit_rate, Rep> shared) {
    using uonaco::max;
    const Rep all = shared.si();
    // no less than alone on the way, however short that is; an update of nothing takes no share
    const auto left = [&](Rep t, int i) { return max(max(t - c[i].ready.si(), c[i].update.si() / all), Rep(1e-300)); };
    Rep t = Rep(0.0), own = Rep(0.0);
    for (int i = 0; i < clients; ++i) {
        t = max(t, c[i].ready.si() + c[i].update.si() / all);
        own = max(own, c[i].ready.si() + c[i].update.si() / c[i].most.si());
    }
    for (int step = 0; step < 40; ++step) {
        Rep rates = Rep(0.0), fall = Rep(0.0);
        for (int i = 0; i < clients; ++i) {
            const Rep rate = c[i].update.si() / left(t, i);
            rates = rates + rate;
            fall = fall + rate / left(t, i);
        }
        const Rep some = max(fall, Rep(1e-300));
        t = t + max(rates * (rates / all - Rep(1.0)), Rep(0.0)) / some;
    }
    return units::saturate(units::with_rep<units::duration, Rep>::from_si(max(t, own)));
}

/// The rate that a client needs for its update to arrive `end` after the start of the round. Precondition: end > its ready.
template <class Rep>
constexpr units::with_rep<units::bit_rate, Rep> needed(const client<Rep>& c,
                                                       units::with_rep<units::duration, Rep> end) {
    return units::saturate<units::with_rep<units::bit_rate, Rep>>(c.update / (end - c.ready));
}

/// Shared by progress: rates follow from moment to moment who is ready and how much each has left. The shortest that any sharing makes:
/// from each time t on, what cannot have been sent before has to pass, T = max over t of t + sum max(0, V_i - most_i (t - r_i)) /
/// shared (min cut over time), and nobody is faster than its own access. The maximum is at one of the r_i. O(n^2).
template <class Rep>
constexpr units::with_rep<units::duration, Rep> shared_by_progress(const client<Rep>* c, int clients,
                                                                   units::with_rep<units::bit_rate, Rep> shared) {
    using duration = units::with_rep<units::duration, Rep>;
    using volume = units::with_rep<units::volume, Rep>;
    duration last;
    for (int k = 0; k < clients; ++k) {
        const duration from = c[k].ready;
        volume open;
        for (int i = 0; i < clients; ++i) {
            const duration before = units::max(duration(from - c[i].ready), duration{});
            open += units::max(volume(c[i].update - c[i].most * before), volume{});
        }
        last = units::max(last, units::max(duration(from + open / shared), duration(from + c[k].update / c[k].most)));
    }
    return units::saturate(last);
}

} // namespace uonaco::inline UONACO_ABI::federated_rounds
