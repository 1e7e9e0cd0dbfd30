// SPDX-License-Identifier: Apache-2.0
// Where two records of one type differ.
#pragma once

#include "rows.hpp"

#include <map>

namespace uonaco::inline UONACO_ABI::reflect {

/// A member that has another value, or is in one of the two only (then the other text is empty).
struct difference {
    std::string name{};
    std::string before{};
    std::string after{};

    friend bool operator==(const difference&, const difference&) = default;
};

/// `name: before -> after`.
inline std::string to_string(const difference& d) {
    const auto or_nothing = [](const std::string& s) { return s.empty() ? "(none)" : s; };
    return d.name + ": " + or_nothing(d.before) + " -> " + or_nothing(d.after);
}

/// The members that differ, in the order of the declaration, elements of lists compared by place. Values are told
/// apart to 15 significant digits and shown with as few as tell them apart. O(members).
template <reflected T>
std::vector<difference> diff(const T& a, const T& b) {
    std::vector<difference> out;
    if (a == b) return out;
    const auto text = [](const row& r) { return r.unit.empty() ? r.value : r.value + " " + r.unit; };
    const std::vector<row> fine_a = rows(a, 15), fine_b = rows(b, 15);
    const std::vector<row> coarse_a = rows(a), coarse_b = rows(b);
    std::map<std::string, std::size_t> place_in_b;
    for (std::size_t j = 0; j < fine_b.size(); ++j) place_in_b.emplace(fine_b[j].name, j);
    std::vector<bool> matched(fine_b.size(), false);
    for (std::size_t i = 0; i < fine_a.size(); ++i) {
        const auto other = place_in_b.find(fine_a[i].name);
        if (other == place_in_b.end()) {
            if (fine_a[i].value != "unknown") out.push_back({fine_a[i].name, text(coarse_a[i]), {}});
            continue;
        }
        const std::size_t j = other->second;
        matched[j] = true;
        if (fine_a[i] == fine_b[j]) continue;
        const bool coarse = coarse_a[i] != coarse_b[j];
        out.push_back({fine_a[i].name, text(coarse ? coarse_a[i] : fine_a[i]), text(coarse ? coarse_b[j] : fine_b[j])});
    }
    for (std::size_t j = 0; j < fine_b.size(); ++j)
        if (!matched[j] && fine_b[j].value != "unknown") out.push_back({fine_b[j].name, {}, text(coarse_b[j])});
    return out;
}

} // namespace uonaco::inline UONACO_ABI::reflect
