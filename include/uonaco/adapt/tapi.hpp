// SPDX-License-Identifier: Apache-2.0
// Topologies as ONF TAPI 2.5 gives them: a topology context of nodes, node edge points and links, in the JSON of RFC 7951.
// Modules tapi-common and tapi-topology 2023-10-10 (2.5.0); the spelling of units in TAPI 2.1 is read too.
#pragma once

#include "foreign_ids.hpp"
#include "foreign_loss.hpp"
#include "foreign_quantity.hpp"

#include <array>
#include <cstdio>

namespace uonaco::inline UONACO_ABI::adapt {

/// What a TAPI context does not say.
struct tapi_options {
    std::string topology{}; ///< uuid or name of the one to read; empty: the first that has links
    std::vector<std::string>
        sites{}; ///< uuids or names of nodes that are sites, beside those that uonaco wrote as such
    maybe<units::bit_rate> capacity{}; ///< of links that state none; unknown: nothing is in service on them
    maybe<units::duration>
        latency_unit{}; ///< of latencies without one: TAPI has strings, in no unit; unknown: they are lost
    io::load_options load{};
};

namespace detail::tapi {

// Names under which TAPI objects carry what TAPI has no member for.
inline constexpr const char* id_name = "uonaco_id";
inline constexpr const char* site_name = "uonaco_site";
inline constexpr const char* plain_name = "name";

struct unit_name {
    const char* name;
    double one; ///< bit/s; 0: no rate
};
inline constexpr unit_name capacity_units[] = {{"TBPS", 1e12}, {"GBPS", 1e9}, {"MBPS", 1e6}, {"KBPS", 1e3}, {"BPS", 1},
                                               {"TB", 0},      {"GB", 0},     {"MB", 0},     {"KB", 0},     {"B", 0},
                                               {"THz", 0},     {"GHz", 0},    {"MHz", 0},    {"KHz", 0},    {"Hz", 0}};

struct layer_name {
    network_layer layer;
    const char* name;
};
/// The first of a layer is written. TAPI has one layer for light, and none for fine grain OTN.
inline constexpr layer_name layers[] = {{network_layer::ethernet, "ETH"},
                                        {network_layer::otn, "DIGITAL_OTN"},
                                        {network_layer::media, "PHOTONIC_MEDIA"},
                                        {network_layer::otn, "ODU"},
                                        {network_layer::otn, "DSR"}};
inline network_layer written_layer(network_layer l) {
    return l == network_layer::fgotn             ? network_layer::otn
           : l == network_layer::optical_channel ? network_layer::media
                                                 : l;
}
inline const char* name_of(network_layer l) {
    for (const layer_name& known : layers)
        if (known.layer == l) return known.name;
    return "DSR";
}

/// A UUID of version 8 (RFC 9562: the bits are whoever's makes it): the same for the same text, by two FNV-1a hashes of 64 bits.
inline std::string uuid_of(std::string_view text) {
    std::array<std::uint64_t, 2> h{14695981039346656037ULL, 14695981039346656037ULL ^ 0x5555555555555555ULL};
    for (std::uint64_t& x : h)
        for (const char c : text) x = (x ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    h[0] = (h[0] & ~0xf000ULL) | 0x8000ULL;
    h[1] = (h[1] & ~(3ULL << 62)) | (2ULL << 62);
    char out[40];
    std::snprintf(out, sizeof out, "%08llx-%04llx-%04llx-%04llx-%012llx", static_cast<unsigned long long>(h[0] >> 32),
                  static_cast<unsigned long long>(h[0] >> 16 & 0xffff), static_cast<unsigned long long>(h[0] & 0xffff),
                  static_cast<unsigned long long>(h[1] >> 48),
                  static_cast<unsigned long long>(h[1] & 0xffffffffffffULL));
    return out;
}
inline bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

/// A decimal number at the beginning of a text, and what follows it without blanks.
struct measured {
    double number = 0;
    std::string_view unit{};
};
inline maybe<measured> parse_measured(std::string_view text) {
    measured m;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), m.number);
    if (end.ec != std::errc() || !math::finite(m.number)) return {};
    m.unit = text.substr(static_cast<std::size_t>(end.ptr - text.data()));
    while (!m.unit.empty() && m.unit.front() == ' ') m.unit.remove_prefix(1);
    while (!m.unit.empty() && m.unit.back() == ' ') m.unit.remove_suffix(1);
    return m;
}

/// A rate as a decimal64 of 7 digits in Gb/s: steps of 100 bit/s.
inline std::string rate_text(units::bit_rate r) {
    char text[64];
    std::snprintf(text, sizeof text, "%.7f", r.si() / 1e9);
    std::string s = text;
    while (s.back() == '0' && s[s.size() - 2] != '.') s.pop_back();
    return s;
}
inline units::bit_rate kept(units::bit_rate r) {
    const std::string text = rate_text(r);
    double x = 0;
    std::from_chars(text.data(), text.data() + text.size(), x);
    return units::bit_rate::from_si(x * 1e9);
}

// ---- reading ---------------------------------------------------------------------------------------------------------------------
class reader {
  public:
    reader(const foreign_object& root, const tapi_options& options, translated<estate>& to)
        : root_(root), options_(options), to_(to), sites_(options.sites.begin(), options.sites.end()) {}

