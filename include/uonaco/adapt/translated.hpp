// SPDX-License-Identifier: Apache-2.0
// What a translation from or to a foreign format gives: the result, and what it could not carry.
#pragma once

#include "../io/load.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

/// Something that was there and is not in the result, or not as it was.
struct loss {
    std::string pointer{}; ///< RFC 6901, in what was translated
    std::string what{};    ///< what it was and what became of it

    friend bool operator==(const loss&, const loss&) = default;
};

/// A translation and its losses, in the order of what was read.
template <class T>
struct translated {
    T result{};
    std::vector<loss> losses{};
};

/// What every reader of a foreign document returns: a translation, or all that is wrong with the text (never an empty list).
template <class T>
using imported = io::loaded<translated<T>>;

} // namespace uonaco::inline UONACO_ABI::adapt
