// SPDX-License-Identifier: Apache-2.0
// How long one training step takes inside a site, term by term, from the model's shape, the plan and the devices' facts.
#pragma once

#include "calibration.hpp"
#include "fabric.hpp"
#include "pipeline.hpp"
#include "sustained.hpp"
#include "training_stack.hpp"
#include "transformer_work.hpp"

#include "../record/precision.hpp"
#include "../resource/accelerators.hpp"
#include "../units/saturate.hpp"

namespace uonaco::inline UONACO_ABI::training_step {

using generation = chip_generation;

/// One device. Rep: double, lanes or a dual number.
template <class Rep>
struct device {
    units::with_rep<units::flops, Rep> peak{};        ///< dense, 16 bits
    units::with_rep<units::flops, Rep> linear_peak{}; ///< dense, of the layers' products at their precision
    units::with_rep<units::memory_rate, Rep> memory_rate{};
    bool narrow = false; ///< the layers' products take 8 bits or fewer
    sustained_share matrices =
        sustained_default; ///< its best matrix product; `measured` says whether somebody measured one
};

/// Facts of a known model for training at a precision of the layers' products: attention, vocabulary, gradients and optimizer stay
/// at 16 and 32 bits. Where the device lacks the precision, 16 bits. Preconditions: its 16-bit peak and memory rate are known.
inline device<double> device_of(const accelerator& a, precision linear) {
    device<double> d;
    d.peak = a.peak.bf16 ? *a.peak.bf16 : *a.peak.fp16;
    const bool narrow = linear == precision::fp8 || linear == precision::fp4 || linear == precision::int8;
    d.narrow = narrow && a.peak.at(linear);
    d.linear_peak = d.narrow ? *a.peak.at(linear) : d.peak;
    d.memory_rate = *a.memory_rate;
    d.matrices = find_sustained(a.model);
    return d;
}

/// Of `sustained`, by the generation of the chip.
constexpr double of_generation(const constants& c, generation g) {
    return g == generation::ampere ? c.ampere.si() : g == generation::hopper ? c.hopper.si() : 1.0;
}

/// Where a step's time goes. Terms do not overlap: they add up.
template <class Rep>
struct terms {
    using duration = units::with_rep<units::duration, Rep>;
    duration compute{};          ///< matrix products and attention of the slowest stage, vocabulary included
    duration recompute{};        ///< forward passes again
    duration elementwise{};      ///< norms, residuals, non-linearities, casts
    duration tensor_exposed{};   ///< all-reduces among tensor-parallel ranks
    duration context_exposed{};  ///< keys and values among context-parallel ranks
    duration expert_exposed{};   ///< tokens on their way to experts and back
    duration bubble{};           ///< filling and draining the pipeline
    duration transfer_exposed{}; ///< between stages
    duration data_exposed{};     ///< gradients and weights among data-parallel ranks
    duration optimizer{};
    duration fixed{};
    duration launch{}; ///< of the kernels of experts, which devices wait for

