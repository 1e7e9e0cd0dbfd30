// SPDX-License-Identifier: Apache-2.0
// Long-lived conversations and agents, as asked.
#pragma once

#include "inference.hpp"

namespace uonaco::inline UONACO_ABI {

/// So many at a time; each thinks, asks, waits for its answer, thinks again, and keeps its context on a device meanwhile.
struct session {
    language_model model{};
    units::count concurrent = 0;
    units::duration think_time{};  ///< from an answer to the next turn; tools and people
    units::count input_tokens = 0; ///< new ones of a turn
    units::count output_tokens = 0;
    units::count context_tokens = 0; ///< kept on the device
    units::duration duration = units::duration::from_si(3600.0);
    maybe<units::volume> request_volume{};
    maybe<units::volume> response_volume{};
    service_objective objective{};

    friend constexpr bool operator==(const session&, const session&) = default;
};

} // namespace uonaco::inline UONACO_ABI
