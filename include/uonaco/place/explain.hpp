// SPDX-License-Identifier: Apache-2.0
// Why this one: a placement as a decision record, and any two candidates side by side.
#pragma once

#include "search.hpp"

#include "../evaluate/actions.hpp"
#include "../evaluate/doubts.hpp"
#include "../evaluate/normalize.hpp"
#include "../evaluate/terms.hpp"

namespace uonaco::inline UONACO_ABI {

/// One line of a comparison: how much the second candidate costs more (or, negative, less) than the first in this respect.
struct difference {
    std::string what{};
    units::money more{};
    std::string detail{};
};

namespace detail {
UONACO_LAZY
void add_difference(std::vector<difference>& all, const char* what, units::money more, std::string text) {
    if (more.si() == 0.0) return;
    unsigned long at = all.size();
    const double size = math::abs(more.si());
    while (at > 0 && math::abs(all[at - 1].more.si()) < size) --at;
    all.insert(all.begin() + static_cast<long>(at), difference{what, more, static_cast<std::string&&>(text)});
}
/// "2.7 h against 2.5 h"; figures that print alike by how far they are apart: "58 ms more".
template <class Q>
std::string pair_text(const Q& a, const Q& b) {
    if (said(a) != said(b)) return said(b) + " against " + said(a);
    return b < a ? said(Q(a - b)) + " less" : said(Q(b - a)) + " more";
}
/// "takes 2.7 h instead of 2.5 h", or by how far they are apart; of what differs in outages "is out of service for ...".
UONACO_LAZY
std::string time_text(const ranked& mine, const ranked& theirs) {
    const auto& a = mine.outcome.time;
    const auto& b = theirs.outcome.time;
    if (math::abs((b.outages - a.outages).si()) > math::abs((b.completion - a.completion).si()))
        return "is out of service for " + said(b.outages) + " instead of " + said(a.outages);
    if (said(a.completion) != said(b.completion))
        return "takes " + said(b.completion) + " instead of " + said(a.completion);
    return "takes " + pair_text(a.completion, b.completion);
}
} // namespace detail

/// What the second candidate costs more than the first, line by line in money, largest first; the lines add up to the difference of
/// the full costs. What depends on figures that are not known, and so on their stand-ins, is one line.
UONACO_LAZY
std::vector<difference> explain(const ranked& a, const ranked& b, const valuation& v) {
    using detail::said;
    std::vector<difference> all;
    const auto& x = a.outcome;
    const auto& y = b.outcome;
    detail::add_difference(all, "time", v.value_of_time * (y.time.completion - x.time.completion),
                           detail::pair_text(x.time.completion, y.time.completion) + " at " + said(v.value_of_time));
    const auto line = [&](const char* what, const maybe<units::money>& first, const maybe<units::money>& second) {
        if (first.known() && second.known())
            detail::add_difference(all, what, *second - *first, detail::pair_text(*first, *second));
    };
    line("rental of devices", x.money.compute, y.money.compute);
    line("lease of circuits", x.money.lease, y.money.lease);
    line("set-up of circuits", x.money.set_up, y.money.set_up);
    line("data leaving sites", x.money.storage, y.money.storage);
    line("energy", x.money.energy, y.money.energy);
    detail::add_difference(all, "expected outages", y.money.outages - x.money.outages,
                           detail::pair_text(x.money.outages, y.money.outages));
    if (x.energy.carbon && y.energy.carbon)
        detail::add_difference(all, "carbon", v.carbon_price * (*y.energy.carbon - *x.energy.carbon),
                               detail::pair_text(*x.energy.carbon, *y.energy.carbon) + " at " + said(v.carbon_price));
    units::money rest = y.full_cost - x.full_cost;
    for (const difference& d : all) rest -= d.more;
    if (math::abs(rest.si()) > 1e-9 * (math::abs(x.full_cost.si()) + math::abs(y.full_cost.si())))
        detail::add_difference(all, "figures not known", rest, "with what stands in for them");
    return all;
}

namespace detail {
UONACO_LAZY
std::string in_words(const difference& d) {
    return d.what + ": " + (d.more.si() < 0 ? "-" : "+") + said(d.more.si() < 0 ? -d.more : d.more) + " (" + d.detail +
           ")";
}
} // namespace detail

/// The same as sentences.
UONACO_LAZY
std::vector<std::string> explain(const problem& p, const ranked& a, const ranked& b) {
    std::vector<std::string> text;
    const auto cost = b.outcome.full_cost - a.outcome.full_cost;
    text.push_back(describe(p, b.choice) + " costs " + detail::said(cost.si() < 0 ? -cost : cost) +
                   (cost.si() < 0 ? " less" : " more") + " in all than " + describe(p, a.choice) + ":");
    for (const difference& d : explain(a, b, p.what().value)) text.push_back("  " + detail::in_words(d));
    return text;
}

namespace detail {
/// "the lease of A-C-B is billed for 24 h, held for 21.5 h", for each that is billed for longer than it is held.
UONACO_LAZY
void explain_leases(std::vector<std::string>& text, const problem& p, const ranked& r) {
    const auto& t = r.outcome.time;
    const units::duration held = t.staging + t.compute + t.exposed_communication + t.lost;
    const survey& s = p.where();
    each_connection(s, p.what(), r.choice, [&](const connection& way, unsigned from, unsigned to) {
        const path_option& o = s.options(from, to)[way.option];
        const auto billed = bill::time<double>(held, o.least_lease, o.lease_step);
        const bool free = o.lease && !(o.lease->si() > 0);
        if (billed > held && !free)
            text.push_back("the lease of " + route(s, o, s.world().sites[from].id.text) + " is billed for " +
                           said(billed) + ", held for " + said(held));
        return true;
    });
}
/// "the connection A-C-B is encrypted: -0.769 % rate, +4 us one way", for each that is.
UONACO_LAZY
void explain_encryption(std::vector<std::string>& text, const problem& p, const candidate& c) {
    const survey& s = p.where();
    const calibration& k = s.constants();
    each_connection(s, p.what(), c, [&](const connection& way, unsigned from, unsigned to) {
        const path_option& o = s.options(from, to)[way.option];
        const auto cost = encryption_on(o, p.asked().security.encryption, k);
        const double taken = 1.0 - encryption_cost::rate_factor<double>(k.packet, cost).si();
        if (cost.delay.si() > 0 || taken > 0)
            text.push_back("the connection " + route(s, o, s.world().sites[from].id.text) +
                           " is encrypted: " + (taken > 0 ? "-" + percent(taken) + " rate, " : std::string()) + "+" +
                           said(cost.delay) + " one way");
        return true;
    });
}
/// What the network does while devices compute: "the exchange of weights, once in 100 steps, hides behind 50 steps".
UONACO_LAZY
std::string hidden_exchange(const training& t, bool layers) {
    if (layers) return "the activations arrive in time";
    if (t.sync_every <= 1) return "the exchange of gradients hides behind the backward pass";
    const units::count behind = t.stream_steps < t.sync_every ? t.stream_steps : t.sync_every;
    return "the exchange of weights, once in " + grouped(t.sync_every) + " steps, hides behind " +
           (behind > 1    ? grouped(behind) + " steps of computing"
            : behind == 1 ? std::string("a step of computing")
                          : std::string("the last backward pass of them"));
}
/// What a step of training is made of, and what it does not wait for.
UONACO_LAZY
void explain_step(std::vector<std::string>& text, const problem& p, const ranked& r, const training& job) {
    const auto& t = r.outcome.time;
    assessment a;
    assess(p.where(), p.what(), r.choice, a);
    const bool several = r.choice.size > 1;
    const bool layers = several && job.shape && a.performance.pipelined.si() > 0;
    const double steps = static_cast<double>(job.steps);
    const units::duration waits(t.exposed_communication / steps);
    const units::duration data = a.performance.step_data;
    const bool network = a.performance.exposed > steps * data; // the same product where it is all for data
    std::string line = "a step takes " + said(t.step) + (job.sync_every > 1 ? " on average: " : ": ") +
                       said(units::duration(t.step - waits)) + " of computing";
    if (network)
        line += (data.si() > 0 ? ", " : " and ") + said(units::duration(waits - data)) + " of waiting for the network";
    if (data.si() > 0) line += " and " + said(data) + " of waiting for data";
    if (several && !network) line += ", and " + hidden_exchange(job, layers);
    text.push_back(line + "; " + grouped(job.steps) + " steps take " +
                   said(units::duration(t.compute + t.exposed_communication)));
    if (!several || !job.shape) return; // there is no choice
    text.push_back(layers ? std::string("the layers are divided between the sites: activations cross the network")
                          : "the batch is divided between the sites: " +
                                (job.sync_every > 1
                                     ? "weights cross the network once in " + grouped(job.sync_every) + " steps"
                                     : std::string("gradients cross the network")));
}
/// What crosses the network, where anything does.
UONACO_LAZY
maybe<wan_cut> cut_told(const problem& p, const candidate& c) {
    const auto* t = std::get_if<training>(&p.asked().task);
    return t && c.size > 1 ? maybe<wan_cut>(cut_of(*t, c)) : maybe<wan_cut>{};
}
/// What a forecast says of an instant, or null.
UONACO_LAZY
const power_step* step_at(const power_state& s, units::instant t) {
    if (s.forecast.empty()) return nullptr;
    const units::instant first = s.forecast.front().start;
    const double span = (s.forecast.back().start + s.forecast.back().duration - first).si();
    double x = (t - first).si();
    if (s.forecast_repeats && span > 0) x -= span * math::floor(x / span);
    for (const power_step& h : s.forecast)
        if (const double from = (h.start - first).si(); from <= x && x < from + h.duration.si()) return &h;
    return nullptr;
}
/// What is announced for a site at an instant; empty if nothing is.
UONACO_LAZY
std::string event_in_words(const survey& s, unsigned site, units::instant t) {
    const auto [own, zone] = s.power_of(s.world().sites[site]);
    for (const power_state* p : {own, zone}) {
        const power_step* h = p ? step_at(*p, t) : nullptr;
        const maybe<grid_event> e = !p ? maybe<grid_event>{} : h && h->grid_event ? h->grid_event : p->grid_event;
        if (!e || *e == grid_event::none) continue;
        std::string words = to_string(*e);
        for (char& c : words)
            if (c == '_') c = ' ';
        return words;
    }
    return {};
}
/// By how much a run takes longer for want of power.
UONACO_LAZY
units::duration held_up(const problem& p, const candidate& c) {
    const survey& s = p.where();
    if (!s.power_varies()) return {};
    assessment a;
    if (gather(s, p.what(), c, a.figures, &a.plans) != errc::none) return {};
    a.performance = compute(a.figures, p.asked(), s.constants());
    const units::duration before = a.performance.lost;
    limit_run(s, p.what(), c, a.figures, a.performance);
    return a.performance.lost - before;
}
/// When work is done, not only waited for.
struct run_window {
    units::instant from{};
    units::instant to{};
};
UONACO_LAZY
run_window window_of(const problem& p, const ranked& r) {
    const auto& t = r.outcome.time;
    return {p.what().now + t.queue + t.provisioning + t.staging, p.what().now + t.completion};
}
/// Calls visit(row) for each site of the shares, once.
template <class Visit>
void each_site(const survey& s, const candidate& c, Visit visit) {
    for (int i = 0; i < c.size; ++i) {
        bool fresh = true;
        for (int j = 0; j < i; ++j) fresh = fresh && s.facts(c.shares[j].pool).site != s.facts(c.shares[i].pool).site;
        if (fresh) visit(s.facts(c.shares[i].pool).site);
    }
}
UONACO_LAZY
void explain_power(std::vector<std::string>& text, const problem& p, const ranked& r, units::duration held) {
    if (!(held.si() > 0)) return;
    const survey& s = p.where();
    const run_window run = window_of(p, r);
    std::string where;
    bool always = false;
    each_site(s, r.choice, [&](unsigned site) {
        const auto& caps = s.supply_at(site).caps;
        units::power full = s.power_taken(site);
        for (int i = 0; i < r.choice.size; ++i)
            if (const pool_facts& k = s.facts(r.choice.shares[i].pool); k.site == site)
                full += static_cast<double>(r.choice.shares[i].devices) * (k.max_power + k.host_power);
        units::power least = power_limit::unlimited, most = {};
        units::instant when = run.from, t = run.from;
        for (int i = 0; i < power_limit::most_steps && t < run.to && !caps.empty(); ++i) {
            const auto here = caps.stretch_at(t);
            if (*here.value < least) least = *here.value, when = t;
            most = units::max(most, *here.value);
            if (here.endless) break;
            t = t + units::max(here.left, units::duration::from_si(1e-3));
        }
        if (!(least < full)) return;
        always = always || most < full;
        const std::string event = event_in_words(s, site, when);
        where += (where.empty() ? "" : ", ") + said(least) + " at " + s.world().sites[site].id.text +
                 (event.empty() ? "" : " (" + event + ")") + " where " + said(full) + " would be drawn";
    });
    text.push_back(std::string("power is short in ") + (always ? "all" : "part") + " of the run, which takes " +
                   said(held) + " longer: down to " + where);
}
/// Groups that several connections and sites of a placement are in: with a stated availability into `text`, without into `ignored`.
UONACO_LAZY
void explain_risks(std::vector<std::string>* text, std::vector<std::string>* ignored, const problem& p,
                   const candidate& c) {
    const survey& s = p.where();
    struct member {
        units::count srlg;
        std::vector<std::string> names;
    };
    std::vector<member> groups;
    const auto add = [&](const std::vector<units::count>& srlgs, const std::string& name) {
        for (const units::count srlg : srlgs) {
            unsigned long at = 0;
            while (at < groups.size() && groups[at].srlg != srlg) ++at;
            if (at == groups.size()) groups.push_back({srlg, {}});
            if (!contains(groups[at].names, name)) groups[at].names.push_back(name);
        }
    };
    each_connection(s, p.what(), c, [&](const connection& way, unsigned from, unsigned to) {
        const path_option& o = s.options(from, to)[way.option];
        const std::string name = route(s, o, s.world().sites[from].id.text);
        for (const unsigned row : o.links) {
            add(s.world().links[row].srlgs, name);
            for (const span_id& id : s.world().links[row].spans)
                for (const fibre_span& span : s.world().spans)
                    if (span.id == id) add(span.srlgs, name);
        }
        return true;
    });
    each_site(s, c, [&](unsigned site) { add(s.world().sites[site].srlgs, s.world().sites[site].id.text); });
    for (const member& g : groups) {
        if (g.names.size() < 2) continue;
        std::string line;
        for (unsigned long i = 0; i < g.names.size(); ++i)
            line += (i == 0 ? "" : i + 1 == g.names.size() ? " and " : ", ") + g.names[i];
        line += " share risk group " + std::to_string(g.srlg);
        const risk_group* stated = nullptr;
        for (const risk_group& r : s.world().risks)
            if (!stated && r.srlg == g.srlg && r.availability) stated = &r;
        if (stated && text)
            text->push_back(line + ", " + percent(*stated->availability, 6) + " available: it counts once");
        if (!stated && ignored)
            ignored->push_back(line + ", whose availability nobody states: it counts in each of them");
    }
}
/// What replicas give when full, where the shape of the model lets that be known.
UONACO_LAZY
void explain_replicas(std::vector<std::string>& text, const problem& p, const candidate& c) {
    const request& asked = late<UonacoLazy_>(p.what());
    const auto* i = std::get_if<inference>(&asked.asked->task);
    const auto* s = std::get_if<session>(&asked.asked->task);
    if (asked.replicas.empty() || (!i && !s)) return;
    const auto width = i ? i->model.devices_per_replica : s->model.devices_per_replica;
    const auto output = static_cast<double>(i ? i->output_tokens : s->output_tokens);
    units::count replicas = 0;
    double batch = 0, tokens = 0;
    for (int k = 0; k < c.size; ++k) {
        const auto& one = asked.replicas[c.shares[k].pool.value];
        if (!(one.service.si() > 0)) return; // estimated
        const units::count here = c.shares[k].devices / width;
        replicas += here;
        batch = uonaco::max(batch, one.batch.si());
        tokens += static_cast<double>(here) * one.service.si() * output;
    }
    text.push_back(
        "full, " +
        (replicas == 1 ? "its replica decodes " : "each of " + grouped(replicas) + " replicas decodes up to ") +
        grouped(static_cast<units::count>(batch)) + " sequences together, and " +
        grouped(static_cast<units::count>(uonaco::min(tokens, 1e15))) + " tokens a second are written in all");
}

UONACO_LAZY
void explain_time(std::vector<std::string>& text, const problem& p, const ranked& r) {
    const auto& t = r.outcome.time;
    if (const auto* job = std::get_if<training>(&p.asked().task)) {
        explain_step(text, p, r, *job);
    } else if (const auto* o = objective_of(p.asked())) {
        text.push_back("a first token takes " + said(t.first_token) + " at the " + percent(o->percentile) +
                       " level and a further one " + said(t.per_token) + " on average, replicas are " +
                       percent(r.outcome.reliability.load) + " loaded");
        explain_replicas(text, p, r.choice);
    } else {
        text.push_back("moving " + said(p.what().data) + " takes " + said(t.exposed_communication));
    }
    explain_encryption(text, p, r.choice);
    const units::duration held = held_up(p, r.choice);
    if (t.lost > held)
        text.push_back("failures and checkpoints take " + said(units::duration(t.lost - held)) + " of the run");
    explain_power(text, p, r, held);
    std::string before;
    const auto wait = [&](units::duration d, const char* what) {
        if (d.si() > 0) before += (before.empty() ? "" : ", ") + said(d) + " " + what;
    };
    const auto& earliest = p.asked().limits.earliest_start;
    const bool as_asked = earliest && t.queue <= *earliest - p.what().now;
    wait(t.queue, as_asked ? "until the start that was asked for" : "in queues");
    wait(t.provisioning, "until circuits are ready");
    wait(t.staging, "to stage data");
    if (!before.empty()) text.push_back("before that: " + before);
}
/// "energy 5.42 MWh: 4.52 MWh of IT, 903 kWh of cooling and power supply of its sites, 1.81 kWh of transport".
UONACO_LAZY
void explain_energy(std::vector<std::string>& text, const energy_outcome<double>& e) {
    if (!e.total() || !e.it || !(e.facility->si() > 0)) return;
    std::string line = "energy " + said(e.total()) + ": " + said(e.it) + " of IT, " +
                       said(units::energy(*e.facility - *e.it)) + " of cooling and power supply of its sites";
    if (e.transport.si() > 0) line += ", " + said(e.transport) + " of transport";
    text.push_back(line);
}
UONACO_LAZY
void explain_cost(std::vector<std::string>& text, const problem& p, const placement& x) {
    const auto& o = x.best.outcome;
    const valuation& v = p.what().value;
    std::string line = "full cost " + said(o.full_cost) + ": money " + said(o.money.total) + ", " +
                       said(o.time.completion) + " valued at " + said(v.value_of_time) + " (" + p.what().rate_origin +
                       ")";
    if (v.carbon_price.si() > 0) line += ", carbon " + said(o.energy.carbon) + " at " + said(v.carbon_price);
    text.push_back(line);
    explain_energy(text, o.energy);
    explain_leases(text, p, x.best);
    explain_risks(&text, nullptr, p, x.best.choice);
    if (o.compute_efficiency)
        text.push_back(
            "compute efficiency " + percent(*o.compute_efficiency) +
            " (the rest waits for the network), joint efficiency " +
            (o.joint_efficiency ? percent(*o.joint_efficiency) : std::string("not defined: a cost is not positive")));
}
UONACO_LAZY
void explain_choice(std::vector<std::string>& text, const problem& p, const placement& x) {
    if (!x.alternatives.empty()) {
        const ranked& second = x.alternatives.front();
        text.push_back("best other placement: " + describe(p, second.choice) + ", full cost " +
                       said(second.outcome.full_cost));
        const auto why = explain(x.best, second, p.what().value);
        for (unsigned long i = 0; i < why.size() && i < 2; ++i) text.push_back("  " + in_words(why[i]));
    }
    if (x.below)
        text.push_back("below a value of time of " + said(x.below->value_of_time) + ", " +
                       describe(p, x.below->other.choice) + " wins: it " + time_text(x.best, x.below->other) +
                       " and saves " + said(x.best.cash(p.what().value) - x.below->other.cash(p.what().value)));
    if (x.above)
        text.push_back("above a value of time of " + said(x.above->value_of_time) + ", " +
                       describe(p, x.above->other.choice) + " wins: it " + time_text(x.best, x.above->other) + " for " +
                       said(x.above->other.cash(p.what().value) - x.best.cash(p.what().value)) + " more");
    if (x.ruled_out) {
        std::string line = "a limit rules out " + describe(p, x.ruled_out->choice) + ", full cost " +
                           said(x.ruled_out->outcome.full_cost);
        for (int i = 0; i < limit_count; ++i)
            if (const limit l = static_cast<limit>(i); x.ruled_out->verdict.failed(l))
                line += "; " + describe(l, x.ruled_out->outcome, p.asked());
        text.push_back(line);
    }
    if (const int b = x.best.verdict.binding(); b != limit_count)
        text.push_back(std::string("closest limit: ") + to_string(static_cast<limit>(b)) + ", " +
                       percent(*x.best.verdict.margin[b]) + " left");
    if (x.gave_up)
        text.push_back("the best of those seen: given up after " + detail::grouped(x.compared) +
                       " candidates, exhaustive looks at all of them");
}
/// Evaluators of a user's own need not know of limits.
template <class Evaluator>
term_role role_in(const Evaluator& e, int i) {
    if constexpr (requires { e.role(i); })
        return e.role(i);
    else
        return term_role::term;
}
UONACO_LAZY
void explain_gaps(std::vector<std::string>& ignored, const survey& s, unsigned site) {
    const site_supply& g = s.supply_at(site);
    const auto gaps = [&](unsigned n, unsigned i, const std::string& flat) {
        if (n == 0) return;
        const std::string line = std::string(unknowns::words[i]) + " at " + s.world().sites[site].id.text + " lacks " +
                                 std::to_string(n) + (n == 1 ? " step" : " steps") + " of its forecast: " +
                                 (flat == "unknown" ? "it is unknown for what runs then" : flat + " stands there");
        if (!contains(ignored, line)) ignored.push_back(line);
    };
    gaps(g.price_gaps, 1, said(g.price));
    gaps(g.carbon_gaps, 2, said(g.carbon));
}
/// Alerts that come while it runs and limit nothing.
UONACO_LAZY
void explain_events(std::vector<std::string>& ignored, const problem& p, const ranked& r) {
    const survey& s = p.where();
    const run_window run = window_of(p, r);
    const auto alerts = [](const maybe<grid_event>& e) { return e && *e >= grid_event::emergency; };
    each_site(s, r.choice, [&](unsigned site) {
        const site_supply& g = s.supply_at(site);
        const auto say = [&](units::instant t) {
            const bool limited =
                g.caps.empty() ? g.limit.known() : *g.caps.stretch_at(t).value < power_limit::unlimited;
            const std::string line = event_in_words(s, site, t) + " announced at " + s.world().sites[site].id.text +
                                     " states no limit on power: nothing is limited by it";
            if (!limited && !contains(ignored, line)) ignored.push_back(line);
        };
        const auto [own, zone] = s.power_of(s.world().sites[site]);
        for (const power_state* state : {own, zone}) {
            if (!state) continue;
            if (state->forecast.empty()) {
                if (alerts(state->grid_event)) say(run.from);
                continue;
            }
            const power_step& last = state->forecast.back();
            const double span = (last.start + last.duration - state->forecast.front().start).si();
            for (const power_step& h : state->forecast) {
                if (!alerts(h.grid_event)) continue;
                units::instant begins = h.start; // the first time that ends after the run begins
                if (state->forecast_repeats && span > 0)
                    begins = begins + units::duration::from_si(
                                          span * (math::floor((run.from - begins - h.duration).si() / span) + 1));
                const units::instant meets = begins < run.from ? run.from : begins;
                if (meets < run.to && meets < begins + h.duration) say(meets);
            }
        }
    });
}
/// Whether some link of a way encrypts packets without saying by what.
UONACO_LAZY
bool encrypts_unsaid(const survey& s, const path_option& o) {
    for (const unsigned row : o.links) {
        const wan_link& l = s.world().links[row];
        if (l.security.encryption == encryption::packet && !l.packet_encryption) return true;
    }
    return false;
}
/// What of the energy of transport on a way is a bound for want of better, and light that goes beyond the reach of what ends it.
UONACO_LAZY
void explain_transport(std::vector<std::string>& ignored, const survey& s, const path_option& o,
                       const std::string& along) {
    const auto add = [&](const std::string& line) {
        if (!contains(ignored, line)) ignored.push_back(line);
    };
    const auto light = [&](const std::string& what, const auto& of, const maybe<units::distance>& length) {
        if (!of.termination) return;
        const units::distance reach = transport_power::reach(*of.termination);
        const std::string far = std::string("the reach of ") + to_string(*of.termination) + ", " + said(reach);
        if (length && *length > reach)
            add(what + " is " + said(*length) + " long, beyond " + far + ": what regenerates it is not counted");
        if (!length && !of.transport_energy)
            add("length of fibre of " + what + " is unknown: the energy of transport counts " + far);
    };
    if (o.circuit != path_option::no_circuit) {
        const circuit& c = s.world().circuits[o.circuit];
        light("circuit " + c.id.text, c, s.length_of(o.links));
        if (c.transport_energy || c.termination) return;
    }
    units::transport_energy unstated{};
    for (const unsigned row : o.links) {
        const wan_link& l = s.world().links[row];
        const link_facts& f = s.net().links[row];
        light("link " + l.id.text, l, f.length);
        if (!l.transport_energy && !l.termination) unstated += *f.transport_energy;
    }
    if (unstated.si() > 0)
        add("energy of transport on " + along + " is not stated throughout: what is not counts as " + said(unstated) +
            ", an upper bound by default");
}
/// A plan whose speed rests on what other devices reach of their peak.
UONACO_LAZY
void explain_matrix_rate(std::vector<std::string>& ignored, const problem& p, row<pool_tag> pool) {
    const auto* t = std::get_if<training>(&p.what().asked->task);
    const compute_pool& of = p.where().world().pools[pool.value];
    if (!t || t->mfu || of.mfu || p.what().plannable.empty()) return;
    const auto& device = p.what().plannable[pool.value].device;
    if (!(device.peak.si() > 0) || device.matrices.measured) return;
    ignored.push_back("what the devices of " + of.id.text + " reach of their peak was not measured: assumed " +
                      percent(device.narrow ? device.matrices.fp8 : device.matrices.bf16) +
                      " for large matrix products, the median of devices that were");
}
template <class Evaluator>
void explain_unknowns(std::vector<std::string>& ignored, const problem& p, const placement& x, const Evaluator& e) {
    for (int i = 0; i < e.size; ++i)
        if (x.left_out & (1u << i)) {
            std::string why = "not known of every candidate";
            if (e.name(i) == std::string(terms::carbon::name)) {
                int lacking = 0;
                for (unsigned site = 0; site < p.where().world().sites.size(); ++site)
                    if (!p.where().supply_at(site).carbon && p.where().supply_at(site).carbon_hours.empty()) ++lacking;
                if (lacking > 0) why = std::to_string(lacking) + " sites unknown";
            }
            ignored.push_back(std::string("ranked without ") + e.name(i) + ": " + why);
        }
    assessment a;
    assess(p.where(), p.what(), x.best.choice, a);
    unsigned bits = unknown_bits(a.figures, supply_over_run(p.where(), p.what(), x.best.choice, a.performance));
    const valuation& v = p.what().value;
    bool billed_nowhere = false; // that we know of
    each_connection(p.where(), p.what(), x.best.choice, [&](const connection& way, unsigned from, unsigned to) {
        const path_option& o = p.where().options(from, to)[way.option];
        billed_nowhere = billed_nowhere || (o.egress && !o.billed_in_full);
        return true;
    });
    if (bits & unknowns::egress) billed_nowhere = false;
    if (billed_nowhere) bits |= unknowns::egress;
    const std::string stand_ins[] = {said(v.price_stand_in), said(v.energy_price_stand_in), said(v.carbon_stand_in),
                                     said(v.pue_stand_in),   said(v.lease_stand_in),        said(v.egress_stand_in),
                                     said(v.set_up_stand_in)};
    for (int i = 0; i < static_cast<int>(sizeof stand_ins / sizeof *stand_ins); ++i) {
        if (!(bits & (1u << i))) continue;
        const bool left_out = stand_ins[i] == "unknown" || (billed_nowhere && (1u << i) == unknowns::egress);
        const bool assumed = !v.money_of_estate || (1u << i) == unknowns::pue || (1u << i) == unknowns::carbon;
        const bool converted = (v.lease_from_egress && (1u << i) == unknowns::lease) ||
                               (v.egress_from_lease && (1u << i) == unknowns::egress);
        ignored.push_back(std::string(unknowns::words[i]) + " of the placement is unknown: " +
                          (left_out    ? std::string("it is unknown everywhere and left out for all candidates alike")
                           : assumed   ? "it is assumed to be " + stand_ins[i] + ", high among published figures"
                           : converted ? "it counts as what others bill for the same bits at full rate, " + stand_ins[i]
                                       : "it counts as the highest known, " + stand_ins[i]));
    }
    std::string none;
    for (const unsigned bit : {unknowns::wait, unknowns::jitter, unknowns::loss, unknowns::availability})
        for (int i = 0; i < unknowns::size; ++i)
            if (bits & bit & (1u << i)) none += (none.empty() ? "" : ", ") + std::string(unknowns::words[i]);
    if (!none.empty())
        ignored.push_back(none + " of the placement: not stated throughout, and counted as none where not");
    each_connection(p.where(), p.what(), x.best.choice, [&](const connection& way, unsigned from, unsigned to) {
        const path_option& o = p.where().options(from, to)[way.option];
        const std::string along = route(p.where(), o, p.where().world().sites[from].id.text);
        explain_transport(ignored, p.where(), o, along);
        if (p.asked().security.encryption != encryption::none && encrypts_unsaid(p.where(), o))
            ignored.push_back("by what packets are encrypted on " + along +
                              " is not stated throughout: where it is not, MACsec stands in");
        return true;
    });
    for (int i = 0; i < x.best.choice.size; ++i) {
        const row<pool_tag> pool = x.best.choice.shares[i].pool;
        const pool_facts& k = p.where().facts(pool);
        const std::string of =
            "power of the devices of " + p.where().world().pools[pool.value].id.text + " is unknown: ";
        if (!k.power_known) ignored.push_back(of + "it counts as " + said(k.max_power) + " each");
        if (!k.idle_known)
            ignored.push_back("idle " + of + "it counts as " + percent(p.where().constants().idle_share) +
                              " of the most");
        explain_matrix_rate(ignored, p, pool);
        explain_gaps(ignored, p.where(), k.site);
    }
    explain_events(ignored, p, x.best);
    explain_risks(nullptr, &ignored, p, x.best.choice);
    if (x.best.choice.destination) explain_gaps(ignored, p.where(), x.best.choice.destination.value);
    for (const omission& o : p.where().net().left_out) ignored.push_back(describe(o, p.where().world()));
    for (std::string& line : doubts(p.where().world(), p.what().now))
        ignored.push_back(static_cast<std::string&&>(line));
}

// "<workload>/decision"; where that is too long for an id, a workload's id is cut and its hash (FNV-1a) put in the place of its end.
UONACO_LAZY
decision_id decision_of(const workload_id& w) {
    constexpr unsigned long longest = 128;
    const std::string ending = "/decision";
    if (w.text.size() + ending.size() <= longest) return decision_id(w.text + ending);
    unsigned long long hash = 14695981039346656037ull;
    for (const char c : w.text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[hash >> shift & 15];
    return decision_id(w.text.substr(0, longest - ending.size() - digits.size() - 1) + "-" + digits + ending);
}
} // namespace detail

/// The placement as the record that is exchanged; `how` makes scores of the objectives of the choice and its alternatives.
template <class Evaluator>
decision to_decision(const problem& p, const placement& x, const Evaluator& e,
                     normalization how = normalization::minmax) {
    decision d;
    const ranked& best = x.best;
    d.id = detail::decision_of(p.asked().id);
    d.workload = p.asked().id;
    d.heuristic = x.heuristic;
    d.status = placement_status::placed;
    d.description = describe(p, best.choice);
    d.assignments = assignments_of(p.where(), p.what(), best.choice);
    d.network = network_of(p.where(), p.what(), best.choice);
    d.cut = detail::cut_told(p, best.choice);
    d.objective = best.objective;
    d.outcome = best.outcome;
    d.value_of_time = p.what().value.value_of_time;
    d.candidates_compared = x.compared;
    const auto score = e(best.outcome, x.left_out);
    for (int i = 0; i < e.size; ++i) {
        std::string detail = score.unknown[i] ? "unknown" : x.left_out & (1u << i) ? "left out" : "";
        const term_role role = detail::role_in(e, i);
        if (role == term_role::hard) continue;
        d.contributions.push_back(
            {role == term_role::soft ? std::string(e.name(i)) + " above its soft limit" : e.name(i), e.weight(i),
             score.parts[i], detail});
    }
    for (int i = 0; i < limit_count; ++i)
        if (const auto& m = best.verdict.margin[i])
            d.constraints.push_back({to_string(static_cast<limit>(i)), *m >= 0.0, *m});
    for (int i = 0; i < e.size; ++i)
        if (detail::role_in(e, i) == term_role::hard)
            d.constraints.push_back({std::string(e.name(i)) + " of the objective", score.margins[i] >= 0.0,
                                     units::factor(score.margins[i])});
    std::vector<double> objectives{best.objective};
    for (const ranked& r : x.alternatives) objectives.push_back(r.objective);
    const auto scores = normalize(objectives, how); // of an order of preference by its first level
    if (objectives.size() > 1) d.score = scores[0];
    for (unsigned long i = 0; i < x.alternatives.size(); ++i) {
        const ranked& r = x.alternatives[i];
        d.alternatives.push_back({describe(p, r.choice), assignments_of(p.where(), p.what(), r.choice),
                                  network_of(p.where(), p.what(), r.choice), detail::cut_told(p, r.choice), r.objective,
                                  scores[i + 1], r.outcome.full_cost, r.outcome.time.completion});
    }
    detail::explain_time(d.explanation, p, best);
    detail::explain_cost(d.explanation, p, x);
    detail::explain_choice(d.explanation, p, x);
    for (int i = 0; i < e.size; ++i)
        if (detail::role_in(e, i) == term_role::hard)
            d.explanation.push_back(std::string("the objective's limit on ") + e.name(i) + ": " +
                                    detail::percent(score.margins[i]) + " left");
    detail::explain_unknowns(d.ignored, p, x, e);
    return d;
}

/// A rejection as the record that is exchanged; `ignored` is what it says was not known, such as doubts().
UONACO_LAZY
decision to_decision(const workload& w, const failure& f, const char* heuristic,
                     std::vector<std::string> ignored = {}) {
    decision d;
    d.id = detail::decision_of(w.id);
    d.workload = w.id;
    d.heuristic = heuristic;
    d.status = placement_status::rejected;
    d.candidates_compared = f.tried;
    d.reason = std::string(to_string(f.code)) + (f.detail.empty() ? "" : ": " + f.detail);
    d.explanation.push_back(d.reason);
    d.ignored = static_cast<std::vector<std::string>&&>(ignored);
    return d;
}

/// The decision as text: what, then why, most important first.
UONACO_LAZY
std::string explain(const decision& d) {
    std::string text =
        d.workload.text + ": " + (d.status == placement_status::placed ? d.description : "rejected") + "\n";
    for (const std::string& line : d.explanation) text += "  " + line + "\n";
    for (const std::string& line : d.ignored) text += "  not known: " + line + "\n";
    return text;
}

} // namespace uonaco::inline UONACO_ABI
