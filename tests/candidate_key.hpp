// SPDX-License-Identifier: Apache-2.0
// What tells one candidate from another.
#pragma once

#include <uonaco/place/problem.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace support {

using namespace uonaco;

inline bool divides_layers(const problem& p, const candidate& c) {
    const auto* t = std::get_if<training>(&p.asked().task);
    return t && c.size > 1 && detail::cut_of(*t, c) == wan_cut::pipeline;
}
// All that tells one candidate from another, as a string.
inline std::string key(const problem& p, const candidate& c) {
    std::string k = std::to_string(c.destination.value);
    if (const auto to = access_target(p.where(), p.what(), c)) k += " to " + std::to_string(to.value);
    const auto add = [&](const connection& w) {
        k += " " + std::to_string(static_cast<int>(w.action)) + ":" + std::to_string(w.option) + "@" +
             std::to_string(w.rate.si());
    };
    std::vector<std::pair<unsigned, int>> shares;
    for (int i = 0; i < c.size; ++i) shares.push_back({c.shares[i].pool.value, i});
    if (divides_layers(p, c))
        k += " in order";
    else
        std::sort(shares.begin(), shares.end()); // the order of shares is no difference
    for (const auto& s : shares) k += " p" + std::to_string(s.first) + "x" + std::to_string(c.shares[s.second].devices);
    for (std::size_t j = 1; j < shares.size(); ++j)
        for (std::size_t i = 0; i < j; ++i) add(c.pairs[pair_index(shares[i].second, shares[j].second)]);
    add(c.access);
    return k;
}

} // namespace support
