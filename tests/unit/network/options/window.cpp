// SPDX-License-Identifier: Apache-2.0
// Options for a window: what is free in every second of it, against an account of each second.
#include "../../../catch.hpp"
#include "estates.hpp"

#include <uonaco/network/protected_options.hpp>
#include <uonaco/network/rate_calendar.hpp>

using namespace options_test;

namespace {
constexpr int horizon = 30;
instant at(int second) { return instant::from_unix(second); }

// What is free in each second.
struct account {
    std::vector<network_rates> seconds;

    explicit account(const network_rates& free) : seconds(horizon, free) {}
    network_rates least(int from, int to) const {
        network_rates r = seconds[static_cast<unsigned>(from)];
        for (int s = from; s < to; ++s) {
            const network_rates& now = seconds[static_cast<unsigned>(s)];
            for (unsigned i = 0; i < r.links.size(); ++i) {
                r.links[i].in_service = units::min(r.links[i].in_service, now.links[i].in_service);
                r.links[i].creatable = units::min(r.links[i].creatable, now.links[i].creatable);
                r.links[i].resizable = units::min(r.links[i].resizable, now.links[i].resizable);
            }
            for (unsigned i = 0; i < r.circuits.size(); ++i) r.circuits[i] = units::min(r.circuits[i], now.circuits[i]);
        }
        return r;
    }
    void take(const network_rates& before, const network_rates& after, int from, int to) {
        for (int s = from; s < to; ++s) {
            network_rates& now = seconds[static_cast<unsigned>(s)];
            for (unsigned i = 0; i < now.links.size(); ++i) {
                now.links[i].in_service -= before.links[i].in_service - after.links[i].in_service;
                now.links[i].creatable -= before.links[i].creatable - after.links[i].creatable;
                now.links[i].resizable -= before.links[i].resizable - after.links[i].resizable;
            }
            for (unsigned i = 0; i < now.circuits.size(); ++i)
                now.circuits[i] -= before.circuits[i] - after.circuits[i];
        }
    }
};
} // namespace

TEST_CASE("in any window each option can be booked throughout, and what is free is the least of every second") {
    dice d(20260407);
    undo_log log;
    unsigned long booked = 0, pairs = 0;
    for (int round = 0; round < 300 * times(); ++round) {
        const estate e = random_estate(d, {3, 6, 6, 14});
        const auto t = make_topology(e);
        REQUIRE(t);
        rate_calendar committed(rates_of(e));
        account truth(rates_of(e));
        option_search search(*t, e);
        protected_search protect(*t, e);
        bool exact = true, sound = true;
        for (int n = 0; n < 12; ++n) {
            const int from = static_cast<int>(d.below(horizon - 1));
            const int to = from + 1 + static_cast<int>(d.below(static_cast<unsigned>(horizon - from - 1)));
            const network_rates before = committed.free(at(from), at(to));
            exact = exact && before == truth.least(from, to);
            const row<site_tag> a{d.below(t->sites)}, b{d.below(t->sites)};
            network_rates after = before;
            if (d.chance(50)) {
                const auto found = search(a, b, before);
                if (found.empty()) continue;
                const path_option& o = found[d.below(static_cast<unsigned>(found.size()))];
                sound = sound && take(log, after, *t, e, o, o.rate);
            } else {
                const auto found = protect(a, b, before);
                if (!found) continue;
                const protected_option& o = (*found)[d.below(static_cast<unsigned>(found->size()))];
                sound = sound && !take(log, after, *t, e, o, o.both.rate);
                ++pairs;
            }
            log.forget();
            committed.book(before, after, at(from), at(to));
            truth.take(before, after, from, to);
            for (int s = 0; s < horizon; ++s) sound = sound && none_negative(truth.seconds[static_cast<unsigned>(s)]);
            ++booked;
        }
        CAPTURE(round);
        CHECK(exact);
        CHECK(sound);
    }
    CHECK((booked > 500 && pairs > 100));
}

TEST_CASE("a window has the least of its hours, and the hours around it do not count") {
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}};
    e.links = {
        {.id = "l", .src_node = "A", .dst_node = "B", .bidirectional = true, .capacity = 100_Gbps, .latency = 1_ms}};
    const auto t = make_topology(e);
    rate_calendar committed(rates_of(e));
    const auto book = [&](units::bit_rate rate, int from, int to) {
        network_rates after = committed.free(at(from), at(to));
        const network_rates before = after;
        REQUIRE(take(after, *t, e, options(*t, e, {0}, {1}, before)[0], rate));
        committed.book(before, after, at(from), at(to));
    };
    book(30_Gbps, 0, 10);
    book(50_Gbps, 5, 15);
    const auto rate = [&](int from, int to) {
        const auto found = options(*t, e, {0}, {1}, committed.free(at(from), at(to)));
        return found.empty() ? 0_Gbps : found[0].rate;
    };
    CHECK(rate(0, 5) == 70_Gbps);
    CHECK(rate(0, 6) == 20_Gbps);
    CHECK(rate(10, 15) == 50_Gbps);
    CHECK(rate(15, 29) == 100_Gbps);
    CHECK(rate(14, 29) == 50_Gbps);
    book(20_Gbps, 5, 10);
    CHECK(rate(4, 6) == 0_Gbps);
}
