// SPDX-License-Identifier: Apache-2.0
// ALTO (RFC 7285): network, cost and endpoint cost maps with the metrics of RFC 9439, several costs a map (RFC 8189). docs/adapt/alto.md
#pragma once

#include "foreign_ids.hpp"
#include "foreign_loss.hpp"
#include "foreign_quantity.hpp"

#include "../io/dump.hpp"
#include "../network/all_pairs.hpp"
#include "../network/topology.hpp"
#include "../reflect/resource.hpp"

#include <algorithm>

namespace uonaco::inline UONACO_ABI::adapt {

struct alto_options {
    /// Of links of whose rate no map speaks, and the most that others have; unknown: a map of a rate is needed, and its figure is the capacity.
    maybe<units::bit_rate> capacity{};
    std::string network_map = "uonaco-network-map"; ///< resource id of the network map that is written
    io::load_options load{};
};

/// What to_alto writes: the network map and cost maps by their metric.
inline constexpr const char* alto_resources[] = {"delay-ow",    "delay-variation", "lossrate",   "hopcount",
                                                 "bw-residual", "bw-available",    "network-map"};

namespace detail {

/// What RFC 9439 registers, and what a link makes of it.
enum class alto_metric : unsigned char {
    delay_ow,
    delay_rt,
    delay_variation,
    lossrate,
    hopcount,
    tput,
    bw_residual,
    bw_available,
    other
};
inline constexpr std::string_view alto_metrics[] = {"delay-ow", "delay-rt", "delay-variation", "lossrate",
                                                    "hopcount", "tput",     "bw-residual",     "bw-available"};
/// Which statistic is taken where there are several: the default, which is the median, before the others; what spreads are is no figure of a link.
enum class alto_statistic : unsigned char { median, mean, cur, percentile, max, min, spread, unknown };

struct alto_kind {
    alto_metric metric = alto_metric::other;
    alto_statistic statistic = alto_statistic::median;
    double percentile = 50;

    /// Of several figures of one metric the lowest is taken: of percentiles the one nearest to the median, of two as near the higher.
    int rank() const {
        const double off = percentile - 50;
        return static_cast<int>(statistic) * 100000 + static_cast<int>(math::floor(math::abs(off) * 200 + 0.5)) * 2 +
               (off < 0 ? 1 : 0);
    }
};
/// "delay-ow:p95" in parts (RFC 9439 3.2).
inline alto_kind alto_kind_of(std::string_view name) {
    alto_kind k;
    const std::size_t colon = name.find(':');
    const std::string_view base = name.substr(0, colon);
    for (std::size_t i = 0; i < std::size(alto_metrics); ++i)
        if (alto_metrics[i] == base) k.metric = static_cast<alto_metric>(i);
    if (colon == std::string_view::npos) return k;
    const std::string_view op = name.substr(colon + 1);
    constexpr struct {
        std::string_view name;
        alto_statistic is;
    } ops[] = {{"median", alto_statistic::median}, {"mean", alto_statistic::mean}, {"cur", alto_statistic::cur},
               {"max", alto_statistic::max},       {"min", alto_statistic::min},   {"stddev", alto_statistic::spread},
               {"stdvar", alto_statistic::spread}};
    k.statistic = alto_statistic::unknown;
    for (const auto& o : ops)
        if (o.name == op) k.statistic = o.is;
    if (op.size() > 1 && op[0] == 'p') { // p, then a decimal of 0 to 100
        double p = -1;
        const auto [end, error] = std::from_chars(op.data() + 1, op.data() + op.size(), p, std::chars_format::fixed);
        if (error == std::errc() && end == op.data() + op.size() && op[1] >= '0' && op[1] <= '9' && p <= 100)
            k.statistic = alto_statistic::percentile, k.percentile = p;
    }
    return k;
}

class alto_reader {
  public:
    alto_reader(const foreign_object& root, translated<estate>& out, const alto_options& options)
        : problems_(root.problems()), out_(out), options_(options) {
        if (root.has("resources")) {
            rest_of(root, {"resources"});
            root.within("resources", "ALTO resources by their ids", [&](const foreign_object& all) {
                for (const io::value v : all.value()) {
                    if (problems_.full()) return;
                    const io::place at(all.at(), v.key());
                    const foreign_object o(problems_, at, v, "an ALTO resource");
                    if (o.is_object()) resource(o);
                }
            });
        } else
            resource(root);
        finish();
    }

