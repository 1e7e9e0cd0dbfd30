// expect: (operator\+|operands).*same_dimension<
// SPDX-License-Identifier: Apache-2.0
// Hours and dollars do not add up.
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;

#ifdef CONTROL
auto sum = 5_usd + 2_h * 3_usd_per_h;
#else
auto sum = 5_usd + 2_h;
#endif
