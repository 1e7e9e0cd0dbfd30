// SPDX-License-Identifier: Apache-2.0
// Formulas of paths, power and failures: finite and not negative over the whole of their ranges, and with the same bits over
// lanes and in the values of duals.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/convergence.hpp>
#include <uonaco/model/encryption_cost.hpp>
#include <uonaco/model/energy.hpp>
#include <uonaco/model/path_delay.hpp>
#include <uonaco/model/reliability.hpp>
#include <uonaco/model/shared_path.hpp>
#include <uonaco/model/shared_risk.hpp>
#include <uonaco/model/tcp.hpp>
#include <uonaco/model/transport.hpp>

using namespace support;

namespace {
constexpr int formulas = 32;

// Inputs of all of them, one number each.
template <class Rep>
struct inputs_of {
    Rep rate, delay, loss, volume, load, packets, watts, hours;
};
using inputs = inputs_of<double>;

template <class Rep>
struct figures {
    Rep of[formulas]{};
};

template <class Rep>
figures<Rep> all(const inputs_of<Rep>& in) {
    const auto rate = units::with_rep<units::bit_rate, Rep>::from_si(in.rate);
    const auto delay = units::with_rep<units::latency, Rep>::from_si(in.delay);
    const auto loss = units::with_rep<units::ratio, Rep>::from_si(in.loss);
    const auto volume = units::with_rep<units::volume, Rep>::from_si(in.volume);
    const auto load = units::with_rep<units::ratio, Rep>::from_si(in.load);
    const auto packets = units::with_rep<units::factor, Rep>::from_si(in.packets);
    const auto watts = units::with_rep<units::power, Rep>::from_si(in.watts);
    const auto hours = units::with_rep<units::duration, Rep>::from_si(in.hours);
    const units::volume packet = 4.096_kB;
    figures<Rep> f;
    int n = 0;
    const auto put = [&](auto q) { f.of[n++] = q.si(); };
    put(transport::go_back_n<Rep>(loss, packets));
    put(transport::go_back_n_with_timer<Rep>(loss, packets, transport::found_by_timer<Rep>(loss, packets), packets));
    put(transport::repeat_completion<Rep>(volume, rate, loss, delay, packet));
    put(transport::erasure_failure<Rep>(20, 4, loss));
    put(transport::headroom<Rep>(rate, delay, packet, packet));
    put(transport::buffered<Rep>(volume, rate, delay));
    tcp::path<Rep> p;
    p.capacity = rate;
    p.round_trip = delay;
    p.loss = loss;
    put(tcp::rate(tcp::law::mathis, p));
    put(tcp::rate(tcp::law::padhye, p));
    put(tcp::rate(tcp::law::cubic, p));
    put(tcp::rate(tcp::law::h_tcp, p));
    put(tcp::rate(tcp::law::bbr, p));
    put(tcp::parallel(16, tcp::law::cubic, p, {.window = 64_MB}));
    put(shared_path::wait<Rep>(load, packet, rate, 2.0));
    put(shared_path::transfer<Rep>(volume, load, rate, packet, 1.0, 5));
    put(shared_path::dedicated<Rep>(volume, rate, hours));
    put(encryption_cost::rate_factor<Rep>(volume, encryption_cost::macsec()));
    put(path_delay::one_way<Rep>(units::with_rep<units::distance, Rep>::from_si(in.packets), fibre_type::hcf,
                                 {1, 1, 1, 1}));
    path_delay::jitters<Rep> j;
    j.add(delay);
    j.add(hours);
    put(j.along(path_delay::jitter_rule::root_sum_square));
    convergence::step<Rep> s;
    s.compute = hours;
    s.hidden = delay;
    s.volume = volume;
    s.nics = rate;
    s.aggregation = 8;
    put(convergence::efficiency<Rep>(s, packets));
    put(convergence::most<Rep>(s, 0.95));
    put(convergence::burst_buffer<Rep>(volume, rate, units::with_rep<units::bit_rate, Rep>::from_si(in.packets)));
    put(power::of_device<Rep>(watts, units::with_rep<units::power, Rep>(2.0 * watts), load, 0.75));
    put(power::of_server<Rep>(8, watts, watts));
    put(power::software_carbon_intensity<Rep>(watts * hours, units::carbon_intensity(400_g_per_kWh),
                                              units::carbon_mass(1_kg), packets));
    put(reliability::availability<Rep>(hours, units::duration(12_h)));
    put(reliability::cluster_mtbf<Rep>(packets, 50700_h));
    put(reliability::goodput_first_order<Rep>(hours, 60_s, 300_s, units::with_rep<units::duration, Rep>(3.0 * hours)));
    put(reliability::replica<Rep>(reliability::checkpoint_volume(70e9), rate, hours, 300_s).most_lost);
    const shared_risk::way<Rep> ways[] = {{load, 1}, {loss, 3}, {load, 2}};
    const units::with_rep<units::ratio, Rep> groups[] = {load, loss};
    put(shared_risk::any_up<Rep>(ways, 3, groups, 2));
    put(shared_risk::at_least<Rep>(8, 6, load, loss));
    return f;
}

template <class Rep, class Make>
inputs_of<Rep> spread(const inputs& in, Make make) {
    return {make(in.rate), make(in.delay),   make(in.loss),  make(in.volume),
            make(in.load), make(in.packets), make(in.watts), make(in.hours)};
}

inputs random_inputs(dice& d, bool ends) {
    const auto log = [&](double low, double high) { return std::exp(d.between(std::log(low), std::log(high))); };
    const auto share = [&](double most) { // of loss and load
        const double p = d.between(0, 1);
        if (ends && p < 0.2) return 0.0;
        if (ends && p < 0.3) return 5e-324;
        if (ends && p < 0.4) return most;
        return p < 0.7 ? log(1e-18, 1e-2) : d.between(0, most);
    };
    return {.rate = log(1e3, 1e18),
            .delay = ends && d.between(0, 1) < 0.2 ? 1e-12 : log(1e-9, 1e4),
            .loss = share(1.0),
            .volume = log(32768, 1e24),
            .load = share(0.999),
            .packets = log(1, 1e12),
            .watts = log(1, 1e12),
            .hours = log(1e-3, 1e12)};
}
} // namespace

