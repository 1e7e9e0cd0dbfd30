// SPDX-License-Identifier: Apache-2.0
// The fastest way to divide a training step over the devices of a site, among those that fit their memory.
#pragma once

#include "memory_fit.hpp"
#include "training_step.hpp"

#include "../base/result.hpp"
#include "../units/format.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI::plan_search {

/// What a site is made of, as far as a plan is concerned.
struct site_devices {
    training_step::device<double> device{};
    fabric<double> links{};
    units::memory memory{}; ///< of one device

    friend constexpr bool operator==(const site_devices& a, const site_devices& b) {
        return a.memory == b.memory && a.device.peak == b.device.peak && a.device.linear_peak == b.device.linear_peak &&
               a.device.memory_rate == b.device.memory_rate && a.device.narrow == b.device.narrow &&
               a.device.matrices == b.device.matrices && a.links.scale_up == b.links.scale_up &&
               a.links.scale_out == b.links.scale_out && a.links.devices_per_node == b.links.devices_per_node;
    }
};

/// What a pool says of its nodes; what it does not is as usual.
struct stated_nodes {
    maybe<units::bit_rate> nic_rate{}; ///< of one device, in one direction
    maybe<units::count> devices{};
};

/// Nodes as stated, and where nobody says more: eight devices with a NIC each of the rate that servers of their time have; racks of 72, boards of
/// TPUs by their documentation (as in bench/accuracy/families/training.cpp).
constexpr fabric<double> fabric_of(const accelerator& a, units::flops peak, const stated_nodes& nodes = {}) {
    const auto gbytes = [](double n) { return units::memory_rate::from_si(8e9 * n); };
    const unsigned long n = uonaco::detail::text_length(a.model);
    const bool rack =
        uonaco::detail::same_model("GB200", a.model, n) || uonaco::detail::same_model("GB300", a.model, n);
    fabric<double> f;
    f.scale_out = a.type == device_type::tpu ? gbytes(6.25)
                  : peak.si() < 250e12       ? gbytes(12.5)
                  : peak.si() < 600e12       ? gbytes(25)
                                             : gbytes(50);
    if (nodes.nic_rate && nodes.nic_rate->si() > 0) f.scale_out = *nodes.nic_rate;
    const bool stated = a.interconnect_rate && a.interconnect_rate->si() > 0;
    f.scale_up = stated ? units::memory_rate(0.5 * *a.interconnect_rate) : f.scale_out;
    f.devices_per_node = rack ? 72 : a.type == device_type::tpu ? 64 : 8;
    if (nodes.devices && *nodes.devices >= 1) f.devices_per_node = static_cast<double>(*nodes.devices);
    return f;
}

/// Of facts stated or known. No plan can be made (peak 0) where peak, memory or its rate are unknown, or for processors.
inline site_devices devices_of(accelerator a, precision p, const stated_nodes& nodes = {}) {
    if (a.type == device_type::cpu || !a.peak.at(p) || !a.memory || !a.memory_rate) return {};
    const bool narrow = p == precision::fp8 || p == precision::fp4 || p == precision::int8;
    if (!narrow) a.peak.bf16 = a.peak.at(p);
    if (!a.peak.bf16 && !a.peak.fp16) a.peak.bf16 = a.peak.at(p);
    const auto d = training_step::device_of(a, p);
    if (!(d.peak.si() > 0) || !(d.memory_rate.si() > 0)) return {};
    return {d, fabric_of(a, d.peak, nodes), *a.memory};
}

/// A plan and what comes of it.
struct planned_step {
    parallel_plan plan{}; ///< its devices() are those in use; the rest of those offered idle
    training_step::terms<double> terms{};
    units::duration step{};
    double micro_batches = 0; ///< of one rank and step; the last of some ranks may be missing
    double batch = 0;         ///< asked, in sequences
    units::count devices = 0; ///< offered
    units::memory memory{};   ///< that the fullest device needs; where nothing fits, the least that any plan needs
    bool fits = false;        ///< else nothing but `memory` counts

