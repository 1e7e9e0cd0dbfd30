// SPDX-License-Identifier: Apache-2.0
// Floating-point operations and parameters of a transformer, by the conventions in which throughput is published.
#pragma once

#include "../record/parallel_plan.hpp"
#include "../workload/training.hpp"

namespace uonaco::inline UONACO_ABI::transformer_work {

/// How scores of attention are counted: all s^2 of them (PaLM, Megatron, NeMo), or the half below the diagonal that a causal model
/// needs (Llama 3, Megatron-Bridge). A published utilisation says nothing unless it says which.
enum class attention : unsigned char { none, causal, full };

namespace detail {
constexpr double share(attention a) { return a == attention::full ? 1.0 : a == attention::causal ? 0.5 : 0.0; }
constexpr double number(units::count n) { return static_cast<double>(n); }
constexpr double layer(const transformer& m, double width) {
    const double h = detail::number(m.hidden);
    return h * m.attention_width() * (2.0 + 2.0 * m.kv_ratio()) + (m.gated ? 3.0 : 2.0) * h * width;
}
} // namespace detail

/// Weights of a layer's products: (2 + 2 r_kv) h w of attention (w its width), 2 or 3 h f of each feed-forward block. Biases, norms
/// and routers, a thousandth of that, are left out. O(1), as all of this header.
constexpr double layer_parameters(const transformer& m) { return detail::layer(m, m.held_width()); }
/// Those that a token meets: of E experts the k chosen ones. Of a dense model all.
constexpr double active_layer_parameters(const transformer& m) { return detail::layer(m, m.active_width()); }
/// Those of the experts, which expert parallelism divides: 2 or 3 h E f. 0 of a dense model.
constexpr double expert_parameters(const transformer& m) {
    return m.mixture() ? (m.gated ? 3.0 : 2.0) * detail::number(m.hidden) * detail::number(m.experts) * m.width() : 0.0;
}
/// Ranks among which the experts of a layer are divided: `expert` of the plan, but no more than there are experts.
constexpr double expert_ranks(const transformer& m, const parallel_plan& p) {
    if (!m.mixture() || p.expert < 1) return 1.0;
    return detail::number(p.expert < m.experts ? p.expert : m.experts);
}
/// Ranks among which one expert is divided: `expert_tensor` of the plan, at most t; where nothing is said, t.
constexpr double expert_tensor_ranks(const parallel_plan& p) {
    if (!p.expert_tensor || *p.expert_tensor >= p.tensor) return detail::number(p.tensor);
    return detail::number(*p.expert_tensor < 1 ? 1 : *p.expert_tensor);
}
/// Ranks that hold the same experts and exchange their gradients: t c d / (t_e e), at least 1.
constexpr double expert_replicas(const transformer& m, const parallel_plan& p) {
    const double folded = detail::number(p.tensor) / expert_tensor_ranks(p);
    const double ranks = detail::number(p.data) * detail::number(p.context) * folded;
    return max(ranks / expert_ranks(m, p), 1.0);
}
/// Data-parallel ranks come in groups of this, so that t_e e divides t c d. Preconditions: degrees >= 1.
constexpr units::count expert_group(const transformer& m, const parallel_plan& p) {
    if (!m.mixture()) return 1;
    const auto needed = static_cast<units::count>(expert_ranks(m, p) * expert_tensor_ranks(p));
    units::count common = needed, rest = p.tensor * p.context;
    while (rest != 0) {
        const units::count left = common % rest;
        common = rest;
        rest = left;
    }
    return needed / common;
}
/// Experts of a layer on the fullest rank; 1 of a dense model.
constexpr double experts_of_rank(const transformer& m, const parallel_plan& p) {
    if (!m.mixture()) return 1.0;
    const auto ranks = static_cast<units::count>(expert_ranks(m, p));
    return detail::number((m.experts + ranks - 1) / ranks);
}
constexpr double embedding_parameters(const transformer& m) {
    return detail::number(m.vocabulary) * detail::number(m.hidden);
}
/// All layers and the vocabulary: once where input and output share it (`tied`), else twice.
constexpr double parameters(const transformer& m, bool tied = true) {
    return detail::number(m.layers) * layer_parameters(m) + (tied ? 1.0 : 2.0) * embedding_parameters(m);
}
/// Of them, those that a token meets.
constexpr double active_parameters(const transformer& m, bool tied = true) {
    return detail::number(m.layers) * active_layer_parameters(m) + (tied ? 1.0 : 2.0) * embedding_parameters(m);
}

/// Parameters that a token of a training meets: as stated; else all but those of the experts that its shape says it does not meet.
constexpr double trained_parameters(const training& t) {
    const auto all = static_cast<double>(t.active_parameters.value_or(t.parameters));
    if (t.active_parameters || !t.shape || !t.shape->mixture()) return all;
    const transformer& m = *t.shape;
    const double idle = detail::number(m.layers) * (layer_parameters(m) - active_layer_parameters(m));
    return idle < all ? all - idle : all; // a shape of some other model says nothing
}

/// How far a stated count may be from that of its shape, which leaves out biases, norms, routers and positions and knows no layers unlike
/// the others and no compressed attention (DeepSeek-V3, 2412.19437, has 671e9: 7 % less), while names of models are rounded (LLaMA 7B,
/// 2302.13971, has 6.7e9: 4 %). A gate left out is more: a third of each block.
inline constexpr double count_tolerance = 0.1;
/// Tokens that a vocabulary has at most where none is stated: Gemma 3 (2503.19786).
inline constexpr double most_vocabulary = 262144;

/// Parameters that a shape may stand for: embeddings once (`tied`) and twice, of a vocabulary that is not stated none and the largest.
struct parameter_range {
    double least = 0;
    double most = 0;