TEST_CASE("finite, and the same over lanes and duals") {
    dice d(31);
    for (int i = 0; i < 3000; ++i) {
        const inputs in = random_inputs(d, i % 2 == 0), other = random_inputs(d, true);
        const auto plain = all<double>(in);
        const auto dual_in = spread<dual<2>>(in, [](double x) { return dual<2>(x); });
        const auto over_duals = all<dual<2>>(dual_in);
        auto both = spread<lanes<2>>(in, [](double x) { return lanes<2>(x); });
        const auto beside = [](lanes<2>& l, double x) { l.set(1, x); };
        beside(both.rate, other.rate), beside(both.delay, other.delay), beside(both.loss, other.loss),
            beside(both.volume, other.volume);
        beside(both.load, other.load), beside(both.packets, other.packets), beside(both.watts, other.watts),
            beside(both.hours, other.hours);
        const auto over_lanes = all<lanes<2>>(both);
        const auto second = all<double>(other);
        for (int k = 0; k < formulas; ++k) {
            INFO("case " << i << ", formula " << k);
            REQUIRE((math::finite(plain.of[k]) && plain.of[k] >= 0));
            REQUIRE(laws::detail::same_bits(plain.of[k], over_duals.of[k].value));
            REQUIRE(laws::detail::same_bits(plain.of[k], over_lanes.of[k][0]));
            REQUIRE(laws::detail::same_bits(second.of[k], over_lanes.of[k][1]));
        }
    }
}
