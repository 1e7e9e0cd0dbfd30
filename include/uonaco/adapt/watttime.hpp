// SPDX-License-Identifier: Apache-2.0
// WattTime API v3: emissions of grid regions, marginal or average, past and forecast. docs/adapt/watttime.md
#pragma once

#include "foreign_ids.hpp"
#include "foreign_quantity.hpp"
#include "power_steps.hpp"

#include "../reflect/resource.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

struct watttime_options {
    bool cut_at_gap = false; ///< a gap is a problem; true: the series ends before its first gap, and the rest is a loss
    io::load_options load{};
};

/// A power state of a region from an answer of /v3/forecast or /v3/historical: co2_moer is the marginal signal, co2_aoer the average one. Problems:
/// what is no such answer, other units than lb/MWh, figures out of bounds, gaps (see the options), overlaps. O(n log n).
inline imported<estate> from_watttime(std::string_view text, const watttime_options& options = {}) {
    return read_foreign<estate>(
        text, options.load, "an answer of WattTime", [&](const foreign_object& root, translated<estate>& out) {
            io::reader& r = root.problems();
            power_state s;
            passed_over_members rest;
            rest.rest_of(root, "answer", {"meta", "data"});
            bool carried = false;
            units::duration length{};
            root.require("meta", "what the figures are of");
            root.within("meta", "what the figures are of", [&](const foreign_object& meta) {
                bool whole = meta.require("region", "a grid region"); // all that lack are named
                whole = meta.require("signal_type", "co2_moer or co2_aoer") && whole;
                whole = meta.require("units", "lbs_co2_per_mwh") && whole;
                whole = meta.require("data_point_period_seconds", "a number of seconds") && whole;
                const std::string region = meta.text("region"), signal = meta.text("signal_type"),
                                  units = meta.text("units");
                const auto period = meta.number("data_point_period_seconds", 1, 31622400); // a second to a year
                const auto made = read_time(meta, "generated_at");
                rest.rest_of(meta, "head",
                             {"region", "signal_type", "units", "data_point_period_seconds", "generated_at", "model"});
                meta.within("model", "a model", [&](const foreign_object& model) {
                    rest.rest_of(model, "model", {"date"});
                    if (const std::string date = model.text("date"); !date.empty()) s.meta.labels.set("model", date);
                });
                if (!whole || !period) return;
                if (region.empty() && meta.find("region").is(io::json_kind::string))
                    r.report(io::problem_level::semantic, io::place(meta.at(), "region"), "the name of a region",
                             "\"\"");
                if (signal != "co2_moer" && signal != "co2_aoer") {
                    out.losses.push_back({io::place(meta.at(), "signal_type").pointer(),
                                          "all of it: \"" + signal.substr(0, 64) + "\" is no intensity of carbon"});
                    return;
                }
                if (units != "lbs_co2_per_mwh")
                    return r.report(io::problem_level::semantic, io::place(meta.at(), "units"), "lbs_co2_per_mwh",
                                    "\"" + units.substr(0, 64) + "\"");
                foreign_ids().name(s, region);
                s.grid_zone = region;
                s.carbon_signal = signal == "co2_moer" ? carbon_signal::marginal : carbon_signal::average;
                s.meta.observed_at = made;
                s.meta.source = source_type::estimation; // a model's, past and future
                s.meta.reference = "WattTime";
                length = units::duration::from_si(*period);
                carried = true;
            });
            root.require("data", "a list of figures");
            std::vector<stated_figure> series;
            root.each_object("data", "a figure with its point_time", [&](const foreign_object& p) {
                if (!p.require("point_time", io::expected_instant)) return;
                const auto at = read_time(p, "point_time");
                rest.rest_of(p, "figure", {"point_time", "value"});
                // One lb is 0.45359237 kg (the international pound of 1959), one MWh a thousand kWh.
                const auto x =
                    read_quantity<units::carbon_intensity>(p, "value", {"lb/MWh", 0.45359237}, allowed::from_zero);
                if (!at || !carried) return;
                const instant from = whole_ms(*at), until = whole_ms(from + length);
                series.push_back({from, until, step_field::carbon_intensity, x ? x->si() : 0.0, x.known(), 0,
                                  io::place(p.at(), "value").pointer()});
            });
            rest.tell(out.losses, "no record has a place for it");
            if (!carried) return;
            const auto words = [](instant t) { return std::string(units::to_text(t).c_str()); };
            put_in_order(
                series, [](const stated_figure&) {},
                [&](const stated_figure& f, const stated_figure& before) {
                    r.report({io::problem_level::semantic, f.pointer,
                              "a time from " + words(before.until) + " on, when the figure before it ends",
                              words(f.from), ""});
                },
                [&](const stated_figure& f, const stated_figure& before, std::size_t later) {
                    if (options.cut_at_gap)
                        out.losses.push_back({f.pointer, "this figure and " + std::to_string(later) +
                                                             " later ones: nothing is said of " + words(before.until) +
                                                             " to " + words(f.from)});
                    else
                        r.report({io::problem_level::semantic, f.pointer, "a figure for " + words(before.until),
                                  "the next at " + words(f.from),
                                  "a forecast has no gaps; cut_at_gap ends it before the first"});
                    return options.cut_at_gap;
                });
            s.forecast = join_steps(
                series, [](instant, const stated_figure&) {}, [](const stated_figure&, const stated_figure&) {});
            out.result.power.push_back(std::move(s));
        });
}

} // namespace uonaco::inline UONACO_ABI::adapt
