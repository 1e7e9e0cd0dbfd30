// SPDX-License-Identifier: Apache-2.0
// Topologies as the IETF models them: RFC 8345 networks, nodes and links with the TE attributes of RFC 8795, in the JSON of RFC 7951.
// Revisions: ietf-network and ietf-network-topology 2018-02-26, ietf-te-topology 2020-08-06, ietf-te-types 2020-06-10;
// ietf-otn-topology 2026-06-12 for lengths, ietf-te-topology-packet 2024-06-08 for jitter and loss.
#pragma once

#include "foreign_ids.hpp"
#include "foreign_loss.hpp"
#include "foreign_quantity.hpp"

#include <cstdio>

namespace uonaco::inline UONACO_ABI::adapt {

/// What an RFC 8345 topology does not say.
struct rfc8345_options {
    std::string network{};             ///< network-id of the one to read; empty: the first that no other is built on
    std::vector<std::string> sites{};  ///< node-ids, or names, of nodes that are sites
    maybe<units::bit_rate> capacity{}; ///< of links that state none; unknown: nothing is in service on them
    io::load_options load{};
};

namespace detail::rfc8345 {

inline constexpr double byte_rate = 8.0; // bit/s: bandwidths are in bytes per second (RFC 8795, RFC 8294)
inline constexpr const char* reverse_label = "reverse_id";
inline constexpr const char* te_node_label = "te_node_id";

// ---- spellings -------------------------------------------------------------------------------------------------------------------
/// A te-bandwidth that is one number: decimal, hexadecimal, or a hexadecimal float (ietf-te-types). Unknown for lists and anything else.
inline maybe<double> parse_bandwidth(std::string_view text) {
    const auto all = [](std::string_view s, auto f) {
        for (const char c : s)
            if (!f(c)) return false;
        return !s.empty();
    };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto hex = [&](char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    double x = 0;
    const bool prefixed = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    if (!prefixed && !all(text, digit)) return {};
    if (prefixed) text.remove_prefix(2);
    if (!hex(text[0])) return {};
    const auto end = std::from_chars(text.data(), text.data() + text.size(), x,
                                     prefixed ? std::chars_format::hex : std::chars_format::fixed);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !math::finite(x)) return {};
    return x;
}
/// Whole bytes per second: as the float of RFC 8294 where its 24 bits hold them, in decimals otherwise.
inline std::string bandwidth_text(double bytes) {
    if (bytes == 0) return "0x0p0";
    if (static_cast<double>(static_cast<float>(bytes)) == bytes) {
        char digits[40];
        const auto end = std::to_chars(digits, digits + sizeof digits, bytes, std::chars_format::hex).ptr;
        std::string text = "0x" + std::string(digits, end);
        if (const std::size_t p = text.find("p+"); p != text.npos) text.erase(p + 1, 1);
        return text;
    }
    char digits[40];
    return {digits, std::to_chars(digits, digits + sizeof digits, bytes, std::chars_format::fixed, 0).ptr};
}
/// Records hold up to 1e18 bit/s, whose bytes a long long counts.
inline double whole_bytes(units::bit_rate r) { return math::floor(r.si() / byte_rate + 0.5); }

/// A decimal64, as RFC 7951 spells it: in a string. Numbers are taken too.
inline maybe<double> decimal(const foreign_object& o, std::string_view key, double least, double most) {
    const io::value v = o.find(key);
    if (!v || !v.is(io::json_kind::string)) return o.number(key, least, most);
    const std::string_view text = v.text();
    double x = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), x, std::chars_format::fixed);
    if (end.ec == std::errc() && end.ptr == text.data() + text.size() && x >= least && x <= most) return x;
    std::string expected = "a decimal number in a string, at least ";
    io::append_number(expected, least);
    io::append_number(expected += ", at most ", most);
    o.problems().report(io::problem_level::schema, io::place(o.at(), key), std::move(expected), io::describe(v));
    return {};
}
/// With so many digits after the point, as few as say the same.
inline std::string decimal_text(double x, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, x);
    std::string s = text;
    while (s.back() == '0' && s[s.size() - 2] != '.') s.pop_back();
    return s == "-0.0" ? "0.0" : s;
}
inline double rounded(double x, int digits) {
    const std::string text = decimal_text(x, digits);
    double y = 0;
    std::from_chars(text.data(), text.data() + text.size(), y);
    return y;
}
inline std::string dotted_quad(std::size_t n) {
    std::string text;
    for (const int shift : {24, 16, 8, 0}) text += (text.empty() ? "" : ".") + std::to_string(n >> shift & 255);
    return text;
}
inline bool is_dotted_quad(std::string_view text) {
    int parts = 0;
    while (true) {
        const std::size_t dot = std::min(text.find('.'), text.size());
        unsigned n = 256;
        const auto end = std::from_chars(text.data(), text.data() + dot, n);
        if (end.ptr != text.data() + dot || dot == 0 || dot > 3 || n > 255) return false;
        if (++parts == 4 || dot == text.size()) return parts == 4 && dot == text.size();
        text.remove_prefix(dot + 1);
    }
}

struct layer_name {
    network_layer layer;
    const char *switching, *encoding;
};
/// The first of a layer is written. Fine grain OTN is switched as OTN is.
inline constexpr layer_name layers[] = {
    {network_layer::ethernet, "switching-psc1", "lsp-encoding-ethernet"},
    {network_layer::otn, "switching-otn", "lsp-encoding-oduk"},
    {network_layer::optical_channel, "switching-lsc", "lsp-encoding-optical-channel"},
    {network_layer::media, "switching-fsc", "lsp-encoding-fiber"},
    {network_layer::ethernet, "switching-l2sc", ""},
    {network_layer::ethernet, "switching-evpl", ""},
    {network_layer::ethernet, "switching-dcsc", ""},
    {network_layer::otn, "switching-tdm", ""},
};
inline network_layer written_layer(network_layer l) { return l == network_layer::fgotn ? network_layer::otn : l; }

