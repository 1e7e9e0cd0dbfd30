// SPDX-License-Identifier: Apache-2.0
// Completes the Boost.Hana model: include it to run hana::members, hana::keys, hana::for_each and friends on records.
#pragma once

#include "reflect.hpp"

#include <boost/hana/concept/struct.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <iterator>
#include <utility>

namespace uonaco::inline UONACO_ABI::reflect::detail {

template <class T, unsigned I>
struct accessor {
    template <class Record>
    constexpr decltype(auto) operator()(Record&& record) const {
        return declaration<T>::template get<I>(static_cast<Record&&>(record));
    }
};

template <class T, unsigned I, std::size_t... C>
constexpr auto hana_name(std::index_sequence<C...>) {
    return boost::hana::string<declaration<T>::template fields<>[I].name[C]...>{};
}

template <class T>
struct hana_accessors {
    static constexpr auto make() {
        return make(std::make_index_sequence<std::size(declaration<T>::template fields<>)>{});
    }

    template <std::size_t... I>
    static constexpr auto make(std::index_sequence<I...>) {
        return boost::hana::make_tuple(
            boost::hana::make_pair(hana_name<T, static_cast<unsigned>(I)>(
                                       std::make_index_sequence<declaration<T>::template fields<>[I].name.size()>{}),
                                   accessor<T, static_cast<unsigned>(I)>{})...);
    }
};

} // namespace uonaco::inline UONACO_ABI::reflect::detail
