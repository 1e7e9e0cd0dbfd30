// SPDX-License-Identifier: Apache-2.0
// The ways to connect two sites: over what is in service, by resizing it, by creating a circuit; each with its figures.
// Sound: each option can be had as stated, alone; take() says whether it still can after others.
#pragma once

#include "k_shortest.hpp"
#include "rates.hpp"
#include "sort.hpp"

namespace uonaco::inline UONACO_ABI {

struct option_parameters {
    unsigned paths = 3; ///< paths of least delay looked at for each action
    unsigned front =
        8; ///< and at most so many of those of which none with as high a rate has less delay, and again of those of
           ///< which none is cheaper; of more, the ends and what is spread between them
    /// Every way that there is, if there are no more than `paths` for an action, also those that others are better than in everything:
    /// where connections share links these may be what is left. For small networks.
    bool every = false;
};

/// Finds the options of site pairs; keep it for many pairs. Refers to the topology and the estate, which must stay as they
/// are meanwhile. Not safe for concurrent use: one per thread.
template <snapshot Estate>
class basic_option_search {
  public:
    /// Precondition: the topology was made from the estate.
    basic_option_search(const topology& t, const Estate& e, const option_parameters& p = {})
        : topology_(t), estate_(e), parameters_(p) {
        UONACO_ASSERT(t.links.size() == e.links.size() && t.circuits.size() == e.circuits.size());
        const auto bills = [](const maybe<units::volume_price>& each) { return each && each->si() > 0; };
        for (const wan_link& l : e.links) bills_volume_ = bills_volume_ || bills(l.egress_price);
        for (const tariff& list : e.tariffs)
            bills_volume_ = bills_volume_ ||
                            (counts(list) != billing::duration && (!list.volume_price || bills(list.volume_price)));
    }

    /// Options from one site to another, by action (use, resize, create), then delay, then links; none that another is at
    /// least as good as in everything. Empty for a site and itself: nothing is to be connected. Precondition: the rows exist,
    /// the rates are of this estate. O(k) path searches.
    std::vector<path_option> operator()(row<site_tag> from, row<site_tag> to, const network_rates& free) {
        UONACO_ASSERT(from.value < topology_.sites && to.value < topology_.sites);
        UONACO_ASSERT(free.links.size() == estate_.links.size() && free.circuits.size() == estate_.circuits.size());
        return found(from, to, free, parameters_.every);
    }
    /// Whether the last call left ways out for there being more than `paths` of an action.
    bool cut_short() const { return cut_short_; }

  protected:
    // `all`: every way that was looked at, each once, in no order.
    std::vector<path_option> found(row<site_tag> from, row<site_tag> to, const network_rates& free, bool all) {
        options_.clear();
        if (from == to) return {};
        free_ = &free;
        all_ = all;
        cut_short_ = false;
        for (const network_action action : {network_action::use, network_action::resize, network_action::create}) {
            add_paths(action, from.value, to.value);
            if (action != network_action::create)
                for (unsigned c = 0; c < topology_.circuits.size(); ++c) add_circuit(action, c, from.value, to.value);
        }
        if (parameters_.every)
            detail::sort(options_.data(), options_.size(),
                         [](const path_option& a, const path_option& b) { return before(a, b); });
        return static_cast<std::vector<path_option>&&>(options_);
    }

    void add_paths(network_action action, unsigned from, unsigned to) {
        const unsigned edges = topology_.net.edges();
        rates_.resize(edges);
        usable_.resize(edges);
        for (unsigned e = 0; e < edges; ++e) {
            const unsigned link = topology_.edge_link[e];
            const double rate = rate_for(action, topology_, estate_, link, free_->links[link]).si();
            rates_[e] = rate > 0 ? rate : 0.0;
            usable_[e] = rate > 0;
        }
        unsigned looked_at = 0;
        const bool one_more = parameters_.every && parameters_.paths < ~0u; // to know whether there is one
        for (const path& p :
             shortest_(topology_.net, topology_.edge_delay, from, to, parameters_.paths + one_more, usable_)) {
            cut_short_ = cut_short_ || looked_at == parameters_.paths;
            if (looked_at++ < parameters_.paths) add_path(action, p);
        }
        if (parameters_.every) return;
        add_front(action, from, to, topology_.edge_delay);
        if (price_edges()) add_front(action, from, to, prices_);
    }

