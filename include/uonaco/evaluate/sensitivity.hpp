// SPDX-License-Identifier: Apache-2.0
// What a little more of each input would do to a candidate: the price at which another Gb/s pays.
#pragma once

#include "settle.hpp"

#include "../base/dual.hpp"
#include "../base/result.hpp"
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
    per<units::money, units::price_rate> lease{};    ///< full cost for each USD/h: the time that is paid for
    per<units::money, units::volume_price> egress{}; ///< full cost for each USD/GB: the volume that is paid for
    per<units::money, units::power> power{};         ///< of all its equipment: the carbon of what it draws
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
    constexpr void operator()(bool& to, bool from) const { to = from; }
};

/// An input of the formulas as the one that a direction moves, and as a constant again.
template <class K, int N>
constexpr void vary(quantity<K, dual<N>>& q, int direction) {
    q = quantity<K, dual<N>>::from_si(dual<N>::variable(q.si().value, direction));
}
template <class K, int N>
constexpr void hold(quantity<K, dual<N>>& q) {
    q = quantity<K, dual<N>>::from_si(q.si().value);
}
template <class K, int N>
constexpr void vary(maybe<quantity<K, dual<N>>>& q, int direction) {
    auto value = *q;
    vary(value, direction);
    q = value;
}
template <class K, int N>
constexpr void hold(maybe<quantity<K, dual<N>>>& q) {
    auto value = *q;
    hold(value);
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

/// What is not known, with its stand-in: then it has a slope, too.
template <class K, class R, class Q>
constexpr void assume(maybe<quantity<K, R>>& to, const maybe<quantity<K>>& known, const maybe<Q>& stand_in) {
    to = quantity<K, R>(known.value_or(stand_in.value_or({})));
}

/// The inputs of one candidate, numbered: those of connections that durations depend on, then those that only cost does.
template <int N>
class numbered_inputs {
  public:
    using rep = dual<N>;

    constexpr numbered_inputs(const features<double>& f, const supply<double>& g, const valuation& v, sensitivity& s)
        : shares_(f.sites > 0 ? f.sites : 1) {
        figures.sites = s.sites = f.sites;
        for_each_column(figures, f, held_constant<rep>{});
        figures.group_egress = {}; // it moves with the rates
        connect(figures.access, f.access, s.access, v);
        for (int i = 0; i < f.sites * (f.sites - 1) / 2; ++i) connect(figures.pair[i], f.pair[i], s.pair[i], v);
        for (int i = 0; i < shares_; ++i) {
            assume(figures.site[i].price, f.site[i].price, v.price_stand_in);
            assume(grid.price[i], g.price[i], v.energy_price_stand_in);
            assume(grid.carbon[i], g.carbon[i], v.carbon_stand_in);
        }
        share_ = s.site;
    }

    features<rep> figures{};
    supply<rep> grid{};

    constexpr int of_durations() const { return 3 * connections_; }
    constexpr int of_costs() const { return 3 * connections_ + 4 * shares_; }

    /// `change(input)` for input i of those of durations; `change(input, result)` where one is wanted.
    template <class F>
    constexpr void duration_input(int i, F change) {
        pair_features<rep>& p = *connection_[i / 3];
        connection_sensitivity& to = *of_[i / 3];
        switch (i % 3) {
        case 0: return change(p.rate, to.rate);
        case 1: return change(p.delay, to.delay);
        default: return change(p.loss, to.loss);
        }
    }
    template <class F>
    constexpr void cost_input(int i, F change) {
        if (i < 3 * connections_) {
            pair_features<rep>& p = *connection_[i / 3];
            connection_sensitivity& to = *of_[i / 3];
            switch (i % 3) {
            case 0: return change(p.lease, to.lease);
            case 1: return change(p.egress, to.egress);
            default: return change(p.power, to.power);
            }
        }
        const int at = (i - 3 * connections_) / 4;
        switch ((i - 3 * connections_) % 4) {
        case 0: return change(figures.site[at].price, share_[at].price);
        case 1: return change(grid.price[at], share_[at].energy_price);
        case 2: return change(grid.carbon[at], share_[at].carbon);
        default: return change(figures.site[at].host_power, share_[at].power);
        }
    }

  private:
    constexpr void connect(pair_features<rep>& p, const pair_features<double>& known, connection_sensitivity& to,
                           const valuation& v) {
        if (!(known.rate.si() > 0)) return;
        if (!p.lease)
            p.lease =
                units::with_rep<units::price_rate, rep>((known.rate + known.headers) * v.lease_stand_in.value_or({}));
        assume(p.egress, known.egress, v.egress_stand_in);
        connection_[connections_] = &p;
        of_[connections_++] = &to;
    }

    int shares_;
    int connections_ = 0;
    pair_features<rep>* connection_[max_pairs + 1]{};
    connection_sensitivity* of_[max_pairs + 1]{};
    share_sensitivity* share_ = nullptr;
};
} // namespace detail

/// Of completion, step, first token and full cost, by the formulas themselves over dual numbers. What is not known counts with its
/// stand-in; what the grid gives is held although a run that ends later meets other hours. Preconditions as of compute(), and no hours
/// of little power slow the run: they are no features, and its slopes would be those at full speed. The
/// formulas are passed through once for every UONACO_LANES inputs; those that only cost depends on take settle() alone.
template <class Task>
constexpr sensitivity sensitivities(const features<double>& f, const Task& task, const supply<double>& grid,
                                    const valuation& v, const calibration& c = {}) {
    constexpr int width = width_v<detail::later_t<native_lanes, Task>>;
    sensitivity s;
    detail::numbered_inputs<width> x(f, grid, v, s);
    const auto pass = [](int all, auto input, auto outcome_now, auto read) {
        for (int first = 0; first < all; first += width) {
            const int n = all - first < width ? all - first : width;
            for (int i = 0; i < n; ++i) input(first + i, [i](auto& q, auto&) { detail::vary(q, i); });
            const auto o = outcome_now();
            for (int i = 0; i < n; ++i)
                input(first + i, [&](auto& q, auto& result) {
                    read(result, o, i);
                    detail::hold(q);
                });
        }
    };
    pass(
        x.of_durations(), [&](int i, auto change) { x.duration_input(i, change); },
        [&] { return settle(x.figures, compute(x.figures, task, c), x.grid, v); },
        [](auto& result, const auto& o, int i) { detail::read(result, o, i); });
    const auto p = compute(x.figures, task, c);
    pass(
        x.of_costs(), [&](int i, auto change) { x.cost_input(i, change); },
        [&] { return settle(x.figures, p, x.grid, v).full_cost; },
        [](auto& result, const auto& cost, int i) { detail::read(result, cost, i); });
    return s;
}

/// The same of a run as it was assessed. Error: over_power where hours of little power slow it (performance::held_up).
template <class Task>
constexpr basic_result<sensitivity, errc> sensitivities(const features<double>& f, const performance<double>& assessed,
                                                        const Task& task, const supply<double>& grid,
                                                        const valuation& v, const calibration& c = {}) {
    if (assessed.held_up.si() > 0) return errc::over_power;
    return sensitivities(f, task, grid, v, c);
}

} // namespace uonaco::inline UONACO_ABI
