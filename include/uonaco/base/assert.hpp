// SPDX-License-Identifier: Apache-2.0
// Caller's bugs stop here; everything a caller cannot rule out is a result<T> instead.
#pragma once

#include "config.hpp"

#ifndef UONACO_ASSERT
#if UONACO_CHECKED
namespace uonaco::inline UONACO_ABI {
/// Called when a precondition does not hold. Ends the program: going on would act on a wrong decision.
[[noreturn]] inline void assertion_failed(const char* condition, const char* file, int line) {
    __builtin_printf("%s:%d: precondition does not hold: %s\n", file, line, condition);
    __builtin_trap();
}
} // namespace uonaco::inline UONACO_ABI
#define UONACO_ASSERT(condition)                                                                                       \
    ((condition) ? static_cast<void>(0) : ::uonaco::assertion_failed(#condition, __FILE__, __LINE__))
#else
#define UONACO_ASSERT(condition) static_cast<void>(0)
#endif
#endif
