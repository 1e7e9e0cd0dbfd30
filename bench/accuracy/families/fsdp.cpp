// SPDX-License-Identifier: Apache-2.0
// FSDP throughput, tokens/s a device: sharded_step.hpp.
#include "../devices.hpp"
#include "../family.hpp"

#include <uonaco/model/sharded_step.hpp>
#include <uonaco/resource/accelerators.hpp>

#include <algorithm>
#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;
using namespace uonaco::literals;

constexpr node nodes[] = {
    {"a10040", "A100 SXM 40GB", 25_GBps}, {"a100", "A100 SXM 80GB", 25_GBps},    {"h100", "H100 SXM", 50_GBps},
    {"h200", "H200 SXM", 50_GBps},        {"gh200", "H200 SXM", 50_GBps, 1},     {"h800", "H800 SXM", 50_GBps},
    {"b200", "B200 SXM", 50_GBps},        {"gb200", "GB200", 50_GBps, 72},       {"b300", "GB300", 100_GBps},
    {"gb300", "GB300", 100_GBps, 72},     {"mi300", "MI300X", 50_GBps},          {"mi325", "MI325X", 50_GBps},
    {"mi355", "MI355X", 50_GBps},         {"v100", "V100 SXM2 32GB", 12.5_GBps}, {"l40s", "L40S", 25_GBps},
};
constexpr const node& unknown = nodes[2];

const node& node_of(const std::string& device) {
    const node* n = find_node(nodes, device);
    return n != nullptr ? *n : unknown;
}

sharded_step::device<double> device_of(const std::string& name, precision linear) {
    const node& n = node_of(name);
    const accelerator* a = find_accelerator(name);
    if (a == nullptr || !a->memory_rate || !a->interconnect_rate || !(a->peak.bf16 || a->peak.fp16))
        a = find_accelerator(n.model);
    const units::flops peak = a->peak.bf16 ? *a->peak.bf16 : *a->peak.fp16;
    return {.peak = peak,
            .linear_peak = a->peak.at(linear).value_or(peak),
            .memory_rate = *a->memory_rate,
            .links = {.scale_up = 0.5 * *a->interconnect_rate, .scale_out = n.scale_out, .devices_per_node = n.devices},
            .generation = sharded_step::matrix_units_of(*a)};
}

sharded_step::constants made_of(const constants& x) {
    sharded_step::constants c;
    c.multiplication = x[0];
    c.multiplication_on[1] = x[1];
    c.multiplication_fp8 = x[2];
    c.attention_forward = x[3];
    c.attention_backward = x[4];
    c.attention_on[1] = x[5];
    c.layer_bytes = x[6];
    c.logit_bytes = x[7];
    c.overhead = x[8] * 1_ms;
    c.exposed = x[9];
    c.straggling = x[10];
    c.hop = x[11] * 1_us;
    return c;
}

double predict(const row& r, const constants& x) {
    constexpr units::count vocabulary = 50368; // of MPT; the tables have no column for it
    const bool narrow = r.has("precision") && folded(r.text("precision")).find("fp8") != std::string::npos;
    sharded_step::task t;
    t.linear = narrow ? precision::fp8 : precision::bf16;
    t.model.layers = r.whole("layers");
    t.model.hidden = r.whole("hidden");
    t.model.vocabulary = vocabulary;
    t.model.sequence = r.whole("sequence");
    t.parameters = static_cast<units::count>(std::llround(1e9 * r.number("params_b")));
    t.plan.data = r.whole("gpus");
    // gpus x micro_batch x grad_accum = global_batch: two of the four give the rest
    const double batch = r.number_or("global_batch", 0) / r.number("gpus");
    const double accumulation = r.number_or("grad_accum", r.has("micro_batch") ? batch / r.number("micro_batch") : 1);
    t.accumulation = std::max(1LL, std::llround(accumulation));
    t.plan.micro_batch =
        std::max(1LL, std::llround(r.number_or("micro_batch", batch / static_cast<double>(t.accumulation))));
    t.plan.recompute = r.flag("activation_checkpointing") ? recompute::full : recompute::none;
    t.plan.sharding =
        r.has("sharding") && r.text("sharding") == "shard_grad_op" ? sharding::gradients : sharding::weights;
    const auto times = sharded_step::compute(t, device_of(r.text("device"), t.linear), made_of(x));
    return sharded_step::throughput(t, times).si();
}

std::string group(const row& r) { return r.text("device"); }
std::string subset(const row& r) { return r.text("device") + " " + r.text("precision"); }
} // namespace

family fsdp() {
    const sharded_step::constants c;
    // Starts: best multiplications published for A100 and H100 (ml-engineering, MAMF); attention kernels of one generation on both:
    // 73 % of A100's peak (FlashAttention-2, arXiv 2307.08691), 370 of 989 TFLOP/s on H100 (FlashAttention-3's figures of it).
    return {.name = "fsdp",
            .fitted = {{"multiplication, share of peak", c.multiplication, 0.869, 0.5, 1.0},
                       {"multiplication on fp8 units", c.multiplication_on[1], 0.925, 0.5, 1.1, 0.03},
                       {"multiplication in fp8", c.multiplication_fp8, 0.8, 0.4, 1.0, 0.1},
                       {"attention forward, share of peak", c.attention_forward, 0.45, 0.1, 0.8},
                       {"attention backward, share of peak", c.attention_backward, 0.27, 0.1, 0.8},
                       {"attention on fp8 units", c.attention_on[1], 0.51, 0.2, 1.1, 0.1},
                       {"layer traffic, bytes x h", c.layer_bytes, 200, 50, 500},
                       {"loss traffic, bytes x V", c.logit_bytes, 24, 4, 100},
                       {"overhead of a step, ms", c.overhead.si() * 1e3, 10, 0, 100},
                       {"exposed share", c.exposed, 0.5, 0, 1},
                       {"straggling a doubling of nodes", c.straggling, 0.005, 0, 0.05},
                       {"hop, us", c.hop.si() * 1e6, 1, 0, 10}},
            .predict = predict,
            .group = group,
            .subset = subset};
}

} // namespace accuracy
