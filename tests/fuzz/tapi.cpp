// SPDX-License-Identifier: Apache-2.0
// Any text at all as a TAPI document: what is read loads, and is written as text that reads as what is kept.
#include "fuzzer.hpp"

#include <uonaco/adapt/tapi.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(tapi) {
    const auto first = adapt::from_tapi(text);
    if (!first) {
        require(!first.error().empty(), "a refusal has a reason");
        return;
    }
    require(io::load<scenario>(io::dump(scenario{.estate = first->result})).has_value(), "what is read loads");
    const std::string written = adapt::to_tapi(first->result).result;
    const auto second = adapt::from_tapi(written);
    require(second.has_value(), "what is written is read");
    require(io::load<scenario>(io::dump(scenario{.estate = second->result})).has_value(), "and loads");
}
