// SPDX-License-Identifier: Apache-2.0
// Do strong types cost anything in real formulas? The compute step of a training candidate, typed, against the same formulas
// written by hand on plain doubles. Status 1 if the results differ.
#include "examples.hpp"
#include "raw_training.hpp"
#include "timing.hpp"

#include <uonaco/model/training_model.hpp>

#include <string>

namespace {

raw::pair raw_of(const uonaco::pair_features<double>& p) {
    return {p.rate.si(),       p.delay.si(),  p.jitter.si(),      p.loss,         p.lead_time.si(), p.failure_rate.si(),
            p.availability,    p.lease->si(), p.set_up_fee->si(), p.egress->si(), p.power.si(),     p.least_lease.si(),
            p.lease_step.si(), p.headers.si()};
}
raw::candidate raw_of(const uonaco::features<double>& f) {
    raw::candidate r{};
    r.sites = f.sites;
    r.access = raw_of(f.access);
    r.group_egress = f.group_egress.si();
    r.staging = f.staging.si();
    r.read_rate = f.read_rate.si();
    r.start_delay = f.start_delay.si();
    for (int i = 0; i < f.sites; ++i) {
        const auto& s = f.site[i];
        r.site[i] = {s.devices,
                     s.peak.si(),
                     s.mfu,
                     s.memory.si(),
                     s.planned_memory.si(),
                     s.memory_rate.si(),
                     s.interconnect.si(),
                     s.idle_power.si(),
                     s.max_power.si(),
                     s.host_power.si(),
                     *s.pue,
                     s.price->si(),
                     s.energy_included,
                     s.queue_wait.si(),
                     s.failure_rate.si(),
                     s.availability};
    }
    for (int i = 0; i < f.sites * (f.sites - 1) / 2; ++i) r.pair[i] = raw_of(f.pair[i]);
    return r;
}
raw::training raw_of(const uonaco::training& t, const uonaco::calibration& c) {
    return {.parameters = static_cast<double>(t.parameters),
            .active_parameters = static_cast<double>(t.active_parameters.value_or(t.parameters)),
            .tokens_per_step = static_cast<double>(t.tokens_per_step),
            .steps = static_cast<double>(t.steps),
            .gradient_bits = size_of(t.gradient_precision).si(),
            .overlap = t.overlap.value_or(c.overlap),
            .sync_every = static_cast<double>(t.sync_every),
            .layers = static_cast<double>(t.shape.value_or({}).layers),
            .hidden = static_cast<double>(t.shape.value_or({}).hidden),
            .sequence = static_cast<double>(t.shape.value_or({}).sequence),
            .micro_batch = static_cast<double>(t.plan.value_or({}).micro_batch),
            .checkpoint_time = t.checkpoint_time.value_or(c.checkpoint_time).si(),
            .restart_time = t.restart_time.value_or(c.restart_time).si(),
            .stream_data = t.stream_data};
}
raw::constants raw_of(const uonaco::calibration& c) {
    return {.flops_per_parameter = c.flops_per_parameter,
            .backward_share = c.backward_share,
            .exposed_tail = c.exposed_tail,
            .bucket = c.bucket.si(),
            .collective_step = c.collective_step.si(),
            .optimizer_bytes = c.optimizer_bytes,
            .weight_bytes = c.weight_bytes,
            .activation_working = c.activation_working,
            .activation_kept = c.activation_kept,
            .training_load = c.training_load};
}

// The greatest relative difference of any figure.
double difference(const uonaco::performance<double>& p, const raw::performance& r) {
    const double both[][2] = {{p.queue.si(), r.queue},
                              {p.provisioning.si(), r.provisioning},
                              {p.staging.si(), r.staging},
                              {p.compute.si(), r.compute},
                              {p.exposed.si(), r.exposed},
                              {p.lost.si(), r.lost},
                              {p.step.si(), r.step},
                              {p.step_compute.si(), r.step_compute},
                              {p.step_communication.si(), r.step_communication},
                              {p.first_token.si(), r.first_token},
                              {p.per_token.si(), r.per_token},
                              {p.utilisation, r.utilisation},
                              {p.goodput, r.goodput},
                              {p.memory_needed.si(), r.memory_needed},
                              {p.memory_share, r.memory_share},
                              {p.load, r.load},
                              {p.attainment, r.attainment},
                              {*p.efficiency, r.efficiency},
                              {p.carried.si(), r.carried},
                              {p.fetched.si(), r.fetched}};
    double worst = 0;
    for (const auto& b : both)
        if (b[0] != b[1]) worst = std::max(worst, std::abs(b[0] - b[1]) / std::max(std::abs(b[0]), std::abs(b[1])));
    return worst;
}

template <class Exp>
double difference(const std::vector<uonaco::features<double>>& typed, const std::vector<raw::candidate>& plain,
                  const uonaco::training& t, const uonaco::calibration& c) {
    const raw::training rt = raw_of(t, c);
    const raw::constants rc = raw_of(c);
    double worst = 0;
    for (unsigned long i = 0; i < typed.size(); ++i) {
        raw::performance r;
        raw::compute<Exp>(&plain[i], &rt, &rc, &r);
        worst = std::max(worst, difference(compute(typed[i], t, c), r));
    }
    return worst;
}

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    std::puts("Compute step of a training candidate, ns; ratio typed / by hand, goal 1.10 for the mix");
    std::puts("| sites | typed | by hand | ratio | +- | by hand, libm's exp | ratio | +- |");
    std::puts("|--:|--:|--:|--:|--:|--:|--:|--:|");