    void read() {
        bool found = false;
        each_topology([&](const foreign_object& t) {
            found = true;
            survey(t);
        });
        if (!found && root_.problems().count() == 0)
            root_.problems().report(io::problem_level::schema, root_.at(),
                                    "tapi-common:context, tapi-topology:topology-context or tapi-topology:topology "
                                    "with at least one topology",
                                    "none");
        if (root_.problems().count() > 0) return;
        if (chosen_.empty()) chosen_ = first_;
        if (!options_.topology.empty() && !known_)
            return semantic(root_.at(), "a topology \"" + options_.topology + "\"", "none of that uuid or name");
        each_topology([&](const foreign_object& t) {
            if (t.text("uuid") == chosen_)
                topology(t);
            else
                lost(t.at(), "topology " + t.text("uuid") + ": " + chosen_ + " is read");
        });
        risks();
        left_.rest_of(root_, "document",
                      {"tapi-common:context", "tapi-topology:topology-context", "tapi-topology:topology"});
        const auto in_context = [&](const foreign_object& c) { left_.rest_of(c, "topology context", {"topology"}); };
        root_.within("tapi-topology:topology-context", "a topology context", in_context);
        root_.within("tapi-common:context", "a TAPI context", [&](const foreign_object& c) {
            left_.rest_of(c, "context", {"tapi-topology:topology-context"});
            c.within("tapi-topology:topology-context", "a topology context", in_context);
        });
        left_.tell(to_.losses, "no record has a place for it");
    }

  private:
    struct names {
        std::string id{}, name{};
        bool site = false;
    };
    struct edge {
        std::string node{}; ///< our id; empty: no node of this topology
        std::string direction{};
    };

    template <class F>
    void each_topology(F f) {
        const auto in_context = [&](const foreign_object& c) { c.each_object("topology", "a topology", f); };
        root_.each_object("tapi-topology:topology", "a topology", f);
        root_.within("tapi-topology:topology-context", "a topology context", in_context);
        root_.within("tapi-common:context", "a TAPI context", [&](const foreign_object& c) {
            if (c.has("topology-context"))
                c.problems().report(io::problem_level::schema, io::place(c.at(), "topology-context"),
                                    "tapi-topology:topology-context (RFC 7951)", "the name alone");
            c.within("tapi-topology:topology-context", "a topology context", in_context);
        });
    }
    void lost(const io::place& at, std::string what) { to_.losses.push_back({at.pointer(), std::move(what)}); }
    void semantic(const io::place& at, std::string expected, std::string found) const {
        root_.problems().report(io::problem_level::semantic, at, std::move(expected), std::move(found));
    }
    names read_names(const foreign_object& o) {
        names n;
        o.each_object("name", "a name and its value", [&](const foreign_object& pair) {
            const std::string key = pair.text("value-name"), value = pair.text("value");
            if (key == id_name)
                n.id = value;
            else if (key == site_name)
                n.site = value == "true";
            else if (n.name.empty())
                n.name = value;
            else
                left_.member(pair, "further name", "value");
        });
        return n;
    }
    /// The uuid of an object, which must be its own among its like.
    std::string uuid(const foreign_object& o, std::set<std::string>& taken) {
        if (!o.require("uuid", "a UUID")) return {};
        const std::string u = o.text("uuid");
        if (u.empty() || !taken.insert(u).second) {
            semantic(io::place(o.at(), "uuid"), "a UUID of its own",
                     u.empty() ? "an empty one" : "that of an earlier one");
            return {};
        }
        return u;
    }
    /// The id that uonaco wrote, or its name, or its uuid.
    template <class Record>
    void identify(Record& r, const char* kind, const std::string& uuid, const names& n, foreign_ids& ids) {
        r.id.text = ids.fresh(!n.id.empty() ? n.id : !n.name.empty() ? n.name : uuid);
        if (r.id.text != uuid && uuid != uuid_of(kind + r.id.text)) r.meta.labels.set(foreign_ids::label, uuid);
    }

