// SPDX-License-Identifier: Apache-2.0
// The scenario: one document with everything that exists, what is asked, and what is minimised. load<scenario> also
// checks what no schema can: references, ids, sums.
#pragma once

#include "id_table.hpp"
#include "load.hpp"

#include "../reflect/resource.hpp"
#include "../reflect/workload.hpp"

#include <map>
#include <set>

namespace uonaco::inline UONACO_ABI {

/// Its envelope is the default of its elements': they state only what differs. Value type; concurrent reads are safe.
struct scenario {
    std::string name{};
    envelope meta{};
    uonaco::estate estate{};
    std::vector<workload> workloads{};
    scoring_profile profile{.id = "default"};

    friend bool operator==(const scenario&, const scenario&) = default;
};

} // namespace uonaco::inline UONACO_ABI

// clang-format off
UONACO_REFLECT(uonaco::scenario, "What exists, what is asked and what is minimised, in one document",
    (name,      "for people"),
    (meta,      "envelope; elements inherit what they do not state", flatten),
    (estate,    "what exists", flatten),
    (workloads, "what is asked"),
    (profile,   "what is minimised: the full cost if absent"));
// clang-format on

namespace uonaco::inline UONACO_ABI::io::detail {

/// Calls f(place, record) for each element of a table.
template <class Record, class F>
void for_each_record(const place& document, std::string_view key, const std::vector<Record>& table, F f) {
    const place list(document, key);
    for (std::size_t i = 0; i < table.size(); ++i) f(place(list, i), table[i]);
}

/// Two power states must not speak for the same place, and all of them must mean the same signal.
UONACO_LAZY
void check_power(reader& r, const place& root, const estate& e) {
    std::map<std::string, std::size_t> spoken_for;
    maybe<carbon_signal> signal;
    maybe<emission_factors> factors;
    const auto has_intensity = [](const power_state& p) {
        return p.carbon_intensity || std::any_of(p.forecast.begin(), p.forecast.end(),
                                                 [](const power_step& s) { return s.carbon_intensity.known(); });
    };
    for_each_record(root, "power", e.power, [&](const place& at, const power_state& p) {
        const bool own = !p.site.empty();
        const std::string& where = own ? p.site.text : p.grid_zone;
        if (where.empty() || r.full()) return;
        const auto [entry, fresh] = spoken_for.emplace((own ? "site " : "zone ") + where, at.index());
        if (!fresh)
            r.report(problem_level::semantic, place(at, own ? "site" : "grid_zone"), "one power state each",
                     "another one for \"" + where + "\", as in " +
                         place(place(root, "power"), entry->second).pointer());
        if (has_intensity(p)) { // of what states none the signal is the default
            if (signal && *signal != p.carbon_signal)
                r.report(problem_level::semantic, place(at, "carbon_signal"),
                         std::string("the signal of the first power state with an intensity, ") + to_string(*signal),
                         to_string(p.carbon_signal), "average and marginal intensities are never mixed");
            if (!signal) signal = p.carbon_signal;
        }
        if (!p.emission_factors) return;
        if (factors && *factors != *p.emission_factors)
            r.report(problem_level::semantic, place(at, "emission_factors"),
                     std::string("the factors of the first power state that states them, ") + to_string(*factors),
                     to_string(*p.emission_factors), "what plants emit and what their whole life does are never mixed");
        if (!factors) factors = p.emission_factors;
    });
}

/// A group is described once.
UONACO_LAZY
void check_risks(reader& r, const place& root, const estate& e) {
    std::map<long long, std::size_t> described;
    for_each_record(root, "risks", e.risks, [&](const place& at, const risk_group& g) {
        const auto [entry, fresh] = described.emplace(g.srlg, at.index());
        if (!fresh && !r.full())
            r.report(problem_level::semantic, place(at, "srlg"), "one record a group",
                     "another one for " + std::to_string(g.srlg) + ", as in " +
                         place(place(root, "risks"), entry->second).pointer());
    });
}

using link_table = std::map<std::string, const wan_link*>;

/// Follows links from one end to the other and calls f(index, link) for each that leads on. The first that does not or is there a
/// second time is put on record, or else an end that is another; what the table does not have ends it, and is for others to report.
template <class F>
void follow(reader& r, const place& list, const link_table& table, const std::vector<link_id>& links, std::string here,
            const std::string& end, const std::string& what, F f) {
    std::set<const wan_link*> used;
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto found = table.find(links[i].text);
        if (found == table.end()) return;
        const wan_link& l = *found->second;
        if (!used.insert(&l).second)
            return r.report(problem_level::semantic, place(list, i), "each link once",
                            "\"" + l.id.text + "\" a second time");
        const bool forward = l.src_node.text == here;
        if (!forward && l.dst_node.text != here)
            return r.report(problem_level::semantic, place(list, i),
                            "a link at \"" + here + "\", where the " + what + " has got to",
                            "\"" + l.id.text + "\" between \"" + l.src_node.text + "\" and \"" + l.dst_node.text +
                                "\"");
        if (!forward && !l.bidirectional)
            return r.report(problem_level::semantic, place(list, i),
                            "a link that leads on from \"" + here + "\", where the " + what + " has got to",
                            "\"" + l.id.text + "\", which only leads from \"" + l.src_node.text + "\" to \"" + here +
                                "\"");
        here = forward ? l.dst_node.text : l.src_node.text;
        f(i, l);
    }
    if (!links.empty() && here != end)
        r.report(problem_level::semantic, list, "links that end at \"" + end + "\"", "an end at \"" + here + "\"");
}