struct odu_rate {
    const char* type;
    double kbps;
};
/// Nominal bit rates (ITU-T G.709).
inline constexpr odu_rate odu_rates[] = {{"ODU0", 1244160.0},     {"ODU1", 2498775.126},  {"ODU2", 10037273.924},
                                         {"ODU2e", 10399525.316}, {"ODU3", 40319218.983}, {"ODU4", 104794445.815}};

/// An identity without the name of its module.
inline std::string_view unqualified(std::string_view identity) {
    const std::size_t colon = identity.find(':');
    return colon == identity.npos ? identity : identity.substr(colon + 1);
}

// ---- reading ---------------------------------------------------------------------------------------------------------------------
class reader {
  public:
    reader(const foreign_object& root, const rfc8345_options& options, translated<estate>& to)
        : root_(root), options_(options), to_(to), sites_(options.sites.begin(), options.sites.end()) {}

    void read() {
        if (!root_.has("ietf-network:network") && !root_.require("ietf-network:networks", "RFC 8345 networks")) return;
        each_network([&](const foreign_object& n) { survey(n); });
        if (networks_.empty() && root_.problems().count() == 0) semantic(root_.at(), "at least one network", "none");
        if (root_.problems().count() > 0 || !choose()) return;
        each_network([&](const foreign_object& n) {
            if (n.text("network-id") == chosen_) nodes(n);
        });
        each_network([&](const foreign_object& n) {
            if (below_.count(n.text("network-id")) > 0) fibre(n);
        });
        each_network([&](const foreign_object& n) {
            if (n.text("network-id") == chosen_) links(n);
        });
        left_.rest_of(root_, "document", {"ietf-network:networks", "ietf-network:network"});
        left_.tell(to_.losses, "no record has a place for it");
    }

  private:
    struct arc {
        wan_link link{};
        std::string foreign{}, from_tp{}, to_tp{};
        std::string pointer{};
    };

    template <class F>
    void each_network(F f) {
        if (root_.has("ietf-network:network")) return root_.each_object("ietf-network:network", "a network", f);
        root_.within("ietf-network:networks", "RFC 8345 networks", [&](const foreign_object& n) {
            n.each_object(n.has("network") ? "network" : "ietf-network:network", "a network", f);
        });
    }
    void lost(const io::place& at, std::string what) { to_.losses.push_back({at.pointer(), std::move(what)}); }
    void semantic(const io::place& at, std::string expected, std::string found) const {
        root_.problems().report(io::problem_level::semantic, at, std::move(expected), std::move(found));
    }
    /// Members of another module stand under its name: without it they would be passed over in silence.
    void qualified(const foreign_object& o, const char* key, const char* module) const {
        if (o.has(key))
            o.problems().report(io::problem_level::schema, io::place(o.at(), key),
                                std::string(module) + ":" + key + " (RFC 7951)", "the name alone");
    }

    void survey(const foreign_object& n) {
        if (!n.require("network-id", "a URI")) return;
        const std::string id = n.text("network-id");
        if (!networks_.emplace(id, std::set<std::string>()).second)
            return semantic(io::place(n.at(), "network-id"), "an id of its own", "that of an earlier network");
        order_.push_back(id);
        n.each_object("supporting-network", "a network reference", [&](const foreign_object& s) {
            const std::string below = s.text("network-ref");
            if (below != id) networks_[id].insert(below);
        });
        qualified(n, "link", "ietf-network-topology");
    }
    bool choose() {
        chosen_ = options_.network;
        if (chosen_.empty()) {
            std::set<std::string> supporting;
            for (const auto& [id, below] : networks_) supporting.insert(below.begin(), below.end());
            for (const std::string& id : order_)
                if (chosen_.empty() && supporting.count(id) == 0) chosen_ = id;
            if (chosen_.empty()) chosen_ = order_.front(); // each is built on another
        }
        const auto found = networks_.find(chosen_);
        if (found == networks_.end()) {
            semantic(root_.at(), "a network \"" + chosen_ + "\"", "none of that id");
            return false;
        }
        below_ = found->second;
        each_network([&](const foreign_object& n) {
            const std::string id = n.text("network-id");
            if (id == chosen_ || below_.count(id) > 0) return;
            lost(n.at(), "network " + io::describe(n.find("network-id")) + ": \"" + chosen_ + "\" is read");
        });
        return true;
    }

