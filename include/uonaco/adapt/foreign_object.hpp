// SPDX-License-Identifier: Apache-2.0
// Reading documents that are not ours: members that nobody asks for are passed over, those asked for are checked.
#pragma once

#include "translated.hpp"

#include <algorithm>
#include <set>

namespace uonaco::inline UONACO_ABI::adapt {

/// One object of a foreign document. Each call reads a member: absent (or null) is unknown, malformed is a problem on the reader's
/// list and unknown. Refers to the reader, the place and the document; keep them alive.
class foreign_object {
  public:
    /// `what` it is to be, for problems: "a TAPI link". Of anything but an object, a problem is reported and all members are absent.
    foreign_object(io::reader& r, const io::place& at, io::value v, const char* what)
        : reader_(r), at_(at), what_(what) {
        if (v && v.is(io::json_kind::object))
            object_ = v;
        else
            wrong(at, v, what);
    }

    bool is_object() const { return static_cast<bool>(object_); }
    const io::place& at() const { return at_; }
    io::reader& problems() const { return reader_; }
    io::value value() const { return object_; }

    /// The member, or nothing; null is nothing.
    io::value find(std::string_view key) const {
        const io::value v = object_ ? object_.find(key) : io::value();
        return v && v.is(io::json_kind::null) ? io::value() : v;
    }
    bool has(std::string_view key) const { return static_cast<bool>(find(key)); }

    /// A number in [least, most].
    maybe<double> number(std::string_view key, double least = -1e300, double most = 1e300) const {
        const io::value v = find(key);
        if (!v) return {};
        if (v.is_number() && v.number() >= least && v.number() <= most) return v.number();
        wrong(io::place(at_, key), v, "a number" + range(least, most));
        return {};
    }
    /// A whole number in [least, most], however it is spelled: 3, 3.0 and 3e0. Precondition: the bounds are within 2^53.
    maybe<long long> count(std::string_view key, long long least = 0, long long most = 9007199254740992) const {
        const io::value v = find(key);
        if (!v) return {};
        const auto low = static_cast<double>(least), high = static_cast<double>(most);
        if (v.is_number() && v.number() >= low && v.number() <= high && v.number() == math::floor(v.number()))
            return static_cast<long long>(v.number());
        wrong(io::place(at_, key), v, "a whole number" + range(low, high));
        return {};
    }
    /// A string; empty if absent.
    std::string text(std::string_view key) const {
        const io::value v = find(key);
        if (!v) return {};
        if (v.is(io::json_kind::string)) return std::string(v.text());
        wrong(io::place(at_, key), v, "a string");
        return {};
    }
    maybe<bool> flag(std::string_view key) const {
        const io::value v = find(key);
        if (!v) return {};
        if (v.is(io::json_kind::boolean)) return v.boolean();
        wrong(io::place(at_, key), v, io::expected_bool);
        return {};
    }
    /// An RFC 3339 time.
    maybe<instant> time(std::string_view key) const {
        const io::value v = find(key);
        if (!v) return {};
        instant t{};
        const std::size_t before = reader_.count();
        io::read_instant(reader_, io::place(at_, key), v, t);
        return reader_.count() == before ? maybe<instant>(t) : maybe<instant>();
    }
    /// Says that a member is missing, unless it is there; true if it is.
    bool require(std::string_view key, const char* expected) const {
        if (has(key)) return true;
        if (object_)
            reader_.report(io::problem_level::schema, io::place(at_, key), expected, "nothing",
                           std::string("this key is required in ") + what_);
        return false;
    }

    /// Calls f(const foreign_object&) for a member that is an object; absent: not at all. `inner`: what it is to be.
    template <class F>
    void within(std::string_view key, const char* inner, F f) const {
        const io::value v = find(key);
        if (!v) return;
        const io::place there(at_, key);
        const foreign_object o(reader_, there, v, inner);
        if (o.is_object()) f(o);
    }
    /// Calls f(const io::place&, io::value) for each element of a list; absent: none.
    template <class F>
    void each(std::string_view key, F f) const {
        const io::value v = find(key);
        if (!v) return;
        const io::place list(at_, key);
        if (!v.is(io::json_kind::array)) return wrong(list, v, "a list");
        std::size_t i = 0;
        for (const io::value element : v) {
            if (reader_.full()) return;
            f(io::place(list, i++), element);
        }
    }
    /// The same for lists of objects: f(const foreign_object&).
    template <class F>
    void each_object(std::string_view key, const char* inner, F f) const {
        each(key, [&](const io::place& at, io::value v) {
            const foreign_object o(reader_, at, v, inner);
            if (o.is_object()) f(o);
        });
    }

