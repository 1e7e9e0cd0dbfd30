// SPDX-License-Identifier: Apache-2.0
// Rounds by hand, and against a walk through time that shares the way greedily.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/federated_rounds.hpp>

using namespace support;
namespace rounds = federated_rounds;
using client = rounds::client<double>;

TEST_CASE("a round by hand: three clients, one way of 3 Gb/s") {
    // 3 Gbit each, ready after 0, 1 and 4 s; nobody's access is slower than the way.
    const units::volume update = units::volume::from_si(3e9);
    const client c[] = {{0_s, update, 10_Gbps}, {1_s, update, 10_Gbps}, {4_s, update, 10_Gbps}};
    CHECK(rounds::with_equal_shares(c, 3, 3_Gbps).si() == Approx(7));  // the last one alone on its third
    CHECK(rounds::shared_by_progress(c, 3, 3_Gbps).si() == Approx(5)); // the others are done before it begins
    const auto sized = rounds::sized_by_progress(c, 3, 3_Gbps);
    CHECK((sized > 5_s && sized < 7_s));
    units::bit_rate together;
    for (const client& one : c) together += rounds::needed(one, sized);
    CHECK(together.si() == Approx(3e9).epsilon(1e-12)); // all end together, and the way is full
    CHECK(rounds::ready<double>(10_GB, 8_Gbps, 100, 0.5_s).si() == Approx(60));
}

TEST_CASE("clients in step gain nothing by progress") {
    const client c[] = {{2_s, 1_GB, 100_Gbps}, {2_s, 1_GB, 100_Gbps}, {2_s, 1_GB, 100_Gbps}, {2_s, 1_GB, 100_Gbps}};
    CHECK(rounds::with_equal_shares(c, 4, 16_Gbps).si() == Approx(4));
    CHECK(rounds::sized_by_progress(c, 4, 16_Gbps).si() == Approx(4));
    CHECK(rounds::shared_by_progress(c, 4, 16_Gbps).si() == Approx(4));
    CHECK(rounds::sized_by_progress(c, 1, 8_Gbps).si() == Approx(3));
}

namespace {
/// Whether all can be done by `end`: at each moment those that could be late are served first. Between events rates are constant.
bool done_by(std::vector<client> left, double end, double shared) {
    double now = 0;
    while (now < end) {
        // Least slack first: how much later it could begin at its own greatest rate.
        std::vector<client*> open;
        double next = end;
        for (client& c : left)
            if (c.ready.si() > now)
                next = std::min(next, c.ready.si());
            else if (c.update.si() > 0)
                open.push_back(&c);
        const double until = std::min(next, now + (end / 20000));
        std::sort(open.begin(), open.end(), [](const client* a, const client* b) {
            return a->update.si() / a->most.si() > b->update.si() / b->most.si();
        });
        double free = shared;
        for (client* c : open) {
            const double rate = std::min({free, c->most.si(), c->update.si() / (until - now)});
            free -= rate;
            c->update = units::volume::from_si(std::max(0.0, c->update.si() - rate * (until - now)));
        }
        now = until;
    }
    for (const client& c : left)
        if (c.update.si() > 1e-3 * shared * end) return false;
    return true;
}
} // namespace

TEST_CASE("no sharing is faster than by progress, and one is as fast") {
    dice d(41);
    for (int i = 0; i < 60; ++i) {
        std::vector<client> c(1 + d.below(8));
        for (client& one : c)
            one = {units::duration::from_si(d.between(0, 10)), units::volume::from_si(d.between(1e9, 20e9)),
                   units::bit_rate::from_si(d.between(1e9, 20e9))};
        const auto shared = units::bit_rate::from_si(d.between(2e9, 20e9));
        const int n = static_cast<int>(c.size());
        const auto best = rounds::shared_by_progress(c.data(), n, shared);
        const auto sized = rounds::sized_by_progress(c.data(), n, shared);
        const auto equal = rounds::with_equal_shares(c.data(), n, shared);
        INFO("case " << i << ", " << n << " clients");
        CHECK(best.si() <= Approx(sized.si()));
        CHECK(sized.si() <= Approx(equal.si()));
        CHECK(done_by(c, 1.01 * best.si(), shared.si()));
        CHECK(!done_by(c, 0.98 * best.si(), shared.si()));
        double together = 0;
        for (const client& one : c) {
            const double rate = rounds::needed(one, sized).si();
            CHECK(rate <= Approx(one.most.si()));
            together += rate;
        }
        CHECK(together <= Approx(shared.si()).epsilon(1e-9));
    }
}

