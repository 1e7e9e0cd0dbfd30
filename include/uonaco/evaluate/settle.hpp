// SPDX-License-Identifier: Apache-2.0
// Settle: durations become money, energy, carbon and availability, at the prices of the hours the work would really run.
#pragma once

#include "../decision/features.hpp"
#include "../decision/outcome.hpp"
#include "../decision/performance.hpp"
#include "../model/billing.hpp"
#include "../model/calibration.hpp"
#include "../model/collectives.hpp"
#include "../model/energy.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI {

/// What the grid gives each share over its run: means over the window, from the sites' series or from the caller.
/// A transfer has no share: slot 0 is its destination.
template <class Rep>
struct supply {
    maybe<units::with_rep<units::energy_price, Rep>> price[max_shares]{};
    maybe<units::with_rep<units::carbon_intensity, Rep>> carbon[max_shares]{};

    /// Forgets what the first `shares` slots held; slot 0 in any case.
    constexpr void clear(int shares) {
        for (int i = 0; i == 0 || i < shares; ++i) {
            price[i] = {};
            carbon[i] = {};
        }
    }
};

namespace detail {
// A running sum in which stand-ins take the place of unknown addends, and whether it is known without any of them.
template <class Q, class Rep>
struct ledger_line {
    units::with_rep<Q, Rep> sum{};
    answer_t<Rep> known = answer_of<Rep>(true);

    template <class A, class K>
    constexpr void add(A amount, K is_known) {
        sum += amount;
        known = both(known, is_known);
    }
    constexpr maybe<units::with_rep<Q, Rep>> value() const {
        return maybe<units::with_rep<Q, Rep>>::where(known, units::saturate(sum));
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
    using volume_price = units::with_rep<units::volume_price, Rep>;
    const auto run = p.run();
    const auto leased = p.staging + run;
    const auto completion = p.completion();

    detail::ledger_line<units::money, Rep> compute, storage, lease, set_up, power_bill;
    detail::ledger_line<units::energy, Rep> facility;
    detail::ledger_line<units::carbon_mass, Rep> carbon;
    const auto price_stand_in = v.price_stand_in.value_or({});
    const auto energy_price_stand_in = v.energy_price_stand_in.value_or({});
    const auto carbon_stand_in = v.carbon_stand_in.value_or({});
    const auto pue_stand_in = v.pue_stand_in.value_or(1.0);
    detail::ledger_line<units::energy, Rep> used;
    detail::ledger_line<units::power, Rep> peak_power;
    ratio sites = ratio(Rep(1.0));
    auto sites_known = answer_of<Rep>(true);
    units::with_rep<units::duration, Rep> wait;
    auto wait_known = answer_of<Rep>(true);
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.site[i];
        const energy it =
            s.devices * (power::of_device<Rep>(s.idle_power, s.max_power, p.utilisation) + s.host_power) * run;
        used.add(it, s.power_known);
        const auto slowed_by = (1.0 - p.fastest) * (s.max_power - units::min(s.idle_power, s.max_power));
        peak_power.add(s.devices * (s.max_power - slowed_by + s.host_power), s.power_known);
        wait = units::max(wait, s.queue_wait);
        wait_known = both(wait_known, s.queue_wait_known);
        compute.add(s.devices * run * s.price.value_or(price_stand_in), s.price.known());

        const auto drawn_known = both(s.pue.known(), s.power_known);
        const energy drawn = it * s.pue.value_or(pue_stand_in);
        facility.add(drawn, drawn_known);
        power_bill.add((1.0 - s.energy_included) * drawn * grid.price[i].value_or(energy_price_stand_in),
                       either(both(grid.price[i].known(), drawn_known), s.energy_included >= Rep(1.0)));
        carbon.add(drawn * grid.carbon[i].value_or(carbon_stand_in), both(grid.carbon[i].known(), drawn_known));
        sites = sites * s.availability;
        sites_known = both(sites_known, s.availability_known);
    }

    const auto lease_stand_in = v.lease_stand_in.value_or({});
    const auto set_up_stand_in = v.set_up_stand_in.value_or({});
    const auto egress_stand_in = v.egress_stand_in.value_or({});
    units::with_rep<units::bit_rate, Rep> reserved;
    energy transport;
    ratio network = ratio(Rep(1.0));
    auto network_known = answer_of<Rep>(true);
    units::with_rep<units::latency, Rep> jitter;
    auto jitter_known = answer_of<Rep>(true);
    ratio loss = ratio(Rep(0.0));
    auto loss_known = answer_of<Rep>(true);
    const auto connect = [&](const pair_features<Rep>& c, const auto& bits) __attribute__((always_inline)) {
        const auto connected = c.rate.si() > Rep(0.0);
        const auto span = select(connected, leased, decltype(leased){});
        const units::with_rep<units::bit_rate, Rep> wire = c.rate + c.headers;
        reserved += wire;
        const auto billed = select(connected, bill::time<Rep>(leased, c.least_lease, c.lease_step), decltype(leased){});
        lease.add(billed * c.lease.value_or(wire * lease_stand_in), either(c.lease.known(), !connected));
        set_up.add(select(connected, c.set_up_fee.value_or(set_up_stand_in), money{}),
                   either(c.set_up_fee.known(), !connected));
        storage.add(bits * c.egress.value_or(select(connected, volume_price(egress_stand_in), volume_price{})),
                    either(either(c.egress.known(), !connected), bits.si() <= Rep(0.0)));
        transport += c.power * span;
        network = network * select(connected, c.availability, ratio(Rep(1.0)));
        network_known = both(network_known, either(c.availability_known, !connected));
        jitter = units::max(jitter, select(connected, c.jitter, decltype(jitter){}));
        jitter_known = both(jitter_known, either(c.jitter_known, !connected));
        loss = units::max(loss, select(connected, c.loss, ratio(Rep(0.0))));
        loss_known = both(loss_known, either(c.loss_known, !connected));
    };
    const int pairs = f.sites * (f.sites - 1) / 2;
    // Both ways. Where layers are divided, every cut carries the same, and what joins no neighbours carries nothing.
    const units::with_rep<units::volume, Rep> moved(2.0 * p.carried);
    // Each of the sites - 1 cuts, or lines of a tree:
    const auto each = moved / static_cast<double>(f.sites > 1 ? f.sites - 1 : 1);
    const auto staged = p.pipelined > Rep(0.0);
    if (f.sites == 2) {
        const auto connected = f.pair[0].rate.si() > Rep(0.0);
        connect(f.pair[0], select(either(connected, staged), each, decltype(moved){}));
    } else if (f.sites > 2) {
        Rep share[max_pairs];
        collectives::tree_shares(
            f.sites, [&](int i, int j) { return f.pair[pair_index(i, j)].rate; }, share);
        for (int k = 0, last = 0, j = 1; k < pairs; ++k) { // last: of the pairs of share j, that with the one before it
            connect(f.pair[k], select(staged, Rep(k == last ? 1.0 : 0.0), share[k]) * each);
            if (k == last) last += ++j;
        }
    }
    connect(f.access, p.fetched);
    reserved -= (1.0 - f.own_access) * (f.access.rate + f.access.headers); // a pair's connection is reserved once
    // Transport is fed at the first site's grid.
    carbon.add(transport * grid.carbon[0].value_or(carbon_stand_in),
               either(grid.carbon[0].known(), transport.si() <= Rep(0.0)));

