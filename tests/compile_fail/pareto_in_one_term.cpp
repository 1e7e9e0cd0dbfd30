// expect: a Pareto front is asked for in two to four terms
// SPDX-License-Identifier: Apache-2.0
// A front has at least two dimensions.
#include <uonaco/evaluate/pareto.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;

pareto_front of(const std::vector<outcome<double>>& all) {
#ifdef CONTROL
    return pareto(all, terms::money{}, terms::carbon{});
#else
    return pareto(all, terms::money{});
#endif
}
