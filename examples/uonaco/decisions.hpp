// SPDX-License-Identifier: Apache-2.0
// Decision records as text and as JSON.
#pragma once

#include "terminal.hpp"

#include <uonaco/decision/decision.hpp>

namespace program {

inline bool is_placed(const uonaco::decision& d) { return d.status == uonaco::placement_status::placed; }

/// What was decided, and the sentences that say why.
std::string told(const uonaco::decision& d, const terminal& screen);

/// A sentence of an explanation; the blanks it begins with become its indent.
std::string sentence(const std::string& line, const terminal& screen);

/// A JSON list of records.
std::string list_of(const std::vector<uonaco::decision>& all);

} // namespace program
