// SPDX-License-Identifier: Apache-2.0
// Compiled once for all unit tests. Version 3 brings its own main in a library and needs nothing from here.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
