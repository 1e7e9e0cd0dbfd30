# SPDX-License-Identifier: Apache-2.0
# Translations: what is printed where, what is lost, and what is refused.
include("${CMAKE_CURRENT_LIST_DIR}/helpers.cmake")
set(metro examples/networks/metro.json)
set(graph tests/adapt/nodes_links/engineering.json)
set(te tests/adapt/rfc8345/metro.json)
set(context tests/adapt/tapi/context.json)

# The text on stdout, what is lost on stderr, a line each; strict makes that a negative answer.
run(0 convert --from nodes_links --unit 1e-6 ${graph})
says(out "\"kind\": \"scenario\"" "Chicago-2" "\"capacity_gbps\": 9.95328")
says(err "lost /links/1/km: 1145.831 km" "lost /demands: 2 demands")
run(1 convert --from nodes_links --unit 1e-6 ${graph} --strict)
says(out "\"kind\": \"scenario\"")
says(err "lost /demands")
run(0 convert --from nodes_links tests/adapt/nodes_links/design.json --currency EUR)
says(out "\"currency\": \"EUR\"")
run(0 convert ${metro} --strict) # from uonaco to uonaco
says_nothing(err)

# What comes out can be asked.
run(0 convert --from rfc8345 ${te} --site D1 --site D3)
file(WRITE "${SCRATCH}/te.json" "${out}")
run(0 validate "${SCRATCH}/te.json")
run(0 paths D1 D-2 "${SCRATCH}/te.json")
run(0 convert --from nodes_links --capacity 100 tests/adapt/nodes_links/backbone.json)
file(WRITE "${SCRATCH}/backbone.json" "${out}")
run(0 paths Bremen Berlin "${SCRATCH}/backbone.json")
run(0 plan "${SCRATCH}/backbone.json" --demands Bremen:Berlin=100)
run(0 convert --from tapi ${context})
file(WRITE "${SCRATCH}/otn.json" "${out}")
run(0 paths Ulm-1 Ulm-1-2 "${SCRATCH}/otn.json")

# There and back, and between two foreign formats, whose losses say on which side they are.
foreach(format nodes_links rfc8345 tapi)
    run(0 convert --to ${format} ${metro})
    says(err "lost /observed_at" "lost /reference" "lost /links/0/availability_ratio")
    file(WRITE "${SCRATCH}/there.json" "${out}")
    run(0 validate --as ${format} "${SCRATCH}/there.json")
    says(out "a valid ${format} document")
    run(0 convert --from ${format} - < "${SCRATCH}/there.json")
    says(out "plant-north")
endforeach()
run(0 convert --from rfc8345 --to tapi ${te})
says(err "te-default-metric: 10" "lost /nodes/0/location" "(of the scenario between the two)")
run(0 convert ${metro} --to rfc8345 --network "urn:metro")
says(out "\"network-id\": \"urn:metro\"")
run(0 convert --from rfc8345 --network "urn:example:other" ${te})
says(out "\"id\": \"Z\"")

# The list of formats, in each form.
foreach(form table json csv)
    run(0 convert --list --format ${form})
    says(out nodes_links rfc8345 tapi uonaco)
endforeach()
run(0 convert --help)
says(out "lost" "Examples:" "--strict")

# 2: documents that are wrong, each problem with its place.
run(2 convert --from nodes_links ${graph})
says_nothing(out)
says(err "/links/0/capacity" "capacity_unit_gbps")
run(2 validate --as nodes_links ${graph} --format json)
says(out "/links/0/capacity")
run(0 validate --as nodes_links --unit 1e-6 ${graph} ${graph})
run(2 validate --as tapi ${te})
run(2 convert --from rfc8345 ${te} --network nowhere)
says(err "nowhere")
run(2 convert --from tapi "${SCRATCH}/there is no such file.json")
run(2 convert ${te})

# 3: usage.
foreach(wrong "convert" "convert;--from;nothing;${metro}" "convert;--to;rfc8346;${metro}" "convert;${metro};--currency;usd"
        "convert;${metro};--unit;0" "convert;${metro};--unit;x" "convert;${metro};--capacity;-1" "validate;--as;json;${metro}")
    run(3 ${wrong})
    says_nothing(out)
    if(err STREQUAL "")
        message(SEND_ERROR "'${wrong}' is refused without a word")
    endif()
endforeach()
run(3 convert --to rfc8346 ${metro})
says(err "did you mean rfc8345?" "known are")

# What a document says does not steer the terminal.
string(ASCII 27 escape)
file(WRITE "${SCRATCH}/escape.json" "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"links\": [{\"a\": \"a\", \"b\": \"b\", \"modules\": \"\\u001b[31m\"}, {\"a\": \"a\", \"b\": \"\\u001b[31m\"}]}")
run(2 convert --from nodes_links "${SCRATCH}/escape.json")
string(FIND "${err}" "${escape}" at)
if(NOT at EQUAL -1)
    message(SEND_ERROR "an escape sequence of the document is printed")
endif()
