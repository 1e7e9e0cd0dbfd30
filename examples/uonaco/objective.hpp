// SPDX-License-Identifier: Apache-2.0
// The objective that a profile states or names, chosen at run time. To a heuristic it is an evaluator like any other.
#pragma once

#include <uonaco/evaluate/profile_evaluator.hpp>

namespace program {

/// Value type; concurrent calls are safe.
class objective {
  public:
    using score = uonaco::score<double, uonaco::max_terms, uonaco::max_levels>;

    explicit objective(uonaco::preset p);
    /// Its terms, or without any the preset it names.
    explicit objective(const uonaco::scoring_profile& p);

    int size; ///< terms in use
    score operator()(const uonaco::outcome<double>& o, unsigned left_out = 0) const;
    unsigned ignorable(const uonaco::outcome<double>& o) const;
    const char* name(int i) const;
    double weight(int i) const;
    uonaco::term_role role(int i) const;
    /// The full cost and nothing else.
    bool is_full_cost() const { return !stated_ && preset_ == uonaco::preset::full_cost; }

  private:
    template <class F>
    auto with(F f) const {
        return stated_ ? f(terms_) : uonaco::with_preset(preset_, f);
    }
    bool stated_ = false;
    uonaco::preset preset_ = uonaco::preset::full_cost;
    uonaco::profile_evaluator terms_{};
};

} // namespace program
