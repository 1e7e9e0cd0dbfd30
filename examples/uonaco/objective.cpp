// SPDX-License-Identifier: Apache-2.0
#include "objective.hpp"

namespace program {

objective::objective(uonaco::preset p)
    : size(uonaco::with_preset(p, [](const auto& e) { return e.size; })), preset_(p) {}

objective::score objective::operator()(const uonaco::outcome<double>& o, unsigned left_out) const {
    return uonaco::with_preset(preset_, [&](const auto& e) {
        static_assert(std::decay_t<decltype(e)>::size <= most_terms);
        const auto exact = e(o, left_out);
        score s;
        s.total = exact.total;
        s.feasible = exact.feasible;
        for (int i = 0; i < e.size; ++i) {
            s.parts[i] = exact.parts[i];
            s.unknown[i] = exact.unknown[i];
        }
        return s;
    });
}

unsigned objective::ignorable(const uonaco::outcome<double>& o) const {
    return uonaco::with_preset(preset_, [&](const auto& e) { return e.ignorable(o); });
}
const char* objective::name(int i) const {
    return uonaco::with_preset(preset_, [&](const auto& e) { return e.name(i); });
}
double objective::weight(int i) const {
    return uonaco::with_preset(preset_, [&](const auto& e) { return e.weight(i); });
}

} // namespace program
