// SPDX-License-Identifier: Apache-2.0
// Documents with all the members that their standards and programs put into them: what an import does not carry it reports. What it
// does neither with stands here, and in the tables of docs/adapt.
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/alto.hpp>
#include <uonaco/adapt/electricity_maps.hpp>
#include <uonaco/adapt/iec61850.hpp>
#include <uonaco/adapt/kubernetes.hpp>
#include <uonaco/adapt/nodes_links.hpp>
#include <uonaco/adapt/openadr.hpp>
#include <uonaco/adapt/rfc8345.hpp>
#include <uonaco/adapt/slurm.hpp>
#include <uonaco/adapt/tapi.hpp>
#include <uonaco/adapt/watttime.hpp>

using namespace uonaco;

namespace {
using shapes = std::set<std::string>;
template <class Read>
shapes silent(const char* file, Read read) {
    return hostile::silent_members(hostile::file(std::string("tests/adapt/") + file), read);
}
} // namespace

TEST_CASE("whole ALTO maps: what is not carried is reported") {
    const auto read = [](const std::string& t) {
        return adapt::from_alto(t, {.capacity = units::bit_rate::from_si(1e11)});
    };
    CHECK(silent("alto/whole.json", read) == shapes{"/resources/paths/cost-map/PID1", // of a cost type that is reported
                                                    "/resources/ranks/cost-map/PID1", // the same
                                                    "/resources/routing/cost-map/PID1",        // the same
                                                    "/resources/routing/meta/dependent-vtags", // the map's that is here
                                                    "/resources/several/meta/cost-type",       // {}
                                                    "/resources/several/meta/dependent-vtags/*/resource-id",
                                                    "/resources/properties/meta"});
}

TEST_CASE("whole answers of Electricity Maps: what is not carried is reported") {
    // The same of two answers; the rest is reported with the first figure that has it.
    CHECK(silent("electricity_maps/whole.json", [](const std::string& t) { return adapt::from_electricity_maps(t); }) ==
          shapes{"/carbon-intensity/latest/estimationMethod", "/carbon-intensity/latest/isEstimated",
                 "/power-breakdown/latest/createdAt", "/power-breakdown/latest/isEstimated",
                 "/power-breakdown/latest/powerConsumptionBreakdown/coal",
                 "/power-breakdown/latest/powerConsumptionBreakdown/wind",
                 "/power-breakdown/latest/powerProductionBreakdown/coal",
                 "/power-breakdown/latest/powerProductionBreakdown/wind", "/power-breakdown/latest/updatedAt",
                 "/price-day-ahead/latest/createdAt", "/price-day-ahead/latest/updatedAt"});
}

TEST_CASE("whole nodes and pods of Kubernetes: what is not carried is reported") {
    // Of pods, what they take and where is all that is read; requests and limits of devices are the same.
    CHECK(silent("kubernetes/whole_node.json", [](const std::string& t) { return adapt::from_kubernetes(t); }) ==
          shapes{"/apiVersion", "/items/*/apiVersion", "/items/*/spec/containers/*/image",
                 "/items/*/spec/containers/*/name", "/items/*/spec/containers/*/resources/limits",
                 "/items/*/spec/containers/*/resources/requests", "/items/*/spec/priority",
                 "/items/*/spec/schedulerName"});
}

TEST_CASE("whole graphs of nodes and links: what is not carried is reported") {
    for (const char* file : {"backbone", "design", "engineering"}) {
        INFO(file);
        CHECK(silent((std::string("nodes_links/") + file + ".json").c_str(), [](const std::string& t) {
                  return adapt::from_nodes_links(t, {.unit = units::bit_rate::from_si(1e3)});
              }) == shapes{});
    }
}

TEST_CASE("whole events of OpenADR: what is not carried is reported") {
    CHECK(silent("openadr/whole.json", [](const std::string& t) { return adapt::from_openadr(t); }) ==
          shapes{"/intervals/*/id", "/payloadDescriptors/*/objectType", "/priority"}); // of one event alone
}

TEST_CASE("whole topologies of the IETF: what is not carried is reported") {
    const std::string network = "/ietf-network:networks/network/*", link = network + "/ietf-network-topology:link/*";
    CHECK(silent("rfc8345/whole.json", [](const std::string& t) { return adapt::from_rfc8345(t); }) ==
          shapes{network + "/network-types", network + "/node/*/ietf-network-topology:termination-point/*/tp-id",
                 link + "/source/source-tp", link + "/destination/dest-tp", // they join the two ways of a link
                 link + "/ietf-te-topology:te/te-link-attributes/interface-switching-capability/*/encoding"});
}

TEST_CASE("whole nodes of Slurm: what is not carried is reported") {
    const auto read = [](const std::string& t) { return adapt::from_slurm(t); };
    // What says nothing; a state in which devices are free; the name that each row has of its own.
    CHECK(silent("slurm/whole_node.json", read) == shapes{"/errors", "/nodes/*/external_sensors",
                                                          "/nodes/*/gres_drained", "/nodes/*/power", "/nodes/*/state",
                                                          "/warnings"});
    CHECK(silent("slurm/whole_row.json", read) ==
          shapes{"/errors", "/meta/slurm/cluster", "/sinfo/*/node", "/warnings"});
}

TEST_CASE("whole contexts of TAPI: what is not carried is reported") {
    const std::string topology = "/tapi-common:context/tapi-topology:topology-context/topology/*",
                      link = topology + "/link/*";
    CHECK(silent("tapi/whole.json", [](const std::string& t) { return adapt::from_tapi(t); }) ==
          shapes{topology + "/name",                                     // it chooses among several
                 topology + "/node/*/owned-node-edge-point/*/direction", // of links that run one way only
                 topology + "/node/*/name/*/value-name", link + "/name/*/value-name",
                 link + "/latency-characteristic/*/traffic-property-name",
                 link + "/risk-characteristic/*/risk-characteristic-name",
                 link + "/node-edge-point/*/node-uuid", // known by the point
                 link + "/node-edge-point/*/topology-uuid",
                 link + "/layer-protocol-name", // what a link is without it
                 link + "/transitioned-layer-protocol-name"});
}

TEST_CASE("whole answers of WattTime, whole sets of measurands: what is not carried is reported") {
    CHECK(silent("watttime/whole.json", [](const std::string& t) { return adapt::from_watttime(t); }) == shapes{});
    CHECK(silent("iec61850/feed.json", [](const std::string& t) { return adapt::from_iec61850(t, "s"); }) == shapes{});
}