    // -- nodes
    void nodes(const foreign_object& network) {
        std::size_t position = 0;
        // RFC 7951 has the simple name here; some write the module before it all the same.
        for (const char* key : {"node", "ietf-network:node"})
            network.each_object(key, "a node", [&](const foreign_object& n) { node(n, ++position); });
        left_.rest_of(network, "network",
                      {"network-id", "network-types", "node", "ietf-network:node", "supporting-network",
                       "ietf-network-topology:link"});
    }
    void points(const foreign_object& n) {
        n.each_object("ietf-network-topology:termination-point", "a termination point",
                      [&](const foreign_object& p) { left_.rest_of(p, "termination point", {"tp-id"}); });
    }
    void node(const foreign_object& n, std::size_t position) {
        if (!n.require("node-id", "a URI")) return;
        const std::string foreign = n.text("node-id");
        if (foreign.empty() || node_ids_by_name_.count(foreign) > 0)
            return semantic(io::place(n.at(), "node-id"), "an id of its own",
                            foreign.empty() ? "an empty one" : "that of an earlier node");
        qualified(n, "te", "ietf-te-topology");
        network_node r;
        r.id.text = node_ids_.fresh(foreign);
        if (r.id.text != foreign) r.meta.labels.set(foreign_ids::label, foreign);
        node_ids_by_name_.emplace(foreign, r.id.text);
        n.each_object("supporting-node", "a node reference", [&](const foreign_object& s) {
            supports_.emplace(s.text("network-ref") + "\n" + s.text("node-ref"), r.id.text);
        });
        const std::string te_id = n.text("ietf-te-topology:te-node-id");
        if (!te_id.empty() && te_id != dotted_quad(position)) r.meta.labels.set(te_node_label, te_id);
        left_.rest_of(n, "node",
                      {"node-id", "supporting-node", "ietf-te-topology:te-node-id", "ietf-te-topology:te",
                       "ietf-network-topology:termination-point"});
        points(n);
        n.within("ietf-te-topology:te", "TE attributes of a node", [&](const foreign_object& te) {
            left_.rest_of(te, "node's TE part", {"te-node-attributes", "oper-status", "geolocation"});
            te.within("te-node-attributes", "attributes of a node", [&](const foreign_object& a) {
                r.name = a.text("name");
                left_.rest_of(a, "node's attribute list", {"name", "connectivity-matrices"});
                if (a.has("connectivity-matrices"))
                    lost(io::place(a.at(), "connectivity-matrices"), "limits of switching: a node joins all its links");
            });
            const std::string status = te.text("oper-status");
            if (!status.empty() && status != "up")
                lost(io::place(te.at(), "oper-status"), "\"" + status + "\": nodes have no status, links have");
            te.within("geolocation", "a place", [&](const foreign_object& g) {
                const auto lat = decimal(g, "latitude", -90, 90), lon = decimal(g, "longitude", -180, 180);
                if (lat && lon)
                    r.location = location{*lat, *lon};
                else if (lat || lon)
                    lost(g.at(), "one coordinate without the other");
                if (g.has("altitude")) lost(io::place(g.at(), "altitude"), "a location has no height");
            });
        });
        if (sites_.count(foreign) > 0 || (!r.name.empty() && sites_.count(r.name) > 0))
            to_.result.sites.push_back(
                {.id = site_id(r.id.text), .meta = r.meta, .name = r.name, .location = r.location});
        else
            to_.result.nodes.push_back(std::move(r));
    }

