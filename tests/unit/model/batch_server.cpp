// SPDX-License-Identifier: Apache-2.0
// The batching server against a simulation that moves every sequence in every iteration, and against published figures.
#include "catch.hpp"

#include <uonaco/model/batch_server.hpp>

#include <cmath>
#include <cstring>
#include <deque>
#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using batching::decoder;
using batching::limits;
using batching::request_queue;

namespace {

decoder llama(long long layers, long long hidden, long long heads, long long width, long long vocabulary = 128256) {
    decoder d;
    d.shape = {.layers = layers,
               .hidden = hidden,
               .heads = heads,
               .kv_heads = 8,
               .feed_forward = width,
               .gated = true,
               .vocabulary = vocabulary};
    return d;
}
const decoder llama_8b = llama(32, 4096, 32, 14336);
const decoder llama_70b = llama(80, 8192, 64, 28672);
const decoder llama_405b = llama(126, 16384, 128, 53248);

const auto h200 = batching::device_of(*find_accelerator("H200 SXM"), precision::fp8);

template <class Rep = double>
batching::step_costs<Rep> some_costs() {
    batching::step_costs<Rep> c;
    c.token = 100_us;
    c.logits = 7_us;
    c.weights = 15_ms;
    c.cached = 0.03_us;
    c.pair = 0.001_us;
    c.traffic = 3_us;
    c.fixed = 2_ms;
    c.sequence = 5_us;
    return c;
}

/// One sequence, one iteration at a time.
struct outcome {
    double time = 0, iterations = 0;
};
outcome one_by_one(const batching::step_costs<double>& c, const limits& l, const request_queue& q) {
    struct sequence {
        double held, left;
    };
    std::deque<sequence> running;
    const double in = static_cast<double>(q.input);
    double waiting = static_cast<double>(q.requests), begun = 0;
    outcome o;
    while (waiting > 0 || !running.empty() || begun > 0) {
        const double n = static_cast<double>(running.size());
        double room = l.tokens - n, prompt = 0, pairs = 0, joining = 0, slots = l.sequences - n;
        if (l.whole_prompts) {
            while (waiting > 0 && slots >= 1 && (room >= in || (n == 0 && joining == 0))) {
                room -= in;
                --slots;
                --waiting;
                ++joining;
                prompt += in;
                pairs += in * in / 2;
            }
        } else {
            room = std::max(room, 1.0);
            while (slots >= 1 && room > 0 && (begun > 0 || waiting > 0)) {
                if (begun == 0) --waiting;
                const double part = std::min(room, in - begun);
                pairs += ((begun + part) * (begun + part) - begun * begun) / 2;
                prompt += part;
                room -= part;
                begun += part;
                if (begun == in) {
                    begun = 0;
                    ++joining;
                    --slots;
                }
            }
        }
        double held = 0;
        for (const auto& s : running) held += s.held;
        const double decoded = prompt > 0 ? n : batching::detail::padded(n, l.largest_graph);
        o.time += c.step(decoded, n, held, prompt, pairs, decoded + prompt / in).si();
        ++o.iterations;
        for (auto& s : running) {
            ++s.held;
            --s.left;
        }
        while (!running.empty() && running.front().left <= 0) running.pop_front();
        for (double i = 0; i < joining; ++i)
            if (q.output > 1) running.push_back({in + 1, static_cast<double>(q.output) - 1});
    }
    return o;
}

} // namespace

TEST_CASE("parameters and cache of published models") {
    CHECK(llama_8b.parameters() == Approx(8.03e9).epsilon(1e-3));
    CHECK(llama_70b.parameters() == Approx(70.55e9).epsilon(1e-3));
    CHECK(llama_405b.parameters() == Approx(405.85e9).epsilon(1e-3));
    CHECK(llama_8b.cached_token().si() / 8 == 65536);
    CHECK(llama_70b.cached_token().si() / 8 == 163840);
    CHECK(llama_405b.cached_token().si() / 8 == 258048);
    decoder fp4 = llama_70b;
    fp4.weights = precision::fp4;
    CHECK(fp4.stored().si() / 8 == Approx(0.5625 * 68.45e9 + 4 * 1.0507e9).epsilon(1e-3));
    decoder mixtral = llama(32, 4096, 32, 14336, 32000);
    mixtral.shape.experts = 8;
    mixtral.shape.active_experts = 2;
    CHECK(mixtral.parameters() == Approx(46.7e9).epsilon(1e-3));
    CHECK(mixtral.active() + 2 * mixtral.vocabulary() == Approx(12.88e9).epsilon(2e-3));
    const double before = mixtral.active();
    mixtral.shape.shared_feed_forward = 100; // every token passes it
    CHECK(mixtral.active() == before + 32.0 * 3 * 4096 * 100);
}

TEST_CASE("critical batch") {
    CHECK(batching::critical_batch<double>(197_TFLOPS, 819_GBps, precision::bf16).si() == Approx(240.5).margin(0.1));
    CHECK(batching::critical_batch<double>(989_TFLOPS, 3350_GBps, precision::bf16).si() == Approx(295.2).margin(0.1));
}

