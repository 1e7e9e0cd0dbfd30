// SPDX-License-Identifier: Apache-2.0
// Protected options: two ways that no single cut takes, each pair can be had as stated, and says what it is.
#include "../../../catch.hpp"
#include "judge.hpp"

#include <uonaco/network/protected_options.hpp>
#include <uonaco/network/risk/risk_states.hpp>

#include <set>

using namespace options_test;

namespace {
using names = std::set<std::string>;

// All that a way needs, by name, from the records alone. Nodes only between the ends.
struct needs {
    names risks;
    names nodes;
};
needs needs_of(const estate& e, const topology& t, const std::vector<unsigned>& links, unsigned from, unsigned to) {
    needs n;
    unsigned at = from;
    for (unsigned i = 0; i < links.size(); ++i) {
        const wan_link& l = e.links[links[i]];
        n.risks.insert("link " + l.id.text);
        for (const auto s : l.srlgs) n.risks.insert("srlg " + std::to_string(s));
        for (const span_id& id : l.spans) {
            n.risks.insert("span " + id.text);
            for (const fibre_span& f : e.spans)
                if (f.id == id)
                    for (const auto s : f.srlgs) n.risks.insert("srlg " + std::to_string(s));
        }
        const unsigned a = t.net.from(t.links[links[i]].edge), b = t.net.to(t.links[links[i]].edge);
        at = at == a ? b : a;
        if (at == from || at == to) continue;
        n.nodes.insert(std::to_string(at));
        for (const auto s : e.sites[at].srlgs) n.risks.insert("srlg " + std::to_string(s));
    }
    return n;
}
bool share_nothing(const names& a, const names& b) {
    for (const std::string& x : a)
        if (b.count(x)) return false;
    return true;
}
// Every simple way with a rate, whatever the action: links and the most that it may have.
struct way {
    std::vector<unsigned> links;
    double rate, delay;
};
void walk(const topology& t, const estate& e, const network_rates& free, network_action a, unsigned at, unsigned to,
          std::vector<bool>& met, way now, std::vector<way>& found) {
    if (at == to) return found.push_back(now);
    met[at] = true;
    for (const arc out : t.net.out(at)) {
        const unsigned l = t.edge_link[out.edge];
        const double rate = rate_for(a, t, e, l, free.links[l]).si();
        if (met[out.node] || !(rate > 0)) continue;
        way next = now;
        next.links.push_back(l);
        next.rate = std::min(next.rate, rate);
        next.delay += t.links[l].latency.si();
        walk(t, e, free, a, out.node, to, met, next, found);
    }
    met[at] = false;
}
std::vector<way> all_ways(const topology& t, const estate& e, const network_rates& free, unsigned from, unsigned to) {
    std::vector<way> found;
    for (const network_action a : {network_action::use, network_action::resize, network_action::create}) {
        std::vector<bool> met(t.net.nodes());
        walk(t, e, free, a, from, to, met, {{}, 1e300, 0}, found);
    }
    for (unsigned c = 0; c < e.circuits.size(); ++c) {
        const circuit_route& r = t.circuits[c];
        if (!r.usable || !(free.circuits[c].si() > 0) ||
            !((r.from == from && r.to == to) || (r.from == to && r.to == from)))
            continue;
        way w{r.links, free.circuits[c].si(), 0};
        if (r.from != from) w.links = {r.links.rbegin(), r.links.rend()};
        for (const unsigned l : w.links) w.delay += t.links[l].latency.si();
        found.push_back(w);
    }
    return found;
}
// Up by the states of all risks that both ways have inside of what they state.
double enumerated(const topology& t, const protected_option& o) {
    std::vector<units::ratio> up(t.risk_up.begin(), t.risk_up.end());
    std::vector<risk::risks> ways;
    for (const path_option* p : {&o.working, &o.backup}) {
        risk::risks mine;
        double own = p->availability.si();
        std::vector<unsigned> inside;
        static_cast<void>(with_risks_once(t, p->links, 1.0, inside));
        for (const unsigned r : inside) {
            own = std::min(1.0, own / t.risk_up[r]);
            mine.push_back(r);
        }
        mine.push_back(static_cast<unsigned>(up.size()));
        up.push_back(own);
        ways.push_back(mine);
    }
    return risk::any_up(up, ways).least.si();
}
} // namespace

