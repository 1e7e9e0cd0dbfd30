// SPDX-License-Identifier: Apache-2.0
// A server of a language model with continuous batching: what one iteration costs, how many sequences it holds, how
// long a queue of equal requests takes from the first to the last, and the throughput it settles at.
#pragma once

#include "serving_stack.hpp"
#include "sustained.hpp"

#include "../base/assert.hpp"
#include "../base/math.hpp"
#include "../units/maybe.hpp"
#include "../workload/transformer.hpp"

namespace uonaco::inline UONACO_ABI::batching {

/// The served model: its shape, and the formats of weights and cache. Embedding and head stay in 16 bits.
struct decoder {
    transformer shape{};
    maybe<units::count> head_width{};   ///< unknown: hidden / heads
    maybe<units::memory> token_cache{}; ///< keys and values of a token; unknown: 2 x layers x kv heads x head
    precision weights = precision::fp8;
    precision cache = precision::fp8;

    friend constexpr bool operator==(const decoder&, const decoder&) = default;

    constexpr double layers() const { return static_cast<double>(shape.layers); }
    constexpr double hidden() const { return static_cast<double>(shape.hidden); }
    constexpr double kv_heads() const { return static_cast<double>(shape.kv_heads.value_or(shape.heads)); }
    constexpr double head() const {
        return head_width ? static_cast<double>(*head_width)
                          : static_cast<double>(shape.hidden) / static_cast<double>(shape.heads);
    }
    /// Parameters of a layer: queries, keys, values and the projection back; one expert, and all of them; the block that every
    /// token passes; and of embedding or head.
    constexpr double attention() const {
        return 2.0 * hidden() * head() * (static_cast<double>(shape.heads) + kv_heads());
    }
    constexpr double expert() const { return (shape.gated ? 3.0 : 2.0) * hidden() * shape.width(); }
    constexpr double experts() const { return (shape.mixture() ? static_cast<double>(shape.experts) : 1.0) * expert(); }
    constexpr double shared() const { return (shape.gated ? 3.0 : 2.0) * hidden() * shape.shared_width(); }
    constexpr double vocabulary() const { return hidden() * static_cast<double>(shape.vocabulary); }
    constexpr double active() const { return layers() * (attention() + shared() + shape.active() * expert()); }
    constexpr double parameters() const { return layers() * (attention() + shared() + experts()) + 2.0 * vocabulary(); }
    /// One weight of the layers: 4-bit formats carry an 8-bit scale for 16 of them (NVFP4).
    constexpr units::memory weight() const {
        return weights == precision::fp4 ? units::memory::from_si(4.5) : size_of(weights);
    }
    constexpr units::memory stored() const {
        return (parameters() - 2.0 * vocabulary()) * weight() + 2.0 * vocabulary() * size_of(precision::bf16);
    }
    constexpr units::memory cached_token() const {
        return token_cache.value_or(units::memory(2.0 * layers() * kv_heads() * head() * size_of(cache)));
    }
};

/// One device of a replica. Rep: double, or a dual number for what a rate is worth.
template <class Rep>
struct device {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    of<units::flops> products{}; ///< sustained, at the precision in which the layers compute
    of<units::flops> wide{};     ///< sustained, in 16 bits
    of<units::memory_rate> memory_rate{};
    of<units::memory_rate> link{}; ///< to the other devices of the replica, one direction
    units::memory memory{};        ///< as its driver reports it
    bool on_bus = false;           ///< that link is the host's PCIe
    serving_deviation deviation{};
};

/// What a driver reports of memory that is sold as so many GB: they count 2^30 bytes, less a reserve (H100 85.5e9, H200
/// 150.7e9, B200 192.2e9 bytes); on GDDR boards error correction takes another 1/16.
constexpr units::memory reported_memory(units::memory sold, bool gddr = false) {
    return 1.073741824 * 0.995 * (gddr ? 0.9375 : 1.0) * sold;
}

/// The facts of a device for a model's precision. Where it has no peak for that format, weights are widened as they are
/// read: the next wider format's peak counts. Precondition: a has a 16-bit peak, memory and memory rate.
constexpr device<double> device_of(const accelerator& a, precision weights, bool gddr = false) {
    const sustained_share share = find_sustained(a.model);
    const auto wide = a.peak.bf16.value_or(a.peak.fp16.value_or(units::flops{}));
    auto computed = weights;
    if (computed == precision::fp4 && !a.peak.fp4) computed = precision::fp8;
    if (computed == precision::fp8 && !a.peak.fp8 && a.peak.int8) computed = precision::int8;
    const bool has = static_cast<bool>(a.peak.at(computed));
    device<double> d;
    d.products = has ? at(share, computed) * *a.peak.at(computed) : units::flops(share.bf16 * wide);
    d.wide = share.bf16 * wide;
    d.memory_rate = share.memory * a.memory_rate.value_or(units::memory_rate{});
    d.link = a.interconnect_rate.value_or(units::memory_rate{}) / 2.0;
    d.memory = reported_memory(a.memory.value_or(units::memory{}), gddr);
    d.on_bus = d.link.si() <= 8.0 * 64e9; // PCIe 5 x16
    d.deviation = find_serving_deviation(a.model);
    return d;
}

/// Sustained rates move with the power limit, (limit / nominal)^exponent. Preconditions: both > 0.
inline units::factor clock_at(units::power limit, units::power nominal, units::ratio exponent) {
    return units::factor(math::pow(limit.si() / nominal.si(), exponent.si()));
}

/// What one iteration of a replica costs, piece by piece.
template <class Rep>
struct step_costs {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    of<units::duration> token{};   ///< products of the layers for one token
    of<units::duration> logits{};  ///< product with the head for one sequence
    of<units::duration> weights{}; ///< reading what every token needs
    of<units::duration> experts{}; ///< reading all experts
    of<units::duration> cached{};  ///< reading keys and values of one token
    of<units::duration> pair{};    ///< attention of one prompt token to one before it
    of<units::duration> traffic{}; ///< what layers hand on, through memory and over links, for one token
    of<units::duration> fixed{};
    of<units::duration> sequence{};
    double untouched = 0; ///< ln of the share of experts that one token leaves alone; 0: no experts

