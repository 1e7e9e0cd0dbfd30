// SPDX-License-Identifier: Apache-2.0
// Does the model fit: states and activations against device memory.
#pragma once

#include "calibration.hpp"
#include "transformer_work.hpp"

#include "../record/parallel_plan.hpp"
#include "../workload/training.hpp"

namespace uonaco::inline UONACO_ABI::memory_fit {

/// MEM1: bytes of weights, gradients and optimizer a parameter: 2 + 4 + 12, or 2 + 2 + 12 with gradients in 16 bits.
constexpr units::volume state_per_parameter(const training& t, const calibration& c) {
    const double gradient = size_of(t.gradient_precision).si() <= 16.0 ? 2.0 : 4.0;
    return units::volume::from_si(8.0 * (c.weight_bytes + gradient + c.optimizer_bytes));
}

/// MEM1: states of one device when they are spread evenly over `devices` of a site (ZeRO-3, FSDP).
template <class Rep>
constexpr auto states(const training& t, const calibration& c, units::with_rep<units::factor, Rep> devices) {
    return units::with_rep<units::memory, Rep>(static_cast<double>(t.parameters) * state_per_parameter(t, c) / devices);
}

/// MEM2: the least a device can keep, every layer recomputed: 2 s b h a layer and 34 s b h of the one at work. 0 where the shape is
/// not known: then the verdict covers the states only.
constexpr units::memory activations(const training& t, const calibration& c) {
    if (!t.shape) return {};
    const double sequences = t.plan ? static_cast<double>(t.plan->micro_batch) : 1.0;
    const double sbh = static_cast<double>(t.shape->sequence) * sequences * static_cast<double>(t.shape->hidden);
    return units::memory::from_si(8.0 * sbh *
                                  (c.activation_kept * static_cast<double>(t.shape->layers) + c.activation_working));
}

/// Bytes a parameter that a rank keeps in training with Adam in mixed precision.
struct state_bytes {
    units::factor weight = 2.0;     ///< 16 bits
    units::factor gradient = 4.0;   ///< accumulated in 32 bits; 2 where in 16
    units::factor optimizer = 12.0; ///< 32-bit weight and two moments

    friend constexpr bool operator==(const state_bytes&, const state_bytes&) = default;
};

/// MEM1: bytes a parameter where `ranks` data-parallel ranks share what `stage` names: 18, 6 + 12/d, 2 + 16/d or 18/d (ZeRO;
/// Rajbhandari et al. 2020). Precondition: ranks >= 1. O(1), as all of this header.
constexpr double state_per_parameter(sharding stage, double ranks, const state_bytes& b = {}) {
    const double part = 1.0 / ranks;
    return b.weight * (stage >= sharding::weights ? part : 1.0) +
           b.gradient * (stage >= sharding::gradients ? part : 1.0) +
           b.optimizer * (stage >= sharding::optimizer ? part : 1.0);
}

/// MEM1: states of the layers on one device; of the vocabulary too, once, where `with_embedding`. All data- and context-parallel
/// ranks share what is sharded. Experts are divided over t_e e ranks, so that only t c d / (t_e e) of them hold the same.
/// Precondition: that is at least 1.
constexpr units::memory states(const transformer& m, const parallel_plan& p, bool with_embedding = false,
                               const state_bytes& b = {}) {
    const double tensor = static_cast<double>(p.tensor);
    const double experts = transformer_work::expert_parameters(m);
    const double layers = static_cast<double>(m.layers);
    const double of_layers =
        layers * (transformer_work::layer_parameters(m) - experts) / static_cast<double>(p.pipeline);
    const double held = (of_layers + (with_embedding ? transformer_work::embedding_parameters(m) : 0.0)) / tensor;
    const double ranks = static_cast<double>(p.data) * static_cast<double>(p.context);
    const units::memory common = units::memory::from_si(8.0 * held * state_per_parameter(p.sharding, ranks, b));
    if (!m.mixture()) return common;
    const double share = transformer_work::experts_of_rank(m, p) / static_cast<double>(m.experts);
    const double of_rank =
        layers * experts * share / (static_cast<double>(p.pipeline) * transformer_work::expert_tensor_ranks(p));
    const double replicas = transformer_work::expert_replicas(m, p);
    return common + units::memory::from_si(8.0 * of_rank * state_per_parameter(p.sharding, replicas, b));
}

/// MEM2: what a layer keeps of a micro-batch for its backward pass, in 16 bits (Korthikanti et al. 2022, counted there for f = 4h and
/// as many key-value heads as heads): s b h (10 + 24/t + 5 a s/(h t)); with sequence parallelism the 10 is shared too. Selective
/// recompute, and attention that never writes its scores (`fused_attention`), keep none of the last term; full keeps the input. A mixture
/// keeps the insides of each expert that a token passes, and in 16 bits the input and the output of each (the gradient of the
/// router's weight needs the latter).
constexpr units::memory layer_activations(const transformer& m, const parallel_plan& p, bool fused_attention = false) {
    const double h = static_cast<double>(m.hidden);
    const double t = static_cast<double>(p.tensor);
    const double tokens =
        static_cast<double>(m.sequence) * static_cast<double>(p.micro_batch) / static_cast<double>(p.context);
    if (p.recompute == recompute::full) return units::memory::from_si(8.0 * tokens * 2.0 * h);
    // Inputs of the two blocks and of their norms, and the masks of two dropouts.
    const double routed = m.mixture() ? 4.0 * m.copies() : 0.0;
    const double whole = (10.0 + routed) * h / (p.sequence_parallel ? t : 1.0);
    // Queries, keys, values and what attention gives; inputs of the non-linearity and of the projection behind it.
    const double divided = (m.attention_width() * (4.0 + 4.0 * m.kv_ratio()) +
                            (m.gated ? 6.0 : 4.0) * (m.copies() * m.width() + m.shared_width())) /
                           t;
    const bool scores = p.recompute == recompute::none && !fused_attention;
    const double of_scores = scores ? 5.0 * static_cast<double>(m.heads) * static_cast<double>(m.sequence) / t : 0.0;
    return units::memory::from_si(8.0 * tokens * (whole + divided + of_scores));
}

/// MEM2: activations on a device of the first stage, which has p micro-batches under way: those of all L layers, and where stages are
/// interleaved (1 + (p-1)/(p v)) times that.
constexpr units::memory activations(const transformer& m, const parallel_plan& p, bool fused_attention = false) {
    const double stages = static_cast<double>(p.pipeline);
    const double v = static_cast<double>(p.virtual_stages);
    const double first = p.virtual_stages > 1 ? 1.0 + (stages - 1.0) / (stages * v) : 1.0;
    return units::memory(static_cast<double>(m.layers) * first * layer_activations(m, p, fused_attention));
}

} // namespace uonaco::inline UONACO_ABI::memory_fit
