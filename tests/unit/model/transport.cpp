// SPDX-License-Identifier: Apache-2.0
// W2-W5 and W9 against their reference figures.
#include "catch.hpp"

#include <uonaco/model/collectives.hpp>
#include <uonaco/model/energy.hpp>
#include <uonaco/model/transfer_model.hpp>
#include <uonaco/model/transport.hpp>
#include <uonaco/resource/wan_link.hpp>
#include <uonaco/units/literals.hpp>

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

TEST_CASE("W4: selective repeat loses what is lost") {
    CHECK(transport::selective_repeat<double>(0.0) == 1.0);
    CHECK(transport::selective_repeat<double>(0.02) == Approx(0.98));
    CHECK(transport::selective_repeat<double>(1.0) > 0.0); // never an infinite time
}

TEST_CASE("W2, W5: bits in flight and headroom of a lossless queue") {
    const units::latency round_trip = 2 * propagation(100_m, fibre_type::smf);
    CHECK(transport::in_flight(100_Gbps, round_trip).si() / 8 == Approx(12242).margin(0.5));
    const calibration c;
    CHECK(transport::headroom(100_Gbps, round_trip, 1.5_kB, c.packet_response).si() / 8 == Approx(19082).margin(0.5));
    const units::latency far = 2 * propagation(120_km, fibre_type::smf);
    CHECK(transport::headroom(400_Gbps, far, 1.5_kB, c.packet_response).si() / 8e6 == Approx(58.77).margin(0.005));
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
