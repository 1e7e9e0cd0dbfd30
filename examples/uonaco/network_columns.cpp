// SPDX-License-Identifier: Apache-2.0
#include "network_columns.hpp"
#include "text.hpp"

#include <uonaco/network/path.hpp>
#include <uonaco/network/risk/risk_states.hpp>

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
    risks_.resize(estate.links.size());
    std::map<std::string, unsigned> known;
    const auto add = [&](risk r) {
        const auto [entry, fresh] = known.emplace(r.name, static_cast<unsigned>(risks_.size()));
        if (fresh) risks_.push_back(std::move(r));
        return entry->second;
    };
    const auto srlg = [&](uonaco::units::count number) {
        risk r{.name = "srlg " + std::to_string(number), .inside = true};
        for (const uonaco::risk_group& g : estate.risks) {
            if (g.srlg != number) continue;
            r.name += " (" + g.id.text + ")";
            r.inside = !g.availability;
            if (g.availability) r.up = *g.availability;
        }
        return add(std::move(r));
    };
    // What is left of an availability without a group that is inside of it.
    const auto without = [&](uonaco::maybe<units::ratio>& up, unsigned group) {
        const units::ratio known_up = *risks_[group].up;
        if (up && known_up > 0.0) up = units::min(units::ratio(*up / known_up), units::ratio(1.0));
    };
    std::map<std::string, const uonaco::fibre_span*> spans;
    for (const uonaco::fibre_span& s : estate.spans) spans.emplace(s.id.text, &s);
    std::vector<uonaco::edge_risk> members;
    for (unsigned row = 0; row < estate.links.size(); ++row) {
        const uonaco::wan_link& link = estate.links[row];
        uonaco::maybe<units::ratio> own = link.availability;
        if (!own && !link.spans.empty()) own = units::ratio(1.0);
        std::vector<unsigned> all{row};
        const auto belongs = [&](unsigned group) {
            if (std::find(all.begin(), all.end(), group) != all.end()) return;
            all.push_back(group);
            if (link.availability) without(own, group);
        };
        if (shared) {
            for (const auto number : link.srlgs) belongs(srlg(number));
            for (const auto& id : link.spans) {
                const uonaco::fibre_span& span = *spans.at(id.text);
                risk r{.name = "span " + id.text, .up = span.availability, .inside = !span.availability};
                for (const auto number : span.srlgs) {
                    const unsigned group = srlg(number);
                    belongs(group);
                    without(r.up, group);
                }
                if (r.inside) r.up = units::ratio(1.0);
                if (r.inside && !link.availability) own = {};
                belongs(add(std::move(r)));
            }
        }
        risks_[row].up = own;
        const unsigned along = net.links[row].edge;
        for (unsigned e = along; e < along + (link.bidirectional ? 2u : 1u); ++e)
            for (const unsigned group : all) members.push_back({e, group});
    }
    groups = uonaco::risk_groups(net.net.edges(), members);
}
std::string network_risks::name(unsigned group) const { return risks_[group].name; }

uonaco::maybe<units::ratio> network_risks::either_up(const std::vector<unsigned>& edges,
                                                     const std::vector<unsigned>& others) const {
    // Two links go down together and nobody says how often.
    for (const unsigned a : edges)
        for (const unsigned b : others)
            for (const unsigned group : groups.of(a))
                for (const unsigned other : groups.of(b))
                    if (group == other && risks_[group].inside && groups.of(a)[0] != groups.of(b)[0]) return {};
    std::vector<units::ratio> up(risks_.size(), 1.0);
    uonaco::risk::risks ways[2];
    for (int i = 0; i < 2; ++i)
        for (const unsigned e : i == 0 ? edges : others)
            for (const unsigned group : groups.of(e)) {
                if (!risks_[group].up) return {};
                up[group] = *risks_[group].up;
                ways[i].push_back(group);
            }
    return uonaco::risk::any_up(up, ways).least;
}

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
    std::vector<unsigned> risks;
    o.availability = with_risks_once(net, o.links, up.value, risks);
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
