// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/fit.hpp>

using namespace support;

namespace {
struct run {
    features<double> on{};
    training task{};
    units::duration step{};
};
/// Steps of a made-up machine whose constants are `truth`, at 3 rates and 2 sizes.
std::vector<run> runs_of(const calibration& truth) {
    std::vector<run> runs;
    for (const double gbps : {100.0, 400.0, 3200.0})
        for (const long long parameters : {13'000'000'000, 70'000'000'000}) {
            run r;
            r.on.sites = 2;
            for (int i = 0; i < 2; ++i) {
                auto& s = r.on.site[i];
                s.devices = 512.0;
                s.peak = 989_TFLOPS;
                s.mfu = 0.4;
                s.memory = 80_GB;
            }
            r.on.pair[0].rate = gbps * 1_Gbps;
            r.on.pair[0].delay = 8_ms;
            r.task = {.parameters = parameters, .tokens_per_step = 4 << 20, .steps = 1};
            r.step = compute(r.on, r.task, truth).step;
            runs.push_back(r);
        }
    return runs;
}
const auto step_over_measured = [](const run& r, const calibration& c) {
    return compute(r.on, r.task, c).step / r.step;
};
} // namespace

TEST_CASE("a fit finds the constants that made the measurements") {
    calibration truth;
    truth.overlap = 0.42;
    truth.flops_per_parameter = 7.5;
    const auto found = fit(calibration{}, {&calibration::overlap, &calibration::flops_per_parameter}, runs_of(truth),
                           step_over_measured);
    REQUIRE(found);
    CHECK(found->constants.overlap == Approx(0.42).epsilon(1e-3));
    CHECK(found->constants.flops_per_parameter == Approx(7.5).epsilon(1e-4));
    CHECK(found->mean_error < 1e-3);
    CHECK(found->determined());
    CHECK(found->errors.size() == 6);
    CHECK(found->knobs[1].value == found->constants.flops_per_parameter.si());
    CHECK(found->constants.mfu_bf16 == calibration{}.mfu_bf16);
}

TEST_CASE("what the measurements say nothing about stays, and is named") {
    const auto found = fit(calibration{}, {&calibration::overlap, &calibration::restart_time}, runs_of({}),
                           [](const run& r, const calibration& c) { return compute(r.on, r.task, c).step / r.step; });
    REQUIRE(found);
    CHECK(found->knobs[0].determined);
    CHECK_FALSE(found->knobs[1].determined);
    CHECK_FALSE(found->determined());
    CHECK(found->constants.restart_time == calibration{}.restart_time);
}

TEST_CASE("two knobs that do the same are both undetermined") {
    // flop over speed: only the product counts where nothing is exchanged
    auto runs = runs_of({});
    for (auto& r : runs) {
        r.on.sites = 1;
        r.step = compute(r.on, r.task, calibration{}).step;
    }
    const auto found = fit(calibration{}, {&calibration::flops_per_parameter, &calibration::mfu_bf16}, runs,
                           [](run r, const calibration& c) {
                               r.on.site[0].mfu = c.mfu_bf16;
                               return compute(r.on, r.task, c).step / r.step;
                           });
    REQUIRE(found);
    CHECK_FALSE(found->knobs[0].determined);
    CHECK_FALSE(found->knobs[1].determined);
    CHECK(found->mean_error < 0.01);
}

TEST_CASE("one wrong measurement in six does not pull the constants away") {
    calibration truth;
    truth.flops_per_parameter = 7.5;
    auto runs = runs_of(truth);
    runs[3].step = 1.4 * runs[3].step;
    const auto found = fit(calibration{}, {&calibration::flops_per_parameter}, runs, step_over_measured);
    REQUIRE(found);
    CHECK(found->constants.flops_per_parameter == Approx(7.5).epsilon(0.01));
    CHECK(found->errors[3] == Approx(1 / 1.4 - 1).epsilon(0.02));
}

TEST_CASE("a fit keeps to bounds") {
    calibration truth;
    truth.overlap = 0.9;
    const auto found =
        fit(calibration{}, {{&calibration::overlap, 0.5, 0.7}, {&calibration::collective_step, 0_us, 50_us}},
            runs_of(truth), step_over_measured);
    REQUIRE(found);
    CHECK(found->constants.overlap == Approx(0.7));
    CHECK((found->constants.collective_step >= 0_us && found->constants.collective_step <= 50_us));
}

