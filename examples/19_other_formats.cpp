// SPDX-License-Identifier: Apache-2.0
// A fibre map of a collection becomes an IETF topology, which becomes a TAPI context; and what each step loses.
#include <uonaco/adapt/nodes_links.hpp>
#include <uonaco/adapt/rfc8345.hpp>
#include <uonaco/adapt/tapi.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

static const char* const map = R"({
  "name": "north", "directed": false,
  "nodes": [{"id": 0, "name": "Bremen", "lat": 53.08, "lon": 8.8}, {"id": 1, "name": "Berlin", "lat": 52.52, "lon": 13.4}],
  "links": [{"a": 0, "b": 1, "km": 380.5, "modules": [[155, 960]]}],
  "demands": [{"a": 0, "b": 1, "value": 120}]
})";

static void print(const char* step, const std::vector<adapt::loss>& losses) {
    std::printf("%s\n", step);
    for (const adapt::loss& l : losses) std::printf("  lost %s: %s\n", l.pointer.c_str(), l.what.c_str());
}

int main() {
    const auto graph = adapt::from_nodes_links(map, {.capacity = 400_Gbps, .sites = {"Bremen", "Berlin"}});
    if (!graph) return 1; // graph.error() names every problem
    print("the map is an estate", graph->losses);

    const auto ietf = adapt::to_rfc8345(graph->result, "north");
    print("the estate is an IETF topology", ietf.losses);

    const auto topology = adapt::from_rfc8345(ietf.result, {.network = "north", .sites = {"Bremen", "Berlin"}});
    if (!topology) return 1;
    print("the topology is an estate", topology->losses);

    const auto onf = adapt::to_tapi(topology->result, "north");
    print("the estate is a TAPI context", onf.losses);

    const auto context = adapt::from_tapi(onf.result, {.topology = "north", .latency_unit = 1_us});
    if (!context) return 1;
    const wan_link& link = context->result.links[0];
    std::printf("%s: %.0f Gb/s, %.0f us\n", link.id.text.c_str(), in_exchange_unit(link.capacity), in_exchange_unit(*link.latency));
}
