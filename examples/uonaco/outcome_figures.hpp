// SPDX-License-Identifier: Apache-2.0
// An outcome as columns of a table.
#pragma once

#include "table.hpp"

#include <uonaco/decision/outcome.hpp>

namespace program {

/// Calls f(name, quantity, applies, expendable) for each figure that is shown of an outcome. Energy is that of facilities and transport.
template <class F>
void for_each_figure(const uonaco::outcome<double>& o, F f) {
    f("step", o.time.step, o.time.step.si() > 0, 0);
    f("first_token", o.time.first_token, o.time.first_token.si() > 0, 0);
    f("per_token", o.time.per_token, o.time.per_token.si() > 0, 6);
    f("completion", o.time.completion, true, 0);
    f("full_cost", o.full_cost, true, 0);
    f("money", o.money.total, true, 1);
    f("energy", o.energy.total(), true, 5);
    f("carbon", o.energy.carbon, true, 4);
    f("availability", o.reliability.joint, true, 7);
    f("compute_efficiency", o.compute_efficiency, o.compute_efficiency.known(), 3);
    f("joint_efficiency", o.joint_efficiency, o.joint_efficiency.known(), 2);
}

inline void add_outcome_columns(std::vector<column>& columns) {
    for_each_figure({}, [&]<class Q>(const char* name, const Q&, bool, int expendable) {
        column c;
        if constexpr (uonaco::is_maybe<Q>)
            c = column_of<typename Q::value_type>(name);
        else
            c = column_of<Q>(name);
        c.expendable = expendable;
        if (const auto end = c.title.find("efficiency"); end != c.title.npos) c.title.replace(end, 10, "eff.");
        columns.push_back(c);
    });
}

/// Figures for these columns; none at all without an outcome.
inline void add_outcome_figures(std::vector<figure>& figures, const uonaco::outcome<double>* o) {
    for_each_figure(o ? *o : uonaco::outcome<double>{}, [&](const char*, const auto& quantity, bool applies, int) {
        figures.push_back(o && applies ? shown(quantity) : figure{});
    });
}

} // namespace program