    /// Model FLOPs of `per_sequence` (6 N s, or as they are counted) over what all devices offered could do at `peak` each.
    constexpr units::ratio utilisation(units::work per_sequence, units::flops peak) const {
        return units::ratio(batch * per_sequence / (static_cast<double>(devices) * peak * step));
    }
};

/// What may not be used of a device's memory: context, buffers of the collectives, fragments. No published table says; the
/// published plans of bench/accuracy/data/training.csv need up to 0.95 by memory_of().
inline constexpr units::ratio usable = 0.96;
/// Fewer tokens of a sequence are not divided further among context-parallel ranks.
inline constexpr units::count least_context = 4096;
inline constexpr units::count largest_micro_batch = 16;
inline constexpr units::count most_stages = 512;
inline constexpr units::count most_chunks = 64; ///< of one pipeline rank

/// MEM1 and MEM2: what the fullest device keeps. The first stage holds the embedding and most micro-batches; without a pipeline the
/// logits stand beside them (4 bytes each; Korthikanti et al. 2022, section 4.3); full recompute keeps one layer whole while it
/// works on it. O(1).
UONACO_LAZY
constexpr units::memory memory_of(const transformer& m, const parallel_plan& p, const training_stack& stack) {
    parallel_plan whole = p;
    whole.recompute = recompute::none;
    const memory_fit::state_bytes bytes{.gradient = stack.gradient_bytes};
    units::memory needed(memory_fit::states(m, p, true, bytes) + memory_fit::activations(m, p, stack.fused_attention));
    if (p.recompute == recompute::full) needed += memory_fit::layer_activations(m, whole, stack.fused_attention);
    const double tokens =
        static_cast<double>(m.sequence) * static_cast<double>(p.micro_batch) / static_cast<double>(p.context);
    if (p.pipeline == 1)
        needed +=
            units::memory::from_si(32.0 * tokens * static_cast<double>(m.vocabulary) / static_cast<double>(p.tensor));
    return needed;
}

namespace detail {
/// At least one sequence; beyond 1e15 whole numbers end.
constexpr double bounded(double batch) { return batch >= 1.0 ? uonaco::min(batch, 1e15) : 1.0; }
/// At least so many data-parallel ranks, in whole groups.
constexpr units::count ranks_for(double least, units::count group) {
    const double size = static_cast<double>(group);
    return group * static_cast<units::count>(training_step::detail::whole(least / size));
}
} // namespace detail

/// MEM2: what a micro-batch under way keeps on a device of the first stage. O(1).
constexpr units::memory memory_of_micro_batch(const transformer& m, const parallel_plan& p,
                                              const training_stack& stack) {
    return units::memory(static_cast<double>(m.layers) / static_cast<double>(p.pipeline) *
                         memory_fit::layer_activations(m, p, stack.fused_attention));
}

/// How long a micro-batch is on its way to another share and back, in times of a stage: what plans of parts are chosen for. The
/// connection is not asked; of 0, 0.5 and 1 the fastest for Llama 70B on two sites of 512 and 1,024 H100 with 100 to 800 Gb/s.
inline constexpr double return_trip = 0.5;

/// Of a part of the layers: what goes on with the rest of them.
struct elsewhere {
    double shares = 0;    ///< that have the rest; taken to be as deep as this one
    double under_way = 0; ///< micro-batches, beside those that the part's own stages have

    friend constexpr bool operator==(const elsewhere&, const elsewhere&) = default;
};

/// Whether the degrees make sense, and so many devices hold at least one data-parallel rank; of a mixture of experts as many as hold
/// all experts.
constexpr bool has_room(const transformer& m, const parallel_plan& p, units::count devices) {
    const bool sensible = p.tensor >= 1 && p.pipeline >= 1 && p.context >= 1 && p.expert >= 1 &&
                          p.virtual_stages >= 1 && p.micro_batch >= 1 && p.expert_tensor.value_or(1) >= 1;
    return sensible && static_cast<double>(p.tensor) * static_cast<double>(p.pipeline) *
                               static_cast<double>(p.context) *
                               static_cast<double>(transformer_work::expert_group(m, p)) <=
                           static_cast<double>(devices);
}