    void survey(const foreign_object& t) {
        const std::string u = uuid(t, topologies_);
        if (u.empty()) return;
        if (first_.empty()) first_ = u;
        const io::value links = t.find("link");
        const bool meant = options_.topology.empty()
                               ? links && links.size() > 0
                               : options_.topology == u || options_.topology == read_names(t).name;
        if (meant && chosen_.empty()) {
            chosen_ = u;
            known_ = true;
        }
    }
    void topology(const foreign_object& t) {
        t.each_object("node", "a node", [&](const foreign_object& n) { node(n); });
        t.each_object("link", "a link", [&](const foreign_object& l) { link(l); });
        left_.rest_of(t, "topology entry", {"uuid", "name", "node", "link"});
    }

    void node(const foreign_object& n) {
        const std::string u = uuid(n, node_uuids_);
        if (u.empty()) return;
        const names named = read_names(n);
        network_node r;
        r.name = named.name;
        identify(r, "node ", u, named, node_ids_);
        nodes_.emplace(u, r.id.text);
        n.each_object("owned-node-edge-point", "a node edge point", [&](const foreign_object& p) {
            std::string direction = p.text("direction");
            if (direction.empty()) direction = p.text("link-port-direction"); // 2.1
            const std::string point = uuid(p, point_uuids_);
            usual_states(p);
            left_.rest_of(p, "node edge point",
                          {"uuid", "direction", "link-port-direction", "administrative-state", "operational-state",
                           "lifecycle-state"});
            if (!point.empty()) points_.emplace(point, edge{r.id.text, direction});
        });
        n.each_object("aggregated-node-edge-point", "a reference to a node edge point", [&](const foreign_object& p) {
            points_.emplace(p.text("node-edge-point-uuid"), edge{r.id.text, {}});
        });
        if (n.has("node-rule-group") && !rules_) {
            rules_ = true; // once: the figures of a network are full of them
            lost(io::place(n.at(), "node-rule-group"), "limits of switching: a node joins all its links");
        }
        usual_states(n);
        left_.rest_of(n, "node",
                      {"uuid", "name", "owned-node-edge-point", "aggregated-node-edge-point", "node-rule-group",
                       "operational-state", "administrative-state", "lifecycle-state", "total-potential-capacity",
                       "available-capacity", "latency-characteristic", "cost-characteristic"});
        for (const char* key :
             {"total-potential-capacity", "available-capacity", "latency-characteristic", "cost-characteristic"})
            if (n.has(key)) lost(io::place(n.at(), key), "nodes carry no figures");
        if (named.site || sites_.count(u) > 0 || (!named.name.empty() && sites_.count(named.name) > 0))
            to_.result.sites.push_back({.id = site_id(r.id.text), .meta = r.meta, .name = r.name});
        else
            to_.result.nodes.push_back(std::move(r));
    }

    /// Of nodes and their points, which have no status with us.
    void usual_states(const foreign_object& o) {
        for (const auto& [key, usual] : {std::pair("operational-state", "ENABLED"),
                                         {"administrative-state", "UNLOCKED"},
                                         {"lifecycle-state", "INSTALLED"}})
            if (const std::string state = o.text(key); !state.empty() && state != usual)
                lost(io::place(o.at(), key), "\"" + state + "\": nodes have no status, links have");
    }

