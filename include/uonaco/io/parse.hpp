// SPDX-License-Identifier: Apache-2.0
// Text to document, with every syntax problem that can be passed over and the first that cannot. The grammar is
// nlohmann's; bounds, duplicate keys and numbers that are none are watched here. No exception of the parser leaves
// this header.
#pragma once

#include "document.hpp"
#include "place.hpp"
#include "problem.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace uonaco::inline UONACO_ABI::io {

/// Bounds on what is read: a hostile text costs no more than these.
struct bounds {
    std::size_t bytes = 64u << 20; ///< never above 4 GiB, whatever is asked
    std::size_t values = 4'000'000;
    std::size_t depth = 64;
    std::size_t key = 1024;       ///< bytes of one key
    std::size_t string = 1 << 16; ///< bytes of one string
    std::size_t problems = 200;   ///< what is wrong beyond that is counted, not listed
};

/// Bytes that the elements of a document may take from it in all: no more than a few documents of that size could state.
inline std::size_t inheritable(const bounds& limits) {
    return limits.bytes < std::size_t{1} << 40 ? 4 * limits.bytes : limits.bytes;
}

namespace detail {

/// Receives the parser's events, whose names are nlohmann's, and writes the tape.
class tape_builder {
  public:
    using number_integer_t = std::int64_t;
    using number_unsigned_t = std::uint64_t;
    using number_float_t = double;
    using string_t = std::string;
    using binary_t = nlohmann::json::binary_t;

    tape_builder(document& out, const bounds& limits, const std::vector<std::size_t>& not_finite)
        : out_(out), limits_(limits), not_finite_(not_finite) {}

    bool null() { return enter() && (out_.null(), true); }
    bool boolean(bool b) { return enter() && (out_.boolean(b), true); }
    bool number_integer(std::int64_t n) {
        return number([&] { out_.integer(n); });
    }
    bool number_unsigned(std::uint64_t n) {
        return number([&] { out_.natural(n); });
    }
    bool number_float(double x, const std::string&) {
        return number([&] { out_.real(x); });
    }
    bool string(const std::string& s) {
        if (!enter()) return false;
        if (s.size() > limits_.string)
            return refuse("a string of at most " + std::to_string(limits_.string) + " bytes", "more");
        out_.string(s);
        return true;
    }
    bool binary(binary_t&) { return false; } // never in a JSON text
    bool start_object(std::size_t) { return enter() && descend() && (out_.open_object(), true); }
    bool start_array(std::size_t) { return enter() && descend() && (out_.open_array(), true); }
    bool end_object() {
        out_.close();
        report_duplicates(value(out_, path_.back().node));
        path_.pop_back();
        return true;
    }
    bool end_array() {
        out_.close();
        path_.pop_back();
        return true;
    }
    bool key(const std::string& name) {
        if (name.size() > limits_.key)
            return refuse("keys of at most " + std::to_string(limits_.key) + " bytes", "a longer one");
        path_.back().object = true;
        path_.back().key = name;
        out_.key(name);
        return true;
    }
    template <class Exception>
    bool parse_error(std::size_t position, const std::string& token, const Exception& e) {
        stop_ = position;
        overflow_ = e.id == 406;
        reason_ = e.what();
        // It quotes what was read, whose words are not the parser's.
        constexpr std::string_view quotes = "; last read: '";
        if (const std::size_t quoted = reason_.find(quotes); quoted != std::string::npos)
            reason_.erase(quoted, quotes.size() + token.size() + 1);
        token_size_ = token.size();
        return false;
    }

    const std::string& reason() const { return reason_; } ///< empty where a bound was reached: see found
    std::size_t stop() const { return stop_; }
    std::size_t token_size() const { return token_size_; } ///< holds for numbers only
    bool in_value() const { return reason_.find("while parsing value") != std::string::npos || overflow(); }
    bool in_word() const {
        return reason_.find("invalid literal") != std::string::npos ||
               reason_.find("invalid number") != std::string::npos;
    }
    bool overflow() const { return overflow_; }
    /// Of the value being read, or of what holds it.
    std::string pointer(bool itself) {
        if (itself && !path_.empty() && !path_.back().object) ++path_.back().children;
        return pointer_to(path_.size() - (itself || path_.empty() ? 0 : 1));
    }

