// SPDX-License-Identifier: Apache-2.0
// Fine grain OTN (ITU-T G.709 Amd. 3, G.709.20): circuits of some 10 Mb/s each inside of an ODUk, resized without a hit.
#pragma once

#include "otn.hpp"

namespace uonaco::inline UONACO_ABI::fgotn {

/// What one slot carries.
inline constexpr units::bit_rate slot = units::bit_rate::from_si(10e6);

/// Slots of an ODUk given to fine grain circuits: 119 for each 1.25 Gb/s of it (draft-ietf-ccamp-fgotn-yang, json/fgotn-topology.json: an ODU0
/// whose slots "1-119" are free; the OPU0 divided by 119 is 10.411 Mb/s). 0 for ODU2e, ODU3 and ODU4: they carry ODU0, ODU1 or ODU2 that do.
constexpr unsigned most_slots(otn::odu server) {
    constexpr unsigned n[] = {119, 238, 952, 0, 0, 0};
    return n[static_cast<unsigned>(server)];
}

/// Slots for a client; 0 if the rate is not above 0, or beyond an ODU2 full of them.
constexpr unsigned slots_for(units::bit_rate client) {
    return otn::detail::pieces(client, slot, most_slots(otn::odu::odu2));
}

/// True if a circuit of `now` slots may become one of `then` on servers of which the tightest has so many free: what it has itself
/// counts as free. A new rate is never above that of the server (draft-ietf-ccamp-fgotn-yang: reserved first, then set in motion, one
/// direction after the other).
constexpr bool may_resize(unsigned now, unsigned then, unsigned least_free) {
    return then > 0 && (then <= now || then - now <= least_free);
}

} // namespace uonaco::inline UONACO_ABI::fgotn