    void link(const foreign_object& l) {
        const std::string u = uuid(l, link_uuids_);
        std::vector<edge> ends;
        l.require("node-edge-point", "two node edge points");
        l.each_object("node-edge-point", "a reference to a node edge point",
                      [&](const foreign_object& p) { end(p, ends); });
        if (u.empty()) return;
        if (ends.size() != 2) return lost(l.at(), "a link of " + counted(ends.size(), "end") + ": ours have two");
        if (ends[0].node.empty() || ends[1].node.empty()) return lost(l.at(), "a link that leaves its topology");
        if (ends[0].node == ends[1].node) return lost(l.at(), "a link inside one node");
        wan_link r;
        identify(r, "link ", u, read_names(l), link_ids_);
        direction(l, r, ends);
        r.src_node.text = ends[0].node;
        r.dst_node.text = ends[1].node;
        layer(l, r);
        capacities(l, r);
        timing(l, r);
        states(l, r);
        std::vector<std::string> groups;
        l.each_object("risk-characteristic", "a risk characteristic", [&](const foreign_object& c) {
            left_.rest_of(c, "risk characteristic", {"risk-characteristic-name", "risk-identifier-list"});
            c.each("risk-identifier-list", [&](const io::place& at, io::value v) {
                if (v.is(io::json_kind::string) && !v.text().empty()) return groups.emplace_back(v.text()), void();
                l.problems().report(io::problem_level::schema, at, "a string", io::describe(v));
            });
        });
        groups_.push_back(std::move(groups));
        constexpr struct {
            const char *key, *why;
        } without_place[] = {
            {"cost-characteristic", "a cost without unit"},
            {"error-characteristic", "a string without unit"},
            {"loss-characteristic", "a string without unit"},
            {"repeat-delivery-characteristic", "links have no place for it"},
            {"delivery-order-characteristic", "links have no place for it"},
            {"unavailable-time-characteristic", "a string without unit"},
            {"server-integrity-process-characteristic", "links have no place for it"},
            {"resilience-type", "protection is of circuits and options"},
        };
        for (const auto& m : without_place)
            if (const io::value v = l.find(m.key)) lost(io::place(l.at(), m.key), io::describe(v) + ": " + m.why);
        left_.rest_of(l, "link",
                      {"uuid",
                       "name",
                       "node-edge-point",
                       "direction",
                       "layer-protocol-name",
                       "total-potential-capacity",
                       "available-capacity",
                       "latency-characteristic",
                       "operational-state",
                       "administrative-state",
                       "lifecycle-state",
                       "risk-characteristic",
                       "cost-characteristic",
                       "error-characteristic",
                       "loss-characteristic",
                       "repeat-delivery-characteristic",
                       "delivery-order-characteristic",
                       "unavailable-time-characteristic",
                       "server-integrity-process-characteristic",
                       "resilience-type"});
        to_.result.links.push_back(std::move(r));
    }
    void end(const foreign_object& p, std::vector<edge>& ends) {
        if (!p.require("node-edge-point-uuid", "a UUID")) return;
        const auto point = points_.find(p.text("node-edge-point-uuid"));
        if (point != points_.end()) return ends.push_back(point->second);
        const auto node = nodes_.find(p.text("node-uuid")); // of a topology that is seen without its edge points
        ends.push_back({node != nodes_.end() ? node->second : std::string(), {}});
    }
    void direction(const foreign_object& l, wan_link& r, std::vector<edge>& ends) {
        const std::string text = l.text("direction");
        r.bidirectional = text.empty() || text == "BIDIRECTIONAL";
        if (r.bidirectional) return;
        const auto is = [](const edge& e, const char* now, const char* before) {
            return e.direction == now || e.direction == before;
        };
        const bool forth = is(ends[0], "SOURCE", "OUTPUT") || is(ends[1], "SINK", "INPUT");
        const bool back = is(ends[1], "SOURCE", "OUTPUT") || is(ends[0], "SINK", "INPUT");
        if (back && !forth) std::swap(ends[0], ends[1]);
        if (forth == back)
            lost(io::place(l.at(), "direction"),
                 "\"" + text + "\" between ends that do not say which is the source: the first is taken");
    }
    void layer(const foreign_object& l, wan_link& r) {
        bool first = true;
        l.each("layer-protocol-name", [&](const io::place& at, io::value v) {
            if (!v.is(io::json_kind::string))
                return l.problems().report(io::problem_level::schema, at, "a string", io::describe(v));
            for (const layer_name& known : layers)
                if (v.text() == known.name) {
                    if (first)
                        r.layer = known.layer;
                    else if (known.layer != r.layer)
                        lost(at, io::describe(v) + " beside another layer, which is kept");
                    if (v.text() == "DSR") lost(at, "\"DSR\", a layer that is not said: OTN is taken");
                    first = false;
                    return;
                }
            lost(at, io::describe(v) + " is no layer of ours");
        });
    }
    maybe<units::bit_rate> capacity(const foreign_object& l, const char* key) {
        maybe<units::bit_rate> rate;
        l.within(key, "a capacity", [&](const foreign_object& c) {
            left_.rest_of(c, "capacity part", {"total-size"});
            c.within("total-size", "a size", [&](const foreign_object& s) { rate = size(s); });
        });
        return rate;
    }
    maybe<units::bit_rate> size(const foreign_object& s) {
        const io::place at(s.at(), "value");
        const io::value v = s.find("value");
        if (!v) return {};
        const bool in_string = v.is(io::json_kind::string);
        const auto x = in_string       ? parse_measured(v.text())
                       : v.is_number() ? maybe<measured>(measured{v.number()})
                                       : maybe<measured>();
        if (!x || !x->unit.empty()) {
            s.problems().report(io::problem_level::schema, at, "a decimal number in a string", io::describe(v));
            return {};
        }
        if (!s.require("unit", "a unit of capacity, such as tapi-common:CAPACITY_UNIT_GBPS")) return {};
        const std::string text = s.text("unit");
        std::string_view name = text;
        for (const char* prefix : {"tapi-common:", "CAPACITY_UNIT_"})
            if (name.substr(0, std::string_view(prefix).size()) == prefix)
                name.remove_prefix(std::string_view(prefix).size());
        for (const unit_name& u : capacity_units) {
            if (name != u.name) continue;
            if (u.one > 0)
                return held_quantity<units::bit_rate>(s.problems(), at, v, x->number, foreign_unit::si(u.name, u.one),
                                                      allowed::from_zero);
            lost(s.at(),
                 std::string(in_string ? v.text() : std::string_view(io::describe(v))) + " " + u.name + ": no rate");
            return {};
        }
        if (!text.empty())
            s.problems().report(io::problem_level::schema, io::place(s.at(), "unit"),
                                "a unit of capacity, such as tapi-common:CAPACITY_UNIT_GBPS",
                                io::describe(s.find("unit")));
        return {};
    }
    void capacities(const foreign_object& l, wan_link& r) {
        r.capacity = options_.capacity.value_or(units::bit_rate());
        if (const auto total = capacity(l, "total-potential-capacity")) r.capacity = *total;
        const auto free = capacity(l, "available-capacity");
        if (!free) return;
        if (*free <= r.capacity)
            r.unreserved = free;
        else
            lost(io::place(l.at(), "available-capacity"), "more than the total: all of that is taken as free");
    }
    maybe<units::latency> latency(const foreign_object& c, const char* key) {
        const std::string text = c.text(key);
        if (text.empty()) return {};
        const io::place at(c.at(), key);
        const auto m = parse_measured(text);
        double one = 0;
        if (m && m->unit.empty() && options_.latency_unit) one = options_.latency_unit->si();
        for (const auto& [name, s] : std::initializer_list<std::pair<const char*, double>>{
                 {"s", 1.0}, {"ms", 1e-3}, {"us", 1e-6}, {"\xc2\xb5s", 1e-6}, {"\xce\xbcs", 1e-6}, {"ns", 1e-9}})
            if (m && m->unit == name) one = s;
        if (one > 0)
            return held_quantity<units::latency>(c.problems(), at, c.find(key), m->number,
                                                 foreign_unit::si("the unit that is stated", one), allowed::from_zero,
                                                 most_latency_us);
        lost(at, io::describe(c.find(key)) + (m && m->unit.empty() ? ": a time without unit" : ": no time"));
        return {};
    }
    void timing(const foreign_object& l, wan_link& r) {
        l.each_object("latency-characteristic", "a latency characteristic", [&](const foreign_object& c) {
            left_.rest_of(c, "latency characteristic",
                          {"traffic-property-name", "fixed-latency-characteristic", "jitter-characteristic",
                           "queuing-latency-characteristic", "queing-latency-characteristic", "wander-characteristic"});
            const auto fixed = latency(c, "fixed-latency-characteristic"), jitter = latency(c, "jitter-characteristic");
            if ((fixed && r.latency && *fixed != *r.latency) || (jitter && r.jitter && *jitter != *r.jitter))
                lost(c.at(), "latency of another traffic property: the first is kept");
            if (!r.latency) r.latency = fixed;
            if (!r.jitter) r.jitter = jitter;
            for (const char* key :
                 {"queuing-latency-characteristic", "queing-latency-characteristic", "wander-characteristic"})
                if (const io::value v = c.find(key))
                    lost(io::place(c.at(), key), io::describe(v) + ": links have no place for it");
        });
    }
    void states(const foreign_object& l, wan_link& r) {
        const auto unknown = [&](const char* key, const std::string& text) {
            lost(io::place(l.at(), key), "\"" + text + "\", which becomes " + to_string(r.oper_status));
        };
        const std::string operational = l.text("operational-state");
        if (operational == "DISABLED")
            r.oper_status = oper_status::down;
        else if (!operational.empty() && operational != "ENABLED")
            unknown("operational-state", operational);
        const std::string administrative = l.text("administrative-state");
        if (administrative == "LOCKED") r.oper_status = oper_status::down;
        if (!administrative.empty() && administrative != "UNLOCKED") unknown("administrative-state", administrative);
        const std::string lifecycle = l.text("lifecycle-state");
        if (lifecycle.empty() || lifecycle == "INSTALLED") return;
        if (lifecycle == "POTENTIAL_AVAILABLE" && r.capacity.si() > 0) { // what can be set up on demand
            r.create = provisioning{.rate = r.capacity};
            if (r.unreserved && *r.unreserved != r.capacity)
                lost(io::place(l.at(), "available-capacity"), "of a link that is still to be created");
            r.capacity = {};
            r.unreserved = {};
            return;
        }
        if (lifecycle != "PENDING_REMOVAL") r.oper_status = oper_status::down;
        unknown("lifecycle-state", lifecycle);
    }

