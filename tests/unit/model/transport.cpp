// SPDX-License-Identifier: Apache-2.0
// W2-W5 and W9 against their reference figures.
#include "catch.hpp"

#include <uonaco/model/collectives.hpp>
#include <uonaco/model/energy.hpp>
#include <uonaco/model/transfer_model.hpp>
#include <uonaco/model/transport.hpp>
#include <uonaco/resource/wan_link.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("W3: Go-Back-N replays a window for each loss") {
    using transport::go_back_n;
    CHECK(go_back_n<double>(0.001, 1000.0) == Approx(0.4995).epsilon(1e-9));
    CHECK(go_back_n<double>(0.001, 998.0) == Approx(0.5).epsilon(1e-9));
    CHECK(go_back_n<double>(1e-5, 5262.0) >= 0.95);
    CHECK(go_back_n<double>(1e-5, 5263.0) < 0.95);
    CHECK(go_back_n<double>(1e-5, 5263.0) == Approx(0.949992).margin(1e-6));
    CHECK(go_back_n<double>(0.01, 59.0) == Approx(0.6226).margin(0.00005));
    CHECK(go_back_n<double>(0.0, 1e9) == 1.0);
    // 1000 packets of 4096 B are in flight at 100 Gb/s over 0.3277 ms
    const auto flight = transport::in_flight(100_Gbps, 0.32768_ms);
    CHECK(flight / 4.096_kB == Approx(1000.0));
    CHECK(flight.si() / 8 == Approx(4.096e6));
}

TEST_CASE("W3: what only the timer finds") {
    using transport::go_back_n;
    using transport::go_back_n_with_timer;
    CHECK(transport::ack_timeout(0).si() == Approx(4.096e-6));
    CHECK(transport::ack_timeout(14).si() == Approx(0.0671).margin(5e-5)); // a common default
    CHECK(go_back_n_with_timer<double>(0.001, 1000.0, 0.0, 1e6) == go_back_n<double>(0.001, 1000.0));
    CHECK(transport::found_by_timer<double>(0.01, 1e12).si() == Approx(1e-4));
    CHECK(transport::found_by_timer<double>(0.01, 100.0).si() == Approx(2e-4));
    // RoCE at 1 % over 100 Gb/s with 67 ms: close to nothing, also where few packets are on the way
    const double timer = transport::ack_timeout(14).si() / (4.096_kB / 100_Gbps).si();
    const auto lost_twice = transport::found_by_timer<double>(0.01, 1e6);
    CHECK(go_back_n_with_timer<double>(0.01, 59.0, lost_twice, timer) < 0.05);
    CHECK(go_back_n<double>(0.01, 59.0) > 0.6);
    CHECK(go_back_n_with_timer<double>(0.0, 59.0, transport::found_by_timer<double>(0.0, 1e6), timer) == 1.0);
    CHECK(go_back_n_with_timer<double>(1.0, 1e300, 1.0, 1e300) > 0.0);
}

