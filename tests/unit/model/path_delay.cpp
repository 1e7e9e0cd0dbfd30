// SPDX-License-Identifier: Apache-2.0
// W1 and jitter against reference figures.
#include "catch.hpp"

#include <uonaco/model/path_delay.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;
using path_delay::one_way;

TEST_CASE("W1: glass") {
    CHECK(one_way<double>(1_km, fibre_type::smf).si() * 1e6 == Approx(4.897).margin(0.0005));
    CHECK(one_way<double>(1_km, fibre_type::hcf).si() * 1e6 == Approx(3.346).margin(0.0005));
    const double smf = one_way<double>(1_km, fibre_type::smf).si(), hcf = one_way<double>(1_km, fibre_type::hcf).si();
    CHECK(1 - hcf / smf == Approx(0.317).margin(0.0005));
    CHECK(smf / hcf - 1 == Approx(0.464).margin(0.0005));
    CHECK(2 * one_way<double>(120_km, fibre_type::smf).si() * 1e3 == Approx(1.175213).margin(5e-7));
    CHECK(one_way<double>(120_km, fibre_type::smf).si() == Approx(propagation(120_km, fibre_type::smf).si()));
    CHECK(one_way<double>(0_km, fibre_type::smf) == 0_us);
}

TEST_CASE("W1: what stands along it adds up, and only where it is named") {
    const auto bare = one_way<double>(100_km, fibre_type::smf);
    path_delay::equipment e{.coherent_pairs = 2, .otn_mappings = 1, .roadms = 3, .routers = 2};
    path_delay::nodes n;
    CHECK(one_way<double>(100_km, fibre_type::smf, e, n).si() - bare.si() == Approx((30 + 20 + 0.3 + 20) * 1e-6));
    n.router = 2_us;
    n.coherent_pair = 5_us;
    CHECK(one_way<double>(100_km, fibre_type::smf, e, n).si() - bare.si() == Approx((10 + 20 + 0.3 + 4) * 1e-6));
    using d = dual<2>;
    const auto slope =
        one_way<d>(units::with_rep<units::distance, d>::from_si(d::variable(1e5, 0)), fibre_type::smf, e, n);
    CHECK(slope.si().slope[0] == Approx(1.468 / 299792458.0));
}

TEST_CASE("jitters, by either rule") {
    path_delay::jitters<double> j;
    CHECK(j.along(path_delay::jitter_rule::worst_case) == 0_us);
    CHECK(j.along(path_delay::jitter_rule::root_sum_square) == 0_us);
    j.add(3_us);
    j.add(4_us);
    CHECK(j.along(path_delay::jitter_rule::worst_case).si() == Approx(7e-6));
    CHECK(j.along(path_delay::jitter_rule::root_sum_square).si() == Approx(5e-6));
    for (int i = 0; i < 98; ++i) j.add(1_us);
    CHECK(j.along(path_delay::jitter_rule::root_sum_square) < j.along(path_delay::jitter_rule::worst_case));
}
