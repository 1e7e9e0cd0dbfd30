// SPDX-License-Identifier: Apache-2.0
// topology: the network of an estate with ids looked up and delays settled, ready for path searches.
#pragma once

#include "geodesy.hpp"
#include "path.hpp"
#include "row_index.hpp"

#include "../base/result.hpp"
#include "../decision/candidate.hpp"
#include "../resource/estate.hpp"

namespace uonaco::inline UONACO_ABI {

struct topology_parameters {
    /// What switching adds at the far end of each link: 0 by default, as stated delays mostly include it. Transponders
    /// add 5 to 30 us a pair, OTN mapping 5 to 50 us, a router 2 to 20 us (W1).
    units::latency node_latency{};
    /// Length of fibre over great circle where only positions are known; usual networks have 1.3 to 1.5 (W1).
    units::factor route_factor = 1.4;
};

/// Why something cannot be used, so that explanations can say so.
enum class omission_reason : unsigned char {
    down,              ///< its own status is not up
    no_delay,          ///< neither delay nor distance, spans or positions of both ends are known
    no_lead_time,      ///< offered, but nobody says how soon
    link_left_out,     ///< a circuit over a link that is left out
    links_do_not_join, ///< a circuit whose links are no way between its sites, or are not stated
};
template <>
inline constexpr names enum_names<omission_reason>{"down", "delay unknown", "lead time unknown",
                                                   "runs over a link left out", "its links do not join its sites"};

/// A link or a circuit that is left out, altogether (action none) or for one action only.
struct omission {
    omission_reason reason = omission_reason::down;
    network_action action = network_action::none;
    unsigned link = ~0u;    ///< row, or
    unsigned circuit = ~0u; ///< row

    friend constexpr bool operator==(omission, omission) = default;
};

/// Where a circuit runs.
struct circuit_route {
    unsigned from = no_node;     ///< row of the site
    unsigned to = no_node;       ///< row of the site
    std::vector<unsigned> links; ///< rows, from `from` to `to`
    bool usable = false;
    maybe<units::transport_energy> transport_energy{}; ///< in place of what its links come to

    friend bool operator==(const circuit_route&, const circuit_route&) = default;
};

/// A link as searches and options see it.
struct link_facts {
    unsigned edge = no_edge;  ///< the one along it; the one against it, if it is bidirectional, is the next
    unsigned tariff = ~0u;    ///< row, if it has one
    bool usable = false;      ///< false: left out
    units::latency latency{}; ///< of the link alone, one way; 0 where left out
    maybe<units::latency> jitter{};
    maybe<units::ratio> loss{};
    maybe<units::ratio> availability{}; ///< stated, or the product over its spans (R2)
    maybe<units::transport_energy> transport_energy{};
    maybe<units::distance> length{}; ///< of fibre: stated, else of its spans, else from the positions of its ends
};

namespace detail {
/// Whether it is there already; else it is added.
UONACO_LAZY
bool note_once(std::vector<unsigned>& rows, unsigned row) {
    for (const unsigned known : rows)
        if (known == row) return true;
    late<UonacoLazy_>(rows).push_back(row);
    return false;
}
/// R2: availability of what needs a part, given that the part is up; at most 1. Precondition: part > 0.
constexpr units::ratio given_up(units::ratio availability, units::ratio part) {
    return units::min(units::ratio(availability / part), units::ratio(1.0));
}
} // namespace detail

/// Nodes: the estate's sites in order, then its other nodes. A link gives an edge along it and, if it is bidirectional,
/// the next one against it. Valid for the estate it was made from, as long as that does not change. Value type;
/// concurrent reads are safe.
struct topology {
    graph net;
    unsigned sites = 0;
    topology_parameters parameters{};
    std::vector<unsigned> edge_link;        ///< by edge: row of the link
    std::vector<double> edge_delay;         ///< by edge: the weight of paths, with the node, in whole picoseconds
    std::vector<unsigned char> edge_usable; ///< by edge; 0: left out
    std::vector<link_facts> links;          ///< by row
    std::vector<circuit_route> circuits;    ///< by row
    std::vector<omission> left_out;         ///< links by row, then circuits by row