TEST_CASE("W4: the last of many packets") {
    using transport::repeat_rounds;
    CHECK(repeat_rounds<double>(0.0, 1e9) == 0.0);
    CHECK(repeat_rounds<double>(0.01, 1.0) == Approx(0.01 / 0.99)); // one packet: a geometric number of rounds
    // by hand: two packets, p = 1/2: sum of 1 - (1 - 2^-k)^2 = 2 - 1/3
    CHECK(repeat_rounds<double>(0.5, 2.0) == Approx(2.0 - 1.0 / 3));
    for (const double p : {1e-6, 1e-4, 1e-3, 0.01, 0.1, 0.5})
        for (const double m : {10.0, 1e3, 1e5, 1e7, 1e9}) {
            const double rounds = repeat_rounds<double>(p, m);
            CHECK(rounds >= 0.0);
            CHECK(rounds <= m * p / (1 - p) * 1.0001);
            if (m * p >= 1) {
                CHECK(rounds <= 1 + std::log(m) / std::log(1 / p));
                CHECK(rounds >= std::log(m) / std::log(1 / p) - 1);
            }
        }
    CHECK(math::finite(repeat_rounds<double>(1.0, 1e12)));
    // few losses that a logarithm of 1 - p would not see
    CHECK(repeat_rounds<double>(1e-17, 1e3) == Approx(0.0).margin(1e-12));
    CHECK(repeat_rounds<double>(1e-12, 1e6) == Approx(1e-6).epsilon(1e-3));
    // 350 GB in packets of 4 KiB at 800 Gb/s over 120 km, 0.1 %: 3.5 s and two round trips and a bit
    const auto t = transport::repeat_completion<double>(350_GB, 800_Gbps, 0.001, 1.175213_ms, 4.096_kB);
    CHECK(t.si() == Approx(3.5 / 0.999 + (0.5 + repeat_rounds<double>(0.001, 350e9 / 4096)) * 1.175213e-3));
    CHECK(repeat_rounds<double>(0.001, 350e9 / 4096) == Approx(2 + 350e9 / 4096 * 1e-9).margin(0.005));
}

TEST_CASE("W4: erasure coding") {
    CHECK(transport::erasure_rate(32, 8).si() == 0.8);
    CHECK(transport::erasure_rate(1, 0).si() == 1.0);
    // three of four arrive: 1 - q^4 - 4 p q^3
    const double p = 0.1, q = 0.9;
    CHECK(transport::erasure_failure<double>(3, 1, p).si() == Approx(1 - q * q * q * q - 4 * p * q * q * q));
    CHECK(transport::erasure_failure<double>(3, 0, p).si() == Approx(1 - q * q * q));
    CHECK(transport::erasure_failure<double>(3, 1, 0.0).si() == 0.0);
    CHECK(transport::erasure_failure<double>(3, 1, 1.0).si() == 1.0);
    // far below what 1 - P(k or more arrive) could show: C(40, 9) p^9 (1 - p)^31 and less
    CHECK(transport::erasure_failure<double>(32, 8, 1e-4).si() == Approx(273438880.0 * 1e-36).epsilon(0.01));
    using d = dual<2>;
    const auto slope = transport::erasure_failure<d>(10, 2, d::variable(0.01, 0)).si().slope[0];
    const double h = 1e-6;
    CHECK(slope == Approx((transport::erasure_failure<double>(10, 2, 0.01 + h).si() -
                           transport::erasure_failure<double>(10, 2, 0.01 - h).si()) /
                          (2 * h))
                       .epsilon(1e-6));
}

TEST_CASE("W4: selective repeat loses what is lost") {
    CHECK(transport::selective_repeat<double>(0.0) == 1.0);
    CHECK(transport::selective_repeat<double>(0.02) == Approx(0.98));
    CHECK(transport::selective_repeat<double>(1.0) > 0.0); // never an infinite time
}

TEST_CASE("W2, W5: bits in flight and headroom of a lossless queue") {
    const units::latency round_trip = 2 * propagation(100_m, fibre_type::smf);
    CHECK(transport::in_flight(100_Gbps, round_trip).si() / 8 == Approx(12242).margin(0.5));
    const calibration c;
    CHECK(transport::headroom<double>(100_Gbps, round_trip, 1.5_kB, c.packet_response).si() / 8 ==
          Approx(19082).margin(0.5));
    const units::latency far = 2 * propagation(120_km, fibre_type::smf);
    CHECK(transport::headroom<double>(400_Gbps, far, 1.5_kB, c.packet_response).si() / 8e6 ==
          Approx(58.77).margin(0.005));
    // half the buffer, half the rate; more than all of it does not help
    CHECK(transport::buffered<double>(29.385_MB, 400_Gbps, far).si() == Approx(0.5).epsilon(0.001));
    CHECK(transport::buffered<double>(100_MB, 400_Gbps, far).si() == 1.0);
    CHECK(transport::buffered<double>(0_MB, 400_Gbps, far).si() == 0.0);
    CHECK(transport::in_flight(400_Gbps, 2 * propagation(100_km, fibre_type::smf)).si() / 8e6 ==
          Approx(49).margin(0.5));
    CHECK(units::latency(transport::serialization(1.5_kB, 100_Gbps)).si() == Approx(120e-9));
}

