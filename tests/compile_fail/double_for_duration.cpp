// expect: from 'double' to 'uonaco::[^']*duration'
// SPDX-License-Identifier: Apache-2.0
// A number says nothing about its unit.
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;

void wait_for(uonaco::units::duration);

void ask() {
#ifdef CONTROL
    wait_for(30_s);
#else
    wait_for(30.0);
#endif
}
