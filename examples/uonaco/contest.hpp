// SPDX-License-Identifier: Apache-2.0
// Every policy on the same workload, and every policy on all workloads together.
#pragma once

#include "desk.hpp"

namespace program {

/// One workload alone on the whole estate.
struct contest {
    uonaco::problem asked{};
    std::vector<uonaco::result<uonaco::placement>> found{}; ///< in the order of all_policies

    const uonaco::result<uonaco::placement>& of(policy p) const { return found[static_cast<unsigned>(p)]; }
    /// How much worse a choice is than the best, relative to the best; unknown where that is not positive.
    uonaco::maybe<uonaco::units::ratio> gap(policy p) const;
};

uonaco::result<contest> hold_contest(desk& d, const uonaco::workload& w);

/// All workloads in turn by one policy, and what those cost that every policy places.
struct total {
    policy by{};
    uonaco::placements all{};
    uonaco::units::money common_cost{};
};

/// `common` becomes the number of workloads that every policy places. One step of the meter for each of them by each policy.
uonaco::result<std::vector<total>> hold_totals(const desk& d, progress& meter, unsigned long& common);

/// "time +115 k USD (44 h against 21.5 h at 5120 USD/h), ...": why the second costs more than the first, largest first.
std::string reasons(const uonaco::problem& p, const uonaco::ranked& first, const uonaco::ranked& second,
                    unsigned long most);

} // namespace program
