// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/network/risk/shared_backup.hpp>
#include <uonaco/units/literals.hpp>

#include <algorithm>
#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using numbers = std::vector<unsigned>;

TEST_CASE("two unit demands share one spare unit, unless their workings share a risk") {
    risk::spare_matrix apart(2, 3);
    const numbers first{0}, second{1}, backup{2};
    apart.add(first, backup, 1_Gbps);
    CHECK(apart.extra(second, 2, 1_Gbps) == 0_Gbps);
    apart.add(second, backup, 1_Gbps);
    CHECK(apart.needed(2) == 1_Gbps);
    CHECK(apart.needed() == 1_Gbps);

    risk::spare_matrix together(2, 3);
    together.add(first, backup, 1_Gbps);
    CHECK(together.extra(first, 2, 1_Gbps) == 1_Gbps);
    together.add(first, backup, 1_Gbps);
    CHECK(together.needed(2) == 2_Gbps);
}

TEST_CASE("the matrix is what failing every risk in turn says, and removing leaves no trace") {
    std::mt19937 random(3);
    struct demand {
        numbers working, backup;
        double gbps;
    };
    for (int round = 0; round < 300; ++round) {
        const unsigned risks = 1 + unsigned(random() % 8), links = 1 + unsigned(random() % 8);
        const auto some = [&](unsigned n) {
            numbers all;
            for (unsigned i = 0; i < n; ++i)
                if (random() % 3 == 0) all.push_back(i);
            return all;
        };
        risk::spare_matrix m(risks, links);
        std::vector<demand> demands;
        for (unsigned i = unsigned(random() % 12); i > 0; --i)
            demands.push_back({some(risks), some(links), double(1 + random() % 100)});
        for (const auto& d : demands) m.add(d.working, d.backup, units::bit_rate::from_si(1e9 * d.gbps));
        const auto has = [](const numbers& v, unsigned x) { return std::find(v.begin(), v.end(), x) != v.end(); };
        for (unsigned l = 0; l < links; ++l) {
            double most = 0;
            for (unsigned r = 0; r < risks; ++r) {
                double moved = 0;
                for (const auto& d : demands)
                    if (has(d.working, r) && has(d.backup, l)) moved += d.gbps;
                CHECK(m.moved(r, l).si() == 1e9 * moved);
                most = std::max(most, moved);
            }
            CHECK(m.needed(l).si() == 1e9 * most);
            const numbers working = some(risks);
            auto with = m;
            with.add(working, numbers{l}, 7_Gbps);
            CHECK(m.extra(working, l, 7_Gbps).si() == with.needed(l).si() - m.needed(l).si());
        }
        for (const auto& d : demands) m.remove(d.working, d.backup, units::bit_rate::from_si(1e9 * d.gbps));
        CHECK(m.needed() == 0_Gbps);
    }
    CHECK(risk::spare_matrix(0, 0).needed() == 0_Gbps);
    CHECK(risk::spare_matrix(0, 2).needed(1) == 0_Gbps);
}
