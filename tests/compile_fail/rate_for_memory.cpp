// expect: operator=.*bit_rate.*memory|no known conversion from 'quantity<kinds::bit_rate
// SPDX-License-Identifier: Apache-2.0
// A rate is no amount.
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;

void reserve() {
    uonaco::units::memory memory;
#ifdef CONTROL
    memory = 100_Gbps * 8_s;
#else
    memory = 100_Gbps;
#endif
    static_cast<void>(memory);
}
