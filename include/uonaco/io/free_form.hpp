// SPDX-License-Identifier: Apache-2.0
// The free-form part of a record: from a document to its text, and back without the parser, which who only writes need not include.
#pragma once

#include "text.hpp"

#include "../record/free_form.hpp"

#include <cstdlib>

namespace uonaco::inline UONACO_ABI::io {

namespace detail {

/// Reads JSON that a record carries; false where it is none, or nested too deep. Recursion is as deep as `most_depth`.
class free_form_scanner {
  public:
    free_form_scanner(std::string_view text, document& out) : text_(text), out_(out) {}

    bool object() {
        blanks();
        return next() == '{' && value_here() && (blanks(), at_ == text_.size());
    }

  private:
    static constexpr std::size_t most_depth = 64;

    char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void blanks() {
        while (next() == ' ' || next() == '\n' || next() == '\t' || next() == '\r') ++at_;
    }
    bool take(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    bool value_here() {
        blanks();
        switch (next()) {
        case '{': return members('}');
        case '[': return members(']');
        case '"': {
            std::string s;
            if (!string(s)) return false;
            out_.string(s);
            return true;
        }
        case 't': return take("true") && (out_.boolean(true), true);
        case 'f': return take("false") && (out_.boolean(false), true);
        case 'n': return take("null") && (out_.null(), true);
        default: return number();
        }
    }
    bool members(char close) {
        if (out_.depth() == most_depth) return false;
        ++at_;
        const bool object = close == '}';
        object ? out_.open_object() : out_.open_array();
        blanks();
        for (bool first = true; next() != close; first = false) {
            if (!first && !take(",")) return false;
            if (object) {
                blanks();
                std::string key;
                if (!string(key)) return false;
                blanks();
                if (!take(":")) return false;
                out_.key(key);
            }
            if (!value_here()) return false;
            blanks();
        }
        ++at_;
        out_.close();
        return true;
    }
    bool number() {
        const std::size_t end = text_.find_first_not_of("+-.0123456789Ee", at_);
        const std::string_view word = text_.substr(at_, end == text_.npos ? end : end - at_);
        const std::size_t sign = word.substr(0, 1) == "-" ? 1 : 0;
        const std::string_view digits = word.substr(sign);
        const auto digit = [&](std::size_t i) { return i < digits.size() && digits[i] >= '0' && digits[i] <= '9'; };
        if (!digit(0) || (digits[0] == '0' && digit(1)) || digits.back() == '.') return false;
        at_ += word.size();
        const char* last = word.data() + word.size();
        if (digits.find_first_of(".Ee") == digits.npos) {
            std::int64_t n = 0;
            if (const auto r = std::from_chars(word.data(), last, n); r.ptr == last && r.ec == std::errc())
                return out_.integer(n), true;
            std::uint64_t u = 0;
            if (const auto r = std::from_chars(word.data(), last, u); r.ptr == last && r.ec == std::errc())
                return out_.natural(u), true;
        }
        double x = 0;
        const auto r = std::from_chars(word.data(), last, x);
        if (r.ptr != last || r.ec != std::errc()) return false;
        out_.real(x);
        return true;
    }
    bool hex(unsigned& code) {
        const std::string_view four = text_.substr(std::min(at_, text_.size()), 4);
        const auto r = std::from_chars(four.data(), four.data() + four.size(), code, 16);
        at_ += 4;
        return four.size() == 4 && r.ptr == four.data() + 4;
    }
    bool string(std::string& s) {
        if (!take("\"")) return false;
        while (next() != '"') {
            const char c = next();
            if (at_ >= text_.size() || static_cast<unsigned char>(c) < 0x20) return false;
            ++at_;
            if (c != '\\') {
                s += c;
                continue;
            }
            const char escaped = next();
            ++at_;
            constexpr std::string_view from = "\"\\/bfnrt", to = "\"\\/\b\f\n\r\t";
            if (const std::size_t i = from.find(escaped); i != from.npos) {
                s += to[i];
            } else if (unsigned code = 0; escaped != 'u' || !hex(code)) {
                return false;
            } else {
                if (code >= 0xd800 && code < 0xdc00) { // the first half of a pair
                    unsigned low = 0;
                    if (!take("\\u") || !hex(low) || low < 0xdc00 || low > 0xdfff) return false;
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                append_utf8(s, code);
            }
        }
        ++at_;
        return true;
    }
    static void append_utf8(std::string& s, unsigned code) {
        const auto byte = [&](unsigned b) { s += static_cast<char>(b); };
        const auto rest = [&](unsigned shift) { byte(0x80 | (code >> shift & 0x3f)); };
        if (code < 0x80) return byte(code);
        if (code < 0x800) return byte(0xc0 | code >> 6), rest(0);
        if (code < 0x10000) return byte(0xe0 | code >> 12), rest(6), rest(0);
        byte(0xf0 | code >> 18), rest(12), rest(6), rest(0);
    }

    std::string_view text_;
    document& out_;
    std::size_t at_ = 0;
};

} // namespace detail

/// The text that keeps an object. Precondition: v is one.
inline free_form to_free_form(value v) {
    free_form kept;
    detail::append_value(kept.json, v, layout::compact, 0);
    return kept;
}

/// Adds the object that was kept, under the key named last; text that is none as {"text": it}. Linear.
inline void append_free_form(document& out, const free_form& kept) {
    document parsed;
    if (!detail::free_form_scanner(kept.json, parsed).object()) {
        parsed = {};
        parsed.open_object();
        parsed.key("text").string(kept.json);
        parsed.close();
    }
    out.copy(parsed.root());
}

} // namespace uonaco::inline UONACO_ABI::io
