// SPDX-License-Identifier: Apache-2.0
// Output tokens a second of language model servers: TensorRT-LLM's published queues (a run from the first to the last
// request) and MLPerf Inference offline (a steady state).
#include "../devices.hpp"
#include "../sheet.hpp"
#include "family.hpp"

#include <uonaco/model/batch_server.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace accuracy {

namespace {

using namespace uonaco;
using namespace uonaco::literals;
using batching::decoder;

std::string lower(std::string s) {
    for (char& c : s) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return s;
}
bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// ---- models

struct shape_of_name {
    const char* family; ///< both must stand in the name, in lower case; an empty one always does
    const char* size;
    long long layers, hidden, heads, kv_heads, head, width;
    bool gated;
    long long vocabulary, experts, active; ///< shared experts count in both
};
// From the models' published configurations. Llama 4 Maverick alternates layers of 128 experts with dense ones: means
// of both.
constexpr shape_of_name shapes[] = {
    {"mixtral", "8x22b", 56, 6144, 48, 8, 128, 16384, true, 32768, 8, 2},
    {"mixtral", "", 32, 4096, 32, 8, 128, 14336, true, 32000, 8, 2},
    {"gpt-j", "", 28, 4096, 16, 16, 256, 16384, false, 50400, 1, 1},
    {"gpt-oss", "20b", 24, 2880, 64, 8, 64, 2880, true, 201088, 32, 4},
    {"gpt-oss", "", 36, 2880, 64, 8, 64, 2880, true, 201088, 128, 4},
    {"scout", "", 48, 5120, 40, 8, 128, 8192, true, 202048, 17, 2},
    {"maverick", "", 48, 5120, 40, 8, 128, 8192, true, 202048, 65, 2},
    {"qwen", "235b", 94, 4096, 64, 4, 128, 1536, true, 151936, 128, 8},
    {"qwen", "30b", 48, 2048, 32, 4, 128, 768, true, 151936, 128, 8},
    {"qwen", "72b", 80, 8192, 64, 8, 128, 29568, true, 152064, 1, 1},
    {"qwen", "32b", 64, 5120, 40, 8, 128, 27648, true, 152064, 1, 1},
    {"qwen", "14b", 48, 5120, 40, 8, 128, 13824, true, 152064, 1, 1},
    {"qwen", "7b", 28, 3584, 28, 4, 128, 18944, true, 152064, 1, 1},
    {"deepseek", "", 61, 7168, 101, 1, 128, 2048, true, 129280, 257, 9}, // 187 M in a layer's attention; cache below
    {"llama-2", "13b", 40, 5120, 40, 40, 128, 13824, true, 32000, 1, 1},
    {"llama-2", "70b", 80, 8192, 64, 8, 128, 28672, true, 32000, 1, 1},
    {"llama-2", "7b", 32, 4096, 32, 32, 128, 11008, true, 32000, 1, 1},
    {"nemotron", "340b", 96, 18432, 96, 8, 192, 73728, false, 256000, 1, 1},
    {"", "405b", 126, 16384, 128, 8, 128, 53248, true, 128256, 1, 1},
    {"", "70b", 80, 8192, 64, 8, 128, 28672, true, 128256, 1, 1},
    {"", "8b", 32, 4096, 32, 8, 128, 14336, true, 128256, 1, 1},
    {"", "3b", 28, 3072, 24, 8, 128, 8192, true, 128256, 1, 1},
    {"", "1b", 16, 2048, 32, 8, 64, 8192, true, 128256, 1, 1},
};

precision format_of(const std::string& word) {
    return word == "FP4"    ? precision::fp4
           : word == "INT8" ? precision::int8
           : word == "BF16" ? precision::bf16
                            : precision::fp8;
}

/// Billions of parameters that a name states: the number before its first "b"; 0 if there is none.
double billions(const std::string& name) {
    for (std::size_t i = 1; i < name.size(); ++i) {
        if (name[i] != 'b') continue;
        std::size_t from = i;
        while (from > 0 && (std::isdigit(static_cast<unsigned char>(name[from - 1])) || name[from - 1] == '.')) --from;
        if (from < i && name[from] != '.') return std::stod(name.substr(from, i - from));
    }
    return 0;
}

decoder of_shape(const shape_of_name& s) {
    decoder d;
    d.shape = {.layers = s.layers,
               .hidden = s.hidden,
               .heads = s.heads,
               .kv_heads = s.kv_heads,
               .feed_forward = s.width,
               .gated = s.gated,
               .vocabulary = s.vocabulary,
               .experts = s.experts,
               .active_experts = s.active};
    d.head_width = s.head;
    return d;
}

/// Whole words only where the size could be the tail of another: "8b" is in neither "38b" nor "1.8b".
bool states(const std::string& name, const std::string& size) {
    for (std::size_t at = name.find(size); at != std::string::npos; at = name.find(size, at + 1))
        if (at == 0 || !(std::isdigit(static_cast<unsigned char>(name[at - 1])) || name[at - 1] == '.')) return true;
    return size.empty();
}

/// A name without a family is a plain Llama only where it says so or says nothing else.
const shape_of_name* find_shape(const std::string& name) {
    for (const auto& s : shapes)
        if (holds(name, s.family) && states(name, s.size)) return &s;
    return nullptr;
}

decoder model_of(const row& r) {
    const std::string name = lower(r.text("model"));
    const shape_of_name* found = find_shape(name);
    decoder d;
    if (found) {
        d = of_shape(*found);
    } else { // as many layers of the nearest plain Llama as make up the parameters
        const double n = billions(name) * 1e9;
        double nearest = 1e300;
        for (const auto& s : shapes) {
            const decoder of = of_shape(s);
            const double far = std::abs(std::log(of.parameters() / n));
            if (*s.family != '\0' || far >= nearest) continue;
            nearest = far;
            d = of;
        }
        const double head = 2 * d.vocabulary();
        d.shape.layers = std::max(std::llround(d.layers() * (n - head) / (d.parameters() - head)), 1LL);
    }
    d.weights = format_of(r.text("weights"));
    d.cache = r.has("kv_cache")              ? format_of(r.text("kv_cache"))
              : d.weights == precision::bf16 ? precision::bf16
                                             : precision::fp8;
    if (holds(name, "deepseek"))
        d.token_cache = d.layers() * 576.0 * size_of(d.cache); // latent of 512 and 64 of position
    return d;
}

// ---- devices

constexpr accelerator gh200{.model = "GH200",
                            .peak = {.bf16 = 989_TFLOPS, .fp16 = 989_TFLOPS, .fp8 = 1979_TFLOPS, .int8 = 1979_TFLOPS},
                            .memory = 144_GB,
                            .memory_rate = 4900_GBps,
                            .interconnect_rate = 900_GBps,
                            .max_power = 900_W};

const accelerator* facts_of(const std::string& name) {
    const node* n = find_node(name);
    if (n != nullptr && std::string(n->name) == "gh200") return &gh200;
    return find_device(name);
}
double devices_of_node(const accelerator& a) {
    const std::string model = a.model;
    if (model == "GH200") return 1;
    if (model == "GB200" || model == "GB300") return 72;
    return model == "H100 NVL" ? 4 : 8;
}

// ---- constants

enum {
    gemm,
    gemm_fp4,
    memory,
    attention,
    layer,
    sequence,
    exchange,
    gen_memory,
    gen_overhead,
    tuned_gemm,
    clock_,
    nodes,
    bus,
    amd
};

std::vector<constant> fitted() {
    const serving_stack& t = tensorrt_llm;
    return {
        {"gemm", t.gemm, 0.8, 0.3, 1.2},
        {"gemm in 4 bits", t.gemm_fp4, 1, 0.3, 1.2, 0.05},
        {"memory", t.memory, 0.9, 0.5, 1},
        {"attention of prompts", t.attention, 0.6, 0.1, 1.2},
        {"layer (us)", t.layer.si() * 1e6, 50, 0, 200},
        {"sequence (us)", t.sequence.si() * 1e6, 3, 0, 30},
        {"exchange (us)", t.exchange.si() * 1e6, 15, 1, 100},
        {"memory of Blackwell", blackwell.memory, 1, 0.5, 1.3, 0.05},
        {"overhead of Blackwell", blackwell.overhead, 1, 0.5, 3, 0.1},
        {"gemm of the tuned stack", mlperf.gemm / t.gemm, 1, 0.6, 1.6, 0.1},
        {"clock over power", t.clock, 0.3, 0, 0.8, 0.1},
        {"several nodes", t.across_nodes, 1, 0.5, 1.2, 0.05},
        {"host bus", t.bus, 1, 0.3, 1.6, 0.1},
        {"gemm of Instinct", instinct.gemm, 1, 0.4, 1.6, 0.1},
    };
}

double predict(const row& r, const constants& c) {
    const std::string suite = r.text("suite");
    serving_stack s = find_serving_stack(suite.data(), suite.size());
    s.gemm = std::string(s.name) == mlperf.name ? c[gemm] * c[tuned_gemm] : c[gemm];
    s.gemm_fp4 = c[gemm_fp4];
    s.memory = c[memory];
    s.attention = c[attention];
    s.layer = units::duration::from_si(c[layer] * 1e-6);
    s.sequence = units::duration::from_si(c[sequence] * 1e-6);
    s.exchange = units::latency::from_si(c[exchange] * 1e-6);
    s.clock = c[clock_];
    s.across_nodes = c[nodes];
    s.bus = c[bus];

    const decoder m = model_of(r);
    const accelerator& facts = *facts_of(r.text("device"));
    auto d = batching::device_of(facts, m.weights, has_gddr(facts.model));
    if (d.deviation == blackwell)
        d.deviation = {.memory = c[gen_memory], .overhead = c[gen_overhead]};
    else if (d.deviation == instinct)
        d.deviation = {.gemm = c[amd]};
    if (r.has("power_w") && facts.max_power) {
        const auto speed = batching::clock_at(units::power::from_si(r.number("power_w")), *facts.max_power, s.clock);
        d.products = speed * d.products;
    }

    const double gpus = r.number("gpus");
    const int width = r.whole("tp");
    const double replicas = gpus / width;
    batching::request_queue q;
    q.input = std::llround(r.number("input_tokens"));
    q.output = std::llround(r.number("output_tokens"));
    q.requests = std::llround(r.number_or("requests", 0) / replicas);
    const auto costs = batching::costs_of(m, d, s, width);
    const auto limits = batching::limits_of(m, d.memory, s, width, q, std::llround(r.number_or("max_batch", 0)));
    // The benchmark's rules ask for four beams of GPT-J.
    const double beams = s.name == std::string(mlperf.name) && holds(lower(r.text("model")), "gpt-j") ? 4 : 1;
    const auto one = q.requests > 0 ? batching::serve_queue(costs, limits, q).output
                                    : batching::steady_output(costs, limits, static_cast<double>(q.input),
                                                              static_cast<double>(q.output), s.held, beams);
    double all = replicas * one.si();
    if (gpus > devices_of_node(facts)) all *= s.across_nodes;
    if (holds(lower(suite), "server")) {
        const bool tight = holds(lower(r.text("model")), "llama");
        all *= tight ? server_share_tight : server_share_relaxed;
    }
    return all;
}

bool enough(const accelerator& a) { return a.memory && a.memory_rate && (a.peak.bf16 || a.peak.fp16); }

void check(const row& r, findings& f) {
    check_device(r, f, enough, "a 16-bit peak, memory and a memory rate");
    const std::string name = lower(r.text("model"));
    const shape_of_name* shape = find_shape(name);
    if (shape == nullptr && billions(name) <= 0)
        f.wrong("model", "a known model, or its billions of parameters: 'Llama 70B'");
    const double gpus = r.number("gpus"), tp = r.number("tp");
    if (std::fmod(gpus, tp) != 0) f.wrong("tp", "a divisor of gpus = " + digits(gpus, 9));
    if (!f.understood()) return;
    if (shape == nullptr)
        f.assumed("model", "'" + r.text("model") + "' is not known: taken as a dense Llama of " +
                               digits(billions(name), 4) + "B");
    const std::string& suite = r.text("suite");
    const auto& stack = find_serving_stack(suite.data(), suite.size());
    if (std::string(stack.name) == serving_default.name)
        f.assumed("suite", "'" + suite + "' is not known: a common stack assumed");
    if (!r.has("requests") && !r.has("max_batch") && std::string(stack.name) == tensorrt_llm.name)
        f.assumed("requests", "none stated: a steady state assumed");
}

grammar reads() {
    const std::vector<known_word> formats = {{"FP8", {"float8", "e4m3", "w8a8 fp8", "fp8 dynamic"}},
                                             {"FP4", {"nvfp4", "mxfp4"}},
                                             {"BF16", {"fp16", "bfloat16", "float16", "16 bit", "half"}},
                                             {"INT8", {"w8a8 int8"}}};
    grammar g;
    g.columns = {
        {"model", cell_type::text},
        {"weights", cell_type::word, nullptr, 0, 0, formats},
        {"kv_cache", cell_type::word, "", 0, 0, formats}, // empty: 16 bits where the weights have them, else FP8
        {"gpus", cell_type::whole, nullptr, 1},
        {"device", cell_type::text},
        {"tp", cell_type::whole, nullptr, 1},
        {"input_tokens", cell_type::whole, nullptr, 1},
        {"output_tokens", cell_type::whole, nullptr, 1},
        {"suite", cell_type::text, ""},
        {"requests", cell_type::whole, "", 1},  // empty: a steady state
        {"max_batch", cell_type::whole, "", 1}, // empty: what memory holds
        {"power_w", cell_type::number, "", 0}}; // empty: the board's own limit
    const char* const unit = "output tok/s";
    g.units = {{unit,
                {"outputtok/s", "tok/soffline", "tok/s", "tok/sserver", "outtok/s", "outputtok/soffline",
                 "outputtok/sserver", "tok/soutput", "generatedtok/s", "gentok/s", "decodetok/s"}},
               {unit,
                {"outputtok/s/gpu", "tok/s/gpu", "outtok/s/gpu", "tok/s/gpuoutput", "tok/s/gpuoffline",
                 "outputtok/s/gpuoffline"},
                1,
                1},
               {unit, {"koutputtok/s", "ktok/s", "outputktok/s"}, 1e3}};
    g.check = check;
    return g;
}

std::string device(const row& r) { return r.text("device"); }
std::string stack(const row& r) {
    const std::string suite = r.text("suite");
    const std::string name = find_serving_stack(suite.data(), suite.size()).name;
    return name == tensorrt_llm.name ? "TensorRT-LLM" : name == mlperf.name ? "MLPerf" : name;
}

} // namespace

family inference() {
    family f;
    f.name = "inference";
    f.fitted = fitted();
    f.reads = reads();
    f.predict = predict;
    f.group = device;
    f.subset = stack;
    return f;
}

} // namespace accuracy
