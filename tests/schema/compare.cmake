# SPDX-License-Identifier: Apache-2.0
# cmake -P compare.cmake -- GENERATOR DIRECTORY
# What GENERATOR writes must be in DIRECTORY, byte for byte, and no other schema or tree. With UONACO_UPDATE_GOLDEN=1 in the
# environment it is written there instead.
set(generator "${CMAKE_ARGV4}")
set(committed "${CMAKE_ARGV5}")

string(RANDOM LENGTH 8 unique)
set(generated "${CMAKE_CURRENT_BINARY_DIR}/schemas-${unique}")
file(MAKE_DIRECTORY "${generated}")
execute_process(COMMAND "${generator}" "${generated}" RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "${generator}: exit status ${status}")
endif()

file(GLOB new RELATIVE "${generated}" "${generated}/*")
file(GLOB old RELATIVE "${committed}" "${committed}/*.schema.json" "${committed}/*.txt")
set(differ)
foreach(name IN LISTS new old)
    execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files "${generated}/${name}" "${committed}/${name}"
                    RESULT_VARIABLE status ERROR_QUIET)
    if(NOT status EQUAL 0)
        list(APPEND differ "${name}")
    endif()
endforeach()
list(REMOVE_DUPLICATES differ)
if(differ AND "$ENV{UONACO_UPDATE_GOLDEN}")
    foreach(name IN LISTS differ)
        file(REMOVE "${committed}/${name}")
        if(EXISTS "${generated}/${name}")
            file(COPY "${generated}/${name}" DESTINATION "${committed}")
        endif()
        message("written: ${committed}/${name}")
    endforeach()
    set(differ)
endif()
file(REMOVE_RECURSE "${generated}")
if(differ)
    list(JOIN differ ", " differ)
    message(FATAL_ERROR "schemas/ differs from what the declarations generate: ${differ}\n"
                        "If they are right: UONACO_UPDATE_GOLDEN=1 ctest --preset dev -R schema/ and review the change.")
endif()
