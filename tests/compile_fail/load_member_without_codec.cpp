// expect: a member of this record is of a type without a codec: specialise uonaco::io::codec
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/io/load.hpp>

namespace app {
struct gauge {
#ifdef CONTROL
    double level = 0;
#else
    char level = 0; // a number or a letter?
#endif
};
} // namespace app
UONACO_REFLECT(app::gauge, "a reading", (level, "now"));

bool good(const uonaco::io::document& d) { return uonaco::io::load<app::gauge>(d, {}).has_value(); }
