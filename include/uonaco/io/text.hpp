// SPDX-License-Identifier: Apache-2.0
// A document as text: the same bytes for the same document on every platform.
#pragma once

#include "document.hpp"
#include "literal.hpp"

namespace uonaco::inline UONACO_ABI::io {

enum class layout : unsigned char {
    compact, ///< one line, no blanks
    pretty,  ///< two blanks a level; what fits on a line and holds no object stays on it
};

namespace detail {

inline void append_scalar(std::string& text, value v) {
    switch (v.kind()) {
    case json_kind::boolean: text += v.boolean() ? "true" : "false"; break;
    case json_kind::integer:
        if (v.negative()) text += '-';
        text += std::to_string(v.magnitude());
        break;
    case json_kind::real: append_number(text, v.number()); break;
    case json_kind::string: append_string(text, v.text()); break;
    default: text += "null"; break;
    }
}

/// True if nothing but scalars and lists of scalars is inside: such a value may stand on one line.
inline bool flat(value v, bool inner = false) {
    for (const value element : v)
        if (element.is(json_kind::object) || (element.is(json_kind::array) && (inner || !flat(element, true))))
            return false;
    return true;
}

/// One value, arrays and objects included; recursion is as deep as the document, which a record or the parser bounds.
inline void append_value(std::string& text, value v, layout how, std::size_t indent) {
    const bool object = v.is(json_kind::object);
    if (!object && !v.is(json_kind::array)) return append_scalar(text, v);
    constexpr std::size_t line_length = 110;
    const auto members = [&](std::string& out, bool lines) {
        out += object ? '{' : '[';
        bool first = true;
        for (const value inner : v) {
            if (!first) out += how == layout::pretty && !lines ? ", " : ",";
            first = false;
            if (lines) (out += '\n').append(indent + 2, ' ');
            if (object) {
                append_string(out, inner.key());
                out += how == layout::pretty ? ": " : ":";
            }
            append_value(out, inner, how, indent + 2);
        }
        if (lines && !first) (out += '\n').append(indent, ' ');
        out += object ? '}' : ']';
    };
    if (how == layout::compact) return members(text, false);
    if (flat(v)) {
        std::string line;
        members(line, false);
        if (line.size() + indent <= line_length) {
            text += line;
            return;
        }
    }
    members(text, true);
}

} // namespace detail

/// The text of a document. Pretty text ends with a newline.
inline std::string to_text(const document& d, layout how = layout::pretty) {
    std::string text;
    detail::append_value(text, d.root(), how, 0);
    if (how == layout::pretty) text += '\n';
    return text;
}

} // namespace uonaco::inline UONACO_ABI::io
