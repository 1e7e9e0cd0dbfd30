// SPDX-License-Identifier: Apache-2.0
// Settle: durations become money, energy, carbon and availability, at the prices of the hours the work would really run.
#pragma once

#include "../decision/features.hpp"
#include "../decision/outcome.hpp"
#include "../decision/performance.hpp"
#include "../model/calibration.hpp"
#include "../model/energy.hpp"

namespace uonaco::inline UONACO_ABI {

/// What the grid gives each share over its run: means over the window, from the sites' series or from the caller.
/// A transfer has no share: slot 0 is its destination.
template <class Rep>
struct supply {
    maybe<units::with_rep<units::energy_price, Rep>> price[max_shares]{};
    maybe<units::with_rep<units::carbon_intensity, Rep>> carbon[max_shares]{};
};

namespace detail {
// A running sum that stays honest about unknown addends while a second one takes stand-ins for them.
template <class Q, class Rep>
struct ledger_line {
    units::with_rep<Q, Rep> sum{};
    units::with_rep<Q, Rep> assumed{};
    answer_t<Rep> known = answer_of<Rep>(true);

    template <class A, class K>
    constexpr void add(A amount, A stand_in, K is_known) {
        sum += select(is_known, amount, A{});
        assumed += select(is_known, amount, stand_in);
        known = both(known, is_known);
    }
    constexpr maybe<units::with_rep<Q, Rep>> value() const {
        return maybe<units::with_rep<Q, Rep>>::where(known, sum);
    }
};
} // namespace detail

/// E1-E6 and the money. Rental and circuits are paid while the work runs and, circuits, while data is staged. O(sites^2).
/// An unknown price leaves its line unknown; only the full cost takes the valuation's stand-ins, so that unknown never ranks as free.
template <class Rep>
constexpr outcome<Rep> settle(const features<Rep>& f, const performance<Rep>& p, const supply<Rep>& grid,
                              const valuation& v, units::ratio error_band = {}) {
    using ratio = units::with_rep<units::ratio, Rep>;
    using money = units::with_rep<units::money, Rep>;
    using energy = units::with_rep<units::energy, Rep>;
    outcome<Rep> o;
    const auto run = p.run();
    const auto leased = p.staging + run;

    o.time = {p.queue,  p.provisioning, p.staging, p.compute,     p.exposed,
              p.lost,   p.completion(), p.step,    p.first_token, p.per_token};

    detail::ledger_line<units::money, Rep> compute, storage, lease, set_up, power_bill;
    detail::ledger_line<units::energy, Rep> facility;
    detail::ledger_line<units::carbon_mass, Rep> carbon;
    ratio sites = ratio(Rep(1.0));
    ratio network = ratio(Rep(1.0));
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.site[i];
        const auto draw = s.devices * (power::of_device<Rep>(s.idle_power, s.max_power, p.utilisation) + s.host_power);
        const energy it = draw * run;
        o.energy.it += it;
        o.energy.peak_power += s.devices * (s.max_power + s.host_power);

        const auto rental = s.devices * run;
        compute.add(money(rental * s.price.value_or({})),
                    money(rental * v.price_stand_in.value_or(units::price_rate{})), s.price.known());

        const auto pue_known = s.pue.known();
        const energy drawn = it * s.pue.value_or({});
        const energy drawn_assumed = it * v.pue_stand_in.value_or(units::factor(1.0));
        facility.add(drawn, drawn_assumed, pue_known);
        const energy drawn_best = select(pue_known, drawn, drawn_assumed);

        const auto billed = 1.0 - s.energy_included;
        const auto bill_known = either(both(grid.price[i].known(), pue_known), s.energy_included >= Rep(1.0));
        power_bill.add(money(billed * drawn * grid.price[i].value_or({})),
                       money(billed * drawn_best *
                             grid.price[i].value_or(v.energy_price_stand_in.value_or(units::energy_price{}))),
                       bill_known);
        carbon.add(units::with_rep<units::carbon_mass, Rep>(drawn * grid.carbon[i].value_or({})),
                   units::with_rep<units::carbon_mass, Rep>(
                       drawn_best * grid.carbon[i].value_or(v.carbon_stand_in.value_or(units::carbon_intensity{}))),
                   both(grid.carbon[i].known(), pue_known));
        sites = sites * s.availability;
    }

