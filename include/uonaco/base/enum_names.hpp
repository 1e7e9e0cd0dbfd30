// SPDX-License-Identifier: Apache-2.0
// The exchanged name of each enumerator, written once beside the enumeration.
#pragma once

#include "config.hpp"

namespace uonaco::inline UONACO_ABI {

template <int N>
struct names {
    static constexpr int size = N;
    const char* text[N];
};
template <class... Texts>
names(Texts...) -> names<static_cast<int>(sizeof...(Texts))>;

/// Specialised beside each exchanged enumeration, in the order of its enumerators, which count from 0 without gaps.
template <class E>
inline constexpr decltype(nullptr) enum_names = nullptr;

template <class E>
concept named_enum = __is_enum(E) && requires {
    enum_names<E>.size;
};

/// The exchanged name.
template <named_enum E>
constexpr const char* to_string(E e) {
    return enum_names<E>.text[static_cast<int>(e)];
}

} // namespace uonaco::inline UONACO_ABI
