// expect: unknown_as\(t\) requires 't' to be a term whose figure may be unknown
// SPDX-License-Identifier: Apache-2.0
// What is always known needs no other way.
#include <uonaco/evaluate/limits.hpp>
#include <uonaco/evaluate/terms.hpp>

using namespace uonaco;

#ifdef CONTROL
evaluator objective{weigh(1.0, unknown_as<on_unknown::exclude>(terms::carbon{}))};
#else
evaluator objective{weigh(1.0, unknown_as<on_unknown::exclude>(terms::completion_time{}))};
#endif
