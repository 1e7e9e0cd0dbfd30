// SPDX-License-Identifier: Apache-2.0
// Law checks for terms and heuristics that users write. No test framework is needed: what is broken comes back as sentences.
// No sentence means that no law was seen broken on the cases tried, not that none can be.
#pragma once

#include "cases.hpp"
#include "outcomes.hpp"

#include "../place/heuristic.hpp"
#include "../place/heuristics/exhaustive.hpp"

namespace uonaco::inline UONACO_ABI::laws {

using findings = std::vector<std::string>;

/// What a heuristic promises beyond what all must keep.
struct promises {
    bool complete = false; ///< finds something whenever `exhaustive` does
    bool optimal = false;  ///< its choice costs what the choice of `exhaustive` costs
};

namespace detail {
/// What a term says of one outcome.
template <class Term>
struct cost {
    bool known = true;
    double value = 0.0;

    cost(const Term& t, const outcome<double>& o) {
        const auto c = t.cost(o);
        if constexpr (is_maybe<std::remove_cvref_t<decltype(c)>>) {
            known = c.known();
            value = c.value_or({}).si();
        } else {
            value = c.si();
        }
    }
};
template <class Term, class Says>
void check_unknowns(const Term& t, Says& says) {
    const outcome<double> known = typical_outcome();
    const cost<Term> full(t, known);
    if (!full.known) return says("its figure is unknown although the outcome knows everything");
    each_unknown_of(known, [&](const std::string& what, const outcome<double>& lacking) {
        const cost<Term> c(t, lacking);
        if (c.known && c.value < full.value)
            says("an unknown " + what + " costs less than a known one: unknown is not zero");
    });
    if constexpr (uonaco::detail::may_be_unknown<Term>)
        if constexpr (Term::unknown == on_unknown::penalise)
            if (!math::finite(static_cast<double>(t.worst))) says("`worst` is not finite");
}
template <class Term, class Says>
void check_lanes(const Term& t, Says& says) {
    const auto all = edge_outcomes();
    const evaluator e{weigh(1.0, t)};
    for (unsigned long first = 0; first < all.size(); first += block::width) {
        outcome<block::rep> together;
        for (int i = 0; i < block::width; ++i)
            put(together, i, all[(first + static_cast<unsigned long>(i)) % all.size()].figures);
        const auto batch = e(together);
        for (int i = 0; i < block::width; ++i) {
            const auto& one = all[(first + static_cast<unsigned long>(i)) % all.size()];
            const auto alone = e(one.figures);
            const bool same = same_bits(lane(batch.total, i).si(), alone.total.si()) &&
                              lane(batch.feasible, i) == alone.feasible &&
                              lane(batch.unknown[0], i) == alone.unknown[0];
            if (!same) says("in a batch " + one.name + " does not cost the same bits as alone");
        }
    }
}
} // namespace detail

/// Laws of a term: a name; pure (the same outcome costs the same bits, whatever was asked between); finite on every outcome, the
/// edge cases included; lower is better (an outcome worse in every respect does not cost less); an unknown figure is
/// not cheaper than a known one; a batch gives the same bits. O(edge cases x fields).
template <objective_term Term>
findings check_term(const Term& t) {
    findings found;
    const auto says = [&](const std::string& what) {
        found.push_back("term '" + std::string(Term::name) + "': " + what);
    };
    if (Term::name[0] == '\0') says("its name is empty");

    const auto all = edge_outcomes();
    std::vector<detail::cost<Term>> first;
    for (const edge_outcome& o : all) first.emplace_back(t, o.figures);
    for (unsigned long i = all.size(); i-- > 0;) { // the other way round: what came before must not matter
        const detail::cost<Term> again(t, all[i].figures);
        if (again.known != first[i].known || !detail::same_bits(again.value, first[i].value))
            says(all[i].name + " does not cost the same each time");
        if (again.known && !math::finite(again.value)) says(all[i].name + " costs NaN or infinity");
    }
    const detail::cost<Term> good(t, typical_outcome()), bad(t, detail::worse_outcome());
    if (good.known && bad.known && bad.value < good.value)
        says("an outcome worse in every respect costs less: lower has to be better");
    detail::check_unknowns(t, says);
    detail::check_lanes(t, says);
    return found;
}

/// What is wrong with the figures of an outcome: not finite, or outside the bounds that its record states. O(fields).
UONACO_LAZY
findings check_outcome(const outcome<double>& o) {
    findings found;
    detail::each_figure(o, [&](const std::string& what, const reflect::field& f, auto q) {
        double x = in_exchange_unit(q);
        if (!math::finite(x))
            found.push_back("figure " + what + " is not finite");
        else if (!detail::allowed(f, q))
            found.push_back("figure " + what + " is out of bounds: " + units::to_text(x, 6).c_str());
    });
    return found;
}

namespace detail {
UONACO_LAZY
void check_devices(findings& found, const problem& p, const candidate& c) {
    const survey& s = p.where();
    const workload& w = p.asked();
    unsigned sites = 0;
    for (int i = 0; i < c.size; ++i) {
        const share& part = c.shares[i];
        if (!uonaco::detail::contains(p.what().pools, part.pool)) {
            found.push_back("the choice takes a pool that the workload may not use");
            return;
        }
        bool new_site = true;
        units::power full{}, idle{};
        units::count taken = 0;
        for (int j = 0; j < c.size; ++j) {
            const pool_facts& k = s.facts(c.shares[j].pool);
            const bool here = k.site == s.facts(part.pool).site;
            if (here && j < i) new_site = false;
            if (here) full += static_cast<double>(c.shares[j].devices) * k.full_draw();
            if (here) idle += static_cast<double>(c.shares[j].devices) * k.idle_draw();
            if (c.shares[j].pool == part.pool) taken += c.shares[j].devices;
        }
        sites += new_site;
        if (part.devices < 1) found.push_back("the choice has a share without devices");
        if (taken > s.free_devices(part.pool)) found.push_back("the choice takes more devices of a pool than are free");
        if (!s.has_power(s.facts(part.pool).site, full, p.what().is_service() ? full : idle))
            found.push_back("the choice draws more power at a site than there is");
        if (w.devices.one_model &&
            s.world().pools[part.pool.value].model != s.world().pools[c.shares[0].pool.value].model)
            found.push_back("the choice mixes models");
    }
    if (sites > static_cast<unsigned long long>(w.locality.max_sites))
        found.push_back("the choice spreads over too many sites");
    if (c.devices() < w.devices.least() || c.devices() > w.devices.count)
        found.push_back("the choice takes another number of devices than was asked for");
}
/// Takes one connection from what is left on links and circuits.
UONACO_LAZY
void check_connection(findings& found, const problem& p, network_rates& left, const connection& c, unsigned from,
                      unsigned to) {
    const survey& s = p.where();
    if (from == to || c.option >= s.options(from, to).size()) {
        found.push_back("the choice uses a connection that there is not");
        return;
    }
    const path_option& o = s.options(from, to)[c.option];
    if (c.action != o.action || !(c.rate.si() > 0) || !take(left, s.net(), s.world(), o, c.rate))
        found.push_back("the choice takes a rate that the network does not have: " + describe(s, c, from, to));
    if (!o.security.covers(p.asked().security))
        found.push_back("the choice uses a connection that is not secure enough");
}
UONACO_LAZY
void check_network(findings& found, const problem& p, const candidate& c) {
    const survey& s = p.where();
    network_rates left = s.rates();
    each_connection(s, p.what(), c, [&](const connection& k, unsigned from, unsigned to) {
        check_connection(found, p, left, k, from, to);
        return true;
    });
    unsigned group[max_shares];
    for (unsigned i = 0; i < max_shares; ++i) group[i] = i;
    for (int j = 1; j < c.size; ++j)
        for (int i = 0; i < j; ++i) {
            if (c.pairs[pair_index(i, j)].action == network_action::none) continue;
            const unsigned old = group[j];
            for (unsigned& g : group)
                if (g == old) g = group[i];
        }
    for (int i = 1; i < c.size; ++i)
        if (group[i] != group[0]) found.push_back("the choice leaves a share without a connection to the others");
    const auto target = access_target(s, p.what(), c);
    if (target && c.access.action == network_action::none && pair_of_access(s, p.what(), c, target) < 0)
        found.push_back("the choice is out of reach of its data or its users");
}
/// What no formula is needed for.
UONACO_LAZY
findings check_structure(const problem& p, const candidate& c) {
    findings found;
    if (p.what().is_transfer()) {
        if (c.size != 0 || !uonaco::detail::contains(p.what().destinations, c.destination))
            found.push_back("the choice is no destination that the transfer may go to");
    } else if (c.size < 1 || c.size > max_shares) {
        found.push_back("the choice has no devices");
    } else {
        check_devices(found, p, c);
    }
    if (found.empty()) check_network(found, p, c);
    return found;
}
UONACO_LAZY
bool same(const result<placement>& a, const result<placement>& b) {
    if (a.has_value() != b.has_value()) return false;
    if (!a) return a.error().code == b.error().code;
    return a->best.choice == b->best.choice && same_bits(a->best.objective, b->best.objective);
}
/// Survey and problem of a case. Refers to the case.
struct case_problem {
    result<survey> where;
    result<problem> what;

