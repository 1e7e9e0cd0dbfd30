// SPDX-License-Identifier: Apache-2.0
// Everything in two translation units: whatever is not inline is defined twice and does not link.
#include <uonaco/uonaco.hpp>

const char* version_in_two();

int main() { return version_in_two() == nullptr; }
