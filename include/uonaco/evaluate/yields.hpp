// SPDX-License-Identifier: Apache-2.0
// What an outcome yields for what it costs: carbon and money a token, work a joule, and what of the devices' speed arrives.
#pragma once

#include "../decision/features.hpp"
#include "../decision/outcome.hpp"
#include "../model/calibration.hpp"
#include "../model/transformer_work.hpp"
#include "../workload/inference.hpp"
#include "../workload/training.hpp"

namespace uonaco::inline UONACO_ABI::yields {

// Functional units. What is asked of an inference is what arrives in its time, whether within the objective or not.

/// Tokens that are trained on.
constexpr units::factor tokens(const training& t) {
    return static_cast<double>(t.steps) * static_cast<double>(t.tokens_per_step);
}
/// Tokens that are written.
constexpr units::factor tokens(const inference& w) {
    return units::factor(w.requests * w.duration * static_cast<double>(w.output_tokens));
}

/// F1: floating-point operations of the model itself, 6 N_act a token; recomputed ones and idle devices are no use.
constexpr units::work useful_work(const training& t, const calibration& c = {}) {
    const double active = transformer_work::trained_parameters(t);
    return units::work::from_si(static_cast<double>(c.flops_per_parameter * active * tokens(t)));
}
/// The same of a service, 2 N_act for each token of a prompt and of an answer.
constexpr units::work useful_work(const inference& w) {
    const double active = static_cast<double>(w.model.active_parameters.value_or(w.model.parameters));
    const double each = static_cast<double>(w.input_tokens) + static_cast<double>(w.output_tokens);
    return units::work::from_si(2.0 * active * each * static_cast<double>(units::factor(w.requests * w.duration)));
}

/// E6, SCI (ISO/IEC 21031): (E I + M) / R. E I is the outcome's carbon, of sites and transport, at the hours of the run; M, the share of
/// making that falls to the run, is the caller's (power::embodied_share). Unknown where the carbon is. Precondition: per > 0.
template <class Rep>
constexpr maybe<units::with_rep<units::carbon_mass, Rep>>
software_carbon_intensity(const outcome<Rep>& o, units::factor per, units::carbon_mass embodied = {}) {
    using carbon = units::with_rep<units::carbon_mass, Rep>;
    const auto& emitted = o.energy.carbon;
    return maybe<carbon>::where(emitted.known(), carbon((emitted.value_or({}) + embodied) / per));
}

/// J2: all money for each of so many units. Unknown where the money is. Precondition: per > 0.
template <class Rep>
constexpr maybe<units::with_rep<units::money, Rep>> money_each(const outcome<Rep>& o, units::factor per) {
    using money = units::with_rep<units::money, Rep>;
    return maybe<money>::where(o.money.total.known(), money(o.money.total.value_or({}) / per));
}

/// J1: useful work for each joule of sites and transport. Unknown where their energy is, or where there is none.
template <class Rep>
constexpr auto work_per_energy(const outcome<Rep>& o, units::work useful) {
    using energy = units::with_rep<units::energy, Rep>;
    const energy drawn = o.energy.total().value_or({});
    const auto any = drawn.si() > Rep(0.0);
    auto each = useful / select(any, drawn, energy::from_si(Rep(1.0)));
    return maybe<decltype(each)>::where(both(o.energy.total().known(), any), each);
}

/// J3: what is left of the speed of one site, x availability x requests within their objective. Unknown where one of them is.
template <class Rep>
constexpr maybe<units::with_rep<units::ratio, Rep>> joint_yield(const outcome<Rep>& o) {
    using ratio = units::with_rep<units::ratio, Rep>;
    const auto known = both(o.compute_efficiency.known(), o.reliability.joint.known());
    return maybe<ratio>::where(
        known, ratio(o.compute_efficiency.value_or({}) * o.reliability.joint.value_or({}) * o.reliability.attainment));
}

/// J4, equivalent computing power: sum of P_i u_i x E, the sustained speed of all devices as if at one site, x what the network leaves of
/// it. For training, where u is the model FLOP utilisation. Unknown where the efficiency is. O(sites).
template <class Rep>
constexpr maybe<units::with_rep<units::flops, Rep>> equivalent_speed(const features<Rep>& f, const outcome<Rep>& o) {
    using flops = units::with_rep<units::flops, Rep>;
    flops sum;
    for (int i = 0; i < f.sites; ++i) sum += f.site[i].devices * f.site[i].peak * f.site[i].mfu;
    return maybe<flops>::where(o.compute_efficiency.known(), flops(sum * o.compute_efficiency.value_or({})));
}

} // namespace uonaco::inline UONACO_ABI::yields
