// SPDX-License-Identifier: Apache-2.0
// FSDP throughput, tokens/s a device: sharded_step.hpp.
#include "../devices.hpp"
#include "../family.hpp"
#include "../sheet.hpp"

#include <uonaco/model/sharded_step.hpp>
#include <uonaco/resource/accelerators.hpp>

#include <algorithm>
#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;
using namespace uonaco::literals;

sharded_step::device<double> device_of(const std::string& name, precision linear) {
    const node* known = find_node(name);
    const node n = known != nullptr ? *known : node{};
    const accelerator* a = find_device(name);
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
    const bool narrow = r.text("precision") == "fp8";
    sharded_step::task t;
    t.linear = narrow ? precision::fp8 : precision::bf16;
    t.model.layers = r.whole("layers");
    t.model.hidden = r.whole("hidden");
    t.model.vocabulary = vocabulary;
    t.model.sequence = r.whole("sequence");
    t.parameters = static_cast<units::count>(std::llround(1e9 * r.number("params_b")));
    t.plan.data = r.whole("gpus");
    // gpus x micro_batch x grad_accum = global_batch: two of the last three give the third
    const double batch = r.number_or("global_batch", 0) / r.number("gpus");
    const double accumulation = r.number_or("grad_accum", r.has("micro_batch") ? batch / r.number("micro_batch") : 1);
    t.accumulation = std::max(1LL, std::llround(accumulation));
    t.plan.micro_batch =
        std::max(1LL, std::llround(r.number_or("micro_batch", batch / static_cast<double>(t.accumulation))));
    t.plan.recompute = r.flag("activation_checkpointing") ? recompute::full : recompute::none;
    t.plan.sharding = r.text("sharding") == "shard_grad_op" ? sharding::gradients : sharding::weights;
    const auto times = sharded_step::compute(t, device_of(r.text("device"), t.linear), made_of(x));
    return sharded_step::throughput(t, times).si();
}

bool enough(const accelerator& a) { return a.memory_rate && a.interconnect_rate && (a.peak.bf16 || a.peak.fp16); }

void check(const row& r, findings& f) {
    check_device(r, f, enough, "a 16-bit peak, a memory rate and a scale-up rate");
    const double gpus = r.number("gpus"), micro = r.number_or("micro_batch", 0), steps = r.number_or("grad_accum", 0),
                 batch = r.number_or("global_batch", 0);
    if ((micro > 0) + (steps > 0) + (batch > 0) < 2)
        f.wrong("micro_batch", "two of micro_batch, grad_accum and global_batch");
    else if (micro > 0 && steps > 0 && batch > 0 && gpus * micro * steps != batch)
        f.wrong("global_batch", "gpus x micro_batch x grad_accum = " + digits(gpus * micro * steps, 9));
    else if (batch > 0 && std::fmod(batch, gpus * (micro > 0 ? micro : 1) * (steps > 0 ? steps : 1)) != 0)
        f.wrong("global_batch", "a multiple of " + digits(gpus * (micro > 0 ? micro : 1) * (steps > 0 ? steps : 1), 9));
    if (f.understood() && find_node(r.text("device")) == nullptr)
        f.assumed("device", "nodes of 8 with 50 GB/s of NIC a device assumed");
}

grammar reads() {
    grammar g;
    g.columns = {{"device", cell_type::text},
                 {"gpus", cell_type::whole, nullptr, 1},
                 {"params_b", cell_type::number, nullptr, 0},
                 {"hidden", cell_type::whole, nullptr, 1},
                 {"layers", cell_type::whole, nullptr, 1},
                 {"sequence", cell_type::whole, nullptr, 1},
                 {"micro_batch", cell_type::whole, "", 1},
                 {"grad_accum", cell_type::whole, "", 1},
                 {"global_batch", cell_type::whole, "", 1},
                 {"precision",
                  cell_type::word,
                  nullptr,
                  0,
                  0,
                  {{"bf16", {"amp_bf16", "fp16", "amp_fp16", "bf16/fp16", "bfloat16", "16 bit"}},
                   {"fp8", {"amp_fp8", "float8"}}}},
                 {"sharding",
                  cell_type::word,
                  nullptr,
                  0,
                  0,
                  {{"full_shard", {"full", "zero-3", "zero3"}}, {"shard_grad_op", {"grad_op", "zero-2", "zero2"}}}},
                 {"activation_checkpointing", cell_type::flag}};
    g.units = {
        {"tok/s/GPU", {"tok/s/gpu", "tok/gpu/s"}}, {"tok/s/GPU", {"tok/s"}, 1, -1}, {"tok/s/GPU", {"ktok/s/gpu"}, 1e3}};
    g.check = check;
    return g;
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
            .reads = reads(),
            .predict = predict,
            .group = group,
            .subset = subset};
}

} // namespace accuracy
