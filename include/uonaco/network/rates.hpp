// SPDX-License-Identifier: Apache-2.0
// What is free on links and circuits: where it starts from, what it allows, and what is left once an option is taken.
#pragma once

#include "path_option.hpp"
#include "topology.hpp"

#include "../units/format.hpp"

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

/// The least in whole steps that is not less than `rate`: what is taken for it. The rate itself where no step is known.
UONACO_LAZY
units::bit_rate least_steps(units::bit_rate rate, maybe<units::bit_rate> step) {
    const units::bit_rate whole = in_steps(rate, step);
    return whole < rate ? whole + *step : whole;
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

/// The most that a link leading back between the same nodes allows; see return_link().
template <snapshot Estate, class Free>
units::bit_rate most_back(network_action action, const topology& t, const Estate& e, unsigned row, const Free& free,
                          bool of_circuit = false) {
    units::bit_rate most{};
    const unsigned along = t.links[row].edge;
    for (const arc a : t.net.out(t.net.to(along))) {
        const unsigned back = t.edge_link[a.edge];
        link_rates l = free.links[back];
        if (of_circuit) l.in_service = {};
        if (a.node == t.net.from(along)) most = units::max(most, rate_for(action, t, e, back, l));
    }
    return most;
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

/// The first place where an option finds less than is asked of it; `action` none: nothing is short.
struct shortage {
    network_action action = network_action::none;
    unsigned link = ~0u;     ///< row, or
    unsigned circuit = ~0u;  ///< row
    bool way_back = false;   ///< the link has it, and nothing that leads back beside it
    units::bit_rate asked{}; ///< of that link or circuit
    units::bit_rate there{}; ///< at most so much of it

    explicit constexpr operator bool() const { return action != network_action::none; }
    friend constexpr bool operator==(const shortage&, const shortage&) = default;
};

/// What keeps an option from being taken at a rate: a circuit asks its own rate first and its links for the rest. O(links of the
/// path). Free: network_rates, or whatever has its columns.
template <snapshot Estate, class Free>
shortage shortage_of(const Free& free, const topology& t, const Estate& e, const path_option& o, units::bit_rate rate) {
    const bool of_circuit = o.circuit != path_option::no_circuit;
    units::bit_rate own{};
    if (of_circuit) own = units::min(free.circuits[o.circuit], rate);
    const units::bit_rate more = rate - own;
    if (!(more.si() > 0)) return {};
    if (of_circuit && o.action == network_action::use) return {o.action, ~0u, o.circuit, false, rate, own};
    for (const unsigned row : o.links) {
        link_rates l = free.links[row];
        if (of_circuit) l.in_service = {};
        const units::bit_rate there = rate_for(o.action, t, e, row, l);
        if (there < more) return {o.action, row, ~0u, false, more, there};
        if (o.both_ways && return_link(o.action, t, e, row, more, free, of_circuit) == ~0u)
            return {o.action, row, ~0u, true, more, most_back(o.action, t, e, row, free, of_circuit)};
    }
    return {};
}

/// "link A-C has 100 Gb/s of the 400 Gb/s asked (create)". The estate is the one of the topology.
template <snapshot Estate>
std::string describe(const shortage& s, const Estate& e) {
    if (!s) return "nothing is short";
    std::string text = s.link != ~0u ? "link " + e.links[s.link].id.text : "circuit " + e.circuits[s.circuit].id.text;
    text += s.way_back ? " has, on the way back, " : " has ";
    text += units::to_text(s.there).c_str() + std::string(" of the ") + units::to_text(s.asked).c_str();
    return text + " asked (" + to_string(s.action) + ")";
}

namespace detail {
/// Precondition: nothing is short. `set(place, value)` writes.
template <snapshot Estate, class Free, class Set>
void draw(Free& free, const topology& t, const Estate& e, const path_option& o, units::bit_rate rate, const Set& set) {
    const bool of_circuit = o.circuit != path_option::no_circuit;
    units::bit_rate own{};
    if (of_circuit) own = units::min(free.circuits[o.circuit], rate);
    const units::bit_rate more = rate - own;
    if (more.si() > 0)
        for (const unsigned row : o.links) {
            const unsigned back =
                o.both_ways ? return_link(o.action, t, e, row, more, static_cast<const Free&>(free), of_circuit) : row;
            for (const unsigned each : {row, back}) {
                link_rates left = free.links[each];
                draw(left, o.action, more, of_circuit);
                set(free.links[each], left);
                if (back == row) break;
            }
        }
    if (of_circuit) set(free.circuits[o.circuit], free.circuits[o.circuit] - own);
}
} // namespace detail

/// Takes an option at a rate from what is free, in both directions if it has both: a circuit's own rate before its
/// links', what is in service before what a resize adds. False, and nothing is taken, where the rate is not free any more
/// because another option was taken before; shortage_of() says where. O(links of the path). Free: network_rates, or whatever
/// has its columns.
template <snapshot Estate, class Free>
[[nodiscard]] bool take(Free& free, const topology& t, const Estate& e, const path_option& o, units::bit_rate rate) {
    if (shortage_of(free, t, e, o, rate)) return false;
    detail::draw(free, t, e, o, rate, [](auto& place, const auto& value) { place = value; });
    return true;
}

/// The same as a what-if: `log`, an undo_log, puts it back, bit for bit.
template <snapshot Estate, class Log>
    requires requires(Log& l, units::bit_rate r) { l.set(r, r); }
[[nodiscard]] bool take(Log& log, network_rates& free, const topology& t, const Estate& e, const path_option& o,
                        units::bit_rate rate) {
    if (shortage_of(free, t, e, o, rate)) return false;
    detail::draw(free, t, e, o, rate, [&](auto& place, const auto& value) { log.set(place, value); });
    return true;
}

/// One of several options that are wanted together.
struct wanted_option {
    const path_option* option = nullptr;
    units::bit_rate rate{};
};

/// What keeps several from being had together: the first that cannot be, in the order given, and what it lacks beside those before it.
struct joint_shortage {
    unsigned long option = ~0ul; ///< place in the list
    shortage lacks{};

    explicit constexpr operator bool() const { return static_cast<bool>(lacks); }
    friend constexpr bool operator==(const joint_shortage&, const joint_shortage&) = default;
};

/// Takes all of them, or nothing and says what is short. O(links of all). `log`, an undo_log, puts it back.
template <snapshot Estate, class Log>
[[nodiscard]] joint_shortage take_all(Log& log, network_rates& free, const topology& t, const Estate& e,
                                      view<wanted_option> all) {
    const auto before = log.now();
    for (unsigned long i = 0; i < all.size(); ++i) {
        if (const shortage lacks = shortage_of(free, t, e, *all[i].option, all[i].rate)) {
            log.roll_back(before);
            return {i, lacks};
        }
        detail::draw(free, t, e, *all[i].option, all[i].rate,
                     [&](auto& place, const auto& value) { log.set(place, value); });
    }
    return {};
}

} // namespace uonaco::inline UONACO_ABI
