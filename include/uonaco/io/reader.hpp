// SPDX-License-Identifier: Apache-2.0
// Reading one value at a time: checks type and bounds, says what is wrong where, and goes on. Nothing here is a
// template.
#pragma once

#include "document.hpp"
#include "place.hpp"
#include "problem.hpp"
#include "unit.hpp"

#include "../base/math.hpp"
#include "../record/envelope.hpp"
#include "../reflect/reflect.hpp"

namespace uonaco::inline UONACO_ABI::io {

/// Collects problems while a document is read.
class reader {
  public:
    explicit reader(std::size_t most_problems = 200, bool ignore_unknown = false)
        : ignore_unknown_keys(ignore_unknown), most_(most_problems) {}

    void report(problem_level level, const place& at, std::string expected, std::string found, std::string hint = {}) {
        if (level != problem_level::semantic) ++malformed_;
        if (count_++ < most_)
            problems_.push_back({level, at.pointer(), std::move(expected), std::move(found), std::move(hint)});
    }
    void report(problem p) {
        if (p.level != problem_level::semantic) ++malformed_;
        if (count_++ < most_) problems_.push_back(std::move(p));
    }
    /// A problem of meaning for which a value is left unread, so that nothing further is concluded from it.
    void report_unread(const place& at, std::string expected, std::string found) {
        ++malformed_;
        report(problem_level::semantic, at, std::move(expected), std::move(found));
    }
    /// Problems so far, listed or not.
    std::size_t count() const { return count_; }
    /// Of these, those for which a value is left unread: all below the semantic level, and some of it.
    std::size_t malformed() const { return malformed_; }
    /// True where no further problem is listed: then lists are not read on, and sentences not made.
    bool full() const { return count_ > most_; }

    /// All that was listed; if there is more, the last one says so.
    problems take() {
        if (count_ > most_)
            problems_.push_back(
                {problem_level::schema, "", "at most " + std::to_string(most_) + " problems", "more", ""});
        return std::move(problems_);
    }

    bool ignore_unknown_keys = false;    ///< also set by a newer minor schema version
    const envelope* inherited = nullptr; ///< of the document; its elements state only what differs

    /// Room for what elements take from the document, or else one long reference of a small document fills any memory.
    std::size_t inheritable = std::size_t{256} << 20;
    /// False where there is no room for so many bytes more; the first time that is on record, with what is to be shorter.
    bool make_room(std::size_t bytes, const place& element, std::string_view key) {
        if (bytes <= inheritable) {
            inheritable -= bytes;
            return true;
        }
        const place* document = &element;
        while (!document->root()) document = &document->up();
        if (!crowded_)
            report_unread(place(*document, key), "text that is short enough for each element to have",
                          std::to_string(bytes) + " bytes and too many elements that state none");
        crowded_ = true;
        return false;
    }

  private:
    problems problems_{};
    std::size_t count_ = 0;
    std::size_t malformed_ = 0;
    std::size_t most_;
    bool crowded_ = false;
};

/// A value in a few words: `"400G"`, `-3`, `an array of 2`.
inline std::string describe(value v) {
    std::string text;
    switch (v.kind()) {
    case json_kind::null: return "null";
    case json_kind::boolean: return v.boolean() ? "true" : "false";
    case json_kind::integer: return (v.negative() ? "-" : "") + std::to_string(v.magnitude());
    case json_kind::real: append_number(text, v.number()); return text;
    case json_kind::string: {
        constexpr std::size_t most = 48;
        append_string(text, v.text().substr(0, most));
        if (v.text().size() > most) text += " and more";
        return text;
    }
    case json_kind::array: return v.size() == 0 ? "an empty array" : "an array of " + std::to_string(v.size());
    case json_kind::object: return v.size() == 0 ? "an empty object" : "an object";
    case json_kind::unreadable: break;
    }
    return "a value that cannot be read";
}

/// The numbers that a member can be: its own bounds and, unless it is unbounded, those of its unit.
struct extent {
    reflect::field own; ///< with the unit's greatest magnitude
    double tiny = 0;    ///< nothing but 0 is nearer to 0

