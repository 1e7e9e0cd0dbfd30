// SPDX-License-Identifier: Apache-2.0
// Coherent transceivers and what they can do: rate, width on the grid, reach, OSNR, power. A catalogue, to be overridden.
#pragma once

#include "modulation.hpp"

#include "../../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

enum class transceiver_family : unsigned char { zr, zr_plus, muxponder, zr_800 };

/// One mode of operation. What its source does not state is unknown.
struct transceiver_mode {
    transceiver_family family = transceiver_family::zr;
    units::bit_rate rate{};
    double width_hz = 0.0;
    units::distance reach{};
    maybe<double> osnr_db{}; ///< required, in 0.1 nm
    maybe<double> symbol_rate_hz{};
    maybe<units::power> power{}; ///< of one end
};

namespace transceivers {
constexpr units::bit_rate gbps(double x) { return units::bit_rate::from_si(x * 1e9); }
constexpr units::power watts(double x) { return units::power::from_si(x); }
using reach_tables::km;
using enum transceiver_family;

/// 400ZR: OIF-400ZR-01.0 (59.84 GBd, 26 dB, 120 km amplified); 15 W by its class, 15 to 20 W shipped, here 19 (trade press).
/// ZR+: widths and reach of the planning tables of Politecnico di Milano; OSNR and symbol rates of OpenROADM version 5 as in
/// GNPy's equipment; 18 to 22 W (trade press), here 20. Muxponder: the same planning tables. 800ZR: OIF, October 2024
/// (118.203 GBd, 150 GHz, 120 km); some 30 W (trade press).
inline constexpr transceiver_mode all[] = {
    {zr, gbps(400), 75e9, km(120), 26.0, 59.84e9, watts(19)},
    {zr_plus, gbps(400), 75e9, km(600), 24.0, 63.1e9, watts(20)},
    {zr_plus, gbps(300), 75e9, km(1800), 21.0, 63.1e9, watts(20)},
    {zr_plus, gbps(200), 75e9, km(3000), 17.0, 63.1e9, watts(20)},
    {zr_plus, gbps(100), 50e9, km(3000), 12.0, 31.57e9, watts(20)},
    {muxponder, gbps(800), 100e9, km(150), {}, {}, {}},
    {muxponder, gbps(700), 100e9, km(400), {}, {}, {}},
    {muxponder, gbps(600), 100e9, km(700), {}, {}, {}},
    {muxponder, gbps(500), 100e9, km(1300), {}, {}, {}},
    {muxponder, gbps(400), 100e9, km(2500), {}, {}, {}},
    {muxponder, gbps(300), 100e9, km(4700), {}, {}, {}},
    {muxponder, gbps(300), 50e9, km(100), {}, {}, {}},
    {muxponder, gbps(200), 50e9, km(900), {}, {}, {}},
    {muxponder, gbps(100), 50e9, km(3000), {}, {}, {}},
    {zr_800, gbps(800), 150e9, km(120), {}, 118.203e9, watts(30)},
};
} // namespace transceivers

/// Whole slots of 12.5 GHz that a mode occupies.
constexpr unsigned slots_of(const transceiver_mode& m) {
    const double n = m.width_hz / slot_width_hz;
    const unsigned whole = static_cast<unsigned>(n);
    return whole + (whole < n ? 1 : 0);
}

/// The fastest mode of a family that reaches so far; of equally fast ones the narrowest; null if none does. O(modes).
constexpr const transceiver_mode* fastest_reaching(view<transceiver_mode> modes, transceiver_family family,
                                                   units::distance length) {
    const transceiver_mode* best = nullptr;
    for (const transceiver_mode& m : modes) {
        if (m.family != family || !(length.si() >= 0 && length <= m.reach)) continue;
        if (best == nullptr || best->rate < m.rate || (!(m.rate < best->rate) && m.width_hz < best->width_hz))
            best = &m;
    }
    return best;
}

} // namespace uonaco::inline UONACO_ABI