TEST_CASE("10,000 states: every pair can be taken alone, shares no risk, and is put back bit for bit") {
    dice d(20260404);
    undo_log log;
    unsigned long pairs = 0, full = 0, both_ways = 0, mixed = 0, most = 0;
    for (int round = 0; round < 10000 * times(); ++round) {
        const estate e = random_estate(d, {3, 7, 6, 19});
        const auto t = make_topology(e);
        REQUIRE(t);
        network_rates free = rates_of(e);
        take_some(d, *t, e, free);
        const unsigned from = d.below(t->sites), to = d.below(t->sites);
        protected_search search(*t, e);
        const protection asked = d.chance(70) ? protection::risk : protection::full;
        const auto found = search({from}, {to}, free, asked);
        CAPTURE(round);
        if (!found) {
            CHECK(found.error().asked == asked);
            CHECK(found.error().code != errc::none);
            continue;
        }
        most = std::max(most, found->size());
        const network_rates before = free;
        bool sound = true, disjoint = true, stated = true;
        for (const protected_option& o : *found) {
            ++pairs;
            full += o.had == protection::full;
            both_ways += o.both.both_ways;
            mixed += o.working.action != o.backup.action;
            for (const units::bit_rate rate : {o.both.rate, units::bit_rate(o.both.rate * 0.61)}) {
                sound = sound && !take(log, free, *t, e, o, rate) && none_negative(free) && !(free == before);
                log.roll_back();
                sound = sound && identical(free, before);
            }
            const needs a = needs_of(e, *t, o.working.links, from, to), b = needs_of(e, *t, o.backup.links, from, to);
            disjoint = disjoint && o.had <= asked && share_nothing(a.risks, b.risks) &&
                       (o.had == protection::full) == share_nothing(a.nodes, b.nodes);
            stated = stated && o.working.rate >= o.both.rate && o.backup.rate >= o.both.rate &&
                     in_steps(o.working.rate, o.working.step) == o.working.rate &&
                     in_steps(o.backup.rate, o.backup.step) == o.backup.rate && o.both.latency == o.working.latency &&
                     o.working.latency <= o.backup.latency && o.worst_latency == o.backup.latency &&
                     o.both.lead_time == units::max(o.working.lead_time, o.backup.lead_time) &&
                     o.both.transport_energy == o.working.transport_energy + o.backup.transport_energy &&
                     std::abs(o.both.availability.si() - enumerated(*t, o)) < 1e-9;
        }
        CHECK(sound);
        CHECK(disjoint);
        CHECK(stated);
        if (round % 16 == 0) CHECK((*search({from}, {to}, free, asked) == *found));
    }
    CAPTURE(pairs, full, both_ways, mixed, most);
    CHECK((pairs > 5000 && full > 1000 && both_ways > 1000 && mixed > 1000));
}

TEST_CASE("two ways apart are found whenever there are any, at each rate with the least sum of delays") {
    dice d(20260405);
    unsigned long had = 0, refused = 0;
    for (int round = 0; round < 1500 * times(); ++round) {
        const estate e = random_estate(d, {3, 6, 6, 14, false});
        const auto t = make_topology(e);
        REQUIRE(t);
        const network_rates free = rates_of(e);
        const unsigned from = d.below(t->sites), to = d.below(t->sites);
        if (from == to) continue;
        const auto found = protected_options(*t, e, {from}, {to}, free);
        const auto ways = all_ways(*t, e, free, from, to);
        bool any = false, listed = true;
        for (std::size_t i = 0; i < ways.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                if (!share_nothing(needs_of(e, *t, ways[i].links, from, to).risks,
                                   needs_of(e, *t, ways[j].links, from, to).risks))
                    continue;
                any = true;
                bool as_good = false;
                for (unsigned long k = 0; found && k < found->size(); ++k)
                    as_good = as_good || ((*found)[k].both.rate.si() >= std::min(ways[i].rate, ways[j].rate) &&
                                          (*found)[k].both.latency.si() + (*found)[k].worst_latency.si() <=
                                              ways[i].delay + ways[j].delay + 1e-10);
                listed = listed && as_good;
            }
        CAPTURE(round, from, to);
        CHECK(listed);
        if (!found) {
            CHECK_FALSE(any);
            CHECK(found.error().code == (ways.empty() ? errc::unreachable : errc::no_candidate));
            if (!ways.empty())
                CHECK_FALSE((found.error().shared.links.empty() && found.error().shared.spans.empty() &&
                             found.error().shared.srlgs.empty()));
        }
        (found ? had : refused) += 1;
    }
    CAPTURE(had, refused);
    CHECK((had > 300 && refused > 300));
}

