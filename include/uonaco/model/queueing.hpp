// SPDX-License-Identifier: Apache-2.0
// Waiting lines: Erlang's formulas for several servers, and their correction for other than exponential times.
#pragma once

#include "../base/math.hpp"
#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::queueing {

/// Callers with more servers than this ask for this many at the same load: O(c) stays bounded, and the answer conservative.
inline constexpr double most_servers = 4096;

/// Q2: probability that all of c servers are busy and nobody may wait, by B_k = a B_{k-1} / (k + a B_{k-1}). O(c).
/// Over lanes each lane stops at its own c. Preconditions: offered load a >= 0, c >= 0, whole.
template <class Rep>
constexpr Rep erlang_b(Rep load, Rep servers) {
    using uonaco::select;
    Rep blocking = Rep(1.0);
    for (double k = 1.0; any(servers >= Rep(k)); k += 1.0) {
        const Rep next = load * blocking / (Rep(k) + load * blocking);
        blocking = select(servers >= Rep(k), next, blocking);
    }
    return blocking;
}

/// Q2: probability of waiting in M/M/c, B / (1 - rho (1 - B)). Precondition: rho = a / c < 1.
template <class Rep>
constexpr Rep erlang_c(Rep load, Rep servers) {
    const Rep b = erlang_b(load, servers);
    return b / (Rep(1.0) - load / servers * (Rep(1.0) - b));
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
    return units::with_rep<units::duration, Rep>(wait_probability * variation / (servers * service - arrivals));
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
    return units::with_rep<units::duration, Rep>(math::log(excess) * Rep(variation) / (servers * service - arrivals));
}

/// Q4: mean time in the system of a request that would take `alone` by itself where all present share one server (M/G/1-PS):
/// alone / (1 - rho), whatever the distribution of sizes; what continuous batching comes near to. Precondition: load < 1.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> processor_sharing(units::with_rep<units::duration, Rep> alone,
                                                                  units::with_rep<units::ratio, Rep> load) {
    return units::with_rep<units::duration, Rep>(alone / (Rep(1.0) - load.si()));
}

} // namespace uonaco::inline UONACO_ABI::queueing