/// Each circuit follows links from end to end, and no link carries more than it has.
UONACO_LAZY
void check_circuits(reader& r, const place& root, const estate& e) {
    link_table links;
    for (const wan_link& l : e.links) links.emplace(l.id.text, &l);
    std::map<std::string, double> carried;
    constexpr double rounding = 1 + 1e-9;
    for_each_record(root, "circuits", e.circuits, [&](const place& at, const circuit& c) {
        const place list(at, "links");
        follow(r, list, links, c.links, c.src_site.text, c.dst_site.text, "circuit",
               [&](std::size_t i, const wan_link& l) {
                   double& sum = carried[l.id.text];
                   const bool fitted = sum <= l.capacity.si() * rounding;
                   sum += c.rate.si();
                   if (fitted && sum > l.capacity.si() * rounding)
                       r.report(problem_level::semantic, place(list, i),
                                "a link whose capacity holds all circuits on it",
                                "\"" + l.id.text + "\", which is exceeded from this circuit on");
               });
    });
    for_each_record(root, "links", e.links, [&](const place& at, const wan_link& l) {
        const auto on_it = carried.find(l.id.text);
        if (!l.unreserved || on_it == carried.end()) return;
        const double limit = l.capacity.si() * rounding;
        if (on_it->second > limit || *l.unreserved > l.capacity) return; // on record already
        if (l.unreserved->si() + on_it->second <= limit) return;
        std::string left = "a number in Gb/s, at most ";
        append_number(left, exchange_number(l.capacity.si() - on_it->second, units::kinds::bit_rate::exchange));
        std::string stated;
        append_number(stated, exchange_number(l.unreserved->si(), units::kinds::bit_rate::exchange));
        r.report(problem_level::semantic, place(at, "unreserved_gbps"),
                 left + ": what the circuits leave of the capacity", stated);
    });
}

/// Data lies where its storage is, and fits.
UONACO_LAZY
void check_datasets(reader& r, const place& root, const estate& e) {
    struct store {
        const storage_pool* pool;
        double used;
    };
    std::map<std::string, store> stores;
    for (const storage_pool& s : e.storage) stores.emplace(s.id.text, store{&s, 0});
    for_each_record(root, "datasets", e.datasets, [&](const place& at, const dataset& d) {
        const auto found = stores.find(d.storage.text);
        if (found == stores.end()) return; // none, or reported as dangling
        auto& [pool, used] = found->second;
        if (pool->site != d.site)
            r.report(problem_level::semantic, place(at, "storage"),
                     "storage at the dataset's site, \"" + d.site.text + "\"",
                     "storage at \"" + pool->site.text + "\"");
        const double limit = pool->capacity.si() * (1 + 1e-9);
        if (used <= limit && used + d.volume.si() > limit)
            r.report(problem_level::semantic, place(at, "storage"), "storage that holds all datasets in it",
                     "\"" + d.storage.text + "\", which is exceeded from this dataset on");
        used += d.volume.si();
    });
}

/// A dataset is moved from where it lies.
UONACO_LAZY
void check_transfers(reader& r, const place& root, const scenario& s) {
    std::map<std::string, const dataset*> datasets;
    for (const dataset& d : s.estate.datasets) datasets.emplace(d.id.text, &d);
    for_each_record(root, "workloads", s.workloads, [&](const place& at, const workload& w) {
        const auto* t = std::get_if<transfer>(&w.task);
        if (!t || t->from.empty()) return;
        const auto found = datasets.find(t->data.text);
        if (found == datasets.end() || found->second->site == t->from) return; // none, reported as dangling, or right
        r.report(problem_level::semantic, place(place(at, "transfer"), "from"),
                 "the dataset's site, \"" + found->second->site.text + "\", or none", "\"" + t->from.text + "\"");
    });
}

struct want_task {
    const id_table& sites;
    const id_table& datasets;
    const place& at;

