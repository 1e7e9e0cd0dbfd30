// SPDX-License-Identifier: Apache-2.0
// How one type of member looks in JSON: codec<T> reads it, writes it and describes it in a schema. Specialise it for
// member types of your own; records need a UONACO_REFLECT declaration and nothing else.
#pragma once

#include "free_form.hpp"
#include "schema_builder.hpp"

#include "../record/label_set.hpp"
#include "../record/statistic.hpp"

#include <optional>
#include <variant>

namespace uonaco::inline UONACO_ABI::io {

/// Where records are written to.
struct writer {
    document& out;
    const envelope* inherited = nullptr; ///< of the document: elements do not repeat it
};

/// What a specialisation has. `suffix` follows the member's name in its key; `absent` values have no key; `expected`
/// is what a problem says of a value that is missing.
///
///     static constexpr const char* suffix;
///     static bool absent(const T&);
///     static std::string expected(const reflect::field&);
///     static void read(reader&, const place&, value, const reflect::field&, T&);   // leaves T alone where it reports
///     static void write(writer&, const T&);
///     static void describe(schema_builder&, const reflect::field&);
template <class T>
struct codec;

/// A type that can be a member of an exchanged record.
template <class T>
concept exchanged = requires(reader& r, const place& at, value v, const reflect::field& f, T& t) {
    codec<T>::suffix;
    codec<T>::read(r, at, v, f, t);
};

/// A record that stands for itself: it has an envelope, and says its kind and schema version where it is the document.
template <class T>
concept record_kind = reflect::reflected<T> && requires(T& t) {
    requires std::is_same_v<decltype(t.meta), envelope>;
};

inline constexpr std::string_view schema_version = "1.0";

/// What a document of that kind may name as its `$schema`. Never fetched.
inline std::string schema_id(std::string_view kind) {
    return "https://uonaco.dev/schema/v1/" + std::string(kind) + ".schema.json";
}

template <>
struct codec<bool> {
    static constexpr const char* suffix = "";
    static bool absent(bool) { return false; }
    static std::string expected(const reflect::field&) { return expected_bool; }
    static void read(reader& r, const place& at, value v, const reflect::field&, bool& out) {
        read_bool(r, at, v, out);
    }
    static void write(writer& w, bool b) { w.out.boolean(b); }
    static void describe(schema_builder& s, const reflect::field&) { s.keyword("type", "boolean"); }
};

template <>
struct codec<long long> {
    static constexpr const char* suffix = "";
    static bool absent(long long) { return false; }
    static std::string expected(const reflect::field& f) { return expected_count(f); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, long long& out) {
        read_count(r, at, v, f, out);
    }
    static void write(writer& w, long long n) { w.out.integer(n); }
    static void describe(schema_builder& s, const reflect::field& f) { s.count(f); }
};

template <>
struct codec<double> {
    static constexpr const char* suffix = "";
    static bool absent(double) { return false; }
    static std::string expected(const reflect::field& f) { return expected_number(f, {}); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, double& out) {
        read_number(r, at, v, f, {}, out);
    }
    static void write(writer& w, double x) { w.out.real(x); }
    static void describe(schema_builder& s, const reflect::field& f) { s.number(f, {}); }
};

template <class K>
struct codec<quantity<K, double>> {
    static constexpr unit measure = unit_of<K>();
    static constexpr const char* suffix = K::suffix;
    static bool absent(quantity<K>) { return false; }
    static std::string expected(const reflect::field& f) { return expected_number(f, measure); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, quantity<K>& out) {
        double si = out.si();
        read_number(r, at, v, f, measure, si);
        out = quantity<K>::from_si(si);
    }
    static void write(writer& w, quantity<K> q) { w.out.real(exchange_number(q.si(), K::exchange)); }
    static void describe(schema_builder& s, const reflect::field& f) { s.number(f, measure); }
};

template <>
struct codec<std::string> {
    static constexpr const char* suffix = "";
    static bool absent(const std::string& s) { return s.empty(); }
    static std::string expected(const reflect::field& f) { return expected_text(f); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, std::string& out) {
        read_text(r, at, v, f, out);
    }
    static void write(writer& w, const std::string& s) { w.out.string(s); }
    static void describe(schema_builder& s, const reflect::field& f) { s.text(f); }
};

template <class Tag>
struct codec<id<Tag, std::string>> {
    static constexpr const char* suffix = "";
    static bool absent(const id<Tag>& i) { return i.empty(); }
    static std::string expected(const reflect::field&) { return expected_id; }
    static void read(reader& r, const place& at, value v, const reflect::field&, id<Tag>& out) {
        read_id(r, at, v, out.text);
    }
    static void write(writer& w, const id<Tag>& i) { w.out.string(i.text); }
    static void describe(schema_builder& s, const reflect::field&) {
        s.keyword("type", "string");
        s.keyword("pattern", id_pattern);
    }
};

template <>
struct codec<statistic> {
    static constexpr const char* suffix = "";
    static bool absent(const statistic& s) { return s.text.empty(); }
    static std::string expected(const reflect::field&) { return expected_statistic; }
    static void read(reader& r, const place& at, value v, const reflect::field&, statistic& out) {
        if (!v.is(json_kind::string) || !is_statistic(v.text())) return report_type(r, at, v, expected_statistic);
        out.text = v.text();
    }
    static void write(writer& w, const statistic& s) { w.out.string(s.text); }
    static void describe(schema_builder& s, const reflect::field&) {
        s.keyword("type", "string");
        s.keyword("pattern", statistic_pattern);
    }
};

template <>
struct codec<free_form> {
    static constexpr const char* suffix = "";
    static bool absent(const free_form& f) { return f.json.empty(); }
    static std::string expected(const reflect::field&) { return "an object"; }
    static void read(reader& r, const place& at, value v, const reflect::field&, free_form& out) {
        if (!v.is(json_kind::object)) return report_type(r, at, v, "an object");
        out = to_free_form(v);
    }
    static void write(writer& w, const free_form& f) { append_free_form(w.out, f); }
    static void describe(schema_builder& s, const reflect::field&) { s.keyword("type", "object"); }
};

template <>
struct codec<instant> {
    static constexpr const char* suffix = "";
    static bool absent(instant) { return false; }
    static std::string expected(const reflect::field&) { return expected_instant; }
    static void read(reader& r, const place& at, value v, const reflect::field&, instant& out) {
        read_instant(r, at, v, out);
    }
    static void write(writer& w, instant t) { w.out.string(units::to_text(t).c_str()); }
    static void describe(schema_builder& s, const reflect::field&) { s.instant(); }
};

template <named_enum E>
struct codec<E> {
    static constexpr const char* suffix = "";
    static bool absent(E) { return false; }
    static std::string expected(const reflect::field&) { return expected_name(enum_names<E>.text, enum_names<E>.size); }
    static void read(reader& r, const place& at, value v, const reflect::field&, E& out) {
        int index = static_cast<int>(out);
        read_name(r, at, v, enum_names<E>.text, enum_names<E>.size, index);
        out = static_cast<E>(index);
    }
    static void write(writer& w, E e) { w.out.string(to_string(e)); }
    static void describe(schema_builder& s, const reflect::field&) { s.names(enum_names<E>.text, enum_names<E>.size); }
};

/// An unknown value has no key, and a key that is absent means unknown.
template <class T>
struct codec<maybe<T>> {
    static constexpr const char* suffix = codec<T>::suffix;
    static bool absent(const maybe<T>& m) { return !m.known(); }
    static std::string expected(const reflect::field& f) { return codec<T>::expected(f); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, maybe<T>& out) {
        T known{};
        codec<T>::read(r, at, v, f, known);
        out = std::move(known);
    }
    static void write(writer& w, const maybe<T>& m) { codec<T>::write(w, m.value()); }
    static void describe(schema_builder& s, const reflect::field& f) { codec<T>::describe(s, f); }
};

template <class T>
struct codec<std::optional<T>> {
    static constexpr const char* suffix = codec<T>::suffix;
    static bool absent(const std::optional<T>& m) { return !m; }
    static std::string expected(const reflect::field& f) { return codec<T>::expected(f); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, std::optional<T>& out) {
        codec<T>::read(r, at, v, f, out.emplace());
    }
    static void write(writer& w, const std::optional<T>& m) { codec<T>::write(w, *m); }
    static void describe(schema_builder& s, const reflect::field& f) { codec<T>::describe(s, f); }
};

/// Bounds of the member are bounds of its elements.
template <class T>
struct codec<std::vector<T>> {
    static constexpr const char* suffix = codec<T>::suffix;
    static bool absent(const std::vector<T>& v) { return v.empty(); }
    static std::string expected(const reflect::field& f) { return "an array, each element " + codec<T>::expected(f); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, std::vector<T>& out) {
        if (!v.is(json_kind::array)) return report_type(r, at, v, expected(f));
        out.clear();
        for (const value element : v) {
            if (r.full()) return;
            const std::size_t index = out.size(); // before the element is made: arguments have no order
            codec<T>::read(r, place(at, index), element, f, out.emplace_back());
        }
    }
    static void write(writer& w, const std::vector<T>& v) {
        w.out.open_array();
        for (const T& element : v) codec<T>::write(w, element);
        w.out.close();
    }
    static void describe(schema_builder& s, const reflect::field& f) {
        s.keyword("type", "array");
        s.keyword("items").open_object();
        codec<T>::describe(s, f);
        s.out().close();
    }
};

template <>
struct codec<label_set> {
    using text = codec<std::string>;
    static constexpr const char* suffix = text::suffix;
    static bool absent(const label_set& all) { return all.empty(); }
    static std::string expected(const reflect::field& f) { return "an object, each value " + text::expected(f); }
    static void read(reader& r, const place& at, value v, const reflect::field& f, label_set& out) {
        if (!v.is(json_kind::object)) return report_type(r, at, v, expected(f));
        out.clear();
        std::vector<label> all;
        for (const value entry : v) {
            if (r.full()) return;
            all.push_back({std::string(entry.key()), {}});
            text::read(r, place(at, entry.key()), entry, f, all.back().value);
        }
        // In order each is set in constant time: a hostile document has a million.
        std::stable_sort(all.begin(), all.end(), [](const label& a, const label& b) { return a.key < b.key; });
        for (label& l : all) out.set(std::move(l.key), std::move(l.value));
    }
    static void write(writer& w, const label_set& all) {
        w.out.open_object();
        for (const label& l : all) {
            w.out.key(l.key);
            text::write(w, l.value);
        }
        w.out.close();
    }
    static void describe(schema_builder& s, const reflect::field& f) {
        s.keyword("type", "object");
        s.keyword("additionalProperties").open_object();
        text::describe(s, f);
        s.out().close();
    }
};

namespace detail {

template <class T>
inline constexpr bool is_variant = false;
template <class... Ts>
inline constexpr bool is_variant<std::variant<Ts...>> = true;

/// What is absent has no value that could be written, required or not.
template <class T>
inline constexpr bool may_be_unknown = is_maybe<T>;
template <class T>
inline constexpr bool may_be_unknown<std::optional<T>> = true;

/// A variant's alternatives are keys of the record itself, by the names of their types, and exactly one is stated.
inline std::string expected_one(std::initializer_list<std::string_view> names) {
    std::string text = "exactly one of ";
    for (const std::string_view n : names) (text += n.data() == names.begin()->data() ? "" : ", ") += n;
    return text;
}

template <class... Ts>
struct variant_codec {
    static void read(object_reader& object, const reflect::field& f, std::variant<Ts...>& out) {
        int stated = 0;
        (read_one<Ts>(object, f, out, stated), ...);
        if (stated == 1) return;
        object.problems.report(problem_level::schema, object.at(), expected_one({reflect::name_of<Ts>...}),
                               stated == 0 ? "none of them" : std::to_string(stated) + " of them");
    }
    template <class T>
    static void read_one(object_reader& object, const reflect::field& f, std::variant<Ts...>& out, int& stated) {
        const value v = object.take(reflect::name_of<T>);
        if (!v) return;
        ++stated;
        codec<T>::read(object.problems, place(object.at(), v.key()), v, f, out.template emplace<T>());
    }
    static void write(writer& w, const std::variant<Ts...>& v) { (write_one<Ts>(w, v), ...); }
    template <class T>
    static void write_one(writer& w, const std::variant<Ts...>& v) {
        const T* held = std::get_if<T>(&v);
        if (held == nullptr) return;
        w.out.key(reflect::name_of<T>);
        codec<T>::write(w, *held);
    }
    static void describe(schema_builder& s, const reflect::field& f) { (describe_one<Ts>(s, f), ...); }
    template <class T>
    static void describe_one(schema_builder& s, const reflect::field& f) {
        s.keyword(reflect::name_of<T>).open_object();
        codec<T>::describe(s, f);
        s.out().close();
    }
    static void describe_choice(schema_builder& s) {
        s.keyword("oneOf").open_array();
        for (const std::string_view name : {reflect::name_of<Ts>...}) {
            s.out().open_object();
            s.keyword("required").open_array();
            s.out().string(name);
            s.out().close();
            s.out().close();
        }
        s.out().close();
    }
};
template <class V>
struct codec_of_variant;
template <class... Ts>
struct codec_of_variant<std::variant<Ts...>> : variant_codec<Ts...> {};

/// Elements take from the document what they do not state.
inline void inherit(const object_reader& object, envelope& to, const envelope& from) {
    to.observed_at = from.observed_at;
    to.valid_until = from.valid_until;
    to.source = from.source;
    to.statistic = from.statistic;
    to.accuracy = from.accuracy;
    constexpr std::string_view reference = "reference";
    if (!object.object().find(reference) && object.problems.make_room(from.reference.size(), object.at(), reference))
        to.reference = from.reference;
}
/// And do not state what they would take.
inline envelope without_inherited(envelope own, const envelope& from) {
    if (own.observed_at == from.observed_at) own.observed_at = {};
    if (own.valid_until == from.valid_until) own.valid_until = {};
    if (own.source == from.source) own.source = source_type::unstated;
    if (own.statistic == from.statistic) own.statistic = {};
    if (own.accuracy == from.accuracy) own.accuracy = {};
    if (own.reference == from.reference) own.reference.clear();
    return own;
}

/// The visitors that reflect::for_each_member takes through a record.
struct read_member {
    object_reader& object;

