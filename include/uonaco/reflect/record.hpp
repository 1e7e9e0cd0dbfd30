// SPDX-License-Identifier: Apache-2.0
// Declarations of what all records share.
#pragma once

#include "reflect.hpp"

#include "../record/envelope.hpp"
#include "../record/protection.hpp"

// clang-format off
UONACO_REFLECT(uonaco::accuracy, "How far a figure is to be trusted",
    (method, "how it was come by"),
    (error,  "relative to the figure, either way"));

UONACO_REFLECT(uonaco::envelope, "What a record says about itself",
    (observed_at, "when the figures held"),
    (valid_until, "from when on they are stale"),
    (generation,  "a number that the source raises with every change: of two records of one id the higher holds", at_least(0), unbounded),
    (source,      "how the figures came about", unless_default),
    (statistic,   "cur, min, max, mean, median, stddev, stdvar or a percentile such as p99.9, of what was observed"),
    (accuracy,    "how far the figures are to be trusted"),
    (reference,   "where they came from: a document, a feed, an instrument"),
    (labels,      "free words for people and tools"),
    (extensions,  "anything else, carried and not looked at; the only free-form place"));

UONACO_REFLECT(uonaco::security, "What keeps one tenant's data from another: offered, or asked",
    (encryption, "encryption of data on the way, the stronger the later in the list"),
    (isolation,  "separation from other tenants, the stronger the later in the list"));
// clang-format on

namespace uonaco::inline UONACO_ABI {

/// An overload of `invariants` says what must hold between the members of a record, beyond the bounds of each: it calls
/// broken(holds, member, what is expected). Found by argument-dependent lookup, after every member has been read well.
template <class Broken>
void invariants(const envelope& e, const Broken& broken) {
    if (e.observed_at && e.valid_until)
        broken(*e.observed_at <= *e.valid_until, "valid_until", "a time not before observed_at", {}, Broken::no_index,
               {},
               // It may be the document's, which is not written here.
               std::string("\"") + units::to_text(*e.valid_until).c_str() + "\"");
}

} // namespace uonaco::inline UONACO_ABI
