// SPDX-License-Identifier: Apache-2.0
// Plain graphs in JSON: a list of nodes, a list of links between them. What research tools and topology collections keep.
#pragma once

#include "foreign_ids.hpp"
#include "foreign_loss.hpp"
#include "foreign_quantity.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

/// What a plain graph does not say.
struct nodes_links_options {
    maybe<units::bit_rate> unit{};     ///< of one unit of capacity, where the document has no capacity_unit_gbps
    maybe<units::bit_rate> capacity{}; ///< of links that state none; unknown: nothing is in service on them
    std::vector<std::string> sites{};  ///< nodes that are sites, by id, number or name; beside those that say so
    io::load_options load{};
};

namespace detail {

class nodes_links_reader {
  public:
    nodes_links_reader(const foreign_object& graph, const nodes_links_options& options, translated<estate>& to)
        : graph_(graph), options_(options), to_(to), unit_(options.unit),
          sites_(options.sites.begin(), options.sites.end()) {}

    void read() {
        bidirectional_ = !graph_.flag("directed").value_or(false);
        if (const auto stated =
                read_quantity<units::bit_rate>(graph_, "capacity_unit_gbps", {"Gb/s"}, allowed::above_zero))
            unit_ = stated;
        if (graph_.require("nodes", "a list of nodes"))
            graph_.each_object("nodes", "a node", [&](const foreign_object& n) { node(n); });
        if (graph_.require("links", "a list of links"))
            graph_.each_object("links", "a link", [&](const foreign_object& l) { link(l); });
        if (const io::value demands = graph_.find("demands"); demands && demands.size() > 0)
            lost(io::place(graph_.at(), "demands"),
                 counted(demands.size(), "demand") + ": an estate has no traffic that is not placed");
        left_.rest_of(graph_, "graph", {"directed", "capacity_unit_gbps", "nodes", "links", "demands"});
        left_.tell(to_.losses, "no record has a place for it");
    }

  private:
    struct reference {
        std::string key{}; ///< '#' and a number, or '"' and a text; empty: none
        std::string text{};
    };
    /// What names a node or a link: a whole number or a string.
    reference refer(const foreign_object& o, const char* key) const {
        const io::value v = o.find(key);
        if (v && v.is(io::json_kind::string)) return {"\"" + std::string(v.text()), std::string(v.text())};
        if (v && v.is_number()) {
            const auto n = o.count(key, -9007199254740991, 9007199254740991);
            if (!n) return {};
            const std::string digits = std::to_string(*n);
            return {"#" + digits, digits};
        }
        if (v)
            o.problems().report(io::problem_level::schema, io::place(o.at(), key), "a string or a whole number",
                                io::describe(v));
        return {};
    }
    void lost(const io::place& at, std::string what) { to_.losses.push_back({at.pointer(), std::move(what)}); }
    void semantic(const io::place& at, std::string expected, std::string found) const {
        graph_.problems().report(io::problem_level::semantic, at, std::move(expected), std::move(found));
    }

    /// The id that uonaco wrote; of a numbered node its name where it has one, so that people can ask by it; or what the document calls it.
    template <class Record>
    void identify(Record& r, const foreign_object& n, const reference& by) {
        const std::string ours = n.text("uonaco_id");
        const bool numbered = by.key[0] == '#';
        r.id.text = node_ids_.fresh(!ours.empty() ? ours : numbered && !r.name.empty() ? r.name : by.text);
        if (!numbered && r.id.text != by.text) r.meta.labels.set(foreign_ids::label, by.text);
        nodes_.emplace(by.key, r.id.text);
    }
    void node(const foreign_object& n) {
        if (!n.require("id", "a string or a whole number")) return;
        const reference by = refer(n, "id");
        if (by.key.empty()) return;
        if (nodes_.count(by.key) > 0)
            return semantic(io::place(n.at(), "id"), "an id of its own", "that of an earlier node");
        const std::string name = n.text("name");
        maybe<location> where;
        if (n.has("lat") || n.has("lon")) {
            if (!n.require("lat", "degrees north") || !n.require("lon", "degrees east")) return;
            const auto lat = n.number("lat", -90, 90), lon = n.number("lon", -180, 180);
            if (lat && lon) where = location{*lat, *lon};
        }
        left_.rest_of(n, "node", {"id", "name", "lat", "lon", "x", "y", "site", "uonaco_id"});
        if (n.has("x") || n.has("y")) lost(n.at(), "x and y: a location is in degrees");
        if (n.flag("site").value_or(false) || sites_.count(by.text) > 0 || sites_.count(name) > 0) {
            site s{.name = name, .location = where};
            identify(s, n, by);
            to_.result.sites.push_back(std::move(s));
        } else {
            network_node s{.name = name, .location = where};
            identify(s, n, by);
            to_.result.nodes.push_back(std::move(s));
        }
    }

