// SPDX-License-Identifier: Apache-2.0
// A request: a workload looked up in a survey, with what it may use and what its time is worth.
#pragma once

#include "survey.hpp"

#include "../model/plan_search.hpp"
#include "../model/served_replica.hpp"

#include "../workload/workload.hpp"

namespace uonaco::inline UONACO_ABI {

/// Refers to the workload, which must outlive it.
struct request {
    const workload* asked = nullptr;
    units::instant now{};                      ///< when it is submitted
    std::vector<row<pool_tag>> pools{};        ///< that could do, however many devices are free now
    std::vector<row<site_tag>> destinations{}; ///< of a transfer
    std::vector<errc> refusals{};              ///< by row of pools, of a transfer of sites: why not, or none
    row<site_tag> source{};                    ///< of data, or of users' requests
    errc source_refusal = errc::none;          ///< why nothing may be fetched from there
    units::volume data{};                      ///< to be staged, streamed or transferred
    maybe<units::memory_rate> read_rate{};
    maybe<units::volume_price> egress{}; ///< of the storage it leaves; 0 where no storage bills volume
    uonaco::precision precision = uonaco::precision::bf16;
    std::vector<plan_search::site_devices>
        plannable{}; ///< by row of pool, of a training whose shape is known; else empty
    training_stack stack{};
    std::vector<replica_features<double>>
        replicas{}; ///< by row of pool, of a service whose model's shape is known; else empty
    valuation value{};
    std::string rate_origin{}; ///< how the value of time came about, for people