namespace {
// Two ways together, as the page on options says; that both directions are free is not looked at.
figures together(const figures& a, const figures& b) {
    figures f;
    for (const figures* w : {&a, &b}) f.parts.push_back({w->step, w->lease, w->energy, w->lease_known});
    f.rate = std::min(a.rate, b.rate);
    f.latency = std::min(a.latency, b.latency);
    f.worst = std::max(a.latency, b.latency);
    f.jitter = std::max(a.jitter, b.jitter);
    f.availability = 1 - (1 - a.availability) * (1 - b.availability);
    f.energy = a.energy + b.energy;
    f.lead = std::max(a.lead, b.lead);
    f.fee = a.fee + b.fee;
    f.lease = a.lease + b.lease;
    f.jitter_known = a.jitter_known && b.jitter_known;
    f.availability_known = a.availability_known && b.availability_known;
    f.energy_known = a.energy_known && b.energy_known;
    f.fee_known = a.fee_known && b.fee_known;
    f.lease_known = a.lease_known && b.lease_known;
    f.hitless = a.hitless && b.hitless;
    f.isolation = std::min(a.isolation, b.isolation);
    f.both_ways = false;
    return f;
}
figures listed(const protected_option& o) {
    figures f = options_test::listed(o.both);
    f.worst = o.worst_latency.si();
    for (const path_option* p : {&o.working, &o.backup}) {
        const figures w = options_test::listed(*p);
        f.parts.push_back({w.step, w.lease, w.energy, w.lease_known});
    }
    return f;
}
} // namespace

TEST_CASE("with paths enough the pairs are the whole Pareto front of all pairs of ways that share no risk") {
    dice d(20260406);
    unsigned long pairs = 0, options = 0;
    for (int round = 0; round < 1000 * times(); ++round) {
        const estate e = random_estate(d, {3, 6, 6, 12});
        const auto t = make_topology(e);
        REQUIRE(t);
        const network_rates free = rates_of(e);
        const unsigned from = d.below(t->sites), to = d.below(t->sites);
        const auto found = protected_options(*t, e, {from}, {to}, free, protection::risk, {.paths = 1000});
        const std::vector<figures> ways = judge(*t, e, free).all(from, to);
        std::vector<needs> parts;
        for (const figures& w : ways) parts.push_back(needs_of(e, *t, w.links, from, to));
        bool complete = true, unbeaten = true;
        for (std::size_t i = 0; i < ways.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                if (!share_nothing(parts[i].risks, parts[j].risks)) continue;
                const bool apart_in_nodes = share_nothing(parts[i].nodes, parts[j].nodes);
                const figures f = together(ways[i], ways[j]);
                ++pairs;
                bool as_good = false;
                for (unsigned long k = 0; found && k < found->size(); ++k) {
                    const protected_option& o = (*found)[k];
                    const figures mine = listed(o);
                    as_good = as_good || (mine.no_worse(f, 1e-12) && (!apart_in_nodes || o.had == protection::full));
                    unbeaten = unbeaten && (!f.no_worse(mine) || (o.had == protection::full && !apart_in_nodes) ||
                                            mine.no_worse(f, 1e-12));
                }
                complete = complete && as_good;
            }
        for (unsigned long k = 0; found && k < found->size(); ++k)
            for (unsigned long i = 0; i < found->size(); ++i)
                unbeaten = unbeaten && (i == k || !listed((*found)[i]).no_worse(listed((*found)[k])) ||
                                        (*found)[i].had > (*found)[k].had);
        options += found ? found->size() : 0;
        CAPTURE(round);
        CHECK(complete);
        CHECK(unbeaten);
    }
    CAPTURE(pairs, options);
    CHECK((pairs > 1000 && options > 500));
}
