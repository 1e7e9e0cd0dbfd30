// SPDX-License-Identifier: Apache-2.0
// Any text: what from_alto takes is an estate that loads, goes out and comes back.
#include "fuzzer.hpp"

#include <uonaco/adapt/alto.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(alto) {
    for (const double gbps : {0.0, 400.0}) {
        adapt::alto_options options;
        if (gbps > 0) options.capacity = units::bit_rate::from_si(gbps * 1e9);
        const auto made = adapt::from_alto(text, options);
        require(made.has_value() || !made.error().empty(), "what is refused has a problem");
        if (!made) continue;
        const std::string once = io::dump(scenario{.estate = made->result}, io::layout::compact);
        const auto loaded = io::load<scenario>(once);
        require(loaded.has_value(), "what is made loads");
        require(io::dump(*loaded, io::layout::compact) == once, "and is written alike");
        if (made->result.sites.size() > 50) continue;
        const auto back = adapt::from_alto(adapt::to_alto(made->result).result);
        if (back)
            require(back->result.sites.size() == made->result.sites.size(), "its sites come back");
        else // delays may add up to more than a link's
            for (const io::problem& p : back.error())
                require(p.expected.find("16777215") != std::string::npos, "what goes out comes back");
    }
}
