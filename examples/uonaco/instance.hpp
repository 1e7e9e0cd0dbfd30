// SPDX-License-Identifier: Apache-2.0
// What `plan` dimensions: read from a planning instance, or made of a scenario's links.
#pragma once

#include "records.hpp"

#include <uonaco/network/planning/dimensioning_problem.hpp>

namespace program {

/// A dimensioning problem with the names that people know it by.
struct planning_instance {
    std::string name{};
    std::string cost_unit = "W";
    uonaco::dimensioning_problem problem{};
    std::vector<std::string> nodes{};
    std::vector<std::string> modules{};
    std::vector<std::string> left_out{}; ///< links of a scenario of which no length is known
};

/// Either kind of document. `percentile`: at which varying demands are taken.
uonaco::basic_result<planning_instance, rejected_file> read_instance(const std::string& file, double percentile);

/// ZR+ transceivers of the catalogue in routers, by the power they take: see docs/network/planning.md.
void add_default_modules(planning_instance& i);

} // namespace program
