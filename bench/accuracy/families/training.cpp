// SPDX-License-Identifier: Apache-2.0
// Training steps inside one site, in seconds or as the throughput their sources print: training_step.hpp.
#include "../devices.hpp"
#include "../family.hpp"

#include <uonaco/model/training_step.hpp>
#include <uonaco/resource/accelerators.hpp>

#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;
using namespace uonaco::literals;

// In the order of fitted.
enum {
    sustained,
    ampere,
    hopper,
    narrow,
    edge,
    attention,
    traffic,
    cast_bytes,
    scale_up,
    scale_out,
    fixed_time,
    untuned,
    megatron_2021,
    megascale,
    mcore,
    llama3,
    deepspeed
};
struct of_stack {
    int constant;
    const char* name;
};
constexpr of_stack stacks[] = {{megatron_2021, "megatron-2021"},
                               {megascale, "megascale-2023"},
                               {mcore, "mcore-2024"},
                               {llama3, "llama3-2024"},
                               {deepspeed, "megatron-deepspeed-2021"}};

constexpr node nodes[] = {
    {"a10040", "A100 SXM 40GB", 25_GBps},  {"a100pcie", "A100 PCIe 80GB", 25_GBps},
    {"a100", "A100 SXM 80GB", 25_GBps},    {"h100pcie", "H100 PCIe", 50_GBps},
    {"h100nvl", "H100 NVL", 50_GBps, 4},   {"h100", "H100 SXM", 50_GBps},
    {"h200", "H200 SXM", 50_GBps},         {"gh200", "H200 SXM", 50_GBps, 1},
    {"h800", "H800 SXM", 50_GBps},         {"b200", "B200 SXM", 50_GBps},
    {"gb200", "GB200", 50_GBps, 72},       {"b300", "GB300", 100_GBps},
    {"gb300", "GB300", 100_GBps, 72},      {"mi300", "MI300X", 50_GBps},
    {"mi325", "MI325X", 50_GBps},          {"mi355", "MI355X", 50_GBps},
    {"v100", "V100 SXM2 32GB", 12.5_GBps}, {"l40s", "L40S", 25_GBps},
    {"tpuv4", "TPU v4", 6.25_GBps, 64},    {"tpuv5e", "TPU v5e", 3.125_GBps, 64},
    {"tpuv5p", "TPU v5p", 6.25_GBps, 64},  {"tpuv6e", "TPU v6e", 6.25_GBps, 64},
};
constexpr const node& unknown = nodes[5];

const node& node_of(const std::string& device) {
    const node* n = find_node(nodes, device);
    return n != nullptr ? *n : unknown;
}

units::count whole_or(const row& r, const char* column, double otherwise) {
    return static_cast<units::count>(std::llround(std::fmax(r.number_or(column, otherwise), 0.0)));
}
std::string text_or(const row& r, const char* column) { return r.has(column) ? r.text(column) : ""; }
bool says(const std::string& text, const char* word) { return text.find(word) != std::string::npos; }

precision linear_precision(const std::string& text) {
    const std::string t = folded(text);
    return says(t, "fp8") ? precision::fp8 : says(t, "fp4") ? precision::fp4 : precision::bf16;
}

/// Work of a step as the row's source counts it.
double counted(const row& r, const transformer& m, double batch) {
    using transformer_work::attention;
    const std::string source = text_or(r, "source"), unit = text_or(r, "unit"), note = text_or(r, "note");
    const double tokens = batch * static_cast<double>(m.sequence);
    if (says(unit, "recompute")) return transformer_work::megatron_step(m, batch, true).si();
    if (source == "S07" || says(note, "causal") || says(text_or(r, "stack"), "llama3"))
        return tokens *
               transformer_work::by_parameters(transformer_work::parameters(m, false), m, attention::causal).si();
    if (m.gated || m.kv_heads) return tokens * transformer_work::by_shape(m, attention::full).si();
    return transformer_work::megatron_step(m, batch).si();
}

training_step::constants made_of(const constants& x) {
    training_step::constants c;
    c.sustained = x[sustained];
    c.ampere = x[ampere];
    c.hopper = x[hopper];
    c.narrow = x[narrow];
    c.edge = x[edge];
    c.attention = x[attention];
    c.traffic = x[traffic];
    c.cast_bytes = x[cast_bytes];
    c.scale_up = x[scale_up];
    c.scale_out = x[scale_out];
    c.fixed = x[fixed_time] * 1_s;
    c.untuned = x[untuned];
    return c;
}

