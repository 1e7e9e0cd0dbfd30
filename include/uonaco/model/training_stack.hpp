// SPDX-License-Identifier: Apache-2.0
// Generations of training software: what each hides behind computation and which kernels it brings.
#pragma once

#include "../record/parallel_plan.hpp"

namespace uonaco::inline UONACO_ABI {

struct training_stack {
    const char* name = "";
    bool fused_attention = true; ///< scores never go to memory (FlashAttention); causal work is skipped
    /// The backward pass reduces over tensor-parallel ranks while it computes gradients of weights.
    bool tensor_hidden_backward = true;
    bool data_hidden = true;      ///< gradients are reduced, and weights gathered, bucket by bucket during the passes
    bool transfers_hidden = true; ///< between pipeline stages
    bool context_hidden = true; ///< keys and values go round while attention computes; else they are gathered before it
    int blocks_reduced =
        2; ///< all-reduces of a layer and pass: 1 with a parallel block (attention beside feed-forward)
    units::ratio attended = 0.5;                     ///< of all scores, where fused: causal, less with a sliding window
    units::factor gradient_bytes = 4.0;              ///< as they are reduced
    sharding sharding_default = sharding::optimizer; ///< what it shards if nobody says otherwise
    // Mixtures of experts: what dispatchers and kernels of the experts cost. Fitted on 13 published steps of software that captures
    // attention and routers in graphs (docs/model/training_step.md).
    /// A token goes to a rank once, and over the NICs to a node once, however many of its experts are there; else a copy for each.
    bool tokens_once = true;
    units::ratio exchange_shown =
        1.0; ///< of dispatch and combine, what computation of another micro-batch does not hide
    /// What devices wait for small kernels and their host in each layer and micro-batch, and for each expert held where its tokens
    /// are cast to 8 bits.
    units::duration layer_launch = units::duration::from_si(1.74e-3);
    units::duration expert_launch = units::duration::from_si(0.183e-3);
    bool tuned = false; ///< its figures are a vendor's own, of tuned recipes
    /// Time of computation against that of a tuned stack (of an untuned one: beyond training_step::constants::untuned).
    /// Fitted with them on 64 published steps.
    units::factor deviation = 1.0;

    friend constexpr bool operator==(const training_stack&, const training_stack&) = default;
};

/// The first is for names that nobody knows: today's way, not tuned.
inline constexpr training_stack training_stacks[] = {
    {.name = ""},
    // Gradients in 16 bits, scores in memory (Narayanan et al. 2021).
    {.name = "megatron-2021",
     .fused_attention = false,
     .tensor_hidden_backward = false,
     .data_hidden = false,
     .transfers_hidden = false,
     .gradient_bytes = 2.0,
     .sharding_default = sharding::none,
     .deviation = 0.970},
    // bfloat16, so gradients in 32 bits. None of the fitted steps ran on it: its deviation is from one other, MT-NLG's 29.7 % of
    // the peak of 2,240 A100 (Smith et al. 2022, section 2.4).
    {.name = "megatron-deepspeed-2021",
     .fused_attention = false,
     .tensor_hidden_backward = false,
     .data_hidden = false,
     .transfers_hidden = false,
     .sharding_default = sharding::none,
     .deviation = 1.20},
    // Gradients in 32 bits; all-reduce beside the gradient of weights (Korthikanti et al. 2022).
    {.name = "megatron-2022",
     .fused_attention = false,
     .data_hidden = false,
     .transfers_hidden = false,
     .sharding_default = sharding::none,
     .tuned = true},
    // What MegaScale compares itself with: fused attention is among what it adds (NSDI 2024, table 3).
    {.name = "megatron-2023",
     .fused_attention = false,
     .data_hidden = false,
     .transfers_hidden = false,
     .sharding_default = sharding::none,
     .tuned = true},
    {.name = "mcore-2024", .deviation = 0.977},
    {.name = "nemo-2025", .gradient_bytes = 2.0, .tuned = true},
    // Whole iterations captured in a graph, experts cast by one kernel, exchanges beside computation (Megatron-Bridge 26.06 on): half
    // of them shows. Fitted on six published steps.
    {.name = "nemo-2026",
     .gradient_bytes = 2.0,
     .exchange_shown = 0.5,
     .layer_launch = units::duration::from_si(0.6e-3),
     .expert_launch = {},
     .tuned = true},
    // Parallel block; of the window's width nothing is published: half of what is causal.
    {.name = "megascale-2023", .blocks_reduced = 1, .attended = 0.25, .deviation = 0.955},
    // Keys and values are gathered before attention, gradients reduced in 32 bits (Llama 3, section 3.3).
    {.name = "llama3-2024", .context_hidden = false, .deviation = 1.11},
};

namespace detail {
struct stack_name {
    unsigned long family; ///< letters before the last hyphen
    int year;             ///< 0: none
};
constexpr stack_name split_stack(const char* name, unsigned long size) {
    unsigned long end = size;
    int year = 0, unit = 1;
    while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9' && unit <= 1000) {
        year += unit * (name[--end] - '0');
        unit *= 10;
    }
    if (unit != 10000 || end == 0 || name[end - 1] != '-') return {size, 0};
    return {end - 1, year};
}
constexpr bool same_text(const char* a, unsigned long m, const char* b, unsigned long n) {
    if (m != n) return false;
    for (unsigned long i = 0; i < n; ++i)
        if (a[i] != b[i]) return false;
    return true;
}
constexpr unsigned long text_length(const char* text) {
    unsigned long n = 0;
    while (text[n] != '\0') ++n;
    return n;
}
} // namespace detail

/// The stack of that name; else that of the same family ("nemo" of "nemo-2026") and the nearest year; else, of 2023 or before,
/// Megatron of its time; else the first of the table. O(stacks).
constexpr const training_stack& find_training_stack(const char* name, unsigned long size) {
    const auto asked = detail::split_stack(name, size);
    const training_stack* nearest = nullptr;
    int least = 0;
    for (const training_stack& s : training_stacks) {
        const unsigned long n = detail::text_length(s.name);
        if (detail::same_text(s.name, n, name, size)) return s;
        const auto known = detail::split_stack(s.name, n);
        if (n == 0 || !detail::same_text(s.name, known.family, name, asked.family)) continue;
        const int apart = asked.year < known.year ? known.year - asked.year : asked.year - known.year;
        if (nearest == nullptr || asked.year == 0 ? true : apart <= least) {
            nearest = &s;
            least = apart;
        }
    }
    // Megatron-LM lives on in Megatron Core.
    const bool core = detail::same_text("megatron", 8, name, asked.family) && (asked.year == 0 || asked.year > 2023);
    if (core) return find_training_stack("mcore-2024", 10);
    if (nearest != nullptr) return *nearest;
    if (asked.year == 0 || asked.year > 2023) return training_stacks[0];
    return find_training_stack(asked.year < 2022    ? "megatron-2021"
                               : asked.year == 2022 ? "megatron-2022"
                                                    : "megatron-2023",
                               13);
}
template <class Text>
    requires requires(const Text& text) { find_training_stack(text.data(), text.size()); }
constexpr const training_stack& find_training_stack(const Text& name) {
    return find_training_stack(name.data(), name.size());
}

} // namespace uonaco::inline UONACO_ABI
