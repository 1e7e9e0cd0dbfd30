// SPDX-License-Identifier: Apache-2.0
// The ways to connect two sites so that no single cut takes the connection: one to work on and one to fall back on, with what both
// cost. Sound as options are, and never weaker than what is stated.
#pragma once

#include "options.hpp"

#include "paths/protected_pair.hpp"
#include "risk/availability.hpp"
#include "undo_log.hpp"

namespace uonaco::inline UONACO_ABI {

/// Two ways for one rate, each by an action of its own. `working` has less delay; both are held and paid. For a rate up to that of `both`
/// each takes least_steps() of its own; `rate` of a way is what it takes for the most.
struct protected_option {
    path_option working{};
    path_option backup{};
    /// What the two come to: the later action, the lesser rate, the delay of `working`; of jitter, loss and lead time the worse; the sums
    /// of fees, leases, prices of volume and energy, as if all were sent twice; availability: either is up (R2). No links, no step.
    path_option both{};
    units::latency worst_latency{}; ///< of the longer way, when the other is cut
    protection had = protection::risk;

    friend bool operator==(const protected_option&, const protected_option&) = default;
};

/// What two ways have in common; rows of the estate.
struct shared_parts {
    std::vector<unsigned> links{};
    std::vector<unsigned> spans{};
    std::vector<units::count> srlgs{};
    std::vector<unsigned> nodes{}; ///< between their ends, as nodes of the topology

    friend bool operator==(const shared_parts&, const shared_parts&) = default;
};

/// Why there is no protected option. `not_found`: a site and itself; `unreachable`: no way at all; `no_candidate`: proven that any two ways
/// share something; `too_many`: none was found, which is no proof. `shared`: what the two share that share least of those looked at.
struct unprotected {
    errc code = errc::none;
    protection asked = protection::risk;
    shared_parts shared{};
};

/// Finds the protected options of site pairs. As option_search: refers to topology and estate, one per thread.
template <snapshot Estate>
class basic_protected_search : basic_option_search<Estate> {
    friend basic_option_search<Estate>;
    using base = basic_option_search<Estate>;
    using risks = std::vector<unsigned>;
    using pairs = detail::later_t<std::vector<protected_option>, Estate>;
    using answer = detail::later_t<basic_result<std::vector<protected_option>, unprotected>, Estate>;

  public:
    unsigned long most_steps = 500; ///< of each search for two ways apart; see srlg_disjoint.hpp

    /// Precondition: the topology was made from the estate.
    basic_protected_search(const topology& t, const Estate& e, const option_parameters& p = {}) : base(t, e, p) {
        number_risks();
    }

    /// Pairs of ways without a common link, span or shared-risk group, those of the sites between their ends included (protection::risk),
    /// or also without a common node (full). By the later action, then delay; none that another is at least as good as in everything.
    /// Looked at: the pairs of all ways that options look at, and, for each set of actions and each rate, the pair of the least sum
    /// of delays, and of prices. Precondition: as option_search; `asked` is risk or full.
    /// O(ways^2 + rates) path searches; exponential in traps of shared risks, up to most_steps.
    answer operator()(row<site_tag> from, row<site_tag> to, const network_rates& free,
                      protection asked = protection::risk) {
        UONACO_ASSERT(asked != protection::maximally);
        detail::later_t<unprotected, Estate> none{errc::not_found, asked, {}};
        if (from == to) return none;
        pairs_.clear();
        asked_ = asked;
        from_ = from.value;
        to_ = to.value;
        left_ = free;
        const auto ways = base::found(from, to, free, true);
        for (unsigned long i = 0; i < ways.size(); ++i)
            for (unsigned long j = 0; j < i; ++j) add_pair(ways[j], ways[i]);
        none.code = search_pairs();
        if (!pairs_.empty()) return static_cast<pairs&&>(pairs_);
        if (ways.empty()) none.code = errc::unreachable;
        share_least(ways, none.shared);
        return none;
    }

  private:
    // ---- risks: links, spans, groups, nodes, numbered in this order --------------------------------------------------------