    explicit case_problem(const placement_case& k)
        : where(survey::of(k.world)),
          what(where ? problem::of(*where, k.asked, k.now) : result<problem>(where.error())) {}
};
} // namespace detail

/// Whether a placement can be carried out in what the problem's survey has free, and whether the figures that came with it are
/// true. Capacities are counted anew, by other means than the search's. O(links + pools).
template <class Evaluator>
findings check_placement(const problem& p, const placement& x, const Evaluator& e) {
    findings found = detail::check_structure(p, x.best.choice);
    if (!found.empty()) return found;
    assessment a;
    assess(p.where(), p.what(), x.best.choice, a);
    if (a.structural != errc::none) return {std::string("the choice cannot be: ") + to_string(a.structural)};
    if (!a.verdict.feasible())
        found.push_back(std::string("the choice breaks a hard limit: ") + to_string(a.verdict.reason()));
    outcome<double> told = x.best.outcome;
    told.joint_efficiency = a.outcome.joint_efficiency; // is only known once the search is over
    if (!(told == a.outcome)) found.push_back("the outcome told is not what the choice yields");
    const auto score = e(a.outcome, x.left_out);
    if (!score.feasible)
        found.push_back(
            "the objective excludes the choice: a figure that it must have is unknown, or a hard limit is not kept");
    if (!detail::same_bits(score.total.si(), x.best.objective))
        found.push_back("the objective told is not what the choice costs");
    for (const std::string& f : check_outcome(x.best.outcome)) found.push_back(f);
    return found;
}

/// Laws of a heuristic, on the cases that ship or on given ones: the same answer each time, on a new survey too, whatever was asked between; no capacity, no
/// hard limit and no limit on its places violated; the outcome told is true; it finds something only where `exhaustive`
/// does, and nothing better; and what it promises. O(cases x (heuristic + exhaustive)).
template <class Heuristic, class Evaluator>
    requires placement_heuristic<Heuristic, Evaluator>
        findings check_heuristic(const Heuristic& h, const Evaluator& e, promises promised = {},
                                 const std::vector<placement_case>& cases = tiny_cases()) {
        findings found;
        std::vector<result<placement>> first;
        for (const placement_case& k : cases) {
            const detail::case_problem at(k);
            first.push_back(at.what ? h(*at.what, e) : result<placement>(at.what.error()));
        }
        for (unsigned long i = cases.size(); i-- > 0;) { // the other way round: what came before must not matter
            const auto says = [&](const std::string& what) {
                found.push_back(std::string(uonaco::detail::name_of<Heuristic>()) + ", case '" + cases[i].name +
                                "': " + what);
            };
            const detail::case_problem at(cases[i]);
            if (!at.what) {
                says("the case itself is broken: " + at.what.error().detail);
                continue;
            }
            const problem& p = *at.what;
            const auto answer = h(p, e);
            if (!detail::same(answer, first[i]) || !detail::same(answer, h(p, e)))
                says("it does not answer the same each time");
            const auto best = exhaustive{}(p, e);
            if (!answer) {
                if (promised.complete && best)
                    says("it finds nothing where exhaustive finds something, which it promises");
                if (answer.error().code == errc::none) says("it finds nothing and gives no reason");
                continue;
            }
            const findings wrong = check_placement(p, *answer, e);
            for (const std::string& f : wrong) says(f);
            if (!best) {
                says("it finds something where exhaustive finds nothing");
                continue;
            }
            const double slack = 1e-12 * math::abs(best->best.objective);
            if (answer->best.objective < best->best.objective - slack)
                says("its choice costs less than the best there is");
            if (promised.optimal && answer->best.objective > best->best.objective + slack)
                says("its choice is not the best, which it promises");
        }
        return found;
    }

} // namespace uonaco::inline UONACO_ABI::laws
