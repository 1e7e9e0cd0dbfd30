// SPDX-License-Identifier: Apache-2.0
// Nodes of a cluster become pools: devices that are alike, at one site, let together.
#pragma once

#include "foreign_ids.hpp"
#include "foreign_loss.hpp"

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

/// What a writer of nodes loses of sites: all but id and the labels that are carried, and those without a pool.
inline void lose_sites(lost_members& lost, const estate& e, std::initializer_list<const char*> labels) {
    std::set<std::string> used;
    for (const compute_pool& p : e.pools) used.insert(p.site.text);
    const io::place root, list(root, "sites");
    for (std::size_t i = 0; i < e.sites.size(); ++i) {
        const site& s = e.sites[i];
        const io::place at(list, i);
        if (used.count(s.id.text) == 0) {
            lost.add(at, "\"" + s.id.text + "\", where there is no pool");
            continue;
        }
        site carried;
        carried.id = s.id;
        for (const char* key : labels)
            if (const std::string* l = s.meta.labels.find(key)) carried.meta.labels.set(key, *l);
        lost.compare(at, s, carried);
    }
}

/// The bookkeeping of a writer that makes nodes of pools: names that none has twice, and into how many nodes a pool goes.
class pool_nodes {
  public:
    /// So many nodes are written at most, so that no text is out of proportion to its estate: as many as a cluster of Kubernetes has
    /// (kubernetes.io, "Considerations for large clusters").
    static constexpr long long most = 5000;

    explicit pool_nodes(const estate& e) {
        foreign_names names;
        for (const site& s : e.sites) sites_.emplace(s.id.text, named_site{&s, names.of(s)});
    }

    /// The record of a site; null where there is none.
    const site* site_of(const compute_pool& p) const {
        const auto found = sites_.find(p.site.text);
        return found == sites_.end() ? nullptr : found->second.record;
    }
    /// Its foreign name; of one that is not there, the id.
    std::string site_name(const compute_pool& p) const {
        const auto found = sites_.find(p.site.text);
        return found == sites_.end() ? p.site.text : found->second.name;
    }
    std::string only_site() const { return sites_.size() == 1 ? sites_.begin()->second.name : std::string(); }
    std::string pool_name(const compute_pool& p) { return pools_.of(p); }

    struct split {
        long long nodes = 1, each = 1; ///< how many, and devices in all but the last
    };
    /// `each`: how many devices a node has.
    split divide(const io::place& at, const compute_pool& p, long long each, std::vector<loss>& losses) {
        split s{p.total_count == 0 ? 1 : (p.total_count - 1) / each + 1, each};
        if (s.nodes > 1 && written_ + s.nodes > most) {
            losses.push_back({at.pointer(), std::to_string(s.nodes) + " nodes are more than the " +
                                                std::to_string(most) + " that are written: they are written as one"});
            s = {1, p.total_count};
        }
        written_ += s.nodes;
        return s;
    }
    /// Says so where it is not known how many devices a node has.
    static void lose_size(const io::place& at, const compute_pool& p, std::vector<loss>& losses) {
        if (!p.devices_per_node)
            losses.push_back({at.pointer(), "how many devices a node has is not known: they are written as one node"});
    }
    /// Calls f(name, devices, of these free) for each node; what is taken is taken from the last ones.
    template <class F>
    void each_node(const split& s, const compute_pool& p, const std::string& base, F f) {
        long long left = p.total_count, free = p.free_count;
        for (long long i = 0; i < s.nodes; ++i) {
            const long long here = left < s.each ? left : s.each, open = free < here ? free : here;
            left -= here;
            free -= open;
            f(unused(base, i), here, open);
        }
    }

  private:
    struct named_site {
        const site* record;
        std::string name;
    };
    std::string unused(const std::string& base, long long i) {
        std::string name = base + "-" + std::to_string(i);
        if (names_.insert(name).second) return name;
        int& n = namesakes_[base];
        do name = base + "-x" + std::to_string(++n);
        while (!names_.insert(name).second);
        return name;
    }

    std::map<std::string, named_site> sites_{};
    foreign_names pools_{};
    std::set<std::string> names_{};
    std::map<std::string, int> namesakes_{};
    long long written_ = 0;
};

} // namespace uonaco::inline UONACO_ABI::adapt
