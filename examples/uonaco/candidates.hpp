// SPDX-License-Identifier: Apache-2.0
// Candidates that are named on the command line: "a-h100=1024+b-h100=1024,create".
#pragma once

#include <uonaco/place/problem.hpp>

namespace program {

/// Devices and places, and the only network action looked at, if one is named.
struct candidate_spec {
    uonaco::candidate base{};
    uonaco::network_action only = uonaco::network_action::none;
};

/// True if it has the form of a candidate, whatever it names.
bool is_candidate(std::string_view text);

/// Fails with not_found for ids that name nothing, with no_candidate for what is no candidate of this workload.
uonaco::result<candidate_spec> parse_candidate(const std::string& text, const uonaco::problem& p);

/// The candidate with each thing the network may do for it; empty if its sites cannot be connected.
std::vector<uonaco::candidate> with_networks(const candidate_spec& spec, const uonaco::problem& p);

} // namespace program