    /// What several links may be down with: the estate's groups by row, then its spans by row; each given that the groups it is in are
    /// up. Empty where no link has any of them inside its availability.
    std::vector<double> risk_up;
    std::vector<unsigned> link_risk_start; ///< by link, and one more: where its risks begin among these
    std::vector<unsigned> link_risk;       ///< each once a link

    /// Risks inside of a link's availability.
    view<unsigned> risks_in(unsigned link) const {
        if (link_risk_start.empty()) return {};
        return {link_risk.data() + link_risk_start[link], link_risk_start[link + 1] - link_risk_start[link]};
    }
};

/// R2: availability of a way whose links' availabilities multiply to `product`: a risk that several of them are in is down once for
/// all. `seen` gets the risks, each once. O(links x risks).
UONACO_LAZY
units::ratio with_risks_once(const topology& t, view<unsigned> links, units::ratio product,
                             std::vector<unsigned>& seen) {
    detail::late<UonacoLazy_>(seen).clear();
    for (const unsigned link : links)
        for (const unsigned risk : t.risks_in(link))
            if (detail::note_once(seen, risk)) product = detail::given_up(product, t.risk_up[risk]);
    return product;
}

/// The estate that functions here take is uonaco::estate. It is a template parameter so that their bodies, and all that
/// these need, are compiled only where they are called.
template <class T>
concept snapshot = __is_same(T, estate);

namespace detail {

// Searches add whole numbers, which is exact in any order. Rounding up keeps a way cut into hops from looking shorter than
// the same way in one; the hundredth forgives what the conversion of a whole picosecond may add.
UONACO_LAZY
double whole_picoseconds(units::latency l) { return math::ceil(l.si() * 1e12 - 0.01); }

template <snapshot Estate>
class topology_builder {
  public:
    using failure = basic_failure<std::string>;

    topology_builder(const Estate& e, const topology_parameters& p) : estate_(e) {
        t_.parameters = p;
        t_.sites = static_cast<unsigned>(e.sites.size());
        nodes_.add(e.sites);
        nodes_.add(e.nodes);
        nodes_.sort();
    }

    basic_result<topology, failure> build() {
        for (unsigned row = 0; row < estate_.links.size(); ++row) add_link(row);
        const unsigned nodes = static_cast<unsigned>(estate_.sites.size() + estate_.nodes.size());
        if (failed_.code != errc::none) return failed_;
        t_.net = graph(nodes, edges_);
        for (const circuit& c : estate_.circuits) add_circuit(c);
        if (failed_.code != errc::none) return failed_;
        note_risks();
        return static_cast<later_t<topology, Estate>&&>(t_);
    }

  private:
    template <class Tag>
    unsigned row_of(const row_index& index, const id<Tag>& wanted, const char* what, const std::string& who,
                    const char* role) {
        const unsigned row = index.find(wanted);
        if (row == row_index::none && failed_.code == errc::none)
            failed_ = {errc::not_found, wanted.text, 0.0,
                       later_t<std::string, Estate>(what) + " '" + who + "' names " + role + " '" + wanted.text +
                           "', which the estate does not have"};
        return row;
    }

    void add_link(unsigned row) {
        const auto& l = estate_.links[row];
        const unsigned from = row_of(nodes_, l.src_node, "link", l.id.text, "node");
        const unsigned to = row_of(nodes_, l.dst_node, "link", l.id.text, "node");
        link_facts facts{.edge = static_cast<unsigned>(edges_.size()),
                         .jitter = l.jitter,
                         .loss = l.loss,
                         .transport_energy = l.transport_energy};
        if (!l.tariff.empty()) facts.tariff = row_of(tariffs_, l.tariff, "link", l.id.text, "tariff");
        std::vector<unsigned> spans;
        for (const span_id& s : l.spans) spans.push_back(row_of(spans_, s, "link", l.id.text, "span"));
        if (failed_.code != errc::none) return;

        facts.length = length_of(l, spans, from, to);
        if (facts.length && !(facts.length->si() >= 0 && math::finite(facts.length->si()))) facts.length = {};
        const maybe<units::latency> latency = delay_of(l, spans, facts.length);
        facts.availability = availability_of(l, spans);
        facts.usable = l.oper_status == oper_status::up && latency;
        if (facts.usable) {
            facts.latency = *latency;
            check_offers(l, row);
        } else {
            leave_out({l.oper_status == oper_status::up ? omission_reason::no_delay : omission_reason::down,
                       network_action::none, row});
        }
        t_.links.push_back(facts);
        add_edge(row, from, to, facts);
        if (l.bidirectional) add_edge(row, to, from, facts);
    }

