// SPDX-License-Identifier: Apache-2.0
// What batches, copies and interfaces to other languages rely on.
#include <uonaco/decision/candidate.hpp>
#include <uonaco/decision/features.hpp>
#include <uonaco/decision/outcome.hpp>
#include <uonaco/decision/performance.hpp>
#include <uonaco/evaluate/batch.hpp>
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/units/instant.hpp>

#include <type_traits>

namespace {

using namespace uonaco;

template <class T>
constexpr bool plain = std::is_trivially_copyable_v<T>&& std::is_standard_layout_v<T>;

static_assert(plain<units::duration> && sizeof(units::duration) == sizeof(double) &&
              alignof(units::money) == alignof(double));
static_assert(plain<lanes<2>> && sizeof(lanes<2>) == 16 && sizeof(lanes<4>) == 32 && sizeof(lanes<8>) == 64);
static_assert(alignof(native_lanes) == sizeof(native_lanes));
static_assert(plain<units::with_rep<units::duration, native_lanes>>);
static_assert(sizeof(units::with_rep<units::duration, native_lanes>) == sizeof(native_lanes));
static_assert(plain<mask<2>> && sizeof(mask<2>) == sizeof(lanes<2>));
static_assert(plain<instant> && sizeof(instant) == sizeof(double));
static_assert(plain<maybe<units::money>> && sizeof(maybe<units::money>) == 2 * sizeof(double));

static_assert(plain<features<double>> && plain<features<native_lanes>>);
static_assert(plain<performance<double>> && plain<outcome<double>> && plain<outcome<native_lanes>>);
static_assert(plain<candidate> && plain<share> && plain<connection> && plain<valuation> && plain<supply<double>>);
static_assert(plain<block>);
static_assert(std::is_aggregate_v<features<double>> && std::is_aggregate_v<outcome<double>> &&
              std::is_aggregate_v<candidate>);

// a block is as many candidates as it has lanes, and no more but that a mask is as wide as a number: three flags fill one
static_assert(sizeof(site_features<native_lanes>) <=
              UONACO_LANES * (sizeof(site_features<double>) + 2 * sizeof(double)));
static_assert(sizeof(pair_features<native_lanes>) <=
              UONACO_LANES * (sizeof(pair_features<double>) + 2 * sizeof(double)));
static_assert(max_pairs == 28 && pair_index(0, 1) == 0 && pair_index(7, 6) == 27);

static_assert(width_v<native_lanes> == UONACO_LANES && (UONACO_LANES == 2 || UONACO_LANES == 4 || UONACO_LANES == 8));
static_assert(std::is_same_v<answer_t<double>, bool> && std::is_same_v<answer_t<lanes<4>>, mask<4>>);

// an objective is a value that can be a constant
static_assert(std::is_trivially_copyable_v<decltype(by_full_cost)> && by_time.size == 2);
static_assert(by_full_cost(outcome<double>{}).total == 0.0);

} // namespace
