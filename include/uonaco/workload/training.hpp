// SPDX-License-Identifier: Apache-2.0
// Training, as asked.
#pragma once

#include "transformer.hpp"

#include "../base/id.hpp"
#include "../record/parallel_plan.hpp"
#include "../record/precision.hpp"
#include "../record/recovery.hpp"
#include "../record/wan_cut.hpp"
#include "../units/maybe.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// A transformer trained at one or several sites: synchronously, or exchanging every so many steps (local SGD, federated rounds).
struct training {
    units::count parameters = 0;
    maybe<units::count> active_parameters{}; ///< of a mixture of experts; unknown: all
    units::count tokens_per_step = 0;
    units::count steps = 0;
    uonaco::precision precision = uonaco::precision::bf16;          ///< of the matrix products
    uonaco::precision gradient_precision = uonaco::precision::bf16; ///< of what crosses the network
    maybe<units::ratio> mfu{}; ///< unknown: the pool's, else that of the plan, else the default of device and precision
    maybe<units::ratio> overlap{}; ///< share of the backward pass that hides communication; unknown: 0.6 (S5)
    units::count sync_every = 1;   ///< steps between exchanges
    units::count stream_steps =
        0; ///< an exchange may take so many steps while computing goes on; 0: they wait for it (L2)
    maybe<transformer> shape{};  ///< with it memory, plan and cut between sites are known or searched
    maybe<parallel_plan> plan{}; ///< inside a site; data-parallel ranks follow from the devices. Unknown: searched
    std::string stack{};         ///< training software, a name of training_stack.hpp; empty: today's
    maybe<wan_cut> cut{};        ///< what crosses the network between sites; unknown: for the candidate to say
    /// Sent ahead over a pipeline cut beyond what 1F1B has under way, so that delay hides (P1); each keeps its activations.
    units::count early_micro_batches = 0;
    dataset_id data{};        ///< staged before the first step, or streamed
    bool stream_data = false; ///< read over the network while it trains, each step its share
    uonaco::recovery recovery = uonaco::recovery::selective_repeat; ///< of the transport of that data, as of a transfer
    maybe<units::volume> window{};            ///< of its sender; unknown: as much as the path holds
    maybe<units::duration> checkpoint_time{}; ///< to write one; unknown: 60 s
    maybe<units::duration> restart_time{};    ///< after a failure; unknown: 300 s

    friend bool operator==(const training&, const training&) = default;
};

} // namespace uonaco::inline UONACO_ABI
