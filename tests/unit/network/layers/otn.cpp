// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/layers/fgotn.hpp>
#include <uonaco/units/literals.hpp>

#include <limits>

using namespace uonaco;
using otn::odu;

namespace {
constexpr odu kinds[] = {odu::odu0, odu::odu1, odu::odu2, odu::odu2e, odu::odu3, odu::odu4};
} // namespace

TEST_CASE("nominal rates of ODUk and ODUCn") {
    const double kbps[] = {1244160, 2498775.126, 10037273.924, 10399525.316, 40319218.983, 104794445.815};
    for (unsigned k = 0; k < 6; ++k) CHECK(otn::rate(kinds[k]).si() / 1e3 == Approx(kbps[k]).margin(5e-4));
    CHECK(otn::oducn(1).si() / 1e3 == Approx(105258138.053).margin(5e-4));
    CHECK(otn::oducn(4).si() == Approx(4 * otn::oducn(1).si()));
    CHECK(std::string(to_string(odu::odu2e)) == "ODU2e");
}

TEST_CASE("slots that one ODU takes of another") {
    // rows: client ODU0, 1, 2, 2e, 3, 4; columns: server ODU1, 2, 3, 4; 0: does not fit, or is the server itself
    const odu servers[] = {odu::odu1, odu::odu2, odu::odu3, odu::odu4};
    const unsigned slots[6][4] = {{1, 1, 1, 1}, {0, 2, 2, 2}, {0, 0, 8, 8}, {0, 0, 9, 8}, {0, 0, 0, 31}, {0, 0, 0, 0}};
    for (unsigned c = 0; c < 6; ++c)
        for (unsigned s = 0; s < 4; ++s) CHECK(otn::slots_of(kinds[c], servers[s]) == slots[c][s]);
    for (const odu c : kinds) CHECK(otn::slots_of(c, odu::odu0) + otn::slots_of(c, odu::odu2e) == 0);
    const unsigned of_oducn[] = {1, 1, 2, 2, 8, 20};
    for (unsigned c = 0; c < 6; ++c) CHECK(otn::slots_of_oducn(kinds[c]) == of_oducn[c]);
    CHECK(otn::slots_in(odu::odu1) == 2);
    CHECK(otn::slots_in(odu::odu2) == 8);
    CHECK(otn::slots_in(odu::odu3) == 32);
    CHECK(otn::slots_in(odu::odu4) == 80);
    CHECK(otn::slots_in_oducn(4) == 80);
}

TEST_CASE("slots of an ODUflex, by the range of n") {
    const double rates[] = {10, 25, 40, 40.2, 50, 100};
    const unsigned n[] = {9, 20, 32, 33, 39, 77};
    for (unsigned i = 0; i < 6; ++i) CHECK(otn::flex_slots(units::bit_rate::from_si(rates[i] * 1e9)) == n[i]);
    const double clients[] = {10, 25, 40, 50, 100};
    const unsigned of_clients[] = {9, 21, 33, 39, 78};
    for (unsigned i = 0; i < 5; ++i)
        CHECK(otn::client_slots(units::bit_rate::from_si(clients[i] * 1e9)) == of_clients[i]);
    CHECK(otn::flex_rate(8).si() == Approx(9.993e9).margin(5e5));
    CHECK(otn::flex_rate(20).si() == Approx(25.0894e9).margin(5e4));
    CHECK(otn::flex_for_client(25_Gbps).si() == Approx(25.1050e9).margin(5e4));
}

TEST_CASE("slots of an ODUflex at every border") {
    for (unsigned n = 1; n <= 80; ++n) {
        CHECK(otn::flex_slots(otn::flex_rate(n)) == n);
        CHECK(otn::flex_slots(otn::flex_rate(n) * (1 - 1e-12)) == n);
        CHECK(otn::flex_slots(otn::flex_rate(n) * (1 + 1e-12)) == (n < 80 ? n + 1 : 0));
        CHECK(otn::client_slots(otn::client_rate(n) * (1 - 1e-12)) == n);
    }
    for (const double bad :
         {0.0, -1.0, 1e300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(otn::flex_slots(units::bit_rate::from_si(bad)) == 0);
        CHECK(fgotn::slots_for(units::bit_rate::from_si(bad)) == 0);
    }
    CHECK(otn::flex_rate(0).si() == 0);
    CHECK(otn::flex_rate(81).si() == 0);
}

TEST_CASE("fine grain circuits") {
    CHECK(fgotn::slots_for(10_Mbps) == 1);
    CHECK(fgotn::slots_for(10.1_Mbps) == 2);
    CHECK(fgotn::slots_for(100_Mbps) == 10);
    CHECK(fgotn::slots_for(1_Gbps) == 100);
    CHECK(fgotn::slots_for(9.52_Gbps) == 952);
    CHECK(fgotn::slots_for(9.53_Gbps) == 0);
    // never more than the payload of the server, 238 of its 239 columns
    for (const odu k : {odu::odu0, odu::odu1, odu::odu2})
        CHECK(fgotn::slot * static_cast<double>(fgotn::most_slots(k)) < otn::rate(k) * (238.0 / 239));
    CHECK(fgotn::may_resize(10, 15, 5));
    CHECK_FALSE(fgotn::may_resize(10, 16, 5));
    CHECK(fgotn::may_resize(10, 1, 0));
    CHECK_FALSE(fgotn::may_resize(10, 0, 5));
}
