// SPDX-License-Identifier: Apache-2.0
// What is wrong with an input, where, and what to do about it.
#pragma once

#include "../base/config.hpp"

#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI::io {

enum class problem_level : unsigned char {
    syntax,   ///< the text is no acceptable JSON
    schema,   ///< a value is missing, of the wrong type or out of bounds
    semantic, ///< each value is well formed, together they make no sense
};

constexpr const char* to_string(problem_level level) {
    switch (level) {
    case problem_level::syntax: return "syntax";
    case problem_level::schema: return "schema";
    case problem_level::semantic: return "semantic";
    }
    return "syntax";
}

struct problem {
    problem_level level = problem_level::syntax;
    std::string pointer{}; ///< RFC 6901 JSON pointer; "" is the whole document
    std::string expected{};
    std::string found{};
    std::string hint{}; ///< may be empty

    friend bool operator==(const problem&, const problem&) = default;
};

using problems = std::vector<problem>;

/// One line: `schema /sites/0/pue: expected a number, at least 1; found 0.4`, and the hint where there is one.
inline std::string to_string(const problem& p) {
    std::string line = to_string(p.level);
    line += ' ';
    line += p.pointer.empty() ? "(document)" : p.pointer;
    line += ": expected " + p.expected + "; found " + p.found;
    if (!p.hint.empty()) line += " (" + p.hint + ")";
    return line;
}

} // namespace uonaco::inline UONACO_ABI::io