    const ratio up = network * sites;
    const units::with_rep<units::duration, Rep> down = (1.0 - up) * run;
    const money outages = down * v.value_of_time;
    const auto spent = compute.sum + storage.sum + lease.sum + set_up.sum + power_bill.sum + outages;
    const auto spent_known =
        both(both(both(compute.known, storage.known), both(lease.known, set_up.known)), power_bill.known);
    const auto offered = reserved * leased;
    const auto any_network = offered.si() > Rep(0.0);
    const ratio useful = (p.carried + p.fetched) / select(any_network, offered, decltype(offered)::from_si(Rep(1.0)));
    // The gate: what is beyond all figures, or is none, does not leave. check() and evaluators then say that it cannot be chosen.
    const auto h = [](auto q) { return units::saturate(q); };
    const auto m = [](answer_t<Rep> known, auto q) { return maybe<decltype(q)>::where(known, units::saturate(q)); };
    return {.time = {.queue = h(p.queue),
                     .provisioning = h(p.provisioning),
                     .staging = h(p.staging),
                     .compute = h(p.compute),
                     .exposed_communication = h(p.exposed),
                     .lost = h(p.lost),
                     .completion = h(completion),
                     .step = h(p.step),
                     .first_token = h(p.first_token),
                     .per_token = h(p.per_token),
                     .outages = h(down),
                     .wait = m(wait_known, wait),
                     .jitter = m(jitter_known, jitter),
                     .loss = m(loss_known, loss)},
            .money = {.compute = compute.value(),
                      .storage = storage.value(),
                      .lease = lease.value(),
                      .set_up = set_up.value(),
                      .energy = power_bill.value(),
                      .outages = h(outages),
                      .total = m(spent_known, money(spent))},
            .energy = {.it = used.value(),
                       .facility = facility.value(),
                       .transport = h(transport),
                       .carbon = carbon.value(),
                       .peak_power = peak_power.value()},
            .reliability = {.network = m(network_known, network),
                            .sites = m(sites_known, sites),
                            .joint = m(both(network_known, sites_known), up),
                            .goodput = h(p.goodput),
                            .attainment = h(p.attainment),
                            .memory_share = h(p.memory_share),
                            .load = h(p.load),
                            .utilisation = h(p.utilisation)},
            .compute_efficiency = m(p.efficiency.known(), p.efficiency.value_or({})),
            // services fill both ways
            .network_efficiency = m(any_network, ratio(units::min(useful, ratio(Rep(1.0))))),
            .full_cost = h(money(spent + v.carbon_price * carbon.sum + v.value_of_time * completion)),
            .error_band = error_band};
}

/// What was not known of a candidate and matters to it. Bits of `unknowns`.
constexpr unsigned unknown_bits(const features<double>& f, const supply<double>& grid) {
    unsigned bits = 0;
    const auto lacks = [&](unsigned bit, bool known) { bits |= known ? 0u : bit; };
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.site[i];
        lacks(unknowns::price, s.price.known());
        lacks(unknowns::energy_price, grid.price[i].known() || s.energy_included >= 1.0);
        lacks(unknowns::carbon, grid.carbon[i].known());
        lacks(unknowns::pue, s.pue.known());
        lacks(unknowns::wait, s.queue_wait_known);
        lacks(unknowns::availability, s.availability_known);
        lacks(unknowns::power, s.power_known);
    }
    const auto connect = [&](const pair_features<double>& c) {
        if (!(c.rate.si() > 0)) return;
        lacks(unknowns::lease, c.lease.known());
        lacks(unknowns::set_up, c.set_up_fee.known());
        lacks(unknowns::egress, c.egress.known());
        lacks(unknowns::jitter, c.jitter_known);
        lacks(unknowns::loss, c.loss_known);
        lacks(unknowns::availability, c.availability_known);
        lacks(unknowns::carbon, grid.carbon[0].known() || !(c.power.si() > 0));
    };
    for (int i = 0; i < f.sites * (f.sites - 1) / 2; ++i) connect(f.pair[i]);
    connect(f.access);
    return bits;
}

} // namespace uonaco::inline UONACO_ABI
