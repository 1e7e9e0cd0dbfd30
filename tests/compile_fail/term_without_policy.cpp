// expect: where cost\(\) may be unknown, `static constexpr on_unknown unknown` must say what that does
// SPDX-License-Identifier: Apache-2.0
#include <uonaco/evaluate/evaluator.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;

struct price {
    static constexpr const char* name = "price";
#ifdef CONTROL
    static constexpr on_unknown unknown = on_unknown::exclude;
#endif
    maybe<scalar<double>> cost(const outcome<double>& o) const {
        if (!o.money.total) return {};
        return scalar<double>(*o.money.total / 1_usd);
    }
};

evaluator objective{weigh(1.0, price{})};