  private:
    static std::string range(double least, double most) {
        std::string text;
        if (least > -1e300) io::append_number(text += ", at least ", least);
        if (most < 1e300) io::append_number(text += ", at most ", most);
        return text;
    }
    void wrong(const io::place& at, io::value v, std::string expected) const {
        if (!v)
            reader_.report(io::problem_level::schema, at, std::move(expected), "nothing");
        else if (!v.is(io::json_kind::unreadable))
            reader_.report(io::problem_level::schema, at, std::move(expected), io::describe(v));
    }

    io::reader& reader_;
    const io::place& at_;
    const char* what_;
    io::value object_{};
};

/// What objects of a foreign document have beside what is read of them: one loss for each kind of object, with the names of all such members.
class passed_over_members {
  public:
    /// `kind`: "link"; `read`: names of what is read, or told elsewhere. What says nothing (null, "", {}, []) is no loss. O(members).
    void rest_of(const foreign_object& o, const std::string& kind, std::initializer_list<std::string_view> read) {
        if (!o.is_object()) return;
        for (const io::value v : o.value())
            if (says(v) && std::find(read.begin(), read.end(), v.key()) == read.end()) name(o, kind, v.key());
    }
    /// A member that is left out by itself.
    void member(const foreign_object& o, const std::string& kind, std::string_view key) {
        if (const io::value v = o.find(key); v && says(v)) name(o, kind, key);
    }
    /// Adds the losses. `why`, for people: "pools are made of nodes".
    void tell(std::vector<loss>& losses, const std::string& why) const {
        for (const entry& e : entries_) {
            std::string all;
            for (const std::string& n : e.names) all += (all.empty() ? "" : ", ") + n;
            if (e.more > 0) all += " and " + std::to_string(e.more) + " more";
            losses.push_back({e.pointer, all + " (of " + std::to_string(e.objects) + " " + e.kind +
                                             (e.objects == 1 ? "" : "s") + "): " + why});
        }
    }

  private:
    struct entry {
        std::string kind{}, pointer{};
        std::vector<std::string> names{};
        std::set<std::string, std::less<>> known{};
        std::size_t objects = 0, more = 0;
        const void* last = nullptr; ///< the object that was counted last
    };
    static constexpr std::size_t most = 100, longest = 100; ///< names that are told of a kind, and characters of one

    static bool says(io::value v) {
        if (v.is(io::json_kind::null) || v.is(io::json_kind::unreadable)) return false;
        if (v.is(io::json_kind::string)) return !v.text().empty();
        return !(v.is(io::json_kind::array) || v.is(io::json_kind::object)) || v.size() > 0;
    }
    void name(const foreign_object& o, const std::string& kind, std::string_view key) {
        const auto found =
            std::find_if(entries_.begin(), entries_.end(), [&](const entry& e) { return e.kind == kind; });
        const bool first = found == entries_.end();
        entry& e = first ? entries_.emplace_back() : *found;
        if (first) e.kind = kind, e.pointer = o.at().pointer();
        const void* const itself = (*o.value().begin()).key().data(); // no two keys share their letters
        if (e.last != itself) ++e.objects, e.last = itself;
        if (e.known.size() > 10 * most || !e.known.emplace(key).second) return;
        if (e.names.size() < most)
            e.names.emplace_back(key.substr(0, longest));
        else
            ++e.more;
    }
    std::vector<entry> entries_{};
};

/// Reads a foreign document whose root may be a list: f(io::reader&, const io::place&, io::value, translated<T>&). What it reports refuses the whole.
/// Hostile text costs no more than the bounds allow.
template <class T, class F>
imported<T> read_foreign_value(std::string_view text, const io::load_options& options, F f) {
    io::document d;
    io::problems syntax;
    io::parse(text, d, syntax, options.bounds);
    io::reader r(options.bounds.problems, true);
    for (io::problem& p : syntax) r.report(std::move(p));
    translated<T> t;
    if (!d.empty()) f(r, io::place(), d.root(), t);
    if (r.count() > 0) return r.take();
    return t;
}

/// The same of a document whose root is an object, `what` it is to be: f(const foreign_object& root, translated<T>&).
template <class T, class F>
imported<T> read_foreign(std::string_view text, const io::load_options& options, const char* what, F f) {
    return read_foreign_value<T>(text, options,
                                 [&](io::reader& r, const io::place& root, io::value v, translated<T>& t) {
                                     const foreign_object o(r, root, v, what);
                                     if (o.is_object()) f(o, t);
                                 });
}

} // namespace uonaco::inline UONACO_ABI::adapt