    // -- links
    /// Ends, TE attributes and termination points; nothing if its ends are not known, which is on record then.
    bool read_arc(const foreign_object& l, arc& a, const std::string* below) {
        if (!l.require("link-id", "a URI")) return false;
        a.foreign = l.text("link-id");
        a.pointer = l.at().pointer();
        qualified(l, "te", "ietf-te-topology");
        if (!l.has("source") || !l.has("destination")) { // an access link, as ACTN's black topologies have them
            lost(l.at(), "a link with an open end: ours have two");
            return false;
        }
        const bool from = end(l, "source", "source-node", "source-tp", below, a.link.src_node, a.from_tp);
        const bool to = end(l, "destination", "dest-node", "dest-tp", below, a.link.dst_node, a.to_tp);
        if (a.foreign.empty()) semantic(io::place(l.at(), "link-id"), "a URI", "an empty one");
        if (!from || !to || a.foreign.empty()) return false;
        if (a.link.src_node == a.link.dst_node) {
            semantic(io::place(l.at(), "destination"), "another node than the source", "the same");
            return false;
        }
        if (!below) a.link.capacity = options_.capacity.value_or(units::bit_rate());
        left_.rest_of(l, "link", {"link-id", "source", "destination", "supporting-link", "ietf-te-topology:te"});
        l.within("ietf-te-topology:te", "TE attributes of a link", [&](const foreign_object& te) {
            status(te, a.link);
            left_.rest_of(te, "link's TE part", {"oper-status", "te-link-attributes"});
            te.within("te-link-attributes", "attributes of a link",
                      [&](const foreign_object& t) { attributes(t, a.link); });
        });
        return true;
    }
    bool end(const foreign_object& l, const char* key, const char* node_key, const char* tp_key,
             const std::string* below, node_id& node, std::string& tp) {
        if (!l.require(key, "an end of a link")) return false;
        bool found = false;
        l.within(key, "an end of a link", [&](const foreign_object& e) {
            if (!e.require(node_key, "the id of a node")) return;
            const std::string name = e.text(node_key);
            tp = e.text(tp_key);
            if (name.empty()) return;
            if (below) {
                node.text = node_below(*below, name);
                found = true;
                return;
            }
            const auto known = node_ids_by_name_.find(name);
            found = known != node_ids_by_name_.end();
            if (found)
                node.text = known->second;
            else
                semantic(io::place(e.at(), node_key), "the id of a node", io::describe(e.find(node_key)));
        });
        return found;
    }
    void status(const foreign_object& te, wan_link& l) {
        const std::string text = te.text("oper-status");
        if (text.empty()) return;
        for (const oper_status s : {oper_status::up, oper_status::down, oper_status::testing})
            if (text == to_string(s)) {
                l.oper_status = s;
                return;
            }
        if (text == "maintenance") l.oper_status = oper_status::down;
        lost(io::place(te.at(), "oper-status"), "\"" + text + "\", which becomes " + to_string(l.oper_status));
    }
    void attributes(const foreign_object& t, wan_link& l) {
        layer(t, l);
        left_.rest_of(t, "link's attribute list",
                      {"interface-switching-capability", "max-link-bandwidth", "unreserved-bandwidth",
                       "te-delay-metric", "ietf-te-topology-packet:performance-metrics-one-way", "te-srlgs",
                       "ietf-otn-topology:otn-link", "admin-status", "max-resv-link-bandwidth", "administrative-group",
                       "link-protection-type", "te-default-metric", "te-igp-metric", "te-nsrlgs", "label-restrictions",
                       "underlay"});
        if (const auto c = bandwidth(t, "max-link-bandwidth")) l.capacity = *c;
        unreserved(t, l);
        if (t.count("te-delay-metric", 0, 4294967295))
            l.latency =
                read_quantity<units::latency>(t, "te-delay-metric", {"us"}, allowed::from_zero, most_latency_us);
        t.within("ietf-te-topology-packet:performance-metrics-one-way", "performance metrics",
                 [&](const foreign_object& p) { packets(p, l); });
        t.within("te-srlgs", "shared-risk groups", [&](const foreign_object& s) {
            s.each("value", [&](const io::place& at, io::value v) {
                if (v.is_number() && v.number() >= 0 && v.number() <= 4294967295.0 &&
                    v.number() == math::floor(v.number()))
                    return l.srlgs.push_back(static_cast<long long>(v.number()));
                t.problems().report(io::problem_level::schema, at, "a whole number, at least 0, at most 4294967295",
                                    io::describe(v));
            });
        });
        t.within("ietf-otn-topology:otn-link", "an OTN link", [&](const foreign_object& o) {
            l.distance = read_quantity<units::distance>(o, "distance", {"km"}, allowed::from_zero);
            left_.rest_of(o, "OTN link", {"distance"});
            if (faster_than_light(l.latency, l.distance)) {
                lost(io::place(o.at(), "distance"),
                     io::describe(o.find("distance")) + " km, which light does not cross in the delay");
                l.distance = {};
            }
        });
        const std::string admin = t.text("admin-status");
        if (!admin.empty() && admin != "up") {
            l.oper_status = oper_status::down;
            lost(io::place(t.at(), "admin-status"), "\"" + admin + "\", which becomes down");
        }
        constexpr struct {
            const char *key, *why;
        } without_place[] = {
            {"max-resv-link-bandwidth", "what is unreserved is kept, not what may be reserved"},
            {"administrative-group", "links have no colour"},
            {"link-protection-type", "protection is of circuits and options"},
            {"te-default-metric", "links are weighed by what they are"},
            {"te-igp-metric", "links are weighed by what they are"},
            {"te-nsrlgs", "groups that are to be disjoint"},
            {"label-restrictions", "links have no spectrum"},
            {"underlay", "only supporting links are followed"},
        };
        for (const auto& m : without_place)
            if (const io::value v = t.find(m.key)) lost(io::place(t.at(), m.key), io::describe(v) + ": " + m.why);
    }
    void layer(const foreign_object& t, wan_link& l) {
        bool first = true;
        t.each_object("interface-switching-capability", "a switching capability", [&](const foreign_object& c) {
            const std::string text = c.text("switching-capability");
            const std::string_view name = unqualified(text);
            left_.rest_of(c, "switching entry", {"switching-capability", "encoding", "max-lsp-bandwidth"});
            if (c.has("max-lsp-bandwidth"))
                lost(io::place(c.at(), "max-lsp-bandwidth"), "one path may take all that is free");
            for (const layer_name& known : layers)
                if (name == known.switching) {
                    if (first)
                        l.layer = known.layer;
                    else if (l.layer != known.layer)
                        lost(c.at(), "\"" + text + "\" beside another layer, which is kept");
                    first = false;
                    return;
                }
            if (!text.empty()) lost(io::place(c.at(), "switching-capability"), "\"" + text + "\" is no layer of ours");
        });
    }
    maybe<units::bit_rate> bandwidth(const foreign_object& t, const char* key) {
        maybe<units::bit_rate> rate;
        t.within(key, "a bandwidth", [&](const foreign_object& b) { rate = te_bandwidth(b); });
        return rate;
    }
    maybe<units::bit_rate> te_bandwidth(const foreign_object& b) {
        maybe<units::bit_rate> rate;
        b.within("te-bandwidth", "a TE bandwidth", [&](const foreign_object& w) {
            if (w.has("generic"))
                rate = generic(w);
            else if (w.has("ietf-otn-topology:otn-bandwidth"))
                rate = odus(w);
            left_.rest_of(w, "bandwidth",
                          {"generic", rate || !w.has("generic") ? "ietf-otn-topology:otn-bandwidth" : ""});
        });
        return rate;
    }
    maybe<units::bit_rate> generic(const foreign_object& w) {
        const io::place at(w.at(), "generic");
        const std::string text = w.text("generic");
        if (text.find(',') != text.npos) {
            lost(at, "\"" + text + "\": a list of slots, not a rate");
            return {};
        }
        const auto bytes = parse_bandwidth(text);
        if (bytes)
            return held_quantity<units::bit_rate>(w.problems(), at, w.find("generic"), *bytes,
                                                  foreign_unit::si("byte/s", byte_rate), allowed::from_zero);
        w.problems().report(io::problem_level::schema, at, "bytes per second, such as \"0x1p30\" or \"1250000000\"",
                            io::describe(w.find("generic")));
        return {};
    }
    /// The most that any one of the listed kinds of ODU makes up: they share the link's slots.
    maybe<units::bit_rate> odus(const foreign_object& w) {
        maybe<units::bit_rate> most;
        w.within("ietf-otn-topology:otn-bandwidth", "an OTN bandwidth", [&](const foreign_object& b) {
            b.each_object("odulist", "a kind of ODU", [&](const foreign_object& o) {
                const std::string text = o.text("odu-type");
                const auto number = o.count("number", 0, 65535);
                const odu_rate* known = nullptr;
                for (const odu_rate& r : odu_rates)
                    if (unqualified(text) == r.type) known = &r;
                if (!known) return lost(o.at(), "\"" + text + "\": a rate by slots");
                left_.rest_of(o, "ODU entry", {"odu-type", "number"});
                const auto rate = units::bit_rate::from_si(static_cast<double>(number.value_or(0)) * known->kbps * 1e3);
                if (!most || *most < rate) most = rate;
            });
        });
        return most;
    }
    /// What is left for the lowest priority that is listed (7 is the lowest): what nobody has reserved.
    void unreserved(const foreign_object& t, wan_link& l) {
        long long lowest = -1;
        std::map<long long, units::bit_rate> rates;
        t.each_object("unreserved-bandwidth", "an unreserved bandwidth", [&](const foreign_object& u) {
            if (!u.require("priority", "0 to 7")) return;
            const auto priority = u.count("priority", 0, 7);
            const auto rate = te_bandwidth(u);
            if (!priority || !rate) return;
            rates[*priority] = *rate;
            lowest = std::max(lowest, *priority);
        });
        if (lowest < 0) return;
        const io::place at(t.at(), "unreserved-bandwidth");
        const units::bit_rate left = rates[lowest];
        for (const auto& [priority, rate] : rates)
            if (rate != left) {
                lost(at, "what higher priorities may take");
                break;
            }
        if (left <= l.capacity)
            l.unreserved = left;
        else
            lost(at, "more than max-link-bandwidth: all of that is taken as free");
    }
    void packets(const foreign_object& p, wan_link& l) {
        const auto delay =
            read_quantity<units::latency>(p, "one-way-delay", {"us"}, allowed::from_zero, most_latency_us);
        if (!l.latency)
            l.latency = delay;
        else if (delay && *delay != *l.latency)
            lost(io::place(p.at(), "one-way-delay"),
                 io::describe(p.find("one-way-delay")) + ": te-delay-metric is kept");
        l.jitter =
            read_quantity<units::latency>(p, "one-way-delay-variation", {"us"}, allowed::from_zero, most_latency_us);
        if (const auto percent = decimal(p, "one-way-packet-loss", 0, 100))
            l.loss = held_quantity<units::ratio>(p.problems(), io::place(p.at(), "one-way-packet-loss"),
                                                 p.find("one-way-packet-loss"), *percent,
                                                 foreign_unit{"percent", 1, 100}, allowed::from_zero);
        for (const char* key : {"one-way-min-delay", "one-way-max-delay", "one-way-residual-bandwidth",
                                "one-way-available-bandwidth", "one-way-utilized-bandwidth"})
            if (p.has(key)) lost(io::place(p.at(), key), io::describe(p.find(key)) + ": links have no place for it");
        left_.rest_of(p, "metric list",
                      {"one-way-delay", "one-way-delay-variation", "one-way-packet-loss", "one-way-min-delay",
                       "one-way-max-delay", "one-way-residual-bandwidth", "one-way-available-bandwidth",
                       "one-way-utilized-bandwidth"});
    }

