// SPDX-License-Identifier: Apache-2.0
// What the formulas make of features and a workload: durations, volumes, utilisations, memory. No money, no energy yet.
#pragma once

#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// Durations add up: completion = queue + provisioning + staging + run; run = (compute + exposed + lost).
template <class Rep>
struct performance {
    template <class Q>
    using of = units::with_rep<Q, Rep>;

    of<units::duration> queue{};        ///< until devices are free and the work may start, whichever is later
    of<units::duration> provisioning{}; ///< beyond the queue: circuits are made meanwhile
    of<units::duration> staging{};
    of<units::duration> compute{}; ///< all steps, without communication
    of<units::duration> exposed{}; ///< communication that nothing hides, all steps
    of<units::duration> lost{};    ///< checkpoints, redone work and restarts (R4); and where power is short
    of<units::duration> step{};    ///< one step of training
    of<units::duration> step_compute{};
    of<units::duration> step_communication{}; ///< hidden or not
    of<units::duration> step_data{};          ///< of what a step shows: waiting for data that is streamed
    of<units::latency> first_token{};         ///< at the objective's percentile, at the user
    of<units::latency> per_token{};           ///< mean at this load, at no percentile
    of<units::ratio> pipelined{};             ///< 1 where layers are divided over the sites, 0 where the batch is
    of<units::factor> chunks =
        units::factor(1.0);         ///< of a stage that is divided so: passes of a micro-batch over each cut
    of<units::ratio> utilisation{}; ///< of the devices while they run
    of<units::duration> held_up{};  ///< part of what is lost: where hours of little power slow the run
    of<units::ratio> fastest =
        units::ratio(1.0); ///< share of full speed that it has at best; less where no hour gives enough
    of<units::ratio> goodput = units::ratio(1.0);
    of<units::memory> memory_needed{};               ///< of the fullest device
    of<units::ratio> memory_share{};                 ///< of the memory of the tightest device; above 1 it does not fit
    of<units::ratio> load{};                         ///< arrivals over the service rate; 1 or more: no steady state
    of<units::ratio> attainment = units::ratio(1.0); ///< share of requests within the objective
    maybe<of<units::ratio>>
        efficiency{};            ///< time with free communication over predicted time; unknown: nothing is computed
    of<units::volume> carried{}; ///< over all connections, each way, in the whole run
    of<units::volume> fetched{}; ///< over the access path

    constexpr of<units::duration> run() const { return compute + exposed + lost; }
    constexpr of<units::duration> completion() const { return queue + provisioning + staging + run(); }
};

} // namespace uonaco::inline UONACO_ABI
