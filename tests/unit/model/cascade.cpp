// SPDX-License-Identifier: Apache-2.0
// A small model in front of a large one, by hand and by requests one after the other.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/cascade.hpp>
#include <uonaco/model/inference_model.hpp>

#include <array>

using namespace support;
using cascade::decided;

TEST_CASE("cascade: what a mean request takes, by hand") {
    CHECK(cascade::of_both(decided::after, units::ratio(0.2), units::duration(1_s), units::duration(5_s)) == 2_s);
    CHECK(cascade::of_both(decided::before, units::ratio(0.2), units::duration(1_s), units::duration(5_s)).si() ==
          Approx(1.8));
    CHECK(cascade::of_both(decided::after, units::ratio(1.0), 1_usd, 5_usd) == 6_usd);
    CHECK(cascade::of_both(decided::before, units::ratio(1.0), 1_usd, 5_usd) == 5_usd);
    CHECK(cascade::of_both(decided::before, units::ratio(0.0), 1_kWh, 5_kWh) == 1_kWh);
    CHECK(cascade::quality<double>(0.2, 0.9, 0.8).si() == Approx(0.88));
}

TEST_CASE("cascade: up to which share both take no more than the large model alone") {
    CHECK(cascade::break_even(decided::after, 1_usd, 5_usd).si() == Approx(0.8));
    CHECK(cascade::break_even(decided::before, 1_usd, 5_usd) == 1.0);
    CHECK(cascade::break_even(decided::after, 6_usd, 5_usd) == 0.0);
    CHECK(cascade::break_even(decided::before, 6_usd, 5_usd) == 0.0);
    dice d(5);
    for (int i = 0; i < 1000; ++i) {
        const auto small = units::money::from_si(d.between(0.01, 10)),
                   large = units::money::from_si(d.between(0.01, 10));
        for (const auto when : {decided::before, decided::after}) {
            const units::ratio at = cascade::break_even(when, small, large);
            CHECK(cascade::of_both(when, units::ratio(0.999 * at), small, large).si() <=
                  Approx(at > 0.0 ? large.si() : small.si()));
            if (at < 1.0 && at > 0.0)
                CHECK(cascade::of_both(when, units::ratio(1.001 * at), small, large).si() > large.si());
        }
    }
}

TEST_CASE("cascade: what the way to the cloud and its replicas take") {
    // 100 requests a second of 1 MB each: 0.8 Gb/s would carry all.
    CHECK(cascade::most_escalated<double>(100_per_s, 500_per_s, 200_Mbps, 1_MB).si() == Approx(0.25));
    CHECK(cascade::most_escalated<double>(100_per_s, 10_per_s, 200_Mbps, 1_MB).si() == Approx(0.1));
    CHECK(cascade::most_escalated<double>(100_per_s, 500_per_s, 400_Gbps, 1_MB) == 1.0);
}

TEST_CASE("cascade: arrivals that are split at random") {
    // Every tenth of a second exactly; a share p is passed on: gaps are geometric, of variation sqrt(1-p).
    inference all;
    all.requests = 10_per_s;
    all.arrival_variation = 0.0;
    all.objective.first_token = 500_ms;
    for (const double p : {0.1, 0.5, 0.9}) {
        const auto cloud = cascade::in_cloud(p, 200_ms, all);
        CHECK(cloud.requests.si() == Approx(10 * p));
        CHECK(static_cast<double>(cloud.arrival_variation) == Approx(std::sqrt(1 - p)));
        CHECK(cloud.objective.first_token->si() == Approx(0.3));
        const auto edge = cascade::at_edge(decided::before, p, all);
        CHECK(edge.requests.si() == Approx(10 * (1 - p)));
        CHECK(static_cast<double>(edge.arrival_variation) == Approx(std::sqrt(p)));
    }
    CHECK(cascade::at_edge(decided::after, 0.5, all) == all);
    CHECK(cascade::in_cloud(0.5, 2_s, all).objective.first_token->si() == 0);
}