    std::string end(const foreign_object& l, const char* key) const {
        if (!l.require(key, "the id of a node")) return {};
        const reference by = refer(l, key);
        const auto found = nodes_.find(by.key);
        if (found != nodes_.end()) return found->second;
        if (!by.key.empty()) semantic(io::place(l.at(), key), "the id of a node", io::describe(l.find(key)));
        return {};
    }
    maybe<units::bit_rate> capacity(const foreign_object& l) {
        const char* key = l.has("capacity") ? "capacity" : "preinstalled_capacity";
        if (!l.has(key)) return options_.capacity;
        if (l.has("capacity") && l.has("preinstalled_capacity"))
            lost(io::place(l.at(), "preinstalled_capacity"), "capacity is taken");
        if (unit_)
            return read_quantity<units::bit_rate>(l, key, foreign_unit::si("units of capacity", unit_->si()),
                                                  allowed::from_zero);
        l.problems().report(io::problem_level::semantic, io::place(l.at(), key),
                            "capacity_unit_gbps, or an option that says what one unit of capacity is",
                            io::describe(l.find(key)));
        return {};
    }
    void link(const foreign_object& l) {
        wan_link made;
        made.src_node = end(l, "a");
        made.dst_node = end(l, "b");
        const reference by = refer(l, "id");
        if (by.text.empty()) {
            made.id.text = link_ids_.fresh(made.src_node.text + "-" + made.dst_node.text);
        } else {
            if (!link_keys_.insert(by.text).second)
                semantic(io::place(l.at(), "id"), "an id of its own", "that of an earlier link");
            made.id.text = link_ids_.fresh(by.text);
            if (made.id.text != by.text) made.meta.labels.set(foreign_ids::label, by.text);
        }
        made.bidirectional = bidirectional_;
        made.capacity = capacity(l).value_or(units::bit_rate());
        made.distance = read_quantity<units::distance>(l, "km", {"km"}, allowed::from_zero);
        made.latency = read_quantity<units::latency>(l, "delay_us", {"us"}, allowed::from_zero, most_latency_us);
        if (faster_than_light(made.latency, made.distance)) {
            lost(io::place(l.at(), "km"), io::describe(l.find("km")) + " km, which light does not cross in delay_us");
            made.distance = {};
        }
        constexpr struct {
            const char *key, *why;
        } without_place[] = {
            {"modules", "a link offers one step at one fee, not a choice of modules"},
            {"preinstalled_cost", "what is in service is paid"},
            {"setup_cost", "a fee is of the capacity that is created"},
            {"routing_cost", "a price is of a rate or a volume in a known unit"},
            {"loss_db_per_km", "links have no attenuation"},
        };
        for (const auto& m : without_place)
            if (const io::value v = l.find(m.key)) lost(io::place(l.at(), m.key), io::describe(v) + ": " + m.why);
        left_.rest_of(l, "link",
                      {"id", "a", "b", "km", "delay_us", "capacity", "preinstalled_capacity", "modules",
                       "preinstalled_cost", "setup_cost", "routing_cost", "loss_db_per_km"});
        if (!made.src_node.empty() && made.src_node == made.dst_node)
            semantic(io::place(l.at(), "b"), "another node than a", io::describe(l.find("b")));
        to_.result.links.push_back(std::move(made));
    }

    const foreign_object& graph_;
    const nodes_links_options& options_;
    translated<estate>& to_;
    maybe<units::bit_rate> unit_;
    std::set<std::string> sites_;
    bool bidirectional_ = true;
    foreign_ids node_ids_{}, link_ids_{};
    std::map<std::string, std::string> nodes_{}; // reference to id
    std::set<std::string> link_keys_{};
    passed_over_members left_{};
};

/// What a plain graph keeps of a record; the rest is lost.
inline site kept_in_nodes_links(const site& s) { return {.id = s.id, .name = s.name, .location = s.location}; }
inline network_node kept_in_nodes_links(const network_node& n) {
    return {.id = n.id, .name = n.name, .location = n.location};
}
inline wan_link kept_in_nodes_links(const wan_link& l) {
    wan_link k;
    k.id = l.id;
    k.src_node = l.src_node;
    k.dst_node = l.dst_node;
    k.bidirectional = l.bidirectional;
    k.capacity = l.capacity;
    k.distance = l.distance;
    k.latency = l.latency;
    return k;
}

class nodes_links_writer {
  public:
    nodes_links_writer(const estate& e, translated<std::string>& to)
        : e_(e), to_(to), lost_(to.losses, "a plain graph has no place for it") {}

