// expect: a bound, tolerance or worst figure of a term 't' must have the dimension of t.reference
// SPDX-License-Identifier: Apache-2.0
// The bound of a hard limit has the dimension of its figure.
#include <uonaco/evaluate/limits.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;
using namespace uonaco::literals;

#ifdef CONTROL
evaluator objective{hard(terms::peak_power{}, 300_kW)};
#else
evaluator objective{hard(terms::peak_power{}, 300_kWh)};
#endif
