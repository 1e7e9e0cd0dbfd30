// expect: deleted function
// SPDX-License-Identifier: Apache-2.0
// A problem refers to its workload.
#include <uonaco/place/problem.hpp>

using namespace uonaco;

bool ask(survey& s, const workload& w) {
#ifdef CONTROL
    const auto p = problem::of(s, w);
#else
    const auto p = problem::of(s, workload(w));
#endif
    return p.has_value();
}
