// SPDX-License-Identifier: Apache-2.0
// Latency and throughput of serving at one or several sites.
#pragma once

#include "queueing.hpp"
#include "serving.hpp"
#include "transport.hpp"

#include "../decision/performance.hpp"
#include "../workload/session.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// Arrivals to be served, in the form that inference and sessions share.
template <class Rep>
struct offered {
    units::with_rep<units::frequency, Rep> requests{};
    serving::request_shape shape{};
    units::volume request_volume{};
    units::volume response_volume{};
    double variation = 1.0;
    service_objective objective{};
    units::duration duration{};
    units::with_rep<units::ratio, Rep>
        held{}; ///< contexts over those that devices can keep: a load like that of arrivals
};

constexpr units::volume text_volume(const maybe<units::volume>& stated, double tokens, const calibration& c) {
    return stated.value_or(units::volume(tokens * c.token_volume));
}

/// The replicas of all shares together; of times the slowest share's count (conservative).
template <class Rep>
struct fleet {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    of<units::factor> servers{};
    of<units::frequency> capacity{};
    of<units::duration> prefill{};
    of<units::duration> decode_full{};
    of<units::duration> decode_alone{};
    of<units::duration> answer{};    ///< prompt and answer alone, at the fastest share
    of<units::factor> resident{};    ///< contexts that they can keep
    of<units::memory> needed{};      ///< of the fullest device
    of<units::ratio> memory_share{}; ///< of the device that it fills most
    of<units::duration> queue{};     ///< until the last of them is free
};

// The two parts of an evaluation. Neither is left to a compiler: clang 16 would not inline them, and a block would wait for memory.

/// Preconditions: those of replica_at() at every share.
template <class Rep>
[[gnu::always_inline]] constexpr fleet<Rep> fleet_of(const features<Rep>& f, const language_model& m,
                                                     const calibration& c, serving::request_shape shape) {
    using units::max;
    using units::min;
    if constexpr (__is_same(Rep, double)) {
        UONACO_ASSERT(f.sites >= 1 && f.sites <= max_shares && m.devices_per_replica >= 1);
        for (int i = 0; i < f.sites; ++i) {
            UONACO_ASSERT(f.site[i].devices > 0.0 && f.site[i].peak.si() > 0);
            UONACO_ASSERT(f.site[i].memory.si() > 0 && f.site[i].memory_rate.si() > 0);
        }
    }
    // One by one: g++ 12 would clear a fleet by a string instruction, which takes longer than a share.
    units::with_rep<units::factor, Rep> servers, resident;
    units::with_rep<units::frequency, Rep> capacity;
    units::with_rep<units::duration, Rep> prefill, decode_full, decode_alone, answer, queue;
    units::with_rep<units::memory, Rep> needed;
    units::with_rep<units::ratio, Rep> memory_share;
    for (int i = 0; i < f.sites; ++i) {
        const auto r = serving::replica_at(f.site[i], f.replica[i], m, c, shape);
        const auto alone = r.prefill + shape.output * r.decode_alone;
        servers += r.count;
        capacity += r.count * r.service;
        prefill = max(prefill, r.prefill);
        decode_full = max(decode_full, r.decode_full);
        decode_alone = max(decode_alone, r.decode_alone);
        answer = i == 0 ? alone : min(answer, alone);
        resident += r.resident;
        needed = max(needed, r.needed);
        const auto memory = max(units::with_rep<units::memory, Rep>::from_si(Rep(1.0)), f.site[i].memory);
        memory_share = max(memory_share, units::with_rep<units::ratio, Rep>(r.needed / memory));
        queue = max(queue, f.site[i].queue_wait);
    }
    return {servers, capacity, prefill, decode_full, decode_alone, answer, resident, needed, memory_share, queue};
}

