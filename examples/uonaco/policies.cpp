// SPDX-License-Identifier: Apache-2.0
#include "policies.hpp"
#include "objective.hpp"
#include "terminal.hpp"

#include <uonaco/place/explain.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/heuristics/optimum.hpp>
#include <uonaco/place/heuristics/silos.hpp>
#include <uonaco/place/place.hpp>

namespace program {

namespace {

template <class F>
auto with_heuristic(policy p, long long device_step, F f) {
    switch (p) {
    case policy::compute_first: return f(uonaco::compute_first{});
    case policy::network_first: return f(uonaco::network_first{});
    case policy::nearest: return f(uonaco::nearest{});
    case policy::cheapest: return f(uonaco::cheapest{});
    case policy::greedy: return f(uonaco::greedy{});
    case policy::optimum: return f(uonaco::optimum{{.devices = device_step}});
    case policy::exhaustive: break;
    }
    return f(uonaco::exhaustive{});
}

} // namespace

uonaco::result<uonaco::placement> place_one(policy p, const uonaco::problem& asked, const objective& wanted,
                                            long long device_step) {
    return with_heuristic(p, device_step, [&](const auto& h) { return uonaco::ask(h, asked, wanted); });
}

std::vector<uonaco::result<uonaco::placement>> place_by_all(const uonaco::problem& asked, const objective& wanted) {
    auto all = uonaco::ask_together<uonaco::compute_first, uonaco::network_first, uonaco::nearest, uonaco::cheapest,
                                    uonaco::exhaustive>(asked, wanted);
    all.insert(all.begin() + static_cast<long>(policy::greedy), place_one(policy::greedy, asked, wanted));
    return all;
}

uonaco::decision decide(policy p, const uonaco::problem& asked, const uonaco::result<uonaco::placement>& found,
                        const objective& wanted) {
    return found ? uonaco::to_decision(asked, *found, wanted)
                 : uonaco::to_decision(asked.asked(), found.error(), to_string(p),
                                       uonaco::doubts(asked.where().world(), asked.what().now));
}

uonaco::result<uonaco::placements> place_all(policy p, const uonaco::survey& where,
                                             const std::vector<uonaco::workload>& workloads, const objective& wanted,
                                             const uonaco::placing& how, progress& meter, long long device_step) {
    const auto begin = [&](const uonaco::workload& w) { meter.step(w.id.text + " by " + to_string(p)); };
    return with_heuristic(p, device_step,
                          [&](const auto& h) { return uonaco::place_all(where, workloads, wanted, h, how, begin); });
}

} // namespace program
