// SPDX-License-Identifier: Apache-2.0
// The one place that compiles the readers and writers of records for all pieces of test programs (cmake/unity.cmake).
#define UONACO_INSTANTIATE
#include <uonaco/io/extern.hpp>
