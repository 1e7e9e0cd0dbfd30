// SPDX-License-Identifier: Apache-2.0
// Any text as metrics of CATS, and any octets: what is read is written the same, and what an estate takes of it leaves a scenario that loads.
#include "fuzzer.hpp"

#include <uonaco/adapt/cats.hpp>
#include <uonaco/io/scenario.hpp>

#include <cstdint>
#include <vector>

using namespace uonaco;

UONACO_FUZZER(cats) {
    const std::vector<std::uint8_t> octets(text.begin(), text.end());
    if (const auto m = adapt::from_cats_octets(octets.data(), octets.size())) {
        std::vector<std::uint8_t> again;
        bool zero = false; // -0 is 0
        for (const cats_metric& one : *m) {
            const auto o = adapt::to_cats_octets(one);
            require(static_cast<bool>(o), "what is unpacked is packed");
            again.insert(again.end(), o->result.begin(), o->result.end());
            zero = zero || one.value.si() == 0;
        }
        require(zero || octets == again, "and the same octets");
    }
    const auto m = adapt::from_cats(text);
    if (!m) {
        require(!m.error().empty(), "a refusal says why");
        return;
    }
    const std::string written = adapt::to_cats(*m);
    const auto again = adapt::from_cats(written);
    require(again && adapt::to_cats(*again) == written, "what is written is read");
    estate e;
    e.sites.push_back({.id = "s"});
    e.sites.push_back({.id = "t"});
    e.pools.push_back({.id = "192.0.2.7", .site = "s", .total_count = 8});
    e.links.push_back({.id = "192.0.2.7", .src_node = "s", .dst_node = "t"});
    (void)adapt::take_cats_raw(e, *m);
    require(static_cast<bool>(io::load<scenario>(io::dump(scenario{.estate = e}))), "what is taken over loads");
    for (const cats_metric& one : *m) (void)adapt::to_cats_octets(one);
}
