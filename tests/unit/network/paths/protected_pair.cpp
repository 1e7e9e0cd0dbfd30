// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"
#include "../instances.hpp"

#include <uonaco/network/paths/power_control.hpp>
#include <uonaco/units/literals.hpp>

using uonaco::edge_risk;
using uonaco::errc;
using uonaco::protection;
using uonaco::risk_groups;
using uonaco::units::latency;
using numbers = std::vector<unsigned>;
using namespace uonaco::literals;

namespace {
// 0 to 5 over 1, 2 or 3; 1-2 across.
const uonaco::edge trap[] = {{0, 1}, {1, 5}, {0, 2}, {2, 5}, {0, 3}, {3, 5}, {1, 2}};
const double trap_costs[] = {1, 1, 2, 2, 3, 3, 1};
} // namespace

TEST_CASE("protection is what was asked, or refused with what comes closest") {
    const uonaco::graph g(6, trap);
    const edge_risk free[] = {{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 5}, {5, 6}, {6, 7}};
    const auto pair = find_protected_pair(g, trap_costs, risk_groups(7, free), 0, 5, protection::full);
    REQUIRE(pair);
    CHECK(pair->cost() == 8);
    CHECK((pair->had == protection::full && pair->shared_risks.empty()));

    const edge_risk bad[] = {{0, 1}, {1, 2}, {2, 1}, {3, 4}, {4, 2}, {4, 4}, {5, 6}, {6, 7}};
    const auto none = find_protected_pair(g, trap_costs, risk_groups(7, bad), 0, 5, protection::risk);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::no_candidate);
    CHECK(none.error().closest == protection::maximally);
    CHECK(none.error().pair.cost() == 6);
    CHECK((none.error().pair.shared_risks == numbers{1}));
    const auto most = find_protected_pair(g, trap_costs, risk_groups(7, bad), 0, 5, protection::maximally);
    REQUIRE(most);
    CHECK((most->had == protection::maximally && most->shared_edges.empty() && most->cost() == 6));
    CHECK((most->shared_risks == numbers{1}));
}

TEST_CASE("the classes below the one asked are tried in order; what is shared has names") {
    // Both ways pass 1: no fully disjoint pair, a risk-disjoint one.
    const uonaco::edge edges[] = {{0, 1}, {0, 1}, {1, 2}, {1, 2}, {2, 3}};
    const double costs[] = {1, 2, 1, 3, 1};
    const uonaco::graph g(4, edges);
    const risk_groups no_risks;
    const auto full = find_protected_pair(g, costs, no_risks, 0, 2, protection::full);
    REQUIRE_FALSE(full);
    CHECK(full.error().closest == protection::risk);
    CHECK(full.error().pair.cost() == 7);
    CHECK((full.error().pair.shared_nodes == numbers{1}));
    const auto bridge = find_protected_pair(g, costs, no_risks, 0, 3, protection::full);
    REQUIRE_FALSE(bridge);
    CHECK(bridge.error().closest == protection::maximally);
    CHECK((bridge.error().pair.shared_edges == numbers{4}));
    CHECK((bridge.error().pair.shared_nodes == numbers{1, 2}));
    CHECK(find_protected_pair(g, costs, no_risks, 3, 0, protection::maximally).error().code == errc::unreachable);
    CHECK_FALSE(find_protected_pair(g, costs, no_risks, 3, 0, protection::full).error().pair);
    CHECK(find_protected_pair(g, costs, no_risks, 0, 7, protection::risk).error().code == errc::not_found);
}

TEST_CASE("a connection for power control, within 10 ms, 5 ms, or not at all") {
    const uonaco::graph g(6, trap);
    const risk_groups no_risks;
    const std::vector<latency> delays{1_ms, 1_ms, 2_ms, 2_ms, 4_ms, 4_ms, 1_ms};
    std::vector<latency> jitters(7, latency(200_us));
    const auto ten = power_control_connection(g, trap_costs, delays, jitters, no_risks, 0, 5);
    REQUIRE(ten);
    CHECK(ten->cost() == 6);
    CHECK(ten->working_delay.si() == Approx(.002));
    CHECK(ten->backup_delay.si() == Approx(.004));
    CHECK(ten->backup_jitter.si() == Approx(.0004));
    CHECK(ten->healing.si() == Approx(.058));

    const edge_risk duct[] = {{0, 1}, {2, 1}};
    const auto apart = power_control_connection(g, trap_costs, delays, jitters, risk_groups(7, duct), 0, 5);
    REQUIRE(apart);
    CHECK(apart->cost() == 8); // the second way is 8 ms
    const auto critical = power_control_connection(g, trap_costs, delays, jitters, risk_groups(7, duct), 0, 5,
                                                   uonaco::power_control_class::critical());
    REQUIRE_FALSE(critical);
    CHECK(critical.error().code == errc::no_candidate);
    CHECK((critical.error().single.edges == numbers{0, 1}));

    jitters.assign(7, latency(600_us));
    const auto shaky = power_control_connection(g, trap_costs, delays, jitters, no_risks, 0, 5);
    CHECK(shaky.error().code == errc::slo_missed);
    CHECK(shaky.error().bound == 2);
    CHECK(shaky.error().least.si() == Approx(.0012));

    uonaco::power_control_class slow;
    slow.detection_and_switch = 8_s; // restoration that first lights a wavelength
    const auto late = power_control_connection(g, trap_costs, delays, jitters, no_risks, 0, 5, slow);
    CHECK((late.error().code == errc::slo_missed && late.error().bound == 3));
}