    /// Identifiers that are numbers stand for themselves; others get the least numbers that are free, and a record with their name.
    void risks() {
        std::set<long long> taken;
        const auto number = [](const std::string& text) -> long long {
            long long n = -1;
            const auto end = std::from_chars(text.data(), text.data() + text.size(), n);
            const bool whole =
                end.ec == std::errc() && end.ptr == text.data() + text.size() && std::to_string(n) == text;
            return whole && n >= 0 && n <= static_cast<long long>(units::most_counted) ? n : -1;
        };
        for (const auto& of_link : groups_)
            for (const std::string& g : of_link) taken.insert(number(g));
        std::map<std::string, long long> named;
        foreign_ids ids;
        long long next = 1;
        for (std::size_t i = 0; i < groups_.size() && i < to_.result.links.size(); ++i)
            for (const std::string& g : groups_[i]) {
                long long n = number(g);
                if (n < 0) {
                    const auto [entry, fresh] = named.emplace(g, next);
                    if (fresh) {
                        while (taken.count(next) > 0) ++next;
                        entry->second = next++;
                        risk_group r;
                        ids.name(r, g);
                        r.srlg = entry->second;
                        to_.result.risks.push_back(std::move(r));
                    }
                    n = entry->second;
                }
                to_.result.links[i].srlgs.push_back(n);
            }
    }

