// SPDX-License-Identifier: Apache-2.0
// Nodes of Slurm (`scontrol show nodes --json`, `sinfo --json`, slurmrestd) to compute pools, and back. docs/adapt/slurm.md says what becomes what,
// and what is lost.
#pragma once

#include "device_names.hpp"
#include "foreign_object.hpp"
#include "node_pools.hpp"
#include "tres.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

struct slurm_options {
    std::string site{};                          ///< where all nodes are; empty: each cluster is a site
    std::map<std::string, std::string> models{}; ///< what types of GRES are here: {"h100", "H100 SXM"}
    io::load_options load{};
};

namespace detail {

/// The class of a GRES by its name, which gres.conf chooses freely; "gpu" is Slurm's own. Unknown: no device.
inline maybe<uonaco::device_type> gres_device(std::string_view name) {
    for (const device_type t : {device_type::gpu, device_type::npu, device_type::tpu, device_type::fpga,
                                device_type::dsp, device_type::accelerator})
        if (name == to_string(t)) return t;
    return {};
}
/// A model as the type of a GRES: small letters, digits, '-', '.' and '_'.
inline std::string gres_type(std::string_view model) {
    std::string type;
    for (const char c : model) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        type += capital ? static_cast<char>(c - 'A' + 'a') : kept ? c : '_';
    }
    // What looks like a number would be read as a count.
    return !type.empty() && read_tres_number(type, false).good ? "_" + type : type;
}
/// States and flags of a node (data_parser NODE_STATES, and short names of sinfo) in which devices that are not taken can be had. Any other, also one that a
/// later version brings, means that nobody can have them now; ALLOCATED has no processor left for them.
inline constexpr const char* slurm_open[] = {
    "CLOUD",         "COMP",        "COMPLETING", "DYNAMIC_FUTURE", "DYNAMIC_NORM",    "EXTERNAL", "FUTURE",
    "IDLE",          "MIX",         "MIXED",      "PERFCTRS",       "PLANNED",         "PLND",     "POWERED_DOWN",
    "POWERING_DOWN", "POWERING_UP", "POWER_DOWN", "POWER_UP",       "REBOOT_CANCELED", "RESUME",   "UNDRAIN"};
inline bool is_open(std::string_view state) {
    // What sinfo puts behind a state: of these (power, plans) none closes it; * $ @ ^ (no response, maintenance, reboots) do.
    if (!state.empty() && std::string_view("~#!%-+").find(state.back()) != state.npos) state.remove_suffix(1);
    for (const char* open : slurm_open)
        if (state == open) return true;
    return false;
}
inline constexpr const char* marks = "uonaco.dev/"; ///< with which lines of ours in comments begin
inline constexpr const char* pool_mark = "uonaco.dev/pool=";
inline constexpr const char* model_mark = "uonaco.dev/model=";
inline constexpr const char* size_mark = "uonaco.dev/devices-per-node=";

/// A number of `{"set": true, "infinite": false, "number": 7}` (data_parser v0.0.39 and later) or plain; not set and infinite are unknown, as are the
/// marks for it in 32 and 64 bits of plain ones.
inline maybe<double> slurm_number(const foreign_object& o, std::string_view key) {
    const io::value v = o.find(key);
    if (!v) return {};
    if (!v.is(io::json_kind::object)) {
        const auto x = o.number(key, 0);
        const bool mark = x && (*x == 4294967294.0 || *x == 4294967295.0 || *x >= 18446744073709550000.0);
        return mark ? maybe<double>() : x;
    }
    maybe<double> x;
    o.within(key, "a number", [&](const foreign_object& n) {
        const bool set = n.flag("set").value_or(true), infinite = n.flag("infinite").value_or(false);
        x = n.number("number", 0);
        if (!set || infinite) x = {};
    });
    return x;
}

class slurm_reader {
  public:
    slurm_reader(const slurm_options& options, translated<estate>& t) : options_(options), t_(t), pools_(t.result) {}

    void document(const foreign_object& o) {
        left_.rest_of(o, "document", {"meta", "errors", "nodes", "sinfo"});
        o.within("meta", "what Slurm says of itself", [&](const foreign_object& meta) {
            left_.rest_of(meta, "head", {"slurm", "Slurm"});
            for (const char* key : {"slurm", "Slurm"}) // the latter up to v0.0.39
                meta.within(key, "what Slurm says of itself", [&](const foreign_object& s) {
                    if (cluster_.empty()) cluster_ = s.text("cluster");
                    left_.rest_of(s, "own head", {"cluster"});
                });
        });
        o.each_object("errors", "an error of Slurm", [&](const foreign_object& e) {
            o.problems().report(io::problem_level::semantic, e.at(), "an answer of Slurm without errors",
                                io::describe(e.has("description") ? e.find("description") : e.value()));
        });
        if (!o.has("sinfo")) o.require("nodes", "a list of nodes, or \"sinfo\"");
        o.each_object("nodes", "a node of Slurm", [&](const foreign_object& n) { node(n); });
        o.each_object("sinfo", "a row of sinfo", [&](const foreign_object& row) { nodes_of(row); });
        finish(o);
    }