  private:
    enum field : int { latency, jitter, lost, residual, available, throughput, fields };
    /// One cost type of one map.
    struct column {
        std::string pointer{}; ///< of its cost type
        std::string name{};
        alto_kind kind{};
        source_type source = source_type::estimation; ///< RFC 9439 3.1: the default
        bool carried = false, used = false, outdone = false, stands_in = false, unsaid = false;
    };
    struct cost {
        double si = 0;
        int rank = -1; ///< below 0: none
        std::size_t column = 0;
    };
    struct pair {
        std::string from{}, to{};
        cost of[fields]{};
    };

    void lose(std::string pointer, std::string what) { out_.losses.push_back({std::move(pointer), std::move(what)}); }
    void wrong(const io::place& at, std::string expected, std::string found, std::string hint = {}) {
        problems_.report(io::problem_level::semantic, at, std::move(expected), std::move(found), std::move(hint));
    }

    /// What is neither read nor known to be nothing is a loss.
    void rest_of(const foreign_object& o, std::initializer_list<std::string_view> read) {
        for (const io::value v : o.value())
            if (std::find(read.begin(), read.end(), v.key()) == read.end() && !v.is(io::json_kind::null))
                lose(io::place(o.at(), v.key()).pointer(), io::describe(v) + ": no record has a place for it");
    }

    void resource(const foreign_object& o) {
        if (o.has("network-map")) return network_map(o);
        for (const char* key : {"cost-map", "endpoint-cost-map"})
            if (o.has(key)) return cost_map(o, key);
        for (const char* key : {"endpoint-properties", "property-map"}) // RFC 7285 11.4.1, RFC 9240
            if (o.has(key)) return lose(io::place(o.at(), key).pointer(), "properties of endpoints and other entities");
        bool failed = false;
        o.within("meta", "meta data", [&](const foreign_object& meta) { // RFC 7285 8.5.2
            failed = meta.has("code");
            if (failed)
                wrong(io::place(meta.at(), "code"), "an ALTO resource, not an error", io::describe(meta.find("code")));
        });
        if (failed) return;
        if (o.has("uri")) // RFC 7285 9.2
            return wrong(io::place(o.at(), "uri"), "a map", "a directory's word on where one is",
                         "fetch it and put it here");
        o.require("cost-map", "an ALTO cost map, endpoint cost map or network map");
    }

    void network_map(const foreign_object& o) {
        rest_of(o, {"meta", "network-map"});
        o.within("meta", "meta data", [&](const foreign_object& meta) {
            rest_of(meta, {"vtag"});
            meta.within("vtag", "a version tag", [&](const foreign_object& tag) {
                tags_.emplace(tag.text("resource-id"), tag.text("tag"));
                lose(tag.at().pointer(), "name and version of the network map");
            });
        });
        o.within("network-map", "PIDs and their addresses", [&](const foreign_object& map) {
            for (const io::value v : map.value()) {
                if (problems_.full()) return;
                const io::place at(map.at(), v.key());
                const foreign_object pid(problems_, at, v, "a PID");
                if (!pid.is_object()) continue;
                site& s = site_of(v.key());
                for (const io::value kind : v) {
                    std::string prefixes;
                    pid.each(kind.key(), [&](const io::place& where, io::value prefix) {
                        if (!prefix.is(io::json_kind::string)) {
                            problems_.report(io::problem_level::schema, where, "an address prefix",
                                             io::describe(prefix));
                            return;
                        }
                        prefixes += (prefixes.empty() ? "" : " ") + std::string(prefix.text());
                    });
                    if (prefixes.empty()) continue;
                    if (kind.key() == "ipv4" || kind.key() == "ipv6")
                        s.meta.labels.set(std::string(kind.key()), prefixes);
                    else
                        lose(io::place(at, kind.key()).pointer(), "addresses that are neither ipv4 nor ipv6");
                }
            }
        });
    }

