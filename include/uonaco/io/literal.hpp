// SPDX-License-Identifier: Apache-2.0
// Numbers and strings as JSON spells them: the fewest digits that read back as the same value, text that is always
// UTF-8.
#pragma once

#include "../base/assert.hpp"

#include <charconv>
#include <string>
#include <string_view>

namespace uonaco::inline UONACO_ABI::io {

/// Appends the shortest decimal that reads back as `x`; whole numbers below 1e15 without exponent or fraction.
/// Precondition: x is finite. Where that is not checked, null is written, so that the document stays one.
inline void append_number(std::string& text, double x) {
    UONACO_ASSERT(x - x == 0);
    if (!(x - x == 0)) {
        text += "null";
        return;
    }
    char digits[32];
    char* end = digits;
    if (x > -1e15 && x < 1e15 && x == static_cast<double>(static_cast<long long>(x)))
        end = std::to_chars(digits, digits + sizeof digits, static_cast<long long>(x)).ptr;
    else
        end = std::to_chars(digits, digits + sizeof digits, x).ptr;
    text.append(digits, end);
}

/// The number to write for an SI value: the decimal of at most 15 digits that reads back as `si`, where there is one.
/// What came from such a decimal leaves as the same decimal, although x * unit / unit need not be x. `unit` is the SI
/// value of one exchange unit.
inline double exchange_number(double si, double unit) {
    const double raw = si / unit;
    for (const int digits : {15, 16}) {
        char text[40];
        const auto end = std::to_chars(text, text + sizeof text, raw, std::chars_format::scientific, digits - 1).ptr;
        double rounded = raw;
        std::from_chars(text, end, rounded);
        if (rounded * unit == si) return rounded;
    }
    for (const double near : {raw, __builtin_nextafter(raw, 0.0), __builtin_nextafter(raw, 2 * raw)})
        if (near * unit == si) return near;
    return raw;
}

namespace detail {
/// The length of the UTF-8 sequence at the start of `s`, 0 if there is none (RFC 3629: no surrogates, nothing
/// overlong).
inline std::size_t utf8_length(std::string_view s) {
    const auto byte = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const unsigned low = first == 0xe0 ? 0xa0u : 0x80u;
        const unsigned high = first == 0xed ? 0x9fu : 0xbfu;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const unsigned low = first == 0xf0 ? 0x90u : 0x80u;
        const unsigned high = first == 0xf4 ? 0x8fu : 0xbfu;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}
} // namespace detail

/// Appends `s` in double quotes. Bytes that are not UTF-8 become U+FFFD, so that what is written is always JSON.
inline void append_string(std::string& text, std::string_view s) {
    text += '"';
    while (!s.empty()) {
        const std::size_t length = detail::utf8_length(s);
        const char c = s[0];
        if (length == 0) {
            text += "\xef\xbf\xbd";
        } else if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (c == '\n') {
            text += "\\n";
        } else if (c == '\t') {
            text += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            constexpr char hex[] = "0123456789abcdef";
            text += "\\u00";
            text += hex[static_cast<unsigned char>(c) >> 4];
            text += hex[c & 15];
        } else {
            text += s.substr(0, length);
        }
        s.remove_prefix(length == 0 ? 1 : length);
    }
    text += '"';
}

} // namespace uonaco::inline UONACO_ABI::io
