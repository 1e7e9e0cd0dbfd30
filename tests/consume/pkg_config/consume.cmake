# SPDX-License-Identifier: Apache-2.0
# The installed tree is moved first: what pkg-config says has to follow it.
set(ENV{PKG_CONFIG_PATH} "${BINARY_DIR}/moved/share/pkgconfig")
file(REMOVE_RECURSE "${BINARY_DIR}")
file(COPY "${PREFIX}/" DESTINATION "${BINARY_DIR}/moved")

execute_process(COMMAND "${PKG_CONFIG}" --modversion uonaco OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
if(NOT version STREQUAL VERSION)
    message(FATAL_ERROR "pkg-config says version ${version}, not ${VERSION}")
endif()
execute_process(COMMAND "${PKG_CONFIG}" --cflags uonaco OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)
if(flags MATCHES "${PREFIX}/")
    message(FATAL_ERROR "the flags name the place it was installed to: ${flags}")
endif()
separate_arguments(flags UNIX_COMMAND "${flags}")
execute_process(COMMAND "${CXX}" -std=c++20 ${flags} "${CMAKE_CURRENT_LIST_DIR}/../core.cpp" -o "${BINARY_DIR}/consumer"
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${BINARY_DIR}/consumer" COMMAND_ERROR_IS_FATAL ANY)
