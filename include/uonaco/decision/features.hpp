// SPDX-License-Identifier: Apache-2.0
// Features: all that the formulas need to know of one candidate, as columns of numbers. No ids, no estate, no graph.
// A caller with data structures of its own fills these directly, and outcome_of() checks them. Where a figure `x` has an `x_known`, x is what is known of it,
// and x_known says whether that is all: formulas use x, limits on what depends on it are not met unless x_known.
#pragma once

#include "candidate.hpp"

#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// One share of a candidate, per device unless said otherwise. What durations depend on stands before what only money, energy
/// and availability do: a block then reads the figures of each step from neighbouring cache lines.
template <class Rep>
struct site_features {
    template <class Q>
    using of = units::with_rep<Q, Rep>;

    of<units::factor> devices{};
    of<units::flops> peak{}; ///< dense, at the workload's precision
    of<units::ratio> mfu{};  ///< sustained share of it in training
    of<units::memory> memory{};
    of<units::memory> planned_memory{}; ///< of the plan inside a site; 0: no plan, the formulas estimate the least
    of<units::duration> queue_wait{};
    of<units::frequency> failure_rate{}; ///< 1 / mtbf; 0: does not fail
    of<units::memory_rate> memory_rate{};
    of<units::memory_rate> interconnect{}; ///< scale-up, one direction; 0: not known

    of<units::power> idle_power{};
    of<units::power> max_power{};
    of<units::power> host_power{};
    maybe<of<units::factor>> pue{};
    maybe<of<units::price_rate>> price{};
    of<units::ratio> energy_included{}; ///< 1 where the rental covers energy, else 0
    of<units::ratio> availability = units::ratio(1.0);
    answer_t<Rep> queue_wait_known = answer_of<Rep>(true);
    answer_t<Rep> power_known = answer_of<Rep>(true); ///< false: max_power is a stand-in
    answer_t<Rep> availability_known = answer_of<Rep>(true);
};

/// A share as part of a pipeline over all shares: its layers, for the whole batch. Of a candidate of one share it means nothing.
/// Where `interval` or `passage` is 0 it is not known: step / (micro_batches + stages - 1), and stages times that.
template <class Rep>
struct stage_features {
    template <class Q>
    using of = units::with_rep<Q, Rep>;

    of<units::duration> step{};        ///< of its own devices alone; 0: not known, or there is no such plan
    of<units::factor> stages{};        ///< of the pipeline that are inside this share
    of<units::factor> micro_batches{}; ///< that pass one after the other
    of<units::memory> memory{};        ///< of its fullest device, with what is under way for the shares behind
    of<units::duration> interval{};    ///< between two micro-batches, at its slowest stage
    of<units::duration> passage{};     ///< of a micro-batch through all its stages, and of its gradient back
    /// Chunks of layers of each stage. Where all shares have as many, they may be interleaved over the shares; 0 or 1: they are not.
    of<units::factor> chunks{};
    of<units::memory> interleaved_memory{}; ///< in place of `memory` then
};

/// One replica of the served model at a share, where the model's shape is known (serving::served_replica).
template <class Rep>
struct replica_features {
    template <class Q>
    using of = units::with_rep<Q, Rep>;

    of<units::frequency> service{}; ///< requests a second when full; 0: not known, the formulas estimate all of these
    of<units::factor> batch{};      ///< sequences decoded together when full; 0: nothing fits
    of<units::duration> prefill{};  ///< of a mean prompt, alone
    of<units::duration> decode_full{}; ///< a token at that batch, beside the prompts that take over
    of<units::duration> decode_alone{};
    of<units::factor> resident{}; ///< contexts that it can keep
    of<units::memory> needed{};   ///< of a device: weights, workspace and one sequence
};

/// One connection: rate and delay each way, and what it costs. In the same order.
template <class Rep>
struct pair_features {
    template <class Q>
    using of = units::with_rep<Q, Rep>;

    of<units::bit_rate> rate{}; ///< for what is sent; 0: not connected
    of<units::latency> delay{}; ///< one way
    of<units::latency> jitter{};
    of<units::ratio> loss{};
    of<units::duration> lead_time{};
    of<units::frequency> failure_rate{}; ///< outages that stop the job; 0: none, or protected

    maybe<of<units::price_rate>> lease{}; ///< at the reserved rate
    maybe<of<units::money>> set_up_fee{};
    maybe<of<units::volume_price>> egress{}; ///< a byte; unknown only where volume is billed at a price not known
    of<units::power> power{};                ///< of transponders, amplifiers and routers on the way
    of<units::duration> least_lease{};       ///< billed for no less
    of<units::duration> lease_step{};        ///< billed in whole ones of these; 0: to the second
    of<units::bit_rate> headers{};           ///< reserved beside `rate`, for what encryption adds to packets
    of<units::ratio> availability = units::ratio(1.0);
    answer_t<Rep> jitter_known = answer_of<Rep>(true);
    answer_t<Rep> loss_known = answer_of<Rep>(true);
    answer_t<Rep> availability_known = answer_of<Rep>(true);
};

