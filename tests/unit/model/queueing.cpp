// SPDX-License-Identifier: Apache-2.0
// Q2, Q3, Q6, R1-R4, MEM1 and MEM2 against their reference figures.
#include "catch.hpp"

#include <uonaco/model/calibration.hpp>
#include <uonaco/model/memory_fit.hpp>
#include <uonaco/model/queueing.hpp>
#include <uonaco/model/reliability.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("Q2: Erlang") {
    CHECK(queueing::erlang_b(8.0, 10.0) == Approx(0.121661).margin(5e-7));
    CHECK(queueing::erlang_c(8.0, 10.0) == Approx(0.409180).margin(5e-7));
    CHECK(queueing::mean_wait<double>(queueing::erlang_c(8.0, 10.0), 10.0, 1_per_s, 8_per_s, 1.0).si() ==
          Approx(0.204590).margin(5e-7));
    CHECK(queueing::erlang_c(1.5, 2.0) == Approx(9.0 / 14));
    CHECK(queueing::erlang_c(0.7, 1.0) == Approx(0.7)); // M/M/1: P(wait) = rho
    CHECK(queueing::mean_wait<double>(0.7, 1.0, 1_per_s, 0.7_per_s, 1.0).si() == Approx(0.7 / 0.3));
    CHECK(queueing::erlang_b(0.0, 5.0) == 0.0);
    CHECK(queueing::erlang_b(3.0, 0.0) == 1.0);
}

TEST_CASE("Q2 against the sum over states") {
    for (const double c : {1.0, 2.0, 5.0, 40.0})
        for (const double rho : {0.1, 0.5, 0.9, 0.99}) {
            const double a = c * rho;
            double term = 1, sum = 1;
            for (double k = 1; k < c; ++k) sum += term *= a / k;
            const double full = term * a / c / (1 - rho);
            CHECK(queueing::erlang_c(a, c) == Approx(full / (sum + full)).epsilon(1e-9));
        }
}

TEST_CASE("Q2 against the recursion, one server more at a time") {
    for (double c = 1; c <= 4096; c += c < 40 ? 1 : c < 300 ? 37 : 949)
        for (const double rho : {1e-9, 1e-3, 0.1, 0.5, 0.9, 0.99, 0.999}) {
            const double a = c * rho;
            double blocked = 1;
            for (double k = 1; k <= c; ++k) blocked = a * blocked / (k + a * blocked);
            const double waits = blocked / (1 - rho * (1 - blocked));
            // below 1e-90 nobody waits, and no more is promised
            CHECK(queueing::erlang_b(a, c) == Approx(blocked).epsilon(1e-12).margin(1e-90));
            CHECK(queueing::erlang_c(a, c) == Approx(waits).epsilon(1e-12).margin(1e-90));
        }
}

TEST_CASE("each lane stops at its own number of servers") {
    struct line {
        double load, servers;
    };
    // few and many servers, empty, all but idle and all but full
    const line lines[] = {{8, 10},       {1.5, 2},     {0.7, 1},   {0, 5},    {1e-40, 4096}, {1e-9, 4096},
                          {409.6, 4096}, {4091, 4096}, {31.9, 32}, {0.01, 3}, {2.9, 3},      {100, 140}};
    for (const line& x : lines)
        for (const line& y : lines) {
            lanes<2> load(x.load), servers(x.servers);
            load.set(1, y.load);
            servers.set(1, y.servers);
            const auto waits = queueing::erlang_c(load, servers);
            const auto blocked = queueing::erlang_b(load, servers);
            CHECK(math::finite(waits[0]));
            CHECK((waits[0] >= 0 && waits[0] <= 1 && blocked[0] >= 0 && blocked[0] <= 1));
            CHECK((waits[0] == queueing::erlang_c(x.load, x.servers) &&
                   waits[1] == queueing::erlang_c(y.load, y.servers)));
            CHECK((blocked[0] == queueing::erlang_b(x.load, x.servers) &&
                   blocked[1] == queueing::erlang_b(y.load, y.servers)));
        }
}

TEST_CASE("Q2: its slopes are finite, too") {
    for (const double load : {0.0, 1e-40, 1e-20, 1.0, 400.0, 4091.0}) {
        dual<2> a(load);
        a.slope.set(0, 1.0);
        const auto waits = queueing::erlang_c(a, dual<2>(4096.0));
        CHECK(waits.value == queueing::erlang_c(load, 4096.0));
        CHECK((math::finite(waits) && waits.slope[0] >= 0 && waits.slope[1] == 0));
    }
    dual<2> a(0.7);
    a.slope.set(0, 1.0);
    CHECK(queueing::erlang_c(a, dual<2>(1.0)).slope[0] == Approx(1.0)); // M/M/1: P(wait) = rho
}

