// SPDX-License-Identifier: Apache-2.0
// How long training takes on devices at one or several sites.
#pragma once

#include "calibration.hpp"
#include "collectives.hpp"
#include "local_sgd.hpp"
#include "memory_fit.hpp"
#include "pipeline.hpp"
#include "reliability.hpp"
#include "transport.hpp"

#include "../decision/features.hpp"
#include "../decision/performance.hpp"
#include "../workload/training.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {

/// What a pipeline over all shares would make of a step.
template <class Rep>
struct staged_step {
    answer_t<Rep> possible = answer_of<Rep>(true);
    units::with_rep<units::duration, Rep> compute{}; ///< of the slowest share
    units::with_rep<units::duration, Rep> step{};
    units::with_rep<units::duration, Rep> communication{};
    units::with_rep<units::volume, Rep> message{}; ///< over each cut and each way
    units::with_rep<units::memory, Rep> memory{};
    units::with_rep<units::ratio, Rep> memory_share{};
};

/// P1: shares as consecutive stages, in their order. 2 s h bytes of each sequence cross every cut, and as many come back. A cut has
/// 1 + the stages behind it micro-batches under way, and those sent early; each return trip from it passes all cuts behind it.
template <class Rep>
constexpr staged_step<Rep> stages_over_sites(const features<Rep>& f, const training& t) {
    using units::max;
    using units::min;
    using duration = units::with_rep<units::duration, Rep>;
    using factor = units::with_rep<units::factor, Rep>;
    staged_step<Rep> r;
    factor m = f.stage[0].micro_batches;
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.stage[i];
        r.possible = both(r.possible, s.step.si() > Rep(0.0));
        r.compute = max(r.compute, s.step);
        r.memory = max(r.memory, s.memory);
        r.memory_share =
            max(r.memory_share,
                units::with_rep<units::ratio, Rep>(
                    s.memory / max(units::with_rep<units::memory, Rep>::from_si(Rep(1.0)), f.site[i].memory)));
        m = min(m, s.micro_batches);
    }
    m = select(m.si() > Rep(0.0), m, factor(Rep(1.0)));
    const duration each(r.compute / m);
    r.message =
        units::volume::from_si(16.0 * static_cast<double>(t.tokens_per_step) * static_cast<double>(t.shape->hidden));
    duration interval = each, trip;
    const factor early(Rep(static_cast<double>(t.early_micro_batches)));
    factor under_way(Rep(1.0));
    for (int i = f.sites - 1; i > 0; --i) {
        const auto& pair = f.pair[pair_index(i - 1, i)];
        const auto rate = pair.rate * transport::selective_repeat<Rep>(pair.loss);
        const auto connected = rate.si() > Rep(0.0);
        r.possible = both(r.possible, connected);
        const duration wire(r.message /
                            select(connected, rate, units::with_rep<units::bit_rate, Rep>::from_si(Rep(1.0))));
        const duration serial(wire / m);
        trip += pair.delay + pair.jitter + serial;
        under_way += f.stage[i].stages;
        const factor all(under_way + early);
        interval =
            max(interval, max(serial, pipeline::cut_interval<Rep>(each, trip, all, duration(early / all * each))));
        r.communication = max(r.communication, wire);
    }
    r.communication += 2.0 * trip;
    r.step = m * interval + static_cast<double>(f.sites - 1) * each + 2.0 * trip;
    return r;
}

} // namespace detail

