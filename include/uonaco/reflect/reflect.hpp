// SPDX-License-Identifier: Apache-2.0
// One declaration per record, from which JSON, its schema, tables and diffs are derived. Seeing a declaration costs
// next to nothing: everything in it is a template that only a use instantiates.
#pragma once

#include "../base/config.hpp"
#include "each.hpp"

#include <boost/hana/fwd/accessors.hpp> // a reflected record models boost::hana::Struct
#include <initializer_list>
#include <limits>
#include <string_view>
#include <type_traits>

namespace uonaco::inline UONACO_ABI::reflect {

/// A property of one member that its type does not say. Numbers are in the exchange unit of the member.
struct rule {
    enum class kind : unsigned char {
        at_least,
        above,
        at_most,
        below,
        unbounded,
        required,
        flatten,
        unless_default,
        capitals
    };
    kind what;
    double bound = 0;
};

constexpr rule at_least(double bound) { return {rule::kind::at_least, bound}; }
constexpr rule above(double bound) { return {rule::kind::above, bound}; }
constexpr rule at_most(double bound) { return {rule::kind::at_most, bound}; }
constexpr rule below(double bound) { return {rule::kind::below, bound}; }
/// No bounds but those stated: of figures that were computed, or that enter no formula. All other numbers have, besides
/// these, the bounds of their unit (io/unit.hpp).
inline constexpr rule unbounded{rule::kind::unbounded};
/// The member must be stated; without it an absent key leaves the default.
inline constexpr rule required{rule::kind::required};
/// The members of this member are written as if they were the record's own.
inline constexpr rule flatten{rule::kind::flatten};

/// A member that has its default is not written; without this only what is unknown or empty is left out.
inline constexpr rule unless_default{rule::kind::unless_default};
/// A code of so many capital letters, such as ISO 3166 countries and ISO 4217 currencies.
constexpr rule capitals(int letters) { return {rule::kind::capitals, static_cast<double>(letters)}; }

/// What is known about one member besides its type.
struct field {
    std::string_view name{};
    std::string_view meaning{};
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool least_excluded = false;
    bool most_excluded = false;
    bool unbounded = false;
    bool required = false;
    bool flat = false;
    bool unless_default = false;
    int capitals = 0;

    constexpr field() = default;
    constexpr field(std::string_view n, std::string_view m, std::initializer_list<rule> rules = {})
        : name(n), meaning(m) {
        for (const rule r : rules) {
            switch (r.what) {
            case rule::kind::at_least: least = r.bound; break;
            case rule::kind::above: least = r.bound, least_excluded = true; break;
            case rule::kind::at_most: most = r.bound; break;
            case rule::kind::below: most = r.bound, most_excluded = true; break;
            case rule::kind::unbounded: unbounded = true; break;
            case rule::kind::required: required = true; break;
            case rule::kind::flatten: flat = true; break;
            case rule::kind::unless_default: unless_default = true; break;
            case rule::kind::capitals: capitals = static_cast<int>(r.bound); break;
            }
        }
    }

    constexpr bool allows(double x) const {
        return (least_excluded ? x > least : x >= least) && (most_excluded ? x < most : x <= most);
    }
};

/// Specialised by UONACO_REFLECT for each record.
template <class T>
struct declaration;

/// A type with a UONACO_REFLECT declaration.
template <class T>
concept reflected = requires {
    declaration<std::remove_cv_t<T>>::meaning;
};

namespace detail {
constexpr std::string_view last_part(std::string_view spelling) {
    spelling = spelling.substr(0, spelling.find('<'));
    return spelling.substr(spelling.rfind(':') + 1); // npos + 1 == 0
}
} // namespace detail

/// The record's name in schemas and in `kind`: the last part of its C++ name, without template arguments.
template <reflected T>
inline constexpr std::string_view name_of = detail::last_part(declaration<T>::spelling);

template <reflected T>
inline constexpr std::string_view meaning_of = declaration<T>::meaning;

/// True; a compile error where the declaration of T does not name each member of T. One static test per record asks.
template <reflected T>
inline constexpr bool complete = decltype(declaration<T>::template arity<T>(nullptr))::value;

/// Calls f(field, member) for each member of one record, or f(field, member of a, member of b …) for several of one
/// type.
template <class F, class T, class... Same>
    requires reflected<T>
constexpr void for_each_member(F&& f, T& record, Same&... others) {
    static_assert((std::is_same_v<std::remove_cv_t<T>, std::remove_cv_t<Same>> && ...),
                  "for_each_member walks several records side by side: they must be of one type");
    declaration<std::remove_cv_t<T>>::visit(f, record, others...);
}

namespace detail {

template <class T>
struct hana_accessors; // completed by hana.hpp

template <unsigned I, class First, class... Rest>
constexpr decltype(auto) pick(First&& first, Rest&&... rest) {
    if constexpr (I == 0)
        return static_cast<First&&>(first);
    else
        return pick<I - 1>(static_cast<Rest&&>(rest)...);
}

} // namespace detail
} // namespace uonaco::inline UONACO_ABI::reflect

