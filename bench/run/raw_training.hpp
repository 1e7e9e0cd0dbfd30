// SPDX-License-Identifier: Apache-2.0
// The training step once more, by hand: plain doubles in plain structs, nothing of the library. What the typed formulas are
// held against, for time and for results. Formula ids as in model/training_model.hpp.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace raw {

/// SI units throughout; nan where unknown.
struct site {
    double devices, peak, mfu, memory, planned_memory, memory_rate, interconnect, idle_power, max_power, host_power;
    double pue, price, energy_included, queue_wait, failure_rate, availability;
};
struct pair {
    double rate, delay, jitter, loss, lead_time, failure_rate;
    double availability, lease, set_up_fee, egress, power, least_lease, lease_step, headers;
};
/// Pairs in the order (0,1) (0,2) (1,2) (0,3) ...
struct candidate {
    int sites;
    struct pair access;
    double group_egress; ///< of four sites and more
    double staging, read_rate, start_delay;
    struct site site[8];
    struct pair pair[28];
};
struct training {
    double parameters, active_parameters, tokens_per_step, steps, gradient_bits, overlap, sync_every;
    double layers, hidden, sequence, micro_batch; ///< layers 0: not known
    double checkpoint_time, restart_time;
    bool stream_data;
};
struct constants {
    double flops_per_parameter, backward_share, exposed_tail, bucket, collective_step;
    double optimizer_bytes, weight_bytes, activation_working, activation_kept, training_load;
};
struct performance {
    double queue, provisioning, staging, compute, exposed, lost, step, step_compute, step_communication;
    double first_token, per_token, utilisation, goodput, memory_needed, memory_share, load, attainment;
    double efficiency, carried, fetched;
};

/// e^x and e^x - 1 as base/math.hpp computes them, for results that agree to the last bit.
struct own_exp {
    static void split(double x, double* scale, double* rest) {
        if (x < -700.0) x = -700.0;
        if (x > 700.0) x = 700.0;
        const double shifted = x * 1.44269504088896340736 + 6755399441055744.0;
        const double k = shifted - 6755399441055744.0;
        const double r = x - k * 6.93147180369123816490e-01 - k * 1.90821492927058770002e-10;
        const double r2 = r * r;
        const double r4 = r2 * r2;
        const double low =
            r2 * (1.0 / 2 + 1.0 / 6 * r) + r4 * (1.0 / 24 + 1.0 / 120 * r + r2 * (1.0 / 720 + 1.0 / 5040 * r));
        const double high = 1.0 / 40320 + 1.0 / 362880 * r + r2 * (1.0 / 3628800 + 1.0 / 39916800 * r) +
                            r4 * (1.0 / 479001600 + 1.0 / 6227020800 * r);
        std::uint64_t bits;
        std::memcpy(&bits, &shifted, sizeof bits);
        bits = (bits + 1023) << 52;
        std::memcpy(scale, &bits, sizeof bits);
        *rest = r + (low + r4 * r4 * high);
    }
    static double exp(double x) {
        double scale, rest;
        split(x, &scale, &rest);
        return scale + scale * rest;
    }
    static double expm1(double x) {
        double scale, rest;
        split(x, &scale, &rest);
        return scale - 1.0 + scale * rest;
    }
};
/// The C library's.
struct libm_exp {
    static double exp(double x) { return std::exp(x); }
    static double expm1(double x) { return std::expm1(x); }
};

inline double delivered(double loss) { return 1.0 - loss > 1e-9 ? 1.0 - loss : 1e-9; }

