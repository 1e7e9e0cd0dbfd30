// SPDX-License-Identifier: Apache-2.0
// How long training takes on devices at one or several sites.
#pragma once

#include "calibration.hpp"
#include "collectives.hpp"
#include "local_sgd.hpp"
#include "memory_fit.hpp"
#include "pipeline.hpp"
#include "reliability.hpp"
#include "transfer_model.hpp"
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
    units::with_rep<units::duration, Rep> compute{}; ///< of the slowest share, with what the pipeline takes to fill
    units::with_rep<units::duration, Rep> step{};
    units::with_rep<units::duration, Rep> communication{};
    units::with_rep<units::volume, Rep> message{};                   ///< over each cut and each way, each time
    units::with_rep<units::factor, Rep> chunks = units::factor(1.0); ///< so many times
    units::with_rep<units::memory, Rep> memory{};
    units::with_rep<units::ratio, Rep> memory_share{};
};

/// P1 with chunks of layers interleaved over all shares (v of each stage), where that is faster, fits and no way bills volume: a
/// passage through the others is v times shorter. Each micro-batch passes all shares v times, and goes back from the last to the
/// first between: v times over each cut, v - 1 times over that connection, and its gradient the other way. A cut has a chunk more
/// under way than it has without delay: of a turn, 2 v D, what is beyond an interval shows; and so do the ways of the first
/// micro-batch and the last. No less than simulated schedules take (tests/unit/model/training.cpp).
template <class Rep>
constexpr void interleave_over_sites(const features<Rep>& f, units::with_rep<units::factor, Rep> micro_batches,
                                     units::with_rep<units::duration, Rep> all,
                                     const units::with_rep<units::duration, Rep>* own,
                                     const units::with_rep<units::duration, Rep>* passage, staged_step<Rep>& r) {
    using units::max;
    using duration = units::with_rep<units::duration, Rep>;
    using factor = units::with_rep<units::factor, Rep>;
    const factor one_pass(Rep(1.0));
    const factor v = max(f.stage[0].chunks, one_pass);
    auto possible = both(r.possible, v > one_pass);
    factor stages;
    units::with_rep<units::memory, Rep> memory;
    units::with_rep<units::ratio, Rep> memory_share;
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.stage[i];
        possible = both(possible, s.chunks == v);
        stages += max(s.stages, one_pass);
        memory = max(memory, s.interleaved_memory);
        memory_share =
            max(memory_share, units::with_rep<units::ratio, Rep>(
                                  s.interleaved_memory /
                                  max(units::with_rep<units::memory, Rep>::from_si(Rep(1.0)), f.site[i].memory)));
    }
    possible = both(possible, micro_batches >= stages); // they go in groups of as many
    duration interval, trips, communication;
    const int last = f.sites - 1;
    for (int i = 0; i <= last; ++i) { // from share i on: the last one's leads to the first
        const auto& pair = f.pair[i < last ? pair_index(i, i + 1) : pair_index(0, last)];
        const auto rate = pair.rate * transport::selective_repeat<Rep>(pair.loss);
        const auto connected = rate.si() > Rep(0.0);
        const auto billed = pair.egress.value_or(units::with_rep<units::volume_price, Rep>::from_si(Rep(1.0)));
        possible = both(possible, both(connected, billed.si() <= Rep(0.0)));
        const duration wire(r.message /
                            select(connected, rate, units::with_rep<units::bit_rate, Rep>::from_si(Rep(1.0))));
        const duration way(pair.delay + pair.jitter + wire / micro_batches);
        const factor along = i < last ? v : factor(v - one_pass);
        const factor passes = last == 1 ? factor(2.0 * v - one_pass) : along; // of two shares it is the same connection
        trips += along * way;
        interval = max(interval, max(duration(passes * wire / micro_batches), duration(2.0 * v * way)));
        communication = max(communication, duration(passes * wire));
    }
    duration compute, step;
    for (int i = 0; i < f.sites; ++i) {
        const duration alone(f.stage[i].step + (all - passage[i]) / v);
        compute = max(compute, alone);
        step = max(step, duration(alone + max(micro_batches * interval - own[i], duration{})));
    }
    step += 2.0 * trips;
    const auto better =
        both(both(possible, step < r.step), either(memory_share <= Rep(1.0), memory_share <= r.memory_share));
    r.compute = select(better, compute, r.compute);
    r.step = select(better, step, r.step);
    r.communication = select(better, duration(communication + 2.0 * trips), r.communication);
    r.memory = select(better, memory, r.memory);
    r.memory_share = select(better, memory_share, r.memory_share);
    r.chunks = select(better, v, one_pass);
}

