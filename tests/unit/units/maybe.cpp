// SPDX-License-Identifier: Apache-2.0
// An unknown never reads as zero.
#include "catch.hpp"

#include <uonaco/units/literals.hpp>
#include <uonaco/units/maybe.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("unknown is not zero") {
    const maybe<units::money> unknown, nothing = 0_usd, some = 5_usd;
    CHECK_FALSE(unknown.known());
    CHECK(nothing.known());
    CHECK_FALSE(unknown == nothing);
    CHECK(unknown == maybe<units::money>{});
    CHECK(some == maybe<units::money>(5_usd));
    CHECK_FALSE(some == unknown);
    CHECK(unknown.value_or(7_usd) == 7_usd);
    CHECK(nothing.value_or(7_usd) == 0_usd);
}

TEST_CASE("sums and products with an unknown are unknown") {
    const maybe<units::money> unknown, some = 5_usd;
    CHECK((some + some).value() == 10_usd);
    CHECK_FALSE((some + unknown).known());
    CHECK_FALSE((unknown + some).known());
    CHECK_FALSE((unknown + 5_usd).known());
    CHECK((some + 5_usd).value() == 10_usd);
    const maybe<units::energy_price> price = 0.1_usd_per_kWh, no_price;
    const maybe<units::energy> energy = 20_kWh;
    CHECK(units::money((price * energy).value()).si() == Approx(2));
    CHECK_FALSE((no_price * energy).known());
    CHECK_FALSE((no_price * 0.0).known()); // nothing times unknown is not zero either
    CHECK((price * 2.0).value().si() == Approx(0.2 / 3.6e6));
}

TEST_CASE("each lane is known or not by itself") {
    using M = units::with_rep<units::money, lanes<2>>;
    mask<2> first = mask<2>::of(false);
    set_lane(first, 0, true);
    const auto half = maybe<M>::where(first, M(3_usd));
    const maybe<M> whole = M(4_usd);
    const auto sum = half + whole;
    CHECK((lane(sum.known(), 0) && !lane(sum.known(), 1)));
    CHECK(lane(sum.value_or(M{}), 0) == 7_usd);
    CHECK(lane(half.value_or(M(9_usd)), 1) == 9_usd);
    CHECK(all(whole.known()));
    CHECK_FALSE(any(maybe<M>{}.known()));
}

TEST_CASE("a maybe is made from what its value is made from") {
    const maybe<units::latency> l = units::duration(3_ms);
    CHECK(l.value() == 3_ms);
    const maybe<units::ratio> r = 0.5;
    CHECK(*r == 0.5);
    maybe<units::count> n = 3;
    n = {};
    CHECK_FALSE(n.known());
    static_assert(maybe<units::ratio>(0.5).value() == 0.5, "constant expressions too");
}
