// SPDX-License-Identifier: Apache-2.0
// Decision records as text and as JSON.
#pragma once

#include "terminal.hpp"

#include <uonaco/decision/decision.hpp>

namespace program {

inline bool is_placed(const uonaco::decision& d) { return d.status == uonaco::placement_status::placed; }

using lines = std::vector<std::string>;

/// What all of several placed decisions say is not known: said once, it need not be said for each.
lines unknown_to_all(const std::vector<uonaco::decision>& all);

/// What was decided, the sentences that say why, and what was not known but for what was `said` already.
std::string told(const uonaco::decision& d, const terminal& screen, const lines& said = {});

/// The lines of `unknown` that were not `said` already.
std::string not_known(const lines& unknown, const lines& said, const terminal& screen, const std::string& indent);

/// A sentence of an explanation; the blanks it begins with become its indent.
std::string sentence(const std::string& line, const terminal& screen);

/// A JSON list of records.
std::string list_of(const std::vector<uonaco::decision>& all);

} // namespace program
