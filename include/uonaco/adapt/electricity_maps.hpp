// SPDX-License-Identifier: Apache-2.0
// Electricity Maps API v3: carbon intensity, renewable share and day-ahead price of grid zones, now, past and forecast. docs/adapt/electricity_maps.md
#pragma once

#include "foreign_ids.hpp"
#include "foreign_quantity.hpp"
#include "iso_duration.hpp"
#include "power_steps.hpp"

#include "../reflect/resource.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

struct electricity_maps_options {
    /// What was asked, "renewable-percentage/latest", where one answer alone does not say what its `value` is.
    std::string route{};
    /// A gap in a series is a problem; true: the series ends before its first gap, and the rest is a loss. Nothing is ever filled in.
    bool cut_at_gap = false;
    io::load_options load{};
};

namespace detail {

class electricity_maps_reader {
  public:
    electricity_maps_reader(const foreign_object& root, translated<estate>& out,
                            const electricity_maps_options& options)
        : problems_(root.problems()), out_(out), options_(options) {
        if (root.has("zone"))
            answer(root, options.route);
        else if (root.value() && root.value().size() > 0)
            for (const io::value v : root.value()) {
                const io::place at(root.at(), v.key());
                const foreign_object o(problems_, at, v, "an answer of Electricity Maps");
                if (o.is_object()) answer(o, route_of(v.key()));
            }
        else
            root.require("zone", "an answer with its zone, or answers by what was asked");
        for (auto& [name, z] : zones_) finish(z);
        left_.tell(out_.losses, "no record has a place for it");
    }

  private:
    enum class signal : unsigned char { unsaid, carbon, renewable, carbon_free, price, none };
    struct zone {
        power_state state{};
        std::vector<stated_figure> points[4]{}; ///< carbon, price, renewable, carbon-free
        maybe<instant> flat_at[4]{};            ///< of the figures outside the forecast
        maybe<instant> updated{};               ///< of lists
        bool estimated = false, measured = false;
    };

    /// "carbon-intensity/latest" of "https://api.electricitymaps.com/v3/carbon-intensity/latest?zone=DE".
    static std::string_view route_of(std::string_view asked) {
        const std::size_t version = asked.find("/v3/");
        if (version != std::string_view::npos) asked.remove_prefix(version + 4);
        return asked.substr(0, asked.find('?'));
    }
    static signal signal_of(std::string_view route) {
        const std::string_view what = route.substr(0, route.find('/'));
        if (what.empty()) return signal::unsaid;
        if (what == "carbon-intensity") return signal::carbon;
        if (what == "renewable-percentage" || what == "renewable-energy") return signal::renewable;
        if (what == "carbon-free-percentage" || what == "carbon-free-energy") return signal::carbon_free;
        if (what == "price-day-ahead" || what == "day-ahead-price") return signal::price;
        return what == "power-breakdown" ? signal::unsaid : signal::none;
    }
    /// How long one figure holds; hourly is the API's default.
    static maybe<iso_duration> length_of(std::string_view granularity) {
        constexpr struct {
            std::string_view name;
            iso_duration length;
        } known[] = {{"", {0, 3600}},          {"hourly", {0, 3600}}, {"5_minutes", {0, 300}},
                     {"15_minutes", {0, 900}}, {"daily", {0, 86400}}, {"weekly", {0, 604800}},
                     {"monthly", {1, 0}},      {"quarterly", {3, 0}}, {"yearly", {12, 0}}};
        for (const auto& k : known)
            if (k.name == granularity) return k.length;
        return {};
    }

    void lose(const io::place& at, std::string what) { out_.losses.push_back({at.pointer(), std::move(what)}); }
    void wrong(const io::place& at, std::string expected, std::string found, std::string hint = {}) {
        problems_.report(io::problem_level::semantic, at, std::move(expected), std::move(found), std::move(hint));
    }

    void answer(const foreign_object& o, std::string_view route) {
        const signal what = signal_of(route);
        if (what == signal::none)
            return lose(o.at(), "\"" + std::string(route) + "\": not an intensity, a renewable share or a price");
        if (!o.require("zone", "the key of a grid zone")) return;
        const std::string name = o.text("zone");
        if (name.empty()) {
            if (o.find("zone").is(io::json_kind::string)) wrong(io::place(o.at(), "zone"), "a zone's key", "\"\"");
            return;
        }
        const auto [entry, fresh] = zones_.try_emplace(name);
        zone& z = entry->second;
        if (fresh) {
            ids_.name(z.state, name);
            z.state.grid_zone = name;
            z.state.meta.reference = "Electricity Maps";
        }
        keep_factors(o, z);
        const bool forecast = route.size() >= 9 && route.substr(route.size() - 9) == "/forecast";
        bool listed = false;
        for (const char* list : {"history", "data", "forecast"}) {
            if (!o.has(list)) continue;
            listed = true;
            const long long rank = forecast || list[0] == 'f' ? 1 : 0;
            o.each_object(list, "a figure with its datetime",
                          [&](const foreign_object& p) { read(p, o, z, what, true, rank); });
        }
        if (listed) {
            left_.rest_of(o, "answer",
                          {"zone", "history", "data", "forecast", "updatedAt", "temporalGranularity", "unit",
                           "emissionFactorType"});
            const auto updated = read_time(o, "updatedAt");
            if (updated && (!z.updated || *updated < *z.updated)) z.updated = updated;
            return;
        }
        read(o, o, z, what, false, 0);
    }

