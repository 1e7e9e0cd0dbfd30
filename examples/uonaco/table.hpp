// SPDX-License-Identifier: Apache-2.0
// One table, three forms: aligned text for people, CSV and JSON objects for programs. Keys and units come from the types.
#pragma once

#include "terminal.hpp"

#include <uonaco/io/document.hpp>
#include <uonaco/io/literal.hpp>
#include <uonaco/units/format.hpp>

#include <variant>
#include <vector>

namespace program {

/// A figure as people read it and as programs do; the latter in the exchange unit, absent where it is not known.
struct figure {
    std::string text = "-";
    std::variant<std::monostate, bool, long long, double, std::string, std::vector<std::string>> raw{};
};

inline figure shown(std::string words) { return {words.empty() ? "-" : words, words}; }
inline figure shown(const char* words) { return shown(std::string(words)); }
inline figure shown(long long count) { return {std::to_string(count), count}; }
inline figure shown(bool yes) { return {yes ? "yes" : "no", yes}; }
template <class Kind>
figure shown(uonaco::quantity<Kind> q) {
    std::string text = uonaco::units::to_text(q).c_str();
    if (__is_same(Kind, uonaco::units::kinds::ratio))
        text = uonaco::units::to_text(100 * q.si()).c_str() + std::string(" %");
    return {std::move(text), uonaco::io::exchange_number(q.si(), Kind::exchange)};
}
template <class T>
figure shown(const uonaco::maybe<T>& m) {
    return m ? shown(*m) : figure{"unknown", {}};
}

struct column {
    std::string title{};
    std::string key{};
    bool words = false; ///< aligned to the left; the last of these is wrapped
    bool shown = true;  ///< in the text form
    int expendable = 0; ///< where the text is too wide, the columns with the highest go first; 0 stays
};

/// A column of words, numbers without a unit, or quantities: "full_cost" of money has the key full_cost_usd.
column words_column(std::string_view name);
column count_column(std::string_view name);
template <class Quantity>
column column_of(std::string_view name) {
    column c = count_column(name);
    if (*Quantity::kind::suffix != '\0') (c.key += '_') += Quantity::kind::suffix;
    return c;
}

struct row {
    std::vector<figure> figures{};
    style how = style::plain;
};

struct table {
    std::vector<column> columns{};
    std::vector<row> rows{};
};

/// Columns without any figure are left out, as are expendable ones that do not fit; then a last line says so.
std::string as_text(const table& t, const terminal& screen);
/// RFC 4180 with \n; all columns, a line of keys first. Control characters become '?': a row is a line.
std::string as_csv(const table& t);
/// One object for each row into an open array; what is absent has no key.
void add_rows(uonaco::io::document& d, const table& t);

} // namespace program