/// Over `f.sites` sites the batch is divided (S5): T = T_c + max(0, T_wan - phi T_bwd), work shared in proportion to speed, gradients
/// reduced in two levels (C9), states sharded within each site (MEM1). Local steps exchange once in sync_every (L2). Or, where the
/// shape is known, the layers are divided (P1): what `cut` says, else the faster of those that fit. Failures and checkpoints by R4,
/// data staged (W9) or streamed.
/// What the scalar call and the batch share. A pair without a connection has rate 0 and adds nothing to the egress of its sites.
/// Over a tree of two connections, S has to cross the slower one each way, so that 2(k-1)/k S over the least egress is a third more
/// than a pipelined reduction needs: an upper bound. From four sites on, groups of sites may be joined by less than their egress:
/// then it is no bound. Preconditions: sites >= 1, devices, peaks, mfus and memories > 0; connections with
/// rate > 0 join all sites, and where data is staged the access has a rate. Where one does not hold and nobody checks, divisors
/// are held to 1 in SI units: durations are absurd then, but finite. O(sites^2), no allocation.
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const training& t, const calibration& c) {
    using units::max;
    using units::min;
    using duration = units::with_rep<units::duration, Rep>;
    using ratio = units::with_rep<units::ratio, Rep>;

    if constexpr (__is_same(Rep, double)) {
        UONACO_ASSERT(f.sites >= 1 && f.sites <= max_shares);
        UONACO_ASSERT(!(f.staging.si() > 0) || f.access.rate.si() > 0);
        for (int i = 0; i < f.sites; ++i) {
            UONACO_ASSERT(f.site[i].devices > 0.0 && f.site[i].memory.si() > 0);
            UONACO_ASSERT(f.site[i].peak.si() > 0 && f.site[i].mfu > 0.0);
        }
    }
    units::with_rep<units::flops, Rep> speed;
    units::with_rep<units::frequency, Rep> failures;
    units::with_rep<units::memory, Rep> memory_needed;
    ratio memory_share;
    duration queue;
    const auto activations = memory_fit::activations(t, c);
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.site[i];
        speed += s.devices * s.peak * s.mfu;
        failures += s.devices * s.failure_rate;
        const auto one = units::with_rep<units::factor, Rep>(Rep(1.0));
        const auto least =
            units::with_rep<units::memory, Rep>(memory_fit::states<Rep>(t, c, max(one, s.devices)) + activations);
        const auto needed = select(s.planned_memory.si() > Rep(0.0), s.planned_memory, least);
        memory_needed = max(memory_needed, needed);
        memory_share =
            max(memory_share, ratio(needed / max(units::with_rep<units::memory, Rep>::from_si(Rep(1.0)), s.memory)));
        queue = max(queue, s.queue_wait);
    }
    queue = max(queue, f.start_delay); // devices are waited for until it may start

    const double trained = static_cast<double>(t.active_parameters.value_or(t.parameters));
    const auto work = units::work::from_si(c.flops_per_parameter * trained * static_cast<double>(t.tokens_per_step));
    auto step_compute = duration(work / max(units::with_rep<units::flops, Rep>::from_si(Rep(1.0)), speed));
    const double steps = static_cast<double>(t.steps);

    const auto slowest = units::with_rep<units::bit_rate, Rep>::from_si(Rep(1.0));
    duration ready = f.access.lead_time;
    duration communication;
    duration exposed;
    units::with_rep<units::volume, Rep> carried;
    ratio pipelined;
    if (f.sites > 1) {
        const auto message = units::volume(static_cast<double>(t.parameters) * size_of(t.gradient_precision));
        units::with_rep<units::bit_rate, Rep> egress[max_shares];
        units::with_rep<units::latency, Rep> delay;
        const pair_features<Rep>* pair = f.pair; // in the order of pair_index
        for (int j = 1; j < f.sites; ++j) {
            for (int i = 0; i < j; ++i, ++pair) {
                const auto rate = pair->rate * transport::selective_repeat<Rep>(pair->loss);
                egress[i] += rate;
                egress[j] += rate;
                delay = max(delay, pair->delay + pair->jitter);
                failures += pair->failure_rate;
                ready = max(ready, pair->lead_time);
            }
        }
        auto least = egress[0];
        for (int i = 1; i < f.sites; ++i) least = min(least, egress[i]);
        if constexpr (__is_same(Rep, double)) UONACO_ASSERT(least.si() > 0);
        least = max(slowest, least);
        const auto wire = collectives::two_level_all_reduce<Rep>(f.sites, message, least, delay, c.collective_step);
        const double rounds = uonaco::max(static_cast<double>(t.sync_every), 1.0);
        auto hidden = duration(t.overlap.value_or(c.overlap) * c.backward_share * step_compute);
        duration last;
        if (t.stream_steps > 0) {
            hidden = max(hidden, duration(uonaco::min(static_cast<double>(t.stream_steps), rounds) * step_compute));
        } else if (t.sync_every > 1 && t.shape && !t.overlap) {
            const auto layers = uonaco::min(uonaco::max(static_cast<double>(t.shape->layers), 1.0), 1e6);
            const auto e = local_sgd::blocking<Rep>(rounds, step_compute, static_cast<int>(layers), c.backward_share);
            hidden = e.overlap;
            last = e.last_share * wire;
        }
        const auto tail = c.exposed_tail * (c.bucket / least + 2.0 * delay);
        // Local steps exchange once in sync_every; only the last of them has a backward pass to hide behind (L2).
        const double often = 1.0 / rounds;
        communication = often * wire;
        exposed = often * (max(wire - hidden, last) + tail);
        carried = steps * often * static_cast<double>(f.sites) / 2.0 * collectives::egress_volume(f.sites, message);

        const bool asked = t.cut && *t.cut == wan_cut::pipeline;
        if (t.shape && t.sync_every <= 1 && (asked || !t.cut)) {
            const auto s = detail::stages_over_sites(f, t);
            const auto fits = s.memory_share <= Rep(1.0);
            const auto better = either(memory_share > Rep(1.0), s.step < duration(step_compute + exposed));
            const auto chosen = asked ? s.possible : both(both(s.possible, fits), better);
            const auto named = asked ? answer_of<Rep>(true) : chosen;
            step_compute = select(chosen, s.compute, step_compute);
            communication = select(chosen, s.communication, communication);
            exposed = select(chosen, max(s.step - s.compute, duration{}), exposed);
            carried = select(chosen, steps * static_cast<double>(f.sites - 1) * s.message, carried);
            memory_needed = select(named, s.memory, memory_needed);
            memory_share = select(named, s.memory_share, memory_share);
            pipelined = select(chosen, ratio(Rep(1.0)), ratio{});
        }
    }

    const auto fetch_rate = select(f.read_rate.si() > Rep(0.0), min(f.access.rate, f.read_rate), f.access.rate);
    const auto to_fetch = f.staging.si() > Rep(0.0);
    const auto rate = max(slowest, select(to_fetch, fetch_rate, slowest));
    const auto fetch = transport::bulk<Rep>(f.staging, rate, transport::selective_repeat<Rep>(f.access.loss),
                                            units::with_rep<units::latency, Rep>(2.0 * f.access.delay));
    duration staging;
    if (t.stream_data) // each step's share arrives during the one before
        exposed +=
            select(to_fetch, max(fetch / uonaco::max(steps, 1.0) - (step_compute + exposed), duration{}), duration{});
    else
        staging = select(to_fetch, fetch, duration{});

    const auto goodput = reliability::goodput_at<Rep>(failures, t.checkpoint_time.value_or(c.checkpoint_time),
                                                      t.restart_time.value_or(c.restart_time));
    const auto step = step_compute + exposed;
    return {.queue = queue,
            .provisioning = max(ready - queue, duration{}), // circuits are made while devices are waited for
            .staging = staging,
            .compute = steps * step_compute,
            .exposed = steps * exposed,
            .lost = steps * step * (1.0 / goodput - 1.0),
            .step = step,
            .step_compute = step_compute,
            .step_communication = communication,
            .pipelined = pipelined,
            .utilisation = c.training_load,
            .goodput = goodput,
            .memory_needed = memory_needed,
            .memory_share = memory_share,
            .efficiency = ratio(step_compute / select(step.si() > Rep(0.0), step, duration::from_si(Rep(1.0)))),
            .carried = carried,
            .fetched = f.staging};
}

} // namespace uonaco::inline UONACO_ABI
