// SPDX-License-Identifier: Apache-2.0
// How available is a pair of paths, what does an allocation lose in the worst hours, what do demands need together, and over which
// trees do four sites exchange gradients?
#include <uonaco/network/demand/gaussian.hpp>
#include <uonaco/network/demand/hose.hpp>
#include <uonaco/network/demand/on_off.hpp>
#include <uonaco/network/risk/availability.hpp>
#include <uonaco/network/risk/cvar.hpp>
#include <uonaco/network/risk/shared_backup.hpp>
#include <uonaco/network/shapes/reconfiguration.hpp>
#include <uonaco/network/shapes/ring.hpp>
#include <uonaco/network/shapes/tree.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

static void risks() {
    // risk 0: a cable of 500 km, 1: one of 700 km, 2: a bridge that both cross
    const std::vector<units::ratio> up{risk::cable(500_km, risk::buried), risk::cable(700_km, risk::buried), 0.9999};
    const std::vector<risk::risks> pair{{0, 2}, {1, 2}};
    const risk::certified a = risk::any_up(up, pair);
    std::printf("pair with a bridge: %.7f, down %.1f min a year\n", a.least.si(),
                risk::downtime_a_year(a.least).si() / 60);

    const std::vector<risk::protected_demand> split{{10_Gbps, {{5_Gbps, {0}}, {5_Gbps, {1}}}}};
    const std::vector<units::ratio> links{0.9, 0.95};
    const risk::tail_bounds loss = risk::tail_of(links, split, 0.9);
    std::printf("split 5 + 5: VaR %.3f, CVaR %.3f of the demand\n", loss.least.value_at_risk, loss.least.conditional);

    risk::spare_matrix spare(2, 3); // two risks, three links
    const std::vector<unsigned> first{0}, second{1}, backup{2};
    spare.add(first, backup, 1_Gbps);
    spare.add(second, backup, 1_Gbps);
    std::printf("two backups, one link: %.0f Gb/s spare\n", spare.needed().si() / 1e9);
}

static void rates() {
    const std::vector<demands::normal> ten(10, {100_Gbps, 50_Gbps});
    std::printf("ten normal demands at 95 %%: %.0f Gb/s, %.2f %% less than apart\n",
                demands::capacity_for(ten, 0.95).si() / 1e9, 100 * demands::sharing_saves(ten, 0.95).si());
    const std::vector<demands::on_off> bursts(10, {10_Gbps, 0.3, 0.1_s});
    std::printf("ten bursty ones: %.3f Gb/s\n", demands::capacity_for(bursts, 100_MB, 1e-4).si() / 1e9);
    const std::vector<demands::hose> sites(4, {100_Gbps, 100_Gbps});
    const units::bit_rate worst = demands::worst_load(sites, [](unsigned i, unsigned j) { return i < 1 && j > 0; });
    std::printf("the one link of a site: %.0f Gb/s\n", worst.si() / 1e9);
}

static void exchanges() {
    shapes::site_mesh m(4);
    m.join(0, 1, 400_Gbps, 2_ms);
    m.join(0, 2, 100_Gbps, 8_ms);
    m.join(0, 3, 200_Gbps, 5_ms);
    m.join(1, 2, 100_Gbps, 7_ms);
    m.join(1, 3, 400_Gbps, 4_ms);
    m.join(2, 3, 200_Gbps, 6_ms);
    const shapes::ring r = shapes::best_ring(m, 40_GB);
    const shapes::tree t = shapes::best_tree(m, 40_GB);
    const shapes::packing p = shapes::best_packing(m);
    std::printf("ring %.3f s, tree %.3f s, %zu trees %.3f s; no packing beats %.1f s\n", r.time.si(), t.time.si(),
                p.trees.size(), p.time(40_GB).si(), shapes::least_cut_bound(m).time(40_GB).si());
    const shapes::step_gain g = shapes::best_step(m, 100_Gbps, 40_GB);
    std::printf("100 Gb/s more on %u-%u: %.2f s less, 8 s of set-up are paid after %.0f exchanges\n", g.pair.a,
                g.pair.b, g.saved.si(), g.exchanges_to_pay(8_s).si());
}

int main() {
    risks();
    rates();
    exchanges();
}