    /// Times by which a stated count is beyond what the range and its tolerance allow; 1 within. Precondition: most > 0.
    constexpr double excess(double stated) const {
        const double low = least * (1.0 - count_tolerance), high = most * (1.0 + count_tolerance);
        return stated > high ? stated / high : stated < low ? stated / low : 1.0;
    }
};
constexpr parameter_range range_of(const transformer& m, double layer) {
    const double layers = detail::number(m.layers) * layer;
    const double embedding = m.vocabulary > 0 ? embedding_parameters(m) : most_vocabulary * detail::number(m.hidden);
    return {layers + embedding_parameters(m), layers + 2.0 * embedding};
}
constexpr parameter_range parameter_range_of(const transformer& m) { return range_of(m, layer_parameters(m)); }

/// What training does over what its shape does, in case they contradict: `parameters` say how much there is to do, the shape how well
/// devices do it. 1 where they agree. Precondition: a shape with layers and hidden > 0.
constexpr double work_over_shape(const training& t) {
    const transformer& m = *t.shape;
    if (!t.active_parameters) return parameter_range_of(m).excess(detail::number(t.parameters));
    return range_of(m, active_layer_parameters(m)).excess(detail::number(*t.active_parameters));
}

/// F1, scores and values of attention: 12 L w s a token for forward and backward, counted in full.
constexpr units::work attention_per_token(const transformer& m, attention counted) {
    return units::work::from_si(12.0 * detail::share(counted) * detail::number(m.layers) * m.attention_width() *
                                detail::number(m.sequence));
}

/// F1 by parameters, a token forward and backward: 6 N + 12 L w s (Kaplan et al. 2020; PaLM, appendix B, counts attention in full,
/// Llama 3 its causal half). `parameters`: the published N.
constexpr units::work by_parameters(double parameters, const transformer& m, attention counted) {
    return units::work::from_si(6.0 * parameters) + attention_per_token(m, counted);
}

/// F1 by shape, as NVIDIA's recipes have it, a token forward and backward: 12 L h^2 (1 + r_kv + s/h) + (18 | 12) L h f + 6 V h.
/// Of a mixture f is k f_e and what is shared: active parameters count.
constexpr units::work by_shape(const transformer& m, attention counted) {
    return units::work::from_si(6.0 *
                                (detail::number(m.layers) * active_layer_parameters(m) + embedding_parameters(m))) +
           attention_per_token(m, counted);
}

/// F1 as Megatron-LM has it, of a step of `batch` sequences: 72 B s L h^2 (1 + s/6h + V/12Lh). `executed` adds the second forward
/// pass of full recompute: 96 B s L h^2 (1 + s/6h + V/16Lh) (Narayanan et al. 2021). It holds for GPT: f = 4h, no gate, as many
/// key-value heads as heads. Preconditions: layers, hidden > 0.
constexpr units::work megatron_step(const transformer& m, double batch, bool executed = false) {
    const double layers = detail::number(m.layers);
    const double h = detail::number(m.hidden);
    const double factor = executed ? 96.0 : 72.0;
    return units::work::from_si(
        factor * batch * detail::number(m.sequence) * layers * h * h *
        (1.0 + detail::number(m.sequence) / (6.0 * h) + detail::number(m.vocabulary) / (factor / 6.0 * layers * h)));
}

} // namespace uonaco::inline UONACO_ABI::transformer_work
