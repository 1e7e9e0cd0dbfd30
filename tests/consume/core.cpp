// SPDX-License-Identifier: Apache-2.0
#include <uonaco/core.hpp>
#include <uonaco/network.hpp>
#include <uonaco/place.hpp>

#include <cstdio>

int main() { std::puts("uonaco::core " UONACO_VERSION); }
