// SPDX-License-Identifier: Apache-2.0
#include <uonaco/json.hpp>

#include <cstdio>

int main() { std::puts("uonaco::json " UONACO_VERSION); }
