// expect: cannot decompose class type|cannot decompose|non-static data members of
// SPDX-License-Identifier: Apache-2.0
// A base's members would be lost.
#include <uonaco/reflect/reflect.hpp>

namespace app {
struct gauge {
    double level = 0;
};
#ifdef CONTROL
struct meter {
#else
struct meter : gauge {
#endif
    double limit = 1;
};
} // namespace app

UONACO_REFLECT(app::meter, "a reading", (limit, "at most"));
static_assert(uonaco::reflect::complete<app::meter>);