    // The best path by `costs` of all, then of those with a higher rate than that, and so on up to the highest rate: one search for
    // each point of the front. Further points than are kept are left out where the rate differs least from the last kept.
    void add_front(network_action action, unsigned from, unsigned to, const std::vector<double>& costs) {
        if (parameters_.front == 0) return;
        for (unsigned e = 0; e < rates_.size(); ++e) usable_[e] = rates_[e] > 0;
        front_.clear();
        for (;;) {
            const auto found = shortest_(topology_.net, costs, from, to, 1, usable_);
            if (found.empty()) break;
            const double rate = bottleneck_along(found[0].edges, [&](unsigned e) { return rates_[e]; });
            front_.push_back(found[0]);
            for (unsigned e = 0; e < rates_.size(); ++e) usable_[e] = rates_[e] > rate;
        }
        const auto rate_of = [&](unsigned long i) {
            return bottleneck_along(front_[i].edges, [&](unsigned e) { return rates_[e]; });
        };
        while (front_.size() > parameters_.front) {
            if (parameters_.front == 1) {
                front_.erase(front_.begin(), front_.end() - 1);
                break;
            }
            unsigned long drop = 1;
            for (unsigned long i = 2; i + 1 < front_.size(); ++i)
                if (rate_of(i) / rate_of(i - 1) < rate_of(drop) / rate_of(drop - 1)) drop = i;
            front_.erase(front_.begin() + static_cast<long>(drop));
        }
        for (const path& p : front_) add_path(action, p);
    }

    // What a bit costs that takes the whole of a connection, by edge, and of equals the delay. False where no price differs from
    // another. Edges without a price are left to the other front.
    bool price_edges() {
        const unsigned edges = topology_.net.edges();
        prices_.resize(edges);
        double least = 0, most = 0, longest = 0;
        bool any = false;
        for (unsigned e = 0; e < edges; ++e) {
            const maybe<double> price = rates_[e] > 0 ? price_of(topology_.edge_link[e]) : maybe<double>{};
            if (!price) rates_[e] = 0;
            if (!(rates_[e] > 0)) continue;
            prices_[e] = *price;
            least = any ? uonaco::min(least, *price) : *price;
            most = any ? uonaco::max(most, *price) : *price;
            longest = uonaco::max(longest, topology_.edge_delay[e]);
            any = true;
        }
        if (!(most > least)) return false;
        for (unsigned e = 0; e < edges; ++e)
            prices_[e] = rates_[e] > 0 ? whole(prices_[e] / most, 0x1p24) * 0x1p16 +
                                             (longest > 0 ? whole(topology_.edge_delay[e] / longest, 0x1p8) : 0.0)
                                       : 0.0;
        return true;
    }
    // Sums of whole numbers are exact.
    static double whole(double share, double steps) { return math::floor(share * steps + 0.5); }
    maybe<double> price_of(unsigned row) const {
        const wan_link& l = estate_.links[row];
        const tariff* t = tariff_of(row);
        const double egress = l.egress_price.value_or({}).si();
        if (!t) return l.price ? maybe<double>(l.price->si() + egress) : maybe<double>{};
        const bool lease = counts(*t) != billing::volume, volume = counts(*t) != billing::duration;
        if ((lease && !t->lease) || (volume && !t->volume_price)) return {};
        return (lease ? t->lease->si() : 0.0) + (volume ? t->volume_price->si() : 0.0) + egress;
    }

    void add_path(network_action action, const path& p) {
        path_option o;
        if (way_option(action, p.edges, o)) add_with_return(o, {});
    }
    void add_circuit(network_action action, unsigned c, unsigned from, unsigned to) {
        path_option o;
        if (circuit_option(action, c, from, to, o)) add_with_return(o, free_->circuits[c]);
    }
    // And, where the way back has less, so much of it both ways. `own`: what it has without taking any of its links.
    void add_with_return(path_option& o, units::bit_rate own) {
        path_option narrow = o;
        const bool narrower = !o.both_ways && narrow_to_return(narrow, own);
        complete(o);
        add(o);
        if (!narrower) return;
        complete(narrow);
        add(narrow);
    }
    bool narrow_to_return(path_option& o, units::bit_rate own) const {
        units::bit_rate more = o.rate - own;
        for (const unsigned l : o.links)
            if (!estate_.links[l].bidirectional)
                more = units::min(
                    more, most_back(o.action, topology_, estate_, l, *free_, o.circuit != path_option::no_circuit));
        if (o.action == network_action::create) more = in_steps(more, o.step);
        if (!(more.si() > 0)) return false;
        o.rate = own + more;
        o.both_ways = both_ways(o, more);
        return o.both_ways;
    }