    /// Calls f(arc, arc of the other direction or null) for all links of a network, in order. Directions belong together where they join the
    /// same termination points, or the same nodes where none are named, and say the same.
    template <class F>
    void each_pair(const foreign_object& network, const std::string* below, std::set<std::string>& names, F f) {
        std::vector<arc> arcs;
        network.each_object("ietf-network-topology:link", "a link", [&](const foreign_object& l) {
            arc a;
            if (!read_arc(l, a, below)) return;
            if (!names.insert((below ? *below : std::string()) + "\n" + a.foreign).second)
                return semantic(io::place(l.at(), "link-id"), "an id of its own", "that of an earlier link");
            supporting(l, a, below != nullptr);
            arcs.push_back(std::move(a));
        });
        const auto key = [](const arc& a, bool mirrored) {
            wan_link figures = a.link;
            figures.src_node = figures.dst_node = "x";
            std::string text = io::dump(figures, io::layout::compact);
            const auto add = [&](const std::string& s) { text += "\n" + s; };
            add(mirrored ? a.link.dst_node.text : a.link.src_node.text);
            add(mirrored ? a.to_tp : a.from_tp);
            add(mirrored ? a.link.src_node.text : a.link.dst_node.text);
            add(mirrored ? a.from_tp : a.to_tp);
            return text;
        };
        std::map<std::string, std::vector<std::size_t>> waiting; // for their other direction, the latest first
        std::vector<std::size_t> other(arcs.size(), arcs.size());
        for (std::size_t i = arcs.size(); i-- > 0;) {
            auto found = waiting.find(key(arcs[i], true));
            if (found == waiting.end() || found->second.empty()) {
                waiting[key(arcs[i], false)].push_back(i);
                continue;
            }
            other[i] = found->second.back();
            other[found->second.back()] = i;
            found->second.pop_back();
        }
        for (std::size_t i = 0; i < arcs.size(); ++i)
            if (other[i] > i) f(arcs[i], other[i] < arcs.size() ? &arcs[other[i]] : nullptr);
    }
    void supporting(const foreign_object& l, arc& a, bool below) {
        l.each_object("supporting-link", "a link reference", [&](const foreign_object& s) {
            const auto found = spans_.find(s.text("network-ref") + "\n" + s.text("link-ref"));
            if (!below && found != spans_.end())
                a.link.spans.push_back(span_id(found->second));
            else
                lost(s.at(), "the link below is not in the document, or has no length");
        });
    }
    void links(const foreign_object& network) {
        std::set<std::string> names;
        each_pair(network, nullptr, names, [&](arc& a, arc* back) {
            a.link.id.text = link_ids_.fresh(a.foreign);
            if (a.link.id.text != a.foreign) a.link.meta.labels.set(foreign_ids::label, a.foreign);
            if (back) {
                a.link.bidirectional = true;
                if (back->foreign != a.foreign + "-back") a.link.meta.labels.set(reverse_label, back->foreign);
            }
            to_.result.links.push_back(std::move(a.link));
        });
    }

    // -- the network below: what its links add is their length and risks
    std::string node_below(const std::string& network, const std::string& name) {
        const auto above = supports_.find(network + "\n" + name);
        if (above != supports_.end()) return above->second;
        const auto same = node_ids_by_name_.find(name);
        if (same != node_ids_by_name_.end()) return same->second;
        const std::string id = node_ids_.fresh(name);
        network_node n{.id = id};
        if (id != name) n.meta.labels.set(foreign_ids::label, name);
        to_.result.nodes.push_back(std::move(n));
        supports_.emplace(network + "\n" + name, id);
        return id;
    }
    void fibre(const foreign_object& network) {
        const std::string id = network.text("network-id");
        bool capacity = false;
        left_.rest_of(network, "lower network",
                      {"network-id", "network-types", "supporting-network", "node", "ietf-network-topology:link"});
        network.each_object("node", "a node", [&](const foreign_object& n) {
            left_.rest_of(n, "lower node", {"node-id", "ietf-network-topology:termination-point"});
            points(n);
        });
        each_pair(network, &id, span_names_, [&](arc& a, arc* back) {
            capacity = capacity || a.link.capacity.si() > 0;
            if (!a.link.distance || a.link.distance->si() == 0) {
                to_.losses.push_back({a.pointer, "a link below without a length in ietf-otn-topology:otn-link"});
                return;
            }
            fibre_span s{.src_node = a.link.src_node, .dst_node = a.link.dst_node, .distance = *a.link.distance};
            s.srlgs = a.link.srlgs;
            s.id.text = span_ids_.fresh(a.foreign);
            if (s.id.text != a.foreign) s.meta.labels.set(foreign_ids::label, a.foreign);
            spans_.emplace(id + "\n" + a.foreign, s.id.text);
            if (back) {
                spans_.emplace(id + "\n" + back->foreign, s.id.text);
                if (back->foreign != a.foreign + "-back") s.meta.labels.set(reverse_label, back->foreign);
            }
            to_.result.spans.push_back(std::move(s));
        });
        if (capacity) lost(network.at(), "capacities of a network below: those above stand for them");
    }