TEST_CASE("the run equals one that moves every sequence in every iteration") {
    std::mt19937 random(7);
    const auto up_to = [&](int n) { return static_cast<long long>(random() % static_cast<unsigned>(n)) + 1; };
    const auto costs = some_costs();
    for (int i = 0; i < 400; ++i) {
        request_queue q{.requests = up_to(90), .input = up_to(40), .output = up_to(60)};
        limits l{.sequences = static_cast<double>(up_to(50)), .tokens = static_cast<double>(up_to(150))};
        l.whole_prompts = random() % 2 == 0;
        if (random() % 2 == 0) l.largest_graph = l.sequences + static_cast<double>(up_to(8));
        const auto expected = one_by_one(costs, l, q);
        const auto run = batching::serve_queue(costs, l, q, 1e9);
        CAPTURE(q.requests, q.input, q.output, l.sequences, l.tokens, l.whole_prompts);
        CHECK(run.iterations == expected.iterations);
        CHECK(run.duration.si() == Approx(expected.time).epsilon(1e-9));
        CHECK(run.output.si() == Approx(static_cast<double>(q.requests * q.output) / expected.time).epsilon(1e-9));
    }
}

TEST_CASE("long queues go on as they end") {
    const auto costs = some_costs();
    for (const bool whole : {false, true})
        for (const long long requests : {1000LL, 3001LL, 20011LL}) {
            const limits l{.sequences = 20, .tokens = 700, .whole_prompts = whole};
            const request_queue q{.requests = requests, .input = 300, .output = 90};
            const auto all = batching::serve_queue(costs, l, q, 1e9), some = batching::serve_queue(costs, l, q);
            CHECK(some.duration.si() == Approx(all.duration.si()).epsilon(1e-3));
            CHECK(some.evaluated <= all.evaluated);
        }
}

