// SPDX-License-Identifier: Apache-2.0
// The checked door to the formulas: features that a caller filled give an outcome whose figures are numbers, or a named error.
#pragma once

#include "constraints.hpp"
#include "settle.hpp"

#include "../base/result.hpp"
#include "../decision/features.hpp"
#include "../model/inference_model.hpp"
#include "../model/training_model.hpp"
#include "../model/transfer_model.hpp"
#include "../units/magnitude.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// What of features no formula takes.
struct feature_fault {
    errc code = errc::none;
    const char* figure = ""; ///< a column, "site.peak"
    int row = 0;             ///< of the site, stage or pair
    double found = 0;        ///< in SI units

    constexpr explicit operator bool() const { return code != errc::none; }
};

namespace detail {
// Keeps the first figure that is outside. Bounds are the records' own (units::magnitude_of), in SI units.
struct feature_check {
    feature_fault fault{};
    const char* figure = "";
    int row = 0;

    constexpr void say(errc code, const char* column, double found) {
        if (!fault) fault = {code, column, row, found};
    }
    constexpr void within(const char* column, double x, double least, double most) {
        if (!(x >= least && x <= most)) say(errc::out_of_range, column, x); // also what is no number
    }
    /// Made of others by sums and products, or counted: nothing is divided by it.
    constexpr void at_most(const char* column, double x, double most) { within(column, x, 0.0, most); }
    template <class K>
    constexpr void some(const char* column, quantity<K> q) {
        constexpr units::magnitude m = units::magnitude_of<K>();
        within(column, q.si(), m.least * K::exchange, m.most * K::exchange);
    }
    template <class K>
    constexpr void any(const char* column, quantity<K> q) {
        if (q.si() != 0) some(column, q);
    }
    template <class K>
    constexpr void any(const char* column, const maybe<quantity<K>>& q) {
        if (q) any(column, *q);
    }
    /// One over a time, or of an availability, hence near 0 without being it.
    constexpr void failures(const char* column, units::frequency f) { at_most(column, f.si(), 1e12); }

    constexpr void share(const site_features<double>& s) {
        within("site.devices", s.devices, 1.0, units::most_counted);
        some("site.peak", s.peak);
        some("site.mfu", s.mfu);
        some("site.memory", s.memory);
        any("site.planned_memory", s.planned_memory);
        any("site.queue_wait", s.queue_wait);
        failures("site.failure_rate", s.failure_rate);
        any("site.memory_rate", s.memory_rate);
        any("site.interconnect", s.interconnect);
        any("site.idle_power", s.idle_power);
        any("site.max_power", s.max_power);
        any("site.host_power", s.host_power);
        if (s.pue) within("site.pue", *s.pue, 1.0, 5.0); // as a site's record
        any("site.price", s.price);
        any("site.energy_included", s.energy_included);
        any("site.availability", s.availability);
    }
    constexpr void stage(const stage_features<double>& s) {
        any("stage.step", s.step);
        at_most("stage.stages", s.stages, units::most_counted);
        at_most("stage.micro_batches", s.micro_batches, units::most_counted);
        any("stage.memory", s.memory);
        any("stage.interval", s.interval);
        any("stage.passage", s.passage);
        at_most("stage.chunks", s.chunks, units::most_counted);
        any("stage.interleaved_memory", s.interleaved_memory);
    }
    constexpr void pair(const pair_features<double>& p) {
        any("pair.rate", p.rate);
        any("pair.delay", p.delay);
        any("pair.jitter", p.jitter);
        any("pair.loss", p.loss);
        any("pair.lead_time", p.lead_time);
        failures("pair.failure_rate", p.failure_rate);
        if (p.lease) at_most("pair.lease", p.lease->si(), 1e18 / units::kinds::hour); // the dearest of the fastest
        any("pair.set_up_fee", p.set_up_fee);
        any("pair.egress", p.egress);
        at_most("pair.power", p.power.si(), 1e15); // likewise
        any("pair.least_lease", p.least_lease);
        any("pair.lease_step", p.lease_step);
        at_most("pair.headers", p.headers.si(), 1e18);
        any("pair.availability", p.availability);
    }
};
constexpr bool connected(const features<double>& f, int site) {
    for (int other = 0; other < f.sites; ++other)
        if (other != site && f.pair[pair_index(other, site)].rate.si() > 0) return true;
    return false;
}
} // namespace detail

/// Whether the formulas take these features: each figure is 0 or within the bounds that the same figure of a record has, what is
/// divided by is above 0, every share is connected to another (else unreachable), and so is data that has to move. The first that
/// is not is named. O(sites^2), no allocation.
constexpr feature_fault check(const features<double>& f) {
    detail::feature_check c;
    if (f.sites < 0 || f.sites > max_shares) {
        c.say(errc::too_many, "sites", f.sites);
        return c.fault;
    }
    for (int i = 0; i < f.sites; ++i) {
        c.row = i;
        c.share(f.site[i]);
        if (f.sites == 1) continue;
        c.stage(f.stage[i]);
        if (!detail::connected(f, i)) c.say(errc::unreachable, "pair.rate", 0.0);
    }
    for (int i = 0; i < f.sites * (f.sites - 1) / 2; ++i) {
        c.row = i;
        c.pair(f.pair[i]);
    }
    c.row = 0;
    c.pair(f.access);
    c.at_most("group_egress", f.group_egress.si(), 1e20); // of at most 16 pairs
    c.any("staging", f.staging);
    c.any("read_rate", f.read_rate);
    c.any("start_delay", f.start_delay);
    c.any("own_access", f.own_access);
    if (f.staging.si() > 0 && !(f.access.rate.si() > 0)) c.say(errc::unreachable, "access.rate", 0.0);
    return c.fault;
}

/// The same for a task: who computes needs a site, who serves the rate of its memory.
template <class Task>
constexpr feature_fault check(const features<double>& f, const Task& task) {
    if (const feature_fault fault = check(f)) return fault;
    if constexpr (requires { task.to; }) { // a transfer computes nothing
        return {};
    } else {
        if (f.sites < 1) return {errc::no_candidate, "sites", 0, 0.0};
        if constexpr (requires { task.model.devices_per_replica; }) {
            for (int i = 0; i < f.sites; ++i)
                if (!(f.site[i].memory_rate.si() > 0)) return {errc::out_of_range, "site.memory_rate", i, 0.0};
            if (task.model.devices_per_replica < 1)
                return {errc::out_of_range, "model.devices_per_replica", 0,
                        static_cast<double>(task.model.devices_per_replica)};
        }
        return {};
    }
}

/// check(), compute() and settle() in one call. Task: training, inference, session or transfer. Errors: what check() finds; and
/// out_of_range where what the task, the grid or the valuation asks for is beyond what a double can hold. So each figure that comes
/// out is finite. O(sites^2); allocates only to name an error.
template <class Task>
result<outcome<double>> outcome_of(const features<double>& f, const Task& task, const calibration& c = {},
                                   const supply<double>& grid = {}, const valuation& v = {},
                                   units::ratio error_band = {}) {
    if (const feature_fault x = check(f, task))
        return failure{x.code, x.figure, 0.0,
                       std::string(x.figure) + " of row " + std::to_string(x.row) + ": " + to_string(x.code)};
    const outcome<double> o = settle(f, compute(f, task, c), grid, v, error_band);
    if (!in_range(o))
        return failure{errc::out_of_range, "outcome", 0.0, "what the task asks for is beyond all figures"};
    return o;
}

} // namespace uonaco::inline UONACO_ABI
