// expect: decomposes into 2 elements|only 1 name provided
// SPDX-License-Identifier: Apache-2.0
// A member that the declaration does not name would silently not be exchanged.
#include <uonaco/reflect/reflect.hpp>

namespace app {
struct gauge {
    double level = 0;
    double limit = 1;
};
} // namespace app

#ifdef CONTROL
UONACO_REFLECT(app::gauge, "a reading", (level, "now"), (limit, "at most"));
#else
UONACO_REFLECT(app::gauge, "a reading", (level, "now"));
#endif
static_assert(uonaco::reflect::complete<app::gauge>);
