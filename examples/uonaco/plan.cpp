// SPDX-License-Identifier: Apache-2.0
#include "instance.hpp"
#include "table.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/network/planning/dimensioning.hpp>

#include <charconv>

namespace program {

namespace {

namespace units = uonaco::units;

/// "A:B=200": ends by name, Gb/s in every period. What is wrong with it, or nothing.
std::string add_demand(planning_instance& i, const std::string& text) {
    const auto equals = text.rfind('=');
    double rate = 0;
    const char* end = text.data() + text.size();
    const auto read = equals == text.npos ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                                          : std::from_chars(text.data() + equals + 1, end, rate);
    if (read.ec != std::errc() || read.ptr != end || !(rate >= 0 && rate <= 1e6))
        return "'" + text + "' is not A:B=RATE with a rate in Gb/s";
    // names may hold colons: the first split of which both parts are nodes
    const auto node = [&](const std::string& name) {
        unsigned n = 0;
        while (n < i.nodes.size() && i.nodes[n] != name) ++n;
        return n;
    };
    for (auto colon = text.find(':'); colon < equals; colon = text.find(':', colon + 1)) {
        const unsigned a = node(text.substr(0, colon)), b = node(text.substr(colon + 1, equals - colon - 1));
        if (a == i.nodes.size() || b == i.nodes.size()) continue;
        i.problem.demands.push_back(
            {a, b, std::vector<units::bit_rate>(i.problem.periods, units::bit_rate::from_si(rate * 1e9))});
        return {};
    }
    return "'" + text.substr(0, equals) + "' does not name two nodes as A:B; there are " + joined(i.nodes);
}

std::string name_of(const planning_instance& i, const uonaco::optical_fibre& f) {
    return i.nodes[f.a] + "-" + i.nodes[f.b];
}
std::string name_of(const planning_instance& i, const uonaco::traffic_demand& d) {
    return i.nodes[d.a] + ":" + i.nodes[d.b];
}
/// The nodes that light passes, with * where it is made anew.
std::string way_of(const planning_instance& i, const uonaco::lightpath_bundle& b, const uonaco::lit_lightpath& l) {
    std::string text;
    unsigned at = b.a, made = 0;
    for (unsigned f = 0; f < b.fibres.size(); ++f) {
        if (f > 0) {
            text += (f > 1 ? ", " : "") + i.nodes[at];
            if (made < l.regenerators.size() && l.regenerators[made] == f) text += '*', ++made;
        }
        const uonaco::optical_fibre& x = i.problem.fibres[b.fibres[f]];
        at = x.a == at ? x.b : x.a;
    }
    return text;
}
units::bit_rate most(const std::vector<units::bit_rate>& rates) {
    units::bit_rate all{};
    for (const auto r : rates) all = units::max(all, r);
    return all;
}

/// Equal lightpaths in one row.
table lightpaths(const planning_instance& i, const uonaco::dimensioning_plan& plan) {
    table t{{words_column("a"), words_column("b"), words_column("module"), count_column("count"),
             column_of<units::bit_rate>("capacity"), column_of<units::bit_rate>("load"),
             column_of<units::distance>("length"), column_of<units::latency>("latency"), words_column("via")},
            {}};
    t.columns[6].expendable = 1;
    t.columns[7].expendable = 2;
    for (unsigned k = 0; k < plan.lightpaths.size();) {
        const auto& l = plan.lightpaths[k];
        const auto& b = plan.bundles[l.bundle];
        long long count = 0;
        for (const unsigned first = k; k < plan.lightpaths.size() && plan.lightpaths[k].bundle == l.bundle &&
                                       plan.lightpaths[k].module == plan.lightpaths[first].module;
             ++k)
            ++count;
        const auto rate = i.problem.modules[l.module].mode.rate;
        t.rows.push_back({{shown(i.nodes[b.a]), shown(i.nodes[b.b]), shown(i.modules[l.module]), shown(count),
                           shown(rate * static_cast<double>(count)),
                           shown(most(b.load) * (rate.si() * static_cast<double>(count) / b.capacity.si())),
                           shown(b.length), shown(b.latency), shown(way_of(i, b, l))}});
    }
    return t;
}

std::string amount(double x) { return units::to_text(x, 6).c_str(); }
std::string percent(double x) { return units::to_text(100 * x, 3).c_str() + std::string(" %"); }

std::string in_words(const planning_instance& i, const uonaco::dimensioning_plan& plan,
                     const uonaco::dimensioning_limits& limits, const terminal& screen) {
    const auto& c = plan.cost;
    const std::string unit = " " + i.cost_unit;
    std::string out;
    const auto say = [&](const char* what, const std::string& text) { out += hanging(what, text, screen); };
    say("  cost        ", amount(c.total()) + unit + ": transceivers " + amount(c.transceivers) + ", router ports " +
                              amount(c.ports) + ", regenerators " + amount(c.regenerators) + ", wavelengths " +
                              amount(c.wavelengths));
    say("  bound       ", "no plan costs less than " + amount(plan.lower_bound) + unit + "; this one at most " +
                              percent(plan.gap()) + " more than the best");
    const auto otherwise = [&](const char* what, uonaco::maybe<double> cost) {
        if (cost && *cost < c.total())
            say(what, amount(*cost) + unit + ", " + percent(1 - *cost / c.total()) + " less");
    };
    otherwise("  unprotected ", plan.without_protection);
    otherwise("  no latency bound ", plan.without_latency);
    if (i.problem.periods > 1 && plan.for_peaks)
        say("  time        ", "planned for the sum of all peaks " + amount(*plan.for_peaks) + unit +
                                  "; what is lit is shared over " + counted(i.problem.periods, "period") +
                                  " and saves " + percent(plan.sharing_saves()->si()));
    std::string binds = "capacity is filled to " + percent(limits.fill.si());
    if (limits.fibre != uonaco::no_edge)
        binds += "; fibre " + name_of(i, i.problem.fibres[limits.fibre]) + " has " + std::to_string(limits.slots_used) +
                 " of " + std::to_string(i.problem.slots) + " slots lit";
    if (limits.demand != ~0u)
        binds += "; " + name_of(i, i.problem.demands[limits.demand]) + " is " + units::to_text(limits.slack).c_str() +
                 " below its latency bound";
    if (i.problem.periods > 1) {
        unsigned busiest = 0;
        for (unsigned t = 0; t < limits.bundles.size(); ++t)
            if (limits.bundles[t] > limits.bundles[busiest]) busiest = t;
        binds += "; period " + std::to_string(busiest) + " fills most ways (" +
                 std::to_string(limits.bundles[busiest]) + " of " + std::to_string(plan.bundles.size()) + ")";
    }
    say("  binds       ", binds);
    for (const std::string& link : i.left_out)
        say("  left out    ", "link '" + link + "': down, one way only, or of unknown length");
    return out;
}

void add_routes(uonaco::io::document& json, const planning_instance& i, const uonaco::dimensioning_plan& plan) {
    const auto ways = [&](const char* key, const std::vector<unsigned>& bundles, unsigned from) {
        if (bundles.empty()) return;
        json.key(key).open_array();
        json.string(i.nodes[from]);
        for (const unsigned b : bundles) {
            from = plan.bundles[b].a == from ? plan.bundles[b].b : plan.bundles[b].a;
            json.string(i.nodes[from]);
        }
        json.close();
    };
    json.key("routes").open_array();
    for (const auto& r : plan.routes) {
        const unsigned from = i.problem.demands[r.demand].a;
        json.open_object();
        json.key("demand").natural(r.demand);
        json.key("period").natural(r.period);
        json.key("rate_gbps").real(uonaco::io::exchange_number(r.rate.si(), units::kinds::bit_rate::exchange));
        ways("working", r.working, from);
        ways("backup", r.backup, from);
        json.close();
    }
    json.close();
}

std::string as_json(const planning_instance& i, const uonaco::dimensioning_plan& plan,
                    const uonaco::dimensioning_limits& limits, const table& lit) {
    uonaco::io::document json;
    const auto known = [&](const char* key, uonaco::maybe<double> x) {
        if (x) json.key(key).real(*x);
    };
    json.open_object();
    json.key("kind").string("plan");
    json.key("instance").string(i.name);
    json.key("cost_unit").string(i.cost_unit);
    json.key("cost").open_object();
    json.key("total").real(plan.cost.total());
    json.key("transceivers").real(plan.cost.transceivers);
    json.key("ports").real(plan.cost.ports);
    json.key("regenerators").real(plan.cost.regenerators);
    json.key("wavelengths").real(plan.cost.wavelengths);
    json.close();
    json.key("lower_bound").real(plan.lower_bound);
    json.key("gap_ratio").real(plan.gap());
    known("cost_without_protection", plan.without_protection);
    known("cost_without_latency_bounds", plan.without_latency);
    known("cost_for_sum_of_peaks", plan.for_peaks);
    json.key("binds").open_object();
    json.key("fill_ratio").real(limits.fill.si());
    json.key("slots").natural(i.problem.slots);
    if (limits.fibre != uonaco::no_edge) {
        json.key("fullest_fibre").string(name_of(i, i.problem.fibres[limits.fibre]));
        json.key("slots_lit").natural(limits.slots_used);
    }
    if (limits.demand != ~0u) {
        json.key("tightest_demand").string(name_of(i, i.problem.demands[limits.demand]));
        json.key("slack_us").real(uonaco::io::exchange_number(limits.slack.si(), units::kinds::latency::exchange));
    }
    json.key("ways_filled_by_period").open_array();
    for (const unsigned n : limits.bundles) json.natural(n);
    json.close();
    json.close();
    json.key("lightpaths").open_array();
    add_rows(json, lit);
    json.close();
    add_routes(json, i, plan);
    json.close();
    return text_of(json);
}

} // namespace

answer plan(const arguments& args, const terminal& screen) {
    auto read = read_instance(args.files.front(), args.percentile);
    if (!read) return refuse({read.error()}, args.format, screen);
    planning_instance& i = *read;
    if (!args.demands.empty()) i.problem.demands.clear();
    for (const std::string& d : args.demands)
        if (const std::string why = add_demand(i, d); !why.empty())
            return {exit_status::usage, "", "uonaco plan: --demands: " + printable(why) + "\n"};
    if (i.problem.demands.empty())
        return {exit_status::usage, "", "uonaco plan: nothing is demanded; say what by --demands A:B=RATE\n"};
    for (uonaco::traffic_demand& d : i.problem.demands) {
        if (args.protect) d.protection = uonaco::demand_protection::one_plus_one;
        if (args.latency) d.within = units::from_exchange_unit<units::latency>(*args.latency);
    }
    const auto found = uonaco::dimension_network(
        i.problem, {.iterations = static_cast<unsigned>(args.iterations), .seed = static_cast<unsigned>(args.seed)});
    if (!found) {
        const auto& e = found.error();
        std::string why = e.detail;
        // the library numbers what it cannot name
        for (const char* noun : {" demand ", " fibre "}) {
            const auto at = why.rfind(noun);
            unsigned n = 0;
            const char* const end = why.data() + why.size();
            const char* const digits = at == why.npos ? end : why.data() + at + std::string_view(noun).size();
            if (std::from_chars(digits, end, n).ec != std::errc()) continue;
            const bool demand = noun[1] == 'd';
            if (demand ? n < i.problem.demands.size() : n < i.problem.fibres.size())
                why = why.substr(0, at) + noun +
                      (demand ? name_of(i, i.problem.demands[n]) : name_of(i, i.problem.fibres[n]));
        }
        if (e.margin > 0) why += ", by " + percent(e.margin);
        return {exit_status::negative, "",
                styled("uonaco: ", style::strong, screen.colour_on_error) + printable(why) + "\n"};
    }
    const auto limits = limits_of(i.problem, *found);
    const table lit = lightpaths(i, *found);
    answer out;
    switch (args.format) {
    case output_format::json: out.out = as_json(i, *found, limits, lit); break;
    case output_format::csv: out.out = as_csv(lit); break;
    case output_format::table:
        out.out = styled("Lightpaths to light: " + counted(found->lightpaths.size(), "lightpath") +
                             "; * where the signal is made anew",
                         style::strong, screen.colour) +
                  "\n\n" + as_text(lit, screen) + "\n" + in_words(i, *found, limits, screen);
        break;
    }
    return out;
}

} // namespace program
