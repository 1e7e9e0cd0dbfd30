# SPDX-License-Identifier: Apache-2.0
include_guard()
# What every piece would instantiate of its own: once is enough.
add_library(compiled_records STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tests/records.cpp")
target_link_libraries(compiled_records PRIVATE uonaco::json)

# Where all is built once, as in CI, the files of a test program are compiled in a few pieces: templates that ten files use are made
# once, not ten times, and a build takes a third of the time. Each file stands in a namespace of its own, behind all that any of them
# includes. What cannot stand in a namespace, or has options of its own, is compiled by itself as ever.
function(compile_in_pieces target)
    if(NOT UONACO_UNITY)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    set(includes)
    set(optimised)
    set(others)
    foreach(source IN LISTS sources)
        get_source_file_property(options "${source}" COMPILE_OPTIONS)
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
        if(options)
            list(APPEND optimised "${source}")
            continue()
        endif()
        list(APPEND others "${source}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
        file(STRINGS "${source}" alone REGEX "^(namespace [a-zA-Z]|UONACO_REFLECT|template <>|int main|#if)")
        if(alone)
            set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
            continue()
        endif()
        file(STRINGS "${source}" own REGEX "^#include ")
        list(APPEND includes ${own})
        cmake_path(GET source PARENT_PATH folder)
        target_include_directories(${target} PRIVATE "${folder}") # for what stands beside the file
    endforeach()
    if(NOT others)
        return()
    endif()
    list(REMOVE_DUPLICATES includes)
    if("${includes}" MATCHES "uonaco/(uonaco|json|io/|adapt/)")
        list(APPEND includes "#include <uonaco/io/extern.hpp>")
        target_link_libraries(${target} PRIVATE compiled_records)
    endif()
    list(JOIN includes "\n" text)
    set(header "${CMAKE_CURRENT_BINARY_DIR}/${target}_includes.hpp")
    file(CONFIGURE OUTPUT "${header}" CONTENT "#pragma once\n${text}\n" @ONLY)
    set_target_properties(${target} PROPERTIES
        UNITY_BUILD ON
        UNITY_BUILD_BATCH_SIZE 6
        UNITY_BUILD_UNIQUE_ID UONACO_TEST_FILE
        UNITY_BUILD_CODE_BEFORE_INCLUDE "#include \"${header}\"\nnamespace UONACO_TEST_FILE {"
        UNITY_BUILD_CODE_AFTER_INCLUDE "}"
        SOURCES "${others}")
    # What is optimised is linked first, so that its inline functions serve all the others.
    if(optimised)
        add_library(${target}_optimised OBJECT ${optimised})
        get_target_property(needs ${target} LINK_LIBRARIES)
        target_link_libraries(${target}_optimised PRIVATE ${needs})
        add_dependencies(${target} ${target}_optimised)
        target_link_options(${target} BEFORE PRIVATE $<TARGET_OBJECTS:${target}_optimised>)
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS $<TARGET_OBJECTS:${target}_optimised>)
    endif()
endfunction()
