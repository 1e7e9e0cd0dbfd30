// expect: deleted function
// SPDX-License-Identifier: Apache-2.0
// A survey refers to its estate: one that is gone at the end of the line is none.
#include <uonaco/evaluate/survey.hpp>

using namespace uonaco;

bool look(const estate& e) {
#ifdef CONTROL
    const auto s = survey::of(e);
#else
    const auto s = survey::of(estate(e));
#endif
    return s.has_value();
}
