// SPDX-License-Identifier: Apache-2.0
// dimensioning_problem: the fibre, what can be lit on it, and the traffic that routers at its ends exchange over the day.
#pragma once

#include "../demand/empirical.hpp"
#include "../demand/gaussian.hpp"
#include "../demand/on_off.hpp"
#include "../optics/transceiver.hpp"

namespace uonaco::inline UONACO_ABI {

/// A fibre pair between two nodes: light goes both ways.
struct optical_fibre {
    unsigned a = 0;
    unsigned b = 0;
    units::distance length{};      ///< above 0
    double group_index = 1.468;    ///< of G.652 at 1550 nm (W1); hollow core 1.003
    std::vector<unsigned> risks{}; ///< groups of fibres that fail together (SRLG); each fibre is also a risk by itself

    units::latency latency() const { return units::latency::from_si(length.si() * group_index / 299792458.0); }
};

/// What a wavelength can be lit with, and what that costs. All costs have one unit, which the caller chooses: money, or watts.
struct lightpath_module {
    transceiver_mode mode{};
    double transceiver = 0.0; ///< of one; a lightpath has two
    double port = 0.0;        ///< of the router port behind each
    double regenerator = 0.0; ///< of one that makes the signal anew on the way
};

/// How a demand survives a cut.
enum class demand_protection : unsigned char {
    none,
    one_plus_one, ///< a second way for all of it that shares no fibre and no risk with the first, with capacity of its own
};
constexpr const char* to_string(demand_protection p) { return p == demand_protection::none ? "none" : "1+1"; }

/// Traffic between two nodes, as much each way at the same time; may be split over routes. Of none, or to itself, it needs nothing.
struct traffic_demand {
    unsigned a = 0;
    unsigned b = 0;
    std::vector<units::bit_rate> rates{}; ///< one for each period
    maybe<units::latency> within{};       ///< one way, each route, backups too; unknown: no bound
    demand_protection protection = demand_protection::none;
};

struct dimensioning_problem {
    unsigned nodes = 0; ///< each has a router, and may drop or pass any wavelength
    std::vector<optical_fibre> fibres{};
    std::vector<lightpath_module> modules{};
    std::vector<traffic_demand> demands{};
    unsigned periods = 1;           ///< what is lit stays lit; traffic is routed anew in each
    unsigned slots = 384;           ///< of 12.5 GHz on each fibre: 191.3 to 196.1 THz (G.694.1)
    double wavelength_per_km = 0.0; ///< cost of a lit wavelength, for each km
    double wavelength_per_fibre = 0.0;
    units::latency router_delay{}; ///< of each router between two lightpaths of a route
};

/// What demands ask at a confidence, by period: of normal ones, and of samples.
template <class Varying>
std::vector<units::bit_rate> rates_at(units::ratio confidence, const std::vector<Varying>& by_period) {
    std::vector<units::bit_rate> rates;
    for (const Varying& d : by_period) rates.push_back(demands::capacity_for(d, confidence));
    return rates;
}
/// Of sources that send in bursts (demands::on_off), all of a period together, in front of a buffer that may overflow as often as the
/// confidence leaves.
template <class Source>
std::vector<units::bit_rate> rates_at(units::ratio confidence, const std::vector<std::vector<Source>>& by_period,
                                      units::volume buffer) {
    std::vector<units::bit_rate> rates;
    for (const auto& sources : by_period)
        rates.push_back(demands::capacity_for(view<Source>(sources), buffer, 1.0 - confidence.si()));
    return rates;
}

/// So many pairs of nodes, times modules, at most: 1,000 nodes with four modules. Every pair may be joined by lightpaths, and the
/// bound looks at all of them: some 200 MB.
inline constexpr double most_lightpath_choices = 4e6;

/// What cannot be in the figures; null if all can be.
UONACO_LAZY
const char* problem_of(const dimensioning_problem& problem) {
    const auto& p = detail::late<UonacoLazy_>(problem);
    const auto figure = [](double x) { return x >= 0 && x <= 1e15; };
    if (p.periods == 0) return "no period";
    if (p.slots > 100000) return "more than 100000 slots on a fibre";
    if (p.modules.size() > 64) return "more than 64 modules";
    if (1.0 * p.nodes * p.nodes * static_cast<double>(p.modules.empty() ? 1 : p.modules.size()) >
        most_lightpath_choices)
        return "more than 4 million pairs of nodes times modules";
    if (!figure(p.wavelength_per_km) || !figure(p.wavelength_per_fibre) || !figure(p.router_delay.si()))
        return "a wavelength's cost or a router's delay is no figure of 0 to 1e15";
    for (const auto& f : p.fibres) {
        if (f.a >= p.nodes || f.b >= p.nodes) return "a fibre has an end that is no node";
        if (!figure(f.length.si()) || f.length.si() <= 0) return "a fibre's length is not above 0";
        if (!(f.group_index >= 1 && f.group_index <= 1e6)) return "a fibre's group index is not 1 to a million";
    }
    double least = 1e15, all = 0.0;
    for (const auto& m : p.modules) {
        if (!figure(m.mode.rate.si()) || m.mode.rate.si() <= 0) return "a module's rate is not above 0";
        if (!(m.mode.width_hz > 0 && m.mode.width_hz <= 1e15)) return "a module's width is not above 0";
        if (!figure(m.mode.reach.si())) return "a module's reach is no figure of 0 to 1e15";
        if (!figure(m.transceiver) || !figure(m.port) || !figure(m.regenerator))
            return "a module's cost is no figure of 0 to 1e15";
        least = m.mode.rate.si() < least ? m.mode.rate.si() : least;
    }
    for (const auto& d : p.demands) {
        if (d.a >= p.nodes || d.b >= p.nodes) return "a demand has an end that is no node";
        if (d.rates.size() != p.periods) return "a demand has not one rate for each period";
        double most = 0.0;
        for (const units::bit_rate r : d.rates) {
            if (!figure(r.si())) return "a demand's rate is no figure of 0 to 1e15";
            most = r.si() > most ? r.si() : most;
        }
        all += most;
        if (d.within && !figure(d.within->si())) return "a demand's latency bound is no figure of 0 to 1e15";
    }
    if (all / least > 20000) return "all demands together would take more than 20000 of the slowest module";
    return nullptr;
}

} // namespace uonaco::inline UONACO_ABI