/// P1: shares as consecutive stages, in their order: one pipeline of all their stages, of which each share interleaves its own. A
/// step of a share alone, and a passage through all others. 2 s h bytes of each sequence cross every cut, and as many come back. A
/// cut has 1 + the stages behind it micro-batches under way, and those sent early: so many for each turn, which is a passage of the
/// stages from the last one before it on, there and back over all cuts behind it.
/// Not inlined: few ask for it, and the others would wait for its registers.
template <class Rep>
[[gnu::noinline]] constexpr staged_step<Rep> stages_over_sites(const features<Rep>& f, const training& t) {
    using units::max;
    using units::min;
    using duration = units::with_rep<units::duration, Rep>;
    using factor = units::with_rep<units::factor, Rep>;
    const factor one_stage(Rep(1.0));
    staged_step<Rep> r;
    factor stages[max_shares], micro_batches[max_shares];
    duration passage[max_shares], own[max_shares]; // own: of all its micro-batches at its slowest stage
    duration all;
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.stage[i];
        r.possible = both(r.possible, s.step.si() > Rep(0.0));
        stages[i] = max(s.stages, one_stage);
        micro_batches[i] = max(s.micro_batches, one_stage);
        const duration interval =
            select(s.interval.si() > Rep(0.0), s.interval, duration(s.step / (micro_batches[i] + (stages[i] - 1.0))));
        passage[i] = select(s.passage.si() > Rep(0.0), s.passage, duration(stages[i] * interval));
        own[i] = micro_batches[i] * interval;
        all += passage[i];
        r.memory = max(r.memory, s.memory);
        r.memory_share =
            max(r.memory_share,
                units::with_rep<units::ratio, Rep>(
                    s.memory / max(units::with_rep<units::memory, Rep>::from_si(Rep(1.0)), f.site[i].memory)));
    }
    factor m = micro_batches[0];
    for (int i = 1; i < f.sites; ++i) m = min(m, micro_batches[i]);
    r.message =
        units::volume::from_si(16.0 * static_cast<double>(t.tokens_per_step) * static_cast<double>(t.shape->hidden));
    duration interval, trip, behind; // interval: what the cuts allow
    factor under_way(Rep(static_cast<double>(t.early_micro_batches) + 1.0));
    for (int i = f.sites - 1; i > 0; --i) {
        const auto& pair = f.pair[pair_index(i - 1, i)];
        const auto rate = pair.rate * transport::selective_repeat<Rep>(pair.loss);
        const auto connected = rate.si() > Rep(0.0);
        r.possible = both(r.possible, connected);
        const duration wire(r.message /
                            select(connected, rate, units::with_rep<units::bit_rate, Rep>::from_si(Rep(1.0))));
        const duration serial(wire / m);
        trip += pair.delay + pair.jitter + serial;
        under_way += stages[i];
        behind += passage[i];
        const duration turn(passage[i - 1] / stages[i - 1] + behind + 2.0 * trip);
        interval = max(interval, max(serial, duration(turn / under_way)));
        r.communication = max(r.communication, wire);
    }
    r.communication += 2.0 * trip;
    for (int i = 0; i < f.sites; ++i) {
        const duration alone(f.stage[i].step + (all - passage[i])); // which no network shortens
        r.compute = max(r.compute, alone);
        r.step = max(r.step, duration(alone + max(m * interval - own[i], duration{})));
    }
    r.step += 2.0 * trip;
    if (any(f.stage[0].chunks > Rep(1.0))) interleave_over_sites(f, m, all, own, passage, r);
    return r;
}

