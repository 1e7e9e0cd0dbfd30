// SPDX-License-Identifier: Apache-2.0
// One replica of a language model: how long a prompt and a token take, and how many sequences fit.
#pragma once

#include "calibration.hpp"

#include "../base/math.hpp"
#include "../decision/features.hpp"
#include "../workload/session.hpp"

namespace uonaco::inline UONACO_ABI::serving {

/// What one replica does at a site, by the roofline of compute and memory.
template <class Rep>
struct replica {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    of<units::duration> prefill{};     ///< of a mean prompt, alone
    of<units::factor> batch{};         ///< sequences decoded together when full; below 1 nothing fits
    of<units::duration> decode_full{}; ///< a token at that batch
    of<units::duration> decode_alone{};
    of<units::frequency> service{}; ///< requests a second when full
    of<units::factor> count{};      ///< replicas on the share's devices
    of<units::factor> resident{};   ///< sequences of `held` tokens that all replicas together can keep
    of<units::memory> needed{};     ///< of a device: weights and one sequence
};

/// Tokens of a mean request.
struct request_shape {
    double input = 0.0;
    double output = 0.0;
    double held = 0.0;    ///< in the KV cache of a mean running sequence
    double context = 0.0; ///< of these, before its prompt
};
constexpr request_shape shape_of(const inference& w, const calibration& c) {
    const double in = static_cast<double>(w.input_tokens);
    const double out = static_cast<double>(w.output_tokens);
    return {in, out, in + c.output_resident * out};
}
/// A turn: its context stays on the device, so all of it counts.
constexpr request_shape shape_of(const session& w, const calibration&) {
    const double in = static_cast<double>(w.input_tokens);
    const double out = static_cast<double>(w.output_tokens);
    const double context = static_cast<double>(w.context_tokens);
    return {in, out, context + in + out, context};
}

namespace detail {
// What a division by a figure that must be above 0 takes in its place.
template <class Q>
constexpr Q above_zero(Q q) {
    return units::max(Q::from_si(1.0), q);
}
constexpr double devices_of(const language_model& m) {
    return uonaco::max(1.0, static_cast<double>(m.devices_per_replica));
}
/// N (1 - (1 - r)^B). Not inlined: clang 16 would work it out for dense models, too, before
/// it looks at the condition.
template <class Rep>
[[gnu::noinline]] constexpr Rep read_by_tokens(double all, double active, Rep batch) {
    return Rep(-all) * math::expm1(batch * Rep(math::log(1.0 - active / all)));
}
} // namespace detail

/// Parameters that a decode step of a batch B reads: all of a dense model. Of a mixture of experts each token reads its share
/// r = N_act / N as if drawn by itself, so that together they read N (1 - (1 - r)^B): N_act of one token, nearly all of many. What
/// every token reads (attention, shared experts) is in r like the rest. Precondition: B >= 0.
template <class Rep>
[[gnu::always_inline]] constexpr Rep parameters_read(const language_model& m,
                                                     units::with_rep<units::factor, Rep> batch) {
    const double all = static_cast<double>(m.parameters);
    const double active = static_cast<double>(m.active_parameters.value_or(m.parameters));
    return active > 0 && active < all ? detail::read_by_tokens(all, active, batch.si()) : Rep(active);
}

/// I2: one decode step of a batch B: max(2 N_act B / (tp P eta_c), (N_read w + B kv ctx) / (tp W_m eta_m)) + o_1 + o_2 B.
template <class Rep>
[[gnu::always_inline]] constexpr auto decode_step(const site_features<Rep>& s, const language_model& m,
                                                  const calibration& c, units::with_rep<units::factor, Rep> batch,
                                                  double context) {
    const double tp = detail::devices_of(m);
    const auto flop = units::work::from_si(2.0 * static_cast<double>(m.active_parameters.value_or(m.parameters)));
    const auto weights =
        units::with_rep<units::memory, Rep>(parameters_read<Rep>(m, batch) * units::memory(size_of(m.precision)));
    const auto compute = flop * batch / (tp * c.decode_efficiency * detail::above_zero(s.peak));
    const auto reading =
        (weights + batch * context * m.kv_per_token) / (tp * c.memory_efficiency * detail::above_zero(s.memory_rate));
    return units::with_rep<units::duration, Rep>(units::max(compute, reading) + c.decode_overhead +
                                                 c.decode_overhead_per_sequence * batch);
}

/// Whole ones on the share's devices.
template <class Rep>
constexpr units::with_rep<units::factor, Rep> replicas_of(const site_features<Rep>& s, const language_model& m) {
    return units::with_rep<units::factor, Rep>::from_si(math::floor(s.devices.si() / Rep(detail::devices_of(m))));
}

/// I1, I2, I3 at one share. Preconditions: devices, peak, memory, memory_rate > 0; devices_per_replica >= 1. Where one does not hold
/// and nobody checks, divisors are held to 1 in SI units. Memory holds all parameters, however few a token reads.
template <class Rep>
[[gnu::always_inline]] constexpr replica<Rep> replica_at(const site_features<Rep>& s, const language_model& m,
                                                         const calibration& c, request_shape r) {
    using factor = units::with_rep<units::factor, Rep>;
    using uonaco::max;
    using uonaco::min;
    replica<Rep> out;
    const double tp = detail::devices_of(m);
    const double active = static_cast<double>(m.active_parameters.value_or(m.parameters));
    const auto weights = units::memory(static_cast<double>(m.parameters) * size_of(m.precision));
    const auto room = tp * c.usable_memory * s.memory - weights;
    const auto sequence = r.held * m.kv_per_token + units::memory::from_si(1.0); // never divides by zero
    const Rep fits = math::floor(max(Rep(room.si() / sequence.si()), Rep(0.0)));
    out.batch = factor::from_si(min(fits, Rep(static_cast<double>(m.max_batch))));
    const auto running = units::max(out.batch, factor(Rep(1.0)));
    out.prefill =
        units::work::from_si(2.0 * active * r.input) / (tp * c.prefill_efficiency * detail::above_zero(s.peak));
    out.decode_full = decode_step(s, m, c, running, r.held);
    out.decode_alone = decode_step(s, m, c, factor(Rep(1.0)), r.held);
    const auto shortest =
        units::with_rep<units::duration, Rep>::from_si(Rep(1e-9)); // requests without tokens never divide by zero
    out.service = 1.0 / units::max(out.prefill + r.output * out.decode_full / running, shortest);
    out.count = replicas_of(s, m);
    out.resident = out.count * factor::from_si(fits);
    out.needed = (weights + sequence) / (tp * c.usable_memory);
    return out;
}

/// replica_at() with what is known of a replica in place of the roofline's estimates, where it is.
template <class Rep>
[[gnu::always_inline]] constexpr replica<Rep> replica_at(const site_features<Rep>& s,
                                                         const replica_features<Rep>& known, const language_model& m,
                                                         const calibration& c, request_shape r) {
    const auto is = both(answer_of<Rep>(m.shape.known()), known.service.si() > Rep(0.0));
    const auto count = replicas_of(s, m);
    if (all(is)) // as of all candidates of a workload: nobody waits for estimates that none takes
        return {.prefill = known.prefill,
                .batch = known.batch,
                .decode_full = known.decode_full,
                .decode_alone = known.decode_alone,
                .service = known.service,
                .count = count,
                .resident = count * known.resident,
                .needed = known.needed};
    auto out = replica_at(s, m, c, r);
    out.prefill = select(is, known.prefill, out.prefill);
    out.batch = select(is, known.batch, out.batch);
    out.decode_full = select(is, known.decode_full, out.decode_full);
    out.decode_alone = select(is, known.decode_alone, out.decode_alone);
    out.service = select(is, known.service, out.service);
    out.resident = select(is, count * known.resident, out.resident);
    out.needed = select(is, known.needed, out.needed);
    return out;
}

} // namespace uonaco::inline UONACO_ABI::serving
