// SPDX-License-Identifier: Apache-2.0
// Modulation formats: how many bits a symbol carries, and how far that goes. Tables are data with a source.
#pragma once

#include "../../base/math.hpp"
#include "../../units/kinds.hpp"
#include "../view.hpp"

namespace uonaco::inline UONACO_ABI {

enum class modulation : unsigned char { bpsk = 1, qpsk, qam8, qam16, qam32, qam64, qam128, qam256, qam512, qam1024 };

constexpr const char* to_string(modulation m) {
    constexpr const char* names[] = {"none",  "BPSK",   "QPSK",   "8QAM",   "16QAM",  "32QAM",
                                     "64QAM", "128QAM", "256QAM", "512QAM", "1024QAM"};
    return names[static_cast<unsigned>(m) <= 10 ? static_cast<unsigned>(m) : 0];
}
constexpr unsigned bits_per_symbol(modulation m) { return static_cast<unsigned>(m); }

/// A format and how far it reaches.
struct modulation_reach {
    modulation format = modulation::bpsk;
    units::distance reach{};
    double osnr_db = 0.0; ///< least OSNR in 0.1 nm
};

namespace reach_tables {
constexpr units::distance km(double x) { return units::distance::from_si(x * 1e3); }
/// BPSK is taken to reach every place on land: the sets write 100,000 km.
inline constexpr units::distance any = km(100000);

/// X. Chen et al., "DeepRMSA", J. Lightwave Technol. 37(16), 2019, as in XLRON (github.com/micdoh/XLRON).
inline constexpr modulation_reach deeprmsa[] = {{modulation::qam16, km(625), 22.4},
                                                {modulation::qam8, km(1250), 18.6},
                                                {modulation::qpsk, km(2500), 12.6},
                                                {modulation::bpsk, any, 12.6}};
/// The general set of XLRON; its first four are the literature's usual 500, 1000, 2000 km.
inline constexpr modulation_reach general[] = {{modulation::qam1024, km(8), 46.4}, {modulation::qam512, km(15), 42.4},
                                               {modulation::qam256, km(30), 38.4}, {modulation::qam128, km(60), 34.4},
                                               {modulation::qam64, km(125), 30.4}, {modulation::qam32, km(250), 26.4},
                                               {modulation::qam16, km(500), 22.4}, {modulation::qam8, km(1000), 18.6},
                                               {modulation::qpsk, km(2000), 12.6}, {modulation::bpsk, any, 12.6}};
} // namespace reach_tables

/// The densest format that reaches so far, or null. `table`: densest first. O(formats).
constexpr const modulation_reach* densest_reaching(view<modulation_reach> table, units::distance length) {
    for (const modulation_reach& m : table)
        if (length.si() >= 0 && length <= m.reach) return &m;
    return nullptr;
}

/// The slot of the flexible grid (ITU-T G.694.1), in Hz.
inline constexpr double slot_width_hz = 12.5e9;

/// Slots for a rate at so many bits a symbol, the guard slot included: ceil(R / (12.5 GHz x bits)) + guard, with one symbol
/// per second and hertz and no doubling for two polarisations, as DeepRMSA has it. 0 if the rate is not above 0, or no number.
constexpr unsigned slots_needed(units::bit_rate rate, unsigned bits, unsigned guard = 1) {
    const double n = rate.si() / (slot_width_hz * bits);
    if (!(n > 0 && n < 1e9)) return 0;
    const unsigned whole = static_cast<unsigned>(n);
    return whole + (static_cast<double>(whole) < n ? 1 : 0) + guard;
}

} // namespace uonaco::inline UONACO_ABI