    void cost_map(const foreign_object& o, const char* key) {
        const std::size_t first = columns_.size();
        bool several = false, calendar = false;
        rest_of(o, {"meta", key});
        o.require("meta", "meta data with its cost type");
        o.within("meta", "meta data", [&](const foreign_object& meta) {
            rest_of(meta, {"cost-type", "multi-cost-types", "dependent-vtags", "calendar-response-attributes"});
            calendar = meta.has("calendar-response-attributes");
            meta.each_object("dependent-vtags", "a version tag", [&](const foreign_object& tag) {
                wanted_.push_back({io::place(tag.at(), "tag").pointer(), tag.text("resource-id"), tag.text("tag")});
            });
            several = meta.has("multi-cost-types");
            if (several)
                meta.each_object("multi-cost-types", "a cost type", [&](const foreign_object& t) { cost_type(t); });
            else if (meta.require("cost-type", "a cost type"))
                meta.within("cost-type", "a cost type", [&](const foreign_object& t) { cost_type(t); });
        });
        if (calendar) return lose(o.at().pointer(), "a calendar (RFC 8896): figures of links do not change over time");
        const std::size_t size = columns_.size() - first;
        bool any = false, inside = false;
        for (std::size_t c = first; c < columns_.size(); ++c) any = any || columns_[c].carried;
        if (!any) return;
        o.within(key, "costs by source", [&](const foreign_object& map) {
            for (const io::value row : map.value()) {
                if (problems_.full()) return;
                const io::place at(map.at(), row.key());
                const foreign_object r(problems_, at, row, "costs by destination");
                if (!r.is_object()) continue;
                for (const io::value v : row) {
                    if (problems_.full()) return;
                    const io::place where(at, v.key());
                    if (v.key() == row.key()) {
                        if (!inside) lose(where.pointer(), "costs within a PID: a link has two ends");
                        inside = true;
                        continue;
                    }
                    pair& p = pair_of(row.key(), v.key());
                    if (!several) {
                        if (columns_[first].carried) add(p, first, where, v);
                        continue;
                    }
                    if (!v.is(io::json_kind::array) || v.size() != size) {
                        if (!v.is(io::json_kind::unreadable))
                            problems_.report(io::problem_level::schema, where,
                                             "a list of " + std::to_string(size) + ", one a cost type",
                                             io::describe(v));
                        continue;
                    }
                    std::size_t i = 0;
                    for (const io::value one : v) {
                        if (columns_[first + i].carried) add(p, first + i, io::place(where, i), one);
                        ++i;
                    }
                }
            }
        });
    }

    void cost_type(const foreign_object& t) {
        column c;
        c.pointer = t.at().pointer();
        t.require("cost-mode", "numerical");
        t.require("cost-metric", "a cost metric such as delay-ow");
        const std::string mode = t.text("cost-mode");
        c.name = t.text("cost-metric").substr(0, 64);
        c.kind = alto_kind_of(c.name);
        rest_of(t, {"cost-mode", "cost-metric", "cost-context"});
        t.within("cost-context", "a cost context", [&](const foreign_object& context) {
            rest_of(context, {"cost-source"});
            context.require("cost-source", "nominal, sla or estimation");
            const std::string source = context.text("cost-source");
            if (source == "nominal")
                c.source = source_type::nominal;
            else if (source == "sla")
                c.source = source_type::sla;
            else if (source != "estimation" && !source.empty())
                wrong(io::place(context.at(), "cost-source"), "nominal, sla or estimation",
                      "\"" + source.substr(0, 48) + "\"");
        });
        const alto_metric m = c.kind.metric;
        if (mode != "numerical")
            lose(c.pointer, c.name + ": costs of mode " + mode.substr(0, 48) + " are no figures");
        else if (m == alto_metric::other || m == alto_metric::hopcount)
            lose(c.pointer, c.name + ": a metric that no link has");
        else if (c.kind.statistic == alto_statistic::spread || c.kind.statistic == alto_statistic::unknown)
            lose(c.pointer, c.name + ": a statistic that no link has");
        else
            c.carried = true;
        columns_.push_back(std::move(c));
    }

