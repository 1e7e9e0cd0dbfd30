// SPDX-License-Identifier: Apache-2.0
// Prompts computed at one place, tokens decoded at another: what moving the cache between them costs, and how to divide
// replicas.
#pragma once

#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI::disaggregation {

/// I4: the cache of a prompt over the network, prompt x bytes a token / (rate x efficiency) + round trip. The rate is
/// the least of NICs and of the wide-area share. Preconditions: rate, efficiency > 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
cache_transfer(double prompt_tokens, units::memory cached_token, units::with_rep<units::bit_rate, Rep> rate,
               units::with_rep<units::latency, Rep> round_trip, units::ratio efficiency = units::ratio(1.0)) {
    return units::with_rep<units::duration, Rep>(prompt_tokens * cached_token / (efficiency * rate) + round_trip);
}

/// I4 with layers sent as they are computed: what of it shows after the prompt is done. Layers pass two stages one
/// after the other, so the slower stage decides: max(T (1/L), T - t_prefill (1 - 1/L)) + round trip, T the time on the
/// wire. O(1). Preconditions: layers >= 1, rate, efficiency > 0.
template <class Rep>
constexpr units::with_rep<units::duration, Rep>
exposed_transfer(double prompt_tokens, units::memory cached_token, units::with_rep<units::bit_rate, Rep> rate,
                 units::with_rep<units::latency, Rep> round_trip, units::with_rep<units::duration, Rep> prefill,
                 double layers, units::ratio efficiency = units::ratio(1.0)) {
    using duration = units::with_rep<units::duration, Rep>;
    const auto wire = cache_transfer<Rep>(prompt_tokens, cached_token, rate, {}, efficiency);
    return duration(units::max(duration(wire / layers), duration(wire - (1.0 - 1.0 / layers) * prefill)) + round_trip);
}

/// True where the cache arrives within what the objective for the first token leaves; per lane a mask.
template <class Rep>
constexpr auto feasible(units::with_rep<units::duration, Rep> exposed, units::with_rep<units::duration, Rep> slack) {
    return exposed <= slack;
}

/// Share of equal replicas that should compute prompts so that neither kind waits for the other: t_p / (t_p + t_d),
/// with t_p a prompt's time on one and t_d a request's share of a decoding one (output x step / batch). Precondition:
/// t_p + t_d > 0.
template <class Rep>
constexpr units::with_rep<units::ratio, Rep> prefill_share(units::with_rep<units::duration, Rep> prompt,
                                                           units::with_rep<units::duration, Rep> decode) {
    return units::with_rep<units::ratio, Rep>(prompt / (prompt + decode));
}

} // namespace uonaco::inline UONACO_ABI::disaggregation