template <class Exp>
void compute(const candidate* f, const training* t, const constants* c, performance* out) {
    const double gradient_bytes = t->gradient_bits <= 16.0 ? 2.0 : 4.0;
    const double state_bits = t->parameters * (8.0 * (c->weight_bytes + gradient_bytes + c->optimizer_bytes));
    double activations = 0;
    if (t->layers > 0)
        activations =
            8.0 * (t->sequence * t->micro_batch * t->hidden) * (c->activation_kept * t->layers + c->activation_working);

    double speed = 0, failures = 0, memory_needed = 0, memory_share = 0, queue = 0;
    for (int i = 0; i < f->sites; ++i) {
        const struct site* s = &f->site[i];
        speed += s->devices * s->peak * s->mfu;
        failures += s->devices * s->failure_rate;
        const double least = state_bits / (s->devices > 1.0 ? s->devices : 1.0) + activations;
        const double needed = s->planned_memory > 0 ? s->planned_memory : least;
        const double memory = s->memory > 1.0 ? s->memory : 1.0; // divisors are held to 1, as the library holds them
        if (memory_needed < needed) memory_needed = needed;
        if (memory_share < needed / memory) memory_share = needed / memory;
        if (queue < s->queue_wait) queue = s->queue_wait;
    }
    if (queue < f->start_delay) queue = f->start_delay;
    if (speed < 1.0) speed = 1.0;
    const double step_compute = c->flops_per_parameter * t->active_parameters * t->tokens_per_step / speed;

    double ready = f->access.lead_time, communication = 0, exposed = 0, carried = 0;
    if (f->sites > 1) {
        double egress[8] = {0};
        double delay = 0;
        int k = 0;
        for (int j = 1; j < f->sites; ++j)
            for (int i = 0; i < j; ++i, ++k) {
                const struct pair* p = &f->pair[k];
                const double rate = p->rate * delivered(p->loss);
                egress[i] += rate;
                egress[j] += rate;
                if (delay < p->delay + p->jitter) delay = p->delay + p->jitter;
                failures += p->failure_rate;
                if (ready < p->lead_time) ready = p->lead_time;
            }
        double least = egress[0];
        for (int i = 1; i < f->sites; ++i)
            if (egress[i] < least) least = egress[i];
        if (f->sites > 3 && f->group_egress < least) least = f->group_egress;
        if (least < 1.0) least = 1.0;
        const double n = f->sites;
        const double volume = 2.0 * (n - 1) / n * (t->parameters * t->gradient_bits);
        const double wire = 2.0 * (n - 1) * (delay + c->collective_step) + volume / least;
        const double hidden = t->overlap * c->backward_share * step_compute;
        const double tail = c->exposed_tail * (c->bucket / least + 2.0 * delay);
        const double often = 1.0 / (t->sync_every > 1 ? t->sync_every : 1.0);
        communication = often * wire;
        exposed = often * ((wire > hidden ? wire - hidden : 0.0) + tail);
        carried = t->steps * often * n / 2.0 * volume;
    }

    double staging = 0;
    if (f->staging > 0) {
        double rate = f->access.rate;
        if (f->read_rate > 0 && f->read_rate < rate) rate = f->read_rate;
        if (rate < 1.0) rate = 1.0;
        const double fetch =
            2.0 * (f->access.delay + f->access.jitter) + f->staging / (rate * delivered(f->access.loss));
        const double share = fetch / (t->steps > 1 ? t->steps : 1.0);
        if (!t->stream_data)
            staging = fetch;
        else if (share > step_compute + exposed)
            exposed += share - (step_compute + exposed);
    }

    double goodput = 1.0;
    if (failures > 1e-15) {
        if (failures > 1e6) failures = 1e6;
        const double delta = t->checkpoint_time * failures;
        double interval = std::sqrt(2.0 * delta);
        if (interval < 1e-6 * failures) interval = 1e-6 * failures;
        goodput = Exp::exp(-(t->restart_time * failures)) * interval / Exp::expm1(interval + delta);
        if (goodput > 1.0) goodput = 1.0;
        if (goodput < 1e-9) goodput = 1e-9;
    }

    const double step = step_compute + exposed;
    out->queue = queue;
    out->provisioning = ready > queue ? ready - queue : 0.0;
    out->staging = staging;
    out->compute = t->steps * step_compute;
    out->exposed = t->steps * exposed;
    out->lost = t->steps * step * (1.0 / goodput - 1.0);
    out->step = step;
    out->step_compute = step_compute;
    out->step_communication = communication;
    out->first_token = 0;
    out->per_token = 0;
    out->utilisation = c->training_load;
    out->goodput = goodput;
    out->memory_needed = memory_needed;
    out->memory_share = memory_share;
    out->load = 0;
    out->attainment = 1;
    out->efficiency = step_compute / (step > 0 ? step : 1.0);
    out->carried = carried;
    out->fetched = f->staging;
}

} // namespace raw