TEST_CASE("rounds are finite, and in order, over the whole of their ranges") {
    dice d(61);
    const auto log = [&](double low, double high) { return std::exp(d.between(std::log(low), std::log(high))); };
    for (int i = 0; i < 3000; ++i) {
        std::vector<client> c(1 + d.below(6));
        for (client& one : c)
            one = {units::duration::from_si(d.below(4) ? log(1e-9, 1e12) : 0.0),
                   units::volume::from_si(d.below(4) ? log(1, 1e24) : 0.0), units::bit_rate::from_si(log(1e3, 1e18))};
        const auto shared = units::bit_rate::from_si(log(1e3, 1e18));
        const int n = static_cast<int>(c.size());
        const double best = rounds::shared_by_progress(c.data(), n, shared).si();
        const double sized = rounds::sized_by_progress(c.data(), n, shared).si();
        const double equal = rounds::with_equal_shares(c.data(), n, shared).si();
        INFO("case " << i);
        REQUIRE((math::finite(best) && math::finite(sized) && math::finite(equal) && best >= 0));
        REQUIRE(best <= sized * (1 + 1e-9));
        REQUIRE(sized <= equal * (1 + 1e-9));
    }
}

TEST_CASE("rounds over lanes and duals are rounds") {
    dice d(43);
    for (int i = 0; i < 200; ++i) {
        client plain[2][5];
        rounds::client<lanes<2>> both[5];
        rounds::client<dual<2>> slopes[5];
        for (int k = 0; k < 5; ++k) {
            for (auto& p : plain)
                p[k] = {units::duration::from_si(d.between(0, 10)), units::volume::from_si(d.between(0, 20e9)),
                        units::bit_rate::from_si(d.between(1e9, 20e9))};
            for (int lane = 0; lane < 2; ++lane) uonaco::detail::put(both[k].ready, lane, plain[lane][k].ready);
            for (int lane = 0; lane < 2; ++lane) uonaco::detail::put(both[k].update, lane, plain[lane][k].update);
            for (int lane = 0; lane < 2; ++lane) uonaco::detail::put(both[k].most, lane, plain[lane][k].most);
            slopes[k].ready = plain[0][k].ready;
            slopes[k].update = plain[0][k].update;
            slopes[k].most = plain[0][k].most;
        }
        const units::bit_rate shared = 5_Gbps;
        const auto by = units::with_rep<units::bit_rate, dual<2>>::from_si(dual<2>::variable(5e9, 0));
        const auto same = [&](auto round) {
            const auto blocks = round(both, units::with_rep<units::bit_rate, lanes<2>>(shared));
            for (int lane = 0; lane < 2; ++lane)
                REQUIRE(laws::detail::same_bits(round(plain[lane], shared).si(), blocks.si()[lane]));
            const auto slope = round(slopes, by);
            REQUIRE(laws::detail::same_bits(round(plain[0], shared).si(), slope.si().value));
            const double h = 1e3;
            const double more = round(plain[0], units::bit_rate(shared + units::bit_rate::from_si(h))).si();
            REQUIRE(slope.si().slope[0] * h == Approx(more - slope.si().value).epsilon(1e-3).margin(1e-12));
        };
        same([](const auto* c, auto rate) { return rounds::with_equal_shares(c, 5, rate); });
        same([](const auto* c, auto rate) { return rounds::sized_by_progress(c, 5, rate); });
        same([](const auto* c, auto rate) { return rounds::shared_by_progress(c, 5, rate); });
    }
}

TEST_CASE("rounds of any length: a billionth of the data takes a billionth of the time") {
    using federated_rounds::client;
    const auto round = [](double scale) {
        const client<double> c[] = {
            {.update = units::volume::from_si(3e9 * scale), .most = units::bit_rate::from_si(1e12)},
            {.update = units::volume::from_si(1e9 * scale), .most = units::bit_rate::from_si(1e12)},
        };
        return federated_rounds::sized_by_progress<double>(c, 2, units::bit_rate::from_si(1e10)).si();
    };
    CHECK(round(1) == Approx(0.4));
    CHECK(round(1e-9) == Approx(0.4e-9));
    CHECK(round(1e-15) == Approx(0.4e-15));
}