/// What groups of four shares and more hold their exchange to. Not inlined: features that were gathered have it.
template <class Rep>
[[gnu::noinline]] constexpr units::with_rep<units::bit_rate, Rep> group_egress(const features<Rep>& f) {
    return collectives::group_egress<Rep>(f.sites, [&f](int i, int j) {
        const auto& pair = f.pair[pair_index(i, j)];
        return pair.rate * transport::selective_repeat<Rep>(pair.loss);
    });
}

// The parts of a step. Each has one caller, in which clang would not inline all of them: a tenth of the whole time.

/// The least divisor, in SI units: what keeps figures finite where nobody checks.
template <class Q, class Rep>
constexpr units::with_rep<Q, Rep> one = units::with_rep<Q, Rep>::from_si(Rep(1.0));

/// The shares of a candidate together.
template <class Rep>
struct all_shares {
    units::with_rep<units::flops, Rep> speed{}; ///< sustained
    units::with_rep<units::frequency, Rep> failures{};
    units::with_rep<units::memory, Rep> memory{};      ///< of the fullest device
    units::with_rep<units::ratio, Rep> memory_share{}; ///< of the device that it fills most
    units::with_rep<units::duration, Rep> queue{};     ///< until the last of them is free
};

/// MEM1 and its sum of speeds. Where a share has a plan, its memory is what the plan says.
template <class Rep>
[[gnu::always_inline]] constexpr all_shares<Rep> over_shares(const features<Rep>& f, const training& t,
                                                             const calibration& c) {
    using units::max;
    using memory = units::with_rep<units::memory, Rep>;
    all_shares<Rep> r;
    const auto activations = memory_fit::activations(t, c);
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.site[i];
        r.speed += s.devices * s.peak * s.mfu;
        r.failures += s.devices * s.failure_rate;
        const auto least = memory(memory_fit::states<Rep>(t, c, max(one<units::factor, Rep>, s.devices)) + activations);
        const auto needed = select(s.planned_memory.si() > Rep(0.0), s.planned_memory, least);
        r.memory = max(r.memory, needed);
        r.memory_share =
            max(r.memory_share, units::with_rep<units::ratio, Rep>(needed / max(one<units::memory, Rep>, s.memory)));
        r.queue = max(r.queue, s.queue_wait);
    }
    return r;
}

/// The connections of a candidate together.
template <class Rep>
struct all_pairs {
    units::with_rep<units::bit_rate, Rep>
        egress{};                                  ///< of the site that has least, or what a group of sites holds it to
    units::with_rep<units::latency, Rep> delay{};  ///< of the longest
    units::with_rep<units::duration, Rep> ready{}; ///< when the last of them stands
    units::with_rep<units::frequency, Rep> failures{}; ///< with those given
};