    constexpr duration total() const {
        return units::saturate(compute + recompute + elementwise + tensor_exposed + context_exposed + bubble +
                               transfer_exposed + data_exposed + optimizer + fixed + expert_exposed + launch);
    }
    /// Each of them a number, whatever the rates were: units::saturate().
    constexpr terms saturated() const {
        return {units::saturate(compute),         units::saturate(recompute),
                units::saturate(elementwise),     units::saturate(tensor_exposed),
                units::saturate(context_exposed), units::saturate(expert_exposed),
                units::saturate(bubble),          units::saturate(transfer_exposed),
                units::saturate(data_exposed),    units::saturate(optimizer),
                units::saturate(fixed),           units::saturate(launch)};
    }
};

namespace detail {

/// The least whole number from x on, x >= 0.
constexpr double whole(double x) {
    const auto below = static_cast<double>(static_cast<long long>(x));
    return below < x ? below + 1.0 : below;
}

/// A product m x k by k x n is dealt out in tiles, wave by wave: time of all waves against that of full ones (NVIDIA, matrix
/// multiplication background guide). Libraries choose among shapes of tiles; the square one is taken at 0.95 of the rate of the
/// large ones: the mean error of the published steps is within 0.01 points of the same from 0.8 to 0.95. `count` products at once share
/// their waves.
constexpr double waves(double m, double n, int processors, double count = 1.0) {
    if (processors <= 0) return 1.0;
    struct tile {
        double rows, columns, rate;
    };
    constexpr tile tiles[] = {{128, 256, 1.0}, {256, 128, 1.0}, {128, 128, 0.95}};
    double best = 0;
    for (const tile& t : tiles) {
        const double dealt = count * whole(m / t.rows) * whole(n / t.columns);
        const double spent = whole(dealt / processors) * processors * t.rows * t.columns / (count * m * n * t.rate);
        best = best > 0 && best < spent ? best : spent;
    }
    return best;
}

struct shape {
    double m, n, k;     ///< m x k by k x n
    double count = 1.0; ///< so many of them at once
};

/// Time of a product in units of 2 m n k / rate, forward.
template <class Rep>
constexpr Rep spent_forward(const shape& s, Rep edge, int processors) {
    return waves(s.m, s.n, processors, s.count) * (2.0 * s.m * s.n * s.k * s.count) *
           (1.0 + edge * (1.0 / s.m + 1.0 / s.n + 1.0 / s.k));
}
/// Forward and backward: both gradients are products as well. That of the weights is added to a sum in 32 bits, read and written:
/// 8 bytes a weight, not 2.
template <class Rep>
constexpr Rep spent(const shape& s, Rep edge, int processors) {
    const double sides = 1.0 / s.n + 1.0 / s.k;
    return (2.0 * s.m * s.n * s.k * s.count) *
           ((waves(s.m, s.n, processors, s.count) + waves(s.m, s.k, processors, s.count)) *
                (1.0 + edge * (1.0 / s.m + sides)) +
            waves(s.n, s.k, processors, s.count) * (1.0 + edge * (4.0 / s.m + sides)));
}

/// How probable it is that one of n equal places has at least one of a token's k experts, chosen evenly: 1 - (1 - 1/n)^k.
/// O(log k).
constexpr double met(double k, double n) {
    double none = 1.0, factor = 1.0 - 1.0 / n;
    for (auto left = static_cast<unsigned long>(k); left > 0; left /= 2) {
        if (left % 2 == 1) none *= factor;
        factor *= factor;
    }
    return 1.0 - none;
}

} // namespace detail

/// One micro-batch on what a device holds of one layer, all its passes, and the vocabulary's product beside it.
template <class Rep>
struct layer_terms {
    using duration = units::with_rep<units::duration, Rep>;
    duration linear{}; ///< products, forward and backward
    duration linear_forward{};
    duration attention{};
    duration attention_forward{};
    duration elementwise{};
    duration elementwise_forward{};
    duration reduce_forward{};
    duration reduce_backward{};
    duration context_exposed{};
    duration exchange_forward{}; ///< dispatch and combine; as long again backward
    duration launch{};           ///< of the kernels of experts, all passes
    duration head{};
    units::with_rep<units::memory_rate, Rep> memory{}; ///< at which data moves

