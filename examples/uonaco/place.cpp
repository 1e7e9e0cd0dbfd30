// SPDX-License-Identifier: Apache-2.0
#include "decisions.hpp"
#include "desk.hpp"
#include "outcome_figures.hpp"
#include "text.hpp"
#include "verbs.hpp"

namespace program {

namespace {

using uonaco::decision;

table table_of(const std::vector<decision>& all) {
    table t;
    t.columns = {words_column("workload"), words_column("status")};
    add_outcome_columns(t.columns);
    t.columns.push_back(words_column("placement"));
    bool any_rejected = false;
    for (const decision& d : all) {
        row r{{shown(d.workload.text), shown(to_string(d.status))}, is_placed(d) ? style::plain : style::bad};
        add_outcome_figures(r.figures, d.outcome ? &*d.outcome : nullptr);
        r.figures.push_back(shown(is_placed(d) ? d.description : d.reason));
        any_rejected = any_rejected || !is_placed(d);
        t.rows.push_back(r);
    }
    t.columns[1].shown = any_rejected;
    for (column& c : t.columns) // the sentences below have these
        if (c.key == "per_token_us" || c.key == "availability_ratio") c.shown = false;
    return t;
}

/// Of all that were placed.
std::string totals(const uonaco::placements& all, const std::string& policy) {
    const auto said = [](const auto& q) { return std::string(uonaco::units::to_text(q).c_str()); };
    return std::to_string(all.placed) + " of " + counted(all.decisions.size(), "workload") + " placed by " + policy +
           ": full cost " + said(all.full_cost) + ", money " + said(all.money) + ", energy " + said(all.energy) +
           ", carbon " + said(all.carbon);
}

std::string as_text(const uonaco::placements& all, policy by, const terminal& screen) {
    const lines common = unknown_to_all(all.decisions);
    std::string out = as_text(table_of(all.decisions), screen) + "\n" +
                      hanging("  ", totals(all, to_string(by)), screen) + not_known(common, {}, screen, "  ");
    for (const decision& d : all.decisions) out += "\n" + told(d, screen, common);
    return out;
}

} // namespace

answer place(desk& d) {
    const policy by = d.args.heuristic.value_or(d.workloads.size() == 1 ? policy::exhaustive : policy::greedy);
    auto all = [&] {
        progress meter(d.screen, "place", d.workloads.size());
        return place_all(by, d.where, d.workloads, d.wanted, d.how, meter, d.args.device_step);
    }();
    if (!all) return no(all.error().detail, d.screen);
    for (decision& made : all->decisions) d.sign(made);

    answer a;
    for (const decision& made : all->decisions)
        if (!is_placed(made)) a.status = exit_status::negative;
    switch (d.args.format) {
    case output_format::json: a.out = list_of(all->decisions); break;
    case output_format::csv: a.out = as_csv(table_of(all->decisions)); break;
    case output_format::table: a.out = as_text(*all, by, d.screen); break;
    }
    return a;
}

} // namespace program
