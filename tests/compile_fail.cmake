# SPDX-License-Identifier: Apache-2.0
# cmake -P compile_fail.cmake -- SOURCE COMPILER [FLAGS...]
# The first line of SOURCE is `// expect: REGEX`. SOURCE must compile with -DCONTROL and must not without; what the
# compiler then says, with every run of white space made one blank, must match REGEX.
set(command)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE 4 ${last})
    list(APPEND command "${CMAKE_ARGV${i}}")
endforeach()
list(POP_FRONT command source)
list(APPEND command -fsyntax-only "${source}")

file(STRINGS "${source}" first LIMIT_COUNT 1)
if(NOT first MATCHES "^// expect: (.+)$")
    message(FATAL_ERROR "${source}:1: the first line has to be `// expect: REGEX`")
endif()
set(expected "${CMAKE_MATCH_1}")

execute_process(COMMAND ${command} -DCONTROL RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "the control (-DCONTROL) has to compile, but:\n${said}")
endif()
execute_process(COMMAND ${command} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(status EQUAL 0)
    message(FATAL_ERROR "this compiles, but must not")
endif()
string(REGEX REPLACE "[ \t\r\n]+" " " one_line "${said}")
if(NOT one_line MATCHES "${expected}")
    message(FATAL_ERROR "it does not compile, as it should, but the message has no match for\n  ${expected}\n"
                        "The compiler says:\n${said}")
endif()
message("rejected with: ${CMAKE_MATCH_0}")
