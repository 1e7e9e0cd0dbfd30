// expect: a placement_heuristic must return result<placement>
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristic.hpp>

using namespace uonaco;

struct mine {
#ifdef CONTROL
    template <class Evaluator>
    result<placement> operator()(const problem&, const Evaluator&) const {
        return failure{errc::no_candidate};
    }
#else
    template <class Evaluator>
    candidate operator()(const problem&, const Evaluator&) const {
        return candidate();
    }
#endif
};

void place(const problem& p) { static_cast<void>(ask(mine{}, p, by_full_cost)); }
