# SPDX-License-Identifier: Apache-2.0
# Topologies that the program writes are instances of the official YANG modules: yanglint (Debian: libyang2-tools) says so. UONACO_YANG in the
# environment is a folder with them, flat, from github.com/YangModels/yang (standard/ietf/RFC and experimental/ietf-extracted-YANG-modules)
# and the YANG folder of github.com/Open-Network-Models-and-Interfaces-ONMI/TAPI.
include("${CMAKE_CURRENT_LIST_DIR}/helpers.cmake")

find_program(yanglint yanglint)
if("$ENV{UONACO_YANG}" STREQUAL "")
    message("skipped: UONACO_YANG names no folder with the official YANG modules")
    return()
elseif(NOT yanglint)
    message("skipped: yanglint is not installed (Debian: libyang2-tools)")
    return()
endif()

# RFC 8345 is written for the types of RFC 6991, in which an id may be any text, as in its own examples; those of RFC 9911 ask for a scheme
# before it. yanglint takes the newest it finds.
set(official "${SCRATCH}/modules")
file(MAKE_DIRECTORY "${official}")
file(GLOB files "$ENV{UONACO_YANG}/*.yang")
foreach(file IN LISTS files)
    cmake_path(GET file FILENAME name)
    if(NOT name MATCHES "^ietf-inet-types@202")
        file(CREATE_LINK "${file}" "${official}/${name}" SYMBOLIC)
    endif()
endforeach()

# module(VARIABLE NAME): the file of a module, the newest revision of several; skips the check where there is none.
macro(module variable name)
    file(GLOB files "${official}/${name}.yang" "${official}/${name}@*.yang")
    list(SORT files ORDER DESCENDING)
    list(LENGTH files count)
    if(count EQUAL 0)
        message("skipped: $ENV{UONACO_YANG} has no module ${name}")
        return()
    endif()
    list(GET files 0 ${variable})
endmacro()

# accepted(TYPE MODULES FILE): yanglint takes FILE as data of that type.
function(accepted type modules file)
    execute_process(COMMAND "${yanglint}" -p "${official}" ${modules} -t ${type} "${file}"
                    RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
    if(NOT status EQUAL 0)
        message(SEND_ERROR "yanglint refuses ${file}:\n${out}${err}")
    endif()
endfunction()

set(ietf)
foreach(name ietf-te-types ietf-te-packet-types ietf-layer1-types ietf-network ietf-network-topology ietf-te-topology ietf-otn-topology
        ietf-te-topology-packet)
    module(file ${name})
    list(APPEND ietf "${file}")
endforeach()
set(tapi)
foreach(name tapi-common tapi-topology)
    module(file ${name})
    list(APPEND tapi "${file}")
endforeach()

# With every kind of figure that the formats carry.
file(READ examples/networks/metro.json metro)
string(REPLACE "\"jitter_us\": 100," "\"jitter_us\": 100, \"loss_ratio\": 0.0001, \"latency_us\": 3600, \"unreserved_gbps\": 40, \"layer\": \"ethernet\"," metro
       "${metro}")
string(REPLACE "\"srlgs\": [1]}," "\"srlgs\": [1], \"spans\": [\"duct\"]}," metro "${metro}")
string(REPLACE "\"nodes\": [" "\"spans\": [{\"id\": \"duct\", \"src_node\": \"plant\", \"dst_node\": \"north\", \"distance_km\": 200, \"srlgs\": [1]}],
  \"nodes\": [" metro "${metro}")
string(REPLACE "\"tier\": \"edge\"" "\"tier\": \"edge\", \"location\": {\"lat\": -52.5, \"lon\": 13.40000001}" metro "${metro}")
file(WRITE "${SCRATCH}/metro.json" "${metro}")

foreach(scenario "${SCRATCH}/metro.json" examples/scenarios/figure1.json examples/scenarios/regions.json)
    run(0 convert --to rfc8345 "${scenario}")
    file(WRITE "${SCRATCH}/rfc8345.json" "${out}")
    accepted(data "${ietf}" "${SCRATCH}/rfc8345.json")
    run(0 convert --to tapi "${scenario}")
    file(WRITE "${SCRATCH}/tapi.json" "${out}")
    accepted(get "${tapi}" "${SCRATCH}/tapi.json") # state of operation: an answer, of which no part is obligatory
endforeach()
# What says anything at all must also be able to say no.
string(REPLACE "CAPACITY_UNIT_GBPS" "CAPACITY_UNIT_GIBPS" out "${out}")
file(WRITE "${SCRATCH}/wrong.json" "${out}")
execute_process(COMMAND "${yanglint}" -p "${official}" ${tapi} -t get "${SCRATCH}/wrong.json" RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
if(status EQUAL 0)
    message(SEND_ERROR "yanglint accepts a unit that there is not")
endif()
