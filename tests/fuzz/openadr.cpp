// SPDX-License-Identifier: Apache-2.0
// Any text: what from_openadr takes is an estate that loads; a report that is read goes out and comes back.
#include "fuzzer.hpp"

#include <uonaco/adapt/openadr.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(openadr) {
    for (const char* site : {"", "site-1"}) {
        const auto made = adapt::from_openadr(text, {.site = site, .now = instant::from_unix(1.7e9)});
        require(made.has_value() || !made.error().empty(), "what is refused has a problem");
        if (!made) continue;
        const std::string once = io::dump(scenario{.estate = made->result}, io::layout::compact);
        const auto loaded = io::load<scenario>(once);
        require(loaded.has_value(), "what is made loads");
        require(io::dump(*loaded, io::layout::compact) == once, "and is written alike");
    }
    const auto plan = adapt::from_openadr_report(text);
    if (!plan) return;
    const adapt::openadr_report_options usage{.payload = adapt::load_payload::usage_forecast};
    const auto out = adapt::to_openadr_report(plan->result, "e", "v", usage);
    const auto back = adapt::from_openadr_report(out.result);
    require(back.has_value() && back->result.size() == plan->result.size(), "a plan comes back");
}
