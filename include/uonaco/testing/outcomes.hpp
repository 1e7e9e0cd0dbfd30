// SPDX-License-Identifier: Apache-2.0
// Outcomes at the edges of what a term may meet, and walks over the figures of an outcome.
#pragma once

#include "../base/math.hpp"
#include "../evaluate/batch.hpp"
#include "../reflect/decision.hpp"

#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI::laws {

/// An outcome with a name for messages.
struct edge_outcome {
    std::string name{};
    outcome<double> figures{};
};

namespace detail {
constexpr bool same_bits(double a, double b) {
    return __builtin_bit_cast(unsigned long long, a) == __builtin_bit_cast(unsigned long long, b);
}

/// Calls visit(path, field, member) for each quantity or maybe of a quantity in a record and the records in it.
template <class Record, class Visit>
void each_member(Record& r, Visit&& visit, const std::string& path = {}) {
    reflect::for_each_member(
        [&](const reflect::field& f, auto& m) {
            if constexpr (reflect::reflected<std::remove_cvref_t<decltype(m)>>)
                each_member(m, visit, path + std::string(f.name) + ".");
            else
                visit(path + std::string(f.name), f, m);
        },
        r);
}
/// Calls visit(path, field, quantity) for each figure that is known.
template <class Visit>
void each_figure(const outcome<double>& o, Visit&& visit) {
    each_member(o, [&](const std::string& path, const reflect::field& f, const auto& m) {
        if constexpr (!is_maybe<std::remove_cvref_t<decltype(m)>>)
            visit(path, f, m);
        else if (m.known())
            visit(path, f, m.value());
    });
}
/// Calls visit(path, outcome) with one known figure after the other made unknown, and at last with all of them.
template <class Visit>
void each_unknown_of(const outcome<double>& known, Visit&& visit) {
    for (int wanted = 0;; ++wanted) {
        outcome<double> lacking = known;
        int seen = 0;
        std::string name;
        each_member(lacking, [&](const std::string& path, const reflect::field&, auto& m) {
            if constexpr (is_maybe<std::remove_cvref_t<decltype(m)>>)
                if (seen++ == wanted) m = {}, name = path;
        });
        if (name.empty()) break;
        visit(name, lacking);
    }
    outcome<double> lacking = known;
    each_member(lacking, [](const std::string&, const reflect::field&, auto& m) {
        if constexpr (is_maybe<std::remove_cvref_t<decltype(m)>>) m = {};
    });
    visit(std::string("figure, whatever may be,"), lacking);
}

/// Ratios lie in 0..1 unless their record says otherwise.
template <class K>
bool allowed(const reflect::field& f, quantity<K> q) {
    const double x = in_exchange_unit(q);
    const reflect::field unbounded;
    const bool share = __is_same(K, units::kinds::ratio) && f.least == unbounded.least && f.most == unbounded.most;
    return share ? x >= 0.0 && x <= 1.0 + 1e-12 : f.allows(x);
}

/// Every figure known: `share` where it is a share of something, else `size` in SI units.
inline outcome<double> uniform_outcome(double size, double share) {
    outcome<double> o;
    each_member(o, [&](const std::string&, const reflect::field& f, auto& m) {
        using M = std::remove_cvref_t<decltype(m)>;
        const auto set = [&]<class K>(quantity<K>) {
            const bool in_one = __is_same(K, units::kinds::ratio) && allowed(f, quantity<K>::from_si(0.5)) &&
                                !allowed(f, quantity<K>::from_si(2.0));
            m = M(quantity<K>::from_si(in_one ? share : size));
        };
        if constexpr (is_maybe<M>)
            set(typename M::value_type{});
        else
            set(M{});
    });
    return o;
}

/// One figure of an outcome's block.
inline void put(outcome<block::rep>& to, int i, const outcome<double>& from) {
    using uonaco::detail::put;
    put(to.time.queue, i, from.time.queue);
    put(to.time.provisioning, i, from.time.provisioning);
    put(to.time.staging, i, from.time.staging);
    put(to.time.compute, i, from.time.compute);
    put(to.time.exposed_communication, i, from.time.exposed_communication);
    put(to.time.lost, i, from.time.lost);
    put(to.time.completion, i, from.time.completion);
    put(to.time.step, i, from.time.step);
    put(to.time.first_token, i, from.time.first_token);
    put(to.time.per_token, i, from.time.per_token);
    put(to.time.outages, i, from.time.outages);
    put(to.time.wait, i, from.time.wait);
    put(to.time.jitter, i, from.time.jitter);
    put(to.time.loss, i, from.time.loss);
    put(to.money.compute, i, from.money.compute);
    put(to.money.storage, i, from.money.storage);
    put(to.money.lease, i, from.money.lease);
    put(to.money.set_up, i, from.money.set_up);
    put(to.money.energy, i, from.money.energy);
    put(to.money.outages, i, from.money.outages);
    put(to.money.total, i, from.money.total);
    put(to.energy.it, i, from.energy.it);
    put(to.energy.facility, i, from.energy.facility);
    put(to.energy.transport, i, from.energy.transport);
    put(to.energy.carbon, i, from.energy.carbon);
    put(to.energy.peak_power, i, from.energy.peak_power);
    put(to.reliability.network, i, from.reliability.network);
    put(to.reliability.sites, i, from.reliability.sites);
    put(to.reliability.joint, i, from.reliability.joint);
    put(to.reliability.goodput, i, from.reliability.goodput);
    put(to.reliability.attainment, i, from.reliability.attainment);
    put(to.reliability.memory_share, i, from.reliability.memory_share);
    put(to.reliability.load, i, from.reliability.load);
    put(to.reliability.utilisation, i, from.reliability.utilisation);
    put(to.compute_efficiency, i, from.compute_efficiency);
    put(to.network_efficiency, i, from.network_efficiency);
    put(to.full_cost, i, from.full_cost);
    put(to.joint_efficiency, i, from.joint_efficiency);
    to.error_band = from.error_band;
}
} // namespace detail