    passed_over_members left_{};
    const foreign_object& root_;
    const tapi_options& options_;
    translated<estate>& to_;
    std::set<std::string> sites_;
    std::set<std::string> topologies_{}, node_uuids_{}, point_uuids_{}, link_uuids_{};
    std::string chosen_{}, first_{};
    bool known_ = false, rules_ = false;
    foreign_ids node_ids_{}, link_ids_{};
    std::map<std::string, std::string> nodes_{}; // uuid to id
    std::map<std::string, edge> points_{};
    std::vector<std::vector<std::string>> groups_{}; // of each link read
};

// ---- what is kept ----------------------------------------------------------------------------------------------------------------
/// The uuid an object came with, where it had one.
template <class Record>
void keep_uuid(Record& k, const Record& r, const char* kind) {
    const std::string* u = r.meta.labels.find(foreign_ids::label);
    if (u && is_uuid(*u) && *u != uuid_of(kind + r.id.text)) k.meta.labels.set(foreign_ids::label, *u);
}
template <class Record>
Record kept_node(const Record& r) {
    Record k;
    k.id = r.id;
    k.name = r.name;
    keep_uuid(k, r, "node ");
    return k;
}
inline wan_link kept(const wan_link& l) {
    wan_link k;
    k.id = l.id;
    keep_uuid(k, l, "link ");
    k.src_node = l.src_node;
    k.dst_node = l.dst_node;
    k.bidirectional = l.bidirectional;
    k.layer = written_layer(l.layer);
    k.oper_status = l.oper_status == oper_status::up ? oper_status::up : oper_status::down;
    k.capacity = kept(l.capacity);
    if (k.capacity.si() > 0 || l.unreserved) {
        if (l.unreserved) k.unreserved = kept(*l.unreserved);
    } else if (l.create && kept(l.create->rate).si() > 0) {
        k.create = provisioning{.rate = kept(l.create->rate)};
    }
    k.latency = l.latency;
    if (!l.latency && l.distance) // TAPI has no length of a link
        k.latency = units::latency::from_si(io::exchange_number(propagation(*l.distance, l.fibre).si(), 1e-6) * 1e-6);
    if (k.latency && units::in_exchange_unit(*k.latency) > most_latency_us) k.latency = {};
    k.jitter = l.jitter;
    std::set<units::count> seen; // a leaf-list has each once
    for (const units::count g : l.srlgs)
        if (seen.insert(g).second) k.srlgs.push_back(g);
    return k;
}
inline estate kept(const estate& e) {
    estate k;
    for (const site& s : e.sites) k.sites.push_back(kept_node(s));
    for (const network_node& n : e.nodes) k.nodes.push_back(kept_node(n));
    for (const wan_link& l : e.links) k.links.push_back(kept(l));
    return k;
}

// ---- writing ---------------------------------------------------------------------------------------------------------------------
class writer {
  public:
    /// `kept`: what is written; `risks`: whose names stand for their numbers.
    writer(const estate& kept, const std::vector<risk_group>& risks, std::string_view topology)
        : e_(kept), topology_name_(topology), topology_(uuid_of("topology " + topology_name_)) {
        for (const risk_group& r : risks) risks_.emplace(r.srlg, foreign_name(r));
    }

