// SPDX-License-Identifier: Apache-2.0
// One candidate from end to end: gather, compute, hold to the power there is, settle, hold to the limits.
#pragma once

#include "constraints.hpp"
#include "gather.hpp"
#include "limited_run.hpp"

#include "../model/inference_model.hpp"
#include "../model/training_model.hpp"
#include "../model/transfer_model.hpp"

namespace uonaco::inline UONACO_ABI {

/// What a workload of any family takes: the formulas of its task. O(sites^2).
template <class Rep>
constexpr performance<Rep> compute(const features<Rep>& f, const workload& w, const calibration& c) {
    if (const auto* t = std::get_if<training>(&w.task)) return compute(f, *t, c);
    if (const auto* i = std::get_if<inference>(&w.task)) return compute(f, *i, c);
    if (const auto* s = std::get_if<session>(&w.task)) return compute(f, *s, c);
    return compute(f, *std::get_if<transfer>(&w.task), c);
}

/// Half-width within which the family's predictions are known to fall.
constexpr units::ratio error_band(const workload& w, const error_bands& b = {}) {
    const units::ratio bands[] = {b.training, b.inference, b.transfer, b.session};
    return bands[w.task.index()];
}
/// The same of a candidate: narrower for a service whose replicas are known at every share.
constexpr units::ratio error_band(const workload& w, const features<double>& f, const error_bands& b = {}) {
    bool known = f.sites > 0 && (std::holds_alternative<inference>(w.task) || std::holds_alternative<session>(w.task));
    for (int i = 0; i < f.sites; ++i) known = known && f.replica[i].service.si() > 0;
    return known ? b.known_replica : error_band(w, b);
}

struct assessment {
    features<double> figures{};
    uonaco::performance<double> performance{};
    uonaco::outcome<double> outcome{};
    uonaco::verdict verdict{};
    plan_search::recent_plans plans{};
    errc structural = errc::none; ///< why it cannot be at all, before any formula

    bool feasible() const { return structural == errc::none && verdict.feasible(); }
    errc reason() const { return structural != errc::none ? structural : verdict.reason(); }
};

/// Into an assessment, so that a loop reuses one. No allocation.
UONACO_LAZY
void assess(const survey& s, const request& r, const candidate& c, assessment& into) {
    auto& a = detail::late<UonacoLazy_>(into);
    a.structural = gather(s, r, c, a.figures, &a.plans);
    if (a.structural != errc::none) return;
    a.performance = compute(a.figures, *r.asked, s.constants());
    a.structural = limit_run(s, r, c, a.figures, a.performance);
    if (a.structural != errc::none) return;
    a.outcome = settle(a.figures, a.performance, supply_over_run(s, r, c, a.performance), r.value,
                       error_band(*r.asked, a.figures));
    a.verdict = check(a.outcome, *r.asked);
}

/// The same workload with a network that is free, instant and everywhere, without a queue and at full power: what joint efficiency is
/// measured against. Devices must be free all the same.
UONACO_LAZY
void assess_relaxed(const survey& s, const request& r, const candidate& c, assessment& into) {
    auto& a = detail::late<UonacoLazy_>(into);
    auto& f = a.figures;
    f.clear(c.size);
    a.structural = errc::none;
    for (int i = 0; i < c.size; ++i) {
        if (c.shares[i].devices < 1 || c.shares[i].devices > s.free_devices(c.shares[i].pool))
            a.structural = errc::over_capacity;
        detail::fill_share(f.site[i], s, r, c.shares[i]);
        if (!r.replicas.empty()) f.replica[i] = r.replicas[c.shares[i].pool.value];
        f.site[i].queue_wait = {};
        f.site[i].queue_wait_known = true;
        if (!detail::computable(f.site[i], r)) a.structural = errc::unknown_value;
    }
    if (a.structural == errc::none && !r.plannable.empty()) a.structural = detail::fill_plans(s, r, c, f, a.plans);
    const auto free_and_instant = [](pair_features<double>& p) {
        p.rate = units::bit_rate::from_si(1e18);
        p.lease = units::price_rate{};
        p.set_up_fee = units::money{};
        p.egress = units::volume_price{};
    };
    for (int i = 0; i < c.size * (c.size - 1) / 2; ++i) free_and_instant(f.pair[i]);
    if (access_target(s, r, c)) {
        free_and_instant(f.access);
        f.staging = r.is_transfer() ? r.data : units::volume{};
    }
    if (a.structural != errc::none) return;
    a.performance = compute(f, *r.asked, s.constants());
    a.outcome = settle(f, a.performance, supply_over_run(s, r, c, a.performance), r.value, error_band(*r.asked, f));
    a.verdict = check(a.outcome, *r.asked);
}

} // namespace uonaco::inline UONACO_ABI
