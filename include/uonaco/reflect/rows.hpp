// SPDX-License-Identifier: Apache-2.0
// A record as rows of text: one per member, those of nested records by their path. What print and diff are made of.
#pragma once

#include "reflect.hpp"

#include "../base/enum_names.hpp"
#include "../base/id.hpp"
#include "../record/free_form.hpp"
#include "../record/label_set.hpp"
#include "../record/statistic.hpp"
#include "../units/format.hpp"
#include "../units/instant.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace uonaco::inline UONACO_ABI::reflect {

/// One member: `links[3].capacity`, `400`, `Gb/s`.
struct row {
    std::string name{};
    std::string value{}; ///< "unknown" where it is
    std::string unit{};  ///< empty for pure numbers and words
    bool number = false;

    friend bool operator==(const row&, const row&) = default;
};

namespace detail {

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... Ts>
inline constexpr bool is_variant<std::variant<Ts...>> = true;

/// Nested members print as rows of their own, not as one value.
template <class T>
inline constexpr bool has_rows = reflected<T> || is_variant<T>;
template <class T>
inline constexpr bool has_rows<maybe<T>> = has_rows<T>;
template <class T>
inline constexpr bool has_rows<std::vector<T>> = has_rows<T>;

inline row word(std::string name, std::string value) { return {std::move(name), std::move(value), {}, false}; }
inline row measured(std::string name, const units::text& text) {
    const std::string all = text.c_str();
    const std::size_t blank = all.find(' ');
    return {std::move(name), all.substr(0, blank), blank == std::string::npos ? "" : all.substr(blank + 1), true};
}

inline row leaf(std::string name, bool b, int) { return word(std::move(name), b ? "yes" : "no"); }
inline row leaf(std::string name, long long n, int) { return {std::move(name), std::to_string(n), {}, true}; }
inline row leaf(std::string name, double x, int digits) { return measured(std::move(name), units::to_text(x, digits)); }
inline row leaf(std::string name, const std::string& s, int) { return word(std::move(name), s); }
inline row leaf(std::string name, instant t, int) { return word(std::move(name), units::to_text(t).c_str()); }
template <class K>
row leaf(std::string name, quantity<K> q, int digits) {
    return measured(std::move(name), units::to_text(q, digits));
}
template <class Tag>
row leaf(std::string name, const id<Tag>& i, int) {
    return word(std::move(name), i.text);
}
template <named_enum E>
row leaf(std::string name, E e, int) {
    return word(std::move(name), to_string(e));
}
template <class T>
row leaf(std::string name, const maybe<T>& m, int digits) {
    return m ? leaf(std::move(name), *m, digits) : word(std::move(name), "unknown");
}
template <class T>
row leaf(std::string name, const std::vector<T>& v, int digits) {
    std::string all;
    for (const T& element : v) {
        const row r = leaf({}, element, digits);
        all += (all.empty() ? "" : ", ") + r.value + (r.unit.empty() ? "" : " " + r.unit);
    }
    return word(std::move(name), all);
}
inline row leaf(std::string name, const label_set& labels, int) {
    std::string all;
    for (const label& l : labels) all += (all.empty() ? "" : ", ") + l.key + "=" + l.value;
    return word(std::move(name), all);
}

inline row leaf(std::string name, const statistic& s, int) { return word(std::move(name), s.text); }
inline row leaf(std::string name, const free_form& f, int) { return word(std::move(name), f.json); }

struct collect_rows {
    std::vector<row>& out;
    std::string prefix;
    int digits;

    template <class M>
    void operator()(const field& f, const M& member) const {
        add(member, f.flat ? prefix : prefix + std::string(f.name), f.flat);
    }

  private:
    template <class M>
    void add(const M& member, std::string name, bool flat) const {
        if constexpr (reflected<M>) {
            for_each_member(collect_rows{out, flat ? name : name + ".", digits}, member);
        } else if constexpr (is_variant<M>) {
            std::visit([&](const auto& held) { add(held, name, false); }, member);
        } else if constexpr (is_maybe<M> && has_rows<M>) {
            member ? add(*member, name, false) : static_cast<void>(out.push_back(word(name, "unknown")));
        } else if constexpr (is_vector<M> && has_rows<M>) {
            for (std::size_t i = 0; i < member.size(); ++i) add(member[i], name + "[" + std::to_string(i) + "]", false);
        } else {
            row r = leaf(std::move(name), member, digits);
            if (!r.value.empty()) out.push_back(std::move(r));
        }
    }
};

} // namespace detail

/// The members of a record, in the order of its declaration; empty texts and lists are left out, unknown values are
/// not.
template <reflected T>
std::vector<row> rows(const T& record, int digits = 3) {
    std::vector<row> out;
    for_each_member(detail::collect_rows{out, {}, digits}, record);
    return out;
}

} // namespace uonaco::inline UONACO_ABI::reflect
