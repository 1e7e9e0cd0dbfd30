// SPDX-License-Identifier: Apache-2.0
// Header sizes of MACsec and IPsec, and what they leave of a rate.
#include "catch.hpp"

#include <uonaco/model/encryption_cost.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("encryption: bytes a packet") {
    const auto bytes = [](const encryption_cost::overhead& o) { return o.packet.si() / 8; };
    CHECK(bytes(encryption_cost::macsec()) == 32);
    CHECK(bytes(encryption_cost::macsec(false)) == 24);
    CHECK(bytes(encryption_cost::ipsec(1498)) == 54); // 20 + 8 + 8 + 2 + 16, whole words already
    CHECK(bytes(encryption_cost::ipsec(1500)) == 56);
    CHECK(bytes(encryption_cost::ipsec(1500, 40)) == 76); // IPv6 outside
    CHECK(bytes(encryption_cost::ipsec(1500, 0)) == 36);  // transport mode
    for (long long n = 0; n < 64; ++n)
        CHECK((n + static_cast<long long>(bytes(encryption_cost::ipsec(n, 0)))) % 4 == 0);
    CHECK(bytes(encryption_cost::line) == 0);
}

TEST_CASE("encryption: rate and delay") {
    using encryption_cost::rate_factor;
    CHECK(rate_factor<double>(4.096_kB, encryption_cost::macsec()).si() == Approx(4096.0 / 4128));
    CHECK(rate_factor<double>(1.5_kB, encryption_cost::ipsec(1500)).si() == Approx(1500.0 / 1556));
    CHECK(rate_factor<double>(1.5_kB, encryption_cost::line).si() == 1.0);
    CHECK(encryption_cost::of(encryption::none) == encryption_cost::overhead{});
    CHECK(encryption_cost::of(encryption::packet).delay > 0_us);
    CHECK(encryption_cost::of(encryption::line).packet.si() == 0);
    CHECK(encryption_cost::of(encryption::line).delay > 0_us);
}

TEST_CASE("encryption: hop by hop") {
    encrypted_hops hops;
    CHECK(encryption_cost::along(hops, 4.096_kB) == encryption_cost::overhead{});
    hops.add(encryption::none, packet_encryption::ipsec);
    CHECK(hops == encrypted_hops{});
    for (int i = 0; i < 3; ++i) hops.add(encryption::packet, packet_encryption::macsec);
    hops.add(encryption::line, packet_encryption::ipsec);
    CHECK(hops == encrypted_hops{.macsec = 3, .line = 1});
    const auto o = encryption_cost::along(hops, 4.096_kB);
    CHECK(o.packet == encryption_cost::macsec().packet); // once a packet: each hop takes off what the one before put on
    CHECK(o.delay.si() == Approx(16e-6));
    hops.add(encryption::packet, packet_encryption::ipsec);
    CHECK(encryption_cost::along(hops, 1.5_kB).packet.si() == 8 * 56);
    CHECK(encryption_cost::along(hops, 1.5_kB).delay.si() == Approx(21e-6));
}
