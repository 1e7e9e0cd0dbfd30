// SPDX-License-Identifier: Apache-2.0
#include <uonaco/uonaco.hpp>

#include <cstdio>

int main() { std::puts("uonaco::uonaco " UONACO_VERSION); }