    passed_over_members left_{};
    const foreign_object& root_;
    const rfc8345_options& options_;
    translated<estate>& to_;
    std::set<std::string> sites_;
    std::map<std::string, std::set<std::string>> networks_{}; // what each is built on
    std::vector<std::string> order_{};
    std::string chosen_{};
    std::set<std::string> below_{};
    foreign_ids node_ids_{}, link_ids_{}, span_ids_{};
    std::map<std::string, std::string> node_ids_by_name_{};
    std::map<std::string, std::string> supports_{}; // network and node below, to ours
    std::map<std::string, std::string> spans_{};    // network and link below, to ours
    std::set<std::string> span_names_{};
};

// ---- what is kept ----------------------------------------------------------------------------------------------------------------
inline void keep_labels(envelope& to, const envelope& from, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const std::string* value = from.labels.find(key)) to.labels.set(key, *value);
}
inline maybe<location> kept(const maybe<location>& l) {
    if (!l) return {};
    return location{rounded(l->lat, 8), rounded(l->lon, 8)};
}
template <class Record>
Record kept_node(const Record& r, std::size_t position) {
    Record k;
    k.id = r.id;
    k.name = r.name;
    k.location = kept(r.location);
    keep_labels(k.meta, r.meta, {foreign_ids::label});
    const std::string* te = r.meta.labels.find(te_node_label);
    if (te && is_dotted_quad(*te) && *te != dotted_quad(position)) k.meta.labels.set(te_node_label, *te);
    return k;
}
inline std::vector<units::count> kept(const std::vector<units::count>& srlgs) {
    std::vector<units::count> k;
    std::set<units::count> seen; // te-srlgs lists each once
    for (const units::count g : srlgs)
        if (g >= 0 && g <= 4294967295LL && seen.insert(g).second) k.push_back(g);
    return k;
}
inline fibre_span kept(const fibre_span& s) {
    fibre_span k;
    k.id = s.id;
    keep_labels(k.meta, s.meta, {foreign_ids::label, reverse_label});
    k.src_node = s.src_node;
    k.dst_node = s.dst_node;
    k.distance = units::distance::from_si(std::max(1.0, math::floor(s.distance.si() / 1e3 + 0.5)) * 1e3);
    k.srlgs = kept(s.srlgs);
    return k;
}
/// In whole kilometres and microseconds, rounded so that light still crosses the one in the other.
inline void keep_length(wan_link& k, const wan_link& l) {
    const auto km = [](double x) { return units::distance::from_si(x * 1e3); };
    const auto us = [](double x) { return units::latency::from_si(x * 1e-6); };
    if (l.distance) k.distance = km(math::floor(l.distance->si() / 1e3 + 0.5));
    if (l.latency) k.latency = us(math::floor(l.latency->si() / 1e-6 + 0.5));
    if (!faster_than_light(k.latency, k.distance)) return;
    k.distance = km(math::floor(l.distance->si() / 1e3));
    k.latency = us(-math::floor(-l.latency->si() / 1e-6));
}
inline units::bit_rate kept(units::bit_rate r) { return units::bit_rate::from_si(whole_bytes(r) * byte_rate); }
inline wan_link kept(const wan_link& l, const std::map<std::string, const fibre_span*>& spans) {
    wan_link k;
    k.id = l.id;
    keep_labels(k.meta, l.meta, {foreign_ids::label});
    if (l.bidirectional) keep_labels(k.meta, l.meta, {reverse_label});
    k.src_node = l.src_node;
    k.dst_node = l.dst_node;
    k.bidirectional = l.bidirectional;
    k.layer = written_layer(l.layer);
    k.oper_status = l.oper_status;
    k.capacity = kept(l.capacity);
    if (l.unreserved) k.unreserved = kept(*l.unreserved);
    keep_length(k, l);
    k.srlgs = l.srlgs;
    if (l.spans.size() == 1) k.spans = l.spans;
    if (l.spans.size() >
        1) { // TE links have at most one link below (RFC 8795): its length and risks are written with the link
        units::distance sum;
        for (const span_id& id : l.spans)
            if (const auto s = spans.find(id.text); s != spans.end()) {
                sum += s->second->distance;
                k.srlgs.insert(k.srlgs.end(), s->second->srlgs.begin(), s->second->srlgs.end());
            }
        if (!l.distance) {
            wan_link whole = l;
            whole.distance = sum;
            if (!faster_than_light(whole.latency, whole.distance)) keep_length(k, whole);
        }
    }
    k.srlgs = kept(k.srlgs);
    if (k.layer == network_layer::ethernet) {
        if (l.jitter) k.jitter = units::latency::from_si(math::floor(l.jitter->si() / 1e-6 + 0.5) * 1e-6);
        const double percent = l.loss ? rounded(*l.loss * 100, 6) : 0;
        if (l.loss && percent <= 50.331642) k.loss = percent / 100; // the most that RFC 8570 has
    }
    return k;
}
inline estate kept(const estate& e) {
    estate k;
    std::map<std::string, const fibre_span*> spans;
    for (const fibre_span& s : e.spans) spans.emplace(s.id.text, &s);
    std::size_t position = 0;
    for (const site& s : e.sites) k.sites.push_back(kept_node(s, ++position));
    for (const network_node& n : e.nodes) k.nodes.push_back(kept_node(n, ++position));
    for (const fibre_span& s : e.spans) k.spans.push_back(kept(s));
    for (const wan_link& l : e.links) k.links.push_back(kept(l, spans));
    return k;
}

