// SPDX-License-Identifier: Apache-2.0
#include "candidates.hpp"
#include "contest.hpp"
#include "decisions.hpp"
#include "table.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/place/explain.hpp>

#include <charconv>

namespace program {

namespace {

using uonaco::decision;
using uonaco::failure;
using uonaco::problem;
using uonaco::ranked;

/// What keeps explanations from being taken for what `place` would do with all workloads of a file.
std::string alone(const desk& d) {
    if (d.record.workloads.size() < 2) return {};
    return "\n" +
           sentence("each workload is explained alone, as if nothing else were placed; place shares the sites out "
                    "among all",
                    d.screen);
}

// ---- one decision ------------------------------------------------------------------------------------------------------

table terms_of(const decision& d) {
    table t{{words_column("term"), count_column("weight"), count_column("weighted_cost"), words_column("note")}, {}};
    for (const auto& c : d.contributions)
        t.rows.push_back({{shown(c.term), shown(c.weight), shown(c.cost), shown(c.detail)}});
    return t;
}
table limits_of(const decision& d) {
    table t{{words_column("limit"), words_column("met"), column_of<uonaco::units::ratio>("left")}, {}};
    for (const auto& c : d.constraints)
        t.rows.push_back({{shown(c.constraint), shown(c.satisfied), shown(uonaco::units::ratio(c.margin))}});
    return t;
}
table others_of(const decision& d) {
    table t{{count_column("other"), count_column("objective"), column_of<uonaco::units::money>("full_cost"),
             column_of<uonaco::units::duration>("completion"), words_column("candidate")},
            {}};
    long long number = 0;
    for (const auto& x : d.alternatives)
        t.rows.push_back(
            {{shown(++number), shown(x.objective), shown(x.full_cost), shown(x.completion), shown(x.description)}});
    return t;
}

std::string full_text(const decision& d, const terminal& screen, const lines& said) {
    std::string out = told(d, screen, said);
    const auto add = [&](const table& t, bool wanted) {
        if (wanted && !t.rows.empty()) out += "\n" + as_text(t, screen);
    };
    add(terms_of(d), d.contributions.size() > 1);
    add(limits_of(d), true);
    add(others_of(d), true);
    return out;
}

table lines_of(const std::vector<decision>& all) {
    table t{{words_column("workload"), words_column("part"), words_column("text")}, {}};
    for (const decision& d : all) {
        const auto add = [&](const char* part, const std::string& text) {
            t.rows.push_back({{shown(d.workload.text), shown(part), shown(text)}});
        };
        add("decision", is_placed(d) ? d.description : d.reason);
        if (is_placed(d))
            for (const auto& line : d.explanation) add("explanation", line);
        for (const auto& line : d.ignored) add("not known", line);
    }
    return t;
}

// ---- two candidates ----------------------------------------------------------------------------------------------------

/// The named candidate with the best that the network can do for it.
uonaco::result<ranked> best_of(const std::string& text, const problem& p, const objective& wanted) {
    const auto spec = parse_candidate(text, p);
    if (!spec) return spec.error();
    uonaco::search<objective> found(p, wanted, "named");
    for (const auto& c : with_networks(*spec, p)) found.offer(c);
    const auto best = found.finish();
    if (!best) return failure{best.error().code, text, best.error().margin, "'" + text + "': " + best.error().detail};
    return best->best;
}

uonaco::result<ranked> other_of(const uonaco::placement& x, unsigned long number) {
    if (number >= 1 && number <= x.alternatives.size()) return x.alternatives[number - 1];
    return failure{uonaco::errc::not_found,
                   {},
                   0.0,
                   "there is no other placement " + std::to_string(number) + ", only " +
                       std::to_string(x.alternatives.size())};
}

uonaco::result<ranked> other_choice(const std::string& against, const problem& p, const uonaco::placement& x,
                                    const objective& wanted) {
    for (const policy by : all_policies) {
        if (against != to_string(by)) continue;
        const auto found = place_one(by, p, wanted);
        if (!found)
            return failure{found.error().code, against, 0.0, against + " places it nowhere: " + found.error().detail};
        return found->best;
    }
    unsigned long number = 0;
    const auto end = std::from_chars(against.data(), against.data() + against.size(), number);
    if (end.ec == std::errc() && end.ptr == against.data() + against.size()) return other_of(x, number);
    return failure{uonaco::errc::not_found, against, 0.0, "'" + against + "' is neither a number nor a heuristic"};
}

struct pair {
    ranked first{};
    ranked second{};
};

uonaco::result<pair> two_of(const desk& d, const problem& p) {
    if (d.args.candidates.size() == 2) {
        const auto first = best_of(d.args.candidates[0], p, d.wanted);
        const auto second = best_of(d.args.candidates[1], p, d.wanted);
        if (!first) return first.error();
        if (!second) return second.error();
        return pair{*first, *second};
    }
    const auto chosen = place_one(d.args.heuristic.value_or(policy::exhaustive), p, d.wanted, d.args.device_step);
    if (!chosen) return chosen.error();
    const auto other = other_choice(d.args.against, p, *chosen, d.wanted);
    if (!other) return other.error();
    return pair{chosen->best, *other};
}

table differences_of(const problem& p, const pair& x) {
    table t{{words_column("workload"), words_column("what"), column_of<uonaco::units::money>("more"),
             words_column("detail")},
            {}};
    t.columns[0].shown = false;
    for (const auto& line : uonaco::explain(x.first, x.second, p.what().value))
        t.rows.push_back({{shown(p.asked().id.text), shown(line.what), shown(line.more), shown(line.detail)}});
    return t;
}

void add_json(uonaco::io::document& json, const problem& p, const pair& x) {
    json.open_object();
    json.key("workload").string(p.asked().id.text);
    json.key("first").string(describe(p, x.first.choice));
    json.key("second").string(describe(p, x.second.choice));
    const table t = differences_of(p, x);
    json.key("differences").open_array();
    add_rows(json, t);
    json.close();
    json.key("text").open_array();
    for (const std::string& line : uonaco::explain(p, x.first, x.second)) json.string(line);
    json.close();
    json.close();
}

answer explain_pairs(desk& d) {
    uonaco::io::document json;
    json.open_array();
    std::string text, csv;
    for (const uonaco::workload& w : d.workloads) {
        const auto p = d.problem_of(w);
        if (!p) return no(p.error().detail, d.screen);
        const auto both = two_of(d, *p);
        if (!both) return no(w.id.text + ": " + both.error().detail, d.screen);
        add_json(json, *p, *both);
        const std::string rows = as_csv(differences_of(*p, *both));
        csv += csv.empty() ? rows : rows.substr(rows.find('\n') + 1);
        if (!text.empty()) text += "\n";
        if (d.workloads.size() > 1) text += styled(printable(w.id.text), style::strong, d.screen.colour) + "\n";
        for (const std::string& line : uonaco::explain(*p, both->first, both->second)) text += sentence(line, d.screen);
    }
    json.close();
    switch (d.args.format) {
    case output_format::json: return {exit_status::done, text_of(json), ""};
    case output_format::csv: return {exit_status::done, csv, ""};
    case output_format::table: break;
    }
    return {exit_status::done, text + alone(d), ""};
}

} // namespace

answer explain(desk& d) {
    if (!d.args.against.empty() || !d.args.candidates.empty()) return explain_pairs(d);
    const policy by = d.args.heuristic.value_or(policy::exhaustive);
    answer a;
    std::vector<decision> all;
    for (const uonaco::workload& w : d.workloads) {
        const auto p = d.problem_of(w);
        if (!p) return no(p.error().detail, d.screen);
        all.push_back(decide(by, *p, place_one(by, *p, d.wanted, d.args.device_step), d.wanted));
        d.sign(all.back());
        if (!is_placed(all.back())) a.status = exit_status::negative;
    }
    switch (d.args.format) {
    case output_format::json: a.out = list_of(all); break;
    case output_format::csv: a.out = as_csv(lines_of(all)); break;
    case output_format::table: {
        const lines common = unknown_to_all(all);
        for (const decision& x : all) a.out += (a.out.empty() ? "" : "\n") + full_text(x, d.screen, common);
        if (!common.empty()) a.out += "\n" + not_known(common, {}, d.screen, "");
        a.out += alone(d);
        break;
    }
    }
    return a;
}

} // namespace program
