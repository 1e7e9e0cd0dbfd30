// SPDX-License-Identifier: Apache-2.0
// Tiny placement problems that between them meet every hard limit: small enough to try all candidates.
#pragma once

#include "../resource/estate.hpp"
#include "../units/literals.hpp"
#include "../workload/workload.hpp"

#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI::laws {

/// A workload to be placed alone in an estate.
struct placement_case {
    std::string name{};
    estate world{};
    workload asked{};
    units::instant now{};
};

/// Idle fast devices at A and B behind a slow link, few slow ones at C behind fast links that are still to be made.
UONACO_LAZY
estate figure_1_estate() {
    using namespace literals;
    const provisioning offer{.rate = 400_Gbps, .step = 400_Gbps, .lead_time = 180_s};
    estate e;
    for (const char* id : {"A", "B", "C"}) {
        site s{.id = id, .grid_zone = "grid", .pue = 1.2, .availability = 1.0};
        e.sites.push_back(s);
    }
    const auto pool = [&](const char* id, const char* at, const char* model, units::count free,
                          units::price_rate price) {
        compute_pool p{.id = id, .site = at, .model = model, .total_count = free + free / 4, .free_count = free};
        p.price = price;
        p.price_includes_energy = true;
        p.availability = 1.0;
        p.queue_wait = 0_s;
        e.pools.push_back(p);
    };
    pool("a-h100", "A", "H100 SXM", 1024, 2.5_usd_per_h);
    pool("b-h100", "B", "H100 SXM", 1024, 2.5_usd_per_h);
    pool("c-a100", "C", "A100 SXM 80GB", 51, 1.2_usd_per_h);
    e.tariffs = {{.id = "operator", .lease = 0.07_usd_per_Gbps_h, .set_up_fee = 500_usd}};
    const auto link = [&](const char* id, const char* from, const char* to, units::distance length) -> wan_link& {
        wan_link l{.id = id, .src_node = from, .dst_node = to, .bidirectional = true};
        l.distance = length;
        l.availability = 1.0;
        l.jitter = 0_us;
        l.loss = 0.0;
        l.tariff = "operator";
        e.links.push_back(l);
        return e.links.back();
    };
    link("a-b", "A", "B", 600_km).capacity = 100_Gbps;
    link("a-c", "A", "C", 400_km).create = offer;
    link("c-b", "C", "B", 400_km).create = offer;
    e.power = {{.id = "grid", .grid_zone = "grid", .carbon_intensity = 400_g_per_kWh}};
    return e;
}