/// A stated plan on `devices`: as many data-parallel ranks as they allow, or as the batch has work for. Micro-batches are whole: the
/// step takes as long as the rank with most of them. Of a mixture the ranks come in groups that hold all experts. Preconditions as for
/// search(). O(1).
UONACO_LAZY
constexpr planned_step price(const transformer& model, parallel_plan plan, double batch, units::count devices,
                             const site_devices& site, const training_stack& stack,
                             const training_step::constants& c = {}) {
    planned_step o;
    o.batch = batch;
    o.devices = devices;
    plan.data = 1;
    o.plan = plan;
    if (!has_room(model, plan, devices)) {
        o.memory = memory_of(model, plan, stack);
        return o;
    }
    const units::count rank = plan.devices();
    const double size = static_cast<double>(plan.micro_batch);
    const units::count group = transformer_work::expert_group(model, plan);
    const double most = static_cast<double>(devices / (rank * group) * group);
    batch = detail::bounded(batch);
    const double m = training_step::detail::whole(batch / (most * size));
    plan.data = detail::ranks_for(batch / (m * size), group);
    o.plan = plan;
    o.micro_batches = m;
    o.memory = memory_of(model, plan, stack);
    o.fits = o.memory <= usable * site.memory;
    const auto& shape = uonaco::detail::late<UonacoLazy_>(model);
    o.terms = training_step::step_time(shape, plan, m * size * static_cast<double>(plan.data), site.device, site.links,
                                       stack, c);
    o.step = o.terms.total();
    return o;
}

namespace detail {

/// The search as a walk over degrees, so that each loop has what the outer ones decided.
template <class Model>
struct walk {
    const Model& model;
    double batch;
    units::count devices;
    const site_devices& site;
    const training_stack& stack;
    const training_step::constants& c;
    elsewhere rest{};

    planned_step best{};
    double least_cost = 0; ///< of `best`: its step and what it takes elsewhere
    units::memory room{};
    training_step::layer_terms<double> layer{}; ///< of tensor, context and micro_batch of `plan`
    parallel_plan plan{};
    bool roomy = false; ///< something of these widths and micro-batch fits, or may
    int depths = 0;
    units::count depth[64]{}; ///< of pipelines that divide the layers