// ---- writing ---------------------------------------------------------------------------------------------------------------------
/// Writes an estate of what is kept.
class writer {
  public:
    writer(const estate& kept, std::string_view network) : e_(kept), network_(network), below_(network_ + "-fibre") {}

    std::string text() {
        for (const wan_link& l : e_.links) {
            packet_ = packet_ || l.jitter || l.loss;
            otn_ = otn_ || l.distance;
        }
        name_links(e_.links, links_, tps_);
        name_links(e_.spans, spans_, tps_below_);
        for (const fibre_span& s : e_.spans) {
            span_rows_.emplace(s.id.text, span_rows_.size());
            is_below_.insert(s.src_node.text);
            is_below_.insert(s.dst_node.text);
        }
        d_.open_object();
        d_.key("ietf-network:networks").open_object();
        d_.key("network").open_array();
        network(network_, otn_, packet_, false);
        if (!e_.spans.empty()) network(below_, true, false, true);
        d_.close();
        d_.close();
        d_.close();
        return io::to_text(d_);
    }

  private:
    struct names {
        std::string forth{}, back{}; ///< back: empty where it runs one way
    };
    using tps = std::map<std::string, std::vector<std::string>>;

    static bool both_ways(const wan_link& l) { return l.bidirectional; }
    static bool both_ways(const fibre_span&) { return true; }
    /// Names of all links, and the termination point of each at both its ends.
    template <class Record>
    void name_links(const std::vector<Record>& records, std::vector<names>& to, tps& at) {
        foreign_names unique;
        for (const Record& r : records) to.push_back({unique.of(r), {}});
        for (std::size_t i = 0; i < records.size(); ++i) {
            const Record& r = records[i];
            if (both_ways(r)) {
                const std::string* stated = r.meta.labels.find(reverse_label);
                Record back;
                back.id.text = stated ? *stated : to[i].forth + "-back";
                to[i].back = unique.of(back);
            }
            at[r.src_node.text].push_back(to[i].forth);
            at[r.dst_node.text].push_back(to[i].forth);
        }
    }

    void network(const std::string& id, bool otn, bool packet, bool below) {
        d_.open_object();
        d_.key("network-id").string(id);
        d_.key("network-types").open_object();
        d_.key("ietf-te-topology:te-topology").open_object();
        if (otn) empty("ietf-otn-topology:otn-topology");
        if (packet) empty("ietf-te-topology-packet:packet");
        d_.close();
        d_.close();
        if (!below && !e_.spans.empty()) {
            d_.key("supporting-network").open_array();
            d_.open_object();
            d_.key("network-ref").string(below_);
            d_.close();
            d_.close();
        }
        d_.key("node").open_array();
        std::size_t position = 0;
        foreign_names unique;
        for (const site& s : e_.sites) node(s, ++position, below, unique);
        for (const network_node& n : e_.nodes) node(n, ++position, below, unique);
        d_.close();
        d_.key("ietf-network-topology:link").open_array();
        if (below)
            for (std::size_t i = 0; i < e_.spans.size(); ++i) spans(i);
        else
            for (std::size_t i = 0; i < e_.links.size(); ++i) links(i);
        d_.close();
        d_.close();
    }
    void empty(const char* key) {
        d_.key(key).open_object();
        d_.close();
    }

    template <class Record>
    void node(const Record& r, std::size_t position, bool below, foreign_names& unique) {
        const std::string name = unique.of(r);
        node_names_[r.id.text] = name;
        const bool has_below = is_below_.count(r.id.text) > 0;
        if (below && !has_below) return;
        d_.open_object();
        d_.key("node-id").string(name);
        if (!below && has_below) {
            d_.key("supporting-node").open_array();
            d_.open_object();
            d_.key("network-ref").string(below_);
            d_.key("node-ref").string(name);
            d_.close();
            d_.close();
        }
        const tps& at = below ? tps_below_ : tps_;
        if (const auto points = at.find(r.id.text); points != at.end()) {
            d_.key("ietf-network-topology:termination-point").open_array();
            for (const std::string& tp : points->second) {
                d_.open_object();
                d_.key("tp-id").string(tp);
                d_.close();
            }
            d_.close();
        }
        if (!below) te_node(r, position);
        d_.close();
    }
    template <class Record>
    void te_node(const Record& r, std::size_t position) {
        const std::string* te = r.meta.labels.find(te_node_label);
        d_.key("ietf-te-topology:te-node-id").string(te ? *te : dotted_quad(position));
        d_.key("ietf-te-topology:te").open_object();
        if (!r.name.empty()) {
            d_.key("te-node-attributes").open_object();
            d_.key("name").string(r.name);
            d_.close();
        }
        if (r.location) {
            d_.key("geolocation").open_object();
            d_.key("latitude").string(decimal_text(r.location->lat, 8));
            d_.key("longitude").string(decimal_text(r.location->lon, 8));
            d_.close();
        }
        d_.close();
    }

