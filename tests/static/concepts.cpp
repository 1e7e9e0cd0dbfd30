// SPDX-License-Identifier: Apache-2.0
// What is a term, what is a heuristic, and what is not.
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/greedy.hpp>
#include <uonaco/place/heuristics/silos.hpp>

namespace {

using namespace uonaco;
using namespace uonaco::literals;

static_assert(objective_term<terms::full_cost> && objective_term<terms::completion_time> &&
              objective_term<terms::money>);
static_assert(objective_term<terms::energy> && objective_term<terms::carbon> && objective_term<terms::unavailability>);
static_assert(objective_term<terms::first_token> && objective_term<terms::violations>);

struct good {
    static constexpr const char* name = "good";
    scalar<double> cost(const outcome<double>& o) const { return o.time.step / 1_s; }
};
struct returns_double {
    static constexpr const char* name = "returns double";
    double cost(const outcome<double>& o) const { return o.time.step.si(); }
};
struct returns_seconds {
    static constexpr const char* name = "returns seconds";
    units::duration cost(const outcome<double>& o) const { return o.time.step; }
};
struct no_name {
    scalar<double> cost(const outcome<double>& o) const { return o.time.step / 1_s; }
};
struct not_const {
    static constexpr const char* name = "not const";
    scalar<double> cost(const outcome<double>&) { return 0.0; }
};
struct no_policy {
    static constexpr const char* name = "no policy";
    maybe<scalar<double>> cost(const outcome<double>&) const { return {}; }
};
struct with_policy : no_policy {
    static constexpr on_unknown unknown = on_unknown::ignore;
};
static_assert(objective_term<good> && objective_term<with_policy>);
static_assert(!objective_term<returns_double> && !objective_term<returns_seconds> && !objective_term<no_name>);
static_assert(!objective_term<not_const> && !objective_term<no_policy> && !objective_term<int>);

using by = decltype(by_full_cost);
static_assert(placement_heuristic<exhaustive, by> && placement_heuristic<greedy, by> &&
              placement_heuristic<compute_first, by>);
static_assert(placement_heuristic<network_first, by> && placement_heuristic<nearest, by> &&
              placement_heuristic<cheapest, by>);

struct no_call {};
struct wrong_answer {
    template <class E>
    placement operator()(const problem&, const E&) const {
        return {};
    }
};
struct changes_itself {
    template <class E>
    result<placement> operator()(const problem&, const E&) {
        return failure{};
    }
};
struct for_one_objective {
    result<placement> operator()(const problem&, const by&) const { return failure{}; }
};
static_assert(!placement_heuristic<no_call, by> && !placement_heuristic<wrong_answer, by> &&
              !placement_heuristic<changes_itself, by>);
static_assert(placement_heuristic<for_one_objective, by> && !placement_heuristic<for_one_objective, decltype(by_time)>);

} // namespace
