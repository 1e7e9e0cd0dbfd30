// SPDX-License-Identifier: Apache-2.0
// Random small estates and workloads: complete enough that every kind of record, limit and unknown turns up.
#pragma once

#include "support.hpp"

#include <uonaco/testing/laws.hpp>

namespace support {

/// In whole Mb/s: the ledger drops what is left of a bit a second.
inline units::bit_rate part_of(dice& d, units::bit_rate whole) {
    return std::floor(d.between(0.0, 1.0) * whole.si() / 1e6) * 1_Mbps;
}

inline provisioning random_offer(dice& d) {
    provisioning p{.rate = (1.0 + d.below(8)) * 100_Gbps};
    if (d.one_in(2)) p.step = d.one_in(3) ? 150_Gbps : 100_Gbps;
    if (!d.one_in(5)) p.lead_time = d.or_zero<units::duration>(1, 1e5);
    p.set_up_fee = d.perhaps<units::money>(1, 5000);
    return p;
}

inline wan_link random_link(dice& d, unsigned row, const estate& e) {
    wan_link l{.id = link_id("l" + std::to_string(row))};
    const unsigned from = d.below(static_cast<unsigned>(e.sites.size()));
    const unsigned to =
        (from + 1 + d.below(static_cast<unsigned>(e.sites.size()) - 1)) % static_cast<unsigned>(e.sites.size());
    l.src_node = node_id(e.sites[from].id.text);
    l.dst_node = d.one_in(8) && !e.nodes.empty() ? e.nodes[0].id : node_id(e.sites[to].id.text);
    l.bidirectional = !d.one_in(6);
    if (d.one_in(10)) l.oper_status = oper_status::down;
    if (!d.one_in(5)) l.capacity = (1.0 + d.below(10)) * 50_Gbps;
    if (d.one_in(6)) l.unreserved = part_of(d, l.capacity);
    if (d.one_in(2)) l.create = random_offer(d);
    if (d.one_in(3)) l.resize = random_offer(d);
    if (!d.one_in(12)) l.distance = d.or_zero<units::distance>(1, 12000);
    if (d.one_in(3)) l.latency = d.or_zero<units::latency>(1, 100000);
    l.jitter = d.perhaps<units::latency>(1, 1000);
    if (d.one_in(3)) l.loss = d.wild && d.one_in(3) ? 1.0 : d.size(1e-6, 0.01);
    if (l.loss && *l.loss > 1.0) l.loss = 1.0;
    if (!d.one_in(3)) l.availability = d.wild && d.one_in(3) ? 0.0 : d.between(0.99, 1.0);
    if (d.one_in(2))
        l.tariff = "t" + std::to_string(d.below(2)) == "t0" ? "t0" : "t1";
    else
        l.price = d.perhaps<units::bandwidth_price>(0.01, 1);
    if (d.one_in(4)) l.egress_price = d.or_zero<units::volume_price>(0.001, 0.1);
    if (d.one_in(3)) l.security = {static_cast<encryption>(d.below(3)), static_cast<isolation>(d.below(3))};
    if (row % 4 == 3) l.packet_encryption = packet_encryption::ipsec;
    return l;
}

inline estate random_estate(dice& d) {
    estate e;
    const unsigned sites = d.one_in(10) ? 1 : 2 + d.below(4);
    for (unsigned i = 0; i < sites; ++i) {
        site s{.id = site_id(std::string(1, static_cast<char>('A' + i)))};
        s.grid_zone = d.one_in(3) ? "" : "z" + std::to_string(d.below(2));
        if (!d.one_in(4)) s.pue = d.between(1.0, 2.0);
        if (d.one_in(5)) s.power_limit = d.quantity<units::power>(1e5, 2e6);
        if (s.power_limit && d.one_in(2)) s.power_draw = d.between(0.0, 1.1) * *s.power_limit;
        if (!d.one_in(3)) s.availability = d.between(0.99, 1.0);
        if (d.one_in(2)) s.security = {static_cast<encryption>(d.below(3)), static_cast<isolation>(d.below(3))};
        e.sites.push_back(s);
    }
    e.nodes = {{.id = "hut"}};
    const char* models[] = {"H100 SXM", "A100 SXM 80GB", "H100 SXM", "H100 SXM", "unheard of"};
    for (unsigned i = 0, pools = d.one_in(20) ? 0 : 1 + d.below(5); i < pools; ++i) {
        compute_pool p{.id = pool_id("p" + std::to_string(i)),
                       .site = e.sites[d.one_in(4) ? d.below(sites) : i % sites].id,
                       .model = models[d.below(5)]};
        p.total_count = d.count(4, 1000);
        p.free_count =
            d.one_in(6) ? 0 : p.total_count - static_cast<units::count>(d.below(static_cast<unsigned>(p.total_count)));
        if (p.model == "unheard of")
            p.peak.bf16 = d.quantity<units::flops>(50, 2000), p.memory = 64_GB,
            p.memory_rate = d.perhaps<units::memory_rate>(500, 5000);
        p.price = d.perhaps<units::price_rate>(0.2, 10);
        if (p.price && d.one_in(4)) p.full_price = 3.0 * *p.price;
        p.price_includes_energy = d.one_in(2);
        p.queue_wait = d.perhaps<units::duration>(1, 1e5);
        if (d.one_in(4)) p.mtbf = d.wild && d.one_in(3) ? 0_s : d.quantity<units::duration>(1e6, 1e9);
        if (!d.one_in(3)) p.availability = d.one_in(3) ? 1.0 : d.between(0.99, 1.0);
        e.pools.push_back(p);
    }
    e.tariffs = {{.id = "t0", .lease = 0.07_usd_per_Gbps_h, .set_up_fee = 500_usd},
                 {.id = "t1", .set_up_fee = d.perhaps<units::money>(1, 900)}};
    if (sites > 1)
        for (unsigned i = 0, links = d.one_in(10) ? 0 : 3 + d.below(7); i < links; ++i)
            e.links.push_back(random_link(d, i, e));
    // Of two groups one says how often it is up.
    e.risks = {{.id = "duct", .srlg = 1, .availability = 0.9995}, {.id = "river", .srlg = 2}};
    for (unsigned i = 0; i < e.links.size(); ++i)
        if (i % 3 != 0) e.links[i].srlgs = {i % 3};
    if (sites > 2) e.sites[0].srlgs = e.sites[1].srlgs = {1};
    for (unsigned i = 0; i < e.links.size(); ++i) {
        const wan_link& l = e.links[i];
        if (!d.one_in(3) || l.dst_node == node_id("hut") || !(l.capacity.si() > 0)) continue;
        circuit c{.id = circuit_id("c" + std::to_string(i)),
                  .src_site = site_id(l.src_node.text),
                  .dst_site = site_id(l.dst_node.text),
                  .links = {l.id}};
        c.rate = 0.5 * l.capacity;
        if (d.one_in(2)) c.unreserved = part_of(d, c.rate);
        e.circuits.push_back(c);
    }
    for (unsigned z = 0; z < 2; ++z) {
        if (d.one_in(3)) continue;
        power_state g{.id = power_id("g" + std::to_string(z)), .grid_zone = "z" + std::to_string(z)};
        g.carbon_intensity = d.perhaps<units::carbon_intensity>(10, 900);
        g.energy_price = d.perhaps<units::energy_price>(0.01, 0.5);
        g.supply_limit = d.one_in(4) ? maybe<units::power>(d.quantity<units::power>(1e4, 5e6)) : maybe<units::power>{};
        g.forecast_repeats = d.one_in(2);
        for (int h = 0, hours = static_cast<int>(d.below(25)); h < hours; ++h)
            g.forecast.push_back({.start = units::instant::from_unix(3600.0 * h),
                                  .duration = 1_h,
                                  .carbon_intensity = d.quantity<units::carbon_intensity>(10, 900),
                                  .energy_price = d.between(-0.1, 0.5) * 1_usd_per_kWh});
        for (unsigned long h = 4; z == 1 && h < g.forecast.size(); h += 6) { // nights of little power
            g.forecast[h].supply_limit = 400_kW;
            g.forecast[h].grid_event = grid_event::flex_alert;
        }
        e.power.push_back(g);
    }
    for (unsigned i = 0; i < sites; ++i) {
        if (d.one_in(2)) continue;
        storage_pool s{.id = storage_id("s" + std::to_string(i)),
                       .site = e.sites[i].id,
                       .capacity = d.quantity<units::volume>(1e3, 1e6)};
        s.read_rate = d.perhaps<units::memory_rate>(0.1, 50);
        s.egress_price = d.perhaps<units::volume_price>(0.001, 0.1);
        e.storage.push_back(s);
        e.datasets.push_back({.id = dataset_id("d" + std::to_string(i)),
                              .site = s.site,
                              .storage = d.one_in(4) ? storage_id{} : s.id,
                              .volume = d.quantity<units::volume>(1, 1e4)});
    }
    return e;
}

inline workload random_workload(dice& d, const estate& e, unsigned row = 0) {
    workload w{.id = workload_id("w" + std::to_string(row)), .priority = static_cast<units::count>(d.below(8))};
    w.devices.count = d.count(1, 4000);
    if (!d.one_in(5))
        w.devices.min_count = 1 + static_cast<units::count>(d.below(static_cast<unsigned>(w.devices.count)) / 4);
    w.devices.one_model = d.one_in(3);
    if (d.one_in(6)) w.devices.models = {"H100 SXM"};
    const auto somewhere = [&] { return e.sites[d.below(static_cast<unsigned>(e.sites.size()))].id; };
    if (d.one_in(6)) w.locality.denied_sites = {somewhere()};
    if (d.one_in(8)) w.locality.allowed_sites = {somewhere(), somewhere()};
    if (d.one_in(4)) w.locality.max_sites = 1 + static_cast<units::count>(d.below(3));
    if (d.one_in(9)) w.limits.deadline = d.quantity<units::duration>(1e3, 1e8);
    if (d.one_in(9)) w.limits.budget = d.quantity<units::money>(1e2, 1e7);
    if (d.one_in(9)) w.limits.carbon = d.quantity<units::carbon_mass>(1e2, 1e6);
    if (d.one_in(9)) w.limits.power = d.quantity<units::power>(1e4, 3e6);
    if (d.one_in(9)) w.limits.availability = d.between(0.9, 0.999);
    if (d.one_in(9)) w.limits.earliest_start = units::instant::from_unix(d.between(-1e5, 1e5));
    if (d.one_in(9)) w.security = {static_cast<encryption>(d.below(3)), static_cast<isolation>(d.below(3))};
    if (d.one_in(4)) w.value_of_time = d.or_zero<units::price_rate>(1, 1e4);
    const auto some_data = [&] {
        return e.datasets.empty() ? dataset_id{} : e.datasets[d.below(static_cast<unsigned>(e.datasets.size()))].id;
    };
    switch (d.below(6)) {
    case 0: {
        inference i = random_inference(d);
        i.model.parameters = d.count(1e9, 1e11);
        i.objective.per_token = {};
        i.requests = d.quantity<units::frequency>(0.01, 10);
        i.objective.first_token = d.perhaps<units::latency>(1e6, 1e7);
        w.locality.user_site = somewhere();
        w.task = i;
        break;
    }
    case 1: {
        session s = random_session(d);
        s.model.parameters = d.count(1e9, 1e11);
        s.objective = {};
        if (d.one_in(2)) w.locality.user_site = somewhere();
        w.task = s;
        break;
    }
    case 2: {
        transfer t = random_transfer(d);
        t.data = some_data();
        if (t.data.empty()) t.from = somewhere(), t.volume = d.quantity<units::volume>(1, 1e4);
        if (d.one_in(2)) t.to = somewhere();
        w.task = t;
        break;
    }
    default: {
        training t = random_training(d);
        t.parameters = d.count(1e8, 3e10);
        t.tokens_per_step = d.count(1e6, 1e8);
        t.steps = 1000 + d.count(1, 1e5);
        t.shape = {};
        if (d.one_in(4)) // as many parameters as stated, so that plans are not out of proportion
            t.shape = transformer{
                .layers = 16 + d.count(1, 16), .hidden = 2048, .heads = 16, .vocabulary = 32000, .sequence = 2048};
        if (t.shape) t.parameters = static_cast<units::count>(transformer_work::parameters(*t.shape));
        t.mfu = d.one_in(2) ? maybe<units::ratio>(0.4) : maybe<units::ratio>{};
        if (d.one_in(2)) t.data = some_data();
        w.task = t;
    }
    }
    return w;
}

inline std::vector<laws::placement_case> random_cases(unsigned seed, int n, bool wild = false) {
    dice d(seed, wild);
    std::vector<laws::placement_case> all;
    for (int i = 0; i < n; ++i) {
        laws::placement_case k{
            "seed " + std::to_string(seed) + ", case " + std::to_string(i), random_estate(d), {}, {}};
        k.asked = random_workload(d, k.world);
        all.push_back(k);
    }
    return all;
}

} // namespace support
