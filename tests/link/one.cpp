// SPDX-License-Identifier: Apache-2.0
// Everything in two translation units: whatever is not inline is defined twice and does not link. The other one's reader of
// scenarios is the one compiled here.
#include <uonaco/uonaco.hpp>

#define UONACO_INSTANTIATE
#include <uonaco/io/extern.hpp>

const char* version_in_two();
bool loads_in_two(const char* text);

int main() {
    const bool loads = loads_in_two(R"({"kind": "scenario", "schema_version": "1.0"})");
    return version_in_two() == nullptr || !loads;
}
