// SPDX-License-Identifier: Apache-2.0
// A request: a workload looked up in a survey, with what it may use and what its time is worth.
#pragma once

#include "survey.hpp"

#include "../model/plan_search.hpp"

#include "../workload/workload.hpp"

namespace uonaco::inline UONACO_ABI {

/// Refers to the workload, which must outlive it.
struct request {
    const workload* asked = nullptr;
    units::instant now{};                      ///< when it is submitted
    std::vector<row<pool_tag>> pools{};        ///< that could do, however many devices are free now
    std::vector<row<site_tag>> destinations{}; ///< of a transfer
    row<site_tag> source{};                    ///< of data, or of users' requests
    units::volume data{};                      ///< to be staged, streamed or transferred
    maybe<units::memory_rate> read_rate{};
    maybe<units::volume_price> egress{}; ///< of the storage it leaves; 0 where none is billed
    uonaco::precision precision = uonaco::precision::bf16;
    std::vector<plan_search::site_devices>
        plannable{}; ///< by row of pool, of a training whose shape is known; else empty
    training_stack stack{};
    valuation value{};
    std::string rate_origin{}; ///< how the value of time came about, for people

    bool is_transfer() const { return std::holds_alternative<transfer>(asked->task); }
    /// Whether answers go back over the access connection.
    bool is_service() const {
        return std::holds_alternative<inference>(asked->task) || std::holds_alternative<session>(asked->task);
    }
};

namespace detail {
template <class Ids, class Id>
bool contains(const Ids& ids, const Id& id) {
    for (const auto& i : ids)
        if (i == id) return true;
    return false;
}
UONACO_LAZY
bool admits(const workload& w, const uonaco::site& s) {
    if (!w.locality.allowed_sites.empty() && !contains(w.locality.allowed_sites, s.id)) return false;
    return !contains(w.locality.denied_sites, s.id) && s.security.covers(w.security);
}
UONACO_LAZY
bool admits(const workload& w, const compute_pool& p, const pool_facts& f) {
    if (p.device_type != w.devices.type) return false;
    if (!w.devices.models.empty() && !contains(w.devices.models, p.model)) return false;
    return !w.devices.min_memory || (f.memory && *f.memory >= *w.devices.min_memory);
}
UONACO_LAZY
precision precision_of(const workload& w) {
    if (const auto* t = std::get_if<training>(&w.task)) return t->precision;
    if (const auto* i = std::get_if<inference>(&w.task)) return i->model.precision;
    if (const auto* s = std::get_if<session>(&w.task)) return s->model.precision;
    return precision::bf16;
}
UONACO_LAZY
plan_search::site_devices plannable(const compute_pool& p, const pool_facts& f, precision asked) {
    accelerator a;
    a.model = late<UonacoLazy_>(p.model).c_str();
    a.type = p.device_type;
    a.peak = f.peak;
    a.memory = f.memory;
    a.memory_rate = f.memory_rate;
    a.interconnect_rate = f.interconnect;
    return plan_search::devices_of(a, asked);
}
template <class T>
void take_larger(maybe<T>& largest, const maybe<T>& x) {
    if (x && (!largest || *largest < *x)) largest = x;
}
// The price in the middle when every device is counted: half of them cost no more. O(n^2) over pools.
UONACO_LAZY
maybe<units::price_rate> median_price(const survey& s, const std::vector<row<pool_tag>>& pools) {
    const auto size = [](const compute_pool& p) { return p.total_count < p.free_count ? p.free_count : p.total_count; };
    units::count all = 0;
    for (const auto p : pools)
        if (s.world().pools[p.value].price) all += size(s.world().pools[p.value]);
    maybe<units::price_rate> median;
    for (const auto p : pools) {
        const compute_pool& candidate = s.world().pools[p.value];
        if (!candidate.price) continue;
        units::count not_dearer = 0;
        for (const auto q : pools) {
            const compute_pool& other = s.world().pools[q.value];
            if (other.price && *other.price <= *candidate.price) not_dearer += size(other);
        }
        if (2 * not_dearer >= all && (!median || *candidate.price < *median)) median = candidate.price;
    }
    return median;
}
UONACO_LAZY
void value(request& r, const survey& s) {
    const auto& e = late<UonacoLazy_>(s.world());
    for (const auto p : r.pools) take_larger(r.value.price_stand_in, e.pools[p.value].price);
    for (unsigned i = 0; i < e.sites.size(); ++i) {
        take_larger(r.value.pue_stand_in, e.sites[i].pue);
        const site_supply& g = s.supply_at(i);
        take_larger(r.value.carbon_stand_in, g.carbon ? g.carbon : g.carbon_hours.mean());
        take_larger(r.value.energy_price_stand_in, g.price ? g.price : g.price_hours.mean());
    }
    for (const tariff& t : e.tariffs) {
        take_larger(r.value.lease_stand_in, t.lease);
        take_larger(r.value.set_up_stand_in, t.set_up_fee);
    }
    for (const wan_link& l : e.links) {
        if (l.create) take_larger(r.value.set_up_stand_in, l.create->set_up_fee);
        if (l.resize) take_larger(r.value.set_up_stand_in, l.resize->set_up_fee);
        take_larger(r.value.lease_stand_in, l.price);
        take_larger(r.value.egress_stand_in, l.egress_price);
    }
    for (const storage_pool& p : e.storage) take_larger(r.value.egress_stand_in, p.egress_price);

    if (r.asked->value_of_time) {
        r.value.value_of_time = *r.asked->value_of_time;
        r.rate_origin = "stated";
        return;
    }
    const auto rental = median_price(s, r.pools);
    if (rental && r.asked->devices.count > 0) {
        r.value.value_of_time = static_cast<double>(r.asked->devices.count) * *rental;
        r.rate_origin = "market rental of the devices requested";
    } else {
        r.rate_origin =
            r.asked->devices.count > 0 ? "none: no rental price is known" : "none stated, and no devices are requested";
    }
}
} // namespace detail

/// Looks a workload up. Errors: not_found for ids that name nothing. O(pools + sites).
UONACO_LAZY
result<request> resolve(const survey& s, const workload& w, units::instant now = {},
                        units::carbon_price carbon_price = {}) {
    const auto missing = [&](const std::string& id, const char* what) {
        return failure{errc::not_found, w.id.text, 0.0,
                       std::string("workload ") + w.id.text + " names an unknown " + what + " '" + id + "'"};
    };
    detail::later_t<request, UonacoLazy_> r;
    r.asked = &w;
    r.now = now;
    r.precision = detail::precision_of(w);
    r.egress = units::volume_price{};

    const auto take_data = [&](const dataset_id& id) {
        const auto d = s.data(id);
        if (!d) return false;
        const dataset& data = s.world().datasets[d.value];
        r.source = s.site(data.site);
        r.data = data.volume;
        if (!data.storage.empty()) {
            if (const auto from = s.storage(data.storage)) {
                r.read_rate = s.world().storage[from.value].read_rate;
                r.egress = s.world().storage[from.value].egress_price;
                if (!r.egress)
                    r.egress = units::volume_price{}; // storage that states no price of its own leaves it to the links
            }
        }
        return static_cast<bool>(r.source);
    };

    for (const site_id& id : w.locality.allowed_sites)
        if (!s.site(id)) return missing(id.text, "site");
    for (const site_id& id : w.locality.denied_sites)
        if (!s.site(id)) return missing(id.text, "site");
    if (!w.locality.user_site.empty() && !(r.source = s.site(w.locality.user_site)))
        return missing(w.locality.user_site.text, "site");

    if (const auto* t = std::get_if<training>(&w.task)) {
        if (!t->data.empty() && !take_data(t->data)) return missing(t->data.text, "dataset");
        if (t->data.empty()) r.source = {};
        if (t->shape) {
            r.stack = find_training_stack(t->stack);
            r.plannable.resize(s.world().pools.size());
            for (unsigned i = 0; i < r.plannable.size(); ++i)
                r.plannable[i] = detail::plannable(s.world().pools[i], s.facts({i}), t->precision);
        }
    }
    if (const auto* t = std::get_if<transfer>(&w.task)) {
        r.source = {};
        if (!t->data.empty() && !take_data(t->data)) return missing(t->data.text, "dataset");
        if (t->volume) r.data = *t->volume;
        if (!t->from.empty() && !(r.source = s.site(t->from))) return missing(t->from.text, "site");
        if (!r.source)
            return failure{errc::not_found, w.id.text, 0.0,
                           "transfer " + w.id.text + " names neither a dataset nor a site to come from"};
        if (!t->to.empty()) {
            const auto to = s.site(t->to);
            if (!to) return missing(t->to.text, "site");
            r.destinations.push_back(to);
        } else {
            for (const storage_pool& p : s.world().storage) {
                const auto at = s.site(p.site);
                const bool room = p.free.value_or(p.capacity) >= r.data;
                if (at && !(at == r.source) && room && !detail::contains(r.destinations, at))
                    r.destinations.push_back(at);
            }
        }
        for (unsigned i = 0; i < r.destinations.size();)
            if (detail::admits(w, s.world().sites[r.destinations[i].value]))
                ++i;
            else
                r.destinations.erase(r.destinations.begin() + i);
    } else {
        for (unsigned i = 0; i < s.world().pools.size(); ++i) {
            const detail::later_t<row<pool_tag>, UonacoLazy_> p{i};
            const bool usable = s.facts(p).peak.at(r.precision).known() && s.facts(p).memory.known();
            if (usable && detail::admits(w, s.world().pools[i], s.facts(p)) && detail::admits(w, s.site_of(p)))
                r.pools.push_back(p);
        }
    }
    r.value.carbon_price = carbon_price;
    detail::value(r, s);
    return r;
}

} // namespace uonaco::inline UONACO_ABI
