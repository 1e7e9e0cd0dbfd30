# SPDX-License-Identifier: Apache-2.0
# What CI asks beside the tests of this build. `ctest --preset dev -L gate` runs only these.
function(gate name)
    add_test(NAME gate/${name} COMMAND ${ARGN} ${in_source_dir})
    set_tests_properties(gate/${name} PROPERTIES LABELS gate TIMEOUT 900)
endfunction()
# The whole suite of another preset; .ci/run has built it already.
function(gate_preset name)
    gate(${name} sh -c "cmake --build --preset ${name} && ctest --preset ${name}")
    set_tests_properties(gate/${name} PROPERTIES RUN_SERIAL ON)
endfunction()

gate(format scripts/format --check)
gate(layers python3 scripts/check_layers.py)
gate(include_budgets python3 scripts/check_budgets.py --counts)
gate_preset(asan)
gate_preset(bench)
gate(same_bits sh -c "cmake --build --preset demo && scripts/check_same_bits build/dev/examples/uonaco build/demo/examples/uonaco")