    pair& pair_of(std::string_view from, std::string_view to) {
        const auto [entry, fresh] = rows_.emplace(std::pair(std::string(from), std::string(to)), pairs_.size());
        if (fresh) {
            site_of(from);
            site_of(to);
            pairs_.push_back({std::string(from), std::string(to), {}});
        }
        return pairs_[entry->second];
    }
    site& site_of(std::string_view name) {
        const auto [entry, fresh] = sites_.emplace(std::string(name), out_.result.sites.size());
        if (fresh) {
            out_.result.sites.emplace_back();
            ids_.name(out_.result.sites.back(), name);
        }
        return out_.result.sites[entry->second];
    }

    void add(pair& p, std::size_t number, const io::place& at, io::value v) {
        column& c = columns_[number];
        int rank = c.kind.rank();
        const auto [where, si] = figure(c.kind.metric, at, v, rank);
        if (!si) return;
        cost& before = p.of[where];
        if (before.rank == rank && before.si != *si)
            return wrong(at, "the figure of another map of " + c.name + " here", io::describe(v));
        if (before.rank >= 0 && before.rank <= rank) {
            c.outdone = c.outdone || before.rank < rank;
            return;
        }
        if (before.rank >= 0) columns_[before.column].outdone = true;
        before = {*si, rank, number};
    }

    /// Where a figure goes, and its SI value.
    std::pair<field, maybe<double>> figure(alto_metric metric, const io::place& at, io::value v, int& rank) {
        const auto delay = [&](double over) {
            const auto q =
                read_quantity<units::latency>(problems_, at, v, {"us", 1, over}, allowed::from_zero, most_latency_us);
            return q ? maybe<double>(q->si()) : maybe<double>();
        };
        const auto rate = [&] {
            const auto q = read_quantity<units::bit_rate>(problems_, at, v, {"byte/s", 8, 1e9}, allowed::from_zero);
            return q ? maybe<double>(q->si()) : maybe<double>();
        };
        switch (metric) {
        case alto_metric::delay_ow: return {latency, delay(1)};
        case alto_metric::delay_rt: rank += 10000000; return {latency, delay(2)};
        case alto_metric::delay_variation: return {jitter, delay(1)};
        case alto_metric::lossrate: {
            const auto q = read_quantity<units::ratio>(problems_, at, v, {"percent", 1, 100}, allowed::from_zero);
            return {lost, q ? maybe<double>(q->si()) : maybe<double>()};
        }
        case alto_metric::tput: return {throughput, rate()};
        case alto_metric::bw_residual: return {residual, rate()};
        case alto_metric::bw_available: return {available, rate()};
        default: return {latency, {}};
        }
    }

    void finish() {
        for (const auto& [pointer, id, tag] : wanted_) {
            const auto here = tags_.find(id);
            if (here == tags_.end())
                lose(pointer, "of which version of the network map the costs are: there is no such map here");
            else if (here->second != tag)
                problems_.report({io::problem_level::semantic, pointer, "\"" + here->second + "\", the network map's",
                                  "\"" + tag.substr(0, 128) + "\"", "the costs are of another version of the PIDs"});
        }
        const pair* without = nullptr;
        bool mixed = false;
        for (pair& p : pairs_) {
            const bool any = std::any_of(std::begin(p.of), std::end(p.of), [](const cost& c) { return c.rank >= 0; });
            if (any && !link(p, mixed) && !without) without = &p;
        }
        if (without)
            problems_.report(
                {io::problem_level::semantic, "", "a map of bw-residual, bw-available or tput",
                 "none for \"" + without->from.substr(0, 64) + "\" to \"" + without->to.substr(0, 64) + "\"",
                 "or the option capacity: a link's is never unknown"});
        if (mixed) lose("", "how the figures of a link came about: its maps differ");
        for (const column& c : columns_) {
            if (c.outdone) lose(c.pointer, c.name + ": where another map says more to the point, that is taken");
            if (!c.used) continue;
            if (c.kind.statistic != alto_statistic::median && c.unsaid)
                lose(c.pointer, c.name + ": that it is not the median");
            if (c.kind.metric == alto_metric::delay_rt) lose(c.pointer, c.name + ": half of it is taken for one way");
            if (c.stands_in) lose(c.pointer, c.name + ": what is in use counts as not there");
            if (c.kind.metric == alto_metric::tput) lose(c.pointer, c.name + ": what TCP gets is taken for the rate");
        }
    }