    // Links and rate of a way over these edges; false if it has none.
    bool way_option(network_action action, view<unsigned> edges, path_option& o) {
        o.action = action;
        for (const unsigned e : edges) o.links.push_back(topology_.edge_link[e]);
        o.rate = bottleneck_along(o.links,
                                  [&](unsigned l) { return rate_for(action, topology_, estate_, l, free_->links[l]); });
        if (!(o.rate.si() > 0) || (action == network_action::create && !fit_steps(o))) return false;
        o.both_ways = both_ways(o, o.rate);
        return true;
    }

    // The same of a circuit in service, from either end.
    bool circuit_option(network_action action, unsigned c, unsigned from, unsigned to, path_option& o) {
        const circuit_route& r = topology_.circuits[c];
        const bool along = r.from == from && r.to == to;
        if (!r.usable || (!along && (r.from != to || r.to != from))) return false;
        o.action = action;
        o.circuit = c;
        for (unsigned i = 0; i < r.links.size(); ++i) o.links.push_back(r.links[along ? i : r.links.size() - 1 - i]);
        o.rate = free_->circuits[c];
        o.both_ways = true;
        if (action == network_action::resize) {
            const units::bit_rate more = growth(o.links);
            if (!(more.si() > 0) || passes_twice(o.links, from)) return false;
            o.rate = o.rate + more;
            o.both_ways = both_ways(o, more);
        }
        return o.rate.si() > 0;
    }

    // Whether a way meets a node twice: it may need a link, or what leads back beside it, more than once.
    bool passes_twice(view<unsigned> links, unsigned from) const {
        detail::later_t<std::vector<unsigned>, Estate> met{from};
        for (const unsigned l : links) {
            const unsigned along = topology_.links[l].edge;
            const unsigned to =
                topology_.net.from(along) == met.back() ? topology_.net.to(along) : topology_.net.from(along);
            if (detail::note_once(met, to)) return true;
        }
        return false;
    }

    // By how much a circuit can be enlarged on all of its links; what is in service beside it stays out of it.
    units::bit_rate growth(view<unsigned> links) const {
        units::bit_rate least{};
        for (unsigned i = 0; i < links.size(); ++i) {
            const link_rates grow{{}, {}, free_->links[links[i]].resizable};
            const units::bit_rate more = rate_for(network_action::resize, topology_, estate_, links[i], grow);
            least = i == 0 || more < least ? more : least;
        }
        return least;
    }

    bool both_ways(const path_option& o, units::bit_rate rate) const {
        for (const unsigned l : o.links)
            if (return_link(o.action, topology_, estate_, l, rate, *free_, o.circuit != path_option::no_circuit) == ~0u)
                return false;
        return true;
    }

    // A circuit has one rate, so it comes in steps that are whole steps on each of its links.
    bool fit_steps(path_option& o) const {
        for (const unsigned l : o.links) {
            const maybe<units::bit_rate>& step = estate_.links[l].create->step;
            if (!step || !(step->si() > 0)) continue;
            const double both = o.step ? common_step(o.step->si(), step->si(), o.rate.si()) : step->si();
            if (both == 0) return false;
            o.step = units::bit_rate::from_si(both);
        }
        o.rate = in_steps(o.rate, o.step);
        return o.rate.si() > 0;
    }

    // Least common multiple in whole bit/s; 0 if it is more than `most`.
    static double common_step(double a, double b, double most) {
        if (a == b) return a;
        const long long x = static_cast<long long>(a + 0.5);
        const long long y = static_cast<long long>(b + 0.5);
        long long g = x;
        for (long long r = y; r != 0;) {
            const long long next = g % r;
            g = r;
            r = next;
        }
        if (g == 0 || static_cast<double>(x / g) > most / static_cast<double>(y)) return 0;
        return static_cast<double>(x / g * y);
    }

    void complete(path_option& o) {
        fill(o);
        o.takes = taken_from(o);
    }

    void add(path_option& o) {
        if (all_) {
            for (const path_option& other : options_)
                if (other == o) return;
            options_.push_back(o);
            return;
        }
        keep<basic_option_search>(options_, o);
    }
    // Into a list of which none is beaten, in the order of Search::before, unless Search::no_worse says that it is; what it beats leaves.
    template <class Search, class Option>
    static void keep(std::vector<Option>& list, const Option& o) {
        for (const Option& other : list)
            if (Search::no_worse(other, o)) return;
        unsigned long kept = 0;
        for (unsigned long i = 0; i < list.size(); ++i) {
            if (Search::no_worse(o, list[i])) continue;
            if (kept != i) list[kept] = static_cast<Option&&>(list[i]);
            ++kept;
        }
        list.resize(kept);
        list.push_back(o);
        for (unsigned long i = kept; i > 0 && Search::before(list[i], list[i - 1]); --i) {
            Option last = static_cast<Option&&>(list[i]);
            list[i] = static_cast<Option&&>(list[i - 1]);
            list[i - 1] = static_cast<Option&&>(last);
        }
    }

