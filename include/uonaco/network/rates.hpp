// SPDX-License-Identifier: Apache-2.0
// What is free on links and circuits: where it starts from, what it allows, and what is left once an option is taken.
#pragma once

#include "path_option.hpp"
#include "topology.hpp"

namespace uonaco::inline UONACO_ABI {

/// Free on a link, each way where it is bidirectional.
struct link_rates {
    units::bit_rate in_service{}; ///< in service and not promised
    units::bit_rate creatable{};  ///< what new circuits may still take
    units::bit_rate resizable{};  ///< by which what runs may still grow

    friend constexpr bool operator==(link_rates, link_rates) = default;
};

/// By row of an estate's tables. Whoever keeps reservations takes them from a copy (see take()).
struct network_rates {
    std::vector<link_rates> links;
    std::vector<units::bit_rate> circuits; ///< not promised on each circuit

    friend bool operator==(const network_rates&, const network_rates&) = default;
};

/// What the estate itself says is free. A link has its capacity less the circuits on it (up or not), and no more than it states as
/// unreserved; a circuit all of its rate, and no more than it states. Ids that name nothing count for nothing: make_topology
/// reports them. O(n log n).
template <snapshot Estate>
network_rates rates_of(const Estate& e) {
    detail::later_t<network_rates, Estate> free;
    const detail::later_t<row_index, Estate> links(e.links);
    detail::later_t<std::vector<units::bit_rate>, Estate> taken(e.links.size());
    for (const circuit& c : e.circuits) {
        free.circuits.push_back(units::min(c.unreserved.value_or(c.rate), c.rate));
        for (const link_id& l : c.links)
            if (const unsigned row = links.find(l); row != row_index::none) taken[row] += c.rate;
    }
    for (unsigned row = 0; row < e.links.size(); ++row) {
        const wan_link& l = e.links[row];
        const units::bit_rate left = units::min(l.unreserved.value_or(l.capacity), l.capacity - taken[row]);
        free.links.push_back({left.si() > 0 ? left : units::bit_rate{}, l.create ? l.create->rate : units::bit_rate{},
                              l.resize ? l.resize->rate : units::bit_rate{}});
    }
    return free;
}

/// The most in whole steps that is not more than `rate`; all of it where no step is known.
UONACO_LAZY
units::bit_rate in_steps(units::bit_rate rate, maybe<units::bit_rate> step) {
    if (!step || !(step->si() > 0)) return rate;
    const double steps =
        math::floor(rate.si() / step->si() + 1e-9); // 400 Gb/s are 4 steps of 100 Gb/s however they were read
    const double whole = steps * step->si();
    return units::bit_rate::from_si(whole < rate.si() ? whole : rate.si());
}

/// What one link allows at most, each way: what is in service (use), that and what it may grow by (resize), or what can be
/// made anew (create). 0 where the link is left out, does not offer it, or does not say how soon.
template <snapshot Estate>
units::bit_rate rate_for(network_action action, const topology& t, const Estate& e, unsigned row,
                         const link_rates& free) {
    const wan_link& l = e.links[row];
    if (!t.links[row].usable) return {};
    if (action == network_action::use) return free.in_service;
    if (action == network_action::create) {
        if (!l.create || !l.create->lead_time) return {};
        return in_steps(free.creatable, l.create->step);
    }
    if (action != network_action::resize || !l.resize || !l.resize->lead_time || !(l.capacity.si() > 0)) return {};
    const units::bit_rate more = in_steps(free.resizable, l.resize->step);
    return more.si() > 0 ? free.in_service + more : units::bit_rate{};
}

/// The link that carries the other direction at `rate`: the link itself if it is bidirectional, else the first that leads back
/// between the same nodes and allows the rate; ~0u if there is none. For the growth of a circuit, what is in service
/// beside the circuit does not count. Free: network_rates, or whatever has its columns.
template <snapshot Estate, class Free>
unsigned return_link(network_action action, const topology& t, const Estate& e, unsigned row, units::bit_rate rate,
                     const Free& free, bool of_circuit = false) {
    if (e.links[row].bidirectional) return row;
    const unsigned along = t.links[row].edge;
    for (const arc a : t.net.out(t.net.to(along))) {
        const unsigned back = t.edge_link[a.edge];
        link_rates l = free.links[back];
        if (of_circuit) l.in_service = {};
        if (a.node == t.net.from(along) && rate_for(action, t, e, back, l) >= rate) return back;
    }
    return ~0u;
}

namespace detail {
UONACO_LAZY
void draw(link_rates& l, network_action action, units::bit_rate rate, bool of_circuit) {
    if (action == network_action::use) {
        l.in_service -= rate;
    } else if (action == network_action::create) {
        l.creatable -= rate;
    } else {
        units::bit_rate own{};
        if (!of_circuit) own = units::min(l.in_service, rate);
        l.in_service -= own;
        l.resizable -= rate - own;
    }
}
} // namespace detail

/// Takes an option at a rate from what is free, in both directions if it has both: a circuit's own rate before its
/// links', what is in service before what a resize adds. False, and nothing is taken, where the rate is not free any more
/// because another option was taken before. O(links of the path). Free: network_rates, or whatever has its columns.
template <snapshot Estate, class Free>
[[nodiscard]] bool take(Free& free, const topology& t, const Estate& e, const path_option& o, units::bit_rate rate) {
    const bool of_circuit = o.circuit != path_option::no_circuit;
    units::bit_rate own{};
    if (of_circuit) own = units::min(free.circuits[o.circuit], rate);
    const units::bit_rate more = rate - own;
    if (more.si() > 0) {
        if (of_circuit && o.action == network_action::use) return false;
        for (const unsigned row : o.links) {
            link_rates l = free.links[row];
            if (of_circuit) l.in_service = {};
            if (rate_for(o.action, t, e, row, l) < more) return false;
            if (o.both_ways &&
                return_link(o.action, t, e, row, more, static_cast<const Free&>(free), of_circuit) == ~0u)
                return false;
        }
        for (const unsigned row : o.links) {
            const unsigned back =
                o.both_ways ? return_link(o.action, t, e, row, more, static_cast<const Free&>(free), of_circuit) : row;
            detail::draw(free.links[row], o.action, more, of_circuit);
            if (back != row) detail::draw(free.links[back], o.action, more, of_circuit);
        }
    }
    if (of_circuit) free.circuits[o.circuit] -= own;
    return true;
}

} // namespace uonaco::inline UONACO_ABI
