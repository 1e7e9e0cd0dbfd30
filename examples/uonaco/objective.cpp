// SPDX-License-Identifier: Apache-2.0
#include "objective.hpp"

namespace program {

objective::objective(uonaco::preset p)
    : size(uonaco::with_preset(p, [](const auto& e) { return e.size; })), preset_(p) {}

objective::objective(const uonaco::scoring_profile& p) : objective(p.preset) {
    if (p.terms.empty()) return;
    stated_ = true;
    terms_ = uonaco::profile_evaluator::of(p);
    size = terms_.size;
}

objective::score objective::operator()(const uonaco::outcome<double>& o, unsigned left_out) const {
    return with([&](const auto& e) {
        const auto exact = e(o, left_out);
        score s;
        s.total = exact.total;
        for (int k = 1; k < exact.levels; ++k) s.later[k - 1] = exact.later[k - 1];
        s.feasible = exact.feasible;
        for (int i = 0; i < e.size; ++i) {
            s.parts[i] = exact.parts[i];
            s.costs[i] = exact.costs[i];
            s.margins[i] = exact.margins[i];
            s.unknown[i] = exact.unknown[i];
        }
        return s;
    });
}

unsigned objective::ignorable(const uonaco::outcome<double>& o) const {
    return with([&](const auto& e) { return e.ignorable(o); });
}
const char* objective::name(int i) const {
    return with([&](const auto& e) { return e.name(i); });
}
double objective::weight(int i) const {
    return with([&](const auto& e) { return e.weight(i); });
}
uonaco::term_role objective::role(int i) const {
    return with([&](const auto& e) { return e.role(i); });
}

} // namespace program
