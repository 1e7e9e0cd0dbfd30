// SPDX-License-Identifier: Apache-2.0
// How long a volume takes from one site to another.
#pragma once

#include "calibration.hpp"
#include "transport.hpp"

#include "../decision/features.hpp"
#include "../decision/performance.hpp"
#include "../workload/transfer.hpp"

namespace uonaco::inline UONACO_ABI {

/// W9 over the access connection, at the least of the path's rate, the storage's read rate and window / round trip, with what
/// loss leaves of it (W3 or W4). Precondition: access.rate > 0 if there is something to move; else counted as 1 bit/s.
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const transfer& w, const calibration& c) {
    using units::max;
    using units::min;
    performance<Rep> p;
    const auto& path = f.access;
    const auto round_trip = 2.0 * (path.delay + path.jitter);
    if constexpr (__is_same(Rep, double)) UONACO_ASSERT(!(f.staging.si() > 0) || path.rate.si() > 0);
    const auto slowest = units::with_rep<units::bit_rate, Rep>::from_si(Rep(1.0));
    auto rate = max(slowest, select(f.read_rate.si() > Rep(0.0), min(path.rate, f.read_rate), path.rate));
    auto flight = transport::in_flight(rate, round_trip);
    if (w.window) {
        flight = min(flight, *w.window);
        const auto paced = *w.window / max(round_trip, units::with_rep<units::latency, Rep>::from_si(Rep(1e-9)));
        rate = min(rate, paced);
    }
    const auto efficiency = w.recovery == recovery::go_back_n ? transport::go_back_n<Rep>(path.loss, flight / c.packet)
                                                              : transport::selective_repeat<Rep>(path.loss);
    const auto moving = f.staging.si() > Rep(0.0);
    p.exposed = select(moving, transport::bulk<Rep>(f.staging, rate, efficiency, round_trip),
                       units::with_rep<units::duration, Rep>{});
    p.queue = f.start_delay;
    p.provisioning = max(path.lead_time - p.queue, units::with_rep<units::duration, Rep>{});
    p.fetched = f.staging;
    return p;
}

} // namespace uonaco::inline UONACO_ABI
