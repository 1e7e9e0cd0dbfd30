// SPDX-License-Identifier: Apache-2.0
// The placement heuristics by name.
#pragma once

#include <uonaco/base/enum_names.hpp>
#include <uonaco/base/result.hpp>

#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI {
class problem;
class survey;
struct placement;
struct placements;
struct placing;
struct workload;
struct decision;
} // namespace uonaco::inline UONACO_ABI

namespace program {

class objective;
class progress;

/// The silos first, then those that look at everything; the optimum is for small scenarios.
enum class policy : unsigned char { compute_first, network_first, nearest, cheapest, greedy, exhaustive, optimum };
inline constexpr policy all_policies[] = {policy::compute_first, policy::network_first, policy::nearest,
                                          policy::cheapest,      policy::greedy,        policy::exhaustive};
/// Sees one side only.
constexpr bool is_silo(policy p) { return p < policy::greedy; }
/// Needs to know every way between two sites.
constexpr bool needs_every_way(policy p) { return p == policy::optimum; }

/// One workload, nothing committed; and the record of what was found. `device_step`: of the optimum's device counts.
uonaco::result<uonaco::placement> place_one(policy p, const uonaco::problem& asked, const objective& wanted,
                                            long long device_step = 1);
/// The same by each of all_policies, in their order; those that look at the whole space share one walk.
std::vector<uonaco::result<uonaco::placement>> place_by_all(const uonaco::problem& asked, const objective& wanted);
uonaco::decision decide(policy p, const uonaco::problem& asked, const uonaco::result<uonaco::placement>& found,
                        const objective& wanted);

/// All workloads in turn, each in what those before it left. One step of the meter for each.
uonaco::result<uonaco::placements> place_all(policy p, const uonaco::survey& where,
                                             const std::vector<uonaco::workload>& workloads, const objective& wanted,
                                             const uonaco::placing& how, progress& meter, long long device_step = 1);

} // namespace program

namespace uonaco::inline UONACO_ABI {
template <>
inline constexpr names enum_names<program::policy>{"compute_first", "network_first", "nearest", "cheapest",
                                                   "greedy",        "exhaustive",    "optimum"};
} // namespace uonaco::inline UONACO_ABI

namespace program {
constexpr const char* to_string(policy p) { return uonaco::to_string(p); }
} // namespace program
