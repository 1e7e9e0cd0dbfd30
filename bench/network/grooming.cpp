// SPDX-License-Identifier: Apache-2.0
// How long does a demand take that comes and goes on lightpaths? Square grids of sites, fibres of 100 to 600 km; light that goes through beside
// light that ends at every site.
#include <uonaco/network/layers/grooming.hpp>
#include <uonaco/units/literals.hpp>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>

namespace {

using namespace uonaco;
using namespace uonaco::literals;

std::vector<fibre_pair> grid(unsigned side) {
    std::mt19937 random(1);
    std::vector<fibre_pair> fibres;
    const auto join = [&](unsigned a, unsigned b) {
        fibres.push_back({a, b, units::distance::from_si(1e3 * static_cast<double>(100 + random() % 501))});
    };
    for (unsigned y = 0; y < side; ++y)
        for (unsigned x = 0; x < side; ++x) {
            if (x + 1 < side) join(y * side + x, y * side + x + 1);
            if (y + 1 < side) join(y * side + x, y * side + side + x);
        }
    return fibres;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct outcome {
    double build = 0, each = 0, watts = 0;
    unsigned blocked = 0;
};

// `held` demands of 10 to 200 Gb/s at a time, `asked` in all; each new one takes the place of the oldest.
outcome run(unsigned side, unsigned held, unsigned asked, unsigned most_hops) {
    const std::vector<fibre_pair> fibres = grid(side);
    const std::vector<transceiver_mode> modes(transceivers::all + 1, transceivers::all + 5); // ZR+
    outcome o;
    auto start = std::chrono::steady_clock::now();
    grooming g(side * side, fibres, modes, least_power(modes), {.most_hops = most_hops});
    o.build = seconds_since(start);
    std::mt19937 random(2);
    std::vector<groomed_demand> demands(held);
    start = std::chrono::steady_clock::now();
    for (unsigned i = 0; i < asked; ++i) {
        groomed_demand& d = demands[i % held];
        g.disconnect(d);
        const auto from = static_cast<unsigned>(random() % (side * side));
        const auto to = static_cast<unsigned>(random() % (side * side));
        d = g.connect(from, to, units::bit_rate::from_si(1e10 * static_cast<double>(1 + random() % 20)));
        o.blocked += !d;
    }
    o.each = seconds_since(start) / asked;
    for (const lightpath& l : g.lightpaths())
        if (l.lit) o.watts += 2 * modes[l.mode].power->si();
    return o;
}

} // namespace

int main(int argc, char** argv) {
    const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
    std::printf("sites  fibres  set up ms  us a demand    kW  opaque kW  blocked\n");
    for (const unsigned side : {4u, 7u, 10u}) {
        if (quick && side > 4) break;
        const unsigned sites = side * side;
        const unsigned held = 4 * sites, asked = quick ? 200 : 5000;
        const outcome through = run(side, held, asked, ~0u);
        const outcome opaque = run(side, held, asked, 1);
        std::printf("%5u %7u %10.1f %12.1f %5.1f %9.1f %5u/%u\n", sites, 2 * side * (side - 1), through.build * 1e3,
                    through.each * 1e6, through.watts / 1e3, opaque.watts / 1e3, through.blocked, opaque.blocked);
    }
}
