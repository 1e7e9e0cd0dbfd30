// SPDX-License-Identifier: Apache-2.0
// Documents out of a good one: cut short, with each of its values in turn replaced by what nobody expects there, or by another of its kind.
#pragma once

#include "catch.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include <uonaco/adapt/translated.hpp>
#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>

namespace hostile {

using nlohmann::ordered_json;

inline std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}
/// How many times as many random cases as usual are tried.
inline int times() {
    const char* asked = std::getenv("UONACO_TIMES");
    return asked ? std::max(1, std::atoi(asked)) : 1;
}

/// Every value of a document, outer ones before inner ones.
inline std::vector<ordered_json::json_pointer> places_of(const ordered_json& document) {
    std::vector<ordered_json::json_pointer> places{ordered_json::json_pointer("")};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& here = document[places[i]];
        if (here.is_object())
            for (const auto& [key, inner] : here.items()) places.push_back(ordered_json::json_pointer(places[i]) / key);
        if (here.is_array())
            for (std::size_t j = 0; j < here.size(); ++j) places.push_back(ordered_json::json_pointer(places[i]) / j);
    }
    return places;
}
/// The document without one of its members; of what is no member, as it is.
inline ordered_json without(ordered_json document, const ordered_json::json_pointer& place) {
    if (!place.empty() && document[place.parent_pointer()].is_object())
        document[place.parent_pointer()].erase(place.back());
    return document;
}

/// Under the sanitizers, which take five times as long, each place has a fifth of the values, the next one another fifth; fuzzers try the rest.
#ifdef __has_feature
inline constexpr std::size_t values_apart = __has_feature(address_sanitizer) ? 5 : 1;
#else
inline constexpr std::size_t values_apart = 1;
#endif

/// f(text) for every value of `text` replaced by null, true, strings, numbers small, large, negative and fractional, [] and {}, and left out.
template <class F>
void for_each_value_changed(const std::string& text, F f) {
    const auto document = ordered_json::parse(text);
    const auto values = ordered_json::parse(
        R"([null, true, "", "x", "-1", "PT1H", "2026-01-31T12:00:00Z", "\u0001x/~", "9223372036854775807", "1e999",
            0, -1, 0.5, 4e-320, 1e300, -1e300, 101, 9007199254740993, 18446744073709551615, [], {}, [1], [[]], [{}], {"a": 1}, {"": {}}])");
    std::size_t turn = 0;
    for (const auto& place : places_of(document)) {
        for (std::size_t i = turn++ % values_apart; i < values.size(); i += values_apart) {
            ordered_json changed = document;
            changed[place] = values[i];
            f(changed.dump());
        }
        f(without(document, place).dump());
    }
}

/// f(text) for about a hundred prefixes.
template <class F>
void for_each_prefix(const std::string& text, F f) {
    for (std::size_t n = 0; n < text.size(); n += 1 + text.size() / 100) f(text.substr(0, n));
}
/// Both.
template <class F>
void for_each_text(const std::string& text, F f) {
    for_each_value_changed(text, f);
    for_each_prefix(text, f);
}

/// An estate that a scenario can be made of, and that comes out of its own text as it was; or problems.
inline bool loads_or_is_refused(const uonaco::adapt::imported<uonaco::estate>& made) {
    using namespace uonaco;
    if (!made) return !made.error().empty();
    const auto text = io::dump(scenario{.estate = made->result});
    const auto again = io::load<scenario>(text);
    return again && io::dump(*again) == text;
}

/// Every such text is refused with a word or read as an estate that loads; some are read.
template <class Read>
void check_every_text(const std::string& text, Read read) {
    int good = 0;
    for_each_text(text, [&](const std::string& t) {
        const uonaco::adapt::imported<uonaco::estate> made = read(t);
        if (!loads_or_is_refused(made)) FAIL("neither refused nor an estate that loads:\n" + t);
        good += made ? 1 : 0;
    });
    CHECK(good > 0);
}

/// The members of a document that a reader neither carries nor reports, nor what they are in: wherever they stand, the estate, the losses and
/// the problems are the same without them, and with another value of their kind. Of lists, "*" stands for the place.
template <class Read>
std::set<std::string> silent_members(const std::string& text, Read read) {
    const auto outcome = [&](const ordered_json& document) {
        const uonaco::adapt::imported<uonaco::estate> made = read(document.dump());
        std::string all;
        if (made) {
            all = uonaco::io::dump(uonaco::scenario{.estate = made->result});
            for (const auto& l : made->losses) all += "\n" + l.pointer + ": " + l.what;
        } else
            for (const auto& p : made.error()) all += "\n" + p.pointer + ": " + p.found;
        return all;
    };
    const auto another = [](const ordered_json& v) -> ordered_json {
        if (v.is_boolean()) return !v.get<bool>();
        if (v.is_number()) return v.get<double>() * 2 + 1;
        if (v.is_string()) return v.get<std::string>() + "1";
        return v;
    };
    const uonaco::adapt::imported<uonaco::estate> usual = read(text);
    REQUIRE(usual);
    const auto document = ordered_json::parse(text);
    const std::string before = outcome(document);
    const auto shape_of = [&](const ordered_json::json_pointer& place) {
        std::string shape;
        for (auto p = place; !p.empty(); p = p.parent_pointer())
            shape = "/" + (document[p.parent_pointer()].is_array() ? "*" : p.back()) + shape;
        return shape;
    };
    std::set<std::string> whole, left, silent,
        told; // whole: places of which all is known; left: shapes reported by name
    for (const auto& l : usual->losses) {
        std::string names = l.what.substr(0, l.what.find(" (of "));
        const std::string inside = shape_of(ordered_json::json_pointer(l.pointer));
        if (names.size() == l.what.size()) names.clear();
        if (names.empty() && !l.pointer.empty()) whole.insert(l.pointer);
        for (std::size_t at = 0; at < names.size();) {
            const std::size_t end = std::min(names.find(", ", at), names.size());
            left.insert(inside + "/" + names.substr(at, end - at));
            at = end + 2;
        }
    }
    for (const auto& place : places_of(document)) {
        if (place.empty() || !document[place.parent_pointer()].is_object()) continue;
        const std::string shape = shape_of(place);
        bool inside = left.count(shape) > 0;
        for (auto p = place; !p.empty(); p = p.parent_pointer()) inside = inside || whole.count(p.to_string()) > 0;
        for (std::size_t at = shape.rfind('/'); at != shape.npos && at > 0; at = shape.rfind('/', at - 1))
            inside = inside || left.count(shape.substr(0, at)) > 0;
        if (inside) continue;
        ordered_json changed = document;
        changed[place] = another(document[place]);
        const bool says = outcome(without(document, place)) != before || outcome(changed) != before;
        (says ? told : silent).insert(shape);
        if (!says) whole.insert(place.to_string()); // and so is what is in it
    }
    for (const std::string& shape : told) silent.erase(shape);
    return silent;
}

} // namespace hostile
