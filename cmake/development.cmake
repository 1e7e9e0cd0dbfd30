# SPDX-License-Identifier: Apache-2.0
# Holds for our own builds only; who uses the library keeps his own flags.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Without contraction g++ and clang give the same bits, which is tested. For g++: depth 2 names the requirement that failed,
# and once it optimises, version 12 sees uninitialised members in any std::map that is copied.
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off
                    $<$<CXX_COMPILER_ID:GNU>:-fconcepts-diagnostics-depth=2> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

# Target all_verify_interface_header_sets: every header compiles alone.
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ${UONACO_BUILD_TESTS})

# ccache keeps working beside a precompiled header only if told so.
find_program(UONACO_CCACHE ccache)
mark_as_advanced(UONACO_CCACHE)
if(UONACO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${UONACO_CCACHE}")
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
                        "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
