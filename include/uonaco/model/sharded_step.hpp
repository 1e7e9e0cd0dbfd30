// SPDX-License-Identifier: Apache-2.0
// One optimizer step of fully sharded data parallelism (FSDP, ZeRO-3): every device computes whole layers whose weights it gathers
// just before, and keeps its share of the states.
#pragma once

#include "fabric.hpp"

#include "../base/math.hpp"
#include "../record/parallel_plan.hpp"
#include "../record/precision.hpp"
#include "../resource/accelerator.hpp"
#include "../units/literals.hpp"
#include "../units/saturate.hpp"
#include "../workload/transformer.hpp"

namespace uonaco::inline UONACO_ABI::sharded_step {

/// The newest number format of the matrix units dates their instruction set: kernels written for an older one run, but reach
/// less of the peak.
enum class matrix_units : unsigned char { bf16, fp8, fp4 };
inline constexpr int matrix_units_count = 3;

constexpr matrix_units matrix_units_of(const accelerator& a) {
    return a.peak.fp4 ? matrix_units::fp4 : a.peak.fp8 ? matrix_units::fp8 : matrix_units::bf16;
}

/// One device and its links. Rep: double, lanes or a dual number.
template <class Rep>
struct device {
    units::with_rep<units::flops, Rep> peak{}; ///< dense, 16 bit: attention and vocabulary
    units::with_rep<units::flops, Rep>
        linear_peak{}; ///< dense, in the precision of the layers' projections; as `peak` in 16 bit
    units::with_rep<units::memory_rate, Rep> memory_rate{};
    fabric<Rep> links{};
    matrix_units generation = matrix_units::bf16;
};

/// What is trained. `plan` gives data (devices), micro_batch, recompute and sharding; its other degrees are 1.
struct task {
    transformer model{};
    units::count parameters = 0;        ///< N, embeddings included
    parallel_plan plan{};               ///< sharding::weights: full_shard; sharding::gradients: shard_grad_op
    units::count accumulation = 1;      ///< micro-steps before the optimizer steps
    precision linear = precision::bf16; ///< of the projections' multiplications; weights travel in 16 bit
};

/// Constants of the formulas. "Fitted": on 168 bf16 and 5 fp8 rows of MosaicML's llm-foundry benchmarks (MPT 125M-70B, sequences
/// of 512-65536, 8-512 A100 and H100), all rows together.
struct constants {
    // Shares of the peak. Published best multiplications are 271 of 312 TFLOP/s on A100 and 795 of 989 on H100
    // (ml-engineering, MAMF); layers see less since clocks fall under load.
    units::factor multiplication = 0.7593;     ///< fitted
    units::factor multiplication_fp8 = 0.8046; ///< of that share, where projections run in 8 bit; fitted
    units::factor attention_forward = 0.4645;  ///< of the causal half (kernels skip what the mask hides); fitted
    units::factor attention_backward = 0.269;  ///< likewise; fitted
    /// What is left of these shares on newer matrix units: bf16, fp8, fp4 (Ampere, Hopper, Blackwell and their kind). Those of
    /// fp8 are fitted. Those of fp4 are carried over: best multiplications of 1745 of 2250 TFLOP/s (B200, MAMF) against A100's
    /// share, with the same deviation from it as Hopper shows; attention between unchanged kernels and rewritten ones.
    units::factor multiplication_on[matrix_units_count] = {1.0, 0.8427, 0.814};
    units::factor attention_on[matrix_units_count] = {1.0, 0.5603, 0.4};

    // Bytes through device memory a token, forward and backward: norms, residuals, activation functions, biases and the operands
    // of multiplications (about 90 h a layer); the loss with its 32-bit copies.
    units::factor layer_bytes = 251.2;    ///< x h a layer; fitted
    units::factor logit_bytes = 42.0;     ///< x V; fitted
    units::factor optimizer_bytes = 28.0; ///< x N: weight, gradient and two moments in 32 bit, read and written (M1)
    units::factor weight_bytes = 2.0;     ///< on the wire, a parameter: 16 bit

