// SPDX-License-Identifier: Apache-2.0
// A replica of known shape against the batching server, and where it is not known.
#include "catch.hpp"

#include <uonaco/model/inference_model.hpp>
#include <uonaco/model/served_replica.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
const serving_stack& stack = serving_default;

language_model llama_70b() {
    language_model m{.parameters = 70'553'706'496,
                     .precision = precision::fp8,
                     .kv_per_token = units::memory::from_si(8 * 163840.0),
                     .devices_per_replica = 2,
                     .max_batch = 1024};
    m.shape = transformer{.layers = 80,
                          .hidden = 8192,
                          .heads = 64,
                          .kv_heads = 8,
                          .feed_forward = 28672,
                          .gated = true,
                          .vocabulary = 128256};
    return m;
}
const auto h100 = batching::device_of(*find_accelerator("H100 SXM"), precision::fp8);
constexpr serving::request_shape chat{1000, 300, 1225};
} // namespace

TEST_CASE("a replica is the batching server in its steady state") {
    const auto m = llama_70b();
    const auto r = serving::served_replica(m, h100, stack, chat);
    const auto model = serving::decoder_of(m);
    const auto costs = batching::costs_of(model, h100, stack, 2);
    const auto limits = batching::limits_of(model, h100.memory, stack, 2, {.input = 1000, .output = 300}, 1024);
    CHECK((300.0 * r.service).si() ==
          Approx(batching::steady_output(costs, limits, 1000, 300, stack.held.si()).si()).epsilon(1e-12));
    CHECK(r.service.si() == Approx(r.batch.si() / (300 * r.decode_full.si())));
    CHECK(r.prefill == costs.step(0, 0, 0, 1000, 1000 * 500, 1));
    CHECK(r.decode_alone == costs.step(1, 1, 1225, 0, 0, 1));
    CHECK(r.decode_full > r.decode_alone);
}

TEST_CASE("memory of a replica: with just so much of a device one sequence fits, with less none") {
    const auto m = llama_70b();
    auto d = h100;
    d.memory = serving::served_replica(m, d, stack, chat).needed * (1 + 1e-9);
    CHECK(serving::served_replica(m, d, stack, chat).batch == 1.0);
    d.memory = 0.999 * d.memory;
    CHECK(serving::served_replica(m, d, stack, chat).batch == 0.0);
    CHECK(serving::served_replica(m, d, stack, chat).service.si() > 0); // known, and does not fit
}

TEST_CASE("long prompts come in parts, contexts are read and kept") {
    const auto m = llama_70b();
    const auto at = [&](double input) {
        return serving::served_replica(m, h100, stack, {input, 100, input + 100}).prefill.si();
    };
    CHECK(at(8193) - at(8192) > at(8192) - at(8191)); // one more iteration
    CHECK(at(16000) > 2 * at(8000));                  // attention grows with the square
    const auto alone = serving::served_replica(m, h100, stack, {500, 300, 800});
    const auto agent = serving::served_replica(m, h100, stack, {500, 300, 8800, 8000});
    CHECK((agent.resident < alone.resident && agent.batch < alone.batch));
    CHECK((agent.prefill > alone.prefill && agent.decode_alone > alone.decode_alone));
}

TEST_CASE("what is cached of a token is as stated, and a latent of one head is kept on every device") {
    language_model m = llama_70b();
    const auto stated = serving::served_replica(m, h100, stack, chat);
    m.kv_per_token = 2 * m.kv_per_token;
    CHECK(serving::served_replica(m, h100, stack, chat).resident < 0.51 * stated.resident);
    m = llama_70b();
    transformer latent = *m.shape;
    latent.kv_heads = 1;
    m.shape = latent;
    CHECK(serving::served_replica(m, h100, stack, chat).resident < 0.55 * stated.resident);
}

TEST_CASE("no replica is known without its shape, its devices' rates or links") {
    const auto none = [](const language_model& m, const batching::device<double>& d, serving::request_shape r = chat) {
        return !(serving::served_replica(m, d, stack, r).service.si() > 0);
    };
    const auto m = llama_70b();
    CHECK_FALSE(none(m, h100));
    language_model of = m;
    of.shape = maybe<transformer>{};
    CHECK(none(of, h100));
    of.shape = transformer{};
    CHECK(none(of, h100));
    of = m;
    of.devices_per_replica = 1ll << 40;
    CHECK(none(of, h100));
    auto d = h100;
    d.link = {};
    CHECK(none(m, d));
    of = m;
    of.devices_per_replica = 1; // needs no link
    CHECK_FALSE(none(of, d));
    d.memory_rate = {};
    CHECK(none(of, d));
    CHECK(none(m, h100, {0, 300, 225}));
}

TEST_CASE("a known replica takes the place of the estimate, of a model whose shape is known only") {
    features<double> f;
    f.sites = 1;
    f.site[0].devices = 16.0;
    f.site[0].peak = 1979_TFLOPS;
    f.site[0].memory = 80_GB;
    f.site[0].memory_rate = 3350_GBps;
    inference w{.model = llama_70b(), .requests = 10_per_s, .input_tokens = 1000, .output_tokens = 300};
    const auto estimate = compute(f, w, calibration{});
    f.replica[0] = serving::served_replica(w.model, h100, stack, chat);
    const auto known = compute(f, w, calibration{});
    CHECK(known.load.si() == Approx(10 / (8 * f.replica[0].service.si())));
    CHECK(known.load != estimate.load);
    w.model.shape = maybe<transformer>{};
    CHECK(compute(f, w, calibration{}).load == estimate.load);
}
