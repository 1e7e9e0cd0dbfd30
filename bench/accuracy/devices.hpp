// SPDX-License-Identifier: Apache-2.0
// How tables abbreviate devices, and what a node adds to the facts of an accelerator.
#pragma once

#include <uonaco/resource/accelerators.hpp>

#include <string>

namespace accuracy {

struct node {
    const char* name; ///< folded: lower-case letters and digits
    const char* model;
    uonaco::units::memory_rate scale_out;
    double devices = 8;
};

/// Lower-case letters and digits only: "H100-80" and "h100_80" are the same.
inline std::string folded(const std::string& name) {
    std::string s;
    for (const char c : name)
        if (const char f = uonaco::detail::folded(c); f != '\0') s += f;
    return s;
}

/// The first of a family's nodes whose letters begin the name, or null.
template <int N>
const node* find_node(const node (&nodes)[N], const std::string& device) {
    std::string name = folded(device);
    if (name.rfind("nvidia", 0) == 0) name.erase(0, 6);
    for (const node& n : nodes)
        if (name.rfind(n.name, 0) == 0) return &n;
    return nullptr;
}

} // namespace accuracy
