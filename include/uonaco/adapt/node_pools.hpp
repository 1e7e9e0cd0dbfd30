// SPDX-License-Identifier: Apache-2.0
// Nodes of a cluster become pools: devices that are alike, at one site, let together.
#pragma once

#include "foreign_ids.hpp"

#include "../io/dump.hpp"
#include "../reflect/resource.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

/// What the devices of a node have in common with those of its pool.
struct alike_devices {
    std::string pool{}; ///< foreign name of the pool; not unique: what is not alike becomes another pool
    std::string site{}; ///< foreign name of the site
    uonaco::device_type device_type = uonaco::device_type::gpu;
    std::string model{};
    maybe<units::memory> memory{};
    maybe<units::count> devices_per_node{};
    label_set labels{}; ///< of the pool
};

/// Fills the sites and pools of an estate, in the order of their first node. Refers to the estate; keep it alive.
class node_pools {
  public:
    explicit node_pools(estate& e) : estate_(e) {}

    /// The row of the pool of such devices. O(log n + length).
    std::size_t row(const alike_devices& d) {
        std::string key;
        const auto add = [&](std::string_view part) { (key += std::to_string(part.size()) += ':') += part; };
        for (const std::string* part : {&d.pool, &d.site, &d.model}) add(*part);
        add(to_string(d.device_type));
        std::string number;
        if (d.memory) io::append_number(number, d.memory->si());
        add(number);
        add(d.devices_per_node ? std::to_string(*d.devices_per_node) : "");
        for (const label& l : d.labels) add(l.key), add(l.value);
        const auto [entry, fresh] = rows_.emplace(std::move(key), estate_.pools.size());
        if (!fresh) return entry->second;
        compute_pool p;
        site& home = estate_.sites[site_row(d.site)];
        p.site = home.id;
        p.device_type = d.device_type;
        p.model = d.model;
        p.memory = d.memory;
        p.devices_per_node = d.devices_per_node;
        p.meta.labels = d.labels;
        pools_.name(p, pools_.unused(d.pool));
        estate_.pools.push_back(std::move(p));
        return entry->second;
    }
    /// The row of a site of that foreign name.
    std::size_t site_row(const std::string& foreign) {
        const auto [entry, fresh] = site_rows_.emplace(foreign, estate_.sites.size());
        if (fresh) sites_.name(estate_.sites.emplace_back(), foreign);
        return entry->second;
    }
    /// False where the pool would hold more than a record can.
    bool add(std::size_t row, units::count devices) {
        units::count& total = estate_.pools[row].total_count;
        if (static_cast<double>(total + devices) > units::most_counted) return false;
        total += devices;
        return true;
    }
    void set_free(std::size_t row, units::count devices) { estate_.pools[row].free_count += devices; }

  private:
    estate& estate_;
    foreign_ids sites_{}, pools_{};
    std::map<std::string, std::size_t> rows_{}, site_rows_{};
};

/// Adds a loss for each member of `whole` that is missing in `carried` or another there. O(members).
template <class Record>
void report_left_out(std::vector<loss>& losses, const io::place& at, const Record& whole, const Record& carried,
                     const std::string& why) {
    const io::document a = io::to_document(whole), b = io::to_document(carried);
    const auto text = [](io::value v) {
        std::string t;
        io::detail::append_value(t, v, io::layout::compact, 0);
        return t.size() > 80 ? io::describe(v) : t;
    };
    for (const io::value v : a.root()) {
        const io::value other = b.root().find(v.key());
        if (other && text(other) == text(v)) continue;
        std::string what = text(v);
        if (other) what += ", which becomes " + text(other);
        losses.push_back({io::place(at, v.key()).pointer(), what + ": " + why});
    }
}
/// The same of everything in an estate but its sites and pools.
inline void report_all_but_pools(std::vector<loss>& losses, const estate& e, const std::string& why) {
    const io::place root;
    const auto list = [&](const char* key, std::size_t n) {
        if (n > 0) losses.push_back({io::place(root, key).pointer(), std::to_string(n) + " of them: " + why});
    };
    if (e.currency != estate().currency) losses.push_back({"/currency", "the currency " + e.currency + ": " + why});
    list("nodes", e.nodes.size());
    list("storage", e.storage.size());
    list("datasets", e.datasets.size());
    list("spans", e.spans.size());
    list("links", e.links.size());
    list("tariffs", e.tariffs.size());
    list("circuits", e.circuits.size());
    list("power", e.power.size());
    list("risks", e.risks.size());
}
/// And of sites: all but their id, name and the labels that are carried.
inline void report_of_sites(std::vector<loss>& losses, const estate& e, std::initializer_list<const char*> labels,
                            const std::string& why) {
    std::set<std::string> used;
    for (const compute_pool& p : e.pools) used.insert(p.site.text);
    const io::place root, list(root, "sites");
    for (std::size_t i = 0; i < e.sites.size(); ++i) {
        const site& s = e.sites[i];
        const io::place at(list, i);
        if (used.count(s.id.text) == 0) {
            losses.push_back({at.pointer(), "\"" + s.id.text + "\", where there is no pool: " + why});
            continue;
        }
        site carried;
        carried.id = s.id;
        for (const char* key : labels)
            if (const std::string* l = s.meta.labels.find(key)) carried.meta.labels.set(key, *l);
        report_left_out(losses, at, s, carried, why);
    }
}

} // namespace uonaco::inline UONACO_ABI::adapt
