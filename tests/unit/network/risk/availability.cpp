// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/network/risk/availability.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// A rate as an example: 4.39 cuts a year and 1000 miles.
constexpr risk::cable_preset sheath{"sheath", 4.39 / 1.609344};
} // namespace

TEST_CASE("R1: cables by a stated rate of cuts, repaired in 12 h") {
    CHECK(sheath.cuts_per_1000km_year == Approx(2.7278195).margin(5e-8).epsilon(0));
    CHECK(sheath.cuts_per_1000km_year / 1000 * 1e9 / 8760 == Approx(311.395).epsilon(1e-6)); // FIT a km
    const struct {
        double km, up, minutes;
    } known[] = {
        {100, .999626466, 196},   {500, .998135115, 980}, {600, .997762972, 0},
        {1000, .996277172, 1957}, {2000, .992581960, 0},
    };
    for (const auto& k : known) {
        const auto a = risk::cable(units::distance::from_si(1e3 * k.km), sheath);
        CHECK(a.si() == Approx(k.up).margin(5e-10).epsilon(0));
        if (k.minutes > 0) CHECK(risk::downtime_a_year(a).si() / 60 == Approx(k.minutes).margin(0.5).epsilon(0));
    }
    CHECK(risk::cable(0_km, sheath) == 1.0);
    CHECK(risk::cable(1000_km, risk::buried).si() == Approx(.9970907).margin(5e-8).epsilon(0));
    CHECK(1 - risk::buried.cuts_per_1000km_year / sheath.cuts_per_1000km_year ==
          Approx(.22).margin(.005)); // 22 % lower
    CHECK(risk::cable_linear(1000_km, sheath.cuts_per_1000km_year, 12_h).si() ==
          Approx(.996277172 - 1.4e-5).margin(1e-6).epsilon(0)); // the first order is 1.4e-5 lower
}

TEST_CASE("R1: equipment by failures in 1e9 hours and the time of a repair") {
    CHECK(risk::availability(risk::transmitter).si() == Approx(1 / (1 + 10867e-9 * 2)).epsilon(1e-15));
    CHECK(risk::availability(risk::receiver).si() == Approx(1 / (1 + 4311e-9 * 2)).epsilon(1e-15));
    CHECK(risk::availability(risk::roadm).si() == Approx(2.5e5 / (2.5e5 + 4)).epsilon(1e-15));
}

TEST_CASE("R1: no path without protection is up 99.99 % beyond 27 km of cable") {
    const auto longest = risk::longest_cable(0.9999, sheath);
    CHECK(longest.si() / 1e3 == Approx(26.8).margin(0.05));
    CHECK(risk::cable(longest, sheath).si() == Approx(0.9999).epsilon(1e-14));
    CHECK(risk::downtime_a_year(0.9999).si() / 60 == Approx(52.56));
}

TEST_CASE("R2: two cables that share nothing, and two that share something") {
    const struct {
        double a, b, up, minutes;
    } known[] = {{500, 700, .999995135, 2.6}, {1000, 1200, .999983381, 8.7}, {2000, 2500, .999931343, 36}};
    for (const auto& k : known) {
        const units::ratio a = risk::cable(units::distance::from_si(1e3 * k.a), sheath);
        const units::ratio b = risk::cable(units::distance::from_si(1e3 * k.b), sheath);
        const units::ratio pair = risk::either_up(a, b);
        CHECK(pair.si() == Approx(k.up).margin(5e-10).epsilon(0));
        CHECK(risk::downtime_a_year(pair).si() / 60 ==
              Approx(k.minutes).margin(k.minutes < 30 ? 0.05 : 0.5).epsilon(0));
        CHECK(risk::either_up(a, b, 0.999).si() == Approx(.999 * pair.si()).epsilon(1e-15));
        const units::ratio both[] = {a, b};
        CHECK(risk::in_parallel(both).si() == Approx(pair.si()).epsilon(1e-15));
        CHECK(risk::in_series(both).si() == a.si() * b.si());
    }
    CHECK(risk::in_series({}) == 1.0);
    CHECK(risk::in_parallel({}) == 0.0);
}
