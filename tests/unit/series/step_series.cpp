// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/series/step_series.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
using prices = step_series<units::kinds::energy_price>;

const instant zero = instant::from_unix(1673827200);
instant at(double hours) { return zero + hours * 1_h; }

// 1, 5, -2, 4 per second for an hour each
step_series<units::kinds::power> hours(beyond b) {
    step_series<units::kinds::power> s(b);
    int hour = 0;
    for (const double w : {1.0, 5.0, -2.0, 4.0}) s.append(at(hour++), 1_h, units::power::from_si(w));
    return s;
}
double wh(const maybe<step_series<units::kinds::power>::area_type>& e) { return e.value().si() / 3600; }
} // namespace

TEST_CASE("steps are right-continuous") {
    const auto s = hours(beyond::unknown);
    CHECK(s.at(at(0)).value() == 1_W);
    CHECK(s.at(at(1) - 1_ms).value() == 1_W);
    CHECK(s.at(at(1)).value() == 5_W);
    CHECK(s.at(at(3.999)).value() == 4_W);
    CHECK((s.start() == at(0) && s.end() == at(4) && s.size() == 4));
    CHECK((s.step(2)->si() == -2 && s.step_start(2) == at(2) && s.step_length(2) == 1_h && s.step_start(0) == at(0)));
}

TEST_CASE("integrals by hand") {
    const auto s = hours(beyond::unknown);
    CHECK(wh(s.integral(at(0), at(4))) == Approx(8));
    CHECK(wh(s.integral(at(0.5), at(1.5))) == Approx(0.5 + 2.5));
    CHECK(wh(s.integral(at(2), at(3))) == Approx(-2)); // prices may be negative
    CHECK(wh(s.integral(at(1.25), at(1.75))) == Approx(2.5));
    CHECK(wh(s.integral(at(1.5), at(1.5))) == 0);
    CHECK(wh(s.integral(at(4), at(4))) == Approx(0).margin(1e-9));
    CHECK(s.mean(at(0), at(4))->si() == Approx(2));
    CHECK(s.mean(at(1), at(3))->si() == Approx(1.5));
    CHECK(s.mean(at(1), at(1)).value() == 5_W);
    CHECK(s.mean()->si() == Approx(2));
}

TEST_CASE("beyond the span: unknown, held or repeated") {
    const auto unknown = hours(beyond::unknown), hold = hours(beyond::hold), repeat = hours(beyond::repeat);
    CHECK_FALSE(unknown.at(at(4)));
    CHECK_FALSE(unknown.at(at(-0.001)));
    CHECK_FALSE(unknown.integral(at(3), at(4.001)));
    CHECK_FALSE(unknown.integral(at(-0.001), at(1)));
    CHECK_FALSE(unknown.mean(at(10), at(11)));

    CHECK(hold.at(at(100)).value() == 4_W);
    CHECK(hold.at(at(-100)).value() == 1_W);
    CHECK(wh(hold.integral(at(3), at(6))) == Approx(12));
    CHECK(wh(hold.integral(at(-2), at(1))) == Approx(3));
    CHECK(wh(hold.integral(at(-3), at(-1))) == Approx(2));
    CHECK(wh(hold.integral(at(10), at(12))) == Approx(8));

    CHECK(repeat.at(at(5)).value() == 5_W);
    CHECK(repeat.at(at(-1)).value() == 4_W);
    CHECK(repeat.at(at(4)).value() == 1_W);
    CHECK(wh(repeat.integral(at(0), at(40))) == Approx(80));
    CHECK(wh(repeat.integral(at(-1), at(1))) == Approx(5));
    CHECK(wh(repeat.integral(at(3.5), at(4.5))) == Approx(2.5));
    CHECK(repeat.mean(at(-4), at(400))->si() == Approx(2));
}

TEST_CASE("an empty series knows nothing") {
    for (const beyond b : {beyond::unknown, beyond::hold, beyond::repeat}) {
        const prices none(b);
        CHECK(
            (none.empty() && !none.at(zero) && !none.integral(zero, at(1)) && !none.mean() && !none.mean(zero, zero)));
    }
}

