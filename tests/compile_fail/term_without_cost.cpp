// expect: requires 't' to be an objective_term: it needs `cost\(const outcome<double>&\) const`
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/evaluator.hpp>

using namespace uonaco;

struct steps {
    static constexpr const char* name = "steps";
#ifdef CONTROL
    scalar<double> cost(const outcome<double>&) const { return 1.0; }
#endif
};

evaluator objective{weigh(1.0, steps{})};
