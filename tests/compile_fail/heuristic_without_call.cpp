// expect: a placement_heuristic needs a call operator: result<placement> operator\(\)\(const problem&, const Evaluator&\) const
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/place.hpp>

using namespace uonaco;

struct mine {
    static constexpr const char* name = "mine";
#ifdef CONTROL
    template <class Evaluator>
    result<placement> operator()(const problem&, const Evaluator&) const {
        return failure{errc::no_candidate};
    }
#endif
};

result<placement> place(survey& s, const workload& w) { return place_one(s, w, by_full_cost, mine{}); }