    template <class M>
    void operator()(const reflect::field& f, M& member) const {
        if constexpr (is_variant<M>) {
            codec_of_variant<M>::read(object, f, member);
        } else {
            static_assert(exchanged<M>,
                          "a member of this record is of a type without a codec: specialise uonaco::io::codec");
            if constexpr (reflect::reflected<M>)
                if (f.flat) return flat(member);
            const value v = object.take(f.name, codec<M>::suffix);
            if (v)
                codec<M>::read(object.problems, place(object.at(), v.key()), v, f, member);
            else if (f.required)
                object.miss(codec<M>::expected(f));
        }
    }
    template <class M>
    void flat(M& member) const {
        if constexpr (std::is_same_v<M, envelope>)
            if (object.problems.inherited != nullptr) inherit(object, member, *object.problems.inherited);
        reflect::for_each_member(*this, member);
        if (object.clean() && !inherits_times(member)) invariants_of(member);
        if constexpr (std::is_same_v<M, envelope>)
            if (object.at().root()) object.problems.inherited = &member;
    }

  private:
    template <class M>
    void invariants_of(const M& member) const {
        if constexpr (requires { invariants(member, object); }) invariants(member, object);
    }
    // What is wrong with times that are the document's is said there.
    template <class M>
    bool inherits_times(const M& member) const {
        const envelope* from = object.problems.inherited;
        if constexpr (std::is_same_v<M, envelope>)
            return from != nullptr && member.observed_at == from->observed_at &&
                   member.valid_until == from->valid_until;
        return false;
    }
};

struct write_member {
    writer& to;