/// Precondition: sites > 1.
template <class Rep>
[[gnu::always_inline]] constexpr all_pairs<Rep> over_pairs(const features<Rep>& f,
                                                           units::with_rep<units::duration, Rep> ready,
                                                           units::with_rep<units::frequency, Rep> failures) {
    using units::max;
    using rate = units::with_rep<units::bit_rate, Rep>;
    all_pairs<Rep> r{.ready = ready, .failures = failures};
    const pair_features<Rep>* pair = f.pair; // in the order of pair_index
    const auto rate_of = [](const pair_features<Rep>& p) { return p.rate * transport::selective_repeat<Rep>(p.loss); };
    const auto count = [&r](const pair_features<Rep>& p) {
        r.delay = max(r.delay, p.delay + p.jitter);
        r.failures += p.failure_rate;
        r.ready = max(r.ready, p.lead_time);
    };
    const rate first = rate_of(*pair);
    count(*pair++);
    // Not from zeros: g++ would clear the array by a string instruction, which takes longer than all that follows.
    rate egress[max_shares] = {first, first, first, first, first, first, first, first};
    static_assert(max_shares == 8);
    for (int j = 2; j < f.sites; ++j) {
        rate own;
        for (int i = 0; i < j; ++i, ++pair) {
            const rate other = rate_of(*pair);
            egress[i] += other;
            own += other;
            count(*pair);
        }
        egress[j] = own;
    }
    r.egress = egress[0];
    for (int i = 1; i < f.sites; ++i) r.egress = units::min(r.egress, egress[i]);
    if (f.sites > 3) {
        rate group = f.group_egress;
        const auto known = group.si() > Rep(0.0);
        if (!all(known)) group = select(known, group, group_egress(f));
        r.egress = units::min(r.egress, group);
    }
    return r;
}

/// What of the exchange of gradients a step shows.
template <class Rep>
struct exchanged {
    units::with_rep<units::duration, Rep> communication{}; ///< of a step, hidden or not
    units::with_rep<units::duration, Rep> exposed{};
    units::with_rep<units::volume, Rep> carried{}; ///< in the whole run, by all connections
};

/// S5 and C9; with local steps L2. Precondition: sites > 1.
template <class Rep>
[[gnu::always_inline]] constexpr exchanged<Rep> exchange_of(const features<Rep>& f, const training& t,
                                                            const calibration& c, const all_pairs<Rep>& pairs,
                                                            units::with_rep<units::duration, Rep> step) {
    using units::max;
    using duration = units::with_rep<units::duration, Rep>;
    const auto message = units::volume(static_cast<double>(t.parameters) * size_of(t.gradient_precision));
    const auto egress = max(one<units::bit_rate, Rep>, pairs.egress);
    const auto wire = collectives::two_level_all_reduce<Rep>(f.sites, message, egress, pairs.delay, c.collective_step);
    const double rounds = uonaco::max(static_cast<double>(t.sync_every), 1.0);
    auto hidden = duration(t.overlap.value_or(c.overlap) * c.backward_share * step);
    duration last;
    if (t.stream_steps > 0) {
        hidden = max(hidden, duration(uonaco::min(static_cast<double>(t.stream_steps), rounds) * step));
    } else if (t.sync_every > 1 && t.shape && !t.overlap) {
        const auto layers = uonaco::min(uonaco::max(static_cast<double>(t.shape->layers), 1.0), 1e6);
        const auto e = local_sgd::blocking<Rep>(rounds, step, static_cast<int>(layers), c.backward_share);
        hidden = e.overlap;
        last = e.last_share * wire;
    }
    const auto tail = c.exposed_tail * (c.bucket / egress + 2.0 * pairs.delay);
    // Local steps exchange once in sync_every; only the last of them has a backward pass to hide behind (L2).
    const double often = 1.0 / rounds;
    const double times = static_cast<double>(t.steps) * often * static_cast<double>(f.sites) / 2.0;
    return {.communication = often * wire,
            .exposed = often * (max(wire - hidden, last) + tail),
            .carried = times * collectives::egress_volume(f.sites, message)};
}

} // namespace detail

