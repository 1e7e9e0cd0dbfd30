// SPDX-License-Identifier: Apache-2.0
// Any text: what from_iec61850 takes is an estate that loads, goes out and comes back.
#include "fuzzer.hpp"

#include <uonaco/adapt/iec61850.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(iec61850) {
    for (const char* limit : {"", "AIDC1/DWMX1"}) {
        const adapt::iec61850_options options{.supply_limit = limit};
        const auto made = adapt::from_iec61850(text, "s", options);
        require(made.has_value() || !made.error().empty(), "what is refused has a problem");
        if (!made) continue;
        const std::string once = io::dump(scenario{.estate = made->result}, io::layout::compact);
        const auto loaded = io::load<scenario>(once);
        require(loaded.has_value(), "what is made loads");
        require(io::dump(*loaded, io::layout::compact) == once, "and is written alike");
        const auto back = adapt::from_iec61850(adapt::to_iec61850(made->result, "s", options).result, "s", options);
        require(back.has_value(), "what goes out comes back");
    }
}
