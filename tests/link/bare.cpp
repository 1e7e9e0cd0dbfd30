// SPDX-License-Identifier: Apache-2.0
// The dependency-free component, built with -fno-exceptions -fno-rtti; the program of the first page is its main.
#include <uonaco/core.hpp>
#include <uonaco/network.hpp>
#include <uonaco/place.hpp>