    uonaco::calibration c;
    uonaco::training t = bench::dense_70b();
    bool same = true;
    for (int row = 1; row <= uonaco::max_shares + 1; ++row) {
        const int sites = row % (uonaco::max_shares + 1);
        auto typed = bench::candidates_over(sites, sites ? 64 : 16);
        std::shuffle(typed.begin(), typed.end(), std::mt19937(7)); // a search meets all numbers of sites in turn
        std::vector<raw::candidate> plain;
        for (const auto& f : typed) plain.push_back(raw_of(f));
        raw::training rt = raw_of(t, c);
        raw::constants rc = raw_of(c);
        bench::keep(t), bench::keep(c), bench::keep(rt), bench::keep(rc);

        const auto by_type = [&] {
            for (const auto& f : typed) {
                auto p = compute(f, t, c);
                bench::keep(p);
            }
        };
        const auto by_hand = [&]<class Exp>(Exp) {
            for (const auto& f : plain) {
                raw::performance p;
                raw::compute<Exp>(&f, &rt, &rc, &p);
                bench::keep(p);
            }
        };
        const auto times = bench::race(
            o, static_cast<double>(typed.size()), by_type, [&] { by_hand(raw::own_exp{}); },
            [&] { by_hand(raw::libm_exp{}); });
        const auto own_exp = bench::ratio(times[0], times[1]);
        const auto libm_exp = bench::ratio(times[0], times[2]);
        std::printf("| %s | %.1f | %.1f | %.2f | %.0f %% | %.1f | %.2f | %.0f %% |\n",
                    sites ? std::to_string(sites).c_str() : "mix", times[0].median(), times[1].median(),
                    own_exp.median(), 100 * own_exp.spread(), times[2].median(), libm_exp.median(),
                    100 * libm_exp.spread());

        // Bits must agree with the same exponential, and all but the last few with the C library's; also off the defaults.
        uonaco::training other = t;
        other.stream_data = true;
        other.sync_every = 3;
        other.overlap = 0.5; // else the shape's layers say what hides local steps
        other.shape = uonaco::transformer{.layers = 80, .hidden = 8192, .heads = 64, .sequence = 4096};
        uonaco::calibration shown = c;
        shown.exposed_tail = 1.0;
        for (const auto& [task, constants] : {std::pair{t, c}, std::pair{other, shown}}) {
            const double bits = difference<raw::own_exp>(typed, plain, task, constants);
            const double close = difference<raw::libm_exp>(typed, plain, task, constants);
            if (bits > 0 || close > 1e-12) {
                std::printf("results differ: by %.1e, with libm's exp by %.1e\n", bits, close);
                same = false;
            }
        }
    }
    std::puts(same ? "\nresults: equal to the last bit (with libm's exp within 1e-12)" : "\nresults: DIFFER");
    return same ? 0 : 1;
}
