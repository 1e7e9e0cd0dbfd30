// SPDX-License-Identifier: Apache-2.0
// Training, as asked.
#pragma once

#include "../base/id.hpp"
#include "../record/precision.hpp"
#include "../units/maybe.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// A transformer trained with data parallelism over sites: synchronous, or every so many steps (local SGD, federated rounds).
struct training {
    units::count parameters = 0;
    maybe<units::count> active_parameters{}; ///< of a mixture of experts; unknown: all
    units::count tokens_per_step = 0;
    units::count steps = 0;
    uonaco::precision precision = uonaco::precision::bf16;          ///< of the matrix products
    uonaco::precision gradient_precision = uonaco::precision::bf16; ///< of what crosses the network
    maybe<units::ratio> mfu{};     ///< unknown: the pool's, else the default of device and precision
    maybe<units::ratio> overlap{}; ///< share of the backward pass that hides communication; unknown: 0.6 (S5)
    units::count sync_every = 1;   ///< steps between exchanges
    maybe<units::count> layers{};  ///< with the three below, activations count in the memory fit
    maybe<units::count> hidden{};
    maybe<units::count> sequence{};
    units::count micro_batch = 1;             ///< sequences
    dataset_id data{};                        ///< staged before the first step, or streamed
    bool stream_data = false;                 ///< read over the network while it trains, each step its share
    maybe<units::duration> checkpoint_time{}; ///< to write one; unknown: 60 s
    maybe<units::duration> restart_time{};    ///< after a failure; unknown: 300 s

    friend bool operator==(const training&, const training&) = default;
};

} // namespace uonaco::inline UONACO_ABI
