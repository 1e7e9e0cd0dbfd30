// SPDX-License-Identifier: Apache-2.0
// The optimum of a small problem: what other heuristics are measured by.
#pragma once

#include "../search.hpp"
#include "../whole_space.hpp"

namespace uonaco::inline UONACO_ABI {

/// Looks at every candidate of whole_space, or at none and says errc::too_many. Needs a survey that knows every way
/// (option_parameters::every). Whatever is free besides never makes its choice dearer, as long as the objective and what unknown
/// figures stand for stay what they were, and rates grow by doubles. O(candidates and divisions of the devices).
struct optimum {
    static constexpr const char* name = "optimum";
    whole_bounds bounds{};

    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        whole_space space(p, bounds);
        if (const auto reach = space.reach(); reach != whole_space::completeness::whole)
            return failure{errc::too_many, p.asked().id.text, 0.0, why(p, reach)};
        search<Evaluator> found(p, e, name);
        space.for_each([&](const candidate& c) { found.offer(c); });
        return found.finish();
    }

  private:
    // With the coarsest counts that are needed.
    UONACO_LAZY
    std::string why(const problem& p, whole_space::completeness reach) const {
        if (reach == whole_space::completeness::ways_left_out)
            return "the optimum needs every way between the sites, and the survey does not know them all "
                   "(option_parameters::every, paths)";
        std::string text = "there are more than " + detail::grouped(bounds.candidates) +
                           " candidates, and the optimum " + "looks at all of them or at none: ";
        whole_bounds coarser = bounds;
        while ((coarser.devices = 2 * (coarser.devices > 1 ? coarser.devices : 1)) <= p.asked().devices.count) {
            whole_space space(p, coarser);
            if (space.reach() == whole_space::completeness::whole && space.visited() > 0)
                return text + "with device counts in steps of " + detail::grouped(coarser.devices) + " it can";
        }
        return text + "exhaustive searches a part of them";
    }
};

} // namespace uonaco::inline UONACO_ABI