    /// False where nothing says its capacity.
    bool link(const pair& p, bool& mixed) {
        const auto take = [&](field f) {
            if (p.of[f].rank < 0) return maybe<double>();
            columns_[p.of[f].column].used = true;
            return maybe<double>(p.of[f].si);
        };
        wan_link l;
        l.id.text = link_ids_.of(p.from + "/" + p.to); // no PID has a slash
        l.src_node.text = ids_.of(p.from);
        l.dst_node.text = ids_.of(p.to);
        l.layer = network_layer::ethernet;
        if (const auto x = take(latency)) l.latency = units::latency::from_si(*x);
        if (const auto x = take(jitter)) l.jitter = units::latency::from_si(*x);
        if (const auto x = take(lost)) l.loss = units::ratio::from_si(*x);
        const auto left = take(residual), unused = take(available);
        const auto rate = left ? left : unused ? unused : take(throughput);
        if (left && unused && *unused > *left) {
            problems_.report({io::problem_level::semantic, columns_[p.of[available].column].pointer,
                              "at most bw-residual, of which it is a part",
                              "more from \"" + p.from.substr(0, 64) + "\" to \"" + p.to.substr(0, 64) + "\"", ""});
            return true;
        }
        if (!left && unused) columns_[p.of[available].column].stands_in = true;
        if (!rate && !options_.capacity) return false;
        l.capacity = options_.capacity ? *options_.capacity : units::bit_rate::from_si(*rate);
        if (rate && options_.capacity) l.unreserved = units::bit_rate::from_si(*rate);
        if (unused) l.available = units::bit_rate::from_si(*unused);
        if (rate && l.capacity.si() < *rate)
            problems_.report({io::problem_level::semantic,
                              columns_[p.of[left     ? residual
                                            : unused ? available
                                                     : throughput]
                                           .column]
                                  .pointer,
                              "at most the option capacity",
                              "more from \"" + p.from.substr(0, 64) + "\" to \"" + p.to.substr(0, 64) + "\"", ""});
        const auto statistic_of = [&](const cost& c) {
            const std::string& name = columns_[c.column].name;
            return name.find(':') == std::string::npos ? std::string() : name.substr(name.find(':') + 1);
        };
        const auto counts = [&](const cost& c) { return c.rank >= 0 && columns_[c.column].used; };
        const cost* first = std::find_if(std::begin(p.of), std::end(p.of), counts);
        const bool same = std::all_of(std::begin(p.of), std::end(p.of), [&](const cost& c) {
            return !counts(c) || statistic_of(c) == statistic_of(*first);
        });
        if (same && first != std::end(p.of)) l.meta.statistic.text = statistic_of(*first);
        for (const cost& c : p.of)
            if (counts(c) && !same) columns_[c.column].unsaid = true;
        for (const cost& c : p.of) {
            if (c.rank < 0 || !columns_[c.column].used) continue;
            const source_type source = columns_[c.column].source;
            if (l.meta.source != source_type::unstated && l.meta.source != source) {
                mixed = true;
                l.meta.source = source_type::unstated;
                break;
            }
            l.meta.source = source;
        }
        out_.result.links.push_back(std::move(l));
        return true;
    }

    struct version {
        std::string pointer{}, id{}, tag{};
    };
    io::reader& problems_;
    translated<estate>& out_;
    const alto_options& options_;
    foreign_ids ids_{}, link_ids_{};
    std::map<std::string, std::size_t> sites_{};
    std::map<std::pair<std::string, std::string>, std::size_t> rows_{};
    std::vector<pair> pairs_{};
    std::vector<column> columns_{};
    std::map<std::string, std::string> tags_{};
    std::vector<version> wanted_{};
};

class alto_writer {
  public:
    alto_writer(const estate& e, const alto_options& options, std::string_view only)
        : estate_(e), options_(options), only_(only) {}