TEST_CASE("a knob reaches into a part of a record of one's own") {
    struct network {
        units::latency hop = 10_us;
        units::factor slowdown = 1.0;
    };
    struct constants {
        double of_another_kind = 3;
        network between{};
    };
    const std::vector<double> measured = {13, 23, 33}; // 10 n + 3
    const auto found =
        fit(constants{}, {{&constants::between, &network::slowdown}, {&constants::between, &network::hop, 1_us, 20_us}},
            measured, [&](const double& m, const constants& c) {
                const double n = static_cast<double>(&m - measured.data()) + 1;
                return (10 * n * c.between.slowdown + c.between.hop / 1_us) / m;
            });
    REQUIRE(found);
    CHECK(found->constants.between.slowdown == Approx(1).epsilon(1e-3));
    CHECK(found->constants.between.hop.si() == Approx(3e-6).epsilon(1e-2));
    CHECK(found->constants.of_another_kind == 3);
}

TEST_CASE("a fit says what it cannot do") {
    const auto fit_with = [](std::vector<run> runs) {
        return fit(calibration{}, {&calibration::overlap}, runs, step_over_measured);
    };
    CHECK(fit_with({}).error().code == errc::unknown_value);
    auto runs = runs_of({});
    runs[1].step = -1_s;
    CHECK(fit_with(runs).error().subject == "measurement 2");
    const auto no_range =
        fit(calibration{}, {&calibration::overlap, &calibration::exposed_tail}, runs_of({}), step_over_measured);
    CHECK(no_range.error().subject == "knob 2");
}

TEST_CASE("the minimiser: steps, penalties, nothing to do") {
    // A stair with its lowest step at 0.3..0.4 shows no slope anywhere.
    const auto stair = [](const std::vector<double>& x, std::vector<double>& e) {
        e[0] = math::abs(math::floor(10 * x[0]) - 3);
    };
    const auto low = fitting::minimise({{0.95, 0, 1, 0}}, 1, stair);
    CHECK(math::floor(10 * low.at[0]) == 3);
    CHECK(low.objective == Approx(0.5));
    // Squares: (x - 1)^2 paid against one row of x - 2 per cent, of nearly its size there: x in between.
    const auto pulled = fitting::minimise(
        {{1, 0, 3, 1}}, 1, [](const std::vector<double>& x, std::vector<double>& e) { e[0] = x[0] - 2; });
    CHECK(pulled.at[0] > 1.2);
    CHECK(pulled.at[0] < 1.6);
    CHECK(fitting::minimise({}, 1, [](const auto&, auto& e) { e[0] = 7; }).objective == Approx(7.02).epsilon(1e-3));
    CHECK(fitting::minimise({{2, 0, 3, 0}}, 0, [](const auto&, auto&) {}).at[0] == 2);
}

TEST_CASE("twenty constants and 173 rows of powers and factors") {
    dice d(7);
    constexpr std::size_t rows = 173, n = 20;
    std::vector<double> truth(n), columns(rows * n), measured(rows);
    for (double& t : truth) t = d.between(0.4, 1.4);
    for (double& c : columns) c = d.between(0, 1);
    const auto model = [&](std::size_t i, const std::vector<double>& x) {
        double sum = 1, factor = 1;
        for (std::size_t k = 0; k < n; ++k)
            if (k < n / 2)
                sum += x[k] * columns[i * n + k];
            else if (columns[i * n + k] > 0.8)
                factor *= x[k];
        return sum * factor;
    };
    for (std::size_t i = 0; i < rows; ++i) measured[i] = model(i, truth) * (i % 20 == 7 ? 1.5 : 1);
    const std::vector<fitting::parameter> p(n, {1, 0.1, 5, 0});
    const auto found = fitting::minimise(p, rows, [&](const std::vector<double>& x, std::vector<double>& e) {
        for (std::size_t i = 0; i < rows; ++i) e[i] = 100 * (model(i, x) / measured[i] - 1);
    });
    for (std::size_t k = 0; k < n; ++k) CHECK(found.at[k] == Approx(truth[k]).epsilon(0.01));
}
