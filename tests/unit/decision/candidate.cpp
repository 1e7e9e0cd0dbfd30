// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/decision/decision.hpp>
#include <uonaco/decision/features.hpp>
#include <uonaco/decision/reservation.hpp>
#include <uonaco/units/literals.hpp>

#include <set>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("pairs: each has its place, and k sites use the first k(k-1)/2") {
    std::set<int> seen;
    for (int k = 1; k <= max_shares; ++k) {
        for (int i = 0; i < k - 1; ++i) {
            CHECK(pair_index(i, k - 1) == pair_index(k - 1, i));
            seen.insert(pair_index(i, k - 1));
        }
        CHECK(static_cast<int>(seen.size()) == k * (k - 1) / 2);
        CHECK((seen.empty() || *seen.rbegin() == static_cast<int>(seen.size()) - 1));
    }
    CHECK(max_pairs == 28);
}

TEST_CASE("a candidate is made and cleared") {
    candidate c;
    CHECK((c.size == 0 && c.devices() == 0 && !c.destination && !c.start));
    c.add({3}, 512);
    c.add({1}, 256).devices += 1;
    c.pairs[0] = {network_action::use, 0, 100_Gbps};
    CHECK((c.size == 2 && c.devices() == 769 && c.shares[1].pool.value == 1));
    CHECK_FALSE(c == candidate{});
    c.clear();
    CHECK(c == candidate{});
}

TEST_CASE("features start neutral: no failures, nothing known of prices") {
    features<double> f;
    f.sites = 3;
    f.site[7].devices = 4.0;
    f.clear();
    CHECK(f.sites == 0);
    CHECK(f.site[7].devices == 0.0);
    CHECK((f.site[0].availability == 1.0 && f.pair[27].availability == 1.0 && f.access.failure_rate.si() == 0));
    CHECK_FALSE((f.site[0].price || f.site[0].pue || f.pair[0].lease || f.pair[0].egress || f.pair[0].set_up_fee));
}

TEST_CASE("a reservation's life") {
    using enum reservation_state;
    const reservation_state all[] = {requested, offered,   held,     committed, provisioning, active,
                                     adjusting, releasing, released, failed,    expired,      cancelled};
    int steps = 0;
    for (const auto from : all)
        for (const auto to : all) {
            steps += may_follow(from, to);
            CHECK_FALSE((from == to && may_follow(from, to)));
        }
    CHECK(steps == 24);
    for (const auto end : {released, failed, expired, cancelled})
        for (const auto to : all) CHECK_FALSE(may_follow(end, to));
    CHECK((may_follow(requested, held) && may_follow(held, committed) && may_follow(committed, provisioning) &&
           may_follow(provisioning, active)));
    CHECK((may_follow(active, releasing) && may_follow(releasing, released)));
    CHECK_FALSE((may_follow(requested, active) || may_follow(released, active) || may_follow(active, held)));
    // every state can be reached, and from every state but the last ones an end can
    std::set<reservation_state> reached{requested};
    for (int i = 0; i < 12; ++i)
        for (const auto from : all)
            for (const auto to : all)
                if (reached.count(from) && may_follow(from, to)) reached.insert(to);
    CHECK(reached.size() == 12);
}

TEST_CASE("words for what is not known") {
    CHECK(std::string(unknowns::words[0]) == "rental price");
    CHECK(unknowns::power == 1u << (unknowns::size - 1));
    CHECK(std::string(to_string(placement_status::rejected)) == "rejected");
}
