// SPDX-License-Identifier: Apache-2.0
// All that a verb works with: the scenario, its survey, what is minimised, what was asked.
#pragma once

#include "arguments.hpp"
#include "objective.hpp"
#include "records.hpp"

#include <uonaco/place/place.hpp>

#include <memory>

namespace program {

/// The survey refers to the record, so a desk stays where it is.
struct desk {
    desk() = default;
    desk(const desk&) = delete;
    desk& operator=(const desk&) = delete;

    arguments args{};
    terminal screen{};
    scenario_record record{};
    uonaco::survey where{};
    uonaco::placing how{};
    objective wanted{uonaco::preset::full_cost};
    std::string profile{};                     ///< by name
    std::vector<uonaco::workload> workloads{}; ///< those asked for, in the scenario's order
    answer nothing_asked{};                    ///< what to say where there are none

    /// A workload's problem, alone on the whole estate.
    uonaco::result<uonaco::problem> problem_of(const uonaco::workload& w) {
        return uonaco::problem::of(where, w, how.now, how.carbon_price, how.space);
    }
    /// Adds what the heuristic cannot know: profile, seed, time.
    void sign(uonaco::decision& d) const;
};

/// Reads the file and looks everything up; or says why that cannot be.
std::variant<std::unique_ptr<desk>, answer> open_desk(const arguments& args, const terminal& screen);

/// A negative answer in one line on stderr.
answer no(const std::string& why, const terminal& screen);

} // namespace program
