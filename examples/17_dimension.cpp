// SPDX-License-Identifier: Apache-2.0
// Which wavelengths to light between three sites whose busy hours differ, and what protection, latency and time cost.
#include <uonaco/network/planning/dimensioning.hpp>
#include <uonaco/units/format.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

int main() {
    enum : unsigned { west, centre, east };
    dimensioning_problem p{.nodes = 3, .periods = 2};
    p.fibres = {{west, centre, 700_km}, {centre, east, 500_km}, {east, west, 1100_km}};
    for (const transceiver_mode& m : transceivers::all) // costs in watts: 60 W a router slot with its transceiver
        if (m.family == transceiver_family::zr_plus) p.modules.push_back({m, 20, 40, 40});

    // Morning and evening: mean and deviation of each, of which 95 % must fit.
    const std::vector<demands::normal> early{{300_Gbps, 30_Gbps}, {60_Gbps, 10_Gbps}};
    const std::vector<demands::normal> late{early[1], early[0]};
    p.demands.push_back({west, centre, rates_at(0.95, early)});
    p.demands.push_back({centre, east, rates_at(0.95, late)});
    p.demands.push_back({west, east, {80_Gbps, 80_Gbps}, 7_ms, demand_protection::one_plus_one});

    const auto plan = dimension_network(p);
    for (const lit_lightpath& l : plan->lightpaths) {
        const lightpath_bundle& b = plan->bundles[l.bundle];
        std::printf("light %u-%u over %zu fibre(s) at %.0f Gb/s: %.0f Gb/s in the morning, %.0f in the evening\n", b.a, b.b,
                    b.fibres.size(), p.modules[l.module].mode.rate.si() / 1e9, b.load[0].si() / 1e9, b.load[1].si() / 1e9);
    }
    std::printf("cost %.0f W, no plan below %.0f W\n", plan->cost.total(), plan->lower_bound);
    std::printf("without protection %.0f W, for both peaks at once %.0f W\n", *plan->without_protection, *plan->for_peaks);
    const dimensioning_limits limits = limits_of(p, *plan);
    std::printf("filled to %.0f %%, nearest to its latency bound by %s\n", 100 * limits.fill.si(),
                units::to_text(limits.slack).c_str());
}
