// SPDX-License-Identifier: Apache-2.0
#include "contest.hpp"
#include "decisions.hpp"
#include "outcome_figures.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/place/describe.hpp>

namespace program {

namespace {

using uonaco::ranked;

const ranked* choice_of(const contest& c, policy p) { return c.of(p) ? &c.of(p)->best : nullptr; }

std::string description_of(const contest& c, policy p) {
    const ranked* r = choice_of(c, p);
    return r ? describe(c.asked, r->choice)
             : std::string(to_string(c.of(p).error().code)) + ": " + c.of(p).error().detail;
}

table table_of(const contest& c) {
    table t;
    t.columns = {words_column("workload"), words_column("policy"), words_column("status")};
    add_outcome_columns(t.columns);
    t.columns.push_back(column_of<uonaco::units::ratio>("gap"));
    t.columns.push_back(words_column("description"));
    t.columns.front().shown = t.columns.back().shown = false;
    bool any_rejected = false;
    for (const policy by : all_policies) {
        const ranked* r = choice_of(c, by);
        const auto gap = c.gap(by);
        const bool best = gap && *gap <= 0.0;
        any_rejected = any_rejected || !r;
        row line{{shown(c.asked.asked().id.text), shown(to_string(by)),
                  shown(r ? "placed" : to_string(c.of(by).error().code))},
                 !r     ? style::bad
                 : best ? style::good
                        : style::plain};
        if (r) line.figures[2].raw = "placed";
        if (!r) line.figures[2].raw = "rejected";
        add_outcome_figures(line.figures, r ? &r->outcome : nullptr);
        line.figures.push_back(gap ? shown(gap) : figure{});
        if (best) line.figures.back().text = "best";
        line.figures.push_back(shown(description_of(c, by)));
        t.rows.push_back(line);
    }
    t.columns[2].shown = any_rejected;
    return t;
}

/// Policies that chose the same, in order, with what they chose.
struct camp {
    std::vector<std::string> policies{};
    policy first{};
    std::string description{};
};
std::vector<camp> camps_of(const contest& c) {
    std::vector<camp> camps;
    for (const policy by : all_policies) {
        const std::string description = description_of(c, by);
        bool known = false;
        for (camp& other : camps) {
            if (other.description != description) continue;
            other.policies.emplace_back(to_string(by));
            known = true;
        }
        if (!known) camps.push_back({{to_string(by)}, by, description});
    }
    return camps;
}

/// Why a camp's choice costs more, in one line.
std::string verdict_on(const contest& c, const camp& other) {
    const ranked* best = choice_of(c, policy::exhaustive);
    const ranked* theirs = choice_of(c, other.first);
    if (!best || !theirs) return {};
    const auto more = theirs->outcome.full_cost - best->outcome.full_cost;
    const std::string amount = uonaco::units::to_text(more.si() < 0 ? -more : more).c_str();
    const std::string why = reasons(c.asked, *best, *theirs, 3);
    if (why.empty()) return {};
    return amount + (more.si() < 0 ? " less" : " more") + " in all: " + why;
}

std::string heading(const desk& d, const uonaco::workload& w) {
    const std::string about = w.name.empty() ? "by " + d.profile : w.name;
    return hanging(printable(w.id.text) + ": ", printable(about), d.screen, style::strong) + "\n";
}

/// A contest and the record of what the search over everything decided.
struct match {
    contest held{};
    uonaco::decision joint{};
};

std::string as_text(const desk& d, const match& m, const lines& said) {
    const contest& c = m.held;
    std::string out = heading(d, c.asked.asked()) + as_text(table_of(c), d.screen) + "\n";
    const auto camps = camps_of(c);
    for (const camp& x : camps) {
        const std::string who = camps.size() == 1 ? "all" : joined(x.policies);
        out += "  " + styled(who, style::strong, d.screen.colour) + "\n";
        out += hanging("    ", printable(x.description), d.screen);
        const std::string verdict = verdict_on(c, x);
        if (!verdict.empty()) out += hanging("    ", printable(verdict), d.screen);
    }
    out += "\n  Why " + std::string(to_string(policy::exhaustive)) + " chose so:\n";
    for (const std::string& line : m.joint.explanation) out += sentence("  " + line, d.screen);
    return out + not_known(m.joint.ignored, said, d.screen, "    ");
}

table table_of(const std::vector<total>& totals, unsigned long workloads, unsigned long common) {
    table t;
    t.columns = {words_column("policy"),
                 count_column("placed"),
                 count_column("workloads"),
                 column_of<uonaco::units::money>("full_cost"),
                 column_of<uonaco::units::money>("money"),
                 column_of<uonaco::units::energy>("energy"),
                 column_of<uonaco::units::carbon_mass>("carbon"),
                 column_of<uonaco::units::duration>("completion"),
                 count_column("common_placed"),
                 column_of<uonaco::units::money>("common_full_cost")};
    t.columns[7].title = "completion, summed";
    t.columns[8].shown = false;
    t.columns[9].title = "full cost of the same " + std::to_string(common);
    t.columns[9].shown = common > 0;
    for (const total& x : totals)
        t.rows.push_back({{shown(to_string(x.by)), shown(x.all.placed), shown(static_cast<long long>(workloads)),
                           shown(x.all.full_cost), shown(x.all.money), shown(x.all.energy), shown(x.all.carbon),
                           shown(x.all.completion), shown(static_cast<long long>(common)), shown(x.common_cost)},
                          style::plain});
    return t;
}

void add_list(uonaco::io::document& json, const char* key, const lines& all) {
    json.key(key).open_array();
    for (const std::string& line : all) json.string(line);
    json.close();
}

void add_json(uonaco::io::document& json, const match& m) {
    const contest& c = m.held;
    json.open_object();
    json.key("workload").string(c.asked.asked().id.text);
    json.key("value_of_time_usd_per_h").real(uonaco::units::in_exchange_unit(c.asked.what().value.value_of_time));
    json.key("policies").open_array();
    add_rows(json, table_of(c));
    json.close();
    add_list(json, "explanation", m.joint.explanation);
    add_list(json, "ignored", m.joint.ignored);
    json.key("why_not").open_object();
    for (const camp& x : camps_of(c)) {
        const std::string verdict = verdict_on(c, x);
        for (const std::string& by : x.policies)
            if (!verdict.empty()) json.key(by).string(verdict);
    }
    json.close();
    json.close();
}

// ---- the whole answer --------------------------------------------------------------------------------------------------

struct comparison {
    std::vector<match> matches{};
    table totals{};
};

uonaco::result<comparison> compare_all(desk& d) {
    comparison all;
    progress meter(d.screen, "compare", d.workloads.size() * (1 + std::size(all_policies)));
    for (const uonaco::workload& w : d.workloads) {
        meter.step(w.id.text);
        auto held = hold_contest(d, w);
        if (!held) return held.error();
        match m{*std::move(held), {}};
        m.joint = decide(policy::exhaustive, m.held.asked, m.held.of(policy::exhaustive), d.wanted);
        all.matches.push_back(std::move(m));
    }
    unsigned long common = 0;
    const auto totals = hold_totals(d, meter, common);
    if (!totals) return totals.error();
    all.totals = table_of(*totals, d.workloads.size(), common);
    return all;
}

std::string as_json(const desk& d, const comparison& all) {
    uonaco::io::document json;
    json.open_object();
    json.key("kind").string("comparison");
    json.key("profile").string(d.profile);
    json.key("workloads").open_array();
    for (const match& m : all.matches) add_json(json, m);
    json.close();
    json.key("totals").open_array();
    add_rows(json, all.totals);
    json.close();
    json.close();
    return text_of(json);
}

std::string as_csv(const comparison& all) {
    std::string out;
    for (const match& m : all.matches) {
        const std::string rows = as_csv(table_of(m.held));
        out += out.empty() ? rows : rows.substr(rows.find('\n') + 1);
    }
    return out;
}

std::string as_text(const desk& d, const comparison& all) {
    std::vector<uonaco::decision> joint;
    for (const match& m : all.matches) joint.push_back(m.joint);
    const lines common = unknown_to_all(joint);
    std::string out;
    for (const match& m : all.matches) out += (out.empty() ? "" : "\n") + as_text(d, m, common);
    if (all.matches.size() < 2) return out;
    if (!common.empty()) out += "\n" + not_known(common, {}, d.screen, "");
    out +=
        "\n" + styled("All " + counted(all.matches.size(), "workload") + " together", style::strong, d.screen.colour);
    out += styled("  most urgent first, each in what those before it left", style::faint, d.screen.colour);
    return out + "\n\n" + as_text(all.totals, d.screen);
}

} // namespace

answer compare(desk& d) {
    const auto all = compare_all(d);
    if (!all) return no(all.error().detail, d.screen);
    answer a;
    for (const match& m : all->matches)
        if (!is_placed(m.joint)) a.status = exit_status::negative;
    switch (d.args.format) {
    case output_format::json: a.out = as_json(d, *all); break;
    case output_format::csv: a.out = as_csv(*all); break;
    case output_format::table: a.out = as_text(d, *all); break;
    }
    return a;
}

} // namespace program
