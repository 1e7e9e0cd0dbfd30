// SPDX-License-Identifier: Apache-2.0
// Any text at all as a plain graph: what is read loads, and is written as text that reads as what is kept.
#include "require.hpp"

#include <uonaco/adapt/nodes_links.hpp>
#include <uonaco/io/scenario.hpp>

#include <cstddef>
#include <cstdint>

using namespace uonaco;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto first = adapt::from_nodes_links(text, {.unit = units::bit_rate::from_si(1e6)});
    if (!first) {
        require(!first.error().empty(), "a refusal has a reason");
        return 0;
    }
    require(io::load<scenario>(io::dump(scenario{.estate = first->result})).has_value(), "what is read loads");
    const std::string written = adapt::to_nodes_links(first->result).result;
    const auto second = adapt::from_nodes_links(written);
    require(second.has_value(), "what is written is read");
    require(io::load<scenario>(io::dump(scenario{.estate = second->result})).has_value(), "and loads");
    return 0;
}