    std::string text() {
        for (const wan_link& l : e_.links)
            for (const node_id* end : {&l.src_node, &l.dst_node}) {
                ends_[end->text].push_back(&l);
                layers_[end->text].insert(l.layer);
                all_layers_.insert(l.layer);
            }
        if (all_layers_.empty()) all_layers_.insert(network_layer::otn);
        note_uuids(e_.sites, "node ");
        note_uuids(e_.nodes, "node ");
        note_uuids(e_.links, "link ");
        for (const site& s : e_.sites) uuids_.emplace(s.id.text, uuid(s, "node "));
        for (const network_node& n : e_.nodes) uuids_.emplace(n.id.text, uuid(n, "node "));
        d_.open_object();
        d_.key("tapi-common:context").open_object();
        d_.key("uuid").string(uuid_of("context " + topology_name_));
        d_.key("tapi-topology:topology-context").open_object();
        d_.key("topology").open_array();
        d_.open_object();
        d_.key("uuid").string(topology_);
        names({{plain_name, topology_name_}});
        layer_names(all_layers_);
        d_.key("node").open_array();
        for (const site& s : e_.sites) node(s, true);
        for (const network_node& n : e_.nodes) node(n, false);
        d_.close();
        d_.key("link").open_array();
        for (const wan_link& l : e_.links) link(l);
        for (int open = 0; open < 6; ++open) d_.close();
        return io::to_text(d_);
    }

  private:
    template <class Record>
    void note_uuids(const std::vector<Record>& all, const char* kind) {
        for (const Record& r : all)
            if (const std::string* u = r.meta.labels.find(foreign_ids::label)) stated_.insert(kind + *u);
    }
    /// The one it came with, or one made of its id that nobody else has or came with.
    template <class Record>
    std::string uuid(const Record& r, const char* kind) {
        const std::string* u = r.meta.labels.find(foreign_ids::label);
        if (u && given_.insert(kind + *u).second) return *u;
        std::string made = uuid_of(kind + r.id.text);
        for (int n = 2; stated_.count(kind + made) > 0 || !given_.insert(kind + made).second; ++n)
            made = uuid_of(kind + r.id.text + " " + std::to_string(n));
        return made;
    }
    static std::string point(const wan_link& l, const std::string& node) {
        return uuid_of("point " + l.id.text + " " + node);
    }

    void names(std::initializer_list<std::pair<const char*, std::string>> all) {
        d_.key("name").open_array();
        for (const auto& [key, value] : all) {
            if (value.empty()) continue;
            d_.open_object();
            d_.key("value-name").string(key);
            d_.key("value").string(value);
            d_.close();
        }
        d_.close();
    }
    void layer_names(const std::set<network_layer>& named) {
        d_.key("layer-protocol-name").open_array();
        for (const network_layer l : named) d_.string(name_of(l));
        d_.close();
    }
    template <class Record>
    void node(const Record& r, bool is_site) {
        d_.open_object();
        d_.key("uuid").string(uuids_[r.id.text]);
        names({{id_name, r.id.text}, {plain_name, r.name}, {site_name, is_site ? "true" : ""}});
        const auto own = layers_.find(r.id.text);
        layer_names(own != layers_.end() ? own->second : all_layers_);
        if (const auto ends = ends_.find(r.id.text); ends != ends_.end()) {
            d_.key("owned-node-edge-point").open_array();
            for (const wan_link* l : ends->second) {
                d_.open_object();
                d_.key("uuid").string(point(*l, r.id.text));
                d_.key("layer-protocol-name").string(name_of(l->layer));
                d_.key("direction")
                    .string(l->bidirectional                ? "BIDIRECTIONAL"
                            : l->src_node.text == r.id.text ? "SOURCE"
                                                            : "SINK");
                d_.close();
            }
            d_.close();
        }
        d_.close();
    }
    void capacity(const char* key, units::bit_rate r) {
        d_.key(key).open_object();
        d_.key("total-size").open_object();
        d_.key("value").string(rate_text(r));
        d_.key("unit").string("tapi-common:CAPACITY_UNIT_GBPS");
        d_.close();
        d_.close();
    }
    static std::string time_text(units::latency t) {
        std::string text;
        io::append_number(text, io::exchange_number(t.si(), 1e-6));
        return text + " us";
    }
    void link(const wan_link& l) {
        d_.open_object();
        d_.key("uuid").string(uuid(l, "link "));
        names({{id_name, l.id.text}});
        layer_names({l.layer});
        d_.key("direction").string(l.bidirectional ? "BIDIRECTIONAL" : "UNIDIRECTIONAL");
        d_.key("node-edge-point").open_array();
        for (const node_id* end : {&l.src_node, &l.dst_node}) {
            d_.open_object();
            d_.key("topology-uuid").string(topology_);
            d_.key("node-uuid").string(uuids_[end->text]);
            d_.key("node-edge-point-uuid").string(point(l, end->text));
            d_.close();
        }
        d_.close();
        d_.key("administrative-state").string("UNLOCKED");
        d_.key("operational-state").string(l.oper_status == oper_status::up ? "ENABLED" : "DISABLED");
        d_.key("lifecycle-state").string(l.create ? "POTENTIAL_AVAILABLE" : "INSTALLED");
        capacity("total-potential-capacity", l.create ? l.create->rate : l.capacity);
        if (l.unreserved) capacity("available-capacity", *l.unreserved);
        if (l.latency || l.jitter) {
            d_.key("latency-characteristic").open_array();
            d_.open_object();
            d_.key("traffic-property-name").string("FIXED_LATENCY");
            if (l.latency) d_.key("fixed-latency-characteristic").string(time_text(*l.latency));
            if (l.jitter) d_.key("jitter-characteristic").string(time_text(*l.jitter));
            d_.close();
            d_.close();
        }
        if (!l.srlgs.empty()) {
            d_.key("risk-characteristic").open_array();
            d_.open_object();
            d_.key("risk-characteristic-name").string("SRLG");
            d_.key("risk-identifier-list").open_array();
            for (const units::count g : l.srlgs) {
                const auto named = risks_.find(g);
                d_.string(named != risks_.end() ? named->second : std::to_string(g));
            }
            d_.close();
            d_.close();
            d_.close();
        }
        d_.close();
    }

