// SPDX-License-Identifier: Apache-2.0
// Any text as nodes of Slurm: what is read is a scenario that loads, and what is written of it is read the same.
#include "fuzzer.hpp"

#include <uonaco/adapt/slurm.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(slurm) {
    if (const auto t = adapt::parse_tres(text)) {
        const auto again = adapt::parse_tres(adapt::to_string(*t));
        require(again && *again == *t, "a TRES string comes back");
    }
    if (const auto g = adapt::parse_gres(text)) (void)adapt::parse_gres(adapt::to_string(*g));
    for (const char* site : {"", "here"}) {
        const auto e = adapt::from_slurm(text, {.site = site});
        if (!e) {
            require(!e.error().empty(), "a refusal says why");
            continue;
        }
        require(static_cast<bool>(io::load<scenario>(io::dump(scenario{.estate = e->result}))), "what is read loads");
        require(static_cast<bool>(adapt::from_slurm(adapt::to_slurm(e->result).result)), "what is written is read");
    }
}