    void number_risks() {
        const Estate& e = base::estate_;
        detail::later_t<row_index, Estate> spans(e.spans);
        const unsigned first_span = static_cast<unsigned>(e.links.size());
        first_group_ = first_span + static_cast<unsigned>(e.spans.size());
        const auto group = [&](units::count srlg) {
            for (unsigned g = 0; g < groups_.size(); ++g)
                if (groups_[g] == srlg) return first_group_ + g;
            groups_.push_back(srlg);
            return first_group_ + static_cast<unsigned>(groups_.size()) - 1;
        };
        for (unsigned l = 0; l < e.links.size(); ++l) {
            link_risks_.push_back({l});
            risks& mine = link_risks_.back();
            for (const units::count srlg : e.links[l].srlgs) detail::note_once(mine, group(srlg));
            for (const span_id& id : e.links[l].spans) {
                const unsigned s = spans.find(id);
                detail::note_once(mine, first_span + s);
                for (const units::count srlg : e.spans[s].srlgs) detail::note_once(mine, group(srlg));
            }
        }
        node_risks_.resize(base::topology_.net.nodes());
        for (unsigned s = 0; s < e.sites.size(); ++s)
            for (const units::count srlg : e.sites[s].srlgs) detail::note_once(node_risks_[s], group(srlg));
        first_node_ = first_group_ + static_cast<unsigned>(groups_.size());
    }
    unsigned far_end(unsigned link, unsigned near) const {
        const unsigned along = base::topology_.links[link].edge;
        const graph& g = base::topology_.net;
        return g.from(along) == near ? g.to(along) : g.from(along);
    }
    void risks_of(const path_option& o, risks& all) const {
        all.clear();
        unsigned node = from_;
        for (const unsigned l : o.links) {
            for (const unsigned r : link_risks_[l]) all.push_back(r);
            node = far_end(l, node);
            if (node == to_ || node == from_) continue;
            all.push_back(first_node_ + node);
            for (const unsigned r : node_risks_[node]) all.push_back(r);
        }
    }
    static bool has(const risks& all, unsigned r) {
        for (const unsigned x : all)
            if (x == r) return true;
        return false;
    }
    // The strongest class that two ways are; maximally: they share a risk.
    protection class_of(const risks& a, const risks& b) const {
        protection p = protection::full;
        for (const unsigned r : a) {
            if (!has(b, r)) continue;
            if (r < first_node_) return protection::maximally;
            p = protection::risk;
        }
        return p;
    }
    template <class Ways, class Parts>
    void share_least(const Ways& ways, Parts& least) {
        unsigned long fewest = ~0ul;
        risks first, second;
        for (unsigned long i = 0; i < ways.size(); ++i)
            for (unsigned long j = 0; j < i; ++j) {
                risks_of(ways[i], first);
                risks_of(ways[j], second);
                risks common;
                for (const unsigned r : first)
                    if (has(second, r) && (r < first_node_ || asked_ == protection::full)) detail::note_once(common, r);
                if (common.size() >= fewest) continue;
                fewest = common.size();
                name(common, least);
            }
        if (fewest != ~0ul || ways.empty()) return;
        risks_of(ways[0], first); // there is only one
        name(first, least);
    }
    template <class Parts>
    void name(const risks& all, Parts& parts) const {
        parts = Parts{};
        const unsigned links = static_cast<unsigned>(base::estate_.links.size());
        for (const unsigned r : all) {
            if (r < links)
                parts.links.push_back(r);
            else if (r < first_group_)
                parts.spans.push_back(r - links);
            else if (r < first_node_)
                parts.srlgs.push_back(groups_[r - first_group_]);
            else if (asked_ == protection::full)
                parts.nodes.push_back(r - first_node_);
        }
    }

    // ---- pairs -----------------------------------------------------------------------------------------------------------

    void add_pair(const path_option& a, const path_option& b) {
        if (a.circuit != path_option::no_circuit && a.circuit == b.circuit) return;
        risks_of(a, first_);
        risks_of(b, second_);
        protected_option p;
        p.had = class_of(first_, second_);
        if (p.had > asked_) return;
        const bool in_order = a.latency < b.latency || (a.latency == b.latency && !base::before(b, a));
        p.working = in_order ? a : b;
        p.backup = in_order ? b : a;
        share_rate(p);
        if (!realise(p)) return;
        sum_up(p);
        base::template keep<basic_protected_search>(pairs_, p);
    }
    // One rate for both; each way takes it in steps of its own.
    void share_rate(protected_option& p) {
        p.both.rate = units::min(p.working.rate, p.backup.rate);
        for (path_option* o : {&p.working, &p.backup}) {
            o->rate = least_steps(p.both.rate, o->step);
            o->both_ways = o->circuit == path_option::no_circuit
                               ? base::both_ways(*o, o->rate)
                               : !(grown(*o).si() > 0) || base::both_ways(*o, grown(*o));
        }
    }
    units::bit_rate grown(const path_option& o) const { return o.rate - units::min(o.rate, left_.circuits[o.circuit]); }

