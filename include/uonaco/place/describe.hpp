// SPDX-License-Identifier: Apache-2.0
// Candidates in words: which devices where, and what the network does.
#pragma once

#include "problem.hpp"

#include "../units/format.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// 1138 -> "1,138".
UONACO_LAZY
std::string grouped(units::count n) {
    std::string digits = std::to_string(n);
    for (long at = static_cast<long>(digits.size()) - 3; at > (n < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<unsigned long>(at), 1, ',');
    return digits;
}
template <class Q>
std::string said(const Q& q) {
    return units::to_text(q).c_str();
}
UONACO_LAZY
std::string percent(double x, int digits = 3) { return std::string(units::to_text(100 * x, digits).c_str()) + " %"; }

/// Peak floating-point operations a second of all devices, at the workload's precision.
UONACO_LAZY
double speed(const problem& p, const candidate& c) {
    double flops = 0;
    for (int i = 0; i < c.size; ++i)
        flops += static_cast<double>(c.shares[i].devices) *
                 p.where().facts(c.shares[i].pool).peak.at(p.what().precision).value_or({}).si();
    return flops;
}

/// Node names along a path, from one site on: "A-C-B".
UONACO_LAZY
std::string route(const survey& s, const path_option& o, const std::string& from) {
    std::string at = from;
    std::string text = from;
    for (const unsigned row : o.links) {
        const wan_link& l = s.world().links[row];
        at = l.src_node.text == at ? l.dst_node.text : l.src_node.text;
        text += "-" + at;
    }
    return text;
}
/// The route, and where another way of the same action runs along the same nodes the ids of the links: "A-B by west".
UONACO_LAZY
std::string route_told_apart(const survey& s, const path_option& o, unsigned from, unsigned to) {
    const std::string& start = s.world().sites[from].id.text;
    std::string text = route(s, o, start);
    bool alike = false;
    for (const path_option& other : s.options(from, to))
        alike = alike || (other.action == o.action && other.links != o.links && route(s, other, start) == text);
    for (unsigned long i = 0; alike && i < o.links.size(); ++i)
        text += (i == 0 ? " by " : ", ") + s.world().links[o.links[i]].id.text;
    return text;
}
} // namespace detail

/// "create 400 Gb/s A-C-B (3.92 ms one way, ready in 3 min)". Precondition: the pair was connected in the survey.
UONACO_LAZY
std::string describe(const survey& s, const connection& c, unsigned from, unsigned to) {
    const path_option& o = s.options(from, to)[c.option];
    std::string text = std::string(to_string(c.action)) + " " + detail::said(c.rate) + " " +
                       detail::route_told_apart(s, o, from, to) + " (" + detail::said(o.latency) + " one way";
    if (o.lead_time.si() > 0) text += ", ready in " + detail::said(o.lead_time);
    return text + ")";
}

/// Devices by site: "1,024 x H100 SXM at A + 1,024 at B".
UONACO_LAZY
std::string describe_devices(const survey& s, const candidate& c) {
    std::string text;
    std::string model;
    for (int i = 0; i < c.size; ++i) {
        const compute_pool& p = s.world().pools[c.shares[i].pool.value];
        if (i > 0) text += " + ";
        text += detail::grouped(c.shares[i].devices);
        if (i == 0 || p.model != model)
            text += " x " + (p.model.empty() ? std::string(to_string(p.device_type)) : p.model);
        model = p.model;
        text += " at " + p.site.text;
    }
    return text;
}

/// The whole candidate in one line.
UONACO_LAZY
std::string describe(const problem& p, const candidate& c) {
    const survey& s = p.where();
    std::string text =
        c.size == 0 && c.destination ? "to " + s.world().sites[c.destination.value].id.text : describe_devices(s, c);
    if (const auto* t = std::get_if<training>(&p.asked().task);
        t && c.size > 1 && detail::cut_of(*t, c) == wan_cut::pipeline)
        text += ", layers divided";
    const auto target = access_target(s, p.what(), c);
    const int brings_data = target ? pair_of_access(s, p.what(), c, target) : -1;
    for (int j = 1; j < c.size; ++j)
        for (int i = 0; i < j; ++i)
            if (const connection& k = c.pairs[pair_index(i, j)]; k.action != network_action::none)
                text += ", " + describe(s, k, s.facts(c.shares[i].pool).site, s.facts(c.shares[j].pool).site) +
                        (pair_index(i, j) == brings_data ? " which brings the data first" : "");
    if (target && c.access.action != network_action::none)
        text += ", " + describe(s, c.access, p.what().source.value, target.value);
    return text;
}

/// The limit in its own units: "completion 51 h of 48 h".
UONACO_LAZY
std::string describe(limit l, const outcome<double>& o, const workload& w) {
    using detail::said;
    switch (l) {
    case limit::memory:
        return "model and activations need " + detail::percent(o.reliability.memory_share) + " of device memory";
    case limit::load: return "arrivals are " + detail::percent(o.reliability.load) + " of what the replicas can serve";
    case limit::deadline:
        return "completion takes " + said(o.time.completion) + ", the deadline is " + said(w.limits.deadline);
    case limit::budget: return "it costs " + said(o.money.total) + ", the budget is " + said(w.limits.budget);
    case limit::carbon: return "it emits " + said(o.energy.carbon) + ", the limit is " + said(w.limits.carbon);
    case limit::power: return "it draws up to " + said(o.energy.peak_power) + ", the limit is " + said(w.limits.power);
    case limit::availability:
        return "availability is " +
               (o.reliability.joint ? detail::percent(*o.reliability.joint, 6) : std::string("unknown")) +
               ", asked is " + detail::percent(w.limits.availability.value_or(0.0), 6);
    case limit::first_token:
        return "the first token takes " + said(o.time.first_token) + ", the objective is " +
               said(detail::objective_of(w)->first_token);
    case limit::per_token:
        return "a token takes " + said(o.time.per_token) + " on average, the objective is " +
               said(detail::objective_of(w)->per_token);
    case limit::attainment:
        return detail::percent(o.reliability.attainment) + " of the requests are within the objective, asked is " +
               detail::percent(detail::objective_of(w)->percentile);
    }
    return "";
}

} // namespace uonaco::inline UONACO_ABI