    template <class M>
    void operator()(const reflect::field& f, const M& member, const M& fallback) const {
        if constexpr (is_variant<M>) {
            codec_of_variant<M>::write(to, member);
        } else {
            static_assert(exchanged<M>,
                          "a member of this record is of a type without a codec: specialise uonaco::io::codec");
            if constexpr (reflect::reflected<M>)
                if (f.flat) return flat(member, fallback);
            if (codec<M>::absent(member) && (!f.required || may_be_unknown<M>)) return;
            if ((f.unless_default || (reflect::reflected<M> && !f.required)) && member == fallback) return;
            to.out.key(f.name, codec<M>::suffix);
            codec<M>::write(to, member);
        }
    }
    template <class M>
    void flat(const M& member, const M& fallback) const {
        if constexpr (std::is_same_v<M, envelope>) {
            if (to.inherited != nullptr)
                return reflect::for_each_member(*this, static_cast<const M&>(without_inherited(member, *to.inherited)),
                                                fallback);
            to.inherited = &member;
        }
        reflect::for_each_member(*this, member, fallback);
    }
};

struct describe_member {
    schema_builder& schema;

    template <class M>
    void operator()(const reflect::field& f, const M& fallback) const {
        if constexpr (is_variant<M>) {
            codec_of_variant<M>::describe(schema, f);
        } else {
            if constexpr (reflect::reflected<M>)
                if (f.flat) return reflect::for_each_member(*this, fallback);
            schema.out().key(f.name, codec<M>::suffix);
            schema.out().open_object();
            schema.keyword("description", f.meaning);
            codec<M>::describe(schema, f);
            if (!f.required && !reflect::reflected<M> && !codec<M>::absent(fallback)) {
                schema.keyword("default");
                writer w{schema.out()};
                codec<M>::write(w, fallback);
            }
            schema.finish_unit();
            schema.out().close();
        }
    }
};

struct collect_required {
    std::vector<std::string>& keys;

