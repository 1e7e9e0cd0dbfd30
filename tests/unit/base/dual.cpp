// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/base/math.hpp>
#include <uonaco/units/literals.hpp>
#include <uonaco/units/maybe.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
using d2 = dual<2>;
d2 x(double v) { return d2::variable(v, 0); }
d2 y(double v) { return d2::variable(v, 1); }
bool is(const d2& d, double value, double a, double b) {
    return d.value == Approx(value) && d.slope[0] == Approx(a).margin(1e-15) && d.slope[1] == Approx(b).margin(1e-15);
}
} // namespace

TEST_CASE("derivatives of arithmetic") {
    CHECK(is(x(6) + y(2), 8, 1, 1));
    CHECK(is(x(6) - y(2), 4, 1, -1));
    CHECK(is(x(6) * y(2), 12, 2, 6));
    CHECK(is(x(6) / y(2), 3, 0.5, -1.5));
    CHECK(is(-x(6), -6, -1, 0));
    CHECK(is(3 + x(6), 9, 1, 0));
    CHECK(is(x(6) + 3, 9, 1, 0));
    CHECK(is(3 - x(6), -3, -1, 0));
    CHECK(is(x(6) - 3, 3, 1, 0));
    CHECK(is(3 * y(6), 18, 0, 3));
    CHECK(is(y(6) * 3, 18, 0, 3));
    CHECK(is(3 / x(6), 0.5, -1.0 / 12, 0));
    CHECK(is(x(6) / 3, 2, 1.0 / 3, 0));
    d2 z = x(6);
    z += y(2);
    z *= y(2);
    z -= 1.0;
    z /= 3.0;
    CHECK(is(z, 5, 2.0 / 3, 10.0 / 3));
}

TEST_CASE("derivatives of functions") {
    CHECK(is(math::exp(2 * x(0.5)), std::exp(1.0), 2 * std::exp(1.0), 0));
    CHECK(is(math::expm1(x(1e-9)), 1e-9, 1, 0));
    CHECK(is(math::log(x(4)), std::log(4.0), 0.25, 0));
    CHECK(is(math::pow(x(4), 1.5), 8, 3, 0));
    CHECK(is(math::pow(x(4), y(1.5)), 8, 3, 8 * std::log(4.0)));
    CHECK(is(math::sqrt(x(4)), 2, 0.25, 0));
    CHECK(is(math::floor(x(4.5)), 4, 0, 0));
    CHECK(is(math::ceil(x(4.5)), 5, 0, 0));
    CHECK(is(math::abs(x(-3)), 3, -1, 0));
    CHECK(math::finite(x(3)));
    CHECK(is(math::sqrt(x(0)), 0, 0, 0)); // nothing infinite comes out
    CHECK(math::exp(x(1e4)).slope[0] == 0);
}

TEST_CASE("at a tie, min and max go the way an increase goes") {
    CHECK(is(min(x(2), y(3)), 2, 1, 0));
    CHECK(is(max(x(2), y(3)), 3, 0, 1));
    CHECK(is(min(x(2), y(2)), 2, 0, 0)); // more of either alone leaves the other in force
    CHECK(is(max(x(2), y(2)), 2, 1, 1));
    CHECK(is(min(x(2), d2(2)), 2, 0, 0));
    CHECK(is(min(-x(2), d2(-2)), -2, -1, 0));
    CHECK(is(max(0.0 - x(0), d2(0)), 0, 0, 0)); // max(0, a - x): no more to hide
    CHECK(is(math::abs(x(0) - 2 * y(0)), 0, 1, 2));
    CHECK(is(select(x(1) < y(1), x(1), y(1)), 1, 0, 1)); // a branch goes by value
}

TEST_CASE("one-sided derivatives of random piecewise linear functions") {
    std::mt19937 random(5);
    const auto small = [&] { return static_cast<double>(static_cast<int>(random() % 5) - 2); };
    for (int i = 0; i < 2000; ++i) {
        const double a[] = {small(), small(), small(), small(), small(), small()};
        // Whole numbers, so that ties are exact and common.
        const auto f = [&](const auto& u, const auto& v) {
            return max(min(a[0] * u + v, a[1] * v - u), min(max(a[2] * u, v + 1), a[3] - v)) - max(a[4] * v, a[5] * u);
        };
        const double u = small(), v = small(), h = 1.0 / 1024;
        const d2 got = f(x(u), y(v));
        REQUIRE(got.value == f(u, v));
        REQUIRE(got.slope[0] == (f(u + h, v) - f(u, v)) / h);
        REQUIRE(got.slope[1] == (f(u, v + h) - f(u, v)) / h);
    }
}

TEST_CASE("quantities over duals") {
    using duration = units::with_rep<units::duration, d2>;
    using rate = units::with_rep<units::bit_rate, d2>;
    const rate r = rate::from_si(x(100e9));
    const duration t = 50_GB / r;
    CHECK(t.si().value == Approx(4));
    CHECK(t.si().slope[0] == Approx(-4 / 100e9));
    const duration hidden = units::max(t - 3_s, duration{});
    CHECK(hidden.si().value == Approx(1));
    CHECK((hidden < 2_s && hidden > 0.5_s));
    const maybe<duration> known = t;
    CHECK(known);
    CHECK(known.value_or(duration{}).si().slope[0] == Approx(-4 / 100e9));
    const units::with_rep<units::ratio, d2> share = 0.5 * (t / 8_s);
    CHECK(is(share, 0.25, -0.25 / 100e9, 0));
    CHECK(lane(t, 0).si() == Approx(4));
}