    problems found{};

  private:
    struct level {
        std::uint32_t node;
        bool object; // set by the first key: an empty container has no child to point at
        std::size_t children;
        std::string key;
    };

    bool enter() {
        if (!path_.empty()) ++path_.back().children;
        if (out_.size() < limits_.values) return true;
        return refuse("at most " + std::to_string(limits_.values) + " values in all", "more");
    }
    template <class Add>
    bool number(Add add) {
        if (!enter()) return false;
        if (std::find(not_finite_.begin(), not_finite_.end(), out_.size()) != not_finite_.end())
            out_.unreadable();
        else
            add();
        return true;
    }
    bool descend() {
        if (path_.size() == limits_.depth)
            return refuse("at most " + std::to_string(limits_.depth) + " levels of nesting", "more");
        path_.push_back({static_cast<std::uint32_t>(out_.size()), false, 0, {}});
        return true;
    }
    bool refuse(std::string expected, std::string what) {
        found.push_back({problem_level::syntax, pointer_to(path_.size()), std::move(expected), std::move(what), {}});
        return false;
    }
    std::string pointer_to(std::size_t depth) const {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) {
            const level& l = path_[i];
            append_token(text, l.object ? l.key : std::to_string(l.children - (l.children > 0 ? 1 : 0)));
        }
        return text;
    }
    void report_duplicates(value object) {
        keys_.clear();
        for (const value v : object) keys_.push_back(v.key());
        std::sort(keys_.begin(), keys_.end());
        for (std::size_t i = 1; i < keys_.size() && found.size() <= limits_.problems; ++i) {
            if (keys_[i] != keys_[i - 1] || (i > 1 && keys_[i] == keys_[i - 2])) continue;
            path_.back().key = keys_[i];
            found.push_back({problem_level::syntax, pointer_to(path_.size()), "each key once", "the key more than once",
                             "which one is meant cannot be told: keep one"});
        }
    }

    document& out_;
    const bounds& limits_;
    const std::vector<std::size_t>& not_finite_;
    std::vector<level> path_{};
    std::vector<std::string_view> keys_{};
    std::string reason_{};
    bool overflow_ = false;
    std::size_t stop_ = 0;
    std::size_t token_size_ = 0;
};

/// Where the word starts whose reading ended before `stop`.
inline std::size_t word_start(std::string_view text, const tape_builder& b) {
    std::size_t at = std::min(b.stop(), text.size());
    if (b.overflow()) return at - b.token_size();
    const auto in_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
               c == '.';
    };
    if (at > 0) --at;
    if (at > 0 && b.in_word() && !in_word(text[at]) && in_word(text[at - 1])) --at; // cut off by what follows it
    if (at < text.size() && in_word(text[at]))
        while (at > 0 && in_word(text[at - 1])) --at;
    return at;
}

/// The length of a spelling of infinity or of "not a number" at the start of `text`, which JSON does not have.
inline std::size_t not_finite_word(std::string_view text) {
    std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    for (const std::string_view word : {"Infinity", "infinity", "Inf", "inf", "NaN", "nan"})
        if (text.substr(sign).substr(0, word.size()) == word) return sign + word.size();
    return 0;
}

inline std::string position_text(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n') + 1; // npos + 1 == 0
    return "line " + std::to_string(line) + ", column " + std::to_string(at - start + 1);
}

