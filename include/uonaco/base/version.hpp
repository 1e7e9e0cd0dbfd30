// SPDX-License-Identifier: Apache-2.0
// The one source of the version: CMake, the packages and the program read it from here.
#pragma once

#define UONACO_VERSION_MAJOR 0
#define UONACO_VERSION_MINOR 1
#define UONACO_VERSION_PATCH 0
#define UONACO_VERSION "0.1.0"