    bool allow(double x) const { return own.allows(x) && (x == 0 || x >= tiny || x < 0); }
    /// True where the bounds do not say so already.
    bool only_zero_is_tiny() const { return tiny > 0 && own.least < tiny; }
};

/// Of a quantity.
inline extent extent_of(const reflect::field& f, const unit& u) {
    const double infinity = std::numeric_limits<double>::infinity();
    extent l{f, 0};
    if (f.unbounded) return l;
    if (u.ratio && f.least == -infinity && f.most == infinity) l.own.least = 0;
    if (l.own.least == -infinity && u.most < infinity) l.own.least = -u.most;
    if (l.own.most == infinity) l.own.most = u.most;
    l.tiny = u.least;
    if (l.own.least_excluded && l.own.least == 0 && l.tiny > 0) {
        l.own.least = l.tiny;
        l.own.least_excluded = false;
    }
    return l;
}

/// Of a count.
inline extent extent_of(const reflect::field& f) { return extent_of(f, {.most = most_counted}); }

/// Counts without a bound of their own end with their type, int64.
inline constexpr long long last_count = std::numeric_limits<long long>::max();

/// ", at least 1, at most 5": in words, if there are any.
inline std::string bounds_text(const extent& l) {
    std::string text;
    const reflect::field& f = l.own;
    if (l.only_zero_is_tiny() && f.least == 0)
        append_number(text += ", 0 or at least ", l.tiny);
    else if (f.least > -std::numeric_limits<double>::infinity())
        append_number(text += f.least_excluded ? ", above " : ", at least ", f.least);
    if (f.most < std::numeric_limits<double>::infinity())
        append_number(text += f.most_excluded ? ", below " : ", at most ", f.most);
    return text;
}

inline std::string expected_number(const reflect::field& f, const unit& u) {
    std::string text = "a number";
    if (u.symbol[0] != '\0') (text += " in ") += u.symbol;
    return text + bounds_text(extent_of(f, u));
}

inline std::string expected_name(const char* const* names, int size) {
    std::string text = "one of ";
    for (int i = 0; i < size; ++i) (text += i == 0 ? "" : ", ") += names[i];
    return text;
}

inline constexpr const char* id_pattern = "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$";

/// True if `text` matches id_pattern.
inline bool is_id(std::string_view text) {
    const auto alphanumeric = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    if (text.empty() || text.size() > 128 || !alphanumeric(text[0])) return false;
    for (const char c : text)
        if (!alphanumeric(c) && c != '.' && c != '_' && c != ':' && c != '/' && c != '-') return false;
    return true;
}

inline constexpr const char* instant_pattern =
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"
    "([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

/// True if `text` matches instant_pattern, as the 30th of February does.
inline bool is_instant(const std::string_view text) {
    constexpr char small = 'a' - 'A'; // a bit that the signs used here have anyway
    std::string_view rest = text;
    const auto take = [&rest](std::string_view shape) {
        if (rest.size() < shape.size()) return false;
        for (std::size_t i = 0; i < shape.size(); ++i)
            if (shape[i] == '0' ? rest[i] < '0' || rest[i] > '9' : rest[i] != shape[i] && rest[i] != (shape[i] | small))
                return false;
        rest.remove_prefix(shape.size());
        return true;
    };
    const auto within = [text](std::size_t at, int least, int most) {
        const int n = 10 * (text[at] - '0') + (text[at + 1] - '0');
        return least <= n && n <= most;
    };
    if (!take("0000-00-00T00:00:00")) return false;
    if (!within(5, 1, 12) || !within(8, 1, 31) || !within(11, 0, 23) || !within(14, 0, 59) || !within(17, 0, 60))
        return false;
    if (take(".0")) rest.remove_prefix(std::min(rest.find_first_not_of("0123456789"), rest.size()));
    if (take("Z")) return rest.empty();
    return (take("+00:00") || take("-00:00")) && rest.empty() && within(text.size() - 5, 0, 23) &&
           within(text.size() - 2, 0, 59);
}

inline constexpr const char* statistic_pattern =
    "^(cur|min|max|mean|median|stddev|stdvar|p([0-9]{1,2}([.][0-9]{1,6})?|100))$";

/// True if `text` matches statistic_pattern.
inline bool is_statistic(std::string_view text) {
    for (const std::string_view word : {"cur", "min", "max", "mean", "median", "stddev", "stdvar", "p100"})
        if (text == word) return true;
    if (text.substr(0, 1) != "p") return false;
    const std::size_t dot = std::min(text.find('.'), text.size());
    const auto digits = [](std::string_view s, std::size_t most) {
        return !s.empty() && s.size() <= most && s.find_first_not_of("0123456789") == s.npos;
    };
    return digits(text.substr(1, dot - 1), 2) && (dot == text.size() || digits(text.substr(dot + 1), 6));
}

inline constexpr const char* expected_statistic =
    "one of cur, min, max, mean, median, stddev, stdvar, or a percentile from p0 to p100";
inline constexpr const char* expected_bool = "true or false";
inline constexpr const char* expected_id = "an id: up to 128 letters, digits and . _ : / -, a letter or digit first";
inline constexpr const char* expected_instant = "an RFC 3339 time with offset, such as 2026-01-31T12:00:00Z";
inline std::string expected_count(const reflect::field& f) { return "a whole number" + bounds_text(extent_of(f)); }
inline std::string expected_text(const reflect::field& f) {
    return f.capitals == 0 ? "a string" : std::to_string(f.capitals) + " capital letters";
}

/// Reports a value of the wrong type, unless a problem with it is on record already.
inline void report_type(reader& r, const place& at, value v, std::string expected, std::string hint = {}) {
    if (v.is(json_kind::unreadable)) return;
    if (v.is(json_kind::null)) hint = "where a value is not known, leave its key out";
    r.report(problem_level::schema, at, std::move(expected), describe(v), std::move(hint));
}

// Each read_* leaves `out` alone where it reports.

inline void read_number(reader& r, const place& at, value v, const reflect::field& f, const unit& u, double& out) {
    if (!v.is_number())
        return report_type(r, at, v, expected_number(f, u),
                           v.is(json_kind::string) ? "a plain number, without quotes and unit" : "");
    const double x = v.number();
    const double si = x * u.exchange;
    const extent bounds = extent_of(f, u);
    if (bounds.allow(x) && math::finite(si)) {
        out = si;
        return;
    }
    std::string hint;
    const double share = exchange_number(x, 100);
    if (u.ratio && x > 1 && bounds.allow(share)) append_number(hint = "a share, not percent: write ", share);
    r.report(problem_level::schema, at, expected_number(f, u), describe(v), std::move(hint));
}

/// Whole numbers, however spelled: 3, 3.0 and 3e0 are the same.
inline void read_count(reader& r, const place& at, value v, const reflect::field& f, long long& out) {
    constexpr double exact = 9007199254740992.0; // 2^53: from it on a double is not one whole number
    const extent bounds = extent_of(f);
    if (v.is(json_kind::integer) &&
        v.magnitude() <= static_cast<std::uint64_t>(std::numeric_limits<long long>::max())) {
        const long long n =
            v.negative() ? -static_cast<long long>(v.magnitude()) : static_cast<long long>(v.magnitude());
        if (bounds.allow(static_cast<double>(n))) {
            out = n;
            return;
        }
    } else if (v.is(json_kind::real)) {
        const double x = v.number();
        if (x > -exact && x < exact && x == math::floor(x) && bounds.allow(x)) {
            out = static_cast<long long>(x);
            return;
        }
    }
    const bool whole = v.is_number() && bounds.allow(v.number()) && v.number() == math::floor(v.number());
    report_type(r, at, v, expected_count(f),
                !whole                  ? ""
                : v.number() >= 0x1p63  ? "counts end at 2^63 - 1"
                : v.is(json_kind::real) ? "from 2^53 on, write every digit"
                                        : "");
}

inline void read_bool(reader& r, const place& at, value v, bool& out) {
    if (!v.is(json_kind::boolean)) return report_type(r, at, v, expected_bool);
    out = v.boolean();
}

inline void read_text(reader& r, const place& at, value v, const reflect::field& f, std::string& out) {
    if (!v.is(json_kind::string)) return report_type(r, at, v, expected_text(f));
    const std::string_view text = v.text();
    bool good = f.capitals == 0 || text.size() == static_cast<std::size_t>(f.capitals);
    for (const char c : text) good = good && (f.capitals == 0 || (c >= 'A' && c <= 'Z'));
    if (!good) return report_type(r, at, v, expected_text(f));
    out = text;
}

inline void read_id(reader& r, const place& at, value v, std::string& out) {
    if (!v.is(json_kind::string) || !is_id(v.text())) return report_type(r, at, v, expected_id);
    out = v.text();
}

/// True where the years 0000 to 9999 UTC, which is what can be written, hold it to the millisecond: an offset can lead out of them.
inline bool writable(instant t) { return t.unix_seconds() >= -62167219200.0 && t.unix_seconds() < 253402300799.9995; }

/// As it is written: what holds between the times of a record when it is read holds when it is read again.
inline instant to_the_millisecond(instant t) {
    return instant::from_unix(math::floor(t.unix_seconds() * 1000 + 0.5) / 1000);
}

inline void read_instant(reader& r, const place& at, value v, instant& out) {
    if (!v.is(json_kind::string) || !is_instant(v.text())) return report_type(r, at, v, expected_instant);
    const auto t = units::parse_instant(v.text().data(), static_cast<int>(v.text().size()));
    if (!t) return r.report_unread(at, "a day and a time of day that exist", describe(v)); // no pattern can say this
    if (!writable(*t)) return r.report_unread(at, "a time in the years 0000 to 9999 UTC", describe(v));
    out = to_the_millisecond(*t);
}

inline void read_name(reader& r, const place& at, value v, const char* const* names, int size, int& out) {
    if (v.is(json_kind::string)) {
        for (int i = 0; i < size; ++i)
            if (v.text() == names[i]) {
                out = i;
                return;
            }
        std::vector<known_key> known;
        for (int i = 0; i < size; ++i) known.push_back({names[i], {}});
        return report_type(r, at, v, expected_name(names, size), suggest(v.text(), known).sentence);
    }
    report_type(r, at, v, expected_name(names, size));
}

/// Reads the members of one object. Whatever take() was asked for is known; finish() reports the rest, and what is
/// missing.
class object_reader {
  public:
    object_reader(reader& r, const place& at, value v, std::string_view record)
        : problems(r), at_(at), object_(v), record_(record), malformed_before_(r.malformed()) {}

