// SPDX-License-Identifier: Apache-2.0
// Documents of other formats become records, and records such documents; each step says what it loses. The pages of docs/adapt show this code.
#include <uonaco/adapt/alto.hpp>
#include <uonaco/adapt/cats.hpp>
#include <uonaco/adapt/electricity_maps.hpp>
#include <uonaco/adapt/iec61850.hpp>
#include <uonaco/adapt/kubernetes.hpp>
#include <uonaco/adapt/openadr.hpp>
#include <uonaco/adapt/slurm.hpp>
#include <uonaco/adapt/watttime.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>

using namespace uonaco;
using namespace uonaco::literals;

static std::string file(const char* name) {
    std::ifstream in(name);
    return {std::istreambuf_iterator<char>(in), {}};
}
static bool print(const char* what, const std::vector<adapt::loss>& losses) {
    std::printf("%s: %d lost\n", what, static_cast<int>(losses.size()));
    return true;
}
/// A document that is wrong: every problem, with its place.
static bool refused(const io::problems& all) {
    for (const io::problem& p : all) std::printf("%s\n", io::to_string(p).c_str());
    return false;
}

static bool clusters() {
    const std::string text = file("tests/adapt/kubernetes/nodes_pods.json"), answer = file("tests/adapt/slurm/nodes.json");
    const auto cluster = adapt::from_kubernetes(text, {.site = "paris"}); // without a site, each zone is one
    if (!cluster) return refused(cluster.error());
    const auto nodes = adapt::to_kubernetes(cluster->result); // nodes.result, nodes.losses
    print("pools from Kubernetes", cluster->losses);
    print("nodes for Kubernetes", nodes.losses);

    const auto partitions = adapt::from_slurm(answer, {.site = "paris", .models = {{"h100", "H100 SXM"}}});
    if (!partitions) return refused(partitions.error());
    const auto back = adapt::to_slurm(partitions->result);
    print("pools from Slurm", partitions->losses);
    return print("nodes for Slurm", back.losses);
}

static bool networks() {
    const std::string text = file("tests/adapt/alto/resources.json");
    const auto maps = adapt::from_alto(text, {.capacity = 400_Gbps});
    if (!maps) return refused(maps.error());
    const auto all = adapt::to_alto(maps->result);                     // {"resources": {...}}
    const auto delays = adapt::to_alto(maps->result, {}, "delay-ow"); // one cost map, as a server answers
    print("links from ALTO", maps->losses);
    return print("maps for ALTO", all.losses) && !delays.result.empty();
}

static bool power() {
    const std::string answers = file("tests/adapt/electricity_maps/zone.json"), forecast = file("tests/adapt/watttime/forecast.json"),
                      events = file("tests/adapt/openadr/limit.json"), feed = file("tests/adapt/iec61850/feed.json");
    const auto grid = adapt::from_electricity_maps(answers, {.cut_at_gap = true});
    if (!grid) return refused(grid.error());
    estate plan;
    plan.power = grid->result.power; // sites name their zone under grid_zone
    print("a power state from Electricity Maps", grid->losses);

    const auto marginal = adapt::from_watttime(forecast);
    if (!marginal) return refused(marginal.error());
    print("a power state from WattTime", marginal->losses);

    const auto limits = adapt::from_openadr(events, {.site = "site-1"});
    if (!limits) return refused(limits.error());
    const auto midnight = units::parse_instant("2026-03-02T00:00:00Z", 20);
    const auto report = adapt::to_openadr_report({{*midnight, 1_h, 18_MW}}, "event-17", "ven-1");
    print("a power state from OpenADR", limits->losses);
    print("a report for OpenADR", report.losses);

    const auto site = adapt::from_iec61850(feed, "site-1", {.it_load = "AIDC1/MMXU1.TotW", .supply_limit = "AIDC1/DWMX1"});
    if (!site) return refused(site.error());
    return print("a site from IEC 61850", site->losses);
}

static bool metrics() {
    estate world{.sites = {{.id = "paris"}}, .pools = {{.id = "paris-h100", .site = "paris", .total_count = 64, .free_count = 16}}};
    const auto raw = adapt::to_cats_raw(world, {.cs_id = "7"}); // metrics, and raw.losses
    const auto text = adapt::to_cats(world, {.cs_id = "7"});    // the same as JSON
    const auto read = adapt::from_cats(text.result);
    if (!read) return refused(read.error());
    const auto octets = adapt::to_cats_octets(raw.result[0]);  // packed; from_cats_octets reads them
    const auto lost = adapt::take_cats_raw(world, raw.result); // figures into the pools and links that they are of
    std::printf("%d metrics of CATS, the first in %d octets\n", static_cast<int>(read->size()), static_cast<int>(octets->result.size()));
    return print("metrics of CATS taken back", lost);
}

int main() { return clusters() && networks() && power() && metrics() ? 0 : 1; }
