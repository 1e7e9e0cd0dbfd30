// SPDX-License-Identifier: Apache-2.0
#include "desk.hpp"
#include "table.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/place/describe.hpp>

namespace program {

namespace {

namespace units = uonaco::units;

/// A site or a node, as a node of the topology; ~0u if there is none of that name.
unsigned node_of(const uonaco::estate& e, const std::string& id) {
    for (unsigned i = 0; i < e.sites.size(); ++i)
        if (e.sites[i].id.text == id) return i;
    for (unsigned i = 0; i < e.nodes.size(); ++i)
        if (e.nodes[i].id.text == id) return static_cast<unsigned>(e.sites.size()) + i;
    return ~0u;
}
std::vector<std::string> names_of(const uonaco::estate& e) {
    std::vector<std::string> all;
    for (const auto& s : e.sites) all.push_back(s.id.text);
    for (const auto& n : e.nodes) all.push_back(n.id.text);
    return all;
}

/// The links of a path as one that may be used, so that both kinds of row have the same figures.
uonaco::path_option whole_path(const desk& d, const uonaco::path& p) {
    const uonaco::topology& net = d.where.net();
    uonaco::path_option o;
    for (const unsigned e : p.edges) o.links.push_back(net.edge_link[e]);
    o.rate = uonaco::bottleneck_along(o.links, [&](unsigned link) { return d.where.rates().links[link].in_service; });
    o.latency = uonaco::total_along(o.links, [&](unsigned link) { return net.links[link].latency; }) +
                net.parameters.node_latency * static_cast<double>(o.links.size());
    const auto up = uonaco::availability_along(o.links, [&](unsigned link) { return net.links[link].availability; });
    std::vector<unsigned> risks;
    o.availability = with_risks_once(net, o.links, up.value, risks);
    o.availability_known = up.complete;
    return o;
}

table empty_table() {
    table t;
    t.columns = {words_column("action"),
                 column_of<units::latency>("latency"),
                 column_of<units::bit_rate>("rate"),
                 column_of<units::bit_rate>("step"),
                 column_of<units::duration>("lead_time"),
                 column_of<units::bandwidth_price>("lease"),
                 column_of<units::money>("set_up_fee"),
                 column_of<units::volume_price>("egress"),
                 column_of<units::ratio>("availability"),
                 words_column("both_ways"),
                 words_column("links"),
                 words_column("via")};
    t.columns[3].expendable = 4;
    t.columns[7].expendable = 1;
    t.columns[8].expendable = 2;
    t.columns[9].expendable = 3;
    t.columns[10].shown = false;
    return t;
}

std::vector<std::string> links_of(const desk& d, const uonaco::path_option& o) {
    std::vector<std::string> all;
    for (const unsigned link : o.links) all.push_back(d.record.estate.links[link].id.text);
    return all;
}

/// The rates of paths are what is free in service; to have more is what the options are about.
row row_of(const desk& d, const uonaco::path_option& o, const std::string& from) {
    const bool option = o.action != uonaco::network_action::none;
    const bool made = option && o.action != uonaco::network_action::use;
    row r;
    r.figures = {shown(option ? to_string(o.action) : "path"),
                 shown(o.latency),
                 shown(o.rate),
                 o.step ? shown(o.step) : figure{},
                 made ? shown(o.lead_time) : figure{},
                 option ? shown(o.lease) : figure{},
                 made ? shown(o.set_up_fee) : figure{},
                 option && !(o.egress && o.egress->si() == 0) ? shown(o.egress) : figure{},
                 shown(o.availability_known ? uonaco::maybe(o.availability) : uonaco::maybe<units::ratio>{}),
                 option ? shown(o.both_ways) : figure{},
                 {"", links_of(d, o)},
                 shown(uonaco::detail::route(d.where, o, from))};
    if (o.availability_known)
        r.figures[8].text = units::to_text(100 * o.availability.si(), 6).c_str() + std::string(" %");
    return r;
}

std::string left_out(const desk& d) {
    std::string text;
    for (const auto& o : d.where.net().left_out)
        text += hanging("  not known: ", printable(describe(o, d.record.estate)), d.screen, style::faint);
    return text;
}

} // namespace

answer paths(desk& d) {
    const std::string& from = d.args.from;
    const std::string& to = d.args.to;
    const unsigned a = node_of(d.record.estate, from);
    const unsigned b = node_of(d.record.estate, to);
    for (const auto* name : {&from, &to})
        if (node_of(d.record.estate, *name) == ~0u)
            return no("there is no site or node '" + *name + "'" + hint(*name, names_of(d.record.estate)), d.screen);

    const uonaco::topology& net = d.where.net();
    const auto k = static_cast<unsigned>(d.args.paths);
    table found = empty_table();
    table options = empty_table();
    for (const auto& p : k_shortest(net.net, net.edge_delay, a, b, k, net.edge_usable))
        if (!p.edges.empty()) found.rows.push_back(row_of(d, whole_path(d, p), from));
    if (a < net.sites && b < net.sites)
        for (const auto& o : uonaco::options(net, d.record.estate, {a}, {b}, d.where.rates(), {.paths = k}))
            options.rows.push_back(row_of(d, o, from));

    answer out;
    if (found.rows.empty() && options.rows.empty()) {
        out =
            no(a == b ? "'" + from + "' is the same place" : "no path joins '" + from + "' and '" + to + "'", d.screen);
        out.err += left_out(d);
        return out;
    }
    uonaco::io::document json;
    json.open_object();
    json.key("kind").string("paths");
    json.key("from").string(from);
    json.key("to").string(to);
    json.key("paths").open_array();
    add_rows(json, found);
    json.close();
    json.key("options").open_array();
    add_rows(json, options);
    json.close();
    json.close();
    const auto title = [&](const char* text) { return styled(text, style::strong, d.screen.colour) + "\n\n"; };
    switch (d.args.format) {
    case output_format::json: out.out = text_of(json); break;
    case output_format::csv: {
        table all = found;
        all.rows.insert(all.rows.end(), options.rows.begin(), options.rows.end());
        out.out = as_csv(all);
        break;
    }
    case output_format::table:
        out.out = title("Paths, by delay; rates are what is free in service") + as_text(found, d.screen);
        if (!options.rows.empty()) out.out += "\n" + title("What the network can do") + as_text(options, d.screen);
        out.out += left_out(d);
        break;
    }
    return out;
}

} // namespace program
