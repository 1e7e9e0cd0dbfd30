// SPDX-License-Identifier: Apache-2.0
#include <uonaco/uonaco.hpp>

const char* version_in_two();
const char* version_in_two() { return UONACO_VERSION; }
