// SPDX-License-Identifier: Apache-2.0
// Every decision on the scenarios named, by every heuristic and two objectives: what must be the same from every compiler.
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/evaluate/profile_evaluator.hpp>
#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/heuristics/silos.hpp>
#include <uonaco/place/place.hpp>
#include <uonaco/reflect/decision.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

using namespace uonaco;

namespace {

template <class Objective, class... Heuristics>
int print(const survey& where, const scenario& asked, const Objective& wanted, const Heuristics&... heuristics) {
    int decided = 0;
    const auto by = [&](const auto& heuristic) {
        const auto all = place_all(where, asked.workloads, wanted, heuristic);
        if (!all) return;
        for (const decision& d : all->decisions) std::puts(io::dump(d, io::layout::compact).c_str());
        decided += static_cast<int>(all->decisions.size());
    };
    (by(heuristics), ...);
    return decided;
}

} // namespace

int main(int count, char** files) {
    int decided = 0;
    for (int i = 1; i < count; ++i) {
        std::ifstream file(files[i]);
        const auto asked = io::load<scenario>(std::string(std::istreambuf_iterator<char>(file), {}));
        if (!asked) return 2;
        const auto where = survey::of(asked->estate);
        if (!where) return 2;
        decided += print(*where, *asked, by_full_cost, exhaustive{}, greedy{}, compute_first{}, network_first{},
                         nearest{}, cheapest{});
        if (!asked->profile.terms.empty())
            decided += print(*where, *asked, profile_evaluator::of(asked->profile), greedy{});
    }
    return decided > 0 ? 0 : 1;
}
