// SPDX-License-Identifier: Apache-2.0
// Options against every simple way through small estates: none that is listed is beaten, and of what is feasible nothing is missing.
#include "../../../catch.hpp"
#include "judge.hpp"

using namespace options_test;

TEST_CASE("with paths enough the list is the whole Pareto front: every simple way is beaten or listed, and none listed "
          "is beaten") {
    dice d(20260402);
    unsigned long ways = 0, options = 0;
    for (int round = 0; round < 1500 * times(); ++round) {
        const estate e = random_estate(d, {4, 6, 9, 16});
        const auto t = make_topology(e);
        REQUIRE(t);
        const network_rates free = rates_of(e);
        const unsigned from = d.below(t->sites), to = d.below(t->sites);
        const auto list = option_search(*t, e, {.paths = 1000})({from}, {to}, free);
        const auto all = judge(*t, e, free).all(from, to);
        ways += all.size();
        options += list.size();
        CAPTURE(round);
        bool complete = true, unbeaten = true;
        for (const figures& f : all) complete = complete && covered(f, list);
        for (const path_option& o : list) {
            const figures mine = listed(o);
            for (const figures& f : all) unbeaten = unbeaten && (!f.no_worse(mine) || mine.no_worse(f, 1e-12));
            for (const path_option& other : list)
                unbeaten = unbeaten && (&other == &o || !listed(other).no_worse(mine));
        }
        CHECK(complete);
        CHECK(unbeaten);
    }
    CAPTURE(ways, options);
    CHECK((ways > 4000 && options > 3000));
}

TEST_CASE(
    "with the usual number of paths none is beaten in the list, and each feasible rate is listed at no more delay") {
    dice d(20260403);
    for (int round = 0; round < 1500 * times(); ++round) {
        const estate e = random_estate(d, {4, 6, 9, 16, false});
        const auto t = make_topology(e);
        REQUIRE(t);
        const network_rates free = rates_of(e);
        const unsigned from = d.below(t->sites), to = d.below(t->sites);
        const auto list = option_search(*t, e)({from}, {to}, free);
        CAPTURE(round);
        bool quick = true, unbeaten = true;
        for (const figures& f : judge(*t, e, free).all(from, to)) {
            bool any = false;
            for (const path_option& o : list)
                any = any || (whole(o.rate) >= f.rate && o.latency.si() <= f.latency * (1 + 1e-12));
            quick = quick && any;
        }
        for (const path_option& o : list)
            for (const path_option& other : list)
                unbeaten = unbeaten && (&other == &o || !listed(other).no_worse(listed(o)));
        CHECK(quick);
        CHECK(unbeaten);
    }
}
