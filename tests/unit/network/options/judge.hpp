// SPDX-License-Identifier: Apache-2.0
// Every simple way of an estate with its figures, worked out anew from the records.
#pragma once

#include "estates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace options_test {

// What is compared, each figure worked out anew from the estate's records; rates in whole bit/s.
struct figures {
    network_action action = network_action::none;
    std::vector<unsigned> links;
    unsigned circuit = path_option::no_circuit;
    long long rate = 0, step = 0; // step 0: any
    struct part {
        long long step;
        double lease, energy;
        bool lease_known;
    };
    std::vector<part> parts; // of a pair: of each way
    double worst = 0;        // of a pair: delay of the longer way
    double latency = 0, jitter = 0, availability = 1, energy = 0, lead = 0, fee = 0, lease = 0;
    bool jitter_known = true, availability_known = true, energy_known = true, fee_known = true, lease_known = true;
    bool both_ways = false, hitless = true;
    int isolation = 2;

    // Up to `slack`, relative: sums in another order differ in the last bits.
    bool no_worse(const figures& b, double slack = 0) const {
        const auto less = [&](double x, double y) { return x <= y + slack * std::abs(y); };
        const auto known = [&](bool k, double x, bool l, double y) { return k >= l && less(x, y); };
        const auto price = [&](bool k, double x, bool l, double y) { return k == l && (!k || less(x, y)); };
        const auto divides = [](long long mine, long long other) {
            return mine == 0 || (other != 0 && other % mine == 0);
        };
        const auto instead = [&](const part& x, const part& y) {
            return divides(x.step, y.step) && price(x.lease_known, x.lease, y.lease_known, y.lease) &&
                   less(x.energy, y.energy);
        };
        if (parts.size() == 2) {
            bool all = true;
            for (const part& x : parts)
                for (const part& y : b.parts) all = all && divides(x.step, y.step);
            if (!all && !(instead(parts[0], b.parts[0]) && instead(parts[1], b.parts[1])) &&
                !(instead(parts[0], b.parts[1]) && instead(parts[1], b.parts[0])))
                return false;
        }
        return rate >= b.rate && less(latency, b.latency) && less(worst, b.worst) &&
               known(jitter_known, jitter, b.jitter_known, b.jitter) &&
               known(availability_known, -availability, b.availability_known, -b.availability) &&
               known(energy_known, energy, b.energy_known, b.energy) && lead <= b.lead &&
               price(fee_known, fee, b.fee_known, b.fee) && price(lease_known, lease, b.lease_known, b.lease) &&
               both_ways >= b.both_ways && hitless >= b.hitless && isolation >= b.isolation &&
               (step == 0 || (b.step != 0 && b.rate % step == 0 && b.step % step == 0));
    }
};

inline long long whole(units::bit_rate r) { return std::llround(r.si()); }

class judge {
  public:
    judge(const topology& t, const estate& e, const network_rates& free) : t_(t), e_(e), free_(free) {}

    std::vector<figures> all(unsigned from, unsigned to) {
        found_.clear();
        for (const network_action a : {network_action::use, network_action::resize, network_action::create}) {
            action_ = a;
            links_.clear();
            std::vector<bool> met(t_.net.nodes());
            if (from != to) walk(from, to, met);
        }
        if (from != to)
            for (unsigned c = 0; c < e_.circuits.size(); ++c) circuit(c, from, to);
        return found_;
    }