    // Takes both, one after the other, and puts them back. What leads back must be apart as well, or the pair is one-way.
    bool realise(protected_option& p) {
        const bool back = p.working.both_ways && p.backup.both_ways;
        for (const bool both_ways : {true, false}) {
            if (both_ways && !back) continue;
            p.working.both_ways = p.backup.both_ways = both_ways;
            if (both_ways && !apart_both_ways(p)) continue;
            const wanted_option both[] = {{&p.working, p.working.rate}, {&p.backup, p.backup.rate}};
            const joint_shortage lacks = take_all(log_, left_, base::topology_, base::estate_, both);
            log_.roll_back();
            if (lacks) continue;
            p.both.both_ways = both_ways;
            return true;
        }
        return false;
    }
    bool apart_both_ways(const protected_option& p) {
        risks_of(p.working, first_);
        risks_of(p.backup, second_);
        const unsigned long one = first_.size(), other = second_.size();
        add_returns(p.working, first_);
        add_returns(p.backup, second_);
        return (one == first_.size() && other == second_.size()) || class_of(first_, second_) <= p.had;
    }
    // Whatever may lead back beside one-way links: which of it is taken depends on the rate.
    void add_returns(const path_option& o, risks& all) const {
        const graph& g = base::topology_.net;
        if (o.circuit != path_option::no_circuit && o.action == network_action::use) return;
        for (const unsigned l : o.links) {
            if (base::estate_.links[l].bidirectional) continue;
            const unsigned along = base::topology_.links[l].edge;
            for (const arc a : g.out(g.to(along)))
                if (a.node == g.from(along))
                    for (const unsigned r : link_risks_[base::topology_.edge_link[a.edge]]) all.push_back(r);
        }
    }

    void sum_up(protected_option& p) const {
        const path_option& a = p.working;
        const path_option& b = p.backup;
        path_option& both = p.both;
        both.action = static_cast<int>(a.action) < static_cast<int>(b.action) ? b.action : a.action;
        both.latency = a.latency;
        p.worst_latency = units::max(a.latency, b.latency);
        both.jitter = units::max(a.jitter, b.jitter);
        both.jitter_known = a.jitter_known && b.jitter_known;
        both.loss = units::max(a.loss, b.loss);
        both.loss_known = a.loss_known && b.loss_known;
        both.availability = risk::either_up(a.availability, b.availability); // nothing is inside of both
        both.availability_known = a.availability_known && b.availability_known;
        both.lead_time = units::max(a.lead_time, b.lead_time);
        both.set_up_fee = a.set_up_fee + b.set_up_fee;
        both.lease = a.lease + b.lease;
        both.egress = a.egress + b.egress;
        both.billed_in_full = a.billed_in_full && b.billed_in_full;
        both.least_lease = units::max(a.least_lease, b.least_lease);
        both.lease_step = units::max(a.lease_step, b.lease_step);
        both.transport_energy = a.transport_energy + b.transport_energy;
        both.transport_energy_known = a.transport_energy_known && b.transport_energy_known;
        const auto weaker = [](auto x, auto y) { return static_cast<int>(x) < static_cast<int>(y) ? x : y; };
        both.security.encryption = weaker(a.security.encryption, b.security.encryption);
        both.security.isolation = weaker(a.security.isolation, b.security.isolation);
        const auto more = [](unsigned x, unsigned y) { return x < y ? y : x; };
        both.encrypted = {more(a.encrypted.macsec, b.encrypted.macsec), more(a.encrypted.ipsec, b.encrypted.ipsec),
                          more(a.encrypted.line, b.encrypted.line)};
        both.hitless = a.hitless && b.hitless;
    }

    // Steps that divide the other's never take more, whatever the rate.
    static bool divides(const maybe<units::bit_rate>& a, const maybe<units::bit_rate>& b) {
        return !a || (b && in_steps(*b, a) == *b);
    }
    // Never takes more that is dearer or hotter, whatever the rate: way by way, in either order, or because none of its steps is coarser
    // than any of the other's, so that the sums decide.
    static bool no_coarser(const protected_option& a, const protected_option& b) {
        const auto instead = [](const path_option& mine, const path_option& other) {
            return divides(mine.step, other.step) && base::no_dearer(mine.lease, other.lease) &&
                   mine.transport_energy <= other.transport_energy;
        };
        if (instead(a.working, b.working) && instead(a.backup, b.backup)) return true;
        if (instead(a.working, b.backup) && instead(a.backup, b.working)) return true;
        for (const path_option* mine : {&a.working, &a.backup})
            for (const path_option* other : {&b.working, &b.backup})
                if (!divides(mine->step, other->step)) return false;
        return true;
    }
    static bool no_worse(const protected_option& a, const protected_option& b) {
        return no_coarser(a, b) && a.had <= b.had && a.worst_latency <= b.worst_latency &&
               base::no_worse(a.both, b.both);
    }
    static bool before(const protected_option& a, const protected_option& b) {
        if (a.both.action != b.both.action) return static_cast<int>(a.both.action) < static_cast<int>(b.both.action);
        if (a.both.latency != b.both.latency) return a.both.latency < b.both.latency;
        if (a.worst_latency != b.worst_latency) return a.worst_latency < b.worst_latency;
        if (base::before(a.working, b.working)) return true;
        return !base::before(b.working, a.working) && base::before(a.backup, b.backup);
    }
    // ---- searches: a graph with a layer for each action, which share the two ends --------------------------------------------

