// SPDX-License-Identifier: Apache-2.0
// Text for people: safe to print, wrapped where it is too long.
#pragma once

#include "terminal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace program {

/// Control characters become '?': a name in a file must not steer the terminal.
std::string printable(std::string_view text);

/// Columns it takes: code points of UTF-8.
unsigned long width_of(std::string_view text);

/// Lines no wider than `width`, broken at blanks but not between a number and its unit, and after hyphens in words that are
/// longer than that. At least one line.
std::vector<std::string> wrapped(std::string_view text, unsigned long width);

/// `first` before the first line and as many blanks before the others; if it is long, on a line of its own. Ends with a newline.
std::string hanging(std::string_view first, std::string_view text, const terminal& screen,
                    style of_first = style::plain);

/// "a, b, c"
std::string joined(const std::vector<std::string>& words, std::string_view between = ", ");

/// "1 workload", "3 workloads"
std::string counted(unsigned long n, std::string_view noun);

} // namespace program