    constexpr units::memory needed() const {
        return memory_of(model, plan, stack) + rest.under_way * memory_of_micro_batch(model, plan, stack);
    }
    constexpr bool fits() {
        const units::memory needed = this->needed();
        if (!best.fits && (!(best.memory.si() > 0) || needed < best.memory)) best.memory = needed;
        if (!(needed <= room)) return false;
        roomy = true;
        return true;
    }
    /// Seconds that a plan cannot do without: passes, bubble, optimizer.
    constexpr double least(double m, double passes, double stage) const {
        return cost(m, m * passes + pipeline::fill(static_cast<double>(plan.pipeline),
                                                   static_cast<double>(plan.virtual_stages)) *
                                        stage);
    }
    constexpr double cost(double m, double step) const {
        const double p = static_cast<double>(plan.pipeline);
        return step * (1.0 + rest.shares * ((p + return_trip) / m + return_trip / (p + 1.0)));
    }
    constexpr void consider(double m) {
        const double padded = m * static_cast<double>(plan.micro_batch) * static_cast<double>(plan.data);
        const auto terms = training_step::step_time(model, plan, padded, layer, site.links, stack, c);
        const units::duration step = terms.total();
        const double total = cost(m, step.si());
        if (best.fits && !(total < least_cost)) return;
        least_cost = total;
        best.plan = plan;
        best.terms = terms;
        best.step = step;
        best.micro_batches = m;
        best.memory = needed();
        best.fits = true;
    }
    /// Less is computed again, the less memory is spared: the first level that fits is the fastest.
    constexpr void least_recompute(double m) {
        for (const recompute r : {recompute::none, recompute::selective, recompute::full}) {
            // Attention that never writes its scores keeps as much without selective recompute.
            if (r == recompute::selective && stack.fused_attention) continue;
            plan.recompute = r;
            if (best.fits && least(m, training_step::slowest_stage(model, plan, layer).si(), stage()) >= least_cost) {
                roomy = true;
                return;
            }
            if (!fits()) continue;
            consider(m);
            return;
        }
    }
    constexpr double stage() const {
        return training_step::layers_of_stage(model, plan) * layer.total(plan.recompute).si();
    }
    /// Chunks of layers: the more, the shorter the bubble, and the more passes between stages. One keeps less than several.
    constexpr void chunks(double m) {
        const units::count layers = layers_of_rank();
        const units::count most =
            plan.pipeline > 1 && m >= static_cast<double>(plan.pipeline) ? most_that_divide(layers) : 1;
        for (units::count v = most; v >= 1; --v) {
            if (layers % v != 0) continue;
            plan.virtual_stages = v;
            least_recompute(m);
            if (stack.transfers_hidden && v > 1) v = 2; // then fewer are never faster
        }
    }
    constexpr units::count layers_of_rank() const { return (model.layers + plan.pipeline - 1) / plan.pipeline; }
    static constexpr units::count most_that_divide(units::count layers) {
        units::count v = layers < most_chunks ? layers : most_chunks;
        while (layers % v != 0) --v;
        return v;
    }
    constexpr void shardings(double m) {
        const bool alone = plan.data * plan.context == 1;
        for (const sharding s : {sharding::none, sharding::optimizer, sharding::gradients, sharding::weights}) {
            if (s < stack.sharding_default) continue;
            if (s > stack.sharding_default && (alone || plan.pipeline > 1 || stack.sharding_default == sharding::none))
                continue;
            plan.sharding = s;
            chunks(m);
        }
    }
    /// Ranks from as many as there are devices for, downwards, until the passes alone take longer than the best.
    constexpr void ranks() {
        const units::count group = transformer_work::expert_group(model, plan);
        const double most = static_cast<double>(devices / (plan.tensor * plan.context * plan.pipeline * group) * group);
        const double size = static_cast<double>(plan.micro_batch);
        plan.recompute = recompute::none;
        plan.virtual_stages = plan.pipeline > 1 ? most_that_divide(layers_of_rank()) : 1;
        const double passes = training_step::slowest_stage(model, plan, layer).si();
        const double full = stage();
        double m = training_step::detail::whole(batch / (most * size));
        for (int turns = 0; turns < 16; ++turns) {
            if (best.fits && least(m, passes, full) >= least_cost) {
                roomy = true;
                return;
            }
            plan.data = ranks_for(batch / (m * size), group);
            shardings(m);
            if (plan.data <= group || !best.fits) return;
            const double fewer = static_cast<double>(plan.data - group);
            m = uonaco::max(m + 1.0, training_step::detail::whole(batch / (fewer * size)));
        }
    }
    /// The layers divide, or do with the vocabulary's two ends counted as layers.
    constexpr void list_depths() {
        for (units::count p = 1; p <= devices && p <= model.layers && p <= most_stages && depths < 64; ++p)
            if ((model.layers + p - 1) / p * p <= model.layers + (model.vocabulary > 0 ? 2 : 0)) depth[depths++] = p;
    }
    constexpr void stages() {
        const units::count least = plan.tensor * plan.context * transformer_work::expert_group(model, plan);
        for (int i = 0; i < depths && least * depth[i] <= devices; ++i) {
            plan.pipeline = depth[i];
            ranks();
        }
    }
    constexpr planned_step run() {
        best.batch = batch;
        best.devices = devices;
        batch = bounded(batch);
        room = units::memory(usable * site.memory);
        list_depths();
        const auto node = static_cast<units::count>(site.links.devices_per_node);
        // Wide groups first: they fit, and what is known to be possible cuts the rest short.
        units::count widest = 1;
        while (widest * 2 <= node && widest * 2 <= devices && model.heads % (widest * 2) == 0 && widest < 64)
            widest *= 2;
        for (plan.tensor = widest; plan.tensor >= 1; plan.tensor /= 2) {
            plan.sequence_parallel = plan.tensor > 1;
            for (plan.context = 1; plan.context == 1 || model.sequence / plan.context >= least_context;
                 plan.context *= 2) {
                if (plan.tensor * plan.context > devices) break;
                divided_experts();
            }
        }
        return best;
    }
    /// Experts apart first: they fit. Each whole on one rank, or divided as all else is among tensor-parallel ranks.
    constexpr void divided_experts() {
        plan.expert_tensor = {};
        for (plan.expert = most_apart(devices / plan.tensor); plan.expert >= 1; plan.expert /= 2) micro_batches();
        if (!model.mixture() || plan.tensor == 1) return;
        plan.expert_tensor = 1;
        for (plan.expert = most_apart(devices); plan.expert >= 1; plan.expert /= 2) micro_batches();
        plan.expert_tensor = {};
    }
    constexpr void micro_batches() {
        for (plan.micro_batch = 1;
             plan.micro_batch <= largest_micro_batch && static_cast<double>(plan.micro_batch) <= batch;
             plan.micro_batch *= 2) {
            roomy = false;
            layer = training_step::layer_time(model, plan, site.device, site.links, stack, c);
            stages();
            if (!roomy) break; // nor will more sequences at a time
        }
    }
    /// The largest power of two that divides the experts, among so many ranks.
    constexpr units::count most_apart(units::count ranks) const {
        units::count e = 1;
        while (model.mixture() && e * 2 <= ranks && model.experts % (e * 2) == 0) e *= 2;
        return e;
    }
};

} // namespace detail