/// f(a's, b's) for each member: who copies from one Rep to another names no member.
template <class A, class B, class F>
constexpr void for_each_column(site_features<A>& a, const site_features<B>& b, F f) {
    f(a.devices, b.devices);
    f(a.peak, b.peak);
    f(a.mfu, b.mfu);
    f(a.memory, b.memory);
    f(a.planned_memory, b.planned_memory);
    f(a.queue_wait, b.queue_wait);
    f(a.failure_rate, b.failure_rate);
    f(a.memory_rate, b.memory_rate);
    f(a.interconnect, b.interconnect);
    f(a.idle_power, b.idle_power);
    f(a.max_power, b.max_power);
    f(a.host_power, b.host_power);
    f(a.pue, b.pue);
    f(a.price, b.price);
    f(a.energy_included, b.energy_included);
    f(a.availability, b.availability);
    f(a.queue_wait_known, b.queue_wait_known);
    f(a.power_known, b.power_known);
    f(a.availability_known, b.availability_known);
}
template <class A, class B, class F>
constexpr void for_each_column(stage_features<A>& a, const stage_features<B>& b, F f) {
    f(a.step, b.step);
    f(a.stages, b.stages);
    f(a.micro_batches, b.micro_batches);
    f(a.memory, b.memory);
    f(a.interval, b.interval);
    f(a.passage, b.passage);
    f(a.chunks, b.chunks);
    f(a.interleaved_memory, b.interleaved_memory);
}
template <class A, class B, class F>
constexpr void for_each_column(replica_features<A>& a, const replica_features<B>& b, F f) {
    f(a.service, b.service);
    f(a.batch, b.batch);
    f(a.prefill, b.prefill);
    f(a.decode_full, b.decode_full);
    f(a.decode_alone, b.decode_alone);
    f(a.resident, b.resident);
    f(a.needed, b.needed);
}
template <class A, class B, class F>
constexpr void for_each_column(pair_features<A>& a, const pair_features<B>& b, F f) {
    f(a.rate, b.rate);
    f(a.delay, b.delay);
    f(a.jitter, b.jitter);
    f(a.loss, b.loss);
    f(a.lead_time, b.lead_time);
    f(a.failure_rate, b.failure_rate);
    f(a.lease, b.lease);
    f(a.set_up_fee, b.set_up_fee);
    f(a.egress, b.egress);
    f(a.power, b.power);
    f(a.least_lease, b.least_lease);
    f(a.lease_step, b.lease_step);
    f(a.headers, b.headers);
    f(a.availability, b.availability);
    f(a.jitter_known, b.jitter_known);
    f(a.loss_known, b.loss_known);
    f(a.availability_known, b.availability_known);
}

/// Up to max_shares shares; `sites` is the same in every lane of a block. The first sites*(sites-1)/2 pairs count.
/// Rep: double, lanes<W> for a block of W candidates, or dual<N>.
template <class Rep>
struct features {
    int sites = 0;
    units::with_rep<units::volume, Rep> staging{};        ///< to be moved over `access` before or while it runs
    units::with_rep<units::memory_rate, Rep> read_rate{}; ///< of the storage it comes from; 0: not known, not a limit
    units::with_rep<units::duration, Rep> start_delay{};  ///< from submission to the start the candidate names
    pair_features<Rep> access{};                          ///< users, or the place of the data, to the first share
    units::with_rep<units::ratio, Rep> own_access =
        units::ratio(1.0); ///< 0: `access` is a pair's connection, taken once
    site_features<Rep> site[max_shares]{};
    pair_features<Rep> pair[max_pairs]{};
    stage_features<Rep> stage[max_shares]{};
    replica_features<Rep> replica[max_shares]{};
    /// Of four shares and more: collectives::group_egress of their connections. 0: not known, the formulas look for it each time.
    /// Follows from the pairs: who changes a rate or a loss sets it to 0.
    units::with_rep<units::bit_rate, Rep> group_egress{};
    answer_t<Rep> pipelined = answer_of<Rep>(false); ///< layers are divided over the shares, and not the batch

    /// All as new.
    constexpr void clear() {
        clear(max_shares);
        sites = 0;
    }
    /// As new for so many shares. The slots of further ones mean nothing and are left as they are.
    constexpr void clear(int shares) {
        const site_features<Rep> no_site; // g++ 12 takes neither `f = {}` nor `f = features{}`
        const pair_features<Rep> no_pair;
        const stage_features<Rep> no_stage;
        const replica_features<Rep> no_replica;
        sites = shares;
        group_egress = {};
        staging = {};
        read_rate = {};
        start_delay = {};
        access = no_pair;
        own_access = units::ratio(1.0);
        pipelined = answer_of<Rep>(false);
        for (int i = 0; i < shares; ++i) site[i] = no_site;
        for (int i = 0; i < shares; ++i) stage[i] = no_stage;
        for (int i = 0; i < shares; ++i) replica[i] = no_replica;
        for (int i = 0; i < shares * (shares - 1) / 2; ++i) pair[i] = no_pair;
    }
};

/// Of the shares and pairs that count, too.
template <class A, class B, class F>
constexpr void for_each_column(features<A>& a, const features<B>& b, F f) {
    for (int i = 0; i < b.sites; ++i) for_each_column(a.site[i], b.site[i], f);
    for (int i = 0; i < b.sites * (b.sites - 1) / 2; ++i) for_each_column(a.pair[i], b.pair[i], f);
    if (b.sites > 1)
        for (int i = 0; i < b.sites; ++i) for_each_column(a.stage[i], b.stage[i], f);
    for (int i = 0; i < b.sites; ++i) for_each_column(a.replica[i], b.replica[i], f);
    for_each_column(a.access, b.access, f);
    f(a.group_egress, b.group_egress);
    f(a.staging, b.staging);
    f(a.read_rate, b.read_rate);
    f(a.start_delay, b.start_delay);
    f(a.own_access, b.own_access);
    f(a.pipelined, b.pipelined);
}

} // namespace uonaco::inline UONACO_ABI