    template <class M>
    void operator()(const reflect::field& f, const M& fallback) const {
        if constexpr (!is_variant<M>) {
            if constexpr (reflect::reflected<M>)
                if (f.flat) return reflect::for_each_member(*this, fallback);
            if (f.required) keys.push_back(known_key{f.name, codec<M>::suffix}.text());
        }
    }
};

struct describe_choices {
    schema_builder& schema;

    template <class M>
    void operator()(const reflect::field&, const M&) const {
        if constexpr (is_variant<M>) codec_of_variant<M>::describe_choice(schema);
    }
};

/// Reads `kind` and `schema_version`. False where the document is not of this kind: then nothing else is worth saying.
inline bool read_header(object_reader& object, std::string_view kind) {
    reader& r = object.problems;
    const bool root = object.at().root();
    bool same = true;
    const std::string expected_kind = "\"" + std::string(kind) + "\"";
    if (const value v = object.take("kind")) {
        if (!v.is(json_kind::string) || v.text() != kind) {
            report_type(r, place(object.at(), "kind"), v, expected_kind);
            same = false;
        }
    } else if (root) {
        object.miss(expected_kind);
    }
    const std::string expected_version = "a version \"1.x\"; this is " + std::string(schema_version);
    if (const value v = object.take("schema_version")) {
        const bool good = v.is(json_kind::string) && v.text().size() >= 3 && v.text().size() <= 8 &&
                          v.text().substr(0, 2) == schema_version.substr(0, 2) &&
                          v.text().find_first_not_of("0123456789", 2) == std::string_view::npos;
        if (!good) {
            report_type(r, place(object.at(), "schema_version"), v, expected_version);
            same = false;
        } else if (root && v.text().find_first_not_of('0', 2) != std::string_view::npos) {
            r.ignore_unknown_keys = true; // of a later minor version: it may have keys that this one has not
        }
    } else if (root) {
        object.miss(expected_version);
    }
    if (!root) return true;
    const std::string id = schema_id(kind);
    if (const value v = object.take("$schema"))
        if (!v.is(json_kind::string) || v.text() != id) {
            report_type(r, place(object.at(), "$schema"), v, "\"" + id + "\", or none");
            same = false;
        }
    return same;
}

/// The keywords of an object schema that come before its properties, and those of an envelope's header.
inline void open_properties(schema_builder& s, std::string_view meaning) {
    s.keyword("description", meaning);
    s.keyword("type", "object");
    s.keyword("properties").open_object();
}
inline void describe_header(schema_builder& s, std::string_view kind, bool root) {
    if (root) {
        s.keyword("$schema").open_object();
        s.keyword("const", schema_id(kind));
        s.out().close();
    }
    s.keyword("kind").open_object();
    s.keyword("const", kind);
    s.out().close();
    s.keyword("schema_version").open_object();
    s.keyword("type", "string");
    s.keyword("pattern", "^1[.][0-9]{1,6}$");
    s.out().close();
}
inline void describe_required(schema_builder& s, const std::vector<std::string>& keys) {
    if (keys.empty()) return;
    s.keyword("required").open_array();
    for (const std::string& key : keys) s.out().string(key);
    s.out().close();
}

} // namespace detail

/// A record: an object with a key for each member.
template <reflect::reflected T>
struct codec<T> {
    static constexpr const char* suffix = "";
    static bool absent(const T&) { return false; }
    static std::string expected(const reflect::field&) {
        return "an object of type " + std::string(reflect::name_of<T>);
    }

