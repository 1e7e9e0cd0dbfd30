// SPDX-License-Identifier: Apache-2.0
// What every exchanged record says about itself, beside its id.
#pragma once

#include "../base/enum_names.hpp"
#include "../base/id.hpp"
#include "../units/instant.hpp"
#include "accuracy.hpp"
#include "free_form.hpp"
#include "label_set.hpp"
#include "statistic.hpp"

namespace uonaco::inline UONACO_ABI {

/// How a figure came about (CATS and ALTO terms).
enum class source_type : unsigned char { unstated, nominal, measured, estimation, aggregation, normalization, sla };
template <>
inline constexpr names enum_names<source_type>{"unstated",    "nominal",       "measured", "estimation",
                                               "aggregation", "normalization", "sla"};

/// Written flat into its record. Inside a scenario, an element inherits what it does not state.
struct envelope {
    maybe<instant> observed_at{};               ///< when the figures held
    maybe<instant> valid_until{};               ///< from when on they are stale: see doubts()
    maybe<units::count> generation{};           ///< raised by the source with every change
    source_type source = source_type::unstated; ///< how the figures came about
    uonaco::statistic statistic{};              ///< of what was observed, where that is more than once
    maybe<uonaco::accuracy> accuracy{};         ///< how far they are to be trusted
    std::string reference{};                    ///< where they came from: a document, a feed, an instrument
    label_set labels{};                         ///< free words for people and tools
    free_form extensions{};                     ///< of others: carried, and not looked at

    friend bool operator==(const envelope&, const envelope&) = default;
};

} // namespace uonaco::inline UONACO_ABI
