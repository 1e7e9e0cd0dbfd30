// expect: a bound, tolerance or worst figure of a term 't' must have the dimension of t.reference
// SPDX-License-Identifier: Apache-2.0
// The tolerance of a level has the dimension of its figure.
#include <uonaco/evaluate/lexicographic.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;
using namespace uonaco::literals;

#ifdef CONTROL
const auto objective = first(terms::full_cost{}, 500_usd).then(terms::carbon{});
#else
const auto objective = first(terms::full_cost{}, 1_h).then(terms::carbon{});
#endif
