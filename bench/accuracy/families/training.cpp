// SPDX-License-Identifier: Apache-2.0
// Training steps inside one site, in seconds or as the throughput their sources print: training_step.hpp.
#include "../devices.hpp"
#include "../family.hpp"
#include "../sheet.hpp"

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

// Units, as predict() gives them.
constexpr const char* const model_flops = "TFLOP/s/GPU (model)";
constexpr const char* const recomputed = "TFLOP/s/GPU (hw, incl. recompute)";
constexpr const char* const mfu = "% MFU";
constexpr const char* const token_rate = "tokens/s/GPU";
constexpr const char* const sample_rate = "samples/s";

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
    const std::string& again = r.text("recompute");
    if (again == "full") plan.recompute = recompute::full;
    if (again == "sel") plan.recompute = recompute::selective;
    const double gpus = r.number_or("gpus", static_cast<double>(plan.tensor * plan.pipeline * plan.context));
    plan.data = whole_or(r, "dp", gpus / static_cast<double>(plan.tensor * plan.pipeline * plan.context));
    if (plan.data < 1) plan.data = 1;
    const double batch = r.number_or("global_batch", static_cast<double>(plan.data * plan.micro_batch));

    training_stack stack = known;
    for (const of_stack& s : stacks)
        if (known.name == std::string(s.name)) stack.deviation = x[static_cast<std::size_t>(s.constant)];

    const std::string& name = r.text("device");
    const node* known_node = find_node(name);
    const node n = known_node != nullptr ? *known_node : node{};
    const accelerator* a = find_device(name);
    const auto device = training_step::device_of(*a, linear_precision(text_or(r, "precision")));
    const fabric<double> links{
        .scale_up = 0.5 * *a->interconnect_rate, .scale_out = n.scale_out, .devices_per_node = n.devices};

    const double step = training_step::step_time(model, plan, batch, device, links, stack, made_of(x)).total().si();
    const std::string unit = text_or(r, "unit");
    const double devices = static_cast<double>(plan.devices());
    if (unit.rfind("TFLOP", 0) == 0) return counted(r, model, batch) / (step * devices) * 1e-12;
    if (unit == mfu) return 100.0 * counted(r, model, batch) / (step * devices * device.linear_peak.si());
    if (unit == token_rate) return batch * static_cast<double>(model.sequence) / step / devices;
    if (unit == sample_rate) return batch / step;
    return step;
}

bool enough(const accelerator& a) { return a.memory_rate && a.interconnect_rate && (a.peak.bf16 || a.peak.fp16); }

/// What a plan says twice must agree.
void check(const row& r, findings& f) {
    check_device(r, f, enough, "a 16-bit peak, a memory rate and a scale-up rate");
    const double plan = r.number("tp") * r.number("pp") * r.number("cp");
    if (!r.has("gpus") && !r.has("dp")) f.wrong("gpus", "either gpus or dp");
    const double gpus = r.number_or("gpus", plan * r.number_or("dp", 1)), dp = r.number_or("dp", gpus / plan);
    if (gpus != plan * dp)
        f.wrong(r.has("dp") ? "gpus" : "dp", r.has("dp") ? "tp x pp x cp x dp = " + digits(plan * dp, 9)
                                                         : "gpus a multiple of tp x pp x cp = " + digits(plan, 9));
    if (r.number("micro_batch") * dp > r.number("global_batch"))
        f.wrong("global_batch", "at least dp x micro_batch = " + digits(r.number("micro_batch") * dp, 9));
    const std::string& unit = r.text("unit");
    if (!f.understood()) return;
    if (find_node(r.text("device")) == nullptr) f.assumed("device", "nodes of 8 with 50 GB/s of NIC a device assumed");
    const std::string& stack = r.text("stack");
    const training_stack& taken = find_training_stack(stack);
    if (!stack.empty() && stack != taken.name)
        f.assumed("stack", "'" + stack + "' is not known: taken as " +
                               (*taken.name == '\0' ? "any recent one" : "'" + std::string(taken.name) + "'"));
    const std::string& source = r.text("source");
    const bool counted = unit.rfind("TFLOP", 0) == 0 || unit == mfu;
    if (counted && source != "S01" && source != "S03" && source != "S07")
        f.assumed("unit", "how '" + source + "' counts operations is not known: " +
                              (unit == recomputed ? "as S01" : "forward and backward, by the shape") + " assumed");
    if (counted && unit != mfu && (unit == recomputed) != (source == "S01") &&
        (source == "S01" || source == "S03" || source == "S07"))
        f.wrong("unit", source == "S01" ? "operations with recompute, as " + source + " counts them"
                                        : "operations without recompute, as " + source + " counts them");
}

