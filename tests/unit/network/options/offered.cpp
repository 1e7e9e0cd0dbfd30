// SPDX-License-Identifier: Apache-2.0
// An option as a record: what it knows, and no more.
#include "../../../catch.hpp"
#include "estates.hpp"

#include <uonaco/network/offered_path.hpp>

using namespace options_test;

TEST_CASE("an option goes out as a path on offer") {
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}};
    e.nodes = {{.id = "x"}};
    const provisioning more{.rate = 400_Gbps, .lead_time = 180_s};
    e.links = {{.id = "A-x",
                .src_node = "A",
                .dst_node = "x",
                .capacity = 100_Gbps,
                .create = more,
                .latency = 1_ms,
                .loss = 1e-6,
                .srlgs = {3, 1}},
               {.id = "x-B",
                .src_node = "x",
                .dst_node = "B",
                .capacity = 100_Gbps,
                .create = more,
                .latency = 2_ms,
                .srlgs = {1, 8}}};
    e.links[1].layer = network_layer::ethernet;
    const auto t = make_topology(e);
    REQUIRE(t);
    bool used = false, created = false;
    for (const path_option& o : options(*t, e, {0}, {1}, rates_of(e))) {
        const wan_path p = offered_path(e, e.sites[0], e.sites[1], o, "A-B/1");
        CHECK((p.src_site.text == "A" && p.dst_site.text == "B" && p.action == o.action && p.id.text == "A-B/1"));
        CHECK(p.links == std::vector<link_id>{"A-x", "x-B"});
        CHECK(p.srlgs == std::vector<units::count>{3, 1, 8});
        CHECK((p.layer == network_layer::otn && p.circuit.empty() && p.rate == o.rate && p.latency == o.latency));
        CHECK(p.adapted_layers == std::vector<network_layer>{network_layer::ethernet});
        CHECK_FALSE((p.jitter.known() || p.loss.known() || p.availability.known() || p.price.known()));
        CHECK(p.lead_time.known() == (p.action == network_action::create));
        used = used || p.action == network_action::use;
        created = created || (p.action == network_action::create && *p.lead_time == 180_s);
    }
    CHECK((used && created));
}
