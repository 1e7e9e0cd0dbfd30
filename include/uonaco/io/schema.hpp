// SPDX-License-Identifier: Apache-2.0
// Record to JSON Schema: types, bounds, units and meanings come from the same declaration that reads and writes it.
#pragma once

#include "dump.hpp"

namespace uonaco::inline UONACO_ABI::io {

namespace detail {
inline void open_schema(schema_builder& s, std::string_view name) {
    s.out().open_object();
    s.keyword("$schema", "http://json-schema.org/draft-07/schema#");
    s.keyword("$id", schema_id(name));
    s.keyword("title", name);
}
} // namespace detail

/// The JSON Schema of one kind of record: draft-07, kept to what 2020-12 reads alike; local references only. What it
/// cannot say (references between records, sums, order) is checked by load and load_scenario. Deterministic.
template <class T>
std::string schema() {
    static_assert(reflect::reflected<T>, "schema<T> needs a record: declare T with UONACO_REFLECT");
    schema_builder s;
    detail::open_schema(s, reflect::name_of<T>);
    codec<T>::describe_object(s, true);
    s.finish_definitions();
    s.out().close();
    return to_text(s.out(), layout::pretty);
}

} // namespace uonaco::inline UONACO_ABI::io