    const estate& e_;
    std::string topology_name_, topology_;
    io::document d_{};
    std::map<units::count, std::string> risks_{};
    std::map<std::string, std::vector<const wan_link*>> ends_{}; // by node
    std::map<std::string, std::set<network_layer>> layers_{};
    std::set<network_layer> all_layers_{};
    std::map<std::string, std::string> uuids_{};
    std::set<std::string> stated_{}, given_{}; ///< UUIDs behind what they are of
};

} // namespace detail::tapi

/// The nodes and links of a TAPI topology; see docs/adapt/tapi.md. O(n log n).
inline imported<estate> from_tapi(std::string_view text, const tapi_options& options = {}) {
    return read_foreign<estate>(
        text, options.load, "a TAPI document",
        [&](const foreign_object& root, translated<estate>& to) { detail::tapi::reader(root, options, to).read(); });
}

/// Sites, nodes and links as a TAPI context with one topology of that name. Deterministic, uuids included. O(n log n). Precondition:
/// load<scenario> takes the estate.
inline translated<std::string> to_tapi(const estate& e, std::string_view topology = "uonaco") {
    translated<std::string> to;
    const estate kept = detail::tapi::kept(e);
    lost_members lost(to.losses, "a TAPI topology has no place for it");
    const io::place root;
    const auto compare = [&](const char* key, const auto& whole, const auto& rest) {
        const io::place list(root, key);
        for (std::size_t i = 0; i < whole.size(); ++i) lost.compare(io::place(list, i), whole[i], rest[i]);
    };
    compare("sites", e.sites, kept.sites);
    compare("nodes", e.nodes, kept.nodes);
    compare("links", e.links, kept.links);
    std::set<units::count> of_links;
    for (const wan_link& l : e.links) of_links.insert(l.srlgs.begin(), l.srlgs.end());
    lost.all_but({"sites", "nodes", "links", "risks"}, e);
    const io::place risks(root, "risks");
    for (std::size_t i = 0; i < e.risks.size(); ++i) {
        const risk_group& r = e.risks[i];
        risk_group rest;
        rest.id = r.id;
        rest.srlg = r.srlg;
        if (const std::string* label = r.meta.labels.find(foreign_ids::label))
            rest.meta.labels.set(foreign_ids::label, *label);
        if (of_links.count(r.srlg) > 0)
            lost.compare(io::place(risks, i), r, rest);
        else
            lost.add(io::place(risks, i), "the risk group \"" + r.id.text + "\", which no link has");
    }
    to.result = detail::tapi::writer(kept, e.risks, topology).text();
    return to;
}

} // namespace uonaco::inline UONACO_ABI::adapt