  private:
    /// As a node is described, before it is part of a pool.
    struct described {
        std::string pointer{};
        std::string cluster{};
        std::set<std::string> partitions{};
        std::string closed{};
        bool future = false;
        std::string comment{};
        std::vector<gres> has{};
        std::vector<gres> taken{};
        bool taken_known = false;
    };

    template <class F>
    static void texts(const foreign_object& o, std::string_view key, F f) {
        const io::value v = o.find(key);
        if (v && v.is(io::json_kind::string)) return f(std::string(v.text())); // in early versions
        o.each(key, [&](const io::place& at, io::value x) {
            if (x.is(io::json_kind::string)) return f(std::string(x.text()));
            if (!x.is(io::json_kind::unreadable))
                o.problems().report(io::problem_level::schema, at, "a string", io::describe(x));
        });
    }
    static void state(const foreign_object& o, std::string_view key, described& d) {
        texts(o, key, [&](std::string s) {
            for (char& c : s) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            if (s == "FUTURE") d.future = true;
            if (s == "ALLOC") s = "ALLOCATED"; // as sinfo has it
            if (d.closed.empty() && !is_open(s)) d.closed = s;
        });
    }
    static std::vector<gres> read_gres(const foreign_object& o, std::string_view key) {
        auto all = parse_gres(o.text(key));
        if (all) return *all;
        o.problems().report(io::problem_level::schema, io::place(o.at(), key), "resources as \"gpu:h100:8(S:0-1)\"",
                            io::describe(o.find(key)) + ": " + all.error());
        return {};
    }
    /// The GRES of a TRES string: typed where there is one of the kind, else untyped.
    static std::vector<gres> read_tres(const foreign_object& o, std::string_view key) {
        std::vector<gres> found;
        const auto all = parse_tres(o.text(key));
        if (!all) {
            o.problems().report(io::problem_level::schema, io::place(o.at(), key),
                                "resources as \"cpu=64,mem=512G,gres/gpu=8\"",
                                io::describe(o.find(key)) + ": " + all.error());
            return found;
        }
        std::set<std::string> typed;
        for (const tres& t : *all)
            if (!t.type.empty()) typed.insert(t.name);
        for (const tres& t : *all) {
            constexpr std::string_view prefix = "gres/";
            if (t.name.substr(0, prefix.size()) != prefix || !t.count || (t.type.empty() && typed.count(t.name) > 0))
                continue;
            found.push_back({t.name.substr(prefix.size()), t.type, *t.count, {}});
        }
        return found;
    }
    static bool says(const foreign_object& o, std::string_view key) {
        const io::value v = o.find(key);
        return v && !(v.is(io::json_kind::string) && no_resources(v.text()));
    }

    void node(const foreign_object& o) {
        o.require("name", "the name of the node");
        const std::string name = o.text("name");
        described d;
        d.cluster = o.text("cluster_name");
        state(o, "state", d);
        state(o, "state_flags", d);
        texts(o, "partitions", [&](std::string p) { d.partitions.insert(std::move(p)); });
        d.comment = o.text("comment");
        left_.rest_of(o, "node",
                      {"name", "cluster_name", "state", "state_flags", "partitions",
                       d.comment.find(marks) == d.comment.npos ? "" : "comment", "gres",
                       no_resources(o.text("gres")) ? "tres" : "", "gres_used", says(o, "gres_used") ? "" : "tres_used",
                       "gres_drained", "cpus", "real_memory"});
        if (!no_resources(o.text("gres")))
            d.has = read_gres(o, "gres");
        else
            d.has = read_tres(o, "tres");
        // "" of gres_used is nothing taken where it is there at all; what is drained is not free either.
        if (says(o, "gres_used"))
            d.taken = read_gres(o, "gres_used");
        else
            d.taken = read_tres(o, "tres_used");
        d.taken_known = o.has("gres_used") || o.has("tres_used");
        for (gres& g : read_gres(o, "gres_drained")) d.taken.push_back(std::move(g));
        host(o, "cpus", 1, "cpus");
        host(o, "real_memory", 1, "memory");
        if (name.empty()) return;
        d.pointer = o.at().pointer();
        if (!nodes_.emplace(name, nodes_read_.size()).second) {
            o.problems().report(io::problem_level::semantic, io::place(o.at(), "name"), "each node once",
                                "\"" + name + "\" a second time");
            return;
        }
        nodes_read_.push_back(std::move(d));
    }
    void host(const foreign_object& o, const char* key, long long nodes, const char* what) {
        const auto x = slurm_number(o, key);
        if (x && *x > 0) passed_over(what, io::place(o.at(), key).pointer(), nodes);
    }
    void passed_over(const std::string& what, const std::string& pointer, long long nodes) {
        passed_over_.emplace(what, std::pair<std::string, long long>(pointer, 0)).first->second.second += nodes;
    }