    translated<std::string> write() {
        const auto made = make_topology(estate_);
        name_pids();
        left_out();
        if (made)
            measure(*made);
        else
            out_.losses.push_back({"", "all of the network: " + made.error().detail});
        if (only_.empty()) {
            document_.open_object();
            document_.key("resources").open_object();
            network_map();
            for (const map& m : maps_) cost_map(m);
            document_.close();
            document_.close();
        } else {
            if (only_ == "network-map") network_map();
            for (const map& m : maps_)
                if (m.metric == only_)
                    cost_map(m);
                else
                    out_.losses.push_back(
                        {"", "the map of " + m.metric + ": " + std::string(only_) + " alone is written"});
            if (document_.empty()) {
                out_.losses.push_back({"", std::string(only_) + ": nothing is known of it"});
                cost_map({std::string(only_), {}});
            }
        }
        out_.result = io::to_text(document_);
        return std::move(out_);
    }

  private:
    struct entry {
        unsigned from, to;
        double figure; ///< in the metric's unit
    };
    struct map {
        std::string metric{};
        std::vector<entry> entries{}; ///< by source, then by destination
    };

    /// A PID name (RFC 7285 10.1): up to 64 letters, digits and - : @ _ .
    void name_pids() {
        std::set<std::string> taken;
        for (std::size_t i = 0; i < estate_.sites.size(); ++i) {
            const std::string name = foreign_name(estate_.sites[i]);
            std::string pid = name.substr(0, 64);
            for (char& c : pid)
                if (!io::is_id(std::string("x") + c) && c != '@')
                    c = '_';
                else if (c == '/')
                    c = '_';
            if (pid.empty()) pid = "_";
            const std::string base = pid;
            for (int n = 2; !taken.insert(pid).second; ++n) {
                const std::string number = "_" + std::to_string(n);
                pid = base.substr(0, 64 - number.size()) + number;
            }
            if (pid != name)
                out_.losses.push_back({"/sites/" + std::to_string(i) + "/id", "its spelling: as a PID it is " + pid});
            pids_.push_back(std::move(pid));
        }
    }

    /// What no map says; of links, what goes into costs is not told again.
    void left_out() {
        lost_members lost(out_.losses, "maps have no place for it");
        lost.all_but({"sites", "links"}, estate_);
        const io::place root, sites(root, "sites"), links(root, "links");
        for (std::size_t i = 0; i < estate_.sites.size(); ++i) {
            site carried;
            carried.id = estate_.sites[i].id;
            for (const char* key : {"ipv4", "ipv6", foreign_ids::label})
                if (const std::string* l = estate_.sites[i].meta.labels.find(key)) carried.meta.labels.set(key, *l);
            lost.compare(io::place(sites, i), estate_.sites[i], carried);
        }
        for (std::size_t i = 0; i < estate_.links.size(); ++i) {
            const wan_link& l = estate_.links[i];
            wan_link carried;
            carried.id = l.id;
            carried.src_node = l.src_node;
            carried.dst_node = l.dst_node;
            carried.bidirectional = l.bidirectional; // a cost for each way
            carried.layer = network_layer::ethernet;
            carried.latency = l.latency;
            carried.jitter = l.jitter;
            carried.loss = l.loss;
            carried.available = l.available;
            carried.unreserved = l.unreserved;
            carried.capacity =
                l.unreserved ? *l.unreserved : l.capacity; // which is what a reader of bw-residual takes it for
            carried.oper_status = l.oper_status;           // of what is down, there is a word of its own
            if (source() == std::string_view(to_string(l.meta.source))) carried.meta.source = l.meta.source;
            lost.compare(io::place(links, i), l, carried);
        }
    }

