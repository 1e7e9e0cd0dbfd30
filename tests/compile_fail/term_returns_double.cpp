// expect: cost\(\) must return a pure number
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/evaluator.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

struct steps {
    static constexpr const char* name = "steps";
#ifdef CONTROL
    scalar<double> cost(const outcome<double>& o) const { return o.time.step / 1_s; }
#else
    double cost(const outcome<double>& o) const { return o.time.step.si(); }
#endif
};

evaluator objective{weigh(1.0, steps{})};
