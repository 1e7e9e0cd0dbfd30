// SPDX-License-Identifier: Apache-2.0
// Serving requests to a language model, as asked.
#pragma once

#include "language_model.hpp"

namespace uonaco::inline UONACO_ABI {

/// Latency objectives, each held by `percentile` of the requests. Unknown: none.
struct service_objective {
    maybe<units::latency> first_token{}; ///< TTFT, at the user
    maybe<units::latency> per_token{};   ///< TPOT; held against its mean at the load
    units::ratio percentile = 0.95;

    friend constexpr bool operator==(const service_objective&, const service_objective&) = default;
};

/// Requests that arrive at a rate for as long as the service runs.
struct inference {
    language_model model{};
    units::frequency requests{};   ///< arrivals
    units::count input_tokens = 0; ///< of a mean request
    units::count output_tokens = 0;
    units::duration duration = units::duration::from_si(3600.0); ///< how long the service runs
    maybe<units::volume> request_volume{};                       ///< what a user sends; unknown: 4 bytes a token
    maybe<units::volume> response_volume{};
    units::factor arrival_variation = 1.0; ///< coefficient of variation of times between arrivals; 1: Poisson
    units::factor service_variation = 1.0; ///< of service times
    service_objective objective{};

    friend constexpr bool operator==(const inference&, const inference&) = default;
};

} // namespace uonaco::inline UONACO_ABI
