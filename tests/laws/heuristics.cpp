// SPDX-License-Identifier: Apache-2.0
// Heuristics that ship keep the laws; each broken one is found out.
#include "catch.hpp"
#include "findings.hpp"

#include <uonaco/evaluate/lexicographic.hpp>
#include <uonaco/evaluate/profile_evaluator.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/heuristics/silos.hpp>

#include <set>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const laws::findings nothing;

// Exhaustive search, and then something else is said.
template <class Change>
struct twisted {
    Change change;
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        auto found = exhaustive{}(p, e);
        if (found) change(p, *found);
        return found;
    }
};
template <class Change>
laws::findings check_twisted(Change change, laws::promises promised = {}) {
    return laws::check_heuristic(twisted<Change>{change}, by_full_cost, promised);
}
// Assessed anew, so that the figures are true whatever the choice is.
void choose(const problem& p, placement& x, const candidate& c) {
    assessment a;
    assess(p.where(), p.what(), c, a);
    x.best.choice = c;
    x.best.outcome = a.outcome;
    x.best.verdict = a.verdict;
    x.best.objective = a.outcome.full_cost.si();
}

struct random_choice {
    static constexpr const char* name = "random";
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        static unsigned state = 1;
        search<Evaluator> found(p, e, name);
        for_each_candidate(p, [&](const candidate& c) {
            if ((state = state * 1664525 + 1013904223) >> 31) found.offer(c);
        });
        return found.finish();
    }
};
struct every_second_time {
    static constexpr const char* name = "every second time";
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        static int calls = 0;
        if (++calls % 2) return failure{errc::no_candidate};
        return exhaustive{}(p, e);
    }
};
struct gives_up {
    static constexpr const char* name = "gives up";
    template <class Evaluator>
    result<placement> operator()(const problem&, const Evaluator&) const {
        return failure{errc::no_candidate};
    }
};
struct gives_no_reason {
    template <class Evaluator>
    result<placement> operator()(const problem&, const Evaluator&) const {
        return failure{};
    }
};
struct ignores_limits {
    static constexpr const char* name = "ignores limits";
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        placement x;
        bool any = false;
        for_each_candidate(p, [&](const candidate& c) {
            assessment a;
            assess(p.where(), p.what(), c, a);
            if (any || a.structural != errc::none) return;
            any = true;
            x.best = {c, a.outcome, a.verdict, e(a.outcome).total};
        });
        if (!any) return failure{errc::no_candidate};
        return x;
    }
};
} // namespace

TEST_CASE("the heuristics that ship keep the laws") {
    CHECK(laws::check_heuristic(exhaustive{}, by_full_cost, {.complete = true, .optimal = true}) == nothing);
    CHECK(laws::check_heuristic(greedy{}, by_full_cost, {.complete = true}) == nothing);
    CHECK(laws::check_heuristic(compute_first{}, by_full_cost) == nothing);
    CHECK(laws::check_heuristic(network_first{}, by_full_cost, {.complete = true}) == nothing);
    CHECK(laws::check_heuristic(nearest{}, by_full_cost) == nothing);
    CHECK(laws::check_heuristic(cheapest{}, by_full_cost) == nothing);
}

TEST_CASE("whatever the objective") {
    for (int i = 0; i < 5; ++i)
        with_preset(static_cast<preset>(i), [](const auto& e) {
            CHECK(laws::check_heuristic(exhaustive{}, e, {.complete = true, .optimal = true}) == nothing);
            CHECK(laws::check_heuristic(greedy{}, e, {.complete = true}) == nothing);
        });
}

TEST_CASE("objectives with limits, and orders of preference") {
    const auto keep = [](const auto& e) {
        CHECK(laws::check_heuristic(exhaustive{}, e, {.complete = true, .optimal = true}) == nothing);
        CHECK(laws::check_heuristic(greedy{}, e) == nothing);
        CHECK(laws::check_heuristic(cheapest{}, e) == nothing);
    };
    keep(evaluator{weigh(1.0, terms::full_cost{}), hard(terms::completion_time{}, 1_d),
                   soft(terms::peak_power{}, 200_kW, 10.0)});
    keep(first(terms::money{}, 5000_usd).then(terms::completion_time{}));
    keep(geometric_mean{weigh(1.0, terms::completion_time{}), weigh(1.0, terms::full_cost{})});
    keep(worst_case{weigh(1.0, terms::completion_time{}), weigh(1.0, terms::full_cost{})});
    const scoring_profile p{
        .id = "p",
        .terms = {{.term = term_kind::money, .tolerance = 5000.0}, {.term = term_kind::completion_time}},
        .aggregation = aggregation::lexicographic};
    with_profile(p, keep);
}

TEST_CASE("broken answers are found out") {
    CHECK(has(laws::check_heuristic(random_choice{}, by_full_cost),
              "random, case 'as it is': it does not answer the same each time"));
    CHECK(has(laws::check_heuristic(every_second_time{}, by_full_cost), "does not answer the same each time"));
    CHECK(laws::check_heuristic(gives_up{}, by_full_cost) == nothing); // poor, but honest
    CHECK(has(laws::check_heuristic(gives_up{}, by_full_cost, {.complete = true}),
              "finds nothing where exhaustive finds something"));
    CHECK(has(laws::check_heuristic(gives_no_reason{}, by_full_cost),
              "unnamed heuristic, case 'as it is': it finds nothing and gives no reason"));
    CHECK(has(laws::check_heuristic(compute_first{}, by_full_cost, {.optimal = true}),
              "is not the best, which it promises"));
    const auto lawless = laws::check_heuristic(ignores_limits{}, by_full_cost);
    CHECK(has(lawless, "a deadline that nobody meets': the choice breaks a hard limit: past deadline"));
    CHECK(has(lawless, "it finds something where exhaustive finds nothing"));
    CHECK(has(lawless, "a service whose objective nobody meets': the choice breaks a hard limit: SLO missed"));
    CHECK(has(lawless, "a budget on prices not known': the choice breaks a hard limit: needed value unknown"));
}