    template <class Q>
    auto of(Q link_facts::*figure) const {
        return [this, figure](unsigned link) { return topology_.links[link].*figure; };
    }

    // Everything that follows from the links and the action.
    void fill(detail::later_t<path_option, Estate>& o) {
        o.latency = total_along(o.links, of(&link_facts::latency)) +
                    topology_.parameters.node_latency * static_cast<double>(o.links.size());
        const auto take = [](const auto& part, auto& value, bool& known) {
            value = part.value;
            known = part.complete;
        };
        take(total_along(o.links, of(&link_facts::jitter)), o.jitter, o.jitter_known);
        take(loss_along(o.links, of(&link_facts::loss)), o.loss, o.loss_known);
        take(availability_along(o.links, of(&link_facts::availability)), o.availability, o.availability_known);
        o.availability = with_risks_once(topology_, o.links, o.availability, risks_);
        take(total_along(o.links, of(&link_facts::transport_energy)), o.transport_energy, o.transport_energy_known);
        if (o.circuit != path_option::no_circuit && topology_.circuits[o.circuit].transport_energy) {
            o.transport_energy = *topology_.circuits[o.circuit].transport_energy;
            o.transport_energy_known = true;
        }
        o.set_up_fee = units::money{};
        o.lease = units::bandwidth_price{};
        o.egress = units::volume_price{};
        o.security = estate_.links[o.links[0]].security;
        for (unsigned i = 0; i < o.links.size(); ++i) {
            const wan_link& l = estate_.links[o.links[i]];
            add_offer(o, i);
            const tariff* t = tariff_of(o.links[i]);
            if (!t)
                o.lease = o.lease + l.price;
            else if (!charged_before(o, i))
                add_tariff(o, *t);
            if (t && tells_all(*t)) // but for what a link states besides
                o.egress = o.egress + l.egress_price.value_or({});
            else {
                o.billed_in_full = o.billed_in_full && l.egress_price;
                if (bills_volume_) o.egress = o.egress + l.egress_price;
            }
            o.encrypted.add(l.security.encryption, l.packet_encryption.value_or(packet_encryption::macsec));
            if (static_cast<int>(l.security.encryption) < static_cast<int>(o.security.encryption))
                o.security.encryption = l.security.encryption;
            if (static_cast<int>(l.security.isolation) < static_cast<int>(o.security.isolation))
                o.security.isolation = l.security.isolation;
        }
    }

    // What take() reads of this option at any rate up to its own. Not told of a circuit that grows: by how much is a difference of
    // rates, which may round to more than there is.
    unsigned long long taken_from(const path_option& o) const {
        const auto bit = [](unsigned row) { return 1ull << row % 64; };
        if (o.circuit != path_option::no_circuit)
            return o.action == network_action::use ? bit(static_cast<unsigned>(estate_.links.size()) + o.circuit) : 0;
        unsigned long long bits = 0;
        for (const unsigned l : o.links) {
            bits |= bit(l);
            if (!o.both_ways || estate_.links[l].bidirectional) continue;
            const unsigned along = topology_.links[l].edge;
            for (const arc a : topology_.net.out(topology_.net.to(along)))
                if (a.node == topology_.net.from(along)) bits |= bit(topology_.edge_link[a.edge]);
        }
        return bits;
    }

    static void add_tariff(path_option& o, const tariff& t) {
        if (counts(t) != billing::duration) o.egress = o.egress + t.volume_price;
        if (counts(t) == billing::volume) return;
        o.lease = o.lease + t.lease;
        o.least_lease = units::max(o.least_lease, t.minimum_duration.value_or({}));
        o.lease_step = units::max(o.lease_step, t.billing_increment.value_or({}));
    }

    // Lead time and fee of making one link ready. A tariff's fee is for creating; a resize costs what its own offer says,
    // and only where that says nothing what the tariff says.
    void add_offer(path_option& o, unsigned i) const {
        if (o.action == network_action::use) return;
        const wan_link& l = estate_.links[o.links[i]];
        const bool resize = o.action == network_action::resize;
        const provisioning& p = resize ? *l.resize : *l.create;
        o.lead_time = units::max(o.lead_time, *p.lead_time);
        o.hitless = o.hitless && p.hitless;
        const tariff* t = tariff_of(o.links[i]);
        if (!t || (resize && p.set_up_fee))
            o.set_up_fee = o.set_up_fee + p.set_up_fee;
        else if (!charged_before(o, i))
            o.set_up_fee = o.set_up_fee + t->set_up_fee;
    }

