// SPDX-License-Identifier: Apache-2.0
#include <uonaco/io/extern.hpp>
#include <uonaco/uonaco.hpp>

const char* version_in_two();
const char* version_in_two() { return UONACO_VERSION; }

bool loads_in_two(const char* text);
bool loads_in_two(const char* text) { return uonaco::io::load<uonaco::scenario>(text).has_value(); }