    /// The member's value, or nothing if it is not stated.
    value take(std::string_view name, std::string_view suffix = {}) {
        known_.push_back({name, suffix});
        for (const value v : object_)
            if (known_.back().is(v.key())) return v;
        return {};
    }
    /// Says that the member asked for last must not be absent.
    void miss(std::string expected) { missing_.push_back({known_.size() - 1, std::move(expected)}); }

    /// Reports keys that nobody took and required members that are absent.
    void finish() {
        std::vector<bool> meant(known_.size(), false);
        for (const value v : object_) {
            if (problems.full()) return;
            if (problems.ignore_unknown_keys || known(v.key())) continue;
            const suggestion s = suggest(v.key(), known_);
            if (!s.sentence.empty()) meant[s.index] = true;
            problems.report(problem_level::schema, place(at_, v.key()), "a key of " + std::string(record_),
                            "an unknown one", s.sentence);
        }
        for (absent& a : missing_)
            if (!meant[a.index]) // one mistake, one problem
                problems.report(problem_level::schema, place(at_, known_[a.index].text()), std::move(a.expected),
                                "nothing", "this key is required");
    }

    /// True if each value was well formed since reading began.
    bool clean() const { return problems.malformed() == malformed_before_; }

    /// An invariant between members; where it does not hold, `member` is the one to look at, or element `index` of it,
    /// or the `inner` key of either. What is found there is described, unless it is said.
    void operator()(bool holds, std::string_view member, std::string expected, std::string hint = {},
                    std::size_t index = no_index, std::string_view inner = {}, std::string found = {}) const {
        if (holds) return;
        if (problems.full()) return;
        std::string key(member);
        for (const known_key& k : known_)
            if (k.name == member) key = k.text();
        const place there(at_, key);
        value v = object_.find(key);
        if (v && index != no_index) v = v.element(index);
        if (v && !inner.empty()) v = v.find(inner);
        const place element(there, index);
        const place& whole = index == no_index ? there : element;
        const place inside(whole, inner);
        const place& spot = inner.empty() ? whole : inside;
        if (found.empty()) found = v ? describe(v) : "nothing";
        problems.report(problem_level::semantic, spot, std::move(expected), std::move(found), std::move(hint));
    }
    static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

    const place& at() const { return at_; }
    value object() const { return object_; }
    reader& problems;

  private:
    struct absent {
        std::size_t index;
        std::string expected;
    };
    bool known(std::string_view key) const {
        for (const known_key& k : known_)
            if (k.is(key)) return true;
        return false;
    }
    const place& at_;
    value object_;
    std::string_view record_;
    std::vector<known_key> known_{};
    std::vector<absent> missing_{};
    std::size_t malformed_before_;
};

} // namespace uonaco::inline UONACO_ABI::io