/// UONACO_REFLECT(type, "what it is", (member, "what it means", rules…), …): at global namespace, the type qualified,
/// every member named once, in the order in which it is to be written. At most 30 members: nest what is more, by
/// topic. Never for a type with a base class, whose members would be lost.
#define UONACO_REFLECT(type_, meaning_, ...)                                                                           \
    template <>                                                                                                        \
    struct uonaco::reflect::declaration<type_> {                                                                       \
        static_assert(::std::is_aggregate_v<type_>, "UONACO_REFLECT takes plain aggregates: " #type_ " is none");      \
        static constexpr ::std::string_view spelling = #type_;                                                         \
        static constexpr ::std::string_view meaning = meaning_;                                                        \
        template <class = void>                                                                                        \
        static constexpr ::uonaco::reflect::field fields[] = {UONACO_REFLECT_EACH(UONACO_REFLECT_FIELD, __VA_ARGS__)}; \
        template <class UonacoSelf>                                                                                    \
        static auto arity(UonacoSelf* self_) {                                                                         \
            [[maybe_unused]] auto& [UONACO_REFLECT_NAMES(__VA_ARGS__)] = *self_;                                       \
            return ::std::true_type{};                                                                                 \
        }                                                                                                              \
        template <class UonacoVisitor, class... UonacoRecords>                                                         \
        static constexpr void visit(UonacoVisitor& visitor_, UonacoRecords&... records_) {                             \
            static_assert(::uonaco::reflect::complete<type_>);                                                         \
            const ::uonaco::reflect::field* field_ = fields<>;                                                         \
            UONACO_REFLECT_EACH(UONACO_REFLECT_VISIT, __VA_ARGS__)                                                     \
        }                                                                                                              \
        template <unsigned UonacoIndex, class UonacoSelf>                                                              \
        static constexpr decltype(auto) get(UonacoSelf&& self_) {                                                      \
            return ::uonaco::reflect::detail::pick<UonacoIndex>(                                                       \
                UONACO_REFLECT_EACH(UONACO_REFLECT_GET, __VA_ARGS__)::uonaco::reflect::field{});                       \
        }                                                                                                              \
    };                                                                                                                 \
    template <>                                                                                                        \
    struct boost::hana::accessors_impl<type_> {                                                                        \
        template <class UonacoType = type_>                                                                            \
        static constexpr auto apply() {                                                                                \
            return ::uonaco::reflect::detail::hana_accessors<UonacoType>::make();                                      \
        }                                                                                                              \
    }

#define UONACO_REFLECT_FIELD(name_, meaning_, ...) ::uonaco::reflect::field{#name_, meaning_, {__VA_ARGS__}},
#define UONACO_REFLECT_VISIT(name_, ...) visitor_(*field_++, records_.name_...);
#define UONACO_REFLECT_GET(name_, ...) static_cast<UonacoSelf&&>(self_).name_,
// Bindings get a prefix, so that whatever a member is called shadows nothing.
#define UONACO_REFLECT_NAME(name_, ...) uonaco_##name_
#define UONACO_REFLECT_MORE(name_, ...) , uonaco_##name_
#define UONACO_REFLECT_NAMES(first_, ...)                                                                              \
    UONACO_REFLECT_NAME first_ __VA_OPT__(UONACO_REFLECT_EACH(UONACO_REFLECT_MORE, __VA_ARGS__))
