// SPDX-License-Identifier: Apache-2.0
// One replica of a model whose shape is known, in the numbers that an evaluation takes: what does not depend on the candidate.
#pragma once

#include "batch_server.hpp"
#include "serving.hpp"

namespace uonaco::inline UONACO_ABI::serving {

/// The model as the batching server takes it: what is cached of a token as stated, divided over key-value heads.
/// Precondition: m.shape.
constexpr batching::decoder decoder_of(const language_model& m) {
    batching::decoder d;
    d.shape = *m.shape;
    d.head_width = m.shape->head_width;
    if (m.kv_per_token.si() > 0) d.token_cache = m.kv_per_token;
    d.weights = m.precision;
    return d;
}

/// Whether the costs of a replica can be worked out.
constexpr bool can_serve(const language_model& m, const batching::device<double>& d, request_shape r) {
    const auto width = m.devices_per_replica;
    return m.shape && m.shape->layers >= 1 && m.shape->hidden >= 1 && m.shape->heads >= 1 &&
           m.shape->kv_heads.value_or(1) >= 1 && r.input >= 1 && r.output >= 1 && width >= 1 && width <= 1 << 20 &&
           d.products.si() > 0 && d.wide.si() > 0 && d.memory_rate.si() > 0 && d.memory.si() > 0 &&
           (width == 1 || d.link.si() > 0);
}

/// I1, I2, I3 of a replica of m.devices_per_replica devices: the state at which continuous batching settles (batching::steady), a prompt
/// alone, in as few iterations as hold it, and a token alone. All 0 where they cannot be worked out. O(1).
inline replica_features<double> served_replica(const language_model& m, const batching::device<double>& d,
                                               const serving_stack& s, request_shape r) {
    replica_features<double> out;
    if (!can_serve(m, d, r)) return out;
    const auto model = decoder_of(m);
    const int width = static_cast<int>(m.devices_per_replica);
    const double before = r.context + r.input; // when it starts to decode
    const auto costs = batching::costs_of(model, d, s, width);
    const batching::request_queue load{.input = static_cast<units::count>(before),
                                       .output = static_cast<units::count>(r.output)};
    const auto limits = batching::limits_of(model, d.memory, s, width, load, m.max_batch);
    const auto full = batching::steady(costs, limits, r.input, r.output, s.held.si(), 1.0, r.context);
    const double parts = limits.whole_prompts ? 1.0 : math::ceil(r.input / limits.tokens);
    const double pairs = r.input * (r.context + r.input / 2);

    out.service = full.sequences / (r.output * full.step);
    out.batch = limits.sequences < 1 ? 0.0 : full.sequences;
    out.prefill = parts * costs.step(0, 0, 0, r.input / parts, pairs / parts, 1 / parts);
    out.decode_full = full.step;
    out.decode_alone = costs.step(1, 1, before + s.held.si() * r.output, 0, 0, 1);
    out.resident = math::floor(batching::sequences_that_fit(model, d.memory, s, width, r.held));
    out.needed = batching::memory_of_one(model, s, width, batching::tokens_kept(s, before, r.output));
    return out;
}

} // namespace uonaco::inline UONACO_ABI::serving
