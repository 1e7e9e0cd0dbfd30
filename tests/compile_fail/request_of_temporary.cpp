// expect: deleted function
// SPDX-License-Identifier: Apache-2.0
// A request refers to its workload.
#include <uonaco/evaluate/request.hpp>

using namespace uonaco;

bool look(const survey& s, const workload& w) {
#ifdef CONTROL
    const auto r = resolve(s, w);
#else
    const auto r = resolve(s, workload(w));
#endif
    return r.has_value();
}