/// Over `f.sites` sites the batch is divided (S5): T = T_c + max(0, T_wan - phi T_bwd), work shared in proportion to speed, gradients
/// reduced in two levels (C9), states sharded within each site (MEM1). Local steps exchange once in sync_every (L2). Or, where the
/// shape is known, the layers are divided (P1): what the workload's `cut` says, else what the candidate does. Failures and checkpoints by R4,
/// data staged (W9) or streamed.
/// What the scalar call and the batch share. A pair without a connection has rate 0 and adds nothing to the egress of its sites.
/// Over a tree of two connections, S has to cross the slower one each way, so that 2(k-1)/k S over the least egress is a third more
/// than a pipelined reduction needs: an upper bound. From four sites on, groups of sites may be joined by less than their egress:
/// then they count (features.group_egress), and no exchange is shorter than collectives::all_reduce_cut_bound. Preconditions: sites >= 1, devices, peaks, mfus and memories > 0; connections with
/// rate > 0 join all sites, and where data is staged the access has a rate. Where one does not hold and nobody checks, divisors
/// are held to 1 in SI units: durations are absurd then, but finite. O(sites^2), no allocation.
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const training& t, const calibration& c) {
    using units::max;
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
    auto shares = detail::over_shares(f, t, c);
    const auto queue = max(shares.queue, f.start_delay); // devices are waited for until it may start

    const double trained = transformer_work::trained_parameters(t);
    const auto work = units::work::from_si(c.flops_per_parameter * trained * static_cast<double>(t.tokens_per_step));
    auto step_compute = duration(work / max(detail::one<units::flops, Rep>, shares.speed));
    const double steps = static_cast<double>(t.steps);

    detail::all_pairs<Rep> pairs{.ready = f.access.lead_time, .failures = shares.failures};
    detail::exchanged<Rep> wan;
    ratio pipelined;
    units::with_rep<units::factor, Rep> chunks(Rep(1.0));
    if (f.sites > 1) {
        pairs = detail::over_pairs(f, pairs.ready, pairs.failures);
        if constexpr (__is_same(Rep, double)) UONACO_ASSERT(pairs.egress.si() > 0);
        wan = detail::exchange_of(f, t, c, pairs, step_compute);

        const auto named = t.cut ? answer_of<Rep>(*t.cut == wan_cut::pipeline) : f.pipelined;
        if (t.shape && t.sync_every <= 1 && any(named)) {
            const auto s = detail::stages_over_sites(f, t);
            const auto chosen = both(named, s.possible);
            step_compute = select(chosen, s.compute, step_compute);
            wan.communication = select(chosen, s.communication, wan.communication);
            wan.exposed = select(chosen, max(s.step - s.compute, duration{}), wan.exposed);
            const auto passes =
                s.chunks * static_cast<double>(f.sites) - 1.0; // all cuts, and back to the first share between
            wan.carried = select(chosen, steps * passes * s.message, wan.carried);
            chunks = select(chosen, s.chunks, chunks);
            shares.memory = select(named, s.memory, shares.memory);
            shares.memory_share = select(named, s.memory_share, shares.memory_share);
            pipelined = select(chosen, ratio(Rep(1.0)), ratio{});
        }
    }

    auto exposed = wan.exposed;
    auto staging = detail::time_to_move(f, t.recovery, t.window, c); // as a transfer over the same path
    duration data;
    if (t.stream_data) { // each step's share arrives during the one before
        data = max(staging / uonaco::max(steps, 1.0) - (step_compute + exposed), duration{});
        exposed += data;
        staging = {};
    }
    const auto goodput = reliability::goodput_at<Rep>(pairs.failures, t.checkpoint_time.value_or(c.checkpoint_time),
                                                      t.restart_time.value_or(c.restart_time));
    const auto step = step_compute + exposed;
    return {.queue = queue,
            .provisioning = max(pairs.ready - queue, duration{}), // circuits are made while devices are waited for
            .staging = staging,
            .compute = steps * step_compute,
            .exposed = steps * exposed,
            .lost = steps * step * (1.0 / goodput - 1.0),
            .step = step,
            .step_compute = step_compute,
            .step_communication = wan.communication,
            .step_data = data,
            .pipelined = pipelined,
            .chunks = chunks,
            .utilisation = c.training_load,
            .goodput = goodput,
            .memory_needed = shares.memory,
            .memory_share = shares.memory_share,
            .efficiency = ratio(step_compute / select(step.si() > Rep(0.0), step, duration::from_si(Rep(1.0)))),
            .carried = wan.carried,
            .fetched = f.staging};
}

} // namespace uonaco::inline UONACO_ABI
