// SPDX-License-Identifier: Apache-2.0
// S6: convergence ratio, aggregation and burst buffers.
#include "catch.hpp"

#include <uonaco/model/convergence.hpp>
#include <uonaco/model/training_model.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;
using convergence::burst;
using convergence::burst_buffer;
using convergence::efficiency;
using convergence::most;
using convergence::step;

TEST_CASE("S6: ratio and burst") {
    CHECK(burst<double>(10000, 200_Gbps) == 2000_Tbps);
    CHECK(convergence::ratio<double>(1024, 400_Gbps, 12.8_Tbps).si() == 32.0);
}

TEST_CASE("S6: efficiency, and the knee") {
    // 20 s of compute of which 8 hide; without aggregation 8 sums of 350 GB leave 512 NICs of 400 Gb/s
    step<double> s{.compute = 20_s, .hidden = 8_s, .volume = 8 * 350_GB, .nics = 512 * 400_Gbps, .aggregation = 1};
    const double flat = 8 * 350e9 * 8 / (512 * 400e9);
    CHECK(most<double>(s).si() == Approx(8 / flat));
    CHECK(efficiency<double>(s, most<double>(s)) == 1.0);
    CHECK(efficiency<double>(s, 1.01 * most<double>(s)) < 1.0);
    CHECK(efficiency<double>(s, 128.0).si() == Approx(20 / (12 + 128 * flat)));
    CHECK(efficiency<double>(s, most<double>(s, 0.95)).si() == Approx(0.95));
    const auto knee = most<double>(s);
    s.aggregation = 8;
    CHECK(most<double>(s).si() == Approx(8 * knee.si())); // g Rc*
    for (double rc = 1; rc < 1000; rc *= 2) {
        auto flatly = s;
        flatly.aggregation = 1;
        CHECK(efficiency<double>(s, rc) >= efficiency<double>(flatly, rc));
        CHECK(efficiency<double>(s, 2 * rc) <= efficiency<double>(s, rc));
    }
}

TEST_CASE("S6: the buffer that takes a burst") {
    CHECK(burst_buffer<double>(32_GB, 32_Tbps, 1_Tbps) == 31_GB);
    CHECK(burst_buffer<double>(32_GB, 1_Tbps, 1_Tbps) == 0_GB);
    CHECK(burst_buffer<double>(32_GB, 1_Tbps, 2_Tbps) == 0_GB);
}

TEST_CASE("S6 is the training step's, seen from the egress") {
    features<double> f;
    f.sites = 2;
    for (int i = 0; i < 2; ++i) {
        f.site[i].devices = 1024.0;
        f.site[i].peak = 989_TFLOPS;
        f.site[i].mfu = 0.45;
        f.site[i].memory = 80_GB;
    }
    const training t{.parameters = 70'000'000'000, .tokens_per_step = 4 * 1048576, .steps = 100};
    const calibration c;
    for (double rc = 1; rc < 1e5; rc *= 3) {
        f.pair[0].rate = 1024 * 400_Gbps / rc;
        const auto p = compute(f, t, c);
        const step<double> s{.compute = p.step_compute,
                             .hidden = c.overlap * c.backward_share * p.step_compute,
                             .volume = 140_GB,
                             .nics = 1024 * 400_Gbps};
        CHECK(efficiency<double>(s, rc).si() == Approx(p.efficiency->si()).epsilon(1e-12));
    }
}

TEST_CASE("S5 backwards") {
    const auto needed = [](units::duration hidden) {
        return convergence::needed_egress<double>(2, 350_GB, 20_s, hidden, 1.175213_ms, 0.95).si() / 1e9;
    };
    CHECK(needed(0.6 * 2 / 3 * 20_s) == Approx(309.342).margin(0.0005));
    CHECK(needed(0_s) == Approx(2662.97).margin(0.005));
}