    // Communication
    // Shares of the nominal rates that rings reach on the fast tier and on NICs: assumed; a fit that may finds 0.78 and 0.92.
    units::factor scale_up = 0.78;
    units::factor scale_out = 0.93;
    units::factor exposed = 0.935;      ///< share of the shorter of compute and communication that shows; fitted
    units::latency hop = 1.85_us;       ///< of a ring, a device and layer (C4's alpha); fitted
    units::duration overhead = 16.6_ms; ///< a step: launches, clipping, logging, data; fitted
    units::factor straggling = 0.004;   ///< of a step, a doubling of nodes: the slowest sets the pace; fitted

    friend constexpr bool operator==(const constants&, const constants&) = default;
};

/// Where the time of one step goes: all micro-steps together.
template <class Rep>
struct times {
    using duration = units::with_rep<units::duration, Rep>;
    duration multiplication{}; ///< of layers and vocabulary
    duration attention{};
    duration traffic{};       ///< of device memory
    duration communication{}; ///< gathers and reductions, hidden or not
    duration exposed{};       ///< what communication adds to compute
    duration overhead{};      ///< optimizer, fixed cost, waiting for the slowest
    duration step{};

    constexpr duration compute() const { return units::saturate(multiplication + attention + traffic); }
    /// Each of them a number, whatever the rates were: units::saturate().
    constexpr times saturated() const {
        return {units::saturate(multiplication),
                units::saturate(attention),
                units::saturate(traffic),
                units::saturate(communication),
                units::saturate(exposed),
                units::saturate(overhead),
                units::saturate(step)};
    }
};

namespace detail {
/// Parameters of a layer's matrices; the last is the one that leads back from the feed-forward width.
struct layer {
    double matrices;
    double last;
};
constexpr layer layer_of(const transformer& m) {
    const double h = static_cast<double>(m.hidden);
    const double down = h * m.width();
    return {h * h * (2.0 + 2.0 * m.kv_ratio()) + (m.gated ? 3.0 : 2.0) * down, down};
}
/// Transfers of all weights (or gradients) a micro-step, each (n-1)/n N: gather before forward, gather before backward, reduce.
constexpr double passes(sharding s, double accumulation) {
    if (s == sharding::weights) return 3.0;
    if (s == sharding::gradients) return 2.0;
    return 2.0 / accumulation; // one all-reduce a step, or what costs the same: reduce gradients, gather weights
}
template <class Rep>
constexpr units::with_rep<units::duration, Rep> work_at(double flop, units::with_rep<units::flops, Rep> speed) {
    return units::work::from_si(flop) / speed;
}
template <class Rep>
constexpr units::with_rep<units::duration, Rep> bytes_at(double bytes, units::with_rep<units::memory_rate, Rep> rate) {
    return units::memory::from_si(8.0 * bytes) / rate;
}
} // namespace detail

/// M1f, C4: T = accumulation (max(comp, comm) + x min(comp, comm)) + optimizer + overhead, all of it (1 + w log2(nodes)).
///  comp: projections 3 x 2 N_l tokens, vocabulary 3 x 2 h V tokens, attention 2 s h forward and 2.5 times that backward (flash,
///   causal half) over shares of the peak, and memory traffic. Full recomputation is one more forward pass, without the last
///   projection of each layer, whose result no gradient needs (PyTorch's checkpoints stop
///   early; a fit finds 0.68 of a pass for MPT's 2/3).
///  comm: passes x ((n-1)/n x 2 N over what one rank sees of the fabric + (n-1) L hops).
/// Preconditions: counts of the task >= 1 (vocabulary >= 0), peaks and memory_rate > 0, the rate that rate_of_group() gives > 0
/// where there is more than one device. O(1).
template <class Rep>
times<Rep> compute(const task& t, const device<Rep>& d, const constants& c = {}) {
    using units::max;
    using units::min;
    using duration = units::with_rep<units::duration, Rep>;
    const auto of = [](units::count n) { return static_cast<double>(n); };
    const double n = of(t.plan.data), layers = of(t.model.layers), h = of(t.model.hidden), s = of(t.model.sequence);
    const double accumulation = of(t.accumulation), parameters = of(t.parameters), vocabulary = of(t.model.vocabulary);
    const double tokens = of(t.plan.micro_batch) * s; // of a micro-step

    const bool again = t.plan.recompute == recompute::full;
    const bool attend_again = t.plan.recompute != recompute::none;
    const auto layer = detail::layer_of(t.model);
    const double projections =
        2.0 * tokens * layers * (3.0 * layer.matrices + (again ? layer.matrices - layer.last : 0.0));
    const double logits = 3.0 * 2.0 * tokens * h * vocabulary;
    const double attention = 2.0 * s * h * tokens * layers;

    const auto multiplication_share = c.multiplication * c.multiplication_on[static_cast<int>(d.generation)];
    const auto attention_share = c.attention_on[static_cast<int>(d.generation)];
    const bool narrow = size_of(t.linear) < size_of(precision::bf16);
    times<Rep> r;
    r.multiplication =
        detail::work_at<Rep>(projections, multiplication_share * (narrow ? c.multiplication_fp8 : units::factor(1.0)) *
                                              d.linear_peak) +
        detail::work_at<Rep>(logits, multiplication_share * d.peak);
    r.attention =
        detail::work_at<Rep>((attend_again ? 2.0 : 1.0) * attention, attention_share * c.attention_forward * d.peak) +
        detail::work_at<Rep>(2.5 * attention, attention_share * c.attention_backward * d.peak);
    r.traffic = detail::bytes_at<Rep>(c.layer_bytes * (again ? 4.0 / 3.0 : 1.0) * tokens * layers * h +
                                          c.logit_bytes * tokens * vocabulary,
                                      d.memory_rate);
    const duration compute = r.compute();

    if (n > 1.0) {
        const fabric<Rep> reached{.scale_up = c.scale_up * d.links.scale_up,
                                  .scale_out = c.scale_out * d.links.scale_out,
                                  .devices_per_node = d.links.devices_per_node};
        const double in_node = uonaco::min(n, d.links.devices_per_node);
        const auto rate = rate_of_group(reached, n, in_node);
        r.communication =
            detail::passes(t.plan.sharding, accumulation) *
            (detail::bytes_at<Rep>(c.weight_bytes * parameters * (n - 1.0) / n, rate) + (n - 1.0) * layers * c.hop);
    }
    const duration micro = max(compute, r.communication) + c.exposed * min(compute, r.communication);
    r.exposed = micro - compute;

    const double held = t.plan.sharding == sharding::none ? parameters : parameters / n;
    const duration rest = detail::bytes_at<Rep>(c.optimizer_bytes * held, d.memory_rate) + c.overhead;
    const double nodes = uonaco::max(n / d.links.devices_per_node, 1.0);
    const double slowest = 1.0 + c.straggling * math::log(nodes) / math::ln2;
    r.step = slowest * (accumulation * micro + rest);

    r.multiplication = accumulation * r.multiplication;
    r.attention = accumulation * r.attention;
    r.traffic = accumulation * r.traffic;
    r.communication = accumulation * r.communication;
    r.exposed = accumulation * r.exposed;
    r.overhead = r.step - accumulation * micro;
    return r.saturated();
}

/// Tokens of one device a second.
template <class Rep>
units::with_rep<units::frequency, Rep> throughput(const task& t, const times<Rep>& r) {
    return static_cast<double>(t.plan.micro_batch * t.accumulation * t.model.sequence) / r.step;
}

} // namespace uonaco::inline UONACO_ABI::sharded_step