    /// An edge of the layers: of the topology, or a circuit from end to end.
    struct layered {
        network_action action;
        unsigned edge;
        unsigned circuit;
    };

    // What the widest set of actions says of pairs at any rate.
    errc search_pairs() {
        errc all = errc::no_candidate;
        unsigned long edges = 0;
        for (const int actions : {1, 2, 3}) {
            build_layers(actions);
            if (parts_.size() == edges) continue; // nothing new
            edges = parts_.size();
            all = search_front(delays_);
            if (prices_differ()) search_front(prices_);
        }
        return all;
    }

    void build_layers(int actions) {
        const topology& t = base::topology_;
        const unsigned nodes = t.net.nodes();
        edges_.clear();
        parts_.clear();
        layer_rates_.clear();
        delays_.clear();
        risk_members_.clear();
        node_members_.clear();
        for (int k = 0; k < actions; ++k) {
            const network_action action = k == 0   ? network_action::use
                                          : k == 1 ? network_action::resize
                                                   : network_action::create;
            const auto in_layer = [&](unsigned node) {
                return node == from_ || node == to_ ? node : node + static_cast<unsigned>(k) * nodes;
            };
            for (unsigned e = 0; e < t.net.edges(); ++e) {
                const unsigned link = t.edge_link[e];
                const double rate = rate_for(action, t, base::estate_, link, left_.links[link]).si();
                if (!(rate > 0) || t.net.to(e) == from_ || t.net.from(e) == to_) continue;
                add_edge({in_layer(t.net.from(e)), in_layer(t.net.to(e))}, {action, e, path_option::no_circuit}, rate,
                         t.edge_delay[e]);
                note(link_risks_[link]);
                const unsigned head = t.net.to(e);
                if (head == to_) continue;
                note(node_risks_[head]);
                node_members_.push_back({static_cast<unsigned>(edges_.size()) - 1, first_node_ + head});
            }
            for (unsigned c = 0; c < t.circuits.size() && action != network_action::create; ++c)
                add_circuit_edge(action, c);
        }
        layers_ = graph(3 * nodes, edges_);
        for (const edge_risk& r : risk_members_) node_members_.push_back(r);
        by_risk_ = risk_groups(layers_.edges(), risk_members_);
        by_node_ = risk_groups(layers_.edges(), node_members_);
    }
    void add_edge(const edge& e, const layered& what, double rate, double delay) {
        edges_.push_back(e);
        parts_.push_back(what);
        layer_rates_.push_back(rate);
        delays_.push_back(delay);
    }
    void note(const risks& all) {
        for (const unsigned r : all) risk_members_.push_back({static_cast<unsigned>(edges_.size()) - 1, r});
    }
    void add_circuit_edge(network_action action, unsigned c) {
        path_option o;
        if (!base::circuit_option(action, c, from_, to_, o)) return;
        double delay = 0;
        for (const unsigned l : o.links) delay += base::topology_.edge_delay[base::topology_.links[l].edge];
        add_edge({from_, to_}, {action, no_edge, c}, o.rate.si(), delay);
        risks_of(o, first_);
        for (const unsigned r : first_)
            (r < first_node_ ? risk_members_ : node_members_).push_back({static_cast<unsigned>(edges_.size()) - 1, r});
    }

