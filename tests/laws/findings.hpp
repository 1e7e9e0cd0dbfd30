// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <uonaco/testing/laws.hpp>

/// Whether some finding contains the words; none at all counts as not.
inline bool has(const uonaco::laws::findings& all, const std::string& words) {
    for (const std::string& f : all)
        if (f.find(words) != std::string::npos) return true;
    return false;
}
