// SPDX-License-Identifier: Apache-2.0
// Every switch a user may set, and the inline namespace that keeps differing settings from mixing in one program.
//
//   UONACO_CHECKED       1: UONACO_ASSERT checks (default unless NDEBUG), 0: it costs nothing
//   UONACO_ASSERT(c)     define it to replace the whole check
//   UONACO_LANES         doubles per batch block: 2, 4 or 8 (default: the native SIMD width)
//   <uonaco/ext/config.hpp>   included first when it exists, so that no flag is needed to set the above
#pragma once

#include "version.hpp"

#if defined(__has_include)
#if __has_include(<uonaco/ext/config.hpp>)
#include <uonaco/ext/config.hpp>
#endif
#endif

#ifndef UONACO_CHECKED
#ifdef NDEBUG
#define UONACO_CHECKED 0
#else
#define UONACO_CHECKED 1
#endif
#endif

#ifndef UONACO_LANES
#if defined(__AVX512F__)
#define UONACO_LANES 8
#elif defined(__AVX__)
#define UONACO_LANES 4
#else
#define UONACO_LANES 2
#endif
#endif

#define UONACO_JOIN_(a, b, c, d, e) v##a##_##b##_##c##_w##d##e
#define UONACO_JOIN(a, b, c, d, e) UONACO_JOIN_(a, b, c, d, e)
#if UONACO_CHECKED
#define UONACO_ABI_SUFFIX _checked
#else
#define UONACO_ABI_SUFFIX
#endif

// Version, batch width and assert mode are part of every mangled name.
#define UONACO_ABI                                                                                                     \
    UONACO_JOIN(UONACO_VERSION_MAJOR, UONACO_VERSION_MINOR, UONACO_VERSION_PATCH, UONACO_LANES, UONACO_ABI_SUFFIX)

// Stands before a function that is no template by itself: its body, and the containers it needs, are compiled only in the
// programs that call it. That is what keeps an include of everything cheap.
#define UONACO_LAZY template <class UonacoLazy_ = void>

namespace uonaco::inline UONACO_ABI::detail {
template <class T, class Lazy>
struct later {
    using type = T;
};
/// T, in the eyes of the compiler depending on Lazy: what a template does with it is compiled only where the template is used.
template <class T, class Lazy>
using later_t = typename later<T, Lazy>::type;
/// The same object, seen so.
template <class Lazy, class T>
constexpr later_t<T, Lazy>& late(T& object) {
    return object;
}
} // namespace uonaco::inline UONACO_ABI::detail
