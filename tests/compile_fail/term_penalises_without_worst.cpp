// expect: where an unknown figure is penalised, `worst` must say what stands in for it
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/evaluator.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

struct price {
    static constexpr const char* name = "price";
    static constexpr on_unknown unknown = on_unknown::penalise;
#ifdef CONTROL
    double worst = 1e6;
#endif
    maybe<scalar<double>> cost(const outcome<double>& o) const {
        if (!o.money.total) return {};
        return scalar<double>(*o.money.total / 1_usd);
    }
};

evaluator objective{weigh(1.0, price{})};
double ask(const outcome<double>& o) { return objective(o).total; }
