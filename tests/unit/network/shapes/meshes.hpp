// SPDX-License-Identifier: Apache-2.0
// The four sites with known answers, and random ones.
#pragma once

#include <uonaco/network/shapes/site_mesh.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

namespace meshes {

using namespace uonaco;
using namespace uonaco::literals;

inline shapes::site_mesh four() {
    shapes::site_mesh m(4);
    m.join(0, 1, 400_Gbps, 2_ms);
    m.join(0, 2, 100_Gbps, 8_ms);
    m.join(0, 3, 200_Gbps, 5_ms);
    m.join(1, 2, 100_Gbps, 7_ms);
    m.join(1, 3, 400_Gbps, 4_ms);
    m.join(2, 3, 200_Gbps, 6_ms);
    return m;
}

inline shapes::site_mesh random(std::mt19937& engine, unsigned sites, unsigned missing_one_in) {
    shapes::site_mesh m(sites);
    for (unsigned j = 1; j < sites; ++j)
        for (unsigned i = 0; i < j; ++i)
            if (engine() % missing_one_in != 0)
                m.join(i, j, double(1 + engine() % 8) * 100_Gbps, double(1 + engine() % 30) * 1_ms);
    return m;
}

} // namespace meshes
