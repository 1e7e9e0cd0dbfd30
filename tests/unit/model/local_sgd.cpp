// SPDX-License-Identifier: Apache-2.0
// L1, L2 against published runs and simulations.
#include "catch.hpp"

#include <uonaco/model/local_sgd.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("L1: a billion parameters over 1 Gb/s take 109 h for 25e9 tokens") {
    const auto volume = local_sgd::exchange_volume(2, units::volume::from_si(16e9));
    CHECK(volume.si() == 16e9);
    CHECK(local_sgd::exchange_volume(4, 16_GB).si() == Approx(1.5 * 128e9));
    const double steps = 25e9 / 1.024e6;
    const auto step = local_sgd::exposed_step<double>((0.67 / steps) * 1_h, volume, 1_Gbps);
    CHECK(steps * step.si() / 3600 == Approx(109).epsilon(0.005));
}

TEST_CASE("L2: INTELLECT-1, 100 steps in 38 min") {
    const local_sgd::exchange<double> e{.sync_every = 100, .step = 38_min / 100};
    CHECK(100 * local_sgd::utilisation<double>(e, 103_s).si() == Approx(95.7).margin(0.05));
    CHECK(100 * local_sgd::utilisation<double>(e, 382_s).si() == Approx(85.6).margin(0.06));
    CHECK(100 * local_sgd::utilisation<double>(e, 469_s).si() == Approx(83.0).margin(0.07));
}

TEST_CASE("L2 backwards: at the needed rate the utilisation is the target") {
    for (const double h : {1.0, 10.0, 100.0, 340.0})
        for (const double target : {0.5, 0.8, 0.95, 0.99, 0.999}) {
            for (auto e : {local_sgd::blocking<double>(h, 0.8_s, 48), local_sgd::streaming<double>(h, 0.8_s, 5),
                           local_sgd::exchange<double>{.sync_every = h, .step = 0.8_s}}) {
                e.round_trip = 0.1_ms;
                const auto rate = local_sgd::needed_rate<double>(e, 20_GB, target);
                const auto wire = units::duration(20_GB / rate);
                CHECK(local_sgd::utilisation<double>(e, wire).si() == Approx(target).epsilon(1e-12));
                CHECK(local_sgd::utilisation<double>(e, units::duration(1.01 * wire)).si() < target);
            }
        }
}

TEST_CASE("an exchange that hides leaves all of the time to computing") {
    const auto e = local_sgd::streaming<double>(100, 1_s, 5);
    CHECK(local_sgd::utilisation<double>(e, 5_s) == 1.0);
    CHECK(local_sgd::utilisation<double>(e, 6_s).si() == Approx(100.0 / 101));
    // blocking: the last layer shows, however fast the others went
    CHECK(local_sgd::utilisation<double>(local_sgd::blocking<double>(1, 1_s, 10), 0.1_s).si() == Approx(1 / 1.01));
}

TEST_CASE("exchanges in a run") {
    CHECK(local_sgd::steps_per_exchange(300, 0) == 300);
    CHECK(local_sgd::steps_per_exchange(300, 340) == 340);
    CHECK(local_sgd::steps_per_exchange(100, 340) == Approx(340.0 / 3));
    CHECK(local_sgd::steps_per_exchange(1, 340) == 1);
    CHECK(local_sgd::steps_per_exchange(500, 340) == 500);
}

TEST_CASE("the grid of the published rates") {
    const auto gbps = [](double x) { return local_sgd::first_on_grid(units::bit_rate::from_si(1e9 * x)).si() / 1e9; };
    CHECK(gbps(0.05) == Approx(0.1));
    CHECK(gbps(0.1) == Approx(0.1));
    CHECK(gbps(0.46) == Approx(0.5429).margin(1e-4));
    CHECK(gbps(184.3) == Approx(222.3).margin(0.01));
    CHECK(gbps(1000) == Approx(1000));
    CHECK(gbps(5000) == Approx(1000));
    for (int i = 0; i < 50; ++i) { // the grid's own points stay
        const double at = 0.1 * math::pow(10.0, 4.0 * i / 49);
        CHECK(gbps(at) == Approx(at).epsilon(1e-9));
    }
}

TEST_CASE("DiLoCo's scaling laws, table 6: 405B, 26 s a step") {
    const local_sgd::published_simulation s;
    const auto at = [&](int h, double target) {
        const auto e = local_sgd::blocking<double>(local_sgd::steps_per_exchange(h, s.run), 26_s, 126);
        const auto volume = s.volume_share * local_sgd::exchange_volume(2, units::volume::from_si(16 * 405e9));
        return local_sgd::first_on_grid(local_sgd::needed_rate<double>(e, volume, target)).si() / 1e9;
    };
    CHECK(at(1, 0.5) == Approx(126.5).margin(0.05));
    CHECK(at(10, 0.9) == Approx(126.5).margin(0.05));
    CHECK(at(50, 0.8) == Approx(13.3).margin(0.05));
    CHECK(at(100, 0.99) == Approx(126.5).margin(0.05));
}

TEST_CASE("a run of more exchanges than an integer holds exchanges after every H-th step") {
    CHECK(local_sgd::steps_per_exchange(10, 1e30) == 10);
    CHECK(local_sgd::steps_per_exchange(1, 1e308) == 1);
    CHECK(local_sgd::steps_per_exchange(100, 340) == Approx(340.0 / 3));
}
