// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/base/lanes.hpp>

#include <limits>

using namespace uonaco;

namespace {
lanes<2> two(double a, double b) {
    lanes<2> x;
    x.set(0, a);
    x.set(1, b);
    return x;
}
bool is(lanes<2> x, double a, double b) { return x[0] == a && x[1] == b; }
} // namespace

TEST_CASE("lanes calculate side by side") {
    const lanes<2> a = two(6, 8), b = two(2, 4);
    CHECK(is(a + b, 8, 12));
    CHECK(is(a - b, 4, 4));
    CHECK(is(a * b, 12, 32));
    CHECK(is(a / b, 3, 2));
    CHECK(is(-a, -6, -8));
    CHECK(is(a * 2.0, 12, 16));
    lanes<2> c = a;
    c += b;
    c -= two(1, 1);
    c *= two(2, 2);
    c /= two(7, 11);
    CHECK(is(c, 2, 2));
    CHECK(is(lanes<2>{}, 0, 0));
}

TEST_CASE("a mask answers for each lane") {
    const mask<2> less = two(1, 5) < two(2, 3);
    CHECK((less[0] && !less[1]));
    CHECK((any(less) && !all(less) && !all(!less) && any(!less)));
    CHECK(is(select(less, two(1, 2), two(3, 4)), 1, 4));
    CHECK(all(both(less, !less)) == false);
    CHECK(all(either(less, !less)));
    CHECK(all(mask<2>::of(true)));
    CHECK_FALSE(any(mask<2>::of(false)));
    mask<2> m = mask<2>::of(false);
    set_lane(m, 1, true);
    CHECK((!lane(m, 0) && lane(m, 1)));
}

TEST_CASE("min and max take the first of equals, in lanes as in scalars, NaN and signed zero included") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double odd[] = {0.0, -0.0, 1.0, -1.0, nan, 1e308, std::numeric_limits<double>::infinity()};
    for (const double a : odd)
        for (const double b : odd) {
            const auto same = [](double x, double y) { return __builtin_memcmp(&x, &y, sizeof x) == 0; };
            CHECK(same(min(lanes<2>(a), lanes<2>(b))[1], min(a, b)));
            CHECK(same(max(lanes<2>(a), lanes<2>(b))[1], max(a, b)));
            CHECK(same(select(lanes<2>(a) < lanes<2>(b), lanes<2>(a), lanes<2>(b))[0], select(a < b, a, b)));
        }
}

TEST_CASE("scalars answer as one lane") {
    CHECK(lane(3.5, 0) == 3.5);
    double x = 0;
    set_lane(x, 0, 2.0);
    CHECK(x == 2.0);
    CHECK((all(true) && !any(false) && both(true, true) && either(false, true)));
    CHECK(width_v<double> == 1);
    CHECK(width_v<lanes<8>> == 8);
    CHECK((answer_of<double>(true) && all(answer_of<lanes<4>>(true)) && !any(answer_of<lanes<4>>(false))));
}
