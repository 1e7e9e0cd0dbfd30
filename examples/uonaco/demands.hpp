// SPDX-License-Identifier: Apache-2.0
// Traffic that is asked of a network: from a file, or what the transfers of a scenario come to.
#pragma once

#include "desk.hpp"

namespace program {

/// So much from a site or node to another.
struct traffic {
    std::string from{};
    std::string to{};
    uonaco::units::bit_rate rate{};
};

/// A file of demands: {"demands": [{"from": "A", "to": "B", "rate_gbps": 100}]}. All ids name a site or node of the estate.
uonaco::basic_result<std::vector<traffic>, rejected_file> read_demands(const std::string& file,
                                                                       const uonaco::estate& where);

/// The transfers of a scenario that have a deadline, at volume / deadline; `left_out` says what is missing of the others.
std::vector<traffic> transfers_of(const scenario_record& s, std::vector<std::string>& left_out);

} // namespace program