/// Walks tensor (powers of two inside a node that divide the heads), context (of sequences of 2 x 4096 tokens and more), pipeline
/// (the layers divide, counting the vocabulary's ends), expert (powers of two that divide the experts of a mixture, each expert
/// divided among the tensor ranks or whole), data,
/// interleaving, micro-batch, recompute and sharding, and gives the fastest plan that fits. Bounds come before prices: tens of
/// microseconds. Equal times: the first. Whatever fits n devices is tried for n+1 too, so more devices are never slower; those that
/// no plan uses idle. Where nothing fits, `fits` is false and `memory` the least that any plan tried needs. `batch` in sequences.
/// `rest`: of a part of the layers; plans of more, smaller micro-batches then win, and those under way for the
/// stages behind have to fit. Preconditions: layers, hidden, heads, sequence > 0, devices >= 1, batch > 0, peaks, memory rate, rates of the
/// fabric > 0. No allocation. Thread-safe: touches its arguments only.
UONACO_LAZY
constexpr planned_step search(const transformer& model, double batch, units::count devices, const site_devices& site,
                              const training_stack& stack, const training_step::constants& c = {},
                              const elsewhere& rest = {}) {
    return detail::walk<uonaco::detail::later_t<transformer, UonacoLazy_>>{model, batch, devices, site, stack, c, rest}
        .run();
}

/// What an evaluation needs of a plan.
struct plan_figures {
    units::duration step{};
    double stages = 0;
    double micro_batches = 0;
    double chunks = 1;          ///< of layers, of each stage
    units::memory of_one{};     ///< what a micro-batch under way keeps
    units::memory memory{};     ///< needed; where nothing fits, the least
    units::duration interval{}; ///< of a part of the layers: between two micro-batches, at its slowest stage
    units::duration
        passage{}; ///< and of a micro-batch through all its stages and on by the NICs, and of its gradient back
    bool fits = false;
};

/// Plans found lately for one model, stack and set of constants: scratch of one thread, which belongs to the caller. Everything that a plan depends on
/// is compared, so that what it gives never depends on what it was asked before. No allocation.
class recent_plans {
  public:
    /// Forgets all if these are not what it was used with before.
    constexpr void use(const transformer& shape, const maybe<parallel_plan>& stated, const training_stack& stack,
                       const training_step::constants& constants = {}) {
        if (shape_ == shape && stated_ == stated && stack_ == stack && constants_ == constants) return;
        shape_ = shape;
        stated_ = stated;
        stack_ = stack;
        constants_ = constants;
        for (entry& e : entries_) e.devices = 0;
    }
    /// search(), or price() of a stated plan, for so many layers of the model, with or without its vocabulary; `rest` as for
    /// search(). Preconditions: as for search(); the stated plan has room; use() has been called.
    UONACO_LAZY
    constexpr plan_figures find(units::count layers, bool with_vocabulary, const elsewhere& rest, double batch,
                                units::count devices, const site_devices& site) {
        for (const entry& k : entries_)
            if (k.devices == devices && k.batch == batch && k.layers == layers && k.rest == rest &&
                k.with_vocabulary == with_vocabulary && k.site == site)
                return k.found;
        entry& e = entries_[oldest_];
        oldest_ = (oldest_ + 1) % size;
        e.devices = devices;
        e.layers = layers;
        e.with_vocabulary = with_vocabulary;
        e.rest = rest;
        e.batch = batch;
        e.site = site;
        e.found = figures<UonacoLazy_>(layers, with_vocabulary, rest, batch, devices, site);
        return e.found;
    }

