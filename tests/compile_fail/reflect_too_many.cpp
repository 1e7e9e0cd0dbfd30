// expect: a_reflected_record_has_at_most_30_members_nest_them_by_topic
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/reflect/reflect.hpp>

namespace app {
struct large {
    int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9;
    int b0, b1, b2, b3, b4, b5, b6, b7, b8, b9;
    int c0, c1, c2, c3, c4, c5, c6, c7, c8, c9;
#ifndef CONTROL
    int d0;
#endif
};
} // namespace app

#define THIRTY                                                                                                         \
    (a0, ""), (a1, ""), (a2, ""), (a3, ""), (a4, ""), (a5, ""), (a6, ""), (a7, ""), (a8, ""), (a9, ""), (b0, ""),      \
        (b1, ""), (b2, ""), (b3, ""), (b4, ""), (b5, ""), (b6, ""), (b7, ""), (b8, ""), (b9, ""), (c0, ""), (c1, ""),  \
        (c2, ""), (c3, ""), (c4, ""), (c5, ""), (c6, ""), (c7, ""), (c8, ""), (c9, "")
#ifdef CONTROL
UONACO_REFLECT(app::large, "as much as one topic takes", THIRTY);
#else
UONACO_REFLECT(app::large, "too much for one topic", THIRTY, (d0, ""));
#endif
static_assert(uonaco::reflect::complete<app::large>);