/// A dense model of 70e9 parameters, 16 Mi tokens a step, 256 to 2,048 devices.
UONACO_LAZY
workload figure_1_training() {
    workload w{.id = "training", .devices = {.count = 2048, .min_count = 256}};
    w.task = training{
        .parameters = 70'000'000'000, .tokens_per_step = 16 * 1048576, .steps = 10000, .mfu = 0.45, .overlap = 0.6};
    return w;
}

namespace detail {
UONACO_LAZY
workload service(const char* id) {
    using namespace literals;
    workload w{.id = id, .devices = {.count = 64, .min_count = 8}};
    inference i{.model = {.parameters = 8'000'000'000, .kv_per_token = units::memory(131072 * 1e-3 * 1_kB)}};
    i.requests = 20_per_s;
    i.input_tokens = 1000;
    i.output_tokens = 200;
    i.objective = {.first_token = 500_ms, .per_token = 50_ms};
    w.locality.user_site = "C";
    w.task = i;
    return w;
}
UONACO_LAZY
void add_data(estate& e) {
    using namespace literals;
    e.storage = {{.id = "store-a",
                  .site = "A",
                  .capacity = 50_TB,
                  .free = 20_TB,
                  .read_rate = 10_GBps,
                  .egress_price = 0.02_usd_per_GB},
                 {.id = "store-b", .site = "B", .capacity = 50_TB, .free = 5_TB}};
    e.datasets = {{.id = "corpus", .site = "A", .storage = "store-a", .volume = 10_TB}};
}
} // namespace detail

/// The cases that ship. O(1).
UONACO_LAZY
std::vector<placement_case> tiny_cases() {
    using namespace literals;
    std::vector<placement_case> all;
    const auto add = [&](const char* name, auto change) {
        placement_case k{name, figure_1_estate(), figure_1_training(), {}};
        change(k.world, k.asked);
        all.push_back(k);
    };
    add("as it is", [](estate&, workload&) {});
    add("small steps: one site wins", [](estate&, workload& w) { std::get<training>(w.task).tokens_per_step /= 4; });
    add("a deadline that only two sites meet", [](estate&, workload& w) { w.limits.deadline = 30_h; });
    add("a deadline that nobody meets", [](estate&, workload& w) { w.limits.deadline = 1_h; });
    add("a budget that only one site meets", [](estate&, workload& w) { w.limits.budget = 110000_usd; });
    add("a power limit on the placement", [](estate&, workload& w) { w.limits.power = 600_kW; });
    add("power for half the devices of a site", [](estate& e, workload&) { e.sites[0].power_limit = 600_kW; });
    add("a carbon limit that only the cleaner grid meets", [](estate& e, workload& w) {
        w.limits.carbon = 15000_kg;
        e.power.push_back({.id = "clean", .site = "B", .carbon_intensity = 200_g_per_kWh});
    });
    add("a carbon limit where carbon is not known", [](estate& e, workload& w) {
        w.limits.carbon = 1e9 * 1_kg;
        e.power.clear();
    });
    add("a site denied", [](estate&, workload& w) { w.locality.denied_sites = {"A"}; });
    add("one site at most", [](estate&, workload& w) { w.locality.max_sites = 1; });
    add("encryption that one link lacks", [](estate& e, workload& w) {
        w.security.encryption = encryption::line;
        for (site& s : e.sites) s.security.encryption = encryption::line;
        e.links[0].security.encryption = encryption::line;
    });
    add("a tenant of its own", [](estate& e, workload& w) {
        w.security.isolation = isolation::dedicated;
        e.sites[1].security.isolation = isolation::dedicated;
    });
    add("availability that the long way lacks", [](estate& e, workload& w) {
        w.limits.availability = 0.9999;
        e.links[1].availability = 0.99;
    });
    add("prices not known at one site", [](estate& e, workload&) { e.pools[0].price = {}; });
    add("a budget on prices not known", [](estate& e, workload& w) {
        w.limits.budget = 1e9 * 1_usd;
        for (compute_pool& p : e.pools) p.price = {};
    });
    add("carbon not known at one site", [](estate& e, workload&) { e.sites[0].grid_zone = "elsewhere"; });
    add("devices taken", [](estate& e, workload&) {
        for (compute_pool& p : e.pools) p.free_count = 3;
    });
    add("a deadline on a wait not known at one site", [](estate& e, workload& w) {
        w.limits.deadline = 50_h;
        e.pools[0].queue_wait = {};
    });
    add("an availability asked of links that do not state one", [](estate& e, workload& w) {
        w.limits.availability = 0.5;
        for (wan_link& l : e.links) l.availability = {};
    });
    add("a queue at one site", [](estate& e, workload&) { e.pools[0].queue_wait = 10_h; });
    add("data at one site", [](estate& e, workload& w) {
        detail::add_data(e);
        std::get<training>(w.task).data = "corpus";
    });
    add("data read while it trains", [](estate& e, workload& w) {
        detail::add_data(e);
        std::get<training>(w.task).data = "corpus";
        std::get<training>(w.task).stream_data = true;
    });
    add("a service", [](estate&, workload& w) { w = detail::service("service"); });
    add("a service whose objective nobody meets", [](estate&, workload& w) {
        w = detail::service("service");
        std::get<inference>(w.task).objective.first_token = 1_ms;
    });
    add("conversations", [](estate&, workload& w) {
        w = detail::service("conversations");
        const inference i = std::get<inference>(w.task);
        session s{.model = i.model, .concurrent = 200, .think_time = 20_s, .input_tokens = 200, .output_tokens = 200};
        s.context_tokens = 8000;
        w.task = s;
    });
    add("a transfer to whoever has room", [](estate& e, workload& w) {
        detail::add_data(e);
        e.storage[1].free = 20_TB;
        w.task = transfer{.data = "corpus"};
    });
    add("a transfer to where nobody has room", [](estate& e, workload& w) {
        detail::add_data(e);
        w.task = transfer{.data = "corpus"};
    });
    add("no pools", [](estate& e, workload&) { e.pools.clear(); });
    add("nothing at all", [](estate& e, workload&) { e = {}; });
    return all;
}

} // namespace uonaco::inline UONACO_ABI::laws