/// Ten hours on a few hundred devices, everything known.
inline outcome<double> typical_outcome() {
    using namespace literals;
    outcome<double> o;
    o.time = {60_s, 180_s, 600_s, 36000_s, 1800_s, 360_s, 39000_s, 4_s, 300_ms, 30_ms, 110_s, 60_s, 1_us, 1e-6};
    o.money = {5000_usd, 20_usd, 70_usd, 500_usd, 300_usd, 10_usd, 5900_usd};
    o.energy = {3000_kWh, 3600_kWh, 3_kWh, 1400_kg, 300_kW};
    o.reliability = {0.999, 0.998, 0.997, 0.99, 0.97, 0.8, 0.7, 0.9};
    o.compute_efficiency = 0.95;
    o.network_efficiency = 0.5;
    o.full_cost = 20000_usd;
    o.joint_efficiency = 0.9;
    o.error_band = 0.07;
    return o;
}

namespace detail {
/// Costs more, takes longer, emits more, fails more often.
inline outcome<double> worse_outcome() {
    outcome<double> o = typical_outcome();
    each_member(o, [&](const std::string& path, const reflect::field&, auto& m) {
        using M = std::remove_cvref_t<decltype(m)>;
        if (path == "reliability.utilisation") return; // neither good nor bad
        const bool share = path.compare(0, 12, "reliability.") == 0 || path.find("efficiency") != std::string::npos;
        const bool of_a_limit = path == "reliability.load" || path == "reliability.memory_share";
        const double by = share && !of_a_limit ? 0.5 : 2.0;
        if constexpr (is_maybe<M>)
            m = M(typename M::value_type(by * *m));
        else
            m = M(by * m);
    });
    return o;
}
} // namespace detail

/// What a term has to give a finite answer to.
inline std::vector<edge_outcome> edge_outcomes() {
    outcome<double> earning = typical_outcome(); // paid to use power: prices may be negative
    earning.money.energy = units::money::from_si(-9000);
    earning.money.total = units::money::from_si(-3400);
    earning.full_cost = units::money::from_si(-1000);
    std::vector<edge_outcome> all{{"an outcome of which nothing is known", {}},
                                  {"a typical outcome", typical_outcome()},
                                  {"an outcome worse in every respect", detail::worse_outcome()},
                                  {"an outcome of zeros", detail::uniform_outcome(0.0, 0.0)},
                                  {"a tiny outcome", detail::uniform_outcome(1e-300, 1e-300)},
                                  {"a huge outcome", detail::uniform_outcome(1e24, 1.0)},
                                  {"an outcome that earns money", earning}};
    detail::each_unknown_of(typical_outcome(), [&](const std::string& what, const outcome<double>& o) {
        all.push_back({"an outcome without the " + what, o});
    });
    return all;
}

} // namespace uonaco::inline UONACO_ABI::laws