    constexpr duration again(recompute r) const {
        if (r == recompute::full) return linear_forward + attention_forward + elementwise_forward;
        return r == recompute::selective ? attention_forward : duration{};
    }
    constexpr duration reduce(recompute r) const {
        return reduce_forward + reduce_backward + (r == recompute::full ? reduce_forward : duration{});
    }
    constexpr duration exchange(recompute r) const { return (r == recompute::full ? 3.0 : 2.0) * exchange_forward; }
    constexpr duration total(recompute r) const {
        return linear + attention + elementwise + reduce(r) + context_exposed + again(r) + exchange(r) + launch;
    }
};

/// Of a plan only tensor, context, expert, micro_batch and sequence_parallel count. Preconditions as for step_time. O(1), no allocation.
template <class Rep>
constexpr layer_terms<Rep> layer_time(const transformer& model, const parallel_plan& plan, const device<Rep>& dev,
                                      const fabric<Rep>& links, const training_stack& stack, const constants& c = {}) {
    using units::max;
    using duration = units::with_rep<units::duration, Rep>;
    using memory_rate = units::with_rep<units::memory_rate, Rep>;
    using flops = units::with_rep<units::flops, Rep>;
    const auto bytes = [](double n) { return units::volume::from_si(8.0 * n); };
    const auto operations = [](Rep n) { return units::with_rep<units::work, Rep>::from_si(n); };

    const double h = static_cast<double>(model.hidden);
    const double heads = static_cast<double>(model.heads);
    const double f = model.width();
    const double w = model.attention_width();
    const double kv = model.kv_ratio();
    const double vocabulary = static_cast<double>(model.vocabulary);
    const double s = static_cast<double>(model.sequence);
    const double t = static_cast<double>(plan.tensor);
    const double cp = static_cast<double>(plan.context);
    const double tokens = static_cast<double>(plan.micro_batch) * s / cp;
    const double node = links.devices_per_node;

    // Rates. What a stack wastes, it wastes in all that is computed.
    const double slower = stack.deviation * (stack.tuned ? units::factor(1.0) : c.untuned);
    const double sustained = c.sustained * of_generation(c, dev.matrices.generation) / slower;
    const flops rate(sustained * dev.matrices.bf16.si() * dev.peak);
    const flops linear_rate(dev.narrow ? flops(sustained * c.narrow.si() * dev.matrices.fp8.si() * dev.linear_peak)
                                       : rate);
    const flops attention_rate((c.attention.si() * dev.matrices.bf16.si() / slower) * dev.peak);
    const memory_rate memory(dev.memory_rate / (c.traffic.si() * slower));
    // Operations a byte at which a product leaves the memory behind; both peaks double where numbers are half as wide.
    const Rep edge = c.edge.si() * 8.0 * dev.peak.si() / dev.memory_rate.si();
    const int processors = dev.matrices.processors;

    // A layer's products. Routers are taken to be balanced: e ranks send all their copies to all their experts.
    const double experts = transformer_work::experts_of_rank(model, plan);
    const double spread = transformer_work::expert_ranks(model, plan);
    const double copies = model.copies(); // of a token
    const double shared = model.shared_width();
    const double passed = copies * f + shared;
    // An expert is divided among te ranks, which see the tokens of te / t ranks each.
    const double te = model.mixture() ? transformer_work::expert_tensor_ranks(plan) : t;
    const double seen = te / t * copies;
    const double routed = model.mixture() ? tokens * seen * spread / static_cast<double>(model.experts) : tokens;
    const double projections = model.gated ? 2.0 : 1.0; // into the feed-forward block
    const detail::shape products[] = {{tokens, w * (1.0 + 2.0 * kv) / t, h},
                                      {tokens, h, w / t},
                                      {routed, projections * f / te, h, experts},
                                      {routed, h, f / te, experts}};
    Rep forward{}, both{};
    for (const detail::shape& x : products) {
        forward = forward + detail::spent_forward(x, edge, processors);
        both = both + detail::spent(x, edge, processors);
    }
    if (shared > 0.0)
        for (const detail::shape& x : {detail::shape{tokens, projections * shared / t, h}, {tokens, h, shared / t}}) {
            forward = forward + detail::spent_forward(x, edge, processors);
            both = both + detail::spent(x, edge, processors);
        }
    const duration linear_forward(operations(forward) / linear_rate);
    const duration linear(operations(both) / linear_rate);

    // Attention. Fused kernels compute the scores again in the backward pass: 5 products of it to 2 forward. Others write and read
    // them: 13 bytes a score forward (scores, softmax, dropout and its mask, read by the product), 20 backward.
    duration attention_forward, attention;
    if (stack.fused_attention) {
        attention_forward = operations(Rep(4.0 * stack.attended.si() * s * w / t * tokens)) / attention_rate;
        attention = 3.5 * attention_forward;
    } else {
        const Rep work = (4.0 * s * w / t * tokens) * (1.0 + edge * (2.0 / s + heads / w));
        const double scores = tokens * s * heads / t;
        attention_forward = operations(work) / rate + bytes(13.0 * scores) / memory;
        attention = 3.0 * (operations(work) / rate) + bytes(33.0 * scores) / memory;
    }

    // What only moves data, in bytes a token. Forward: two norms (read, write) and two residuals with dropout and mask, 22 h;
    // biases and layout of queries, keys, values, 12 w; the non-linearity, 4 f (two inputs: 6 f). Backward 34 h, 15 w, 6 f (10 f).
    const double whole = plan.sequence_parallel ? t : 1.0;
    double moved_forward = 22.0 * h / whole + (12.0 * w + (model.gated ? 6.0 : 4.0) * passed) / t;
    double moved_backward = 34.0 * h / whole + (15.0 * w + (model.gated ? 10.0 : 6.0) * passed) / t;
    if (model.mixture()) { // tokens are copied into the order of their experts, and added up again
        moved_forward += 4.0 * (1.0 + copies) * h / whole;
        moved_backward += 4.0 * (1.0 + copies) * h / whole;
    }
    if (dev.narrow) { // inputs of the products, and their gradients
        const double inputs = 1.0 + copies + (shared > 0.0 ? 1.0 : 0.0);
        moved_forward += c.cast_bytes * (inputs * h / whole + (w + passed) / t);
        moved_backward += c.cast_bytes * (inputs * h / whole + (w * (1.0 + 2.0 * kv) + projections * passed) / t);
    }
    const duration elementwise_forward(bytes(tokens * moved_forward) / memory);
    const duration elementwise(bytes(tokens * (moved_forward + moved_backward)) / memory);

    // Tensor parallelism: all-reduces, or the same bytes as all-gather and reduce-scatter. Where experts are elsewhere, half of the
    // blocks reduce the copies that came, among the ranks of an expert; what is shared is reduced among all.
    duration reduce_forward, reduce_backward;
    if (plan.tensor > 1) {
        const memory_rate wire(rate_of_group(links, t, node));
        const double part = t <= node ? c.scale_up.si() : c.scale_out.si();
        double reduced = spread > 1.0 ? 0.5 * (1.0 + copies) : 1.0;
        if (te < t) reduced = 0.5 * (1.0 + (te - 1.0) / te * t / (t - 1.0) * seen + (shared > 0.0 ? 1.0 : 0.0));
        reduce_forward =
            (stack.blocks_reduced * 2.0 * (t - 1.0) / t) * bytes(2.0 * tokens * reduced * h) / (part * wire);
        if (!stack.tensor_hidden_backward) reduce_backward = reduce_forward;
    }
    // Context parallelism: keys and values of the others; in the backward pass again, and their gradients.
    duration context_exposed;
    if (plan.context > 1) {
        const double in_node = uonaco::max(node / t, 1.0);
        const memory_rate wire(rate_of_group(links, cp, in_node));
        const double part = cp <= in_node ? c.scale_up.si() : c.scale_out.si();
        const duration gather(bytes((cp - 1.0) * 4.0 * tokens * w * kv / t) / (part * wire));
        if (stack.context_hidden)
            context_exposed = max(duration(gather - attention_forward), duration{}) +
                              max(duration(2.0 * gather - (attention - attention_forward)), duration{});
        else // the backward pass hides it as it does the all-reduces
            context_exposed = (stack.tensor_hidden_backward ? 1.0 : 3.0) * gather;
    }

    // Expert parallelism, C6: each rank sends its tokens to e ranks, in 16 bits, and gets them back. What stays in the node and what
    // leaves it, each rank by its own NIC, go at the same time. Ranks are numbered expert_tensor, expert for this.
    duration exchange_forward;
    if (spread > 1.0) {
        const double near = uonaco::min(uonaco::max(node / te, 1.0), spread);
        const double held = 2.0 * tokens * h / (te < t ? t : whole);
        const double k = model.active(), padded = model.capacity_factor.si();
        const double nodes = spread / near;
        const double to_rank = padded * (stack.tokens_once ? detail::met(k, spread) : k / spread);
        const double to_node = padded * (stack.tokens_once ? detail::met(k, nodes) : k / nodes);
        duration one;
        const double passed_on = stack.tokens_once ? nodes : 1.0; // what came by NIC goes on inside the node
        if (near > 1.0)
            one = bytes(held * (near - 1.0) * passed_on * to_rank) / (c.scale_up.si() * rate_in_node(links));
        if (near < spread)
            one = max(one, duration(bytes(held * (nodes - 1.0) * to_node) / (c.dispatch_out.si() * links.scale_out) +
                                    (spread - near) * c.hop));
        exchange_forward = 2.0 * stack.exchange_shown.si() * one;
    }
    duration launch;
    if (model.mixture()) launch = stack.layer_launch + (dev.narrow ? experts : 0.0) * stack.expert_launch;

    // Vocabulary: product at 16 bits, logits written and read for the loss, 16 bytes each.
    duration head;
    if (vocabulary > 0) {
        const detail::shape logits{tokens, vocabulary / t, h};
        head =
            operations(detail::spent(logits, edge, processors)) / rate + bytes(16.0 * tokens * vocabulary / t) / memory;
    }

    return {.linear = linear,
            .linear_forward = linear_forward,
            .attention = attention,
            .attention_forward = attention_forward,
            .elementwise = elementwise,
            .elementwise_forward = elementwise_forward,
            .reduce_forward = reduce_forward,
            .reduce_backward = reduce_backward,
            .context_exposed = context_exposed,
            .exchange_forward = exchange_forward,
            .launch = launch,
            .head = head,
            .memory = memory};
}

/// Layers of the fullest stage.
constexpr double layers_of_stage(const transformer& model, const parallel_plan& plan) {
    return detail::whole(static_cast<double>(model.layers) / static_cast<double>(plan.pipeline));
}
/// A micro-batch on the slowest stage: the last has the vocabulary on top, or instead of a layer where the layers do not divide.
template <class Rep>
constexpr units::with_rep<units::duration, Rep> slowest_stage(const transformer& model, const parallel_plan& plan,
                                                              const layer_terms<Rep>& of) {
    using duration = units::with_rep<units::duration, Rep>;
    const double most = layers_of_stage(model, plan);
    const bool even = most * static_cast<double>(plan.pipeline) <= static_cast<double>(model.layers);
    const duration layer = of.total(plan.recompute);
    const duration stage(most * layer);
    return even ? duration(stage + of.head) : units::max(stage, duration((most - 1.0) * layer + of.head));
}

/// M1: one step of `batch` sequences, T = t m + t' (p-1)/v + exposed communication + optimizer + fixed. t is a micro-batch on the
/// slowest stage: products by their shapes (waves of tiles, edges), attention, counted memory traffic, recompute, all-reduces of
/// tensor parallelism; t' leaves out the vocabulary, which the last stage has on top, or instead of a layer where the layers do not
/// divide. Ranks are numbered tensor, context, data, pipeline; for experts expert_tensor, expert, the rest, pipeline (parallel folding of
/// Megatron-Core). Rep (double, lanes or a dual number) is carried by the facts of device and fabric. Preconditions: layers, hidden,
/// heads, sequence, batch > 0, degrees >= 1, peaks and rates > 0 (scale_up where ranks share a node, scale_out where they span nodes).
/// O(1), no allocation.
template <class Rep>
constexpr terms<Rep> step_time(const transformer& model, const parallel_plan& plan, double batch,
                               const layer_terms<Rep>& of, const fabric<Rep>& links, const training_stack& stack,
                               const constants& c = {}) {
    using units::max;
    using duration = units::with_rep<units::duration, Rep>;
    using memory_rate = units::with_rep<units::memory_rate, Rep>;
    const auto bytes = [](double n) { return units::volume::from_si(8.0 * n); };

    const double h = static_cast<double>(model.hidden);
    const double vocabulary = static_cast<double>(model.vocabulary);
    const double t = static_cast<double>(plan.tensor);
    const double p = static_cast<double>(plan.pipeline);
    const double cp = static_cast<double>(plan.context);
    const double v = static_cast<double>(plan.virtual_stages);
    const double m = batch / (static_cast<double>(plan.data) * static_cast<double>(plan.micro_batch)); // micro-batches
    const double node = links.devices_per_node;

    const duration again = of.again(plan.recompute); // per layer
    const duration reduce = of.reduce(plan.recompute);
    const duration routed = of.exchange(plan.recompute);
    const double most = layers_of_stage(model, plan);
    const duration stage(most * of.total(plan.recompute));
    const duration slowest = slowest_stage(model, plan, of);

    terms<Rep> r;
    r.recompute = m * most * again;
    r.elementwise = m * most * of.elementwise;
    r.tensor_exposed = m * most * reduce;
    r.context_exposed = m * most * of.context_exposed;
    r.expert_exposed = m * most * routed;
    r.launch = m * most * of.launch;
    r.compute = m * (slowest - most * (again + of.elementwise + reduce + of.context_exposed + routed + of.launch));
    r.bubble = pipeline::fill(p, v) * stage;
    if (plan.pipeline > 1) {
        const double span =
            t * cp * static_cast<double>(plan.data); // how far apart neighbours of a pipeline are numbered
        const bool inside = span * p <= node;
        const memory_rate wire(inside ? memory_rate(c.scale_up.si() * rate_in_node(links))
                                      : memory_rate(c.scale_out.si() * links.scale_out));
        const duration transfer(pipeline::message(model, plan) / wire);
        // In and out share the NIC, activations and gradients the schedule's slot.
        r.transfer_exposed = (2.0 * (p - 1.0) + (stack.transfers_hidden ? 0.0 : 2.0 * v * m)) * transfer;
    }

    // Data parallelism.
    const double of_experts = transformer_work::expert_parameters(model);
    const double common = transformer_work::layer_parameters(model) - of_experts;
    const double held = (most * common + vocabulary * h) / t; // the first stage's
    const double ranks = cp * static_cast<double>(plan.data);
    // Experts: what a rank holds of them, and the ranks that hold the same.
    const double local =
        of_experts * transformer_work::experts_of_rank(model, plan) / static_cast<double>(model.experts);
    const double te = transformer_work::expert_tensor_ranks(plan);
    const double held_experts = model.mixture() ? most * local / te : 0.0;
    const double spread = transformer_work::expert_ranks(model, plan);
    const double alike = model.mixture() ? transformer_work::expert_replicas(model, plan) : 1.0;
    const double shared = plan.sharding == sharding::none ? 1.0 : ranks;
    const double shared_experts = plan.sharding == sharding::none ? 1.0 : alike;
    if (ranks > 1 || alike > 1.0) {
        const auto wire_of = [&](double group, double near) {
            return group <= near ? memory_rate(c.scale_up.si() * rate_in_node(links))
                                 : memory_rate(c.scale_out.si() * rate_of_group(links, group, near));
        };
        const double in_node = uonaco::min(uonaco::max(node / t, 1.0), ranks);
        const memory_rate wire = wire_of(ranks, in_node);
        const double gradient = stack.gradient_bytes;
        // All-reduced, or scattered and 16-bit weights gathered; what is not kept whole moves with every micro-batch.
        const double once = plan.sharding == sharding::none      ? 2.0 * gradient
                            : plan.sharding == sharding::weights ? gradient + 4.0
                                                                 : gradient + 2.0;
        const double every = plan.sharding == sharding::weights     ? m * once
                             : plan.sharding == sharding::gradients ? m * gradient + 2.0
                                                                    : once;
        const double passed = (ranks - 1.0) / ranks;
        duration exchange(bytes(passed * held * every) / wire);
        duration last(bytes(passed * held * once) / wire);
        if (held_experts > 0.0 && alike > 1.0) {
            const double near = node / (te * spread);
            const memory_rate wire_experts = wire_of(alike, uonaco::min(uonaco::max(near, 1.0), alike));
            const double sent = (alike - 1.0) / alike * held_experts;
            exchange = exchange + bytes(sent * every) / wire_experts;
            last = last + bytes(sent * once) / wire_experts;
        }
        if (stack.data_hidden) {
            // The first bucket is gathered before anything runs, the last reduced after all (Megatron Core: max(40e6, 1e6 ranks)
            // numbers). A pipeline's first chunk of layers has only its own micro-batch to hide behind.
            const double bucket = uonaco::min(uonaco::max(40e6, 1e6 * ranks), held);
            const duration ends(bytes(passed * bucket * (gradient + 2.0)) / wire + 2.0 * (ranks - 1.0) * c.hop);
            const duration passes(m * slowest + r.bubble + r.transfer_exposed);
            r.data_exposed = max(ends, duration(exchange - passes));
            if (plan.pipeline > 1) r.data_exposed = max(r.data_exposed, duration((last - slowest) / v));
        } else {
            r.data_exposed = exchange;
        }
    }
    // Adam: two moments and the 32-bit weight read and written, gradient read, 16-bit weight written; the norm reads it once more.
    r.optimizer = bytes(34.0 * held / shared + 34.0 * held_experts / shared_experts) / of.memory;
    r.fixed = c.fixed;
    return r.saturated();
}
/// The same from the devices' facts.
template <class Rep>
constexpr terms<Rep> step_time(const transformer& model, const parallel_plan& plan, double batch,
                               const device<Rep>& dev, const fabric<Rep>& links, const training_stack& stack,
                               const constants& c = {}) {
    return step_time(model, plan, batch, layer_time(model, plan, dev, links, stack, c), links, stack, c);
}

} // namespace uonaco::inline UONACO_ABI::training_step