    /// I2 with I1: `decoded` tokens of `sequences` sequences (more tokens where a graph is padded) that hold `resident`
    /// tokens, beside `prompt` tokens of prompts with `pairs` of attention; `emitting` sequences ask for logits.
    /// Products overlap with reading their weights, root of the sum of squares; attention, exchanges and overheads come
    /// one after the other.
    constexpr of<units::duration> step(double decoded, double sequences, double resident, double prompt, double pairs,
                                       double emitting) const {
        const double tokens = decoded + prompt;
        Rep reading = weights.si();
        if (untouched < 0.0) reading = reading + experts.si() * (1.0 - math::exp(untouched * tokens));
        const Rep products = token.si() * tokens + logits.si() * emitting;
        return of<units::duration>::from_si(math::sqrt(products * products + reading * reading) +
                                            cached.si() * resident + pair.si() * pairs + traffic.si() * tokens +
                                            fixed.si() + sequence.si() * sequences);
    }
};

/// Costs of a replica on `width` devices (tensor parallel). Preconditions: all rates > 0 (the link only if width > 1),
/// width >= 1.
template <class Rep>
constexpr step_costs<Rep> costs_of(const decoder& m, const device<Rep>& d, const serving_stack& s, int width) {
    using duration = units::with_rep<units::duration, Rep>;
    const double t = width;
    const double layers = m.layers(), hidden = m.hidden();
    const double q = static_cast<double>(m.shape.heads) * m.head(), kv = m.kv_heads() * m.head();
    const auto gemm = s.gemm * d.deviation.gemm;
    const auto products = t * gemm * (m.weights == precision::fp4 ? s.gemm_fp4 : units::ratio(1.0)) * d.products;
    const auto memory = s.memory * d.deviation.memory * d.memory_rate;
    const auto flop = [](double x) { return units::work::from_si(x); };
    const auto wide = size_of(precision::bf16);

    step_costs<Rep> c;
    c.token = flop(2.0 * m.active()) / products;
    c.logits = flop(2.0 * m.vocabulary()) / (t * gemm * d.wide);
    c.weights = (layers * (m.attention() + m.shared()) * m.weight() + m.vocabulary() * wide) / (t * memory);
    c.experts = layers * m.experts() * m.weight() / (t * memory);
    if (m.shape.mixture()) {
        const double share = m.shape.active() / static_cast<double>(m.shape.experts);
        c.untouched = share < 1.0 ? math::log(1.0 - share) : -700.0;
    } else {
        c.weights += c.experts;
    }
    // Beyond a head a device, keys and values are kept more than once; a latent cache is one head.
    c.cached = m.cached_token() / (uonaco::min(t, m.kv_heads()) * memory);
    c.pair = flop(4.0 * q * layers) / (t * s.attention * d.wide);
    // Results of products are written once in 16 bits; who reads them next finds them in the last-level cache.
    const double results = q + 2.0 * kv + 2.0 * hidden + 2.0 * m.shape.active_width();
    c.traffic = layers * results * wide / (t * d.memory_rate);
    c.fixed = layers * d.deviation.overhead * s.layer;
    if (width > 1) { // two all-reduces a layer (C1)
        const auto link = s.link * (d.on_bus ? s.bus : units::ratio(1.0)) * d.link;
        c.traffic += 2.0 * layers * (2.0 * (t - 1.0) / t) * hidden * wide / link;
        c.fixed += duration(2.0 * layers * math::log(t) / math::ln2 * s.exchange);
    }
    c.sequence = d.deviation.overhead * s.sequence;
    return c;
}

/// What a replica's scheduler keeps to.
struct limits {
    double sequences = 0;       ///< at a time; below 1 the model does not fit
    double tokens = 0;          ///< of an iteration
    bool whole_prompts = false; ///< a prompt is computed in one iteration
    double largest_graph = 0;   ///< decoding is padded up to this batch; 0: it is not
};

/// Equal requests, all there from the start.
struct request_queue {
    units::count requests = 0;
    units::count input = 0; ///< tokens
    units::count output = 1;
};

namespace detail {
inline double up(double x, double step) { return math::ceil(x / step) * step; }
} // namespace detail

/// I3: sequences of so many tokens, in whole blocks, that a replica can keep; below 1 the model does not fit. `memory` is a device's.
inline double sequences_that_fit(const decoder& m, units::memory memory, const serving_stack& s, int width,
                                 double held) {
    const double t = width;
    const double room = (s.cache_share * (t * memory - m.stored() - t * s.workspace)).si();
    const double token = uonaco::max(t / m.kv_heads(), 1.0) * m.cached_token().si();
    return uonaco::max(room, 0.0) / (token * detail::up(held, static_cast<double>(s.block)));
}
/// Memory of a device with which exactly one fits.
inline units::memory memory_of_one(const decoder& m, const serving_stack& s, int width, double held) {
    const double t = width;
    const auto token = uonaco::max(t / m.kv_heads(), 1.0) * m.cached_token();
    const auto sequence = token * detail::up(held, static_cast<double>(s.block));
    return units::memory((sequence / s.cache_share + m.stored()) / t + s.workspace);
}
/// Tokens of a sequence for which the stack keeps room.
constexpr double tokens_kept(const serving_stack& s, double input, double output) {
    return input + (s.reserved ? 1.0 : s.held.si()) * output;
}

/// Limits that a stack sets itself for a load. `memory` is a device's; max_batch 0: the stack's own. Where `tuned`,
/// batch and tokens are rounded as trtllm-bench does (TensorRT-LLM, bench/build/tuning.py and
/// bench/benchmark/utils/general.py).
inline limits limits_of(const decoder& m, units::memory memory, const serving_stack& s, int width,
                        const request_queue& q, units::count max_batch = 0) {
    using uonaco::max;
    using uonaco::min;
    const double t = width;
    const double in = static_cast<double>(q.input), out = static_cast<double>(q.output);
    const double token = max(t / m.kv_heads(), 1.0) * m.cached_token().si();
    const double fit = sequences_that_fit(m, memory, s, width, tokens_kept(s, in, out));
    const double cap = static_cast<double>(max_batch > 0 ? max_batch : s.max_batch);
    limits l;
    l.whole_prompts = s.whole_prompts;
    l.tokens = static_cast<double>(s.max_tokens);
    double batch = cap;
    if (s.tuned) {
        const double weights = m.parameters() * (m.weights == precision::fp4 ? 4.0 : size_of(m.weights).si());
        const double guess = max(s.cache_share.si() * (t * memory.si() - weights) / (token * (in + out)), 1.0);
        const double b = min(guess, cap);
        batch = b < 256 ? max(64.0, detail::up(b, 32)) : b < 1024 ? detail::up(b, 128) : detail::up(b, 256);
        const double tokens = min(b * (1.0 + in / max(out, 1.0)), 32768.0);
        l.tokens = tokens < 4096   ? max(2048.0, detail::up(tokens, 256))
                   : tokens < 8192 ? detail::up(tokens, 512)
                                   : detail::up(tokens, 1024);
        if (s.whole_prompts) l.tokens = max(l.tokens, in + batch);
    }
    l.sequences = math::floor(min(fit, batch));
    if (s.padded) l.largest_graph = batch;
    return l;
}

/// How a queue was worked off.
template <class Rep>
struct queue_run {
    units::with_rep<units::duration, Rep> duration{};
    units::with_rep<units::frequency, Rep> output{}; ///< tokens a second, from the first iteration to the last
    double iterations = 0;
    double evaluated = 0; ///< iterations that were different
};

namespace detail {
/// Batch sizes that decoding graphs are captured for (llm_options.yml of TensorRT-LLM's performance overview).
inline constexpr double graph_sizes[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 384, 512, 1024, 2048, 4096, 8192};
constexpr double padded(double sequences, double largest) {
    if (sequences >= largest) return sequences;
    for (const double g : graph_sizes)
        if (sequences <= g) return g < largest ? g : largest;
    return sequences;
}

struct cohort {
    double leaves; ///< the iteration after which its last token is out
    double sequences;
};
inline constexpr int most_cohorts = 4096;

/// Iteration by iteration; those between one arrival or departure and the next differ only by the context that grows,
/// in which a step is linear, and are taken together.
template <class Rep>
queue_run<Rep> work_off(const step_costs<Rep>& c, const limits& l, double requests, double in, double out) {
    using uonaco::max;
    using uonaco::min;
    cohort line[most_cohorts]; // a ring: who came first leaves first
    int first = 0, cohorts = 0;
    const double slots = max(l.sequences, 1.0);
    double waiting = requests, running = 0, resident = 0, now = 0;
    double begun = 0; // tokens that are done of the one prompt in parts
    queue_run<Rep> r;
    Rep time = Rep(0.0);
    while (waiting > 0 || running > 0 || begun > 0) {
        double prompt = 0, pairs = 0, joining = 0;
        if (l.whole_prompts) {
            joining = max(min(min(math::floor((l.tokens - running) / in), slots - running), waiting), 0.0);
            if (running == 0 && joining < 1) joining = 1; // longer than an iteration: alone
            prompt = joining * in;
            pairs = prompt * in / 2;
            waiting -= joining;
        } else if (running < slots && (waiting > 0 || begun > 0)) {
            const double open = min(slots - running, waiting + (begun > 0 ? 1.0 : 0.0));
            prompt = min(max(l.tokens - running, 1.0), open * in - begun);
            const double done = begun + prompt;
            joining = math::floor(done / in);
            const double left = done - joining * in;
            pairs = (joining * in * in + left * left - begun * begun) / 2;
            waiting -= joining + (left > 0 ? 1.0 : 0.0) - (begun > 0 ? 1.0 : 0.0);
            begun = left;
        }
        double steps = 1;
        if (prompt == 0) {
            steps = line[first].leaves - now;
            const double decoded = padded(running, l.largest_graph);
            time = time + c.step(decoded, running, resident + running * (steps - 1) / 2, 0, 0, decoded).si() * steps;
        } else {
            time = time + c.step(running, running, resident, prompt, pairs, running + prompt / in).si();
        }
        now += steps;
        resident += running * steps;
        r.evaluated += 1;
        if (joining > 0) { // the iteration that ends a prompt gives the first token
            running += joining;
            resident += joining * (in + 1);
            const cohort joined{now + out - 1, joining};
            if (cohorts < most_cohorts)
                line[(first + cohorts++) % most_cohorts] = joined;
            else { // more than the ring holds leave with the youngest
                cohort& youngest = line[(first + cohorts - 1) % most_cohorts];
                resident -= youngest.sequences * (joined.leaves - youngest.leaves); // what they would outgrow
                youngest = {joined.leaves, youngest.sequences + joining};
            }
        }
        while (cohorts > 0 && line[first].leaves <= now) {
            running -= line[first].sequences;
            resident -= line[first].sequences * (in + out);
            first = (first + 1) % most_cohorts;
            --cohorts;
        }
    }
    r.iterations = now;
    r.duration = units::with_rep<units::duration, Rep>::from_si(time);
    return r;
}
} // namespace detail

/// The whole run of a queue (I3 with filling and draining): requests wait for a slot and for tokens of an iteration,
/// prompts go before, each iteration gives one token to each running sequence. Deterministic; no allocation, 64 KiB of
/// stack. O(cohorts that join), at most those of `waves` batches: longer queues go on as these end. Preconditions:
/// sequences >= 1, tokens >= 1, requests >= 1, input >= 1, output >= 1.
template <class Rep>
queue_run<Rep> serve_queue(const step_costs<Rep>& c, const limits& l, const request_queue& q, double waves = 24) {
    const double n = static_cast<double>(q.requests), slots = uonaco::max(l.sequences, 1.0);
    const double in = static_cast<double>(q.input), out = static_cast<double>(q.output);
    UONACO_ASSERT(n >= 1 && in >= 1 && out >= 1 && l.tokens >= 1);
    const double skipped = uonaco::max(math::floor(n / slots - waves), 0.0);
    auto r = detail::work_off(c, l, n - skipped * slots, in, out);
    if (skipped > 0) {
        const double part = math::floor(waves / 2);
        const auto shorter = detail::work_off(c, l, n - (skipped + part) * slots, in, out);
        r.duration += (skipped / part) * (r.duration - shorter.duration);
        r.iterations += skipped / part * (r.iterations - shorter.iterations);
        r.evaluated += shorter.evaluated;
    }
    r.output = n * out / r.duration;
    return r;
}

/// A server whose slots arrivals keep busy.
template <class Rep>
struct steady_state {
    double sequences = 0; ///< decoded in each iteration
    units::with_rep<units::duration, Rep> step{};
};

/// Each iteration decodes one token of each of n sequences and computes the prompts that take the place of those that
/// end, n / output of them; before its prompt a sequence has `context` in the cache. O(1), for any Rep. Preconditions
/// as below.
template <class Rep>
constexpr steady_state<Rep> steady(const step_costs<Rep>& c, const limits& l, double input, double output,
                                   double held = 0.5, double beams = 1, double context = 0) {
    using uonaco::max;
    using uonaco::min;
    const double share = input / (output * beams);
    const double n = min(max(l.sequences, 1.0), max(l.tokens / (1.0 + share), 1.0));
    const double prompt = n * share;
    return {n, c.step(n, n, n * (context + input + held * output), prompt, prompt * (context + input / 2),
                      n + n / (output * beams))};
}

/// Output tokens a second in that state. With beam search a request is `beams` sequences of one prompt, and the tokens
/// of one beam count. Equal requests that start together stay in step and give up to a tenth less (serve_queue). O(1),
/// for any Rep. Preconditions as above; beams >= 1.
template <class Rep>
constexpr units::with_rep<units::frequency, Rep> steady_output(const step_costs<Rep>& c, const limits& l, double input,
                                                               double output, double held = 0.5, double beams = 1) {
    const auto s = steady(c, l, input, output, held, beams);
    return (s.sequences / beams) / s.step;
}

/// B*: sequences from which decoding is bound by products instead of by reading weights, P w / (2 W_m).
template <class Rep>
constexpr units::with_rep<units::factor, Rep> critical_batch(units::with_rep<units::flops, Rep> peak,
                                                             units::with_rep<units::memory_rate, Rep> memory_rate,
                                                             precision weights) {
    return units::with_rep<units::factor, Rep>::from_si(peak.si() * size_of(weights).si() / (2.0 * memory_rate.si()));
}

} // namespace uonaco::inline UONACO_ABI::batching
