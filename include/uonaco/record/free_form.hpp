// SPDX-License-Identifier: Apache-2.0
// What a record carries that nobody here knows.
#pragma once

#include "../base/config.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// The text of a JSON object, kept as it came but for blanks and the spelling of its numbers; empty: none. Text that is no object is
/// written as {"text": it}.
struct free_form {
    std::string json{};

    friend bool operator==(const free_form&, const free_form&) = default;
};

} // namespace uonaco::inline UONACO_ABI
