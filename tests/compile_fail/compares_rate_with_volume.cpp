// expect: (operator<|operands).*same_dimension<
// SPDX-License-Identifier: Apache-2.0
// What is larger, 100 Gb/s or 12 GB?
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;

#ifdef CONTROL
bool more = 100_Gbps * 1_s < 13_GB;
#else
bool more = 100_Gbps < 13_GB;
#endif
