// expect: a placement_heuristic needs a call operator: result<placement> operator\(\)\(const problem&, const Evaluator&\) const
// SPDX-License-Identifier: Apache-2.0
// A heuristic that changes itself could not answer the same each time.
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristic.hpp>

using namespace uonaco;

struct mine {
    template <class Evaluator>
    result<placement> operator()(const problem&, const Evaluator&)
#ifdef CONTROL
        const
#endif
    {
        return failure{errc::no_candidate};
    }
};

void place(const problem& p) { static_cast<void>(ask(mine{}, p, by_full_cost)); }
