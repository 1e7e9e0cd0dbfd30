// SPDX-License-Identifier: Apache-2.0
// What a little more of each input would do to a candidate: the price at which another Gb/s pays.
#pragma once

#include "settle.hpp"

#include "../base/dual.hpp"
#include "../model/inference_model.hpp"
#include "../model/training_model.hpp"
#include "../model/transfer_model.hpp"

namespace uonaco::inline UONACO_ABI {

/// A change of Of for each unit of By.
template <class Of, class By>
using per = decltype(Of{} / By{});

/// What more of one input does, the others held.
template <class Input>
struct effect {
    per<units::duration, Input> completion{};
    per<units::duration, Input> step{};       ///< training; 0 elsewhere
    per<units::latency, Input> first_token{}; ///< services; 0 elsewhere
    per<units::money, Input> full_cost{};
};

/// What is paid for the connection is held as well: -rate.full_cost * 1_Gbps is what another Gb/s is worth, to be set against
/// its price, lease * price + the price of its energy.
struct connection_sensitivity {
    effect<units::bit_rate> rate{};
    effect<units::latency> delay{}; ///< one way
    effect<units::ratio> loss{};
    per<units::money, units::price_rate> lease{}; ///< full cost for each USD/h: the time that is paid for
};

/// Full cost for each unit of what a share's devices cost, of what their grid gives, and of what one device draws.
struct share_sensitivity {
    per<units::money, units::price_rate> price{}; ///< of a device
    per<units::money, units::energy_price> energy_price{};
    per<units::money, units::carbon_intensity> carbon{};
    per<units::money, units::power> power{};
};

/// Derivatives towards more: at a kink, such as communication that is only just hidden, what an increase does. Connections that
/// do not exist have none. A transfer has one share, its destination.
struct sensitivity {
    int sites = 0;
    connection_sensitivity access{};
    connection_sensitivity pair[max_pairs]{}; ///< by pair_index
    share_sensitivity site[max_shares]{};
};

namespace detail {
/// From double to a Rep in which everything is constant.
template <class Rep>
struct held_constant {
    template <class K>
    constexpr void operator()(quantity<K, Rep>& to, const quantity<K>& from) const {
        to = from;
    }
    template <class K>
    constexpr void operator()(maybe<quantity<K, Rep>>& to, const maybe<quantity<K>>& from) const {
        to = {};
        if (from) to = quantity<K, Rep>(*from);
    }
};

template <class K, int N>
constexpr void vary(quantity<K, dual<N>>& q, int direction) {
    q = quantity<K, dual<N>>::from_si(dual<N>::variable(q.si().value, direction));
}
template <class K, int N>
constexpr void vary(maybe<quantity<K, dual<N>>>& q, int direction) {
    auto value = *q;
    vary(value, direction);
    q = value;
}
template <class To, class K, int N>
constexpr void read(To& to, const quantity<K, dual<N>>& figure, int direction) {
    to = To::from_si(figure.si().slope[direction]);
}
template <class Input, int N>
constexpr void read(effect<Input>& to, const outcome<dual<N>>& o, int direction) {
    read(to.completion, o.time.completion, direction);
    read(to.step, o.time.step, direction);
    read(to.first_token, o.time.first_token, direction);
    read(to.full_cost, o.full_cost, direction);
}
} // namespace detail

/// Of completion, step, first token and full cost, by the formulas themselves over dual numbers. What is not known counts with its
/// stand-in; what the grid gives is held although a run that ends later meets other hours. Preconditions as of compute(). One pass
/// of the formulas for two connections, and one for two shares.
template <class Task>
constexpr sensitivity sensitivities(const features<double>& f, const Task& task, const supply<double>& grid,
                                    const valuation& v, const calibration& c = {}) {
    constexpr int inputs = 4; // of a connection, and of a share
    constexpr int together = 2;
    using rep = dual<inputs * together>;
    const int pairs = f.sites * (f.sites - 1) / 2;
    const int shares = f.sites > 0 ? f.sites : 1;

    features<double> known = f;
    const auto with_lease = [&](pair_features<double>& p) {
        if (!p.lease) p.lease = units::price_rate(p.rate * v.lease_stand_in.value_or({}));
    };
    with_lease(known.access);
    for (int i = 0; i < pairs; ++i) with_lease(known.pair[i]);
    features<rep> x;
    x.sites = f.sites;
    for_each_column(x, known, detail::held_constant<rep>{});
    supply<rep> g;
    for (int i = 0; i < shares; ++i) {
        g.price[i] =
            units::with_rep<units::energy_price, rep>(grid.price[i].value_or(v.energy_price_stand_in.value_or({})));
        g.carbon[i] =
            units::with_rep<units::carbon_intensity, rep>(grid.carbon[i].value_or(v.carbon_stand_in.value_or({})));
        if (!x.site[i].price) x.site[i].price = units::with_rep<units::price_rate, rep>(v.price_stand_in.value_or({}));
    }

    sensitivity s;
    s.sites = f.sites;
    pair_features<rep>* connection[max_pairs + 1]{};
    connection_sensitivity* of[max_pairs + 1]{};
    int connections = 0;
    const auto exists = [&](pair_features<rep>& p, connection_sensitivity& to) {
        if (!(p.rate.si() > 0.0)) return;
        connection[connections] = &p;
        of[connections++] = &to;
    };
    exists(x.access, s.access);
    for (int i = 0; i < pairs; ++i) exists(x.pair[i], s.pair[i]);
    for (int first = 0; first < connections; first += together) {
        pair_features<rep> before[together];
        const int n = first + together < connections ? together : connections - first;
        for (int i = 0; i < n; ++i) {
            auto& p = *connection[first + i];
            before[i] = p;
            detail::vary(p.rate, inputs * i);
            detail::vary(p.delay, inputs * i + 1);
            detail::vary(p.loss, inputs * i + 2);
            detail::vary(p.lease, inputs * i + 3);
        }
        const auto o = settle(x, compute(x, task, c), g, v);
        for (int i = 0; i < n; ++i) {
            auto& to = *of[first + i];
            detail::read(to.rate, o, inputs * i);
            detail::read(to.delay, o, inputs * i + 1);
            detail::read(to.loss, o, inputs * i + 2);
            detail::read(to.lease, o.full_cost, inputs * i + 3);
            *connection[first + i] = before[i];
        }
    }

    const auto p = compute(x, task, c); // no duration depends on these
    for (int first = 0; first < shares; first += together) {
        site_features<rep> before[together];
        const auto at = g;
        const int n = first + together < shares ? together : shares - first;
        for (int i = 0; i < n; ++i) {
            auto& share = x.site[first + i];
            before[i] = share;
            detail::vary(share.price, inputs * i);
            detail::vary(g.price[first + i], inputs * i + 1);
            detail::vary(g.carbon[first + i], inputs * i + 2);
            detail::vary(share.host_power, inputs * i + 3);
        }
        const auto cost = settle(x, p, g, v).full_cost;
        for (int i = 0; i < n; ++i) {
            auto& to = s.site[first + i];
            detail::read(to.price, cost, inputs * i);
            detail::read(to.energy_price, cost, inputs * i + 1);
            detail::read(to.carbon, cost, inputs * i + 2);
            detail::read(to.power, cost, inputs * i + 3);
            x.site[first + i] = before[i];
        }
        g = at;
    }
    return s;
}

} // namespace uonaco::inline UONACO_ABI