TEST_CASE("Q3, Q6: variation and percentiles") {
    CHECK(queueing::allen_cunneen(1.0, 1.0) == 1.0);
    CHECK(queueing::allen_cunneen(1.0, 0.0) == 0.5); // M/D/c waits half as long
    // M/M/1 at rho 0.7: P(Wq > x) = 0.7 e^{-0.3 x} = 0.05 at ln(14) / 0.3
    const auto x = queueing::wait_percentile<double>(0.7, 1.0, 1_per_s, 0.7_per_s, 1.0, 0.95);
    CHECK(x.si() == Approx(std::log(14.0) / 0.3));
    CHECK(queueing::wait_percentile<double>(0.04, 1.0, 1_per_s, 0.04_per_s, 1.0, 0.95) == 0_s); // 96 % do not wait
    CHECK(math::finite(queueing::wait_percentile<double>(0.7, 1.0, 1_per_s, 0.7_per_s, 1.0, 1.0).si()));
    CHECK(queueing::wait_percentile<double>(0.0, 1.0, 1_per_s, 0_per_s, 1.0, 1.0) == 0_s);
}

TEST_CASE("R1: 1000 km of buried cable") {
    const units::ratio a = reliability::cable(1000_km, 2.13, 12_h);
    CHECK(a == Approx(0.9970907).margin(5e-8)); // the linear form would say 99.70822 %
    CHECK(1 - 2.13 * 12 / 8760 == Approx(0.9970822).margin(5e-8));
    CHECK(reliability::either_up(a, a) == Approx(0.99999154).margin(5e-9));
    // backwards: 2.13 failures in 8760 hours of being up
    CHECK(reliability::failure_rate<double>(a, 12_h).si() == Approx(2.13 / (8760 * 3600.0)).epsilon(1e-6));
    CHECK(reliability::failure_rate<double>(1.0, 12_h).si() == 0);
    CHECK(math::finite(reliability::failure_rate<double>(0.0, 12_h).si()));
    CHECK(reliability::cable(1000_km, 4.39 / 1.609344, 12_h) == Approx(0.996277172).margin(5e-10)); // 4.39 a 1000 miles
}

TEST_CASE("R4: goodput with checkpoints") {
    const auto young = reliability::young_interval<double>(60_s, 11124_s);
    CHECK(young.si() == Approx(1155.370).margin(0.0005));
    CHECK(reliability::goodput<double>(young, 60_s, 300_s, 11124_s) == Approx(0.875708).margin(5e-7));
    CHECK(reliability::goodput<double>(1115.716_s, 60_s, 300_s, 11124_s) ==
          Approx(0.875762).margin(5e-7)); // Daly's interval
    CHECK(reliability::goodput_at<double>(1.0 / 11124_s, 60_s, 300_s) == Approx(0.875708).margin(5e-7));
    // 16,384 devices of 50.7 kh fail every 3.09 h
    const units::duration cluster = calibration{}.device_mtbf / 16384;
    CHECK(cluster.si() / 3600 == Approx(3.09).margin(0.005));
}

TEST_CASE("R4 at its ends") {
    CHECK(reliability::goodput_at<double>(units::frequency{}, 60_s, 300_s) == 1.0);
    for (const double rate : {1e-14, 1e-9, 1e-3, 1.0, 1e6, 1e300}) {
        const auto g = reliability::goodput_at<double>(units::frequency::from_si(rate), 60_s, 300_s);
        CHECK((math::finite(g) && g > 0.0 && g <= 1.0));
    }
    // checkpoints for nothing: only the restarts are lost
    CHECK(reliability::goodput_at<double>(1.0 / 11124_s, 0_s, 300_s) == Approx(std::exp(-300 / 11124.0)).epsilon(1e-6));
    CHECK(reliability::goodput_at<double>(1.0 / 11124_s, 0_s, 0_s) == Approx(1.0).epsilon(1e-6));
    // failures so rare that e^x - 1 would have lost its digits: 1 - sqrt(2 delta / M) to first order
    const double m = 1e14;
    CHECK(1 - reliability::goodput_at<double>(units::frequency::from_si(1 / m), 60_s, 0_s) ==
          Approx(std::sqrt(120 / m)).epsilon(1e-3));
}

TEST_CASE("MEM1: bytes a parameter") {
    const calibration c;
    const training bf16{.parameters = 70'000'000'000},
        fp32{.parameters = 70'000'000'000, .gradient_precision = precision::fp32};
    CHECK(memory_fit::state_per_parameter(bf16, c).si() / 8 == 16.0);
    CHECK(memory_fit::state_per_parameter(fp32, c).si() / 8 == 18.0);
    CHECK(memory_fit::states<double>(fp32, c, 1024.0).si() / 8e9 == Approx(18 * 70 / 1024.0));
}

TEST_CASE("MEM2: activations, every layer recomputed") {
    training t{.parameters = 1};
    const calibration c;
    CHECK(memory_fit::activations(t, c).si() == 0); // nothing is known of its shape
    t.shape = transformer{.layers = 96, .hidden = 12288, .heads = 96, .sequence = 2048};
    CHECK(memory_fit::activations(t, c).si() / 8 == Approx(2048.0 * 12288 * (2 * 96 + 34)));
    t.plan = parallel_plan{.micro_batch = 4};
    CHECK(memory_fit::activations(t, c).si() / 8 == Approx(4 * 2048.0 * 12288 * (2 * 96 + 34)));
}