    /// A row stands for nodes that are the same in every column; a node is in one row for each of its partitions.
    void nodes_of(const foreign_object& o) {
        described d;
        d.pointer = o.at().pointer();
        d.cluster = o.text("cluster");
        left_.rest_of(o, "row", {"cluster", "node", "gres", "partition", "nodes", "cpus", "memory"});
        const auto rest = [&](const char* key, std::initializer_list<std::string_view> read) {
            if (const io::value v = o.find(key); v && v.is(io::json_kind::object))
                o.within(key, "", [&](const foreign_object& part) {
                    left_.rest_of(part, std::string("row's ") + key + " part", read);
                });
        };
        rest("node", {"state"});
        rest("gres", {"total", "used"});
        rest("partition", {"name"});
        rest("nodes", {"nodes"});
        rest("cpus", {"total"});
        rest("memory", {"minimum"});
        o.within("node", "the state of nodes", [&](const foreign_object& n) { state(n, "state", d); });
        o.within("gres", "generic resources", [&](const foreign_object& g) {
            d.has = read_gres(g, "total");
            d.taken = read_gres(g, "used");
            d.taken_known = says(g, "used");
        });
        std::string partition;
        o.within("partition", "a partition", [&](const foreign_object& p) { partition = p.text("name"); });
        if (!partition.empty()) d.partitions.insert(partition);
        std::vector<std::string> names;
        o.require("nodes", "the nodes of the row");
        o.within("nodes", "nodes", [&](const foreign_object& n) {
            n.require("nodes", "a list of names");
            texts(n, "nodes", [&](std::string name) { names.push_back(std::move(name)); });
        });
        long long fresh = 0;
        for (const std::string& name : names) {
            const auto [entry, added] = nodes_.emplace(name, nodes_read_.size());
            if (added)
                nodes_read_.push_back(d), ++fresh;
            else if (!partition.empty())
                nodes_read_[entry->second].partitions.insert(partition);
        }
        if (fresh == 0) return;
        o.within("cpus", "processors", [&](const foreign_object& c) { host(c, "total", fresh, "cpus"); });
        o.within("memory", "memory", [&](const foreign_object& m) { host(m, "minimum", fresh, "memory"); });
    }

    void finish(const foreign_object& o) {
        for (const described& d : nodes_read_) {
            if (o.problems().full()) return;
            add(o, d);
        }
        if (unknown_taken_ > 0)
            t_.losses.push_back({o.has("nodes") ? "/nodes" : "/sinfo",
                                 "of " + std::to_string(unknown_taken_) +
                                     " nodes it is not known what is taken: all of it counts as free"});
        for (const auto& [what, seen] : passed_over_)
            t_.losses.push_back(
                {seen.first, what + " (of " + std::to_string(seen.second) + " nodes): pools hold accelerators only"});
        left_.tell(t_.losses, "no pool has a place for it");
    }