    units::with_rep<units::bit_rate, Rep> reserved;
    const auto connect = [&](const pair_features<Rep>& c, const auto& bits) {
        const auto connected = c.rate.si() > Rep(0.0);
        const auto span = select(connected, leased, decltype(leased){});
        reserved += c.rate;
        lease.add(money(span * c.lease.value_or({})),
                  money(span * c.rate * v.lease_stand_in.value_or(units::bandwidth_price{})),
                  either(c.lease.known(), !connected));
        set_up.add(select(connected, money(c.set_up_fee.value_or({})), money{}),
                   select(connected, money(v.set_up_stand_in.value_or(units::money{})), money{}),
                   either(c.set_up_fee.known(), !connected));
        storage.add(money(bits * c.egress.value_or({})),
                    money(bits * v.egress_stand_in.value_or(units::volume_price{})), either(c.egress.known(), !connected));
        o.energy.transport += c.power * span;
        network = network * select(connected, c.availability, ratio(Rep(1.0)));
    };
    using volume = units::with_rep<units::volume, Rep>;
    const int pairs = f.sites * (f.sites - 1) / 2;
    units::with_rep<units::bit_rate, Rep> between = units::with_rep<units::bit_rate, Rep>::from_si(Rep(1e-300));
    for (int i = 0; i < pairs; ++i) between += f.pair[i].rate;
    for (int i = 0; i < pairs; ++i) connect(f.pair[i], volume(2.0 * p.carried * (f.pair[i].rate / between)));
    connect(f.access, p.fetched);
    // Transport is fed at the first site's grid.
    carbon.add(units::with_rep<units::carbon_mass, Rep>(o.energy.transport * grid.carbon[0].value_or({})),
               units::with_rep<units::carbon_mass, Rep>(
                   o.energy.transport * grid.carbon[0].value_or(v.carbon_stand_in.value_or(units::carbon_intensity{}))),
               either(grid.carbon[0].known(), o.energy.transport.si() <= Rep(0.0)));

    o.reliability = {network,   sites,  network * sites, p.goodput, p.attainment, p.memory_share,
                     p.load, p.utilisation};
    o.money.compute = compute.value();
    o.money.storage = storage.value();
    o.money.lease = lease.value();
    o.money.set_up = set_up.value();
    o.money.energy = power_bill.value();
    o.money.outages = (1.0 - network * sites) * run * v.value_of_time;
    o.money.total = money(compute.sum + storage.sum + lease.sum + set_up.sum + power_bill.sum + o.money.outages);
    o.money.total = maybe<money>::where(both(both(both(compute.known, storage.known), both(lease.known, set_up.known)), power_bill.known),
                                        o.money.total.value_or({}));
    o.energy.facility = facility.value();
    o.energy.carbon = carbon.value();
    o.compute_efficiency = p.efficiency;
    const auto useful = p.carried + p.fetched;
    const auto offered = reserved * leased;
    const auto any_network = offered.si() > Rep(0.0);
    const auto used = ratio(useful / select(any_network, offered, decltype(offered)::from_si(Rep(1.0))));
    o.network_efficiency = maybe<ratio>::where(any_network, units::min(used, ratio(Rep(1.0)))); // services fill both ways
    o.full_cost = compute.assumed + storage.assumed + lease.assumed + set_up.assumed + power_bill.assumed +
                  o.money.outages + v.carbon_price * carbon.assumed + v.value_of_time * o.time.completion;
    o.error_band = error_band;
    return o;
}

/// Which figures the outcome lacks. Bits of `unknowns`.
constexpr unsigned unknown_bits(const outcome<double>& o) {
    unsigned bits = 0;
    if (!o.money.compute.known()) bits |= unknowns::price;
    if (!o.money.energy.known()) bits |= unknowns::energy_price;
    if (!o.energy.carbon.known()) bits |= unknowns::carbon;
    if (!o.energy.facility.known()) bits |= unknowns::pue;
    if (!o.money.lease.known()) bits |= unknowns::lease;
    if (!o.money.set_up.known()) bits |= unknowns::set_up;
    if (!o.money.storage.known()) bits |= unknowns::egress;
    return bits;
}

} // namespace uonaco::inline UONACO_ABI
