// SPDX-License-Identifier: Apache-2.0
// What a verb hands back: an exit status and the text for both streams. Nothing is printed before it is complete.
#pragma once

#include <string>

namespace program {

enum class exit_status : int {
    done = 0,
    negative = 1,  ///< a well-formed question whose answer is no: infeasible, not found
    bad_input = 2, ///< unreadable, malformed, or making no sense; only problems are printed
    usage = 3,
    internal = 4,
};

struct answer {
    exit_status status = exit_status::done;
    std::string out{};
    std::string err{};
};

} // namespace program