    const tariff* tariff_of(unsigned row) const {
        const unsigned t = topology_.links[row].tariff;
        return t == ~0u ? nullptr : &estate_.tariffs[t];
    }
    bool charged_before(const path_option& o, unsigned i) const {
        for (unsigned j = 0; j < i; ++j)
            if (topology_.links[o.links[j]].tariff == topology_.links[o.links[i]].tariff) return true;
        return false;
    }

    // A price that is not known is neither better nor worse than a known one, and as good as another that is not known.
    template <class Q>
    static bool no_dearer(const maybe<Q>& a, const maybe<Q>& b) {
        return a.known() == b.known() && (!a || *a <= *b);
    }
    static bool no_coarser(const maybe<units::bit_rate>& a, const maybe<units::bit_rate>& b) {
        return !a || (b && in_steps(*b, a) == *b);
    }
    // A figure that is not known looks like 0 in an option; it must not push out one that is known.
    static bool knows_no_less(const path_option& a, const path_option& b) {
        return a.jitter_known >= b.jitter_known && a.loss_known >= b.loss_known &&
               a.availability_known >= b.availability_known && a.transport_energy_known >= b.transport_energy_known;
    }
    // Whoever asks for encryption pays for it hop by hop; of a path that has a link without any, nobody does.
    static bool encrypts_no_dearer(const path_option& a, const path_option& b) {
        return b.security.encryption == encryption::none || a.encrypted.within(b.encrypted);
    }
    static bool no_worse(const path_option& a, const path_option& b) {
        return a.rate >= b.rate && a.latency <= b.latency && a.jitter <= b.jitter && a.loss <= b.loss &&
               a.lead_time <= b.lead_time && a.availability >= b.availability &&
               a.transport_energy <= b.transport_energy && knows_no_less(a, b) && a.both_ways >= b.both_ways &&
               a.hitless >= b.hitless && a.security.covers(b.security) && encrypts_no_dearer(a, b) &&
               no_dearer(a.set_up_fee, b.set_up_fee) && no_dearer(a.lease, b.lease) && no_dearer(a.egress, b.egress) &&
               a.least_lease <= b.least_lease && (a.lease_step.si() == 0 || a.lease_step == b.lease_step) &&
               no_coarser(a.step, b.step);
    }
    static bool before(const path_option& a, const path_option& b) {
        if (a.action != b.action) return static_cast<int>(a.action) < static_cast<int>(b.action);
        if (a.latency != b.latency) return a.latency < b.latency;
        for (unsigned long i = 0; i < a.links.size() && i < b.links.size(); ++i)
            if (a.links[i] != b.links[i]) return a.links[i] < b.links[i];
        if (a.links.size() != b.links.size()) return a.links.size() < b.links.size();
        return a.circuit + 1 < b.circuit + 1; // no_circuit + 1 is 0: a path without one comes first
    }

    const topology& topology_;
    const Estate& estate_;
    option_parameters parameters_;
    bool bills_volume_ = false; ///< some link of the estate does
    bool all_ = false;          ///< what is wanted in a call
    bool cut_short_ = false;
    const network_rates* free_ = nullptr; ///< for the time of a call
    detail::later_t<k_shortest_search, Estate> shortest_{};
    detail::later_t<std::vector<double>, Estate> rates_{};         ///< by edge, for the action at hand
    detail::later_t<std::vector<unsigned char>, Estate> usable_{}; ///< by edge
    detail::later_t<std::vector<double>, Estate> prices_{};        ///< by edge
    detail::later_t<std::vector<path>, Estate> front_{};
    detail::later_t<std::vector<unsigned>, Estate> risks_{}; ///< of the way at hand
    detail::later_t<std::vector<path_option>, Estate> options_{};
};

using option_search = basic_option_search<estate>;

/// The options of one pair of sites. Keep an option_search for many.
template <snapshot Estate>
std::vector<path_option> options(const topology& t, const Estate& e, row<site_tag> from, row<site_tag> to,
                                 const network_rates& free, const option_parameters& p = {}) {
    return basic_option_search<Estate>(t, e, p)(from, to, free);
}

} // namespace uonaco::inline UONACO_ABI
