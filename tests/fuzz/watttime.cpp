// SPDX-License-Identifier: Apache-2.0
// Any text: what from_watttime takes is an estate that loads.
#include "fuzzer.hpp"

#include <uonaco/adapt/watttime.hpp>
#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(watttime) {
    for (const bool cut : {false, true}) {
        const auto made = adapt::from_watttime(text, {.cut_at_gap = cut});
        require(made.has_value() || !made.error().empty(), "what is refused has a problem");
        if (!made) continue;
        const std::string once = io::dump(scenario{.estate = made->result}, io::layout::compact);
        const auto loaded = io::load<scenario>(once);
        require(loaded.has_value(), "what is made loads");
        require(io::dump(*loaded, io::layout::compact) == once, "and is written alike");
    }
}
