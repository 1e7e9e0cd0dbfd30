// SPDX-License-Identifier: Apache-2.0
#include <uonaco/place/ranges.hpp>

#include <cstdio>

int main() { std::puts("uonaco::ranges " UONACO_VERSION); }