    void add(const foreign_object& o, const described& d) {
        // One figure for each type: sockets divide a type into several entries.
        using kind = std::pair<std::string, std::string>;
        std::map<kind, long long> has, taken;
        for (const gres& g : d.has) {
            if (gres_device(g.name))
                has[{g.name, g.type}] += g.count;
            else if (g.count > 0)
                passed_over("gres " + g.name, d.pointer, 1);
        }
        std::map<std::string, long long> kinds, named;
        for (const auto& entry : has) ++kinds[entry.first.first];
        for (const gres& g : d.taken) {
            taken[{g.name, g.type}] += g.count;
            named[g.name] += g.count;
        }
        bool any = false;
        for (const auto& [what, n] : has) {
            if (n == 0) continue;
            any = true;
            if (d.future) continue;
            alike_devices a;
            a.site = options_.site;
            if (a.site.empty()) a.site = d.cluster;
            if (a.site.empty()) a.site = cluster_;
            if (a.site.empty()) {
                o.problems().report(io::problem_level::semantic, o.at(),
                                    "the name of the cluster, in /meta/slurm/cluster", "nothing",
                                    "or say at which site all nodes are");
                return;
            }
            a.device_type = gres_device(what.first).value_or(device_type::gpu);
            a.model = mark(d.comment, model_mark);
            if (const auto here = options_.models.find(what.second); a.model.empty() && here != options_.models.end())
                a.model = here->second;
            if (a.model.empty()) a.model = model_called(what.second);
            a.pool = mark(d.comment, pool_mark);
            if (a.pool.empty()) a.pool = a.site + "/" + (what.second.empty() ? what.first : what.second);
            a.devices_per_node = n;
            const auto size = read_tres_number(mark(d.comment, size_mark), false);
            if (size.good && size.count && *size.count >= 1 && static_cast<double>(*size.count) <= units::most_counted)
                a.devices_per_node = size.count;
            std::string partitions;
            for (const std::string& p : d.partitions) (partitions += partitions.empty() ? "" : ",") += p;
            if (!partitions.empty()) a.labels.set("partitions", partitions);
            if (!what.second.empty() && what.second != gres_type(a.model)) a.labels.set("gres_type", what.second);
            if (static_cast<double>(n) > units::most_counted || !fits(a, n)) {
                // of what pointer names, since several entries may make it
                problem(o, d.pointer, "at most 10^12 devices in a pool", "more");
                return;
            }
            long long used = taken[what];
            if (kinds[what.first] == 1) {
                used = named[what.first]; // however it is typed
            } else if (!what.second.empty()) {
                long long& untyped = taken[{what.first, ""}]; // of one type or another
                const long long part = std::min(untyped, n > used ? n - used : 0);
                used += part;
                untyped -= part;
            }
            if (d.closed.empty() && used < n) pools_.set_free(row_, n - used);
        }
        if (!any) return;
        if (d.future)
            t_.losses.push_back({d.pointer, "a node that is to come: pools hold what is there"});
        else if (!d.closed.empty() && d.closed != "ALLOCATED")
            t_.losses.push_back(
                {d.pointer, d.closed + ": its devices are not free, and that this may pass is not carried"});
        else if (!d.taken_known && d.closed.empty())
            ++unknown_taken_;
    }
    bool fits(const alike_devices& a, long long n) {
        row_ = pools_.row(a);
        return pools_.add(row_, n);
    }
    static void problem(const foreign_object& o, const std::string& pointer, const char* expected, const char* found) {
        o.problems().report({io::problem_level::semantic, pointer, expected, found, {}});
    }
    /// What a line of a comment says behind a mark.
    static std::string mark(const std::string& comment, std::string_view what) {
        for (std::size_t at = 0; at < comment.size();) {
            const std::size_t end = std::min(comment.find('\n', at), comment.size());
            if (comment.compare(at, what.size(), what) == 0)
                return comment.substr(at + what.size(), end - at - what.size());
            at = end + 1;
        }
        return {};
    }

    const slurm_options& options_;
    translated<estate>& t_;
    node_pools pools_;
    std::string cluster_{};
    std::map<std::string, std::size_t> nodes_{};
    std::vector<described> nodes_read_{};
    std::map<std::string, std::pair<std::string, long long>> passed_over_{};
    passed_over_members left_{};
    std::size_t row_ = 0;
    long long unknown_taken_ = 0;
};

class slurm_writer {
  public:
    explicit slurm_writer(const estate& e) : e_(e), nodes_(e) {}

    translated<std::string> document() {
        io::document& d = d_;
        d.open_object();
        d.key("nodes").open_array();
        const io::place root, pools(root, "pools");
        for (std::size_t i = 0; i < e_.pools.size(); ++i) pool(io::place(pools, i), e_.pools[i]);
        d.close();
        d.key("meta").open_object();
        d.key("plugin").open_object();
        d.key("data_parser").string("data_parser/v0.0.41");
        d.close();
        if (e_.sites.size() == 1) {
            d.key("slurm").open_object();
            d.key("cluster").string(nodes_.only_site());
            d.close();
        }
        d.close();
        for (const char* key : {"errors", "warnings"}) {
            d.key(key).open_array();
            d.close();
        }
        d.close();
        lose_sites(lost_, e_, {foreign_ids::label});
        lost_.all_but({"sites", "pools"}, e_);
        t_.result = io::to_text(d);
        return std::move(t_);
    }