/// One line in front of all replicas of all shares. Users reach the first share over `access`, and the others from there.
template <class Rep>
[[gnu::always_inline]] constexpr performance<Rep> serve(const features<Rep>& f, const fleet<Rep>& all,
                                                        const offered<Rep>& o, const calibration& c) {
    using units::max;
    using units::min;
    using factor = units::with_rep<units::factor, Rep>;
    using latency = units::with_rep<units::latency, Rep>;
    using ratio = units::with_rep<units::ratio, Rep>;
    const auto queue = max(all.queue, f.start_delay); // devices are waited for until it may start

    // Queueing needs rho < 1; at or above, `load` says so and the wait is that of a line all but saturated.
    const auto some = max(all.servers, factor(Rep(1.0)));
    const auto service = all.capacity / some;
    const ratio busy = o.requests / max(all.capacity, units::with_rep<units::frequency, Rep>::from_si(Rep(1e-9)));
    const auto rho = min(busy, ratio(Rep(0.999)));
    const units::with_rep<units::frequency, Rep> mu =
        max(service, units::with_rep<units::frequency, Rep>::from_si(Rep(1e-9)));
    const units::with_rep<units::frequency, Rep> arrivals = rho * some * mu;
    // Beyond so many servers the sum would only take longer; fewer at the same load wait more, not less.
    const auto line = min(some, factor(Rep(queueing::most_servers)));
    const Rep waiting = queueing::erlang_c<Rep>((rho * line).si(), line.si());

    auto delay = f.access.delay + f.access.jitter;
    for (int j = 1; j < f.sites; ++j)
        delay = max(delay, f.access.delay + f.access.jitter + f.pair[pair_index(0, j)].delay);
    const auto connected = f.access.rate.si() > Rep(0.0);
    const auto wire = units::with_rep<units::bit_rate, Rep>::from_si(select(connected, f.access.rate.si(), Rep(1e15)));
    const auto payload = (o.request_volume + o.response_volume / uonaco::max(o.shape.output, 1.0)) / wire;
    // Decode slows from one sequence to the full batch as load rises.
    const auto token = all.decode_alone + (all.decode_full - all.decode_alone) * rho;
    const latency base = 2.0 * delay + payload + all.prefill + token;
    const double q = o.objective.percentile;
    const latency first_token = base + queueing::wait_percentile<Rep>(waiting, some.si(), mu, arrivals, o.variation, q);

    // Share within the objective: the tail of the wait beyond what the objective leaves, all or nothing for the token time.
    Rep within = Rep(1.0);
    if (o.objective.first_token) {
        const Rep slack = latency(*o.objective.first_token - base).si();
        const Rep drain = (some * mu - arrivals).si() / Rep(uonaco::max(o.variation, 1e-9));
        const Rep tail = waiting * math::exp(-(drain * uonaco::max(slack, Rep(0.0))));
        within = select(slack >= Rep(0.0), Rep(1.0) - tail, Rep(0.0));
    }
    if (o.objective.per_token) within = select(latency(token) <= *o.objective.per_token, within, Rep(0.0));
    // Requests and responses go opposite ways, each at the whole rate; the fuller way is a load like that of the replicas.
    const auto traffic = o.requests * max(o.request_volume, o.response_volume);
    const auto load = max(max(busy, ratio(traffic / wire)), o.held);
    return {.queue = queue,
            .provisioning = max(f.access.lead_time - queue, units::with_rep<units::duration, Rep>{}),
            .compute = o.duration,
            .first_token = first_token,
            .per_token = token,
            .utilisation = min(busy, ratio(Rep(1.0))) * c.decode_load,
            .memory_needed = all.needed,
            .memory_share = all.memory_share,
            .load = load,
            .attainment = select(load >= 1.0, ratio(Rep(0.0)), ratio(within)),
            .efficiency = ratio((first_token - 2.0 * delay - payload) / max(latency::from_si(Rep(1e-12)), first_token)),
            .fetched = o.requests * o.duration * (o.request_volume + o.response_volume)};
}
} // namespace detail

/// Requests at a rate (I1-I3, Q2, Q3, Q6): TTFT at the objective's percentile, mean TPOT at the load, load,
/// attainment. O(sites + replicas).
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const inference& w, const calibration& c) {
    const double in = static_cast<double>(w.input_tokens);
    const double out = static_cast<double>(w.output_tokens);
    const auto shape = serving::shape_of(w, c);
    const auto all = detail::fleet_of(f, w.model, c, shape);
    const detail::offered<Rep> o{.requests = w.requests,
                                 .shape = shape,
                                 .request_volume = detail::text_volume(w.request_volume, in, c),
                                 .response_volume = detail::text_volume(w.response_volume, out, c),
                                 .variation = queueing::allen_cunneen(w.arrival_variation, w.service_variation),
                                 .objective = w.objective,
                                 .duration = w.duration};
    return detail::serve(f, all, o, c);
}

/// Sessions as a closed loop: so many at a time, each asks again a think time after its answer, and keeps its context on the
/// device between turns. The turn rate taken is its bound for an unloaded system, concurrent / (think time + prefill + decode).
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const session& w, const calibration& c) {
    const double in = static_cast<double>(w.input_tokens);
    const double out = static_cast<double>(w.output_tokens);
    const double concurrent = static_cast<double>(w.concurrent);
    const auto shape = serving::shape_of(w, c);
    const auto all = detail::fleet_of(f, w.model, c, shape);
    const auto shortest = units::with_rep<units::duration, Rep>::from_si(Rep(1e-9));
    const auto few = units::with_rep<units::factor, Rep>(Rep(1e-9));
    const detail::offered<Rep> o{.requests = concurrent / units::max(w.think_time + all.answer, shortest),
                                 .shape = shape,
                                 .request_volume = detail::text_volume(w.request_volume, in, c),
                                 .response_volume = detail::text_volume(w.response_volume, out, c),
                                 .objective = w.objective,
                                 .duration = w.duration,
                                 // Contexts that do not fit count as load: they would be evicted and computed again.
                                 .held = concurrent / units::max(all.resident, few)};
    return detail::serve(f, all, o, c);
}

} // namespace uonaco::inline UONACO_ABI