grammar reads() {
    grammar g;
    g.columns = {
        {"device", cell_type::text},
        {"gpus", cell_type::whole, "", 1},
        {"layers", cell_type::whole, nullptr, 1},
        {"hidden", cell_type::whole, nullptr, 1},
        {"ffn", cell_type::whole, "", 1},
        {"heads", cell_type::whole, nullptr, 1},
        {"kv_head_ratio", cell_type::number, "1", 1e-6, 1},
        {"vocab", cell_type::whole, nullptr, 1},
        {"sequence", cell_type::whole, nullptr, 1},
        {"global_batch", cell_type::whole, nullptr, 1},
        {"micro_batch", cell_type::whole, nullptr, 1},
        {"tp", cell_type::whole, "1", 1},
        {"pp", cell_type::whole, "1", 1},
        {"cp", cell_type::whole, "1", 1},
        {"dp", cell_type::whole, "", 1},
        {"vp", cell_type::whole, "1", 1}, // a divisor of the bubble only: it need not divide the layers
        {"ep", cell_type::whole, "1", 1, 1},
        {"experts", cell_type::whole, "1", 1, 1},
        {"precision",
         cell_type::word,
         nullptr,
         0,
         0,
         {{"bf16", {"fp16", "bf16/fp16", "fp16/bf16", "16 bit", "bfloat16", "float16", "half", "bf16 mixed"}},
          {"fp8",
           {"fp8 hybrid", "float8", "mxfp8", "bf16/fp8", "fp8/bf16", "fp8 e4m3", "e4m3", "fp8-cs", "fp8-ds", "fp8-mx"}},
          {"fp4", {"nvfp4", "mxfp4"}}}},
        {"recompute",
         cell_type::word,
         "none",
         0,
         0,
         {{"none", {"no", "false", "0", "off"}}, {"sel", {"selective"}}, {"full", {"uniform", "block full"}}}},
        {"sequence_parallel", cell_type::flag, "0"},
        {"gated_mlp", cell_type::flag, nullptr},
        {"stack", cell_type::text, ""},
        {"note", cell_type::text, ""}};
    g.units = units_of_time("s");
    const auto add = [&](const char* unit, std::vector<const char*> spelled, double factor = 1, int devices = 0) {
        g.units.push_back({unit, std::move(spelled), factor, devices});
    };
    add(model_flops, {"tflops/gpumodel", "tflops/gpu", "tflops/gpumodelflops", "modeltflops/gpu", "tflops/gpu/s"});
    add(model_flops, {"pflops/gpu", "pflops/gpumodel"}, 1e3);
    add(recomputed, {"tflops/gpuhwinclrecompute", "tflops/gpuhw", "tflops/gpuhardware", "tflops/gpuinclrecompute",
                     "hwtflops/gpu", "tflops/gpuwithrecompute", "hardwaretflops/gpu"});
    add(mfu, {"mfu%", "%mfu", "mfu/cent"});
    add(token_rate, {"tok/s/gpu", "tok/gpu/s"});
    add(token_rate, {"tok/s"}, 1, -1);
    add(token_rate, {"tok/day"}, 1.0 / 86400, -1);
    add(token_rate, {"ktok/s"}, 1e3, -1);
    add(token_rate, {"mtok/s"}, 1e6, -1);
    add(sample_rate, {"sample/s"});
    add(sample_rate, {"sample/s/gpu", "sample/gpu/s"}, 1, 1);
    g.check = check;
    return g;
}

std::string source(const row& r) { return text_or(r, "source"); }
} // namespace

family training() {
    const training_step::constants c;
    const auto deviation = [](const char* stack) { return find_training_stack(std::string(stack)).deviation.si(); };
    family f;
    f.name = "training";
    f.reads = reads();
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
