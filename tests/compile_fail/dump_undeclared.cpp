// expect: dump needs a record: declare its type with UONACO_REFLECT
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/io/dump.hpp>

namespace app {
struct gauge {
    double level = 0;
};
} // namespace app
#ifdef CONTROL
UONACO_REFLECT(app::gauge, "a reading", (level, "now"));
#endif

std::string text() { return uonaco::io::dump(app::gauge{}); }
