// expect: a bound, tolerance or worst figure of a term 't' must have the dimension of t.reference
// SPDX-License-Identifier: Apache-2.0
// The bound of a soft limit has the dimension of its figure.
#include <uonaco/evaluate/limits.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;
using namespace uonaco::literals;

#ifdef CONTROL
evaluator objective{soft(terms::carbon{100_kg}, 500_kg, 1.0)};
#else
evaluator objective{soft(terms::carbon{100_kg}, 500_usd, 1.0)};
#endif