    /// What a figure counts may not change within a zone.
    void keep_factors(const foreign_object& o, zone& z) {
        const std::string said = o.text("emissionFactorType");
        if (said.empty()) return;
        const io::place at(o.at(), "emissionFactorType");
        if (said != "lifecycle" && said != "direct")
            return wrong(at, "lifecycle or direct", "\"" + said.substr(0, 48) + "\"");
        const auto factors = said == "direct" ? emission_factors::direct : emission_factors::lifecycle;
        if (z.state.emission_factors && *z.state.emission_factors != factors)
            wrong(at, std::string(to_string(*z.state.emission_factors)) + ", as before for this zone",
                  "\"" + said + "\"", "figures with different emission factors are never mixed");
        z.state.emission_factors = factors;
    }

    void read(const foreign_object& p, const foreign_object& o, zone& z, signal asked, bool step, long long rank) {
        if (!p.require("datetime", io::expected_instant)) return;
        left_.rest_of(p, "figure",
                      {"zone", "datetime", "temporalGranularity", "emissionFactorType", "isEstimated",
                       "estimationMethod", "carbonIntensity", "renewablePercentage", "fossilFreePercentage", "value",
                       "unit"});
        const auto at = read_time(p, "datetime");
        const std::string own = p.text("temporalGranularity"),
                          named = own.empty() ? o.text("temporalGranularity") : own;
        const auto length = length_of(named);
        if (!length)
            wrong(io::place(p.at(), "temporalGranularity"),
                  "5_minutes, 15_minutes, hourly, daily, weekly, monthly, quarterly or yearly", "\"" + named + "\"");
        if (&p != &o) keep_factors(p, z);
        if (const auto estimated = p.flag("isEstimated")) (*estimated ? z.estimated : z.measured) = true;
        if (const std::string method = p.text("estimationMethod"); !method.empty())
            z.state.meta.labels.set("estimation_method", method);
        if (!at || !length) return;
        const auto put = [&](int field, maybe<double> si, const char* key) {
            if (step)
                add_step(z, field, si, *at, *length, rank, io::place(p.at(), key));
            else if (si)
                set_flat(z, field, *si, *at, io::place(p.at(), key));
        };
        const auto percent = [&](const char* key) {
            return si(read_quantity<units::ratio>(p, key, {"percent", 1, 100}, allowed::from_zero));
        };
        const auto intensity = [&](const char* key) {
            return si(read_quantity<units::carbon_intensity>(p, key, {"g/kWh"}, allowed::from_zero));
        };
        // Keys that say themselves what they state come first.
        const bool breakdown = p.value().find("renewablePercentage") || p.value().find("fossilFreePercentage");
        if (p.value().find("carbonIntensity")) put(0, intensity("carbonIntensity"), "carbonIntensity");
        if (breakdown) {
            put(2, percent("renewablePercentage"), "renewablePercentage");
            put(3, percent("fossilFreePercentage"), "fossilFreePercentage");
        }
        if (p.value().find("carbonIntensity") || breakdown) return;
        const std::string own_unit = p.text("unit"), unit = own_unit.empty() ? o.text("unit") : own_unit;
        signal what = asked;
        if (what == signal::unsaid && (unit.find("/MWh") == 3 || unit.find("/kWh") == 3)) what = signal::price;
        switch (what) {
        case signal::carbon: return put(0, intensity("value"), "value");
        case signal::price: return put(1, price(p, unit), "value");
        case signal::renewable: return put(2, percent("value"), "value");
        case signal::carbon_free: return put(3, percent("value"), "value");
        default:
            if (p.has("value"))
                wrong(io::place(p.at(), "value"), "a figure whose route says what it is", io::describe(p.find("value")),
                      "name the answer \"renewable-percentage/latest\", or as it was asked");
            else
                wrong(p.at(), "carbonIntensity, renewablePercentage or value", "none of them");
        }
    }

    template <class Q>
    static maybe<double> si(const maybe<Q>& q) {
        return q ? maybe<double>(q->si()) : maybe<double>();
    }

    /// "EUR/MWh" or "EUR/kWh".
    maybe<double> price(const foreign_object& p, std::string_view unit) {
        if (!p.has("value")) return {};
        bool known = unit.size() == 7 && (unit.substr(3) == "/MWh" || unit.substr(3) == "/kWh");
        for (const char c : unit.substr(0, 3)) known = known && c >= 'A' && c <= 'Z';
        if (!known) {
            wrong(io::place(p.at(), "unit"), "a currency by its ISO 4217 letters, /MWh or /kWh: \"EUR/MWh\"",
                  "\"" + std::string(unit.substr(0, 32)) + "\"");
            return {};
        }
        const std::string currency(unit.substr(0, 3));
        if (currency_.empty()) out_.result.currency = currency_ = currency;
        if (currency != currency_)
            wrong(io::place(p.at(), "unit"), currency_ + ", as before", currency,
                  "an estate has one currency: translate one at a time");
        const std::string symbol(unit);
        const foreign_unit one{symbol.c_str(), 1, unit[4] == 'M' ? 1000.0 : 1.0};
        return si(read_quantity<units::energy_price>(p, "value", one, allowed::any_sign));
    }

