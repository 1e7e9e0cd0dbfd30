// SPDX-License-Identifier: Apache-2.0
#include "network_columns.hpp"
#include "text.hpp"

#include <uonaco/network/path.hpp>

#include <algorithm>
#include <map>

namespace program {

namespace units = uonaco::units;

namespace {

/// Calls f(edge, link) for each direction that may be used.
template <class F>
void each_edge(const desk& d, F f) {
    const uonaco::topology& net = d.where.net();
    for (unsigned e = 0; e < net.net.edges(); ++e)
        if (net.edge_usable[e]) f(e, net.edge_link[e]);
}

/// The link's own price, or its tariff's.
uonaco::maybe<units::bandwidth_price> lease_of(const desk& d, unsigned link) {
    const uonaco::wan_link& l = d.record.estate.links[link];
    const unsigned tariff = d.where.net().links[link].tariff;
    if (l.price || tariff == ~0u) return l.price;
    return d.record.estate.tariffs[tariff].lease;
}

} // namespace

std::vector<std::string> node_names(const uonaco::estate& e) {
    std::vector<std::string> all;
    for (const auto& s : e.sites) all.push_back(s.id.text);
    for (const auto& n : e.nodes) all.push_back(n.id.text);
    return all;
}
unsigned node_of(const uonaco::estate& e, const std::string& id) {
    const auto all = node_names(e);
    for (unsigned i = 0; i < all.size(); ++i)
        if (all[i] == id) return i;
    return ~0u;
}
const std::string& name_of_node(const uonaco::estate& e, unsigned node) {
    return node < e.sites.size() ? e.sites[node].id.text : e.nodes[node - e.sites.size()].id.text;
}

std::vector<double> figures_of(measure m, const desk& d) {
    const uonaco::topology& net = d.where.net();
    std::vector<double> column(net.net.edges(), __builtin_huge_val());
    each_edge(d, [&](unsigned e, unsigned link) {
        if (m == measure::delay) column[e] = net.edge_delay[e];
        if (m == measure::hops) column[e] = 1;
        if (const auto& length = net.links[link].length; m == measure::distance && length) column[e] = length->si();
        if (const auto lease = lease_of(d, link); m == measure::lease && lease) column[e] = lease->si();
    });
    return column;
}
figure shown(measure m, double sum) {
    switch (m) {
    case measure::delay: return shown(units::latency::from_si(sum * 1e-12));
    case measure::hops: return shown(static_cast<long long>(sum));
    case measure::distance: return shown(units::distance::from_si(sum));
    case measure::lease: return shown(units::bandwidth_price::from_si(sum));
    }
    return {};
}
column column_for(measure m) {
    switch (m) {
    case measure::delay: return column_of<units::latency>("latency");
    case measure::hops: return count_column("hops");
    case measure::distance: return column_of<units::distance>("distance");
    case measure::lease: return column_of<units::bandwidth_price>("lease");
    }
    return {};
}

std::vector<units::latency> delays_of(const desk& d) {
    const uonaco::topology& net = d.where.net();
    std::vector<units::latency> column(net.net.edges());
    each_edge(d, [&](unsigned e, unsigned link) { column[e] = net.links[link].latency + net.parameters.node_latency; });
    return column;
}
std::vector<units::latency> jitters_of(const desk& d) {
    const uonaco::topology& net = d.where.net();
    std::vector<units::latency> column(net.net.edges(), units::latency::from_si(__builtin_huge_val()));
    each_edge(d, [&](unsigned e, unsigned link) {
        if (net.links[link].jitter) column[e] = *net.links[link].jitter;
    });
    return column;
}

std::vector<double> room_of(const desk& d, bool potential) {
    using action = uonaco::network_action;
    const uonaco::topology& net = d.where.net();
    std::vector<double> column(net.net.edges());
    each_edge(d, [&](unsigned e, unsigned link) {
        const auto rate = [&](action a) {
            return rate_for(a, net, d.record.estate, link, d.where.rates().links[link]).si();
        };
        column[e] = rate(action::use);
        if (potential) column[e] = std::max({column[e], rate(action::resize), rate(action::create)});
    });
    return column;
}

network_risks::network_risks(const desk& d, bool shared) {
    const uonaco::estate& estate = d.record.estate;
    const uonaco::topology& net = d.where.net();
    names_.resize(estate.links.size());
    std::map<std::string, unsigned> known;
    const auto named = [&](const std::string& name) {
        const auto [entry, fresh] = known.emplace(name, static_cast<unsigned>(names_.size()));
        if (fresh) names_.push_back(name);
        return entry->second;
    };
    const auto srlg = [&](uonaco::units::count number) {
        std::string name = "srlg " + std::to_string(number);
        for (const uonaco::risk_group& g : estate.risks)
            if (g.srlg == number) name += " (" + g.id.text + ")";
        return named(name);
    };
    std::map<std::string, const uonaco::fibre_span*> spans;
    for (const uonaco::fibre_span& s : estate.spans) spans.emplace(s.id.text, &s);
    std::vector<uonaco::edge_risk> members;
    for (unsigned e = 0; e < net.net.edges(); ++e) {
        const unsigned row = net.edge_link[e];
        members.push_back({e, row});
        if (!shared) continue;
        const uonaco::wan_link& link = estate.links[row];
        for (const auto number : link.srlgs) members.push_back({e, srlg(number)});
        for (const auto& id : link.spans) {
            members.push_back({e, named("span " + id.text)});
            for (const auto number : spans.at(id.text)->srlgs) members.push_back({e, srlg(number)});
        }
    }
    groups = uonaco::risk_groups(net.net.edges(), members);
}
std::string network_risks::name(unsigned group) const { return names_[group]; }

uonaco::path_option whole_path(const desk& d, const uonaco::path& p, const std::vector<double>& room) {
    const uonaco::topology& net = d.where.net();
    uonaco::path_option o;
    for (const unsigned e : p.edges) o.links.push_back(net.edge_link[e]);
    o.rate = units::bit_rate::from_si(uonaco::bottleneck_along(p.edges, [&](unsigned e) { return room[e]; }));
    o.latency = uonaco::total_along(o.links, [&](unsigned link) { return net.links[link].latency; }) +
                net.parameters.node_latency * static_cast<double>(o.links.size());
    const auto jitter = uonaco::total_along(o.links, [&](unsigned link) { return net.links[link].jitter; });
    o.jitter = jitter.value;
    o.jitter_known = jitter.complete;
    const auto up = uonaco::availability_along(o.links, [&](unsigned link) { return net.links[link].availability; });
    o.availability = up.value;
    o.availability_known = up.complete;
    return o;
}
std::vector<std::string> link_names(const desk& d, const uonaco::path_option& o) {
    std::vector<std::string> all;
    for (const unsigned link : o.links) all.push_back(d.record.estate.links[link].id.text);
    return all;
}

std::string left_out(const desk& d) {
    std::string text;
    for (const auto& o : d.where.net().left_out)
        text += hanging("  not known: ", printable(describe(o, d.record.estate)), d.screen, style::faint);
    return text;
}

} // namespace program