    void check_offers(const wan_link& l, unsigned row) {
        if (l.resize && !l.resize->lead_time) leave_out({omission_reason::no_lead_time, network_action::resize, row});
        if (l.create && !l.create->lead_time) leave_out({omission_reason::no_lead_time, network_action::create, row});
    }

    void add_edge(unsigned row, unsigned from, unsigned to, const link_facts& facts) {
        edges_.push_back({from, to});
        t_.edge_link.push_back(row);
        t_.edge_delay.push_back(whole_picoseconds(facts.latency + t_.parameters.node_latency));
        t_.edge_usable.push_back(facts.usable);
    }

    const maybe<location>& position(unsigned node) const {
        const unsigned long sites = estate_.sites.size();
        return node < sites ? estate_.sites[node].location : estate_.nodes[node - sites].location;
    }

    maybe<units::distance> length_of(const wan_link& l, const std::vector<unsigned>& spans, unsigned from,
                                     unsigned to) const {
        if (l.distance) return l.distance;
        if (!spans.empty()) {
            units::distance sum{};
            for (const unsigned s : spans) sum += estate_.spans[s].distance;
            return sum;
        }
        if (!position(from) || !position(to)) return {};
        return units::distance(great_circle(*position(from), *position(to)) * t_.parameters.route_factor);
    }

    // Stated; else from the stated distance; else from the spans; else from the positions of both ends. A figure that is
    // no delay (negative, not finite) counts as not known.
    maybe<units::latency> delay_of(const wan_link& l, const std::vector<unsigned>& spans,
                                   const maybe<units::distance>& length) const {
        maybe<units::latency> d;
        if (l.latency) {
            d = *l.latency;
        } else if (!l.distance && !spans.empty()) {
            units::latency sum{};
            for (const unsigned s : spans) sum += propagation(estate_.spans[s].distance, estate_.spans[s].fibre);
            d = sum;
        } else if (length) {
            d = propagation(*length, l.fibre);
        }
        return d && d->si() >= 0 && math::finite(d->si()) ? d : maybe<units::latency>{};
    }

    // Stated, else the product over its spans (R2), else unknown.
    maybe<units::ratio> availability_of(const wan_link& l, const std::vector<unsigned>& spans) const {
        if (l.availability || spans.empty()) return l.availability;
        maybe<units::ratio> product = units::ratio(1.0);
        for (const unsigned s : spans) product = product * estate_.spans[s].availability;
        return product;
    }

    // A stated availability has the groups of the link and of its spans inside. One that comes from the spans has each of them, and
    // each of their groups, as a factor, once. What no availability is known of takes no part.
    void note_risks() {
        bool any = false;
        for (const risk_group& g : estate_.risks) any = any || g.availability.known();
        for (const wan_link& l : estate_.links) any = any || (!l.availability && !l.spans.empty());
        if (!any) return;
        std::vector<unsigned> rows;
        for (const risk_group& g : estate_.risks) t_.risk_up.push_back(g.availability.value_or(1.0).si());
        for (const fibre_span& s : estate_.spans) {
            units::ratio own = s.availability.value_or(1.0);
            rows.clear();
            add_groups(s.srlgs, rows, [&](unsigned row) { own = given_up(own, t_.risk_up[row]); });
            t_.risk_up.push_back(own.si());
        }
        t_.link_risk_start.push_back(0);
        for (unsigned i = 0; i < estate_.links.size(); ++i) {
            rows.clear();
            if (t_.links[i].availability) note_risks_of(estate_.links[i], *t_.links[i].availability, rows, i);
            for (const unsigned row : rows) t_.link_risk.push_back(row);
            t_.link_risk_start.push_back(static_cast<unsigned>(t_.link_risk.size()));
        }
    }
    void note_risks_of(const later_t<wan_link, Estate>& l, units::ratio up, std::vector<unsigned>& rows, unsigned row) {
        const auto ignore = [](unsigned) {};
        if (l.availability) add_groups(l.srlgs, rows, ignore);
        for (const span_id& id : l.spans) {
            const unsigned s = spans_.find(id);
            if (l.availability) {
                add_groups(estate_.spans[s].srlgs, rows, ignore);
                continue;
            }
            std::vector<unsigned> groups;
            add_groups(estate_.spans[s].srlgs, groups, ignore);
            const unsigned own = static_cast<unsigned>(estate_.risks.size()) + s;
            if (t_.risk_up[own] > 0 && t_.risk_up[own] < 1) groups.push_back(own);
            for (const unsigned g : groups)
                if (note_once(rows, g)) up = given_up(up, t_.risk_up[g]);
        }
        t_.links[row].availability = up;
    }
    // The rows of the groups of these numbers that say how often they are up; `fresh(row)` for each that was not there.
    template <class Fresh>
    void add_groups(const later_t<std::vector<units::count>, Estate>& srlgs, std::vector<unsigned>& rows,
                    const Fresh& fresh) const {
        for (const units::count srlg : srlgs)
            for (unsigned g = 0; g < estate_.risks.size(); ++g) {
                const risk_group& group = estate_.risks[g];
                if (group.srlg != srlg || !group.availability) continue;
                if (*group.availability > 0.0 && *group.availability < 1.0 && !note_once(rows, g)) fresh(g);
                break;
            }
    }

