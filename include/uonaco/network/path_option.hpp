// SPDX-License-Identifier: Apache-2.0
// One way to connect two sites: over what is in service, by resizing it, or by creating a circuit.
#pragma once

#include "../decision/candidate.hpp"
#include "../resource/estate.hpp"

namespace uonaco::inline UONACO_ABI {

/// Figures of the whole path, from the links it takes. Rows refer to estate::links.
struct path_option {
    static constexpr unsigned no_circuit = ~0u;

    network_action action = network_action::none;
    std::vector<unsigned> links{};   ///< rows, in order; of a circuit in service, the links it runs over
    unsigned circuit = no_circuit;   ///< row of the circuit used or resized, if it is one
    units::bit_rate rate{};          ///< at most; each way if both_ways
    maybe<units::bit_rate> step{};   ///< multiples of it; unknown: any rate
    bool both_ways = false;          ///< the same rate is free in the other direction
    units::latency latency{};        ///< one way: links, plus what each node adds
    units::latency jitter{};         ///< worst-case sum
    units::ratio loss{};             ///< 1 - product of (1 - p)
    units::ratio availability = 1.0; ///< product over links, a risk that several are in once (R2)
    bool jitter_known = true;        ///< every link stated one; else what the others come to; so below
    bool loss_known = true;
    bool availability_known = true;
    units::duration lead_time{};           ///< the longest of its links, which are made ready side by side
    maybe<units::money> set_up_fee{};      ///< once; 0 where nothing is created
    maybe<units::bandwidth_price> lease{}; ///< each tariff once, links with a price of their own added up
    maybe<units::volume_price> egress{};   ///< added up; 0 where no link of the estate bills volume above 0
    bool billed_in_full = true;    ///< every link or its tariff says whether volume is billed, and at what price
    units::duration least_lease{}; ///< billed at least for so long; of several tariffs the longest
    units::duration lease_step{};  ///< billed in whole ones of these; 0: to the second; of several the longest
    units::transport_energy transport_energy{};
    bool transport_energy_known = true;
    uonaco::security security{}; ///< the weakest of its links
    encrypted_hops encrypted{};  ///< what its links do where encryption is asked
    bool hitless = true;
    unsigned long long takes = 0; ///< links and circuits it may take from, a bit for each row modulo 64; 0: not told

    friend bool operator==(const path_option&, const path_option&) = default;
};

} // namespace uonaco::inline UONACO_ABI
