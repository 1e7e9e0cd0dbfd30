// expect: requires 't' to be an objective_term: it needs `static constexpr const char\* name`
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/evaluator.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

struct steps {
#ifdef CONTROL
    static constexpr const char* name = "steps";
#endif
    scalar<double> cost(const outcome<double>& o) const { return o.time.step / 1_s; }
};

evaluator objective{weigh(1.0, steps{})};