    void add_circuit(const later_t<circuit, Estate>& c) {
        const unsigned row = static_cast<unsigned>(t_.circuits.size());
        circuit_route r{row_of(site_rows_, c.src_site, "circuit", c.id.text, "site"),
                        row_of(site_rows_, c.dst_site, "circuit", c.id.text, "site"),
                        {},
                        false,
                        c.transport_energy};
        for (const link_id& l : c.links) r.links.push_back(row_of(links_, l, "circuit", c.id.text, "link"));
        if (failed_.code != errc::none) return;

        bool whole = true;
        for (const unsigned l : r.links) whole = whole && t_.links[l].usable;
        if (c.status != oper_status::up)
            leave_out({omission_reason::down, network_action::none, ~0u, row});
        else if (!joins(r))
            leave_out({omission_reason::links_do_not_join, network_action::none, ~0u, row});
        else if (!whole)
            leave_out({omission_reason::link_left_out, network_action::none, ~0u, row});
        else
            r.usable = true;
        t_.circuits.push_back(static_cast<circuit_route&&>(r));
    }

    bool joins(const circuit_route& r) const {
        unsigned node = r.from;
        for (const unsigned row : r.links) {
            const edge& along = edges_[t_.links[row].edge];
            if (node == along.from)
                node = along.to;
            else if (estate_.links[row].bidirectional && node == along.to)
                node = along.from;
            else
                return false;
        }
        return !r.links.empty() && node == r.to;
    }

    void leave_out(omission o) { t_.left_out.push_back(o); }

    const Estate& estate_;
    row_index nodes_;
    row_index site_rows_{estate_.sites};
    row_index spans_{estate_.spans};
    row_index tariffs_{estate_.tariffs};
    row_index links_{estate_.links};
    later_t<std::vector<edge>, Estate> edges_{};
    later_t<topology, Estate> t_{};
    later_t<failure, Estate> failed_{};
};

} // namespace detail

/// The topology of an estate. Fails with errc::not_found on the first id that names nothing (a link's node, span or tariff, a
/// circuit's site or link); where an id is there twice, the first row counts. Links without a known delay and what is
/// down take no part and are listed in `left_out`. O(n log n) in the number of records.
template <snapshot Estate>
basic_result<topology, basic_failure<std::string>> make_topology(const Estate& e, const topology_parameters& p = {}) {
    return detail::topology_builder<Estate>(e, p).build();
}

/// "link paris-oslo is left out: delay unknown". The estate is the one the topology was made from.
template <snapshot Estate>
std::string describe(const omission& o, const Estate& e) {
    std::string text = o.link != ~0u ? "link " + e.links[o.link].id.text : "circuit " + e.circuits[o.circuit].id.text;
    text += o.action == network_action::none
                ? " is left out: "
                : detail::later_t<std::string, Estate>(" is left out of ") + to_string(o.action) + ": ";
    return text + to_string(o.reason);
}

} // namespace uonaco::inline UONACO_ABI
