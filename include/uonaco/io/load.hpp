// SPDX-License-Identifier: Apache-2.0
// Text to record: all of it, or every problem it has, each with its JSON pointer.
#pragma once

#include "codec.hpp"
#include "parse.hpp"

#include "../base/result.hpp"

namespace uonaco::inline UONACO_ABI::io {

struct load_options {
    io::bounds bounds{};
    bool ignore_unknown_keys = false; ///< they are problems otherwise, except in a later minor schema version
};

/// A record, or what is wrong with its text (never an empty list).
template <class T>
using loaded = basic_result<T, problems>;

/// Reads a record from a parsed document and adds to what was wrong with the text. Precondition: an empty document has
/// a problem on that list.
template <class T>
loaded<T> load(const document& parsed, problems syntax, const load_options& options = {}) {
    static_assert(reflect::reflected<T>, "load<T> needs a record: declare T with UONACO_REFLECT");
    UONACO_ASSERT(!parsed.empty() || !syntax.empty());
    reader r(options.bounds.problems, options.ignore_unknown_keys);
    r.inheritable = inheritable(options.bounds);
    for (problem& p : syntax) r.report(std::move(p));
    T record{};
    if (!parsed.empty()) codec<T>::read(r, place(), parsed.root(), {}, record);
    if (r.count() > 0) return r.take();
    return record;
}

/// Reads one record. Nothing partial is handed on; hostile text costs no more than the bounds allow, and no exception
/// of the parser leaves. Integral numbers are whole however they are spelled. Linear in the text, but for sorting each
/// object's keys.
template <class T>
loaded<T> load(std::string_view text, const load_options& options = {}) {
    document d;
    problems syntax;
    parse(text, d, syntax, options.bounds);
    return load<T>(d, std::move(syntax), options);
}

} // namespace uonaco::inline UONACO_ABI::io