  private:
    void walk(unsigned at, unsigned to, std::vector<bool>& met) {
        if (at == to) return path();
        met[at] = true;
        for (const arc a : t_.net.out(at)) {
            const unsigned l = t_.edge_link[a.edge];
            if (met[a.node] || !t_.links[l].usable || room(l) <= 0) continue;
            links_.push_back(l);
            walk(a.node, to, met);
            links_.pop_back();
        }
        met[at] = false;
    }
    static long long stepped(long long r, const maybe<units::bit_rate>& step) {
        return step ? r / whole(*step) * whole(*step) : r;
    }
    long long room(unsigned l, bool beside = false) const {
        const wan_link& k = e_.links[l];
        const link_rates& f = free_.links[l];
        if (action_ == network_action::use) return whole(f.in_service);
        if (action_ == network_action::create)
            return k.create && k.create->lead_time ? stepped(whole(f.creatable), k.create->step) : 0;
        if (!k.resize || !k.resize->lead_time || !(k.capacity.si() > 0)) return 0;
        const long long more = stepped(whole(f.resizable), k.resize->step);
        return more > 0 ? more + (beside ? 0 : whole(f.in_service)) : 0;
    }
    bool leads_back(unsigned l, long long rate, bool beside) const {
        if (e_.links[l].bidirectional) return true;
        for (unsigned k = 0; k < e_.links.size(); ++k) {
            const wan_link& a = e_.links[l];
            const wan_link& b = e_.links[k];
            const bool along = b.src_node == a.dst_node && b.dst_node == a.src_node;
            const bool against = b.bidirectional && b.src_node == a.src_node && b.dst_node == a.dst_node;
            if (t_.links[k].usable && (along || against) && room(k, beside) >= rate) return true;
        }
        return false;
    }
    void path() {
        figures f;
        f.links = links_;
        f.rate = room(links_[0]);
        for (const unsigned l : links_) f.rate = std::min(f.rate, room(l));
        if (action_ == network_action::create)
            for (const unsigned l : links_)
                if (const auto& s = e_.links[l].create->step)
                    f.step = f.step == 0 ? whole(*s) : std::lcm(f.step, whole(*s));
        if (f.step != 0) f.rate = f.rate / f.step * f.step;
        finish(f, f.rate, false);
    }
    void circuit(unsigned c, unsigned from, unsigned to) {
        const circuit_route& r = t_.circuits[c];
        if (!r.usable || !((r.from == from && r.to == to) || (r.from == to && r.to == from))) return;
        figures f;
        f.links = r.links;
        if (r.from != from) f.links = {r.links.rbegin(), r.links.rend()};
        f.circuit = c;
        f.rate = whole(free_.circuits[c]);
        action_ = network_action::use;
        finish(f, 0, true);
        action_ = network_action::resize;
        long long more = room(r.links[0], true);
        for (const unsigned l : r.links) more = std::min(more, room(l, true));
        std::vector<unsigned> nodes{r.from};
        for (const unsigned l : r.links) { // twice through a node: not offered
            const unsigned a = t_.net.from(t_.links[l].edge), b = t_.net.to(t_.links[l].edge);
            const unsigned next = a == nodes.back() ? b : a;
            for (const unsigned n : nodes) more = n == next ? 0 : more;
            nodes.push_back(next);
        }
        if (more <= 0) return;
        f.rate += more;
        finish(f, more, true);
    }
    void finish(figures f, long long back, bool of_circuit) {
        if (f.rate <= 0) return;
        f.action = action_;
        f.both_ways = true;
        if (!of_circuit || back > 0)
            for (const unsigned l : f.links) f.both_ways = f.both_ways && leads_back(l, back, of_circuit);
        std::vector<std::string> charged;
        std::vector<std::string> risks;
        for (const unsigned l : f.links) {
            const wan_link& k = e_.links[l];
            f.latency += t_.links[l].latency.si();
            const auto sum = [](double& to, bool& known, const auto& x) {
                known = known && x.known();
                if (x) to += x->si();
            };
            sum(f.jitter, f.jitter_known, k.jitter);
            sum(f.energy, f.energy_known, k.transport_energy);
            up(f, k, risks);
            f.isolation = std::min(f.isolation, static_cast<int>(k.security.isolation));
            const tariff* list = nullptr;
            for (const tariff& each : e_.tariffs)
                if (each.id == k.tariff) list = &each;
            const bool again = list && std::find(charged.begin(), charged.end(), list->id.text) != charged.end();
            if (list && !again) charged.push_back(list->id.text);
            if (!again) sum(f.lease, f.lease_known, list ? list->lease : k.price);
            if (action_ == network_action::use) continue;
            const provisioning& p = action_ == network_action::resize ? *k.resize : *k.create;
            f.lead = std::max(f.lead, p.lead_time->si());
            f.hitless = f.hitless && p.hitless;
            if (!list || (action_ == network_action::resize && p.set_up_fee))
                sum(f.fee, f.fee_known, p.set_up_fee);
            else if (!again)
                sum(f.fee, f.fee_known, list->set_up_fee);
        }
        found_.push_back(f);
    }
    // The union of risks: whatever several links need is a factor once.
    void up(figures& f, const wan_link& k, std::vector<std::string>& risks) const {
        const auto once = [&](const std::string& name) {
            if (std::find(risks.begin(), risks.end(), name) != risks.end()) return false;
            risks.push_back(name);
            return true;
        };
        const auto in_duct = [](const std::vector<units::count>& srlgs) {
            return std::find(srlgs.begin(), srlgs.end(), 7) != srlgs.end();
        };
        const double duct = e_.risks[0].availability->si();
        if (k.availability) {
            bool inside = in_duct(k.srlgs);
            for (const span_id& id : k.spans)
                inside = inside || in_duct(e_.spans[static_cast<unsigned>(id.text[1] - '0')].srlgs);
            f.availability *= inside ? k.availability->si() / duct : k.availability->si();
            if (inside && once("duct")) f.availability *= duct;
            return;
        }
        if (k.spans.empty()) {
            f.availability_known = false;
            return;
        }
        for (const span_id& id : k.spans)
            if (!e_.spans[static_cast<unsigned>(id.text[1] - '0')].availability) {
                f.availability_known = false;
                return;
            }
        for (const span_id& id : k.spans) {
            const fibre_span& s = e_.spans[static_cast<unsigned>(id.text[1] - '0')];
            const bool inside = in_duct(s.srlgs);
            if (once("span " + id.text)) f.availability *= inside ? s.availability->si() / duct : s.availability->si();
            if (inside && once("duct")) f.availability *= duct;
        }
    }

    const topology& t_;
    const estate& e_;
    const network_rates& free_;
    network_action action_ = network_action::use;
    std::vector<unsigned> links_;
    std::vector<figures> found_;
};

inline figures listed(const path_option& o) {
    figures f;
    f.action = o.action;
    f.links = o.links;
    f.circuit = o.circuit;
    f.rate = whole(o.rate);
    f.step = o.step ? whole(*o.step) : 0;
    f.latency = o.latency.si();
    f.jitter = o.jitter.si();
    f.availability = o.availability.si();
    f.energy = o.transport_energy.si();
    f.lead = o.lead_time.si();
    f.fee = o.set_up_fee.value_or({}).si();
    f.lease = o.lease.value_or({}).si();
    f.jitter_known = o.jitter_known;
    f.availability_known = o.availability_known;
    f.energy_known = o.transport_energy_known;
    f.fee_known = o.set_up_fee.known();
    f.lease_known = o.lease.known();
    f.both_ways = o.both_ways;
    f.hitless = o.hitless;
    f.isolation = static_cast<int>(o.security.isolation);
    return f;
}
inline bool covered(const figures& f, const std::vector<path_option>& list) {
    for (const path_option& o : list)
        if (listed(o).no_worse(f, 1e-12)) return true;
    return false;
}

} // namespace options_test
