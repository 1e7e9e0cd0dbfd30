// SPDX-License-Identifier: Apache-2.0
// Which wavelengths do demands share, which are lit for them, and how often is what they use up?
#include <uonaco/network/layers/grooming.hpp>
#include <uonaco/network/layers/slice.hpp>
#include <uonaco/network/risk/availability.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

static void slices_of_a_rate() {
    std::printf("packets of 100 Gb/s: %u slots of ODUflex, %u of FlexE\n", otn::client_slots(100_Gbps),
                flexe::slots_for(100_Gbps));
    const slice_kind kinds[] = {slices::wavelength(100_Gbps), slices::odu_flex, slices::fine_grain};
    const slice cut = least_loss(kinds, 345_Mbps, {.hard = true, .resize_within = 2_s});
    std::printf("345 Mb/s, hard, resized within 2 s: %u pieces of %s, %.1f %% lost\n", cut.count,
                to_string(cut.kind.layer), 100 * rounding_loss(cut, 345_Mbps).si());
}

static void share() {
    // four sites in a ring, 400 km apart; pluggables of 400G reach 600 km, of 300G 1,800 km, each takes 20 W
    const std::vector<fibre_pair> ring{{0, 1, 400_km}, {1, 2, 400_km}, {2, 3, 400_km}, {3, 0, 400_km}};
    const std::vector<transceiver_mode> modes(transceivers::all + 1, transceivers::all + 5);
    grooming net(4, ring, modes, least_power(modes));

    const groomed_demand first = net.connect(0, 2, 100_Gbps);
    const groomed_demand second = net.connect(0, 2, 150_Gbps);
    std::printf("100 Gb/s: %u lightpath lit, %.0f W; 150 more: %u lit, %.0f W; %.0f Gb/s left\n", first.lit,
                first.weight, second.lit, second.weight, net.free_between(0, 2).si() / 1e9);
    const groomed_demand backup = net.connect_apart(0, 2, 100_Gbps, net.fibres_of(first));
    net.cut(net.fibres_of(first)[0]);
    std::printf("a fibre is cut: working path %s, backup %s\n", net.works(first) ? "up" : "down",
                net.works(backup) ? "up" : "down");

    // both lightpaths as links of a layer over the fibres, each fibre a risk
    const std::vector<risk::risks> cables{{0}, {1}, {2}, {3}};
    const std::vector<units::ratio> up(4, risk::cable(400_km, risk::buried));
    const std::vector<unsigned> lit{first.lightpaths[0], backup.lightpaths[0]};
    layer_stack layers = net.fibre_layer(cables);
    if (layers.add(net.wave_layer(lit, 10_us))) return;
    std::printf("working path: %.0f us, up %.5f of the time\n", layers.latency(1, 0).si() * 1e6,
                layers.availability(1, 0, up).si());
}

int main() {
    slices_of_a_rate();
    share();
}
