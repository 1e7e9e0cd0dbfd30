# SPDX-License-Identifier: Apache-2.0
# Holds for our own builds only; those who use the library keep their own flags.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Without contraction g++ and clang give the same bits, which is tested. For g++: depth 2 names the requirement that failed;
# the two warnings come, once version 12 optimises, for correct copies of std::map and sums of std::string.
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fconcepts-diagnostics-depth=2 -Wno-maybe-uninitialized -Wno-restrict)
endif()

# Debug information of dozens of test programs: lld links them in an eighth of the time.
find_program(UONACO_LLD ld.lld)
mark_as_advanced(UONACO_LLD)
if(UONACO_LLD)
    add_link_options(-fuse-ld=lld)
endif()

# ccache keeps working beside a precompiled header only if told so.
find_program(UONACO_CCACHE ccache)
mark_as_advanced(UONACO_CCACHE)
if(UONACO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${UONACO_CCACHE}")
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        add_compile_options(-fpch-preprocess)
    else()
        add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
    endif()
endif()
