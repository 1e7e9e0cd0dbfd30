// SPDX-License-Identifier: Apache-2.0
// W8: waits behind others, and from when on a circuit pays.
#include "catch.hpp"

#include <uonaco/model/queueing.hpp>
#include <uonaco/model/shared_path.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("W8: waits") {
    const units::volume packet = 1.5_kB; // 120 ns at 100 Gb/s
    CHECK(shared_path::wait<double>(0.0, packet, 100_Gbps) == 0_ns);
    CHECK(shared_path::wait<double>(0.5, packet, 100_Gbps).si() == Approx(120e-9));     // M/M/1: rho / (1 - rho) S
    CHECK(shared_path::wait<double>(0.5, packet, 100_Gbps, 0.0).si() == Approx(60e-9)); // M/D/1: half of it
    CHECK(shared_path::wait<double>(0.9, packet, 100_Gbps, 1.0) == shared_path::wait<double>(0.9, packet, 100_Gbps));
    // the same as Erlang's formula for one server
    const auto service = units::frequency::from_si(1 / 120e-9);
    CHECK(shared_path::wait<double>(0.7, packet, 100_Gbps).si() ==
          Approx(queueing::mean_wait<double>(queueing::erlang_c(0.7, 1.0), 1.0, service, 0.7 * service, 1.0).si()));
}

TEST_CASE("W8: shared against dedicated") {
    const auto volume = shared_path::break_even<double>(0.5, 100_Gbps, 180_s);
    CHECK(volume == 180_s * 100_Gbps);
    const auto both = [&](units::volume v) {
        return shared_path::transfer<double>(v, 0.5, 100_Gbps, 1.5_kB, 1.0, 3) -
               shared_path::dedicated<double>(v, 100_Gbps, 180_s);
    };
    CHECK(both(volume).si() == Approx(3 * 120e-9)); // but for the waits
    CHECK(both(0.9 * volume) < 0_s);
    CHECK(both(1.1 * volume) > 0_s);
}