    bool is_transfer() const { return std::holds_alternative<transfer>(asked->task); }
    /// Whether data is copied before the work begins, not streamed while it goes on.
    bool copies_first() const {
        const auto* t = std::get_if<training>(&asked->task);
        return t && !t->stream_data;
    }
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
/// The first storage of a site that `fits`, or no row. O(storage).
template <class Fits>
row<storage_tag> storage_at(const survey& s, row<site_tag> at, Fits fits) {
    for (unsigned i = 0; i < s.world().storage.size(); ++i)
        if (s.world().storage[i].site == s.world().sites[at.value].id && fits(row<storage_tag>{i})) return {i};
    return {};
}
UONACO_LAZY
bool has_storage(const survey& s, row<site_tag> at) {
    return static_cast<bool>(storage_at(s, at, [](row<storage_tag>) { return true; }));
}
/// Why data may not be kept, and work not be done, at a site.
UONACO_LAZY
errc refusal(const workload& w, const uonaco::site& s) {
    if (!w.locality.allowed_sites.empty() && !contains(w.locality.allowed_sites, s.id)) return errc::locality;
    if (contains(w.locality.denied_sites, s.id)) return errc::locality;
    return s.security.covers(w.security) ? errc::none : errc::isolation;
}
UONACO_LAZY
errc refusal(const workload& w, const compute_pool& p, const pool_facts& f, precision at) {
    if (p.device_type != w.devices.type) return errc::no_candidate;
    if (!w.devices.models.empty() && !contains(w.devices.models, p.model)) return errc::no_candidate;
    if (!f.peak.at(at).known() || !f.memory.known()) return errc::unknown_value;
    return w.devices.min_memory && *f.memory < *w.devices.min_memory ? errc::no_candidate : errc::none;
}
UONACO_LAZY
precision precision_of(const workload& w) {
    if (const auto* t = std::get_if<training>(&w.task)) return t->precision;
    if (const auto* i = std::get_if<inference>(&w.task)) return i->model.precision;
    if (const auto* s = std::get_if<session>(&w.task)) return s->model.precision;
    return precision::bf16;
}
/// A pool's devices as a row of the table of accelerators. Refers to the pool.
UONACO_LAZY
accelerator device_facts(const compute_pool& p, const pool_facts& f) {
    accelerator a;
    a.model = late<UonacoLazy_>(p.model).c_str();
    a.type = p.device_type;
    a.peak = f.peak;
    a.memory = f.memory;
    a.memory_rate = f.memory_rate;
    a.interconnect_rate = f.interconnect;
    return a;
}
UONACO_LAZY
plan_search::site_devices plannable(const compute_pool& p, const pool_facts& f, precision asked) {
    return plan_search::devices_of(device_facts(p, f), asked, {p.nic_rate, p.devices_per_node});
}
/// What a replica does on a pool's devices; all 0 where it is not known: figures are missing, or it does not fit a node.
UONACO_LAZY
replica_features<double> replica_at(const compute_pool& p, const pool_facts& f, const language_model& m,
                                    serving::request_shape r) {
    if (p.device_type == device_type::cpu || !f.memory || !(f.memory->si() > 0)) return {};
    if (p.devices_per_node && m.devices_per_replica > *p.devices_per_node) return {};
    const accelerator a = device_facts(p, f);
    auto d = batching::device_of(a, m.precision, has_gddr(a.model));
    if (p.memory) d.memory = *p.memory; // as it is; a table's is what it is sold with
    const auto& stack = find_serving_stack(m.stack.data(), m.stack.size());
    auto out = serving::served_replica(m, d, stack, r);
    out.needed = *f.memory / d.memory * out.needed; // a share of what features say there is
    return out;
}
template <class Service>
std::vector<replica_features<double>> replicas_of(const survey& s, const Service& w) {
    std::vector<replica_features<double>> all;
    if (!w.model.shape) return all;
    const auto r = serving::shape_of(w, s.constants());
    for (unsigned i = 0; i < s.world().pools.size(); ++i)
        all.push_back(replica_at(s.world().pools[i], s.facts({i}), w.model, r));
    return all;
}
template <class T>
void take_larger(maybe<T>& largest, const maybe<T>& x) {
    if (x && (!largest || *largest < *x)) largest = x;
}
template <class K>
void take_larger(maybe<quantity<K>>& largest, const step_series<K>& hours) {
    for (unsigned long i = 0; i < hours.size(); ++i) take_larger(largest, hours.step(i));
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
/// Where some bill time and others volume, and nobody says at what price one of them, the other stands in: what a bit costs at the full rate
/// of a lease, and the reverse. Else what is silent would rank as free beside what is not.
template <class Estate>
void stand_in_for_each_other(valuation& v, const Estate& e) {
    bool silent_volume = false, silent_time = false;
    for (const tariff& t : e.tariffs) {
        silent_volume = silent_volume || (counts(t) != billing::duration && !t.volume_price);
        silent_time = silent_time || (counts(t) != billing::volume && !t.lease);
    }
    for (const wan_link& l : e.links) silent_time = silent_time || (l.tariff.empty() && !l.price);
    if (silent_volume && !v.egress_stand_in && v.lease_stand_in)
        v.egress_stand_in = units::volume_price::from_si(v.lease_stand_in->si()), v.egress_from_lease = true;
    else if (silent_time && !v.lease_stand_in && v.egress_stand_in)
        v.lease_stand_in = units::bandwidth_price::from_si(v.egress_stand_in->si()), v.lease_from_egress = true;
}
// Money of an estate in another currency than that of the assumptions: the highest known, of pools one that would do.
UONACO_LAZY
void take_highest_known(request& r, const survey& s) {
    const auto& e = late<UonacoLazy_>(s.world());
    r.value.money_of_estate = true;
    for (const auto p : r.pools) {
        take_larger(r.value.price_stand_in, e.pools[p.value].price);
        take_larger(r.value.price_stand_in, e.pools[p.value].full_price);
    }
    for (unsigned i = 0; i < e.sites.size(); ++i) {
        const site_supply& g = s.supply_at(i);
        take_larger(r.value.energy_price_stand_in, g.price);
        take_larger(r.value.energy_price_stand_in, g.price_hours);
    }
    for (const tariff& t : e.tariffs) {
        take_larger(r.value.lease_stand_in, t.lease);
        take_larger(r.value.set_up_stand_in, t.set_up_fee);
        take_larger(r.value.egress_stand_in, t.volume_price);
    }
    for (const wan_link& l : e.links) {
        if (l.create) take_larger(r.value.set_up_stand_in, l.create->set_up_fee);
        if (l.resize) take_larger(r.value.set_up_stand_in, l.resize->set_up_fee);
        take_larger(r.value.lease_stand_in, l.price);
        take_larger(r.value.egress_stand_in, l.egress_price);
    }
    for (const storage_pool& p : e.storage) take_larger(r.value.egress_stand_in, p.egress_price);
    stand_in_for_each_other(r.value, e);
}
UONACO_LAZY
void assume(request& r, const survey& s) {
    const assumptions& a = s.constants().assumed;
    valuation& v = r.value;
    v.pue_stand_in = a.pue;
    v.carbon_stand_in = a.carbon_intensity;
    const assumptions usual;
    const bool usual_money = a.price == usual.price && a.energy_price == usual.energy_price && a.lease == usual.lease &&
                             a.egress == usual.egress && a.set_up == usual.set_up;
    if (usual_money && s.world().currency != "USD") return take_highest_known(r, s);
    v.price_stand_in = a.price;
    v.energy_price_stand_in = a.energy_price;
    v.lease_stand_in = a.lease;
    v.egress_stand_in = a.egress;
    v.set_up_stand_in = a.set_up;
}
UONACO_LAZY
void value(request& r, const survey& s) {
    assume(r, s);
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

/// The first storage of a site that has room for a volume, or no row. O(storage).
UONACO_LAZY
row<storage_tag> storage_for(const survey& s, row<site_tag> at, units::volume volume) {
    return detail::storage_at(s, at, [&](row<storage_tag> p) { return s.free_storage(p) >= volume; });
}

/// Looks a workload up. Errors: not_found for ids that name nothing. Work may be done, and data be brought to, where
/// `locality` allows; data and users are where they are. `security` is asked of these places too. O(pools + sites).
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
                bool billed = false; // where no storage states a price, none bills volume
                for (const storage_pool& other : s.world().storage)
                    billed = billed || (other.egress_price && other.egress_price->si() > 0);
                if (!billed) r.egress = units::volume_price{};
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
    if (const auto* i = std::get_if<inference>(&w.task)) r.replicas = detail::replicas_of(s, *i);
    if (const auto* i = std::get_if<session>(&w.task)) r.replicas = detail::replicas_of(s, *i);
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
            if (to == r.source || storage_for(s, to, r.data) || !detail::has_storage(s, to))
                r.destinations.push_back(to);
        } else {
            for (const auto& p : s.world().storage) {
                const auto at = s.site(p.site);
                if (at && !(at == r.source) && storage_for(s, at, r.data) && !detail::contains(r.destinations, at))
                    r.destinations.push_back(at);
            }
        }
        r.refusals.resize(s.world().sites.size(), errc::no_candidate);
        unsigned long kept = 0;
        for (const auto to : r.destinations) {
            errc& why = r.refusals[to.value] = detail::refusal(w, s.world().sites[to.value]);
            if (why == errc::none) r.destinations[kept++] = to;
        }
        r.destinations.resize(kept);
    } else {
        for (unsigned i = 0; i < s.world().pools.size(); ++i) {
            const detail::later_t<row<pool_tag>, UonacoLazy_> p{i};
            errc why = detail::refusal(w, s.world().pools[i], s.facts(p), r.precision);
            if (why == errc::none) why = detail::refusal(w, s.site_of(p));
            r.refusals.push_back(why);
            if (why == errc::none) r.pools.push_back(p);
        }
    }
    if (r.source && !s.world().sites[r.source.value].security.covers(w.security)) r.source_refusal = errc::isolation;
    r.value.carbon_price = carbon_price;
    detail::value(r, s);
    return r;
}

/// The workload would be gone before the request.
UONACO_LAZY
result<request> resolve(const survey& s, const workload&& w, units::instant now = {},
                        units::carbon_price carbon_price = {}) = delete;

} // namespace uonaco::inline UONACO_ABI
