// SPDX-License-Identifier: Apache-2.0
// place_one and place_all: the calls most users make.
#pragma once

#include "explain.hpp"
#include "heuristic.hpp"

#include "../reserve/ledger.hpp"

namespace uonaco::inline UONACO_ABI {

/// What all placements of a call have in common.
struct placing {
    units::instant now{};               ///< when the workloads are submitted
    units::carbon_price carbon_price{}; ///< in the full cost
    generation space{};
    uonaco::normalization normalization = uonaco::normalization::minmax; ///< of the scores in decisions
};

/// Places one workload in a survey, commits nothing. Errors: ids that name nothing, or why it is not feasible and by how much.
template <class Evaluator, class Heuristic>
result<placement> place_one(survey& s, const workload& w, const Evaluator& e, const Heuristic& h,
                            const placing& how = {}) {
    const auto p = problem::of(s, w, how.now, how.carbon_price, how.space);
    if (!p) return p.error();
    return ask(h, *p, e);
}

/// The same as the record that is exchanged: a decision, or a rejection that says why.
template <class Evaluator, class Heuristic>
decision decide(survey& s, const workload& w, const Evaluator& e, const Heuristic& h, const placing& how = {}) {
    const auto p = problem::of(s, w, how.now, how.carbon_price, how.space);
    if (!p) return to_decision(w, p.error(), detail::name_of<Heuristic>());
    const auto found = ask(h, *p, e);
    return found ? to_decision(*p, *found, e, how.normalization)
                 : to_decision(w, found.error(), detail::name_of<Heuristic>(), doubts(s.world(), how.now));
}

/// Each workload's decision, in the order of the workloads, and who has what.
struct placements {
    std::vector<decision> decisions{};
    ledger committed{};
    units::money full_cost{};    ///< of those placed
    maybe<units::money> money{}; ///< unknown as soon as one's is
    maybe<units::energy> energy{};
    maybe<units::carbon_mass> carbon{};
    units::duration completion{}; ///< summed
    units::count placed = 0;
};

namespace detail {
// Most urgent first; of equals, those that ask for most devices, then as given. O(n^2), n workloads.
UONACO_LAZY
std::vector<unsigned> placing_order(const std::vector<workload>& all) {
    std::vector<unsigned> order;
    for (unsigned i = 0; i < all.size(); ++i) {
        unsigned long at = order.size();
        const auto before = [&](const workload& a, const workload& b) {
            return a.priority != b.priority ? a.priority < b.priority : a.devices.count > b.devices.count;
        };
        while (at > 0 && before(all[i], all[order[at - 1]])) --at;
        order.insert(order.begin() + static_cast<long>(at), i);
    }
    return order;
}
template <class T>
void add_known(maybe<T>& sum, const maybe<T>& x, bool first) {
    sum = first ? x : maybe<T>(sum + x);
}
} // namespace detail

/// Places workloads one after the other, most urgent first, each in what those before it left. What one takes stays taken for the
/// time its run is predicted to take; the next ones see the least that is free from now on. Errors per workload are decisions too.
/// `begin(const workload&)` is called before each, for instance to show how far it is.
template <class Evaluator, class Heuristic, class Begin>
result<placements> place_all(survey s, const std::vector<workload>& workloads, const Evaluator& e, const Heuristic& h,
                             const placing& how, Begin begin) {
    placements all;
    all.decisions.resize(workloads.size());
    all.committed = ledger(s);
    for (const unsigned i : detail::placing_order(workloads)) {
        const workload& w = workloads[i];
        begin(w);
        all.committed.restrict(s, how.now);
        const auto p = problem::of(s, w, how.now, how.carbon_price, how.space);
        if (!p) {
            all.decisions[i] = to_decision(w, p.error(), detail::name_of<Heuristic>());
            continue;
        }
        const auto found = ask(h, *p, e);
        if (!found) {
            all.decisions[i] = to_decision(w, found.error(), detail::name_of<Heuristic>(), doubts(s.world(), how.now));
            continue;
        }
        const ranked& best = found->best;
        const auto start = how.now + best.outcome.time.queue;
        const auto end = how.now + best.outcome.time.completion;
        const auto held = all.committed.commit(s, p->what(), best.choice, start,
                                               start < end ? end : start + units::duration::from_si(1.0));
        if (!held) {
            all.decisions[i] = to_decision(w, held.error(), detail::name_of<Heuristic>());
            continue;
        }
        all.decisions[i] = to_decision(*p, *found, e, how.normalization);
        detail::add_known(all.money, best.outcome.money.total, all.placed == 0);
        detail::add_known(all.carbon, best.outcome.energy.carbon, all.placed == 0);
        all.full_cost += best.outcome.full_cost;
        detail::add_known(all.energy, best.outcome.energy.total(), all.placed == 0);
        all.completion += best.outcome.time.completion;
        ++all.placed;
    }
    return all;
}
template <class Evaluator, class Heuristic>
result<placements> place_all(survey s, const std::vector<workload>& workloads, const Evaluator& e, const Heuristic& h,
                             const placing& how = {}) {
    return place_all(static_cast<survey&&>(s), workloads, e, h, how, [](const workload&) {});
}

} // namespace uonaco::inline UONACO_ABI
