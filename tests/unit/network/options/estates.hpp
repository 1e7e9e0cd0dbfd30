// SPDX-License-Identifier: Apache-2.0
// Random estates of every sort for the options of site pairs, in random states, and all simple ways through them.
#pragma once

#include <uonaco/network/options.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdlib>
#include <random>
#include <string>

namespace options_test {

using namespace uonaco;
using namespace uonaco::literals;

struct dice {
    std::mt19937 engine;

    explicit dice(unsigned seed) : engine(seed) {}
    unsigned below(unsigned n) { return static_cast<unsigned>(engine() % n); }
    bool chance(unsigned percent) { return below(100) < percent; }
};

inline int times() {
    const char* text = std::getenv("UONACO_TIMES");
    return text ? std::atoi(text) : 1;
}

struct size {
    unsigned least_nodes, most_nodes, least_links, most_links;
    bool steps = true; ///< offers come in steps that differ
};

/// Links in one and in both directions, parallel ones and loops, what is down, offers without a lead time, spans and groups that several
/// links are in, circuits over shortest paths and over ways that pass a node twice.
inline estate random_estate(dice& d, const size& s) {
    const auto rate = [&](unsigned n) { return units::bit_rate::from_si(d.below(n) * 1e10); };
    const auto few = [&] { return static_cast<int>(d.below(3)); };
    const auto offer = [&] {
        provisioning p{.rate = rate(40)};
        if (s.steps && d.chance(60)) p.step = units::bit_rate::from_si((1 + d.below(6)) * 5e9);
        if (d.chance(90)) p.lead_time = units::duration(few() * 60_s);
        if (d.chance(80)) p.set_up_fee = units::money(few() * 100_usd);
        p.hitless = d.chance(50);
        return p;
    };
    estate e;
    const unsigned nodes = s.least_nodes + d.below(s.most_nodes - s.least_nodes + 1);
    for (unsigned i = 0; i < nodes; ++i) e.sites.push_back({.id = site_id(std::string(1, static_cast<char>('a' + i)))});
    if (d.chance(30)) e.sites[0].srlgs = e.sites[nodes - 1].srlgs = {7};
    e.tariffs = {{.id = "t", .lease = 1_usd_per_Gbps_h, .set_up_fee = 100_usd}, {.id = "u", .set_up_fee = 50_usd}};
    e.risks = {{.id = "duct", .srlg = 7, .availability = 0.9995}, {.id = "river", .srlg = 9}};
    for (unsigned i = 0; i < 4; ++i) {
        fibre_span f{.id = span_id("s" + std::to_string(i)),
                     .distance = units::distance::from_si((1 + d.below(9)) * 1e5)};
        if (d.chance(80)) f.availability = units::ratio(1.0 - d.below(4) * .01);
        if (d.chance(30) && f.availability != units::ratio(1.0))
            f.srlgs = {7}; // nothing is up more often than its duct
        e.spans.push_back(f);
    }
    const unsigned links = s.least_links + d.below(s.most_links - s.least_links + 1);
    for (unsigned i = 0; i < links; ++i) {
        const auto end = [&] { return node_id(e.sites[d.below(nodes)].id.text); };
        wan_link l{.id = link_id(std::to_string(i)), .src_node = end(), .dst_node = end()};
        l.bidirectional = d.chance(60);
        if (d.chance(5)) l.oper_status = oper_status::down;
        if (d.chance(80)) l.capacity = rate(40);
        if (d.chance(20)) l.unreserved = l.capacity;
        if (d.chance(50)) l.create = offer();
        if (d.chance(50)) l.resize = offer();
        if (d.chance(20)) {
            l.spans = {e.spans[d.below(4)].id};
            if (d.chance(50)) l.spans.push_back(e.spans[d.below(4)].id);
        } else if (d.chance(95)) {
            l.distance = units::distance::from_si((1 + d.below(20)) * 1e5);
        }
        if (d.chance(30)) l.tariff = d.chance(50) ? "t" : "u";
        if (d.chance(60)) l.price = units::bandwidth_price(few() * 1_usd_per_Gbps_h);
        if (d.chance(60)) l.availability = units::ratio(1.0 - d.below(5) * .01);
        if (d.chance(20)) l.srlgs = {d.chance(50) ? 7 : 9};
        if (l.availability == units::ratio(1.0)) l.availability = 0.999;
        if (d.chance(30)) l.transport_energy = 1_W_per_Gbps;
        if (d.chance(30)) l.jitter = 1_us;
        if (d.chance(30)) l.security.isolation = isolation::dedicated;
        e.links.push_back(l);
    }
    const auto t = make_topology(e);
    for (unsigned i = 0; i < 3; ++i) {
        unsigned at = d.below(nodes);
        circuit c{.id = circuit_id(std::to_string(i)), .src_site = e.sites[at].id, .rate = rate(20)};
        if (d.chance(30)) { // wherever it leads
            for (unsigned hops = 1 + d.below(4); hops > 0; --hops) {
                const auto out = t->net.out(at);
                if (out.empty()) break;
                const arc a = out[d.below(static_cast<unsigned>(out.size()))];
                c.links.push_back(e.links[t->edge_link[a.edge]].id);
                at = a.node;
            }
        } else {
            const unsigned to = d.below(nodes);
            const path p = shortest_path(t->net, t->edge_delay, at, to, t->edge_usable);
            for (const unsigned each : p.edges) c.links.push_back(e.links[t->edge_link[each]].id);
            at = to;
        }
        if (c.links.empty()) continue;
        c.dst_site = e.sites[at].id;
        if (d.chance(50)) c.unreserved = rate(20);
        e.circuits.push_back(c);
    }
    return e;
}

/// Some of everything is promised to others.
inline void take_some(dice& d, const topology& t, const estate& e, network_rates& free) {
    option_search search(t, e);
    for (unsigned n = d.below(6); n > 0; --n) {
        const unsigned from = d.below(t.sites), to = d.below(t.sites);
        const auto found = search({from}, {to}, free);
        if (found.empty()) continue;
        const path_option& o = found[d.below(static_cast<unsigned>(found.size()))];
        static_cast<void>(take(free, t, e, o, d.chance(50) ? o.rate : in_steps(o.rate * 0.37, o.step)));
    }
}

inline bool none_negative(const network_rates& r) {
    for (const link_rates& l : r.links)
        if (!(l.in_service.si() >= 0 && l.creatable.si() >= 0 && l.resizable.si() >= 0)) return false;
    for (const units::bit_rate c : r.circuits)
        if (!(c.si() >= 0)) return false;
    return true;
}
/// Bit for bit, so that -0 is not 0.
inline bool identical(const network_rates& a, const network_rates& b) {
    const auto same = [](const auto& x, const auto& y) {
        return x.size() == y.size() &&
               (x.empty() || __builtin_memcmp(x.data(), y.data(), x.size() * sizeof(x[0])) == 0);
    };
    return same(a.links, b.links) && same(a.circuits, b.circuits);
}

} // namespace options_test
