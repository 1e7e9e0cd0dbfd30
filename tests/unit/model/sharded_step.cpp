// SPDX-License-Identifier: Apache-2.0
// FSDP's step by hand, at its limits and in the direction that every input must push it.
#include "catch.hpp"

#include <uonaco/model/sharded_step.hpp>
#include <uonaco/resource/accelerators.hpp>

#include <algorithm>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
sharded_step::task mpt_7b(units::count devices) {
    sharded_step::task t;
    t.model = {.layers = 32, .hidden = 4096, .heads = 32, .vocabulary = 50368, .sequence = 2048};
    t.parameters = 6'659'000'000;
    t.plan.data = devices;
    t.plan.micro_batch = 6;
    t.plan.sharding = sharding::weights;
    return t;
}
sharded_step::device<double> h100() {
    return {.peak = 989_TFLOPS,
            .linear_peak = 989_TFLOPS,
            .memory_rate = 3350_GBps,
            .links = {.scale_up = 450_GBps, .scale_out = 50_GBps},
            .generation = sharded_step::matrix_units::fp8};
}
/// Every constant at what physics alone would give.
sharded_step::constants ideal() {
    sharded_step::constants c;
    c.multiplication = c.multiplication_fp8 = c.attention_forward = c.attention_backward = 1.0;
    for (auto& x : c.multiplication_on) x = 1.0;
    for (auto& x : c.attention_on) x = 1.0;
    c.layer_bytes = c.logit_bytes = c.optimizer_bytes = c.straggling = c.exposed = 0.0;
    c.scale_up = c.scale_out = 1.0;
    c.hop = c.overhead = units::duration{};
    return c;
}
double step(const sharded_step::task& t, const sharded_step::device<double>& d, const sharded_step::constants& c = {}) {
    return sharded_step::compute(t, d, c).step.si();
}
} // namespace

TEST_CASE("one device: the floating-point operations over the peak") {
    const auto t = mpt_7b(1);
    const auto r = sharded_step::compute(t, h100(), ideal());
    const double tokens = 6 * 2048;
    const double matrices = 32 * 12.0 * 4096 * 4096;
    CHECK(r.multiplication.si() == Approx(6 * tokens * (matrices + 4096.0 * 50368) / 989e12));
    CHECK(r.attention.si() == Approx(3.5 * 2 * 2048 * 4096 * 32 * tokens / 989e12));
    CHECK(r.communication.si() == 0.0);
    CHECK(r.exposed.si() == 0.0);
    CHECK(r.step.si() == Approx(r.compute().si()));
    CHECK(sharded_step::throughput(t, r).si() == Approx(tokens / r.step.si()));
}

TEST_CASE("recomputation is a forward pass without the last projections") {
    auto t = mpt_7b(1);
    const auto kept = sharded_step::compute(t, h100(), ideal());
    t.plan.recompute = recompute::full;
    const auto again = sharded_step::compute(t, h100(), ideal());
    const double tokens = 6 * 2048;
    CHECK((again.multiplication - kept.multiplication).si() == Approx(2 * tokens * 32 * 8.0 * 4096 * 4096 / 989e12));
    CHECK(again.attention.si() == Approx(4.5 / 3.5 * kept.attention.si()));
    t.plan.recompute = recompute::selective;
    CHECK(sharded_step::compute(t, h100(), ideal()).multiplication.si() == Approx(kept.multiplication.si()));
    CHECK(sharded_step::compute(t, h100(), ideal()).attention.si() == Approx(again.attention.si()));
}

TEST_CASE("a ring over whole nodes sees min(8 NIC, NVLink)") {
    auto d = h100();
    const auto t = mpt_7b(64);
    const double bytes = 3 * 2 * 6.659e9 * 63 / 64;
    CHECK(sharded_step::compute(t, d, ideal()).communication.si() == Approx(bytes / 400e9));
    d.links.scale_out = 100_GBps;
    CHECK(sharded_step::compute(t, d, ideal()).communication.si() == Approx(bytes / 450e9));
    CHECK(sharded_step::compute(mpt_7b(8), d, ideal()).communication.si() == Approx(6 * 6.659e9 * 7 / 8 / 450e9));
}

TEST_CASE("what is sharded decides what is sent") {
    auto t = mpt_7b(64);
    t.accumulation = 4;
    const double all = sharded_step::compute(t, h100(), ideal()).communication.si();
    t.plan.sharding = sharding::gradients;
    CHECK(sharded_step::compute(t, h100(), ideal()).communication.si() == Approx(2 * all / 3));
    t.plan.sharding = sharding::optimizer;
    CHECK(sharded_step::compute(t, h100(), ideal()).communication.si() == Approx(all / 6)); // 2 of 12 passes
}