    void ends(const std::string& id, const std::string& tp, const node_id& from, const node_id& to) {
        d_.key("link-id").string(id);
        d_.key("source").open_object();
        d_.key("source-node").string(node_names_[from.text]);
        d_.key("source-tp").string(tp);
        d_.close();
        d_.key("destination").open_object();
        d_.key("dest-node").string(node_names_[to.text]);
        d_.key("dest-tp").string(tp);
        d_.close();
    }
    void links(std::size_t i) {
        const wan_link& l = e_.links[i];
        link(l, links_[i].forth, links_[i].forth, l.src_node, l.dst_node, false);
        if (!links_[i].back.empty()) link(l, links_[i].back, links_[i].forth, l.dst_node, l.src_node, true);
    }
    void link(const wan_link& l, const std::string& id, const std::string& tp, const node_id& from, const node_id& to,
              bool back) {
        d_.open_object();
        ends(id, tp, from, to);
        if (l.spans.size() == 1) supporting(l.spans.front(), back);
        d_.key("ietf-te-topology:te").open_object();
        d_.key("te-link-attributes").open_object();
        switching(l.layer);
        bandwidth("max-link-bandwidth", l.capacity);
        if (l.unreserved) {
            d_.key("unreserved-bandwidth").open_array();
            for (int priority = 0; priority < 8; ++priority) {
                d_.open_object();
                d_.key("priority").integer(priority);
                te_bandwidth(*l.unreserved);
                d_.close();
            }
            d_.close();
        }
        if (l.latency) d_.key("te-delay-metric").real(io::exchange_number(l.latency->si(), 1e-6));
        risks_and_length(l.srlgs, l.distance);
        if (l.jitter || l.loss) {
            d_.key("ietf-te-topology-packet:performance-metrics-one-way").open_object();
            if (l.jitter) d_.key("one-way-delay-variation").real(io::exchange_number(l.jitter->si(), 1e-6));
            if (l.loss) d_.key("one-way-packet-loss").string(decimal_text(*l.loss * 100, 6));
            d_.close();
        }
        d_.close();
        d_.key("oper-status").string(to_string(l.oper_status));
        d_.close();
        d_.close();
    }
    void supporting(const span_id& id, bool back) {
        const auto row = span_rows_.find(id.text);
        if (row == span_rows_.end()) return;
        d_.key("supporting-link").open_array();
        d_.open_object();
        d_.key("network-ref").string(below_);
        d_.key("link-ref").string(back ? spans_[row->second].back : spans_[row->second].forth);
        d_.close();
        d_.close();
    }
    void spans(std::size_t i) {
        const fibre_span& s = e_.spans[i];
        for (const bool back : {false, true}) {
            d_.open_object();
            ends(back ? spans_[i].back : spans_[i].forth, spans_[i].forth, back ? s.dst_node : s.src_node,
                 back ? s.src_node : s.dst_node);
            d_.key("ietf-te-topology:te").open_object();
            d_.key("te-link-attributes").open_object();
            switching(network_layer::media);
            risks_and_length(s.srlgs, s.distance);
            d_.close();
            d_.close();
            d_.close();
        }
    }
    void switching(network_layer layer) {
        for (const layer_name& known : layers)
            if (known.layer == layer && known.encoding[0] != '\0') {
                d_.key("interface-switching-capability").open_array();
                d_.open_object();
                d_.key("switching-capability").string(std::string("ietf-te-types:") + known.switching);
                d_.key("encoding").string(std::string("ietf-te-types:") + known.encoding);
                d_.close();
                d_.close();
            }
    }
    void te_bandwidth(units::bit_rate r) {
        d_.key("te-bandwidth").open_object();
        d_.key("generic").string(bandwidth_text(whole_bytes(r)));
        d_.close();
    }
    void bandwidth(const char* key, units::bit_rate r) {
        d_.key(key).open_object();
        te_bandwidth(r);
        d_.close();
    }
    void risks_and_length(const std::vector<units::count>& srlgs, const maybe<units::distance>& distance) {
        if (!srlgs.empty()) {
            d_.key("te-srlgs").open_object();
            d_.key("value").open_array();
            for (const units::count g : srlgs) d_.integer(g);
            d_.close();
            d_.close();
        }
        if (distance) {
            d_.key("ietf-otn-topology:otn-link").open_object();
            d_.key("distance").real(io::exchange_number(distance->si(), 1e3));
            d_.close();
        }
    }

    const estate& e_;
    std::string network_, below_;
    io::document d_{};
    bool otn_ = false, packet_ = false;
    std::vector<names> links_{}, spans_{};
    tps tps_{}, tps_below_{}; // termination points by node
    std::set<std::string> is_below_{};
    std::map<std::string, std::string> node_names_{};
    std::map<std::string, std::size_t> span_rows_{};
};

} // namespace detail::rfc8345

/// The network of an RFC 8345 document, with the fibre it is built on; see docs/adapt/rfc8345.md. O(n log n).
inline imported<estate> from_rfc8345(std::string_view text, const rfc8345_options& options = {}) {
    return read_foreign<estate>(
        text, options.load, "an RFC 8345 document",
        [&](const foreign_object& root, translated<estate>& to) { detail::rfc8345::reader(root, options, to).read(); });
}

/// Sites, nodes, links and spans as networks of RFC 8345 with the TE attributes of RFC 8795. `network`: its network-id. Deterministic,
/// O(n log n). Precondition: load<scenario> takes the estate.
inline translated<std::string> to_rfc8345(const estate& e, std::string_view network = "uonaco") {
    translated<std::string> to;
    const estate kept = detail::rfc8345::kept(e);
    lost_members lost(to.losses, "a TE topology has no place for it");
    const io::place root;
    const auto compare = [&](const char* key, const auto& whole, const auto& rest) {
        const io::place list(root, key);
        for (std::size_t i = 0; i < whole.size(); ++i) lost.compare(io::place(list, i), whole[i], rest[i]);
    };
    if (!e.sites.empty())
        to.losses.push_back({"/sites", counted(e.sites.size(), "site") + ": back as nodes, unless the reader is told"});
    compare("sites", e.sites, kept.sites);
    compare("nodes", e.nodes, kept.nodes);
    compare("spans", e.spans, kept.spans);
    compare("links", e.links, kept.links);
    lost.all_but({"sites", "nodes", "spans", "links"}, e);
    to.result = detail::rfc8345::writer(kept, network).text();
    return to;
}

} // namespace uonaco::inline UONACO_ABI::adapt