    static void read(reader& r, const place& at, value v, const reflect::field& f, T& out) {
        if (!v.is(json_kind::object)) return report_type(r, at, v, expected(f));
        object_reader object(r, at, v, reflect::name_of<T>);
        if constexpr (record_kind<T>)
            if (!detail::read_header(object, reflect::name_of<T>)) return;
        reflect::for_each_member(detail::read_member{object}, out);
        object.finish();
        if constexpr (requires { invariants(out, object); })
            if (object.clean()) invariants(out, object);
        if constexpr (requires { cross_check(out, object); }) cross_check(out, object);
    }
    static void write(writer& w, const T& record) { write_members(w, record, false); }
    static void write_root(writer& w, const T& record) { write_members(w, record, record_kind<T>); }

    static void describe(schema_builder& s, const reflect::field&) {
        if (s.begin_definition(reflect::name_of<T>)) {
            describe_object(s, false);
            s.end_definition();
        }
        s.reference(reflect::name_of<T>);
    }
    static void describe_object(schema_builder& s, bool root) {
        const T fallback{};
        detail::open_properties(s, reflect::meaning_of<T>);
        if constexpr (record_kind<T>) detail::describe_header(s, reflect::name_of<T>, root);
        reflect::for_each_member(detail::describe_member{s}, fallback);
        s.out().close();
        std::vector<std::string> required;
        if (record_kind<T> && root) required = {"kind", "schema_version"};
        reflect::for_each_member(detail::collect_required{required}, fallback);
        detail::describe_required(s, required);
        reflect::for_each_member(detail::describe_choices{s}, fallback);
        s.keyword("additionalProperties").boolean(false);
    }

  private:
    static void write_members(writer& w, const T& record, bool header) {
        w.out.open_object();
        if (header) {
            w.out.key("kind").string(reflect::name_of<T>);
            w.out.key("schema_version").string(schema_version);
        }
        const T fallback{};
        reflect::for_each_member(detail::write_member{w}, record, fallback);
        w.out.close();
    }
};

} // namespace uonaco::inline UONACO_ABI::io
