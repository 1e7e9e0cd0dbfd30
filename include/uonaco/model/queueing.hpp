// SPDX-License-Identifier: Apache-2.0
// Waiting lines: Erlang's formulas for several servers, and their correction for other than exponential times.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::queueing {

/// Callers with more servers than this ask for this many at the same load: O(c) stays bounded, and the answer conservative.
inline constexpr double most_servers = 4096;

namespace detail {
/// 1 / B_c = 1 + c/a + c(c-1)/a^2 + ..., without a division in the loop: four terms a turn, and a turn waits for one product of the
/// turn before. Terms rise, then fall: one too small to change the sum is followed by no other, so that turns which only other
/// lanes need change no bit. That is asked every `turns` turns only: how many servers are left is known long before, and whether a
/// turn is the last is then foreseen. Held to 1e100, where nothing can overflow. Preconditions: a >= 0, c >= 0, whole.
template <class Rep>
constexpr Rep inverse_b(Rep load, Rep servers) {
    using uonaco::max;
    using uonaco::min;
    constexpr int turns = 8;
    constexpr double most = 1e100;
    constexpr double negligible = 1.0 / (1ull << 57); // four of them are less than half of the sum's last digit
    const Rep inverse = Rep(1.0) / max(load, Rep(1e-30));
    Rep left = servers;
    Rep term = Rep(1.0);
    Rep sum = Rep(1.0);
    do {
        for (int turn = 0; turn < turns && any(left > Rep(0.0)); ++turn) {
            const Rep one = left * inverse;
            const Rep two = one * ((left - Rep(1.0)) * inverse);
            const Rep three = two * ((left - Rep(2.0)) * inverse);
            const Rep four = three * ((left - Rep(3.0)) * inverse); // 0 once no server is left
            sum += term * ((one + two) + (three + four));
            term = min(term * four, Rep(most));
            left -= Rep(4.0);
        }
    } while (any(both(left > Rep(0.0), term > Rep(negligible) * sum)));
    return min(sum, Rep(most));
}
} // namespace detail

/// Q2: probability that all of c servers are busy and nobody may wait: B_0 = 1, B_c = a / (a + c / B_{c-1}). O(c), and less where c
/// is far above a. Preconditions: offered load a >= 0, c >= 0, whole.
template <class Rep>
constexpr Rep erlang_b(Rep load, Rep servers) {
    using uonaco::max;
    using uonaco::select;
    const Rep some = max(servers, Rep(1.0));
    return select(servers >= Rep(1.0), load / (load + some * detail::inverse_b(load, some - Rep(1.0))), Rep(1.0));
}

/// Q2: probability of waiting in M/M/c, B_c / (1 - rho (1 - B_c)) = a / (a + (c - a) / B_{c-1}). Preconditions: c >= 1, whole,
/// rho = a / c < 1.
template <class Rep>
constexpr Rep erlang_c(Rep load, Rep servers) {
    return load / (load + (servers - load) * detail::inverse_b(load, servers - Rep(1.0)));
}

/// Q3 (Allen-Cunneen): factor on M/M/c waits for variation of arrivals and service, (ca^2 + cs^2) / 2.
constexpr double allen_cunneen(double arrival_variation, double service_variation) {
    return (arrival_variation * arrival_variation + service_variation * service_variation) / 2;
}

/// Mean wait before service, Q2 with Q3. c servers of rate mu each, arrivals lambda < c mu.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
mean_wait(Rep wait_probability, Rep servers, units::with_rep<units::frequency, Rep> service,
          units::with_rep<units::frequency, Rep> arrivals, double variation) {
    return units::saturate<units::with_rep<units::duration, Rep>>(wait_probability * variation /
                                                                  (servers * service - arrivals));
}

/// Q6: the wait that a share q of all requests stays below: 0 if that many need not wait, else
/// ln(P_wait / (1-q)) / (c mu - lambda), with Q3.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
wait_percentile(Rep wait_probability, Rep servers, units::with_rep<units::frequency, Rep> service,
                units::with_rep<units::frequency, Rep> arrivals, double variation, double q) {
    using uonaco::max;
    const Rep excess =
        max(wait_probability / Rep(max(1.0 - q, 1e-9)), Rep(1.0)); // no line ends for all of the requests
    return units::saturate<units::with_rep<units::duration, Rep>>(math::log(excess) * Rep(variation) /
                                                                  (servers * service - arrivals));
}

/// Q4: mean time in the system of a request that would take `alone` by itself where all present share one server (M/G/1-PS):
/// alone / (1 - rho), whatever the distribution of sizes; what continuous batching comes near to. Precondition: load < 1.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> processor_sharing(units::with_rep<units::duration, Rep> alone,
                                                                  units::with_rep<units::ratio, Rep> load) {
    return units::saturate<units::with_rep<units::duration, Rep>>(alone / (Rep(1.0) - load.si()));
}

} // namespace uonaco::inline UONACO_ABI::queueing
