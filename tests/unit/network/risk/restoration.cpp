// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/network/risk/restoration.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("every mechanism has its row, and unknown times are no times") {
    unsigned i = 0;
    for (const auto& r : risk::restorations) CHECK(static_cast<unsigned>(r.by) == i++);
    CHECK(*risk::restored_by(risk::mechanism::switched_protection).time == 50_ms);
    CHECK(*risk::restored_by(risk::mechanism::relit_wavelength).time == 8_s);
    CHECK(*risk::restored_by(risk::mechanism::laser_tuning).time == 180_s);
    CHECK(*risk::restored_by(risk::mechanism::rate_change).time == 0.9_s);
    // Figures that could not be confirmed are not quoted.
    for (const auto m : {risk::mechanism::odu_resize, risk::mechanism::otn_cross_connect,
                         risk::mechanism::modulation_change, risk::mechanism::modulation_hitless})
        CHECK_FALSE(risk::restored_by(m).time.known());
    CHECK_FALSE(risk::restored_by(risk::mechanism::manual_order).time.known());
    CHECK_FALSE(risk::restored_by(risk::mechanism::amplifier_levelling).time.known());
}

TEST_CASE("a restored path waits for the restoration, not for the repair") {
    const units::frequency cuts = 2.0 / risk::year; // two a year
    CHECK(risk::interruption_a_year(cuts, 8_s).si() == Approx(16));
    CHECK(risk::restored_availability(cuts, 12_h).si() == Approx(risk::availability<double>(4380_h, 12_h).si()));
    CHECK(risk::downtime_a_year(risk::restored_availability(cuts, 8_s)).si() == Approx(16).epsilon(1e-5));
    CHECK(risk::restored_availability({}, 8_s) == 1.0);
}
