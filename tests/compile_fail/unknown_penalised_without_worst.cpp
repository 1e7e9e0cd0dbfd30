// expect: unknown_as<on_unknown::penalise>\(t, worst\) needs the figure that stands in for what is not known
// SPDX-License-Identifier: Apache-2.0
// What is penalised has a worst.
#include <uonaco/evaluate/limits.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;
using namespace uonaco::literals;

#ifdef CONTROL
evaluator objective{weigh(1.0, unknown_as<on_unknown::penalise>(terms::carbon{}, 500_kg))};
#else
evaluator objective{weigh(1.0, unknown_as<on_unknown::penalise>(terms::carbon{}))};
#endif