    static step_field field_of(int field) {
        constexpr step_field fields[] = {step_field::carbon_intensity, step_field::energy_price, step_field::renewable,
                                         step_field::carbon_free};
        return fields[field];
    }
    void add_step(zone& z, int field, const maybe<double>& si, instant at, const iso_duration& length, long long rank,
                  const io::place& where) {
        const instant from = whole_ms(at);
        z.points[field].push_back(
            {from, after(from, length), field_of(field), si.value_or(0.0), si.known(), rank, where.pointer()});
    }
    void set_flat(zone& z, int field, double si, instant at, const io::place& where) {
        if (z.flat_at[field] && at < *z.flat_at[field]) return lose(where, "an older figure than another here");
        if (z.flat_at[field]) lose(where, "a newer figure that took the place of another here");
        z.flat_at[field] = at;
        power_state& s = z.state;
        if (field == 0) s.carbon_intensity = units::carbon_intensity::from_si(si);
        if (field == 1) s.energy_price = units::energy_price::from_si(si);
        if (field == 2) s.renewable = units::ratio::from_si(si);
        if (field == 3) s.carbon_free = units::ratio::from_si(si);
    }

    void report(const stated_figure& f, std::string expected, std::string found, std::string hint = {}) {
        problems_.report(
            {io::problem_level::semantic, f.pointer, std::move(expected), std::move(found), std::move(hint)});
    }
    static std::string words(instant t) { return units::to_text(t).c_str(); }

    void put_in_order(std::vector<stated_figure>& series) {
        adapt::put_in_order(
            series,
            [&](const stated_figure& f) {
                out_.losses.push_back({f.pointer, "a forecast of what is known by now"});
            },
            [&](const stated_figure& f, const stated_figure& before) {
                report(f, "a time from " + words(before.until) + " on, when the figure before it ends", words(f.from),
                       "temporalGranularity says how long a figure holds: hourly if absent");
            },
            [&](const stated_figure& f, const stated_figure& before, std::size_t later) {
                if (options_.cut_at_gap)
                    out_.losses.push_back({f.pointer, "this figure and " + std::to_string(later) +
                                                          " later ones: nothing is said of " + words(before.until) +
                                                          " to " + words(f.from)});
                else
                    report(f, "a figure for " + words(before.until) + ", when the one before it ends",
                           "the next at " + words(f.from),
                           "a forecast has no gaps; cut_at_gap ends it before the first");
                return options_.cut_at_gap;
            });
    }

    void finish(zone& z) {
        power_state& s = z.state;
        const std::size_t before = problems_.count();
        std::vector<stated_figure> all;
        for (auto& series : z.points) {
            put_in_order(series);
            all.insert(all.end(), series.begin(), series.end());
        }
        s.forecast = join_steps(
            all,
            [&](instant from, const stated_figure& next) {
                if (problems_.count() == before)
                    report(next, "a figure for " + words(from), "the next at " + words(next.from),
                           "the series of a zone leave no time between them");
            },
            [](const stated_figure&, const stated_figure&) {});
        maybe<instant> oldest;
        for (const maybe<instant>& t : z.flat_at)
            if (t && (!oldest || *t < *oldest)) oldest = t;
        s.meta.observed_at = oldest ? oldest : z.updated;
        const bool forecast_only = !oldest && !z.measured;
        s.meta.source = z.estimated || (forecast_only && !s.forecast.empty()) ? source_type::estimation
                        : z.measured                                          ? source_type::measured
                                                                              : source_type::unstated;
        out_.result.power.push_back(std::move(s));
    }

    io::reader& problems_;
    translated<estate>& out_;
    const electricity_maps_options& options_;
    foreign_ids ids_{};
    std::map<std::string, zone> zones_{};
    std::string currency_{};
    passed_over_members left_{};
};

} // namespace detail

/// Power states by grid zone from one answer of the API, or from several as {"carbon-intensity/forecast": {...}, ...}: what was asked (a route
/// or the whole address), and the answer. The signal is the average one. Problems: what is no such answer, figures out of bounds, gaps (see the
/// options), overlaps, two currencies or emission factor types. O(n log n).
inline imported<estate> from_electricity_maps(std::string_view text, const electricity_maps_options& options = {}) {
    return read_foreign<estate>(text, options.load, "an answer of Electricity Maps, or answers by what was asked",
                                [&](const foreign_object& root, translated<estate>& out) {
                                    detail::electricity_maps_reader(root, out, options);
                                });
}

} // namespace uonaco::inline UONACO_ABI::adapt