TEST_CASE("the step is at least the longer of compute and communication, at most both") {
    sharded_step::constants c = ideal();
    for (const double x : {0.0, 0.3, 1.0}) {
        c.exposed = x;
        for (const double nic : {0.1, 1.0, 10.0, 50.0}) {
            auto d = h100();
            d.links.scale_out = nic * 1_GBps;
            const auto r = sharded_step::compute(mpt_7b(64), d, c);
            const double a = r.compute().si(), b = r.communication.si();
            CHECK(r.step.si() == Approx(std::max(a, b) + x * std::min(a, b)));
            CHECK(r.exposed.si() == Approx(r.step.si() - a));
        }
    }
}

TEST_CASE("more of any rate is never slower") {
    for (const units::count n : {1, 4, 8, 64, 512})
        for (const auto again : {recompute::none, recompute::full})
            for (const auto kind : {precision::bf16, precision::fp8}) {
                auto t = mpt_7b(n);
                t.plan.recompute = again;
                t.linear = kind;
                const double before = step(t, h100());
                auto d = h100();
                d.peak = 1200_TFLOPS;
                CHECK(step(t, d) < before);
                d = h100();
                d.linear_peak = 1979_TFLOPS;
                CHECK(step(t, d) < before);
                d = h100();
                d.memory_rate = 4800_GBps;
                CHECK(step(t, d) < before);
                d = h100();
                d.links.scale_up = 900_GBps;
                CHECK(step(t, d) <= before);
                d = h100();
                d.links.scale_out = 100_GBps;
                CHECK(step(t, d) <= before);
            }
}

TEST_CASE("more work is never faster") {
    const auto t = mpt_7b(64);
    const double before = step(t, h100());
    auto more = t;
    more.plan.micro_batch = 7;
    CHECK(step(more, h100()) > before);
    more = t;
    more.model.layers = 33;
    CHECK(step(more, h100()) > before);
    more = t;
    more.model.sequence = 4096;
    CHECK(step(more, h100()) > 2 * before - 1); // attention grows with the square
    CHECK(sharded_step::compute(more, h100()).attention.si() ==
          Approx(4 * sharded_step::compute(t, h100()).attention.si()));
    more = t;
    more.accumulation = 2;
    CHECK(step(more, h100()) > before);
    CHECK(step(more, h100()) < 2 * before); // one optimizer step for two
    more = t;
    more.plan.data = 512;
    CHECK(step(more, h100()) > before);
}

TEST_CASE("older kernels on newer units reach less of the peak, yet are faster") {
    auto d = h100();
    d.generation = sharded_step::matrix_units::bf16;
    CHECK(step(mpt_7b(8), d) < step(mpt_7b(8), h100()));
    CHECK(sharded_step::matrix_units_of(*find_accelerator("A100 SXM 80GB")) == sharded_step::matrix_units::bf16);
    CHECK(sharded_step::matrix_units_of(*find_accelerator("H200 SXM")) == sharded_step::matrix_units::fp8);
    CHECK(sharded_step::matrix_units_of(*find_accelerator("B200 SXM")) == sharded_step::matrix_units::fp4);
    d = h100();
    d.peak = d.linear_peak = 2250_TFLOPS;
    d.memory_rate = 8000_GBps;
    d.links.scale_up = 900_GBps;
    d.generation = sharded_step::matrix_units::fp4;
    CHECK(step(mpt_7b(8), d) < step(mpt_7b(8), h100()));
}

TEST_CASE("a published figure: MPT-7B on 256 H100, 10,119 tokens/s a device") {
    const auto t = mpt_7b(256);
    CHECK(sharded_step::throughput(t, sharded_step::compute(t, h100())).si() == Approx(10119).epsilon(0.02));
}

TEST_CASE("lanes give what scalars give") {
    using wide = lanes<2>;
    sharded_step::device<wide> d;
    const auto one = h100();
    d.peak = units::with_rep<units::flops, wide>::from_si(wide(one.peak.si()));
    d.linear_peak = d.peak;
    d.memory_rate = units::with_rep<units::memory_rate, wide>::from_si(wide(one.memory_rate.si()));
    d.links.scale_up = units::with_rep<units::memory_rate, wide>::from_si(wide(one.links.scale_up.si()));
    wide nics(0.0);
    for (int i = 0; i < 2; ++i) nics.set(i, 8e9 * (5.0 + 20.0 * i));
    d.links.scale_out = units::with_rep<units::memory_rate, wide>::from_si(nics);
    d.generation = one.generation;
    const auto r = sharded_step::compute(mpt_7b(64), d);
    for (int i = 0; i < 2; ++i) {
        auto scalar = one;
        scalar.links.scale_out = (5.0 + 20.0 * i) * 1_GBps;
        CHECK(r.step.si()[i] == step(mpt_7b(64), scalar));
    }
}