/// The problem at which reading ended, in words of its own: the parser's carry bytes of the input.
inline problem syntax_problem(std::string_view text, tape_builder& b) {
    const auto says = [&](const char* words) { return b.reason().find(words) != std::string::npos; };
    problem p;
    const bool at_end = says("; expected end of input");
    p.pointer = at_end ? "" : b.pointer(b.in_value() || says("object separator"));
    p.expected = at_end                     ? "the end of the document"
                 : b.overflow()             ? "a finite number"
                 : says("object key")       ? "a key in double quotes or '}'"
                 : says("object separator") ? "':' after the key"
                 : says("parsing object")   ? "',' or '}'"
                 : says("parsing array")    ? "',' or ']'"
                                            : "a JSON value";
    if (says("unexpected end of input") || says("missing closing quote") || b.stop() > text.size()) {
        p.found = "the end of the text at " + position_text(text, text.size());
        p.hint = "the text is cut short";
        return p;
    }
    const std::size_t at = word_start(text, b);
    const char c = at < text.size() ? text[at] : ' ';
    p.found = says("UTF-8")               ? "bytes that are not UTF-8"
              : says("control character") ? "a control character"
              : says("surrogate")         ? "half of a surrogate pair"
              : says("after backslash")   ? "an escape that JSON does not have"
              : says("hex digits")        ? "an escape without its four hex digits"
              : c > ' ' && c < 127        ? std::string("'") + c + "'"
                                          : "other text";
    p.found += " at " + position_text(text, at);
    if (c == '\'') p.hint = "strings take double quotes";
    if (c == '/' || c == '#') p.hint = "JSON has no comments";
    if (c == ']' || c == '}') p.hint = "no comma before a closing bracket, and each bracket closes its own kind";
    if (c == 'T' || c == 'F' || c == 'N') p.hint = "the words are true, false and null";
    return p;
}

} // namespace detail

/// Reads `text` into `out`. Problems are added to `found`; false where there were any, and then `out` holds what could
/// still be read: nothing (empty) after a problem that cannot be passed over. Linear but for sorting each object's
/// keys. A template only so that the parser is compiled where it is used.
template <class Parser = nlohmann::json>
bool parse(std::string_view text, document& out, problems& found, const bounds& limits = {}) {
    out = {};
    const std::size_t most = std::min<std::size_t>(limits.bytes, 0xffff'ffffu);
    if (text.size() > most) {
        // How many there are a caller that reads no further does not know.
        found.push_back({problem_level::syntax, "", "at most " + std::to_string(most) + " bytes", "more", ""});
        return false;
    }
    // To the parser it is the end of the text, and what follows would not be seen.
    if (const std::size_t nul = text.find('\0'); nul != text.npos) {
        found.push_back({problem_level::syntax, "", "text without NUL bytes",
                         "one at " + detail::position_text(text, nul),
                         nul < 4 ? "UTF-16 and UTF-32 have them: JSON is UTF-8" : ""});
        return false;
    }
    // A number beyond double's range and the words for infinity end the parser. They are blanked, remembered by their
    // place on the tape, and the text is read again, so that such a value hides no other problem.
    // A long text is not read so often: reading it 16 times again would be what makes it costly.
    const std::size_t most_passes = std::clamp<std::size_t>((16u << 20) / (text.size() + 1), 1, 16);
    std::string blanked;
    std::vector<std::size_t> not_finite;
    problems passed;
    for (;;) {
        detail::tape_builder builder(out, limits, not_finite);
        const bool good = Parser::sax_parse(text.begin(), text.end(), &builder);
        const std::size_t at = detail::word_start(text, builder);
        std::size_t length = 0;
        if (!good && !builder.reason().empty() && builder.in_value() && not_finite.size() < most_passes)
            length = builder.overflow() ? builder.stop() - at : detail::not_finite_word(text.substr(at));
        if (length == 0) {
            const bool stopped = !good;
            if (stopped && !builder.reason().empty()) passed.push_back(detail::syntax_problem(text, builder));
            found.insert(found.end(), passed.begin(), passed.end());
            found.insert(found.end(), builder.found.begin(), builder.found.end());
            if (stopped) out = {};
            return !stopped && passed.empty() && builder.found.empty();
        }
        not_finite.push_back(out.size());
        passed.push_back({problem_level::syntax, builder.pointer(true), "a finite number",
                          std::string(text.substr(at, std::min<std::size_t>(length, 40))),
                          "where a value is not known, leave its key out"});
        if (blanked.empty()) blanked = text;
        std::fill_n(blanked.begin() + static_cast<std::ptrdiff_t>(at), length, ' ');
        blanked[at] = '0';
        text = blanked;
        out = {};
    }
}

} // namespace uonaco::inline UONACO_ABI::io
