// SPDX-License-Identifier: Apache-2.0
// Kinds have the dimension they should have, and what is wrong does not compile.
#include <uonaco/units/format.hpp>
#include <uonaco/units/instant.hpp>
#include <uonaco/units/literals.hpp>

#include <type_traits>

namespace {

using namespace uonaco;
using namespace uonaco::literals;
using namespace uonaco::units;

template <class Q, class P>
constexpr bool measure_the_same = Q::dim == P::dim;

static_assert(measure_the_same<duration, latency>);
static_assert(measure_the_same<bit_rate, memory_rate>);
static_assert(measure_the_same<memory, volume>);
static_assert(measure_the_same<bandwidth_price, volume_price>);
static_assert(measure_the_same<ratio, factor>);
static_assert(measure_the_same<decltype(power() * duration()), energy>);
static_assert(measure_the_same<decltype(flops() * duration()), work>);
static_assert(measure_the_same<decltype(bit_rate() * duration()), volume>);
static_assert(measure_the_same<decltype(volume() / bit_rate()), duration>);
static_assert(measure_the_same<decltype(energy() * energy_price()), money>);
static_assert(measure_the_same<decltype(energy() * carbon_intensity()), carbon_mass>);
static_assert(measure_the_same<decltype(carbon_mass() * carbon_price()), money>);
static_assert(measure_the_same<decltype(price_rate() * duration()), money>);
static_assert(measure_the_same<decltype(bandwidth_price() * bit_rate()), price_rate>);
static_assert(measure_the_same<decltype(transport_energy() * bit_rate()), power>);
static_assert(measure_the_same<decltype(1.0 / duration()), frequency>);
static_assert(measure_the_same<decltype(duration() / latency()), factor>);
static_assert(!measure_the_same<power, energy> && !measure_the_same<money, price_rate> &&
              !measure_the_same<bit_rate, volume>);

// a kind that is multiplied by a number keeps its name; a product of two kinds has none
static_assert(std::is_same_v<decltype(2.0 * money()), money> && std::is_same_v<decltype(ratio() * money()), money>);
static_assert(!std::is_same_v<decltype(power() * duration()), energy>);

template <class A, class B>
concept adds = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept compares = requires(A a, B b) {
    a < b;
};
template <class A, class B>
concept assigns = requires(A a, B b) {
    a = b;
};
template <class A, class B>
concept takes_larger = requires(A a, B b) {
    max(a, b);
};

static_assert(adds<duration, latency> && compares<latency, duration> && assigns<latency, duration> &&
              takes_larger<duration, latency>);
static_assert(!adds<duration, money> && !compares<duration, money> && !assigns<duration, money> &&
              !takes_larger<duration, money>);
static_assert(!adds<duration, double> && !compares<duration, double> && !assigns<duration, double>);
static_assert(!adds<bit_rate, volume> && !assigns<memory, bit_rate> && !assigns<bit_rate, memory>);
static_assert(!adds<power, energy> && !assigns<energy, power>);
static_assert(adds<ratio, double> && compares<factor, int> && assigns<factor, double>);
static_assert(!std::is_convertible_v<double, duration> && !std::is_constructible_v<duration, double>);
static_assert(!std::is_convertible_v<duration, double> && std::is_convertible_v<ratio, double>);
static_assert(!std::is_convertible_v<count, money> && !std::is_convertible_v<money, count>);
static_assert(!std::is_convertible_v<bool, ratio>, "a truth is no number");

template <class Q>
concept printable = requires(Q q) {
    to_text(q);
};
static_assert(printable<duration> && printable<maybe<money>> && printable<instant>);
static_assert(!printable<decltype(power() * money())>, "a product without a name has no unit to be printed with");

// exchange units
static_assert(in_exchange_unit(1_h) == 3600 && in_exchange_unit(1_Tbps) == 1000 && in_exchange_unit(1_kWh) == 1);
static_assert(in_exchange_unit(1_TiB) == 1024 && in_exchange_unit(1_TB) == 1000 && in_exchange_unit(1_PFLOPS) == 1000);
static_assert(1_GiB == 1.073741824_GB && 8_Gbps == 1_GBps && 1_d == 24_h && 1_min == 60'000'000_us / 1.0);

// maybe adds nothing to what a wrong dimension may do
static_assert(!std::is_convertible_v<maybe<duration>, duration>, "an unknown does not read as a value");
static_assert(!std::is_convertible_v<maybe<duration>, bool> && std::is_constructible_v<bool, maybe<duration>>);
static_assert(std::is_convertible_v<duration, maybe<latency>> && !std::is_convertible_v<money, maybe<latency>>);
static_assert(!std::is_convertible_v<double, maybe<duration>> && std::is_convertible_v<double, maybe<ratio>>);
static_assert(!adds<maybe<duration>, maybe<money>>);

} // namespace