    /// Along the way of least delay between every two sites.
    void measure(const topology& t) {
        for (const omission& o : t.left_out)
            if (o.link != ~0u) out_.losses.push_back({"/links/" + std::to_string(o.link), describe(o, estate_)});
        std::map<std::string, double> carried;
        for (const circuit& c : estate_.circuits)
            for (const link_id& l : c.links) carried[l.text] += c.rate.si();
        std::vector<double> left;
        for (const wan_link& l : estate_.links) {
            const auto on_it = carried.find(l.id.text);
            const double rate =
                l.unreserved ? l.unreserved->si() : l.capacity.si() - (on_it == carried.end() ? 0 : on_it->second);
            left.push_back(rate > 0 ? rate : 0);
        }
        for (const char* resource : alto_resources)
            if (resource != std::string_view("network-map")) maps_.push_back({resource, {}});
        const all_pairs ways(t.net, {t.edge_delay.data(), static_cast<unsigned>(t.edge_delay.size())},
                             keep::costs_and_paths,
                             {t.edge_usable.data(), static_cast<unsigned>(t.edge_usable.size())});
        std::vector<bool> on_a_way(estate_.links.size());
        for (unsigned from = 0; from < t.sites; ++from)
            for (unsigned to = 0; to < t.sites; ++to) {
                if (from == to || !ways.reached(from, to)) continue;
                const path way = ways.path_of(t.net, from, to);
                for (const unsigned edge : way.edges) on_a_way[t.edge_link[edge]] = true;
                measure(t, way, left, from, to);
            }
        for (const omission& o : t.left_out)
            if (o.link != ~0u) on_a_way[o.link] = true; // told already
        for (std::size_t i = 0; i < on_a_way.size(); ++i)
            if (!on_a_way[i])
                out_.losses.push_back(
                    {"/links/" + std::to_string(i), "all of it: no way of least delay between sites takes it"});
        std::erase_if(maps_, [](const map& m) { return m.entries.empty(); });
    }
    void measure(const topology& t, const path& way, const std::vector<double>& left, unsigned from, unsigned to) {
        units::latency delay{};
        maybe<units::latency> jitter = units::latency{};
        maybe<double> passed = 1.0;
        double rate = 0, loss = 0;
        maybe<double> unused = 1e300;
        for (const unsigned edge : way.edges) {
            const unsigned row = t.edge_link[edge];
            const link_facts& facts = t.links[row];
            delay += facts.latency;
            jitter = jitter && facts.jitter ? maybe<units::latency>(*jitter + *facts.jitter) : maybe<units::latency>();
            passed = passed && facts.loss ? maybe<double>(*passed * (1 - facts.loss->si())) : maybe<double>();
            loss = facts.loss ? facts.loss->si() : 0;
            if (edge == way.edges[0] || left[row] < rate) rate = left[row];
            const auto& available = estate_.links[row].available;
            unused = unused && available ? maybe<double>(std::min(*unused, available->si())) : maybe<double>();
        }
        const auto put = [&](std::size_t i, double figure) { maps_[i].entries.push_back({from, to, figure}); };
        put(0, in_foreign_unit(delay, {"us"}));
        if (jitter) put(1, in_foreign_unit(*jitter, {"us"}));
        if (passed) {
            const double share = way.edges.size() == 1 ? loss : 1 - *passed;
            put(2, in_foreign_unit(units::ratio(share < 1e-18 ? 0.0 : share), {"percent", 1, 100}));
        }
        put(3, static_cast<double>(way.edges.size()));
        put(4, in_foreign_unit(units::bit_rate::from_si(rate), {"byte/s", 8, 1e9}));
        if (unused) put(5, in_foreign_unit(units::bit_rate::from_si(std::min(*unused, rate)), {"byte/s", 8, 1e9}));
    }