double predict(const row& r, const constants& x) {
    const auto heads = whole_or(r, "heads", 1);
    transformer model{.layers = whole_or(r, "layers", 1),
                      .hidden = whole_or(r, "hidden", 1),
                      .heads = heads,
                      .gated = r.number_or("gated_mlp", 0) != 0,
                      .vocabulary = whole_or(r, "vocab", 0),
                      .sequence = whole_or(r, "sequence", 1)};
    if (r.has("ffn")) model.feed_forward = whole_or(r, "ffn", 0);
    const double kv = r.number_or("kv_head_ratio", 1.0);
    if (kv < 1.0) model.kv_heads = std::llround(kv * static_cast<double>(heads));

    const training_stack& known = find_training_stack(text_or(r, "stack"));
    parallel_plan plan{.tensor = whole_or(r, "tp", 1),
                       .pipeline = whole_or(r, "pp", 1),
                       .context = whole_or(r, "cp", 1),
                       .virtual_stages = whole_or(r, "vp", 1),
                       .micro_batch = whole_or(r, "micro_batch", 1),
                       .sequence_parallel = r.number_or("sequence_parallel", 0) != 0,
                       .sharding = known.sharding_default};
    const std::string recomputed = text_or(r, "recompute");
    if (recomputed.rfind("full", 0) == 0) plan.recompute = recompute::full;
    if (recomputed.rfind("sel", 0) == 0) plan.recompute = recompute::selective;
    const double gpus = r.number_or("gpus", static_cast<double>(plan.tensor * plan.pipeline * plan.context));
    plan.data = whole_or(r, "dp", gpus / static_cast<double>(plan.tensor * plan.pipeline * plan.context));
    if (plan.data < 1) plan.data = 1;
    const double batch = r.number_or("global_batch", static_cast<double>(plan.data * plan.micro_batch));

    training_stack stack = known;
    for (const of_stack& s : stacks)
        if (known.name == std::string(s.name)) stack.deviation = x[static_cast<std::size_t>(s.constant)];

    const std::string name = text_or(r, "device");
    const node& n = node_of(name);
    const accelerator* a = find_accelerator(n.model);
    if (&n == &unknown) // perhaps one that only the library knows
        if (const accelerator* other = find_accelerator(name); other != nullptr && other->memory_rate &&
                                                               other->interconnect_rate &&
                                                               (other->peak.bf16 || other->peak.fp16))
            a = other;
    const auto device = training_step::device_of(*a, linear_precision(text_or(r, "precision")));
    const fabric<double> links{
        .scale_up = 0.5 * *a->interconnect_rate, .scale_out = n.scale_out, .devices_per_node = n.devices};

    const double step = training_step::step_time(model, plan, batch, device, links, stack, made_of(x)).total().si();
    const std::string unit = text_or(r, "unit");
    const double devices = static_cast<double>(plan.devices());
    if (says(unit, "FLOP")) return counted(r, model, batch) / (step * devices) * 1e-12;
    if (says(unit, "MFU") || says(unit, "%"))
        return 100.0 * counted(r, model, batch) / (step * devices * device.linear_peak.si());
    const bool each = says(unit, "/GPU") || says(unit, "/gpu") || says(unit, "/device") || says(unit, "/chip");
    if (says(unit, "tok")) return batch * static_cast<double>(model.sequence) / step / (each ? devices : 1.0);
    if (says(unit, "sample") || says(unit, "seq")) return batch / step / (each ? devices : 1.0);
    return unit.rfind("ms", 0) == 0 ? 1e3 * step : step;
}

std::string source(const row& r) { return text_or(r, "source"); }
} // namespace

family training() {
    const training_step::constants c;
    const auto deviation = [](const char* stack) { return find_training_stack(std::string(stack)).deviation.si(); };
    family f;
    f.name = "training";
    f.fitted = {
        {"share of the best product sustained", c.sustained, 0.87, 0.5, 1.1, 0.05},
        {"of that, A100", c.ampere, 1.0, 0.8, 1.2, 0.03},
        {"of that, H100", c.hopper, 1.0, 0.8, 1.2, 0.03},
        {"of that, 8 bits", c.narrow, 1.0, 0.8, 1.2, 0.03},
        {"loss at the edges of products", c.edge, 0.5, 0.0, 4.0, 0.5},
        {"fused attention, of the best product", c.attention, 0.62, 0.2, 1.1, 0.1},
        {"memory traffic", c.traffic, 1.0, 0.3, 2.0, 0.1},
        {"bytes to cast a number to 8 bits", c.cast_bytes, 8.0, 0.0, 30.0, 2.0},
        {"share of NVLink", c.scale_up, 0.7, 0.3, 1.0, 0.1},
        {"share of NICs", c.scale_out, 0.65, 0.3, 1.0, 0.1},
        {"fixed time of a step, s", c.fixed.si(), 0.05, 0.0, 0.3, 0.02},
        {"time of untuned stacks", c.untuned, 1.05, 0.8, 1.5, 0.05},
        {"of that, megatron-2021", deviation("megatron-2021"), 1.0, 0.7, 1.4, 0.05},
        {"of that, megascale-2023", deviation("megascale-2023"), 1.0, 0.7, 1.4, 0.05},
        {"of that, mcore-2024", deviation("mcore-2024"), 1.0, 0.7, 1.4, 0.05},
        {"of that, llama3-2024", deviation("llama3-2024"), 1.0, 0.7, 1.4, 0.05},
        {"of that, megatron-deepspeed-2021", deviation("megatron-deepspeed-2021"), 1.0, 0.7, 1.4, 0.05},
    };
    f.predict = predict;
    f.group = source;
    f.subset = source;
    return f;
}

} // namespace accuracy