TEST_CASE("W9: bulk transfer by hand") {
    // 10 TB at 100 Gb/s with 1 % loss and 4 ms one way: 8 ms + 8e13 bit / 99e9
    features<double> f;
    f.access.rate = 100_Gbps;
    f.access.delay = 4_ms;
    f.access.loss = 0.01;
    f.staging = 10_TB;
    const calibration c;
    transfer t;
    CHECK(compute(f, t, c).run().si() == Approx(0.008 + 8e13 / 99e9));
    CHECK(compute(f, t, c).completion() == compute(f, t, c).run());
    // Go-Back-N: 100e9 x 0.008 / (8 x 4096) packets in flight
    t.recovery = recovery::go_back_n;
    const double packets = 100e9 * 0.008 / (8 * 4096);
    CHECK(compute(f, t, c).run().si() == Approx(0.008 + 8e13 / (100e9 * 0.99 / (1 + 0.01 * packets))));
    // a window of 10 MB: W / R = 80e6 / 0.008 = 10 Gb/s
    t.recovery = recovery::selective_repeat;
    t.window = 10_MB;
    CHECK(compute(f, t, c).run().si() == Approx(0.008 + 8e13 / 9.9e9));
    // storage that reads 0.5 GB/s
    t.window = {};
    f.read_rate = 0.5_GBps;
    CHECK(compute(f, t, c).run().si() == Approx(0.008 + 8e13 / (4e9 * 0.99)));
    // a circuit made first, while nothing is waited for
    f.access.lead_time = 180_s;
    CHECK(compute(f, t, c).provisioning == 180_s);
    f.start_delay = 100_s;
    CHECK(compute(f, t, c).provisioning == 80_s);
    CHECK(compute(f, t, c).queue == 100_s);
    // nothing to move takes no time
    f.clear();
    CHECK(compute(f, t, c).completion() == 0_s);
}

TEST_CASE("C1: ring all-reduce on HGX-H100, 64 MiB, 8 devices, 400 GB/s") {
    using collectives::ring_all_reduce;
    const units::volume message = 64_MiB;
    const units::memory_rate rate = 400_GBps;
    CHECK(ring_all_reduce<double>(8, message, rate, 2 * 936.25_ns).si() * 1e6 == Approx(319.816).margin(0.0005));
    CHECK(ring_all_reduce<double>(8, message, rate, 936.25_ns).si() * 1e6 == Approx(306.709).margin(0.0005));
    CHECK(ring_all_reduce<double>(1, message, rate, 1_us) == 0_s);
}

TEST_CASE("C9: what crosses the WAN") {
    const units::volume message = 350_GB;
    CHECK(collectives::egress_volume(2, message) == message);
    CHECK(collectives::egress_volume(4, message).si() == Approx(1.5 * message.si()));
    CHECK(collectives::egress_volume(1, message).si() == 0);
    // 350 GB are 2.8 Tb: 3.5 s at 800 Gb/s, and one round trip of 120 km
    const auto wire = collectives::two_level_all_reduce<double>(2, message, 800_Gbps, 0.5876065_ms, 0_us);
    CHECK(wire.si() == Approx(3.5 + 0.001175213).epsilon(1e-9));
}

TEST_CASE("E1, E4: watts") {
    CHECK(power::of_device<double>(65_W, 700_W, 0.9).si() == Approx(65 + 635 * 0.9));
    CHECK(power::of_device<double>(65_W, 700_W, 0.0) == 65_W);
    CHECK(power::of_device<double>(65_W, 700_W, 1.0) == 700_W);
    CHECK(power::of_transport<double>(400_Gbps, 0.3_W_per_Gbps).si() == Approx(120));
}
