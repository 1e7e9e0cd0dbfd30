// SPDX-License-Identifier: Apache-2.0
// Columns and lines, printed for a person, a program or a page.
#pragma once

#include <string>
#include <vector>

namespace accuracy {

enum class format { table, csv, markdown };

struct column {
    std::string name;
    bool number = true; ///< right-aligned
};

struct sheet {
    std::vector<column> columns;
    std::vector<std::vector<std::string>> lines;

    std::string text(format f) const;
};

/// With so many decimals.
std::string decimals(double x, int places);
/// With so many significant digits, without an exponent where it reads well.
std::string digits(double x, int significant);

} // namespace accuracy
