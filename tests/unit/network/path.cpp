// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/network/path.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;
namespace units = uonaco::units;
using uonaco::maybe;
using nodes = std::vector<unsigned>;

namespace {
auto of(const auto& column) {
    return [&](unsigned i) { return column[i]; };
}
} // namespace

TEST_CASE("figures along a path") {
    const std::vector<units::bit_rate> rates{400_Gbps, 100_Gbps, 10_Gbps};
    const std::vector<units::latency> latencies{2_ms, 3_ms, 1000_ms};
    const unsigned way[] = {0, 1};
    CHECK(uonaco::bottleneck_along(way, of(rates)) == 100_Gbps);
    CHECK(uonaco::total_along(way, of(latencies)) == 5_ms);
    CHECK(uonaco::total_along({}, of(latencies)) == 0_ms);

    // 1000 km and 1200 km of cable, R2 in series.
    const std::vector<maybe<units::ratio>> up{.996277172, .995536, {}};
    CHECK(uonaco::availability_along(way, of(up)).value.si() == Approx(.996277172 * .995536));
    CHECK(uonaco::availability_along(way, of(up)).complete);
    const std::vector<maybe<units::ratio>> lost{.001, .002, {}};
    CHECK(uonaco::loss_along(way, of(lost)).value.si() == Approx(.002998));
    CHECK(uonaco::loss_along({}, of(lost)).value.si() == 0);
}

TEST_CASE("what is not known is neither zero nor perfect") {
    const unsigned way[] = {0, 1};
    const std::vector<maybe<units::ratio>> some{.9, {}};
    CHECK(uonaco::availability_along(way, of(some)).value == .9);
    CHECK_FALSE(uonaco::availability_along(way, of(some)).complete);
    CHECK_FALSE(uonaco::loss_along(way, of(some)).complete);
    const std::vector<maybe<units::latency>> jitter{{}, 2_us};
    CHECK(uonaco::total_along(way, of(jitter)).value == 2_us);
    CHECK_FALSE(uonaco::total_along(way, of(jitter)).complete);
}

TEST_CASE("rank: cost, hops, nodes from the source on, edges") {
    const uonaco::edge edges[] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {0, 3}, {0, 3}};
    const uonaco::graph g(4, edges);
    const uonaco::path by_1{{0, 2}, 2, true}, by_2{{1, 3}, 2, true}, direct{{4}, 2, true}, parallel{{5}, 2, true};
    const uonaco::path cheaper{{1, 3}, 1, true};
    CHECK(rank(g, by_1, by_2) < 0);
    CHECK(rank(g, by_2, by_1) > 0);
    CHECK(rank(g, direct, by_1) < 0);
    CHECK(rank(g, cheaper, direct) < 0);
    CHECK(rank(g, direct, parallel) < 0);
    CHECK(rank(g, direct, direct) == 0);
    CHECK((nodes_of(g, 0, by_2.edges) == nodes{0, 2, 3}));
    CHECK((nodes_of(g, 2, {}) == nodes{2}));
}
