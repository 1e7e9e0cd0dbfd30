// SPDX-License-Identifier: Apache-2.0
// Greedy where its own sets all fail: the best there is, whoever lists the pools in which order.
#include "catch.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/place.hpp>
#include <uonaco/testing/cases.hpp>

#include <algorithm>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// The fastest pool, at X, has too few devices and no link; of the others any two are enough.
estate island_estate() {
    estate e = laws::figure_1_estate();
    const compute_pool like = e.pools[0];
    e.pools.clear();
    const auto pool = [&](const char* id, const char* at, units::count free, units::price_rate price) {
        compute_pool p = like;
        p.id = id;
        p.site = at;
        p.total_count = p.free_count = free;
        p.price = price;
        e.pools.push_back(p);
    };
    site x = e.sites[0];
    x.id = "X";
    e.sites.push_back(x);
    pool("a", "A", 128, 9_usd_per_h);
    pool("b", "B", 128, 3_usd_per_h);
    pool("c", "C", 128, 5_usd_per_h);
    pool("x", "X", 200, 2_usd_per_h);
    return e;
}
const workload two_sites = [] {
    workload w = laws::figure_1_training();
    w.devices.count = 256;
    w.devices.min_count = 256;
    w.locality.max_sites = 2;
    return w;
}();
template <class Heuristic>
result<placement> placed(const estate& e, const workload& w, Heuristic h) {
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w);
    return ask(h, p, by_full_cost);
}
template <class Heuristic>
std::vector<std::string> explained(const estate& e, const workload& w, Heuristic h) {
    auto s = *survey::of(e);
    return decide(s, w, by_full_cost, h).explanation;
}
bool says(const std::vector<std::string>& lines, const std::string& words) {
    return std::any_of(lines.begin(), lines.end(), [&](const auto& l) { return l.find(words) != std::string::npos; });
}
} // namespace

TEST_CASE("greedy takes the best of the space where its own sets fail, in whatever order pools are listed") {
    estate e = island_estate();
    const auto best = placed(e, two_sites, exhaustive{});
    REQUIRE(best);
    CHECK(best->best.choice.size == 2);
    const auto before = [](const compute_pool& a, const compute_pool& b) { return a.id.text < b.id.text; };
    do {
        const auto found = placed(e, two_sites, greedy{});
        REQUIRE(found);
        CHECK(found->best.outcome.full_cost == best->best.outcome.full_cost);
        CHECK_FALSE(found->gave_up);
    } while (std::next_permutation(e.pools.begin(), e.pools.end(), before));
}

TEST_CASE("greedy's own sets do not depend on the order of pools either") {
    estate e = island_estate();
    e.pools.pop_back();
    e.sites.pop_back();
    const auto first = placed(e, two_sites, greedy{});
    REQUIRE(first);
    const auto before = [](const compute_pool& a, const compute_pool& b) { return a.id.text < b.id.text; };
    do {
        const auto found = placed(e, two_sites, greedy{});
        REQUIRE(found);
        CHECK(found->best.outcome.full_cost == first->best.outcome.full_cost);
        CHECK(found->compared == first->compared);
    } while (std::next_permutation(e.pools.begin(), e.pools.end(), before));
}

TEST_CASE("greedy that has not seen all says so") {
    const estate e = island_estate();
    CHECK_FALSE(says(explained(e, two_sites, greedy{}), "given up"));
    units::count patience = 1;
    while (!placed(e, two_sites, greedy{.patience = patience})) ++patience;
    const auto found = placed(e, two_sites, greedy{.patience = patience});
    CHECK(found->gave_up);
    CHECK(says(explained(e, two_sites, greedy{.patience = patience}),
               "the best of those seen: given up after " + std::to_string(found->compared) + " candidates"));
    CHECK_FALSE(placed(e, two_sites, exhaustive{})->gave_up);
}
