// SPDX-License-Identifier: Apache-2.0
// The objective that a profile names, chosen at run time. To a heuristic it is an evaluator like any other.
#pragma once

#include <uonaco/evaluate/presets.hpp>

namespace program {

/// Value type; concurrent calls are safe.
class objective {
  public:
    static constexpr int most_terms = 4;
    using score = uonaco::score<double, most_terms>;

    explicit objective(uonaco::preset p);

    int size; ///< terms in use
    score operator()(const uonaco::outcome<double>& o, unsigned left_out = 0) const;
    unsigned ignorable(const uonaco::outcome<double>& o) const;
    const char* name(int i) const;
    double weight(int i) const;
    uonaco::preset preset() const { return preset_; }

  private:
    uonaco::preset preset_;
};

} // namespace program
