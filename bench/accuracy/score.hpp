// SPDX-License-Identifier: Apache-2.0
// How near a family comes to a table: its errors, and those it makes on groups that it was not fitted to.
#pragma once

#include "family.hpp"

#include <functional>
#include <string>
#include <vector>

namespace accuracy {

/// Of the sizes of errors, in per cent. All 0 where there is none.
struct spread {
    std::size_t n = 0;
    double mean = 0;
    double median = 0;
    double p90 = 0; ///< the least that nine in ten do not exceed
    double max = 0;

    static spread of(std::vector<double> errors);
};

/// A scored row.
struct judged {
    std::string id;
    std::string group;
    std::string subset; ///< empty: the family has none
    double published = 0;
    double predicted = 0;
    double error = 0;           ///< per cent, signed
    bool without_facts = false; ///< family::without_facts
};

/// In the table's order; rows that are not scored are left out.
std::vector<judged> judge(const family& f, const table& t, const constants& c);

/// The library's own values.
constants defaults(const family& f);

/// Values that are best for those of `rows` that are scored: least mean of |error|, made smooth, plus what moving from `start` costs.
constants fit(const family& f, const std::vector<row>& rows);

/// Each group predicted with constants fitted to all others. `progress` is told each group before its fit, with its number.
std::vector<judged> leave_one_out(const family& f, const table& t,
                                  const std::function<void(std::size_t, std::size_t)>& progress);

} // namespace accuracy
