// SPDX-License-Identifier: Apache-2.0
// R1 presets, R3, R4 in all its forms, R5 against reference figures.
#include "catch.hpp"

#include <uonaco/model/reliability.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// A rate as an example: 4.39 cuts a year and 1000 miles.
constexpr reliability::cable_preset sheath{"sheath", 4.39 / 1.609344};
} // namespace

TEST_CASE("R1: presets by name") {
    CHECK(100 * reliability::cable(1000_km, reliability::buried, 12_h).si() == Approx(99.70907).margin(5e-6));
    CHECK(100 * reliability::cable_linear(1000_km, 2.13, 12_h).si() == Approx(99.70822).margin(5e-6));
    CHECK(100 * reliability::cable(1000_km, sheath, 12_h).si() == Approx(99.6277172).margin(5e-8));
    CHECK(sheath.cuts_per_1000km_year == Approx(2.7278).margin(5e-5));
    const struct {
        units::distance length;
        double availability;
    } fcc[] = {
        {100_km, .999626466}, {500_km, .998135115}, {600_km, .997762972}, {1000_km, .996277172}, {2000_km, .992581960}};
    for (const auto& r : fcc)
        CHECK(reliability::cable(r.length, sheath, 12_h).si() == Approx(r.availability).margin(5e-10));
    CHECK(reliability::cable(1000_km, reliability::ground_wire, 12_h) >
          reliability::cable(1000_km, reliability::buried, 12_h));
    CHECK(reliability::availability(reliability::transponder).si() == Approx(3e5 / (3e5 + 4)));
    CHECK(reliability::availability(reliability::router_card).si() == Approx(2e5 / (2e5 + 4)));
    CHECK(reliability::availability<double>(99_h, 1_h).si() == Approx(0.99));
    // never 99.99 % on one unprotected way beyond 27 km
    CHECK(reliability::cable(26_km, sheath, 12_h) > 0.9999);
    CHECK(reliability::cable(28_km, sheath, 12_h) < 0.9999);
}

TEST_CASE("R3: clusters, and the WAN besides") {
    // 419 unexpected stops in 54 days
    CHECK(54.0 * 24 / 419 == Approx(3.093).margin(0.0005));
    CHECK(reliability::cluster_mtbf<double>(16384.0, 50700_h).si() / 3600 == Approx(3.09).margin(0.005));
    const auto wan = reliability::failure_rate<double>(reliability::cable(1000_km, reliability::buried, 12_h), 12_h);
    const auto with_wan = reliability::cluster_mtbf<double>(16384.0, 50700_h, wan);
    CHECK(1 / with_wan.si() == Approx(16384 / (50700 * 3600.0) + 2.13 / (8760 * 3600.0)));
    CHECK(with_wan < reliability::cluster_mtbf<double>(16384.0, 50700_h));
}

TEST_CASE("R4: Young, Daly, first order and exact") {
    const units::duration mtbf = 11124_s;
    const auto young = reliability::young_interval<double>(60_s, mtbf);
    const auto daly = reliability::daly_interval<double>(60_s, mtbf);
    CHECK(young.si() == Approx(1155.370).margin(0.0005));
    CHECK(daly.si() == Approx(1115.716).margin(0.0005));
    CHECK(reliability::goodput_first_order<double>(young, 60_s, 300_s, mtbf).si() == Approx(0.869168).margin(5e-7));
    CHECK(reliability::goodput<double>(young, 60_s, 300_s, mtbf).si() == Approx(0.875708).margin(5e-7));
    CHECK(reliability::goodput<double>(daly, 60_s, 300_s, mtbf).si() == Approx(0.875762).margin(5e-7));
    double best = 0, at = 0;
    for (double tau = 1000; tau < 1300; tau += 0.01) {
        const double g = reliability::goodput<double>(tau * 1_s, 60_s, 300_s, mtbf).si();
        if (g > best) best = g, at = tau;
    }
    CHECK(at == Approx(1115.72).margin(0.05));
    CHECK(reliability::goodput_first_order<double>(1_s, 60_s, 300_s, mtbf).si() == 0.0); // far outside its validity
    // stops of the WAN lower it
    const auto gpus = reliability::stops<double>(16384.0, 50700_h, {});
    const auto cut = reliability::stops<double>(16384.0, 50700_h, 1.0 / 24_h);
    CHECK(reliability::goodput_at<double>(cut, 60_s, 300_s) < reliability::goodput_at<double>(gpus, 60_s, 300_s));
}

TEST_CASE("R5: copies of checkpoints at another site") {
    CHECK(reliability::checkpoint_volume(8e9).si() / 8e9 == Approx(105).epsilon(0.07));
    CHECK(reliability::checkpoint_volume(70e9).si() / 8e9 == Approx(920).epsilon(0.07));
    CHECK(reliability::checkpoint_volume(405e9).si() / 8e12 == Approx(5.2).epsilon(0.1));
    // 70B over 100 Gb/s: 980 GB in 78.4 s
    const auto r = reliability::replica<double>(reliability::checkpoint_volume(70e9), 100_Gbps, 600_s, 300_s);
    CHECK(r.transfer.si() == Approx(78.4));
    CHECK(r.point == 600_s);
    CHECK(r.most_lost.si() == Approx(678.4));
    CHECK(r.time.si() == Approx(378.4));
    // a link that is too slow for the interval sets the point itself
    CHECK(reliability::replica<double>(reliability::checkpoint_volume(70e9), 10_Gbps, 600_s, 300_s).point.si() ==
          Approx(784));
}
