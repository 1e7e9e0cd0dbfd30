// expect: maybe<[^']*money
// SPDX-License-Identifier: Apache-2.0
// What may be unknown does not read as a number: somebody has to say what an unknown does.
#include <uonaco/units/literals.hpp>
#include <uonaco/units/maybe.hpp>

using namespace uonaco::literals;

uonaco::units::money total(uonaco::maybe<uonaco::units::money> price) {
#ifdef CONTROL
    return price.value_or(100_usd);
#else
    return price;
#endif
}
