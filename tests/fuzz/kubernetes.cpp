// SPDX-License-Identifier: Apache-2.0
// Any text as nodes of Kubernetes: what is read is a scenario that loads, and what is written of it is read the same.
#include "fuzzer.hpp"

#include <uonaco/adapt/kubernetes.hpp>
#include <uonaco/io/scenario.hpp>

using namespace uonaco;

UONACO_FUZZER(kubernetes) {
    const auto quantity = adapt::resource_quantity::parse(text);
    if (quantity) {
        const std::string spelled = quantity->to_string();
        const auto again = adapt::resource_quantity::parse(spelled);
        require(again && *again == *quantity && again->to_string() == spelled, "a quantity comes back");
    }
    for (const char* site : {"", "here"}) {
        const auto e = adapt::from_kubernetes(text, {.site = site});
        if (!e) {
            require(!e.error().empty(), "a refusal says why");
            continue;
        }
        require(static_cast<bool>(io::load<scenario>(io::dump(scenario{.estate = e->result}))), "what is read loads");
        require(static_cast<bool>(adapt::from_kubernetes(adapt::to_kubernetes(e->result).result)),
                "what is written is read");
    }
}