TEST_CASE("a long queue settles at the steady state") {
    const auto costs = some_costs();
    for (const double sequences : {8.0, 64.0, 300.0}) {
        const limits l{.sequences = sequences, .tokens = 2048};
        const request_queue q{.requests = 100'000, .input = 200, .output = 200};
        const auto run = batching::serve_queue(costs, l, q);
        // Equal requests that start together stay in step, so that prompts share fewer readings of the weights with
        // decoding.
        const auto steady = batching::steady_output(costs, l, 200, 200);
        CHECK(run.output < 1.001 * steady);
        CHECK(run.output > 0.88 * steady);
    }
}

TEST_CASE("steady state over lanes and with beams") {
    const limits l{.sequences = 64, .tokens = 2048};
    const auto one = batching::steady_output(some_costs(), l, 300, 200);
    const auto many = batching::steady_output(some_costs<lanes<2>>(), l, 300, 200);
    CHECK(lane(many, 0).si() == one.si());
    CHECK(lane(many, 1).si() == one.si());
    // prompts shared by the beams are computed once, so it is more than a quarter
    const auto four = batching::steady_output(some_costs(), l, 300, 200, 0.5, 4);
    CHECK(four > one / 4.0);
    CHECK(four < one);
}

TEST_CASE("no token budget is overrun, even by nothing but decoding") {
    const auto costs = some_costs();
    for (const bool whole : {false, true}) {
        const limits l{.sequences = 10, .tokens = 4, .whole_prompts = whole};
        const auto run = batching::serve_queue(costs, l, {.requests = 25, .input = 7, .output = 3});
        CHECK((math::finite(run.duration.si()) && run.duration.si() > 0));
    }
}

TEST_CASE("limits of a queue benchmark") {
    // Llama-70B FP8 on one H200, 2048 + 128 tokens: 214 sequences by the tool's guess, rounded up to 224; about 204
    // fit.
    const request_queue q{.requests = 3000, .input = 2048, .output = 128};
    const auto l = batching::limits_of(llama_70b, h200.memory, tensorrt_llm, 1, q);
    CHECK(l.largest_graph == 224);
    CHECK(l.sequences == Approx(204).margin(2));
    CHECK(l.tokens == 3840);
    CHECK(l.whole_prompts);
    // what does not fit says so
    CHECK(batching::limits_of(llama_405b, h200.memory, tensorrt_llm, 1, q).sequences == 0);
    // a stated batch is a cap
    CHECK(batching::limits_of(llama_70b, h200.memory, mlperf, 1, q, 50).sequences == 50);
}

TEST_CASE("costs follow the device") {
    const auto base = batching::costs_of(llama_70b, h200, tensorrt_llm, 1);
    const auto at = [](const batching::step_costs<double>& c) { return c.step(200, 200, 2e5, 0, 0, 200).si(); };
    for (int i = 0; i < 4; ++i) {
        auto d = h200;
        if (i == 0) d.products = 2.0 * d.products;
        if (i == 1) d.memory_rate = 2.0 * d.memory_rate;
        if (i == 2) d.wide = 2.0 * d.wide;
        if (i == 3) d.deviation.overhead = 0.5;
        const auto faster = batching::costs_of(llama_70b, d, tensorrt_llm, 1);
        CHECK(at(faster) < at(base));
    }
    // reading all weights once bounds a step from below
    CHECK(at(base) >
          (llama_70b.stored() - llama_70b.vocabulary() * size_of(precision::bf16)).si() / h200.memory_rate.si());
    // two devices are faster than one, but not twice as fast; the host's bus eats it up
    const auto two = batching::costs_of(llama_70b, h200, tensorrt_llm, 2);
    CHECK(at(two) < at(base));
    CHECK(at(two) > at(base) / 2);
    auto slow = h200;
    slow.link = 32_GBps;
    slow.on_bus = true;
    CHECK(at(batching::costs_of(llama_70b, slow, tensorrt_llm, 2)) > at(two));
    // few tokens touch few experts
    decoder moe = llama_70b;
    moe.shape.experts = 64;
    moe.shape.active_experts = 2;
    const auto c = batching::costs_of(moe, h200, tensorrt_llm, 8);
    CHECK(c.step(1, 1, 0, 0, 0, 1) < c.step(8, 8, 0, 0, 0, 8));
    CHECK(c.step(1, 1, 0, 0, 0, 1).si() >= c.weights.si() + 2.0 / 64 * c.experts.si());
}

TEST_CASE("power limits and clocks") {
    CHECK(batching::clock_at(700_W, 700_W, 0.4).si() == Approx(1.0));
    CHECK(batching::clock_at(1000_W, 700_W, tensorrt_llm.clock).si() == Approx(1.15).margin(0.01));
}

TEST_CASE("facts of devices and stacks by their names") {
    CHECK(batching::reported_memory(80_GB).si() / 8 == Approx(85.5e9).epsilon(1e-3));
    CHECK(batching::reported_memory(141_GB).si() / 8 == Approx(150.7e9).epsilon(1e-3));
    CHECK(batching::reported_memory(180_GB).si() / 8 == Approx(192.2e9).epsilon(1e-3));
    CHECK(batching::reported_memory(48_GB, true).si() / 8 == Approx(48.3e9).epsilon(0.01));
    CHECK(find_sustained("h100-sxm").fp8 == 0.709);
    CHECK(find_sustained("MI300X").fp8 == find_sustained("MI300X").bf16);
    CHECK(find_sustained("nobody's").bf16 == sustained_default.bf16);
    CHECK(!find_sustained("nobody's").measured);
    CHECK(at(find_sustained("GB200"), precision::fp4) < at(find_sustained("B200 SXM"), precision::fp4));
    CHECK(find_serving_deviation("GB200") == blackwell);
    CHECK(find_serving_deviation("B200 SXM") == blackwell);
    CHECK(find_serving_deviation("MI325X") == instinct);
    for (const char* other : {"H100 SXM", "GH200", "A100 SXM 80GB", "L40S", "Gaudi3", "", "B"})
        CHECK(find_serving_deviation(other) == serving_deviation{});
    const auto stack = [](const char* name) { return find_serving_stack(name, std::strlen(name)).name; };
    CHECK(std::string(stack("mlperf-4.1-offline")) == "mlperf");
    CHECK(std::string(stack("tensorrt-llm-max-load")) == "tensorrt-llm");
    CHECK(std::string(stack("vllm")) == "default");
    // no peak in the weights' format: the next wider one counts
    const auto a100 = batching::device_of(*find_accelerator("A100 SXM 80GB"), precision::fp4);
    CHECK(a100.products.si() > 0);
    const auto h100 = *find_accelerator("H100 SXM");
    CHECK(batching::device_of(h100, precision::fp4).products == batching::device_of(h100, precision::fp8).products);
    CHECK(batching::device_of(*find_accelerator("L40S"), precision::fp8).on_bus);
    CHECK(!batching::device_of(h100, precision::fp8).on_bus);
}

TEST_CASE("MLPerf: server over offline") {
    const struct {
        double server, offline;
        units::ratio share;
    } published[] = {{21606, 24525, server_share_tight},     {29228, 31303, server_share_tight},
                     {32790, 34864, server_share_tight},     {3884, 4068, server_share_tight},
                     {21028, 23515, server_share_tight},     {3219, 3718, server_share_tight},
                     {19234, 19739.8, server_share_relaxed}, {57177, 59022.3, server_share_relaxed}};
    for (const auto& p : published) CHECK(p.share * p.offline == Approx(p.server).epsilon(0.055));
}

TEST_CASE("published throughputs, a few") { // all are in bench/accuracy
    const auto queue = [](const decoder& m, int width, request_queue q) {
        const auto costs = batching::costs_of(m, h200, tensorrt_llm, width);
        return batching::serve_queue(costs, batching::limits_of(m, h200.memory, tensorrt_llm, width, q), q).output.si();
    };
    CHECK(queue(llama_70b, 1, {3000, 128, 2048}) == Approx(4336).epsilon(0.03));
    CHECK(queue(llama_405b, 8, {3000, 1000, 1000}) == Approx(3330).epsilon(0.03));
    CHECK(queue(llama_8b, 1, {1000, 20000, 2000}) == Approx(1804).epsilon(0.03));
}
