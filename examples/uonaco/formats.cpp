// SPDX-License-Identifier: Apache-2.0
#include "formats.hpp"

#include <uonaco/adapt/alto.hpp>
#include <uonaco/adapt/cats.hpp>
#include <uonaco/adapt/electricity_maps.hpp>
#include <uonaco/adapt/iec61850.hpp>
#include <uonaco/adapt/kubernetes.hpp>
#include <uonaco/adapt/nodes_links.hpp>
#include <uonaco/adapt/openadr.hpp>
#include <uonaco/adapt/rfc8345.hpp>
#include <uonaco/adapt/slurm.hpp>
#include <uonaco/adapt/tapi.hpp>
#include <uonaco/adapt/watttime.hpp>
#include <uonaco/io/scenario.hpp>

#include <algorithm>

namespace program {

namespace {

using namespace uonaco;
using scenario_in = adapt::imported<scenario>;
using text_out = adapt::translated<std::string>;
using written = adapt::imported<std::string>; // a text, or why there can be none

// ---- between estates, which most formats speak of, and scenarios -----------------------------------------------------------------
scenario_in with_estate(adapt::imported<estate> e, const std::string& currency = {}) {
    if (!e) return e.error();
    adapt::translated<scenario> t;
    t.result.estate = std::move(e->result);
    if (!currency.empty()) t.result.estate.currency = currency;
    t.losses = std::move(e->losses);
    return t;
}

template <class Record>
void forget(std::vector<Record>& records, const envelope& inherited) {
    for (Record& r : records) r.meta = io::detail::without_inherited(std::move(r.meta), inherited);
}

/// Writes an estate, and says what of the scenario beside it is lost. What all records inherit is lost once.
template <class Write>
text_out of_estate(const scenario& s, Write write) {
    estate e = s.estate;
    forget(e.sites, s.meta);
    forget(e.nodes, s.meta);
    forget(e.spans, s.meta);
    forget(e.links, s.meta);
    forget(e.pools, s.meta);
    forget(e.power, s.meta);
    text_out t = write(e);
    const io::document rest =
        io::to_document(scenario{.name = s.name, .meta = s.meta, .workloads = s.workloads, .profile = s.profile});
    for (const io::value v : rest.root()) {
        const std::string key(v.key());
        if (key == "kind" || key == "schema_version" || key == "currency")
            continue; // the estate's, or every document's
        t.losses.push_back({"/" + key, io::describe(v) + ": the format describes what exists and has no place for it"});
    }
    return t;
}

maybe<units::bit_rate> gbps(const std::optional<double>& x) {
    return x ? maybe<units::bit_rate>(units::from_exchange_unit<units::bit_rate>(*x)) : maybe<units::bit_rate>();
}

/// For formats that cannot do without an option: the problem to hand back.
io::problems option_needed(const char* option, const char* why) {
    return {{io::problem_level::semantic, "", option, "none", why}};
}

/// The one site that is meant, or none.
std::string only_site(const format_options& o) { return o.sites.empty() ? std::string() : o.sites.front(); }

// ---- the formats: one line each in the list below ---------------------------------------------------------------------------------
scenario_in read_uonaco(std::string_view text, const format_options&) {
    auto s = io::load<scenario>(text);
    if (!s) return s.error();
    return adapt::translated<scenario>{std::move(*s), {}};
}
written write_uonaco(const scenario& s, const format_options&) { return text_out{io::dump(s), {}}; }

scenario_in read_nodes_links(std::string_view text, const format_options& o) {
    return with_estate(
        adapt::from_nodes_links(text, {.unit = gbps(o.unit), .capacity = gbps(o.capacity), .sites = o.sites}),
        o.currency);
}
written write_nodes_links(const scenario& s, const format_options&) { return of_estate(s, adapt::to_nodes_links); }

/// The name of a network that is written.
std::string network_of(const format_options& o) { return o.network.empty() ? "uonaco" : o.network; }

scenario_in read_rfc8345(std::string_view text, const format_options& o) {
    return with_estate(
        adapt::from_rfc8345(text, {.network = o.network, .sites = o.sites, .capacity = gbps(o.capacity)}), o.currency);
}
written write_rfc8345(const scenario& s, const format_options& o) {
    return of_estate(s, [&](const estate& e) { return adapt::to_rfc8345(e, network_of(o)); });
}

maybe<units::duration> latency_unit(const std::string& name) {
    for (const auto& [unit, s] : {std::pair("s", 1.0), {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}})
        if (name == unit) return units::duration::from_si(s);
    return {};
}
scenario_in read_tapi(std::string_view text, const format_options& o) {
    return with_estate(adapt::from_tapi(text, {.topology = o.network,
                                               .sites = o.sites,
                                               .capacity = gbps(o.capacity),
                                               .latency_unit = latency_unit(o.latency_unit)}),
                       o.currency);
}
written write_tapi(const scenario& s, const format_options& o) {
    return of_estate(s, [&](const estate& e) { return adapt::to_tapi(e, network_of(o)); });
}

scenario_in read_alto(std::string_view text, const format_options& o) {
    return with_estate(adapt::from_alto(text, {.capacity = gbps(o.capacity)}), o.currency);
}
written write_alto(const scenario& s, const format_options& o) {
    adapt::alto_options options;
    if (!o.network.empty()) options.network_map = o.network;
    return of_estate(s, [&](const estate& e) { return adapt::to_alto(e, options, o.resource); });
}

scenario_in read_kubernetes(std::string_view text, const format_options& o) {
    return with_estate(adapt::from_kubernetes(text, {.site = only_site(o)}), o.currency);
}
written write_kubernetes(const scenario& s, const format_options&) { return of_estate(s, adapt::to_kubernetes); }

scenario_in read_slurm(std::string_view text, const format_options& o) {
    adapt::slurm_options options{.site = only_site(o)};
    for (const std::string& m : o.models) options.models[m.substr(0, m.find('='))] = m.substr(m.find('=') + 1);
    return with_estate(adapt::from_slurm(text, options), o.currency);
}
written write_slurm(const scenario& s, const format_options&) { return of_estate(s, adapt::to_slurm); }

written write_cats(const scenario& s, const format_options& o) {
    adapt::cats_options options{.cs_id = o.service};
    if (o.window) options.measurement_window = units::duration::from_si(*o.window);
    return of_estate(s, [&](const estate& e) { return adapt::to_cats(e, options); });
}

scenario_in read_openadr(std::string_view text, const format_options& o) {
    adapt::openadr_options options{.site = only_site(o), .grid_zone = o.zone, .currency = o.currency};
    if (!o.now.empty()) options.now = units::parse_instant(o.now.data(), static_cast<int>(o.now.size()));
    return with_estate(adapt::from_openadr(text, options));
}

adapt::iec61850_options measurands(const format_options& o) {
    return {.it_load = o.it_load, .supply_limit = o.supply_limit};
}
scenario_in read_iec61850(std::string_view text, const format_options& o) {
    if (o.sites.empty()) return option_needed("--site ID", "the set of values does not say whose they are");
    return with_estate(adapt::from_iec61850(text, only_site(o), measurands(o)), o.currency);
}
written write_iec61850(const scenario& s, const format_options& o) {
    if (o.sites.empty()) return option_needed("--site ID", "a set of values is of one site");
    for (const site& here : s.estate.sites)
        if (here.id.text == only_site(o))
            return of_estate(s, [&](const estate& e) { return adapt::to_iec61850(e, only_site(o), measurands(o)); });
    return io::problems{{io::problem_level::semantic, "/sites", "a site \"" + only_site(o) + "\"", "none of that id"}};
}

scenario_in read_electricity_maps(std::string_view text, const format_options& o) {
    return with_estate(adapt::from_electricity_maps(text, {.route = o.route, .cut_at_gap = o.cut_at_gap}));
}
scenario_in read_watttime(std::string_view text, const format_options& o) {
    return with_estate(adapt::from_watttime(text, {.cut_at_gap = o.cut_at_gap}), o.currency);
}

/// Options are separated by blanks. "--sites": --site may be given several times.
struct format {
    const char* name;
    const char* what;
    scenario_in (*read)(std::string_view, const format_options&);
    const char* read_with;
    written (*write)(const scenario&, const format_options&);
    const char* write_with;
};
constexpr format all_formats[] = {
    {"uonaco", "a scenario of this program", read_uonaco, "", write_uonaco, ""},
    {"nodes_links", "a graph of nodes and links in plain JSON", read_nodes_links,
     "--sites --unit --capacity --currency", write_nodes_links, ""},
    {"rfc8345", "an IETF topology, RFC 8345 with RFC 8795", read_rfc8345, "--sites --network --capacity --currency",
     write_rfc8345, "--network"},
    {"tapi", "an ONF TAPI 2.5 topology context", read_tapi, "--sites --network --capacity --latency-unit --currency",
     write_tapi, "--network"},
    {"alto", "ALTO network and cost maps, RFC 7285 with RFC 9439", read_alto, "--capacity --currency", write_alto,
     "--network --resource"},
    {"kubernetes", "nodes and pods of Kubernetes, as kubectl get -o json prints them", read_kubernetes,
     "--site --currency", write_kubernetes, ""},
    {"slurm", "nodes of Slurm, as scontrol and sinfo print them with --json", read_slurm, "--site --model --currency",
     write_slurm, ""},
    {"cats", "raw figures as metrics of CATS, RFC 10053", nullptr, "", write_cats, "--service --window"},
    {"openadr", "events of OpenADR 3.1", read_openadr, "--site --zone --now --currency", nullptr, ""},
    {"iec61850", "measurands of a site, IEC 61850", read_iec61850, "--site --it-load --supply-limit --currency",
     write_iec61850, "--site --it-load --supply-limit"},
    {"electricity_maps", "an answer of Electricity Maps v3", read_electricity_maps, "--route --cut-at-gap", nullptr,
     ""},
    {"watttime", "an answer of WattTime v3", read_watttime, "--cut-at-gap --currency", nullptr, ""},
};

const format& named(const std::string& name) {
    for (const format& f : all_formats)
        if (name == f.name) return f;
    UONACO_ASSERT(false);
    return all_formats[0];
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}
bool among(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

void add(std::vector<lost>& to, const std::vector<adapt::loss>& losses, const char* of) {
    for (const adapt::loss& l : losses) to.push_back({l.pointer, l.what + of});
}

} // namespace

const std::vector<format_row>& formats() {
    static const std::vector<format_row> all = [] {
        std::vector<format_row> rows;
        for (const format& f : all_formats)
            rows.push_back(
                {f.name, f.what, f.read != nullptr, f.write != nullptr, words_of(f.read_with), words_of(f.write_with)});
        return rows;
    }();
    return all;
}
const format_row& format_named(const std::string& name) {
    const std::vector<format_row>& all = formats();
    return *std::find_if(all.begin(), all.end(), [&](const format_row& f) { return f.name == name; });
}
bool format_row::takes(const std::string& option, bool reading) const {
    const auto& all = reading ? options_to_read : options_to_write;
    return among(all, option) || (option == "--site" && among(all, "--sites"));
}
bool format_row::of_one_site() const { return among(options_to_read, "--site"); }
std::vector<std::string> formats_with(const std::string& option) {
    std::vector<std::string> names;
    for (const format_row& f : formats())
        if (f.takes(option, true) || f.takes(option, false)) names.push_back(f.name);
    return names;
}
std::vector<std::string> alto_resources() {
    return {std::begin(adapt::alto_resources), std::end(adapt::alto_resources)};
}
std::vector<std::string> readable_formats() {
    std::vector<std::string> names;
    for (const format_row& f : formats())
        if (f.reads) names.push_back(f.name);
    return names;
}
std::vector<std::string> writable_formats() {
    std::vector<std::string> names;
    for (const format_row& f : formats())
        if (f.writes) names.push_back(f.name);
    return names;
}

conversion converted(const std::string& text, const std::string& from, const std::string& to,
                     const format_options& options) {
    conversion c;
    const scenario_in s = named(from).read(text, options);
    if (!s) {
        c.problems = s.error();
        return c;
    }
    const written out = named(to).write(s->result, options);
    if (!out) {
        c.problems = out.error();
        return c;
    }
    c.text = out->result;
    add(c.losses, s->losses, "");
    add(c.losses, out->losses, from == "uonaco" ? "" : " (of the scenario between the two)");
    return c;
}

io::problems problems_of(const std::string& text, const std::string& format, const format_options& options) {
    const scenario_in s = named(format).read(text, options);
    return s ? io::problems() : s.error();
}

} // namespace program
