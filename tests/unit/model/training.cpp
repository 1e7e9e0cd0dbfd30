// SPDX-License-Identifier: Apache-2.0
// S5 against published cases and the figures of the problem statement.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/training_model.hpp>
#include <uonaco/resource/wan_link.hpp>
#include <uonaco/units/literals.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// Sites of 1,024 devices of 989 TFLOPS at 45 %, ring of `rate` with `delay`.
features<double> sites(int n, units::bit_rate rate, units::latency delay) {
    features<double> f;
    f.sites = n;
    for (int i = 0; i < n; ++i) {
        f.site[i].devices = 1024.0;
        f.site[i].peak = 989_TFLOPS;
        f.site[i].mfu = 0.45;
        f.site[i].memory = 80_GB;
        for (int j = 0; j < i; ++j) {
            f.pair[pair_index(i, j)].rate = rate;
            f.pair[pair_index(i, j)].delay = delay;
        }
    }
    return f;
}
const training dense_70b{.parameters = 70'000'000'000, .tokens_per_step = 16 * 1048576, .steps = 10000};

// A job whose step computes for 20 s on sites(2, ...) and whose gradients are 350 GB.
training gpt3_like() {
    training t{.parameters = 175'000'000'000, .steps = 1};
    t.tokens_per_step = static_cast<units::count>(20.0 * 2048 * 989e12 * 0.45 / (6 * 175e9));
    return t;
}
} // namespace

TEST_CASE("S5: the step of figure 1") {
    const calibration c;
    CHECK(compute(sites(1, {}, {}), dense_70b, c).step.si() == Approx(15.5).epsilon(0.005));
    CHECK(compute(sites(2, 100_Gbps, propagation(600_km, fibre_type::smf)), dense_70b, c).step.si() ==
          Approx(15.8).epsilon(0.005));
    const auto joined = compute(sites(2, 400_Gbps, propagation(800_km, fibre_type::smf)), dense_70b, c);
    CHECK(joined.step.si() == Approx(7.73).epsilon(0.001));
    CHECK(*joined.efficiency == 1.0); // the exchange hides behind the backward pass
    CHECK(joined.exposed == 0_s);
    // by hand: 6 N tokens / (1024 x 989e12 x 0.45), 70e9 x 16 bit at 100 Gb/s, 0.6 of two thirds of the step hidden
    const double compute_s = 6 * 70e9 * 16 * 1048576 / (2048 * 989e12 * 0.45);
    const double wire = 70e9 * 16 / 100e9 + 2 * 600e3 * 1.468 / 299792458.0;
    CHECK(compute(sites(2, 100_Gbps, propagation(600_km, fibre_type::smf)), dense_70b, c).step.si() ==
          Approx(compute_s + wire - 0.6 * 2 / 3 * compute_s).epsilon(1e-9));
}

TEST_CASE("S5: at 309.342 Gb/s a step of 20 s with 350 GB of gradients over 120 km keeps exactly 95 %") {
    const calibration c;
    REQUIRE(c.exposed_tail == 0.0);
    const training t = gpt3_like();
    const units::latency delay = propagation(120_km, fibre_type::smf);
    const auto p = compute(sites(2, 309.342_Gbps, delay), t, c);
    CHECK(p.step_compute.si() == Approx(20).epsilon(1e-6));
    CHECK(*p.efficiency == Approx(0.95).margin(1e-6));
    training no_overlap = t;
    no_overlap.overlap = 0.0;
    CHECK(*compute(sites(2, 2662.97_Gbps, delay), no_overlap, c).efficiency == Approx(0.95).margin(1e-6));
    // 800 Gb/s: 3.5 s, hidden under the step
    CHECK(compute(sites(2, 800_Gbps, delay), t, c).exposed == 0_s);
    CHECK(compute(sites(2, 800_Gbps, delay), t, c).step_communication.si() == Approx(3.5).epsilon(1e-3));
}

TEST_CASE("S5: PaLM on two pods, 98.9 % without overlap") {
    // 768 host pairs exchange 1.3 GB each way over 81 Tb/s (both ways together): 0.1972 s on a step of 17.40 s
    const units::volume message = 768 * 1.3_GB;
    training t{.parameters = static_cast<units::count>(message.si() / 16), .steps = 1, .overlap = 0.0};
    t.tokens_per_step =
        static_cast<units::count>(17.4028 * 2048 * 989e12 * 0.45 / (6.0 * static_cast<double>(t.parameters)));
    const auto p = compute(sites(2, 40.5_Tbps, 0_us), t, calibration{});
    CHECK(p.step_communication.si() == Approx(0.1972).margin(0.00005));
    CHECK(p.step.si() == Approx(17.60).margin(0.001));
    CHECK(*p.efficiency == Approx(0.989).margin(0.0005));
}

TEST_CASE("the site with the least egress sets the pace") {
    const calibration c;
    auto f = sites(3, 400_Gbps, 1_ms);
    training t = dense_70b;
    t.overlap = 0.0;
    const auto even = compute(f, t, c);
    // 2 (3-1) / 3 x 1.12 Tb over two links of 400 Gb/s each, four delays
    CHECK(even.step_communication.si() == Approx(4.0 / 3 * 1.12e12 / 800e9 + 4 * 0.001));
    f.pair[pair_index(0, 1)].rate = 100_Gbps;
    CHECK(compute(f, t, c).step_communication.si() == Approx(4.0 / 3 * 1.12e12 / 500e9 + 0.004));
    f.pair[pair_index(0, 1)].loss = 0.5;
    CHECK(compute(f, t, c).step_communication.si() == Approx(4.0 / 3 * 1.12e12 / 450e9 + 0.004));
    f.pair[pair_index(1, 2)].delay = 10_ms;
    f.pair[pair_index(1, 2)].jitter = 2_ms;
    CHECK(compute(f, t, c).step_communication.si() == Approx(4.0 / 3 * 1.12e12 / 450e9 + 4 * 0.012));
}

TEST_CASE("what makes a step cheaper never makes it longer") {
    const calibration c;
    const auto step = [&](int n, units::bit_rate r, units::latency d, training t) {
        return compute(sites(n, r, d), t, c).step;
    };
    for (int n = 2; n <= 8; ++n)
        for (int k = 1; k < 12; ++k) {
            CHECK(step(n, (k + 1) * 50_Gbps, 3_ms, dense_70b) <= step(n, k * 50_Gbps, 3_ms, dense_70b));
            CHECK(step(n, 100_Gbps, k * 1_ms, dense_70b) <= step(n, 100_Gbps, (k + 1) * 1_ms, dense_70b));
            training rarely = dense_70b, rarer = dense_70b;
            rarely.sync_every = k;
            rarer.sync_every = k + 1;
            CHECK(step(n, 10_Gbps, 3_ms, rarer) <= step(n, 10_Gbps, 3_ms, rarely));
        }
}

TEST_CASE("C9: no exchange over four sites and more is shorter than their least cut lets it be") {
    const calibration c;
    training t = dense_70b;
    t.overlap = 0.0;
    // two pairs of sites that only a thin connection joins: everything has to cross it, each way
    auto f = sites(4, {}, 1_ms);
    f.pair[pair_index(0, 1)].rate = f.pair[pair_index(2, 3)].rate = 800_Gbps;
    f.pair[pair_index(1, 2)].rate = 1_Gbps;
    CHECK(compute(f, t, c).step_communication.si() == Approx(70e9 * 16 / 1e9 + 6 * 0.001));
    std::mt19937_64 bits(5);
    for (int turn = 0; turn < 700; ++turn) {
        const int n = 2 + turn % 7;
        auto g = sites(n, {}, 0_ms);
        collectives::site_rates<double> all{.sites = n};
        for (int j = 0; j < n; ++j) {
            all.ranks[j] = 1;
            for (int i = 0; i < j; ++i) {
                if (j > i + 1 && bits() % 3 == 0) continue;
                auto& p = g.pair[pair_index(i, j)];
                p.rate = static_cast<double>(1 + bits() % 1000) * 1_Gbps;
                p.loss = turn % 2 ? 0.1 : 0.0;
                all.rate[i][j] = all.rate[j][i] = units::bit_rate(p.rate * (1.0 - p.loss));
            }
        }
        const double wire = compute(g, t, c).step_communication.si();
        const double bound = collectives::all_reduce_cut_bound<double>(units::volume::from_si(70e9 * 16), all).si();
        CHECK(wire == Approx(bound).epsilon(1e-9));
        if (n > 3) { // known before, it has the same bits
            g.group_egress = detail::group_egress(g);
            CHECK(compute(g, t, c).step_communication.si() == wire);
        }
    }
}

TEST_CASE("local steps divide what shows of the exchange") {
    const calibration c;
    training t = dense_70b;
    t.overlap = 0.0;
    const auto each = compute(sites(2, 10_Gbps, 3_ms), t, c);
    t.sync_every = 100;
    const auto hundredth = compute(sites(2, 10_Gbps, 3_ms), t, c);
    CHECK(hundredth.exposed.si() == Approx(each.exposed.si() / 100));
    CHECK(hundredth.carried.si() == Approx(each.carried.si() / 100));
}

TEST_CASE("data is staged before, or streamed behind the computing") {
    const calibration c;
    auto f = sites(1, {}, {});
    f.access.rate = 100_Gbps;
    f.staging = 10_TB;
    training t = dense_70b;
    CHECK(compute(f, t, c).staging.si() == Approx(800));
    CHECK(compute(f, t, c).completion().si() == Approx(800 + 10000 * compute(f, t, c).step.si()).epsilon(1e-6));
    f.read_rate = 1_GBps;
    CHECK(compute(f, t, c).staging.si() == Approx(10000));
    t.stream_data = true; // 1 s a step, hidden behind 15 s of computing
    CHECK(compute(f, t, c).staging == 0_s);
    CHECK(compute(f, t, c).exposed == 0_s);
    f.read_rate = 0.05_GBps; // 20 s a step
    CHECK(compute(f, t, c).step.si() == Approx(20));
}

TEST_CASE("a path takes one time, whether data is transferred over it, staged or streamed") {
    const calibration c;
    auto f = sites(2, 400_Gbps, 3_ms);
    f.access.rate = 100_Gbps;
    f.access.delay = 10_ms;
    f.access.jitter = 50_ms;
    f.access.loss = 1e-4;
    f.staging = 1_TB;
    training t = dense_70b;
    t.steps = 1;
    transfer moved;
    for (const auto how : {recovery::selective_repeat, recovery::go_back_n})
        for (const maybe<units::volume> window : {maybe<units::volume>{}, maybe<units::volume>(10_MB)}) {
            t.recovery = moved.recovery = how;
            t.window = moved.window = window;
            t.stream_data = false;
            const auto time = compute(f, moved, c).exposed;
            CHECK(compute(f, t, c).staging == time);
            CHECK(compute(f, t, c).step_data == 0_s);
            t.stream_data = true;
            const auto streamed = compute(f, t, c);
            if (time > streamed.step_compute) CHECK(streamed.step.si() == Approx(time.si()));
            CHECK((streamed.step_data > 0_s) == (streamed.step > streamed.step_compute));
        }
}

TEST_CASE("queues and circuits run side by side") {
    const calibration c;
    auto f = sites(2, 400_Gbps, 3_ms);
    f.site[1].queue_wait = 100_s;
    f.pair[0].lead_time = 180_s;
    CHECK((compute(f, dense_70b, c).queue == 100_s && compute(f, dense_70b, c).provisioning == 80_s));
    f.start_delay = 90_s;
    CHECK(compute(f, dense_70b, c).queue == 100_s);
    f.start_delay = 500_s;
    CHECK((compute(f, dense_70b, c).queue == 500_s && compute(f, dense_70b, c).provisioning == 0_s));
}

TEST_CASE("MEM1 decides what fits: the fullest device of the smallest site") {
    const calibration c;
    auto f = sites(2, 400_Gbps, 3_ms);
    f.site[1].devices = 8.0;
    const auto p = compute(f, dense_70b, c);
    CHECK(p.memory_needed.si() / 8e9 == Approx(16 * 70 / 8.0));
    CHECK(p.memory_share == Approx(16 * 70 / 8.0 / 80));
}

TEST_CASE("R4: devices and circuits fail") {
    const calibration c;
    auto f = sites(2, 400_Gbps, 3_ms);
    for (int i = 0; i < 2; ++i) f.site[i].failure_rate = 1.0 / c.device_mtbf;
    const auto p = compute(f, dense_70b, c);
    CHECK(p.goodput == reliability::goodput_at<double>(2048.0 / c.device_mtbf, 60_s, 300_s));
    CHECK(p.lost.si() == Approx((p.compute + p.exposed).si() * (1 / p.goodput - 1)));
    f.pair[0].failure_rate = reliability::failure_rate<double>(0.997, 12_h);
    CHECK(compute(f, dense_70b, c).goodput < p.goodput);
}

namespace {
// Two sites as halves of a pipeline: 10 s of computing in 20 micro-batches; 70e9 parameters in 80 layers of 8192.
features<double> halves(units::bit_rate rate, units::latency delay) {
    auto f = sites(2, rate, delay);
    for (int i = 0; i < 2; ++i) {
        f.stage[i].step = 10_s;
        f.stage[i].stages = 1.0;
        f.stage[i].micro_batches = 20.0;
        f.stage[i].memory = 60_GB;
    }
    return f;
}
training staged(units::count tokens = 2 * 1048576) {
    training t = dense_70b;
    t.tokens_per_step = tokens;
    t.shape = transformer{.layers = 80, .hidden = 8192, .heads = 64, .sequence = 8192};
    t.cut = wan_cut::pipeline;
    return t;
}
// The same with as much to compute as the batch has.
features<double> halves_of(const training& t, units::bit_rate rate, units::latency delay) {
    auto f = halves(rate, delay);
    training shared = t;
    shared.cut = wan_cut::data;
    for (int i = 0; i < 2; ++i) {
        f.stage[i].step = compute(f, shared, calibration{}).step_compute;
        f.stage[i].stages = 4.0;
        f.stage[i].micro_batches = 64.0;
    }
    return f;
}
constexpr units::bit_rate endless = units::bit_rate::from_si(1e24);
} // namespace

TEST_CASE("P1: without delay a pipeline over sites is one inside a site") {
    const calibration c;
    const auto p = compute(halves(endless, 0_us), staged(), c);
    CHECK(p.pipelined == 1.0);
    CHECK(p.step_compute.si() == Approx(10.5)); // filling it is no waiting for the network
    CHECK(p.step.si() == Approx(pipeline::step<double>(0.5_s, 20, 2).si()).epsilon(1e-9));
    CHECK(*p.efficiency == Approx(1).epsilon(1e-9));
}

TEST_CASE("P1: delay shows by the micro-batches under way, and more of them hide it") {
    const calibration c;
    auto f = halves(endless, 50_ms);
    training t = staged();
    // by hand: two under way, so 2 x 50 ms every two; one micro-batch of filling and a return trip
    CHECK(compute(f, t, c).step.si() == Approx(20 * (0.5 + 0.05) + 0.5 + 0.1).epsilon(1e-9));
    CHECK(compute(f, t, c).step.si() ==
          Approx(pipeline::cut_step<double>(0.5_s, 50_ms, 20, 2, 1, 2).si()).epsilon(1e-9));
    double before = compute(f, t, c).step.si();
    for (units::count early = 1; early <= 4; ++early) {
        t.early_micro_batches = early;
        const double step = compute(f, t, c).step.si();
        CHECK(step <= before);
        before = step;
    }
    CHECK(before == Approx(10.5 + 0.1).epsilon(1e-9)); // hidden but for the first and the last
    t.early_micro_batches = 0;
    f.stage[1].stages = 9.0; // a deeper pipeline behind the cut has more under way, and takes longer to pass
    f.stage[1].step = 14_s;  // 20 + 9 - 1 micro-batches
    CHECK(compute(f, t, c).step.si() == Approx(20 * (0.5 + 0.01) + 9 * 0.5 + 0.1).epsilon(1e-9));
    CHECK(compute(f, t, c).step.si() ==
          Approx(pipeline::cut_step<double>(0.5_s, 50_ms, 20, 10, 1, 10).si()).epsilon(1e-9));
}

TEST_CASE("P1: stages count, in whichever share they are") {
    const calibration c;
    for (const auto& [a, b] : {std::pair{4, 4}, {2, 6}, {1, 7}, {7, 1}}) {
        auto f = halves(endless, 0_us);
        for (int i = 0; i < 2; ++i) {
            f.stage[i].stages = i == 0 ? a : b;
            f.stage[i].step = pipeline::step<double>(0.5_s, 20, i == 0 ? a : b);
        }
        CHECK(compute(f, staged(), c).step.si() == Approx(pipeline::step<double>(0.5_s, 20, 8).si()).epsilon(1e-9));
        // Interleaved inside the shares: a share fills as fast as it would alone, the other one is passed.
        for (int i = 0; i < 2; ++i) {
            const int own = i == 0 ? a : b;
            f.stage[i].step = pipeline::step<double>(0.5_s, 20, own, 3);
            f.stage[i].interval = 0.5_s;
            f.stage[i].passage = own * 0.5_s;
        }
        CHECK(compute(f, staged(), c).step.si() ==
              Approx(20 * 0.5 + std::max((a - 1) / 3.0 + b, (b - 1) / 3.0 + a) * 0.5).epsilon(1e-9));
    }
}

namespace {
// Shares of `stages` stages each, which take `time` a micro-batch and could interleave v chunks.
features<double> interleaved(const std::vector<double>& time, int stages, double micro_batches, double v,
                             const std::vector<double>& delay) {
    const int n = static_cast<int>(time.size());
    auto f = sites(n, endless, 0_us);
    for (auto& p : f.pair) p.egress = units::volume_price{};
    for (int i = 0; i < n; ++i) {
        const units::duration t = units::duration::from_si(time[static_cast<unsigned>(i)]);
        auto& s = f.stage[i];
        s = {};
        s.stages = stages;
        s.micro_batches = micro_batches;
        s.step = pipeline::step<double>(t, micro_batches, stages, v);
        s.interval = t;
        s.passage = stages * t;
        s.memory = s.interleaved_memory = 60_GB;
        s.chunks = v;
        const int next = (i + 1) % n;
        f.pair[next ? pair_index(i, next) : pair_index(0, i)].delay =
            units::latency::from_si(delay[static_cast<unsigned>(i)]);
    }
    return f;
}

// The interleaved schedule of Narayanan et al. 2021, as Megatron-LM runs it, device by device: a third of a micro-batch's time
// forward, the rest backward; `delay[i]` from share i to the next, the last one's to the first.
double simulated(const std::vector<double>& time, int stages, int m, int v, const std::vector<double>& delay) {
    const int n = static_cast<int>(time.size()), p = n * stages, total = m * v;
    const auto of_share = [&](int r) { return static_cast<unsigned>(r / stages); };
    const auto way = [&](int r) { return (r + 1) % stages == 0 ? delay[of_share(r)] : 0.0; }; // from r to the next
    const auto at = [&](bool back, int chunk, int batch, int r) {
        return static_cast<unsigned>((((back ? 1 : 0) * v + chunk) * m + batch) * p + r);
    };
    std::vector<double> done(static_cast<unsigned>(2 * total * p), -1), free(static_cast<unsigned>(p), 0);
    std::vector<int> steps(static_cast<unsigned>(p), 0);
    for (int left = 2 * total * p; left > 0;)
        for (int r = 0; r < p; ++r)
            for (int& step = steps[static_cast<unsigned>(r)]; step < 2 * total; ++step, --left) {
                const int warm = m == p ? total : std::min(2 * (p - r - 1) + (v - 1) * p, total);
                const int beyond = step - warm;
                const bool back = beyond >= 0 && (beyond % 2 == 1 || step >= 2 * total - warm);
                const int k = beyond < 0 ? step : step >= 2 * total - warm ? step - total : warm * !back + beyond / 2;
                const int group = k % (p * v) / p, batch = k / (p * v) * p + k % p;
                const int chunk = back ? v - 1 - group : group;
                double from = 0;
                if (!back && (r > 0 || chunk > 0)) {
                    const int before = r > 0 ? r - 1 : p - 1;
                    from = done[at(false, r > 0 ? chunk : chunk - 1, batch, before)];
                    if (from < 0) break;
                    from += way(before);
                } else if (back) {
                    const bool first = r == p - 1 && chunk == v - 1;
                    const int after = r < p - 1 ? r + 1 : 0;
                    from = first ? done[at(false, chunk, batch, r)]
                                 : done[at(true, r < p - 1 ? chunk : chunk + 1, batch, after)];
                    if (from < 0) break;
                    if (!first) from += way(r);
                }
                double& now = free[static_cast<unsigned>(r)];
                now = std::max(now, from) + time[of_share(r)] / v * (back ? 2.0 / 3 : 1.0 / 3);
                done[at(back, chunk, batch, r)] = now;
            }
    return *std::max_element(free.begin(), free.end());
}
} // namespace

TEST_CASE("P1: chunks of layers interleaved over shares, by hand") {
    const calibration c;
    const auto of = [&](double delay) { return interleaved({0.5, 0.5}, 4, 20, 3, {delay, delay}); };
    const auto free = compute(of(0), staged(), c);
    CHECK(free.step.si() == Approx(pipeline::step<double>(0.5_s, 20, 8, 3).si()).epsilon(1e-9)); // as in one site
    CHECK(free.chunks == 3.0);
    CHECK(free.carried.si() == Approx(5 * compute(halves(endless, 0_us), staged(), c).carried.si())); // to and fro
    const double alone = (20 + 7.0 / 3) * 0.5;
    // three ways there, two between and three back, less what the last micro-batch spares
    CHECK(compute(of(0.05), staged(), c).step.si() == Approx(alone + 2 * 5 * 0.05).epsilon(1e-9));
    // a chunk's turn of 2 x 3 x 0.1 s, in 0.5 s
    CHECK(compute(of(0.09), staged(), c).step.si() == Approx(alone + 2 * 5 * 0.09 + 20 * 0.04).epsilon(1e-9));
    auto f = of(0.09);
    f.stage[1].chunks = 2.0; // not alike: each inside its share
    const auto inside = compute(f, staged(), c);
    CHECK(inside.chunks == 1.0);
    for (const double delay : {0.0, 0.01, 0.1, 0.3, 1.0}) { // and never worse
        f = of(delay);
        f.stage[0].chunks = 0.0;
        const auto without = compute(f, staged(), c);
        CHECK(without.chunks == 1.0);
        CHECK(compute(of(delay), staged(), c).step <= without.step);
    }
    CHECK(compute(of(1.0), staged(), c).chunks == 1.0);
    f = of(0);
    f.stage[0].interleaved_memory = 90_GB; // does not fit
    CHECK(compute(f, staged(), c).chunks == 1.0);
    CHECK(compute(f, staged(), c).memory_share == 60.0 / 80);
    f = of(0);
    f.stage[0].interleaved_memory = 70_GB;
    CHECK(compute(f, staged(), c).memory_share == 70.0 / 80);
    f = of(0);
    f.stage[0].micro_batches = f.stage[1].micro_batches = 7.0; // less than a group
    CHECK(compute(f, staged(), c).chunks == 1.0);
    f = interleaved({0.5, 0.5, 0.5}, 2, 20, 3, {0, 0, 0});
    CHECK(compute(f, staged(), c).chunks == 3.0);
    f.pair[pair_index(0, 2)].rate = {}; // no way back
    CHECK(compute(f, staged(), c).chunks == 1.0);
    f = of(0);
    f.pair[0].egress = 0.01_usd_per_GB; // five times the volume would be paid for
    CHECK(compute(f, staged(), c).chunks == 1.0);
    f.pair[0].egress = {};
    CHECK(compute(f, staged(), c).chunks == 1.0);
}

TEST_CASE("P1: interleaved over shares, no step is shorter than in simulated schedules") {
    const calibration c;
    support::dice d(11);
    for (int turn = 0; turn < 300; ++turn) {
        const int n = 2 + static_cast<int>(d.below(3)), stages = 2 + static_cast<int>(d.below(3));
        const int v = 2 + static_cast<int>(d.below(3)), m = n * stages * (1 + static_cast<int>(d.below(6)));
        const bool alike = d.one_in(2), brief = d.one_in(2);
        std::vector<double> time, delay;
        for (int i = 0; i < n; ++i) {
            time.push_back(alike ? 1.0 : d.between(0.5, 1.0));
            delay.push_back(d.between(0, brief ? 0.2 : 1.5) / v);
        }
        if (n == 2) delay[1] = delay[0]; // one connection
        const double took = simulated(time, stages, m, v, delay);
        auto f = interleaved(time, stages, m, v, delay);
        const auto p = compute(f, staged(), c);
        if (p.chunks == 1.0) continue;
        REQUIRE(took <= p.step.si() * (1 + 1e-9));
        if (alike && brief) REQUIRE(took == Approx(p.step.si()).epsilon(1e-9));
    }
}

TEST_CASE("P1: three shares, of which the middle one is slower") {
    const calibration c;
    auto f = sites(3, endless, 20_ms);
    for (int i = 0; i < 3; ++i) {
        f.stage[i].step = i == 1 ? 12.3_s : 8.2_s; // 40 + 1 times
        f.stage[i].stages = 2.0;
        f.stage[i].micro_batches = 40.0;
        f.stage[i].memory = 60_GB;
    }
    // The middle one's 0.3 s a micro-batch, two stages of it and four of 0.2 s to fill; two return trips of 40 ms. A turn behind the
    // second cut takes 0.3 + 0.4 + 0.04 s for three micro-batches, one behind the first 0.2 + 0.6 + 0.4 + 0.08 s for five: no limit.
    CHECK(compute(f, staged(), c).step.si() == Approx(41 * 0.3 + 4 * 0.2 + 0.08).epsilon(1e-9));
    for (auto& p : f.pair) p.delay = 200_ms; // then 0.3 + 0.4 + 0.4 for three, 0.2 + 0.6 + 0.4 + 0.8 for five
    CHECK(compute(f, staged(), c).step.si() == Approx(40 * 0.4 + 2 * 0.3 + 3 * 0.2 + 0.8).epsilon(1e-9));
    for (auto& p : f.pair) p.delay = 20_ms;
    f.stage[2].micro_batches = 60.0; // smaller ones; the cuts pass the larger
    CHECK(compute(f, staged(), c).step.si() == Approx(41 * 0.3 + 2 * 0.2 + 2 * 8.2 / 61 + 0.08).epsilon(1e-9));
    f.pair[pair_index(0, 2)].rate = {}; // a pipeline does not need it
    CHECK(compute(f, staged(), c).pipelined == 1.0);
    f.pair[pair_index(1, 2)].rate = {};
    f.pair[pair_index(0, 2)].rate = 100_Gbps;
    CHECK(compute(f, staged(), c).pipelined == 0.0); // the second has nobody to hand on to
}

TEST_CASE(
    "the cut is the candidate's where the workload leaves it open: activations grow with the batch, gradients do not") {
    const calibration c;
    // 2 Mi tokens of 8192 numbers in 16 bits are 0.275 Tb each way; the gradients of 70e9 parameters 1.12 Tb
    training t = staged();
    t.cut = {};
    auto h = halves_of(t, 100_Gbps, 3_ms);
    h.pipelined = true;
    const auto few = compute(h, t, c);
    CHECK(few.pipelined == 1.0);
    CHECK(few.carried.si() == Approx(10000 * 2.0 * 1048576 * 8192 * 16));
    training data = t;
    data.cut = wan_cut::data;
    CHECK(few.step < compute(halves_of(t, 100_Gbps, 3_ms), data, c).step);
    // 16 Mi tokens: 2.2 Tb
    t.tokens_per_step = data.tokens_per_step = 16 * 1048576;
    const auto many = compute(halves_of(t, 100_Gbps, 3_ms), t, c);
    CHECK(many.pipelined == 0.0);
    CHECK(many.step == compute(halves_of(t, 100_Gbps, 3_ms), data, c).step);
    h = halves_of(t, 100_Gbps, 3_ms);
    h.pipelined = true;
    CHECK(many.step < compute(h, t, c).step);
    CHECK(many.step == compute(h, data, c).step); // what the workload says counts first
    CHECK(many.carried.si() == Approx(10000 * 70e9 * 16));
    // what does not fit as a whole may fit in halves
    auto f = halves_of(t, 100_Gbps, 3_ms);
    f.site[0].planned_memory = f.site[1].planned_memory = 90_GB;
    CHECK(compute(f, t, c).memory_share == 90.0 / 80);
    f.pipelined = true;
    const auto divided = compute(f, t, c);
    CHECK(divided.pipelined == 1.0);
    CHECK(divided.memory_share == 60.0 / 80);
    f.stage[0].memory = 85_GB;
    CHECK(compute(f, t, c).memory_share == 85.0 / 80);
    // as if the workload had said so; local steps have no pipeline
    for (const double gbps : {5.0, 20.0, 80.0, 320.0, 1280.0})
        for (units::count tokens = 1 << 18; tokens <= 1 << 26; tokens *= 2) {
            h = halves_of(staged(tokens), gbps * 1_Gbps, 3_ms);
            training open = staged(tokens), piped = open, shared = open;
            open.cut = {};
            shared.cut = wan_cut::data;
            CHECK(compute(h, open, c).step == compute(h, shared, c).step);
            h.pipelined = true;
            CHECK(compute(h, open, c).step == compute(h, piped, c).step);
            open.sync_every = shared.sync_every = 2;
            CHECK(compute(h, open, c).step == compute(h, shared, c).step);
        }
}

TEST_CASE("L2: local steps hide all but the last layer's part; streaming hides steps") {
    const calibration c;
    training t = staged();
    t.cut = {};
    t.sync_every = 100;
    const auto f = sites(2, 10_Gbps, 3_ms);
    const auto p = compute(f, t, c);
    const double wire = 112.006, computing = p.step_compute.si();
    CHECK(p.step_communication.si() == Approx(wire / 100).epsilon(1e-6));
    CHECK((p.step - p.step_compute).si() ==
          Approx(std::max(wire - 2.0 / 3 * (1 - 1.0 / 80) * computing, wire / 80) / 100).epsilon(1e-6));
    t.stream_steps = 5;
    CHECK((compute(f, t, c).step - p.step_compute).si() == Approx((wire - 5 * computing) / 100).epsilon(1e-6));
    t.sync_every = 200;
    t.stream_steps = 150;
    CHECK(compute(f, t, c).exposed == 0_s);
    t.sync_every = 1; // no more than the steps between two exchanges
    CHECK((compute(f, t, c).step - p.step_compute).si() == Approx(wire - computing).epsilon(1e-6));
}

TEST_CASE("memory: what a plan needs where there is one, else the least by formula") {
    const calibration c;
    training t = dense_70b;
    auto f = sites(1, {}, {});
    // MEM1 16 bytes x 70e9 / 1024; MEM2 s b h (2 L + 34) where the shape is known
    CHECK(compute(f, t, c).memory_needed.si() == Approx(8 * 16 * 70e9 / 1024));
    t.shape = transformer{.layers = 80, .hidden = 8192, .heads = 64, .sequence = 8192};
    CHECK(compute(f, t, c).memory_needed.si() ==
          Approx(8 * (16 * 70e9 / 1024 + 8192.0 * 8192 * (2 * 80 + 34))).epsilon(1e-12));
    t.plan = parallel_plan{.micro_batch = 2};
    CHECK(compute(f, t, c).memory_needed.si() ==
          Approx(8 * (16 * 70e9 / 1024 + 2 * 8192.0 * 8192 * (2 * 80 + 34))).epsilon(1e-12));
    f.site[0].planned_memory = 40_GB;
    CHECK(compute(f, t, c).memory_share == 0.5);
}
