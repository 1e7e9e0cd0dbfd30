// SPDX-License-Identifier: Apache-2.0
#include "contest.hpp"

#include <uonaco/place/explain.hpp>

namespace program {

uonaco::maybe<uonaco::units::ratio> contest::gap(policy p) const {
    const auto& best = of(policy::exhaustive);
    const auto& mine = of(p);
    if (!best || !mine || !(best->best.objective > 0)) return {};
    return uonaco::units::ratio(mine->best.objective / best->best.objective - 1.0);
}

uonaco::result<contest> hold_contest(desk& d, const uonaco::workload& w) {
    contest c;
    auto p = d.problem_of(w);
    if (!p) return p.error();
    c.asked = *std::move(p);
    c.found = place_by_all(c.asked, d.wanted);
    return c;
}

uonaco::result<std::vector<total>> hold_totals(const desk& d, progress& meter, unsigned long& common) {
    std::vector<total> totals;
    for (const policy by : all_policies) {
        auto all = place_all(by, d.where, d.workloads, d.wanted, d.how, meter);
        if (!all) return all.error();
        totals.push_back({by, *std::move(all), {}});
    }
    common = 0;
    for (unsigned long i = 0; i < d.workloads.size(); ++i) {
        bool by_all = true;
        for (const total& t : totals) by_all = by_all && t.all.decisions[i].outcome.known();
        if (!by_all) continue;
        ++common;
        for (total& t : totals) t.common_cost += t.all.decisions[i].outcome->full_cost;
    }
    return totals;
}

std::string reasons(const uonaco::problem& p, const uonaco::ranked& first, const uonaco::ranked& second,
                    unsigned long most) {
    std::string text;
    for (const uonaco::difference& d : uonaco::explain(first, second, p.what().value)) {
        if (most-- == 0) break;
        if (!text.empty()) text += "; ";
        text += d.what + (d.more.si() < 0 ? " -" : " +") +
                uonaco::units::to_text(d.more.si() < 0 ? -d.more : d.more).c_str() + " (" + d.detail + ")";
    }
    return text;
}

} // namespace program
