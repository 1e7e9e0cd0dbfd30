// SPDX-License-Identifier: Apache-2.0
// Any text at all as an RFC 8345 document: what is read loads, and is written as text that reads as what is kept.
#include "fuzzer.hpp"

#include <uonaco/adapt/rfc8345.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(rfc8345) {
    const auto first = adapt::from_rfc8345(text);
    if (!first) {
        require(!first.error().empty(), "a refusal has a reason");
        return;
    }
    require(io::load<scenario>(io::dump(scenario{.estate = first->result})).has_value(), "what is read loads");
    const std::string written = adapt::to_rfc8345(first->result).result;
    const auto second = adapt::from_rfc8345(written);
    require(second.has_value(), "what is written is read");
    require(io::load<scenario>(io::dump(scenario{.estate = second->result})).has_value(), "and loads");
}
