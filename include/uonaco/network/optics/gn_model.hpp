// SPDX-License-Identifier: Apache-2.0
// Quality of transmission in closed form: the incoherent Gaussian noise model, P. Poggiolini, "The GN model of fiber non-linear
// propagation and its applications", J. Lightwave Technol. 32(4), 2014, equations 120 and 123 of arXiv 1209.0394 (what GNPy
// calls gn_model_analytic). Valid for dispersion above some 4 ps/nm/km; on the safe side.
#pragma once

#include "../../base/math.hpp"
#include "../../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {

/// One span of fibre and the amplifier behind it, which makes up for its loss.
struct optical_span {
    units::distance length = units::distance::from_si(80e3);
    double loss_db_per_km = 0.2; ///< above 0
    double connector_in_db = 0.0;
    double connector_out_db = 0.0;
    double dispersion_ps_nm_km = 16.7;
    double effective_area_um2 = 83.0;
    double index_n2 = 2.6e-20; ///< m^2/W
    bool nonlinear = true;     ///< false for a hollow core: light runs in air
    double noise_figure_db = 5.5;
    double group_index = 1.468;
};

namespace spans {
/// Standard single mode, ITU-T G.652: 0.2 dB/km, 16.7 ps/nm/km, 83 um^2 (GNPy's SSMF).
inline constexpr optical_span single_mode{};
/// Hollow core: loss 0.1 dB/km (below 0.11 reported at OFC 2024), group index 1.003, no nonlinear noise.
inline constexpr optical_span hollow_core{
    .length = units::distance::from_si(120e3), .loss_db_per_km = 0.1, .nonlinear = false, .group_index = 1.003};
} // namespace spans

/// Equal channels side by side.
struct channel_plan {
    unsigned channels = 64;
    double spacing_hz = 75e9;
    double symbol_rate_hz = 63.1e9; ///< the band it fills
    double centre_hz = 193.5e12;    ///< of dispersion, nonlinearity and noise
};

namespace gn {

inline constexpr double light = 299792458.0;     ///< m/s
inline constexpr double planck = 6.62607015e-34; ///< J s, exact since 2019
inline constexpr double osnr_band_hz = 12.5e9;   ///< 0.1 nm

constexpr double from_db(double db) { return math::exp(db * 0.230258509299404568402); }
/// Of 0 and less: the floor of the scale, -3000 dB.
constexpr double to_db(double x) { return x > 1e-300 ? math::log(x) * 4.34294481903251827651 : -3000.0; }
inline double asinh(double x) {
    const double a = math::abs(x);
    const double y = math::log(a + math::sqrt(a * a + 1.0));
    return x < 0 ? -y : y;
}

/// Time through the span's fibre.
constexpr units::latency delay(const optical_span& s) {
    return units::latency::from_si(s.length.si() * s.group_index / light);
}

/// Chromatic dispersion that the span adds, in ps/nm; receivers state how much of it they bear (400ZR: 2400).
constexpr double dispersion_ps_nm(const optical_span& s) { return s.dispersion_ps_nm_km * s.length.si() / 1e3; }

/// Loss of the span, connectors included, in dB.
constexpr double loss_db(const optical_span& s) {
    return s.loss_db_per_km * s.length.si() / 1e3 + s.connector_in_db + s.connector_out_db;
}

/// eta: nonlinear noise of one span on channel `i` (0 the lowest) is eta P^3, all channels with power P where the fibre begins.
/// In 1/W^2. 0 for a hollow core. Precondition: i < channels; loss and rates above 0. O(channels).
UONACO_LAZY
double nonlinear_efficiency(const optical_span& s, const channel_plan& c, unsigned i) {
    if (!s.nonlinear) return 0.0;
    const double wavelength = light / c.centre_hz;
    const double b2 = math::abs(s.dispersion_ps_nm_km * 1e-6 * wavelength * wavelength / (2 * math::pi * light));
    const double gamma = 2 * math::pi * c.centre_hz * s.index_n2 / (light * s.effective_area_um2 * 1e-12);
    const double a = s.loss_db_per_km / 1e3 / 4.34294481903251827651; // power, per m
    const double effective = (1.0 - math::exp(-a * s.length.si())) / a;
    const double asymptotic = 1.0 / a;
    const double b = c.symbol_rate_hz;
    const double scale = math::pi * math::pi * asymptotic * b2 * b;
    double sum = 0.0;
    for (unsigned j = 0; j < c.channels; ++j) {
        const double df = c.spacing_hz * (i > j ? i - j : j - i);
        const double psi = effective * effective / (4 * math::pi * b2 * asymptotic) *
                           (asinh(scale * (df + b / 2)) - asinh(scale * (df - b / 2)));
        sum += (i == j ? 16.0 : 32.0) / 27.0 * psi;
    }
    return sum * gamma * gamma / (b * b);
}

/// Noise of the amplifier in the channel's band, as if it were there where the fibre begins, in W: h f B NF G, G the loss from
/// there on.
constexpr double amplifier_noise(const optical_span& s, const channel_plan& c) {
    return planck * c.centre_hz * c.symbol_rate_hz * from_db(s.noise_figure_db + loss_db(s) - s.connector_in_db);
}

/// The launch power with the best signal to noise, where the fibre begins: (ASE / 2 eta)^(1/3), in W; infinitely much
/// would be best in a hollow core: there it is `most`. Precondition: the middle channel stands for all.
UONACO_LAZY
double best_launch_power(const optical_span& s, const channel_plan& c, double most) {
    const double eta = nonlinear_efficiency(s, c, c.channels / 2);
    if (!(eta > 0)) return most;
    const double best = math::exp(math::log(amplifier_noise(s, c) / (2 * eta)) / 3);
    return best < most ? best : most;
}

/// Noise over signal that one span adds, in the channel's band, at launch power `power` (W, where the fibre begins).
UONACO_LAZY
double noise_of_span(const optical_span& s, const channel_plan& c, unsigned i, double power) {
    return amplifier_noise(s, c) / power + nonlinear_efficiency(s, c, i) * power * power;
}

/// From noise over signal in the channel's band to dB in 0.1 nm.
constexpr double osnr_db(double noise_over_signal, double symbol_rate_hz) {
    return -to_db(noise_over_signal * osnr_band_hz / symbol_rate_hz);
}

} // namespace gn

} // namespace uonaco::inline UONACO_ABI