TEST_CASE("one step") {
    step_series<units::kinds::power> s(beyond::repeat);
    s.append(zero, 1_h, 3_W);
    CHECK(wh(s.integral(at(-7.3), at(12.9))) == Approx(3 * 20.2));
    CHECK(s.at(at(-0.5)).value() == 3_W);
}

TEST_CASE("what touches a gap is not known, the rest is") {
    for (const beyond b : {beyond::unknown, beyond::repeat}) {
        step_series<units::kinds::power> s(b);
        s.append(at(0), 1_h, 2_W);
        s.append_gap(at(1), 1_h);
        s.append(at(2), 1_h, 6_W);
        CHECK((s.step(0).known() && !s.step(1).known() && s.step(2).known()));
        CHECK((s.at(at(0.5)).value() == 2_W && !s.at(at(1)) && !s.at(at(1.5)) && s.at(at(2)).value() == 6_W));
        CHECK(wh(s.integral(at(0), at(1))) == Approx(2));
        CHECK(wh(s.integral(at(2.5), at(3))) == Approx(3));
        CHECK_FALSE((s.integral(at(0), at(1.1)) || s.integral(at(1.2), at(1.3)) || s.integral(at(0), at(3))));
        CHECK(s.mean()->si() == Approx(4)); // of the two that are known
    }
    step_series<units::kinds::power> day(beyond::repeat);
    day.append_gap(at(0), 1_h);
    day.append(at(1), 22_h, 3_W);
    day.append_gap(at(23), 1_h);
    CHECK(day.mean(at(24 * 1000 + 1), at(24 * 1000 + 23))->si() == Approx(3));
    CHECK_FALSE(day.mean(at(22), at(26)));
    step_series<units::kinds::power> none(beyond::hold);
    none.append_gap(at(0), 1_h);
    CHECK((!none.mean() && !none.at(at(5)) && !none.mean(at(-1), at(7))));
}

TEST_CASE("random series against a sum over small pieces") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> value(-3, 9), length(0.1, 3), when(-30, 60);
    for (const beyond b : {beyond::hold, beyond::repeat})
        for (int n = 1; n < 20; ++n) {
            step_series<units::kinds::power> s(b);
            instant t = zero;
            for (int i = 0; i < n; ++i) {
                const units::duration l = length(random) * 1_h;
                s.append(t, l, units::power::from_si(value(random)));
                t = s.end();
            }
            for (int i = 0; i < 20; ++i) {
                double from = when(random), to = when(random);
                if (to < from) std::swap(from, to);
                constexpr int pieces = 3000;
                double sum = 0;
                for (int k = 0; k < pieces; ++k) sum += s.at(at(from + (to - from) * (k + 0.5) / pieces))->si();
                REQUIRE(wh(s.integral(at(from), at(to))) ==
                        Approx(sum * (to - from) / pieces).margin(0.02 * n * (to - from) + 0.01));
                // integrals add up
                const double middle = from + 0.37 * (to - from);
                REQUIRE(wh(s.integral(at(from), at(middle))) + wh(s.integral(at(middle), at(to))) ==
                        Approx(wh(s.integral(at(from), at(to)))).margin(1e-6));
            }
        }
}

TEST_CASE("what holds from an instant on, and until when") {
    for (const beyond b : {beyond::unknown, beyond::hold, beyond::repeat}) {
        const auto s = hours(b);
        for (double t = -9.6; t < 20; t += 0.7) {
            const auto here = s.stretch_at(at(t));
            REQUIRE(here.value == s.at(at(t)));
            if (here.endless) continue;
            REQUIRE((here.left.si() > 0 && here.left <= 10_h));
            REQUIRE(s.at(at(t) + 0.999 * here.left) == here.value);
        }
        CHECK(s.stretch_at(at(1.25)).left.si() == Approx(0.75 * 3600));
    }
    CHECK(hours(beyond::hold).stretch_at(at(5)).endless);
    CHECK(hours(beyond::unknown).stretch_at(at(4)).endless);
    CHECK(hours(beyond::repeat).stretch_at(at(5.5)).left.si() == Approx(1800));
    CHECK(hours(beyond::hold).stretch_at(at(-2)).left.si() == Approx(7200));
    const auto nothing = step_series<units::kinds::power>{}.stretch_at(at(0));
    CHECK((nothing.endless && !nothing.value));
}