namespace {
features<double> one_site(double devices, units::latency delay) {
    features<double> f;
    f.sites = 1;
    f.site[0] = {.devices = devices, .peak = 989_TFLOPS, .memory = 80_GB, .memory_rate = 3.35_TBps};
    f.access.rate = 10_Gbps;
    f.access.delay = delay;
    return f;
}
inference service(double parameters, double devices) {
    inference w;
    w.model.parameters = static_cast<units::count>(parameters);
    w.model.kv_per_token = units::memory(131072 * 1_kB / 1000.0);
    w.model.devices_per_replica = static_cast<units::count>(devices);
    w.requests = 20_per_s;
    w.input_tokens = 500;
    w.output_tokens = 100;
    w.objective = {.first_token = 800_ms};
    return w;
}
} // namespace

TEST_CASE("cascade with the models of services: a small model at the edge, a large one 20 ms away") {
    const auto edge = one_site(4, 1_ms), cloud = one_site(16, 20_ms);
    const inference small = service(8e9, 1), large = service(70e9, 4);
    const calibration c;
    const auto alone = compute(cloud, large, c);
    cascade::answers<double> last;
    for (const double share : {0.0, 0.1, 0.3, 0.6}) {
        const auto here = compute(edge, cascade::at_edge(decided::after, share, small), c);
        const auto spent = cascade::time_to_judge(here, 8); // by its first tokens
        const auto there = compute(cloud, cascade::in_cloud(share, spent, large), c);
        const auto a = cascade::seen<double>(share, spent, here, there);
        CHECK(there.load.si() == Approx(share * alone.load.si()));
        CHECK(a.slowest.si() == Approx((spent + there.first_token).si()));
        CHECK(a.attainment.si() == Approx(share * there.attainment.si() + (1 - share) * here.attainment.si()));
        if (share > 0) {
            CHECK(a.first_token > last.first_token);
        } else {
            CHECK(a.first_token == here.first_token);
            CHECK(a.attainment == here.attainment);
        }
        last = a;
    }
    // Nothing is left of the objective after all hundred tokens of the small model: what is passed on meets none.
    const auto here = compute(edge, small, c);
    const auto spent = cascade::time_to_judge(here, 100);
    REQUIRE(spent > *small.objective.first_token);
    const auto there = compute(cloud, cascade::in_cloud(0.3, spent, large), c);
    CHECK(there.attainment == 0.0);
    CHECK(cascade::seen<double>(0.3, spent, here, there).attainment.si() == Approx(0.7 * here.attainment.si()));
}

TEST_CASE("cascade over lanes is the same") {
    dice d(59);
    for (int i = 0; i < 300; ++i) {
        const auto all = []<class Rep>(Rep e, Rep s, Rep l) {
            using ratio = units::with_rep<units::ratio, Rep>;
            using money = units::with_rep<units::money, Rep>;
            const auto share = ratio::from_si(e);
            const auto small = money::from_si(s), large = money::from_si(l);
            performance<Rep> here, there;
            here.first_token = units::with_rep<units::latency, Rep>::from_si(s);
            there.first_token = units::with_rep<units::latency, Rep>::from_si(l);
            const auto seen = cascade::seen<Rep>(share, cascade::time_to_judge(here, 8), here, there);
            const auto most = cascade::most_escalated<Rep>(
                units::with_rep<units::frequency, Rep>::from_si(s), units::with_rep<units::frequency, Rep>::from_si(l),
                units::with_rep<units::bit_rate, Rep>::from_si(l * Rep(1e6)), 1_MB);
            return std::array{cascade::of_both(decided::after, share, small, large).si(),
                              cascade::of_both(decided::before, share, small, large).si(),
                              cascade::break_even(decided::after, small, large).si(),
                              cascade::break_even(decided::before, small, large).si(),
                              cascade::quality<Rep>(share, share, share).si(),
                              most.si(),
                              seen.first_token.si(),
                              seen.slowest.si()};
        };
        const double e = d.between(0, 1), s = d.between(0.01, 10), l = d.between(0.01, 10);
        const auto plain = all(e, s, l), other = all(e / 2, l, s);
        lanes<2> share(e), small(s), large(l);
        share.set(1, e / 2), small.set(1, l), large.set(1, s);
        const auto blocks = all(share, small, large);
        for (unsigned k = 0; k < plain.size(); ++k) {
            CHECK(laws::detail::same_bits(plain[k], blocks[k][0]));
            CHECK(laws::detail::same_bits(other[k], blocks[k][1]));
        }
    }
}