TEST_CASE("figures that are not true are found out") {
    CHECK(has(check_twisted([](const problem&, placement& x) { x.best.objective *= 0.5; }),
              "the objective told is not what the choice costs"));
    CHECK(has(check_twisted([](const problem&, placement& x) { x.best.objective *= 0.5; }),
              "costs less than the best there is"));
    CHECK(has(check_twisted([](const problem&, placement& x) { x.best.outcome.time.completion = 1_s; }),
              "the outcome told is not what the choice yields"));
    CHECK(has(check_twisted([](const problem&, placement& x) { x.best.outcome.joint_efficiency = 1.1; }),
              "joint_efficiency is out of bounds"));
}

TEST_CASE("choices that cannot be are found out") {
    const auto more = [](const problem& p, placement& x) {
        if (x.best.choice.size > 0)
            x.best.choice.shares[0].devices = p.where().free_devices(x.best.choice.shares[0].pool) + 1;
    };
    CHECK(has(check_twisted(more), "takes more devices of a pool than are free"));
    const auto too_few = [](const problem& p, placement& x) {
        candidate c;
        if (x.best.choice.size == 1) c.add(x.best.choice.shares[0].pool, 1), choose(p, x, c);
    };
    CHECK(has(check_twisted(too_few), "takes another number of devices than was asked for"));
    const auto elsewhere = [](const problem& p, placement& x) {
        candidate c;
        if (x.best.choice.size > 0) c.add({0}, 300), choose(p, x, c);
    };
    CHECK(has(check_twisted(elsewhere), "'a site denied': the choice takes a pool that the workload may not use"));
    CHECK(
        has(check_twisted(elsewhere), "'a tenant of its own': the choice takes a pool that the workload may not use"));
    const auto empty = [](const problem&, placement& x) { x.best.choice.clear(); };
    CHECK(has(check_twisted(empty), "the choice has no devices"));
    CHECK(has(check_twisted(empty), "no destination that the transfer may go to"));
    const auto faster = [](const problem&, placement& x) { x.best.choice.pairs[0].rate = 401_Gbps; };
    CHECK(has(check_twisted(faster), "takes a rate that the network does not have"));
    const auto apart = [](const problem&, placement& x) { x.best.choice.pairs[0] = {}; };
    CHECK(has(check_twisted(apart), "leaves a share without a connection to the others"));
    const auto out_of_reach = [](const problem&, placement& x) { x.best.choice.access = {}; };
    CHECK(has(check_twisted(out_of_reach), "out of reach of its data or its users"));
    const auto no_such_way = [](const problem&, placement& x) { x.best.choice.pairs[0].option = 77; };
    CHECK(has(check_twisted(no_such_way), "uses a connection that there is not"));
    const auto twice = [](const problem& p, placement& x) {
        if (x.best.choice.size != 2) return;
        candidate c = x.best.choice;
        c.add(c.shares[0].pool, 10);
        c.pairs[pair_index(1, 2)] = c.pairs[0];
        choose(p, x, c);
    };
    CHECK(has(check_twisted(twice), "takes more devices of a pool than are free"));
    const auto mixed = [](const problem& p, placement& x) {
        if (x.best.choice.size == 2 && x.best.choice.shares[1].pool.value == 1)
            x.best.choice.shares[1].pool = {2}, x.best.choice.shares[1].devices = 10;
        static_cast<void>(p);
    };
    CHECK(has(check_twisted(mixed), "the choice mixes models"));
    const auto everywhere = [](const problem&, placement& x) {
        candidate& c = x.best.choice;
        if (c.size == 1 && c.shares[0].pool.value == 0) c.add({1}, 1);
    };
    CHECK(has(check_twisted(everywhere), "'one site at most': the choice spreads over too many sites"));
    const auto power = [](const problem&, placement& x) {
        candidate& c = x.best.choice;
        for (share& s : c.shares)
            if (s.pool.value == 0) s.devices = 1024;
    };
    CHECK(has(check_twisted(power), "draws more power at a site than there is"));
}

TEST_CASE("cases of one's own") {
    std::vector<laws::placement_case> mine(1);
    mine[0].name = "mine";
    mine[0].world = laws::figure_1_estate();
    mine[0].asked = laws::figure_1_training();
    CHECK(laws::check_heuristic(greedy{}, by_full_cost, {.complete = true, .optimal = true}, mine) == nothing);
    CHECK(laws::check_heuristic(greedy{}, by_full_cost, {}, {}) == nothing);
    mine[0].asked.locality.user_site = "nowhere";
    CHECK(has(laws::check_heuristic(greedy{}, by_full_cost, {}, mine), "the case itself is broken"));
}

TEST_CASE("the cases that ship meet every limit, and say so") {
    int placed = 0;
    std::set<errc> reasons;
    std::set<std::string> names;
    for (const laws::placement_case& k : laws::tiny_cases()) {
        names.insert(k.name);
        auto s = *survey::of(k.world);
        const auto p = *problem::of(s, k.asked);
        const auto found = exhaustive{}(p, by_full_cost);
        placed += found.has_value();
        if (!found) reasons.insert(found.error().code);
    }
    CHECK(names.size() == laws::tiny_cases().size());
    CHECK(placed >= 15);
    CHECK(reasons.size() >= 4);
}