    void operator()(const training& t) const { datasets.want(place(at, "training"), "data", t.data.text); }
    void operator()(const inference&) const {}
    void operator()(const session&) const {}
    void operator()(const transfer& t) const {
        const place task(at, "transfer");
        datasets.want(task, "data", t.data.text);
        sites.want(task, "from", t.from.text);
        sites.want(task, "to", t.to.text);
    }
};

} // namespace uonaco::inline UONACO_ABI::io::detail

namespace uonaco::inline UONACO_ABI {

/// Runs after a scenario has been read, malformed elements included: every reference resolves, no id is used twice,
/// and, where all else is well formed, sums and routes are consistent.
UONACO_LAZY
void cross_check(const scenario& s, const io::object_reader& object) {
    using io::id_table;
    using io::place;
    using io::detail::for_each_record;
    io::reader& r = object.problems;
    const place& root = object.at();
    const estate& e = s.estate;

    id_table sites(object, "sites", "site");
    id_table nodes(object, "nodes", "site or node");
    id_table pools(object, "pools", "pool");
    id_table storage(object, "storage", "storage pool");
    id_table datasets(object, "datasets", "dataset");
    id_table spans(object, "spans", "span");
    id_table links(object, "links", "link");
    id_table tariffs(object, "tariffs", "tariff");
    id_table circuits(object, "circuits", "circuit");
    id_table power(object, "power", "power state");
    id_table risks(object, "risks", "risk group");
    id_table workloads(object, "workloads", "workload");
    nodes.shares_names_with(sites);
    const auto add_to = [](id_table& table) {
        return [&table](const place& at, const auto& record) { table.add(at, record.id.text); };
    };
    for_each_record(root, "sites", e.sites, [&](const place& at, const site& x) {
        if (sites.add(at, x.id.text)) nodes.add(at, x.id.text);
    });
    for_each_record(root, "nodes", e.nodes, add_to(nodes));
    for_each_record(root, "pools", e.pools, add_to(pools));
    for_each_record(root, "storage", e.storage, add_to(storage));
    for_each_record(root, "datasets", e.datasets, add_to(datasets));
    for_each_record(root, "spans", e.spans, add_to(spans));
    for_each_record(root, "links", e.links, add_to(links));
    for_each_record(root, "tariffs", e.tariffs, add_to(tariffs));
    for_each_record(root, "circuits", e.circuits, add_to(circuits));
    for_each_record(root, "power", e.power, add_to(power));
    for_each_record(root, "risks", e.risks, add_to(risks));
    for_each_record(root, "workloads", s.workloads, add_to(workloads));

    for_each_record(root, "pools", e.pools,
                    [&](const place& at, const compute_pool& x) { sites.want(at, "site", x.site.text); });
    for_each_record(root, "storage", e.storage,
                    [&](const place& at, const storage_pool& x) { sites.want(at, "site", x.site.text); });
    for_each_record(root, "datasets", e.datasets, [&](const place& at, const dataset& x) {
        sites.want(at, "site", x.site.text);
        storage.want(at, "storage", x.storage.text);
    });
    for_each_record(root, "spans", e.spans, [&](const place& at, const fibre_span& x) {
        nodes.want(at, "src_node", x.src_node.text);
        nodes.want(at, "dst_node", x.dst_node.text);
    });
    for_each_record(root, "links", e.links, [&](const place& at, const wan_link& x) {
        nodes.want(at, "src_node", x.src_node.text);
        nodes.want(at, "dst_node", x.dst_node.text);
        spans.want(at, "spans", x.spans);
        tariffs.want(at, "tariff", x.tariff.text);
    });
    for_each_record(root, "circuits", e.circuits, [&](const place& at, const circuit& x) {
        sites.want(at, "src_site", x.src_site.text);
        sites.want(at, "dst_site", x.dst_site.text);
        links.want(at, "links", x.links);
    });
    for_each_record(root, "power", e.power,
                    [&](const place& at, const power_state& x) { sites.want(at, "site", x.site.text); });
    for_each_record(root, "workloads", s.workloads, [&](const place& at, const workload& x) {
        const place locality(at, "locality");
        sites.want(locality, "allowed_sites", x.locality.allowed_sites);
        sites.want(locality, "denied_sites", x.locality.denied_sites);
        sites.want(locality, "user_site", x.locality.user_site.text);
        std::visit(io::detail::want_task{sites, datasets, at}, x.task);
    });

    if (!object.clean()) return; // the sums below need every figure
    io::detail::check_power(r, root, e);
    io::detail::check_risks(r, root, e);
    io::detail::check_circuits(r, root, e);
    io::detail::check_datasets(r, root, e);
    io::detail::check_transfers(r, root, s);
}

} // namespace uonaco::inline UONACO_ABI
