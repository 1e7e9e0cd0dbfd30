// SPDX-License-Identifier: Apache-2.0
// Carries the precompiled header, which catch_main.cpp itself cannot use.
#include "catch.hpp"
