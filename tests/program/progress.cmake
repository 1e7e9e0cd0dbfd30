# SPDX-License-Identifier: Apache-2.0
# Long work shows how far it is on stderr where that is a terminal, and nowhere else.
cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/helpers.cmake")
set(unknowns examples/scenarios/unknowns.json)

foreach(verb place compare)
    run(0 ${verb} ${unknowns})
    says_nothing(err)
endforeach()

find_program(SCRIPT script) # of util-linux: gives a program a terminal
set(terminal 1)
if(SCRIPT)
    execute_process(COMMAND "${SCRIPT}" -qec true /dev/null RESULT_VARIABLE terminal OUTPUT_QUIET ERROR_QUIET)
endif()
if(NOT terminal STREQUAL 0)
    message(STATUS "no pseudo-terminals here: what a terminal shows is not tested")
    return()
endif()
foreach(verb place compare)
    execute_process(COMMAND ${CMAKE_COMMAND} -E env TERM=xterm "${SCRIPT}" -qec "'${PROGRAM}' ${verb} ${unknowns} >/dev/null" /dev/null
                    RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
    set(run_line "${verb} on a terminal")
    says(out "${verb} 1/")
    if(NOT status STREQUAL 0)
        message(SEND_ERROR "uonaco ${run_line}: exit status ${status}\n${out}${err}")
    endif()
endforeach()

# How far a long stream has been read.
string(REPEAT "{\"kind\": \"site\", \"schema_version\": \"1.0\", \"id\": \"a\", \"name\": \"somewhere\"}\n" 16000 text)
file(WRITE "${SCRATCH}/long.ndjson" "${text}")
execute_process(COMMAND ${CMAKE_COMMAND} -E env TERM=xterm "${SCRIPT}" -qec "'${PROGRAM}' validate '${SCRATCH}/long.ndjson' >/dev/null" /dev/null
                RESULT_VARIABLE status OUTPUT_VARIABLE out)
set(run_line "validate of a stream on a terminal")
says(out "validate 1/1" " 1 MB")
if(NOT status STREQUAL 0)
    message(SEND_ERROR "uonaco ${run_line}: exit status ${status}\n${out}")
endif()
