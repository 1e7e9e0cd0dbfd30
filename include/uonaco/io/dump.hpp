// SPDX-License-Identifier: Apache-2.0
// Record to JSON: the same bytes for the same record on every platform, keys in the order of the declaration.
#pragma once

#include "codec.hpp"
#include "text.hpp"

namespace uonaco::inline UONACO_ABI::io {

namespace detail {

/// Copies into a foreign JSON type (nlohmann's, or one that is built like it).
template <class Json>
void assign(Json& to, value v) {
    switch (v.kind()) {
    case json_kind::boolean: to = v.boolean(); break;
    case json_kind::integer:
        if (v.negative())
            to = static_cast<std::int64_t>(0 - v.magnitude());
        else
            to = v.magnitude();
        break;
    case json_kind::real: to = v.number(); break;
    case json_kind::string: to = std::string(v.text()); break;
    case json_kind::array:
        to = Json::array();
        for (const value inner : v) {
            to.push_back(Json());
            assign(to.back(), inner);
        }
        break;
    case json_kind::object:
        to = Json::object();
        for (const value inner : v) assign(to[std::string(inner.key())], inner);
        break;
    default: to = nullptr; break;
    }
}

} // namespace detail

/// The document of a record; records with an envelope say their kind and schema version first.
template <class T>
document to_document(const T& record) {
    static_assert(reflect::reflected<T>, "dump needs a record: declare its type with UONACO_REFLECT");
    document d;
    writer w{d};
    codec<T>::write_root(w, record);
    return d;
}

/// The JSON of a record. Unknown values have no key. Numbers from decimals of up to 15 digits leave as the same
/// decimals. Precondition: every number is finite.
template <class T>
std::string dump(const T& record, layout how = layout::pretty) {
    return to_text(to_document(record), how);
}

} // namespace uonaco::inline UONACO_ABI::io

namespace uonaco::inline UONACO_ABI {

/// For `nlohmann::ordered_json j = record;` and types built like it; found by argument-dependent lookup. Types outside
/// this namespace add `using uonaco::to_json;` to theirs.
template <class Json, class T>
    requires reflect::reflected<T> && requires { typename Json::object_t; }
void to_json(Json& json, const T& record) { io::detail::assign(json, io::to_document(record).root()); }

} // namespace uonaco::inline UONACO_ABI