    void write() {
        for (const wan_link& l : e_.links) {
            directed_ = directed_ || !l.bidirectional;
            link_names_.insert(l.id.text);
        }
        d_.open_object();
        d_.key("directed").boolean(directed_);
        d_.key("capacity_unit_gbps").natural(1);
        const io::place root;
        d_.key("nodes").open_array();
        each(io::place(root, "sites"), e_.sites, [&](const io::place& at, const site& s) { node(at, s, true); });
        each(io::place(root, "nodes"), e_.nodes,
             [&](const io::place& at, const network_node& n) { node(at, n, false); });
        d_.close();
        d_.key("links").open_array();
        each(io::place(root, "links"), e_.links, [&](const io::place& at, const wan_link& l) { link(at, l); });
        d_.close();
        d_.close();
        lost_.all_but({"sites", "nodes", "links"}, e_);
        to_.result = io::to_text(d_);
    }

  private:
    template <class Record, class F>
    static void each(const io::place& list, const std::vector<Record>& records, F f) {
        for (std::size_t i = 0; i < records.size(); ++i) f(io::place(list, i), records[i]);
    }
    template <class Record>
    void node(const io::place& at, const Record& r, bool is_site) {
        const std::string digits = std::to_string(numbers_.size());
        d_.open_object();
        d_.key("id").natural(numbers_.size());
        if (!r.name.empty()) d_.key("name").string(r.name);
        if (r.id.text != (r.name.empty() ? digits : foreign_ids::spelled(r.name)))
            d_.key("uonaco_id").string(r.id.text);
        numbers_.emplace(r.id.text, numbers_.size());
        if (r.location) {
            d_.key("lat").real(r.location->lat);
            d_.key("lon").real(r.location->lon);
        }
        if (is_site) d_.key("site").boolean(true);
        d_.close();
        lost_.compare(at, r, kept_in_nodes_links(r));
    }
    void end(const char* key, const node_id& n) {
        const auto found = numbers_.find(n.text);
        UONACO_ASSERT(found != numbers_.end());
        d_.key(key).natural(found != numbers_.end() ? found->second : 0);
    }
    void link(const io::place& at, const wan_link& l) {
        const std::string& name = l.id.text;
        arc(name, l, l.src_node, l.dst_node);
        if (directed_ && l.bidirectional) {
            std::string back = name + "-back";
            while (!link_names_.insert(back).second) back += "-2";
            arc(back, l, l.dst_node, l.src_node);
            to_.losses.push_back(
                {io::place(at, "bidirectional").pointer(), "true: written as two links, one a direction"});
        }
        lost_.compare(at, l, kept_in_nodes_links(l));
    }
    void arc(const std::string& name, const wan_link& l, const node_id& from, const node_id& to) {
        d_.open_object();
        d_.key("id").string(name);
        end("a", from);
        end("b", to);
        if (l.distance) d_.key("km").real(io::exchange_number(l.distance->si(), 1e3));
        d_.key("capacity").real(io::exchange_number(l.capacity.si(), 1e9));
        if (l.latency) d_.key("delay_us").real(io::exchange_number(l.latency->si(), 1e-6));
        d_.close();
    }

    const estate& e_;
    translated<std::string>& to_;
    lost_members lost_;
    io::document d_{};
    bool directed_ = false;
    std::set<std::string> link_names_{};
    std::map<std::string, std::size_t> numbers_{}; // of nodes, by id
};

} // namespace detail

/// An estate of nodes and links from a plain graph; see docs/adapt/nodes_links.md. O(n log n).
inline imported<estate> from_nodes_links(std::string_view text, const nodes_links_options& options = {}) {
    return read_foreign<estate>(text, options.load, "a graph of nodes and links",
                                [&](const foreign_object& root, translated<estate>& to) {
                                    detail::nodes_links_reader(root, options, to).read();
                                });
}

/// Sites, nodes and links as a plain graph, capacities in Gb/s. Deterministic. O(n log n). Precondition: load<scenario> takes the estate.
inline translated<std::string> to_nodes_links(const estate& e) {
    translated<std::string> to;
    detail::nodes_links_writer(e, to).write();
    return to;
}

} // namespace uonaco::inline UONACO_ABI::adapt