    // Why there is no pair of the class asked for.
    errc search_front(const std::vector<double>& costs) {
        errc why = errc::none;
        for (const bool full : {true, false}) {
            if (!full && asked_ == protection::full) break;
            why = errc::no_candidate;
            open_.assign(parts_.size(), 1);
            for (unsigned e = 0; e < parts_.size(); ++e) open_[e] = costs[e] < least_sum::worst;
            for (bool first = true;; first = false) {
                apart_.most_steps = most_steps;
                const auto pair = apart_(layers_, costs, full ? by_node_ : by_risk_, from_, to_, apart::risks, open_);
                if (!pair && first) why = pair.error().code;
                if (!pair) break;
                double rate = least_sum::worst;
                for (const path* p : {&pair->working, &pair->backup})
                    for (const unsigned e : p->edges) rate = uonaco::min(rate, layer_rates_[e]);
                path_option a, b;
                if (way(pair->working, a) && way(pair->backup, b)) add_pair(a, b);
                for (unsigned e = 0; e < parts_.size(); ++e) open_[e] = open_[e] && layer_rates_[e] > rate;
            }
        }
        return why;
    }
    bool way(const path& p, path_option& o) {
        const layered& first = parts_[p.edges[0]];
        if (first.circuit != path_option::no_circuit) {
            if (!base::circuit_option(first.action, first.circuit, from_, to_, o)) return false;
        } else {
            std::vector<unsigned> along;
            for (const unsigned e : p.edges) along.push_back(parts_[e].edge);
            if (!base::way_option(first.action, along, o)) return false;
        }
        base::complete(o);
        return true;
    }
    bool prices_differ() {
        prices_.assign(parts_.size(), least_sum::worst);
        double least = 0, most = 0;
        bool any = false;
        const auto note_price = [&](double price) {
            least = any ? uonaco::min(least, price) : price;
            most = any ? uonaco::max(most, price) : price;
            any = true;
        };
        for (unsigned e = 0; e < parts_.size(); ++e) {
            maybe<double> price = 0.0;
            if (parts_[e].circuit == path_option::no_circuit)
                price = base::price_of(base::topology_.edge_link[parts_[e].edge]);
            else
                for (const unsigned l : base::topology_.circuits[parts_[e].circuit].links)
                    price = price + base::price_of(l);
            if (!price) continue;
            prices_[e] = *price;
            note_price(*price);
        }
        return most > least;
    }

    protection asked_ = protection::risk; ///< these three for the time of a call
    unsigned from_ = 0;
    unsigned to_ = 0;
    unsigned first_group_ = 0;
    unsigned first_node_ = 0;
    detail::later_t<undo_log, Estate> log_{};
    detail::later_t<std::vector<units::count>, Estate> groups_{}; ///< their numbers
    detail::later_t<std::vector<risks>, Estate> link_risks_{};
    detail::later_t<std::vector<risks>, Estate> node_risks_{};
    detail::later_t<risks, Estate> first_{};
    detail::later_t<risks, Estate> second_{};
    detail::later_t<network_rates, Estate> left_{};
    pairs pairs_{};
    detail::later_t<std::vector<edge>, Estate> edges_{};
    detail::later_t<std::vector<layered>, Estate> parts_{};
    detail::later_t<std::vector<double>, Estate> layer_rates_{};
    detail::later_t<std::vector<double>, Estate> delays_{};
    detail::later_t<std::vector<double>, Estate> prices_{};
    detail::later_t<std::vector<unsigned char>, Estate> open_{};
    detail::later_t<std::vector<edge_risk>, Estate> risk_members_{};
    detail::later_t<std::vector<edge_risk>, Estate> node_members_{};
    detail::later_t<graph, Estate> layers_{};
    detail::later_t<risk_groups, Estate> by_risk_{};
    detail::later_t<risk_groups, Estate> by_node_{};
    detail::later_t<risk_disjoint_search, Estate> apart_{};
};

using protected_search = basic_protected_search<estate>;

/// "What can work between these sites, and what remains if one cut takes it?" Keep a protected_search for many pairs.
template <snapshot Estate>
detail::later_t<basic_result<std::vector<protected_option>, unprotected>, Estate>
protected_options(const topology& t, const Estate& e, row<site_tag> from, row<site_tag> to, const network_rates& free,
                  protection asked = protection::risk, const option_parameters& p = {}) {
    return basic_protected_search<Estate>(t, e, p)(from, to, free, asked);
}

/// Takes both ways for a rate, or nothing and says what is short. `log` puts it back.
template <snapshot Estate>
[[nodiscard]] joint_shortage take(undo_log& log, network_rates& free, const topology& t, const Estate& e,
                                  const protected_option& o, units::bit_rate rate) {
    const wanted_option both[] = {{&o.working, least_steps(rate, o.working.step)},
                                  {&o.backup, least_steps(rate, o.backup.step)}};
    return take_all(log, free, t, e, view<wanted_option>(both));
}

} // namespace uonaco::inline UONACO_ABI