  private:
    void pool(const io::place& at, const compute_pool& p) {
        if (p.device_type == device_type::cpu) {
            t_.losses.push_back({at.pointer(), "\"" + p.id.text + "\", " + std::to_string(p.total_count) +
                                                   " processors: the nodes they are in are not known"});
            return;
        }
        if (p.total_count == 0) {
            t_.losses.push_back({at.pointer(), "\"" + p.id.text + "\", which has no devices: Slurm has nodes only"});
            return;
        }
        compute_pool carried;
        carried.id = p.id;
        carried.site = p.site;
        carried.device_type = p.device_type;
        carried.model = p.model;
        carried.total_count = p.total_count;
        carried.free_count = p.free_count;
        std::string type = gres_type(p.model);
        if (const std::string* l = p.meta.labels.find("gres_type"); l && !p.model.empty() && good_type(*l)) {
            type = *l;
            carried.meta.labels.set("gres_type", *l);
        }
        for (const char* key : {foreign_ids::label, "partitions"})
            if (const std::string* l = p.meta.labels.find(key)) carried.meta.labels.set(key, *l);

        const std::string name = nodes_.pool_name(p);
        std::string comment = pool_mark + name;
        if (!p.model.empty() && model_called(type) != p.model) (comment += '\n') += model_mark + p.model;
        pool_nodes::lose_size(at, p, t_.losses);
        const auto split = nodes_.divide(at, p, p.devices_per_node.value_or(p.total_count), t_.losses);
        const long long each = split.each;
        if (p.total_count % each != 0) (comment += '\n') += size_mark + std::to_string(each);
        carried.devices_per_node = each;
        lost_.compare(at, p, carried);
        const std::string* partitions = p.meta.labels.find("partitions");
        nodes_.each_node(split, p, host_name(name), [&](const std::string& n, long long here, long long open) {
            node(n, nodes_.site_name(p), to_string(p.device_type), type, here, here - open,
                 partitions ? *partitions : "", comment);
        });
    }
    static bool good_type(const std::string& type) {
        return type.find_first_of(":,=()") == type.npos && type != "no_consume" && !type.empty() &&
               !read_tres_number(type, false).good;
    }
    /// Letters, digits and '-'.
    static std::string host_name(std::string_view text) {
        std::string name;
        for (const char c : text.substr(0, 60)) {
            const bool capital = c >= 'A' && c <= 'Z';
            const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            name += capital ? static_cast<char>(c - 'A' + 'a') : kept ? c : '-';
        }
        return name;
    }
    void node(const std::string& name, const std::string& cluster, const char* device, const std::string& type,
              long long has, long long taken, const std::string& partitions, const std::string& comment) {
        io::document& d = d_;
        const std::string at = taken == 0 ? "N/A" : taken == 1 ? "0" : "0-" + std::to_string(taken - 1);
        const auto counted = [&](long long n) {
            std::vector<tres> all{{std::string("gres/") + device, "", n}};
            if (!type.empty()) all.push_back({all[0].name, type, n});
            return adapt::to_string(all);
        };
        d.open_object();
        d.key("name").string(name);
        d.key("cluster_name").string(cluster);
        d.key("state").open_array();
        d.string(taken == 0 ? "IDLE" : "MIXED");
        d.close();
        d.key("partitions").open_array();
        for (std::size_t from = 0; from < partitions.size();) {
            const std::size_t end = std::min(partitions.find(',', from), partitions.size());
            d.string(std::string_view(partitions).substr(from, end - from));
            from = end + 1;
        }
        d.close();
        d.key("gres").string(adapt::to_string(std::vector<gres>{{device, type, has, {}}}));
        d.key("gres_used").string(adapt::to_string(std::vector<gres>{{device, type, taken, "IDX:" + at}}));
        d.key("tres").string(counted(has));
        d.key("tres_used").string(taken == 0 ? std::string() : counted(taken));
        d.key("comment").string(comment);
        d.close();
    }

    const estate& e_;
    io::document d_{};
    translated<std::string> t_{};
    lost_members lost_{t_.losses, "a node of Slurm has no place for it"};
    pool_nodes nodes_;
};

} // namespace detail

/// Pools of the GRES of nodes: those of one type, cluster, set of partitions and number in a node are one. Sites are clusters, or the one of the options.
/// Linear but for look-ups by name.
inline imported<estate> from_slurm(std::string_view text, const slurm_options& options = {}) {
    return read_foreign<estate>(text, options.load, "nodes of Slurm", [&](const foreign_object& o, auto& t) {
        detail::slurm_reader(options, t).document(o);
    });
}

/// Nodes that have the pools, as data_parser v0.0.41 has them. At most 5,000: pools beyond are one node each.
inline translated<std::string> to_slurm(const estate& e) { return detail::slurm_writer(e).document(); }

} // namespace uonaco::inline UONACO_ABI::adapt
