// SPDX-License-Identifier: Apache-2.0
// How long a volume takes from one site to another.
#pragma once

#include "calibration.hpp"
#include "transport.hpp"

#include "../decision/features.hpp"
#include "../decision/performance.hpp"
#include "../workload/transfer.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// W9 over the access connection, however a workload comes to need its data: at the least of the path's rate, the storage's read
/// rate and window / round trip, with what loss leaves of it (W3 or W4). Nothing where nothing has to move.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> time_to_move(const features<Rep>& f, recovery how,
                                                             const maybe<units::volume>& window, const calibration& c) {
    using units::max;
    using units::min;
    const auto& path = f.access;
    const auto round_trip = 2.0 * (path.delay + path.jitter);
    const auto slowest = units::with_rep<units::bit_rate, Rep>::from_si(Rep(1.0));
    auto rate = max(slowest, select(f.read_rate.si() > Rep(0.0), min(path.rate, f.read_rate), path.rate));
    auto flight = transport::in_flight(rate, round_trip);
    if (window) {
        flight = min(flight, *window);
        const auto paced = *window / max(round_trip, units::with_rep<units::latency, Rep>::from_si(Rep(1e-9)));
        rate = min(rate, paced);
    }
    const auto efficiency = how == recovery::go_back_n ? transport::go_back_n<Rep>(path.loss, flight / c.packet)
                                                       : transport::selective_repeat<Rep>(path.loss);
    return select(f.staging.si() > Rep(0.0), transport::bulk<Rep>(f.staging, rate, efficiency, round_trip),
                  units::with_rep<units::duration, Rep>{});
}
} // namespace detail

/// W9, at the least of the path's rate, the storage's read rate and window / round trip, with what loss leaves of it (W3 or W4).
/// Precondition: access.rate > 0 if there is something to move; else counted as 1 bit/s.
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const transfer& w, const calibration& c) {
    if constexpr (__is_same(Rep, double)) UONACO_ASSERT(!(f.staging.si() > 0) || f.access.rate.si() > 0);
    // At once: of members set one by one g++ 12 would clear all by a string instruction first.
    return {.queue = f.start_delay,
            .provisioning = units::max(f.access.lead_time - f.start_delay, units::with_rep<units::duration, Rep>{}),
            .exposed = detail::time_to_move(f, w.recovery, w.window, c),
            .fetched = f.staging};
}

} // namespace uonaco::inline UONACO_ABI
