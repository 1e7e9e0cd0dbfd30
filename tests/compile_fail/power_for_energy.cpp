// expect: quantity<[^']*kinds::power>' to (non-scalar type )?'[^']*kinds::energy>'
// SPDX-License-Identifier: Apache-2.0
// Watts are not kilowatt-hours.
#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;

#ifdef CONTROL
uonaco::units::energy used = 700_W * 3_h;
#else
uonaco::units::energy used = 700_W;
#endif
