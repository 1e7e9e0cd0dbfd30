// SPDX-License-Identifier: Apache-2.0
// Hostile documents out of good ones: each value in turn becomes something else, each prefix a text of its own.
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include <uonaco/adapt/translated.hpp>
#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>

namespace hostile {

inline std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// f(text) for every value of `text` replaced by null, true, strings, numbers small, large, negative and fractional, [] and {}.
template <class F>
void for_each_value_changed(const std::string& text, F f) {
    using nlohmann::ordered_json;
    const auto document = ordered_json::parse(text);
    const auto values = ordered_json::parse(
        R"([null, true, "", "x", "-1", "PT1H", "2026-01-31T12:00:00Z", 0, -1, 0.5, 1e-300, 1e300, -1e300, 101, 9007199254740993, [], {},
            [1], [[]], [{}], {"a": 1}])");
    std::vector<ordered_json::json_pointer> places{ordered_json::json_pointer("")};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& here = document[places[i]];
        if (here.is_object())
            for (const auto& [key, inner] : here.items()) places.push_back(ordered_json::json_pointer(places[i]) / key);
        if (here.is_array())
            for (std::size_t j = 0; j < here.size(); ++j) places.push_back(ordered_json::json_pointer(places[i]) / j);
    }
    for (const auto& place : places) {
        for (const auto& value : values) {
            ordered_json changed = document;
            changed[place] = value;
            f(changed.dump());
        }
        if (place.empty()) continue;
        ordered_json without = document;
        if (without[place.parent_pointer()].is_object()) {
            without[place.parent_pointer()].erase(place.back());
            f(without.dump());
        }
    }
}

/// f(text) for about a hundred prefixes.
template <class F>
void for_each_prefix(const std::string& text, F f) {
    for (std::size_t n = 0; n < text.size(); n += 1 + text.size() / 100) f(text.substr(0, n));
}

/// An estate that a scenario can be made of, and that comes out of its own text as it was; or problems.
inline bool loads_or_is_refused(const uonaco::adapt::imported<uonaco::estate>& made) {
    using namespace uonaco;
    if (!made) return !made.error().empty();
    const auto text = io::dump(scenario{.estate = made->result});
    const auto again = io::load<scenario>(text);
    return again && io::dump(*again) == text;
}

} // namespace hostile
