// SPDX-License-Identifier: Apache-2.0
// W6, W7 against reference figures and their own limits.
#include "catch.hpp"

#include <uonaco/model/tcp.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;
using tcp::law;

namespace {
constexpr law laws[] = {law::mathis, law::padhye, law::cubic, law::h_tcp, law::bbr};
const units::volume jumbo = units::volume::from_si(8 * 8948.0); // MTU 9000
const tcp::path<double> esnet{.capacity = 8.2_Gbps, .round_trip = 90_ms, .loss = 1.0 / 22000};
double mbps(units::bit_rate r) { return r.si() / 1e6; }
} // namespace

TEST_CASE("W6: ESnet's path, 490 Mb/s measured with H-TCP") {
    CHECK(mbps(tcp::mathis(esnet, jumbo)) == Approx(143.9).margin(0.05));
    CHECK(mbps(tcp::cubic(esnet, jumbo)) == Approx(248.8).margin(0.1));
    CHECK(2 * mbps(tcp::mathis(esnet, jumbo)) == Approx(287.9).margin(0.1));
    CHECK(mbps(tcp::h_tcp(esnet, jumbo)) == Approx(473.4).margin(0.5)); // 3.4 % below, nothing fitted
    tcp::constants halving;
    halving.h_tcp_backoff = 0.5;
    CHECK(mbps(tcp::h_tcp(esnet, jumbo, halving)) == Approx(436.4).margin(0.5));
    tcp::constants measured;
    measured.h_tcp = 1.035;
    CHECK(mbps(tcp::h_tcp(esnet, jumbo, measured)) == Approx(490).epsilon(0.001));
    CHECK(mbps(tcp::bbr(esnet)) == Approx(8200 * (1 - 1.0 / 22000)));
}

TEST_CASE("W6: Padhye by hand, and Mathis where losses are rare") {
    const tcp::path<double> p{.capacity = 1_Tbps, .round_trip = 100_ms, .loss = 0.02};
    const double fast = 0.1 * std::sqrt(2 * 2 * 0.02 / 3),
                 slow = std::min(1.0, 3 * std::sqrt(3 * 2 * 0.02 / 8)) * 0.02 * (1 + 32 * 0.0004);
    CHECK(tcp::padhye(p, 11.68_kB, 1_s).si() == Approx(8 * 11680 / (fast + slow)));
    tcp::constants each;
    each.acknowledged = 1.0;
    const tcp::path<double> rare{.capacity = 1_Tbps, .round_trip = 100_ms, .loss = 1e-10};
    CHECK(tcp::padhye(rare, 1.5_kB, 1_s, each).si() == Approx(tcp::mathis(rare, 1.5_kB).si()).epsilon(0.01));
}

TEST_CASE("W6: H-TCP is Reno's kin for a second, and its equation holds") {
    // short cycles: increments of 2 (1-b), a backoff of b: 2 (b T^2 + (1-b) T^2 / 2) = R^2/p
    const tcp::path<double> p{.capacity = 1_Tbps, .round_trip = 10_ms, .loss = 0.01};
    const double t = std::sqrt(1e-4 / 0.01 / 1.8);
    REQUIRE(t < 1);
    CHECK(tcp::h_tcp(p, 1.5_kB).si() == Approx(12000 / (0.01 * t)));
    for (const double loss : {1e-14, 1e-9, 1e-6, 1e-3, 0.5}) // the flow of packets equals one loss a cycle
        for (const double r : {1e-4, 1e-2, 0.3, 10.0}) {
            const tcp::path<double> q{.capacity = 1_Tbps, .round_trip = r * 1_s, .loss = loss};
            const double cycle = 12000 / (loss * tcp::h_tcp(q, 1.5_kB).si());
            const double x = std::max(cycle - 1, 0.0);
            const double grown = cycle + 5 * x * x + x * x * x / 12,
                         area = cycle * cycle / 2 + 5 * x * x * x / 3 + x * x * x * x / 48;
            CHECK(2 * (0.8 * grown * cycle + 0.2 * area) == Approx(r * r / loss).epsilon(1e-9));
        }
}

TEST_CASE("W6: window and capacity, and no infinity at the ends") {
    tcp::sender s{.segment = jumbo, .window = 9_MB};
    for (const law l : laws) {
        CHECK(tcp::rate(l, esnet, s) <= 8.2_Gbps);
        tcp::path<double> clean = esnet;
        clean.loss = 0.0;
        CHECK(mbps(tcp::rate(l, clean, s)) == Approx(800)); // 72e6 bit / 90 ms
        CHECK(mbps(tcp::rate(l, clean, {.segment = jumbo})) == Approx(8200));
        for (const double loss : {0.0, 1e-300, 1e-3, 0.2, 0.999, 1.0})
            for (const double r : {0.0, 1e-300, 1e-3, 1e3}) {
                const tcp::path<double> p{.capacity = 1_Tbps, .round_trip = r * 1_s, .loss = loss};
                const double rate = tcp::rate(l, p, s).si();
                CHECK((math::finite(rate) && rate > 0 && rate <= 1e12));
            }
    }
    tcp::path<double> heavy = esnet;
    heavy.loss = 0.15;
    CHECK(mbps(tcp::bbr(heavy)) == Approx(8200 * 0.85));
    heavy.loss = 0.2;
    CHECK(mbps(tcp::bbr(heavy)) < 1);
}

TEST_CASE("W6: more loss or distance is never faster; slopes are those of differences") {
    using d = dual<2>;
    for (const law l : laws)
        for (double loss = 1e-7; loss < 0.14; loss *= 3)
            for (double r = 1e-3; r < 1; r *= 4) {
                const tcp::path<double> p{.capacity = 1_Tbps, .round_trip = r * 1_s, .loss = loss};
                tcp::path<double> worse = p, farther = p;
                worse.loss = 1.1 * loss;
                farther.round_trip = 1.1 * r * 1_s;
                CHECK(tcp::rate(l, worse) <= tcp::rate(l, p));
                CHECK(tcp::rate(l, farther) <= tcp::rate(l, p));
                tcp::path<d> x;
                x.capacity = units::bit_rate(1_Tbps);
                x.round_trip = units::with_rep<units::latency, d>::from_si(d::variable(r, 0));
                x.loss = d::variable(loss, 1);
                const auto at = tcp::rate(l, x).si();
                CHECK(at.value == tcp::rate(l, p).si());
                const auto central = [&](double dr, double dl) {
                    const auto f = [&](double sign) {
                        return tcp::rate<double>(l, {1_Tbps, (r + sign * dr) * 1_s, loss + sign * dl}).si();
                    };
                    return (f(1) - f(-1)) / 2;
                };
                const double h = 1e-5;
                CHECK(at.slope[0] == Approx(central(h * r, 0) / (h * r)).epsilon(1e-5).margin(1e-3));
                CHECK(at.slope[1] == Approx(central(0, h * loss) / (h * loss)).epsilon(1e-5).margin(1e-3));
            }
}

TEST_CASE("W7: parallel connections") {
    const tcp::sender s{.segment = jumbo};
    CHECK(mbps(tcp::parallel(4, law::cubic, esnet, s)) == Approx(4 * 248.8).margin(0.5));
    CHECK(mbps(tcp::parallel(100, law::cubic, esnet, s)) == Approx(8200));
    const tcp::sender small{.segment = jumbo, .window = 1_MB};
    CHECK(mbps(tcp::parallel(3, law::bbr, esnet, small)) == Approx(3 * 8 / 0.09)); // W/R each
}
