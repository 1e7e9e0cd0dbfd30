// SPDX-License-Identifier: Apache-2.0
// Any text at all as a plain graph: what is read loads, and is written as text that reads as what is kept.
#include "fuzzer.hpp"

#include <uonaco/adapt/nodes_links.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(nodes_links) {
    const auto first = adapt::from_nodes_links(text, {.unit = units::bit_rate::from_si(1e6)});
    if (!first) {
        require(!first.error().empty(), "a refusal has a reason");
        return;
    }
    require(io::load<scenario>(io::dump(scenario{.estate = first->result})).has_value(), "what is read loads");
    const std::string written = adapt::to_nodes_links(first->result).result;
    const auto second = adapt::from_nodes_links(written);
    require(second.has_value(), "what is written is read");
    require(io::load<scenario>(io::dump(scenario{.estate = second->result})).has_value(), "and loads");
}
