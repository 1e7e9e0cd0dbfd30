// SPDX-License-Identifier: Apache-2.0
// LEMON behind an interface that both C++17 (it compiles as nothing later) and C++20 can read.
#pragma once

namespace networks {

class lemon_pairs {
  public:
    lemon_pairs(unsigned nodes, unsigned arcs, const unsigned* from, const unsigned* to, const double* km);
    ~lemon_pairs();
    lemon_pairs(const lemon_pairs&) = delete;
    lemon_pairs& operator=(const lemon_pairs&) = delete;

    /// Least sum of two edge-disjoint paths; less than 0 if there are no two.
    double operator()(unsigned source, unsigned target);

  private:
    struct state;
    state* state_;
};

} // namespace networks