    void text(const char* key, std::string_view s) { document_.key(key).string(s); }
    /// FNV-1a over PIDs and addresses: the same map has the same tag.
    std::string tag() const {
        unsigned long long hash = 14695981039346656037ull;
        const auto add = [&](std::string_view s) {
            for (const char c : s) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
            hash = (hash ^ 0xff) * 1099511628211ull;
        };
        for (std::size_t i = 0; i < pids_.size(); ++i) {
            add(pids_[i]);
            for (const char* kind : {"ipv4", "ipv6"}) {
                const std::string* prefixes = estate_.sites[i].meta.labels.find(kind);
                add(prefixes ? *prefixes : "");
            }
        }
        std::string hex(16, '0');
        for (std::size_t i = 16; i-- > 0; hash >>= 4) hex[i] = "0123456789abcdef"[hash & 15];
        return hex;
    }
    void vtag() {
        text("resource-id", options_.network_map);
        text("tag", tag());
        document_.close();
    }
    void named(std::string_view id) {
        if (only_.empty()) document_.key(id);
        document_.open_object();
    }
    void network_map() {
        named(options_.network_map);
        document_.key("meta").open_object();
        document_.key("vtag").open_object();
        vtag();
        document_.close();
        document_.key("network-map").open_object();
        for (std::size_t i = 0; i < pids_.size(); ++i) {
            document_.key(pids_[i]).open_object();
            for (const char* kind : {"ipv4", "ipv6"}) {
                const std::string* prefixes = estate_.sites[i].meta.labels.find(kind);
                if (!prefixes) continue;
                document_.key(kind).open_array();
                for (std::size_t at = 0; at < prefixes->size();) {
                    const std::size_t end = std::min(prefixes->find(' ', at), prefixes->size());
                    if (end > at) document_.string(std::string_view(*prefixes).substr(at, end - at));
                    at = end + 1;
                }
                document_.close();
            }
            document_.close();
        }
        document_.close();
        document_.close();
    }
    void cost_map(const map& m) {
        named(m.metric);
        document_.key("meta").open_object();
        document_.key("dependent-vtags").open_array();
        document_.open_object();
        vtag();
        document_.close();
        document_.key("cost-type").open_object();
        text("cost-mode", "numerical");
        text("cost-metric", m.metric);
        document_.key("cost-context").open_object();
        text("cost-source", source());
        document_.close();
        document_.close();
        document_.close();
        document_.key("cost-map").open_object();
        for (std::size_t i = 0; i < m.entries.size(); ++i) {
            const entry& e = m.entries[i];
            if (i == 0 || m.entries[i - 1].from != e.from) document_.key(pids_[e.from]).open_object();
            document_.key(pids_[e.to]).real(e.figure);
            if (i + 1 == m.entries.size() || m.entries[i + 1].from != e.from) document_.close();
        }
        document_.close();
        document_.close();
    }
    /// What all links say; estimation, which is ALTO's default, where they differ or do not say.
    const char* source() const {
        const source_type first = estate_.links.empty() ? source_type::unstated : estate_.links[0].meta.source;
        for (const wan_link& l : estate_.links)
            if (l.meta.source != first) return "estimation";
        return first == source_type::nominal ? "nominal" : first == source_type::sla ? "sla" : "estimation";
    }

    const estate& estate_;
    const alto_options& options_;
    std::string_view only_;
    translated<std::string> out_{};
    io::document document_{};
    std::vector<std::string> pids_{};
    std::vector<map> maps_{};
};

} // namespace detail

/// Sites for PIDs or endpoints, and a link for each pair that a cost speaks of, from one resource or several as {"resources": {id: resource}}.
/// Problems: what is no ALTO resource, figures out of bounds, costs of another version of the network map, links whose rate nobody says (see
/// the options), maps that contradict each other. O(n log n) in the number of costs.
inline imported<estate> from_alto(std::string_view text, const alto_options& options = {}) {
    return read_foreign<estate>(
        text, options.load, "an ALTO resource, or resources by their ids",
        [&](const foreign_object& root, translated<estate>& out) { detail::alto_reader(root, out, options); });
}

/// The network between sites, each a PID, along ways of least delay: a network map and one cost map for each of delay-ow, delay-variation,
/// lossrate, hopcount, bw-residual and bw-available of which something is known, as {"resources": {id: resource}}. `only`: one of these metrics or
/// "network-map", as the resource alone, which is what an ALTO server answers. O(n (m + n log n) + n^2 hops).
inline translated<std::string> to_alto(const estate& e, const alto_options& options = {}, std::string_view only = {}) {
    return detail::alto_writer(e, options, only).write();
}

} // namespace uonaco::inline UONACO_ABI::adapt
