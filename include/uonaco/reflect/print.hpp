// SPDX-License-Identifier: Apache-2.0
// A record as an aligned table: name, value, unit.
#pragma once

#include "rows.hpp"

#include <algorithm>

namespace uonaco::inline UONACO_ABI::reflect {

/// Numbers stand right-aligned before their unit, words left-aligned.
inline std::string table(const std::vector<row>& rows) {
    std::size_t names = 0;
    std::size_t numbers = 0;
    for (const row& r : rows) {
        names = std::max(names, r.name.size());
        if (r.number) numbers = std::max(numbers, r.value.size());
    }
    std::string text;
    for (const row& r : rows) {
        text += r.name;
        text.append(names - r.name.size() + 2, ' ');
        if (r.number) text.append(numbers - r.value.size(), ' ');
        text += r.value;
        if (!r.unit.empty()) text += ' ' + r.unit;
        text += '\n';
    }
    return text;
}

template <reflected T>
std::string table(const T& record, int digits = 3) {
    return table(rows(record, digits));
}

} // namespace uonaco::inline UONACO_ABI::reflect