  private:
    UONACO_LAZY
    constexpr plan_figures figures(units::count layers, bool with_vocabulary, const elsewhere& rest, double batch,
                                   units::count devices, const site_devices& site) const {
        transformer part = shape_;
        part.layers = layers;
        if (!with_vocabulary) part.vocabulary = 0;
        planned_step s = stated_ ? price<UonacoLazy_>(part, *stated_, batch, devices, site, stack_, constants_)
                                 : search<UonacoLazy_>(part, batch, devices, site, stack_, constants_, rest);
        if (stated_) {
            s.memory += rest.under_way * memory_of_micro_batch(part, s.plan, stack_);
            s.fits = s.fits && s.memory <= usable * site.memory;
        }
        plan_figures f{.step = s.step,
                       .stages = static_cast<double>(s.plan.pipeline),
                       .micro_batches = s.micro_batches,
                       .chunks = static_cast<double>(s.plan.virtual_stages),
                       .of_one = memory_of_micro_batch(part, s.plan, stack_),
                       .memory = s.memory,
                       .fits = s.fits};
        if (s.fits && rest.shares > 0) pass<UonacoLazy_>(part, s, site, f);
        return f;
    }
    /// What step_time() makes a whole of, in its parts.
    UONACO_LAZY
    constexpr void pass(const transformer& part, const planned_step& s, const site_devices& site,
                        plan_figures& f) const {
        const training_step::constants& c = constants_;
        const auto& shape = uonaco::detail::late<UonacoLazy_>(part);
        const auto layer = training_step::layer_time(shape, s.plan, site.device, site.links, stack_, c);
        const double filling = 2.0 * (f.stages - 1.0); // there and back
        const double running =
            stack_.transfers_hidden || f.stages < 2.0 ? 0.0 : 2.0 * static_cast<double>(s.plan.virtual_stages);
        const units::duration inside(s.terms.transfer_exposed / uonaco::max(filling + running * s.micro_batches, 1.0));
        const units::duration out(pipeline::message(part, s.plan) / (c.scale_out.si() * site.links.scale_out));
        f.interval = training_step::slowest_stage(shape, s.plan, layer) + running * inside;
        f.passage = f.stages * training_step::layers_of_stage(shape, s.plan) * layer.total(s.plan.recompute) +
                    filling * inside + 2.0 * out;
    }
    struct entry {
        units::count devices = 0; ///< 0: not used
        units::count layers = 0;
        bool with_vocabulary = false;
        elsewhere rest{};
        double batch = 0;
        site_devices site{};
        plan_figures found{};
    };
    transformer shape_{};
    maybe<parallel_plan> stated_{};
    training_stack stack_{};
    training_step::constants constants_{};
    static constexpr int size = 32;
    int oldest_ = 0;
    entry entries_[size]{};
};

/// The same, or memory_does_not_fit: `margin` is what the leanest plan lacks, relative to what a device may use.
UONACO_LAZY
result<planned_step> best_plan(const transformer& model, double batch, units::count devices, const site_devices& site,
                               const training_stack& stack, const training_step::constants& c = {}) {
    const auto found = search<UonacoLazy_>(model, batch, devices, site, stack, c);
    if (found.fits) return found;
    return failure{errc::memory_does_not_fit, "plan", (found.memory / (usable * site.memory) - 1.0).si(),
                   std::string("the leanest plan needs ") + to_text(found.memory).c_str() + " of a device with " +
                       to_text(site.memory).c_str()};
}

} // namespace uonaco::inline UONACO_ABI::plan_search
