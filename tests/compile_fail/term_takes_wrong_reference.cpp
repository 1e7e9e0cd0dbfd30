// expect: from '[^']*kinds::money>' to '[^']*kinds::duration>'
// SPDX-License-Identifier: Apache-2.0
// The reference of a term has the dimension of its figure.
#include <uonaco/evaluate/evaluator.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;
using namespace uonaco::literals;

#ifdef CONTROL
evaluator objective{weigh(1.0, terms::completion_time{1_h})};
#else
evaluator objective{weigh(1.0, terms::completion_time{100_usd})};
#endif
