// SPDX-License-Identifier: Apache-2.0
// Random features, tasks and supplies for tests: plausible ones and extreme ones.
#pragma once

#include <uonaco/evaluate/assess.hpp>
#include <uonaco/testing/laws.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace support {

using namespace uonaco;
using namespace uonaco::literals;

/// How many times as many random cases as usual: UONACO_TIMES in the environment.
inline int times() {
    const char* text = std::getenv("UONACO_TIMES");
    return text ? std::max(1, std::atoi(text)) : 1;
}

/// One generator for all that a test needs. `wild`: magnitudes far outside of anything built yet.
struct dice {
    std::mt19937_64 engine;
    bool wild = false;

    explicit dice(unsigned seed, bool w = false) : engine(seed), wild(w) {}
    unsigned below(unsigned n) { return n == 0 ? 0 : static_cast<unsigned>(engine() % n); }
    bool one_in(unsigned n) { return below(n) == 0; }
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(engine() >> 11) * 0x1p-53;
    }
    /// log-uniform over low..high; wild: now and then up to a million times beyond either end
    double size(double low, double high) {
        if (wild && one_in(4)) low *= 1e-6, high *= 1e6;
        return std::exp(between(std::log(low), std::log(high)));
    }
    long long count(double low, double high) { return static_cast<long long>(size(low, high)); }
    template <class Q>
    Q quantity(double low, double high) {
        return units::from_exchange_unit<Q>(size(low, high));
    }
    template <class Q>
    Q or_zero(double low, double high) {
        return one_in(3) ? Q{} : quantity<Q>(low, high);
    }
    template <class Q>
    maybe<Q> perhaps(double low, double high) {
        return one_in(3) ? maybe<Q>{} : maybe<Q>(quantity<Q>(low, high));
    }
    double share() { return wild && one_in(4) ? (one_in(2) ? 0.0 : 1.0) : between(0.001, 0.999); }
};

inline pair_features<double> random_pair(dice& d) {
    pair_features<double> p;
    p.rate = d.quantity<units::bit_rate>(1, 3200);
    p.delay = d.or_zero<units::latency>(5, 100000);
    p.jitter = d.or_zero<units::latency>(1, 1000);
    p.loss = d.one_in(2) ? 0.0 : d.wild && d.one_in(4) ? 1.0 : d.size(1e-7, 0.05);
    if (p.loss > 1.0) p.loss = 1.0;
    p.availability = d.one_in(3) ? 1.0 : d.share();
    p.lead_time = d.or_zero<units::duration>(1, 1e6);
    p.lease = d.perhaps<units::price_rate>(1, 1000);
    p.set_up_fee = d.perhaps<units::money>(1, 10000);
    p.egress = d.perhaps<units::volume_price>(0.001, 0.2);
    p.power = d.or_zero<units::power>(1, 1e5);
    if (d.one_in(4)) p.least_lease = d.quantity<units::duration>(60, 1e6);
    if (d.one_in(4)) p.lease_step = d.quantity<units::duration>(60, 1e5);
    if (d.one_in(3)) p.headers = d.between(0.0, 0.1) * p.rate;
    p.jitter_known = !d.one_in(4);
    p.loss_known = !d.one_in(4);
    p.availability_known = !d.one_in(4);
    p.failure_rate =
        d.one_in(2) ? units::frequency{} : units::frequency(reliability::failure_rate<double>(p.availability, 12_h));
    return p;
}

/// Keeps the preconditions of compute(): devices, peaks, mfus and memories above 0, every site connected.
inline features<double> random_features(dice& d, int sites) {
    features<double> f;
    f.sites = sites;
    for (int i = 0; i < sites; ++i) {
        auto& s = f.site[i];
        s.devices = static_cast<double>(d.count(1, d.wild ? 1e6 : 4096));
        if (s.devices < 1.0) s.devices = 1.0;
        s.peak = d.quantity<units::flops>(10, 10000);
        s.mfu = d.between(0.05, 1.0);
        s.memory = d.quantity<units::memory>(8, 300);
        s.memory_rate = d.quantity<units::memory_rate>(100, 10000);
        s.interconnect = d.or_zero<units::memory_rate>(10, 1000);
        s.idle_power = d.or_zero<units::power>(5, 200);
        s.max_power = s.idle_power + d.or_zero<units::power>(5, 1500);
        s.host_power = d.or_zero<units::power>(5, 500);
        if (!d.one_in(3)) s.pue = d.between(1.0, 2.5);
        s.price = d.perhaps<units::price_rate>(0.1, 20);
        s.energy_included = d.one_in(2) ? 1.0 : 0.0;
        s.queue_wait = d.or_zero<units::duration>(1, 1e6);
        s.failure_rate =
            d.one_in(3) ? units::frequency{} : units::frequency(1.0 / d.quantity<units::duration>(1e5, 1e9));
        s.availability = d.one_in(3) ? 1.0 : d.share();
        s.queue_wait_known = !d.one_in(4);
        s.power_known = !d.one_in(4);
        s.availability_known = !d.one_in(4);
        for (int j = 0; j < i; ++j)
            if (j + 1 == i || !d.one_in(3)) f.pair[pair_index(j, i)] = random_pair(d);
    }
    for (int i = 0; i < sites; ++i) {
        auto& s = f.stage[i];
        s.step = d.one_in(8) ? units::duration{} : d.quantity<units::duration>(0.1, 100);
        s.stages = static_cast<double>(d.count(1, 64));
        s.micro_batches = static_cast<double>(d.count(1, 1024));
        s.memory = d.quantity<units::memory>(4, 200);
        if (i % 2 != 0) { // others leave it to the formulas
            s.interval = s.step / (s.micro_batches + s.stages + 1.0);
            s.passage = s.stages * s.interval;
        }
        s.interleaved_memory = s.memory * d.between(1.0, 1.5);
        s.chunks = static_cast<double>(d.below(5));
        if (i > 0 && !d.one_in(4)) s.chunks = f.stage[i - 1].chunks; // alike as a rule
        if (d.one_in(2)) f.site[i].planned_memory = d.quantity<units::memory>(4, 200);
        auto& r = f.replica[i];
        if (d.one_in(3)) continue;
        r.service = d.quantity<units::frequency>(0.01, 1000);
        r.batch = static_cast<double>(d.count(1, 1024));
        r.prefill = d.quantity<units::duration>(1e-3, 10);
        r.decode_alone = d.quantity<units::duration>(1e-3, 0.1);
        r.decode_full = r.decode_alone + d.or_zero<units::duration>(1e-3, 1);
        r.resident = static_cast<double>(d.count(1, 4096));
        r.needed = d.quantity<units::memory>(4, 200);
    }
    f.pipelined = d.one_in(2);
    f.access = random_pair(d);
    f.staging = d.or_zero<units::volume>(1, 1e6);
    f.read_rate = d.or_zero<units::memory_rate>(0.1, 100);
    f.start_delay = d.or_zero<units::duration>(1, 1e6);
    return f;
}

inline training random_training(dice& d) {
    training t;
    t.parameters = d.count(1e7, 1e12);
    if (d.one_in(3)) t.active_parameters = t.parameters / 8 + 1;
    t.tokens_per_step = d.count(1e4, 1e8);
    t.steps = 1 + d.count(1, 1e6);
    t.gradient_precision = d.one_in(2) ? precision::bf16 : precision::fp32;
    if (!d.one_in(3)) t.overlap = d.share();
    t.sync_every = d.one_in(2) ? 1 : 1 + d.count(1, 1000);
    if (d.one_in(2)) {
        t.shape = transformer{.layers = d.count(1, 128), .hidden = d.count(128, 16384), .heads = 1ll << d.below(8)};
        t.shape = [&](transformer m) {
            m.sequence = d.count(128, 65536);
            m.gated = d.one_in(2);
            if (d.one_in(2)) m.vocabulary = d.count(1000, 256000);
            if (d.one_in(2)) m.kv_heads = 1;
            if (d.one_in(2)) m.feed_forward = 3 * m.hidden;
            return m;
        }(*t.shape);
        if (d.one_in(3))
            t.plan =
                parallel_plan{.tensor = 1ll << d.below(4), .pipeline = d.count(1, 16), .micro_batch = d.count(1, 4)};
        if (d.one_in(3)) t.cut = d.one_in(2) ? wan_cut::pipeline : wan_cut::data;
        if (d.one_in(3)) t.early_micro_batches = d.count(1, 8);
    }
    if (d.one_in(4)) t.stream_steps = d.count(1, 4);
    if (d.one_in(4)) t.stack = "megatron-2022";
    t.stream_data = d.one_in(3);
    if (d.one_in(3)) t.checkpoint_time = d.wild && d.one_in(3) ? 0_s : d.quantity<units::duration>(1, 1000);
    if (d.one_in(3)) t.restart_time = d.wild && d.one_in(3) ? 0_s : d.quantity<units::duration>(1, 1000);
    return t;
}

inline language_model random_model(dice& d) {
    language_model m;
    m.parameters = d.count(1e8, 1e12);
    if (d.one_in(3)) m.active_parameters = m.parameters / 10 + 1;
    m.precision = d.one_in(2) ? precision::bf16 : precision::fp8;
    m.kv_per_token = units::memory::from_si(8 * d.size(1e3, 1e6));
    m.devices_per_replica = 1ll << d.below(4);
    m.max_batch = d.count(1, 1024);
    if (d.one_in(2)) m.shape = transformer{.layers = 80, .hidden = 8192, .heads = 64, .kv_heads = 8};
    return m;
}
inline service_objective random_objective(dice& d) {
    service_objective o;
    o.first_token = d.perhaps<units::latency>(1e4, 1e7);
    o.per_token = d.perhaps<units::latency>(1e3, 1e6);
    o.percentile = d.between(0.5, 0.999);
    return o;
}
inline inference random_inference(dice& d) {
    inference i;
    i.model = random_model(d);
    i.requests = d.quantity<units::frequency>(0.01, 1000);
    i.input_tokens = d.count(1, 1e5);
    i.output_tokens = d.count(1, 1e4);
    i.duration = d.quantity<units::duration>(1, 1e7);
    i.request_volume = d.perhaps<units::volume>(1e-6, 1);
    i.response_volume = d.perhaps<units::volume>(1e-6, 1);
    i.arrival_variation = d.between(0.0, 3.0);
    i.service_variation = d.between(0.0, 3.0);
    if (!(i.arrival_variation + i.service_variation > 0.0)) i.service_variation = 1.0;
    i.objective = random_objective(d);
    return i;
}
inline session random_session(dice& d) {
    session s;
    s.model = random_model(d);
    s.concurrent = 1 + d.count(1, 1e5);
    s.think_time = d.or_zero<units::duration>(0.1, 1000);
    s.input_tokens = d.count(1, 1e5);
    s.output_tokens = d.count(1, 1e4);
    s.context_tokens = d.count(1, 1e6);
    s.duration = d.quantity<units::duration>(1, 1e7);
    s.objective = random_objective(d);
    return s;
}
inline transfer random_transfer(dice& d) {
    transfer t;
    t.recovery = d.one_in(2) ? recovery::go_back_n : recovery::selective_repeat;
    t.window = d.perhaps<units::volume>(1e-5, 1);
    return t;
}

inline supply<double> random_supply(dice& d) {
    supply<double> g;
    for (int i = 0; i < max_shares; ++i) {
        g.price[i] = d.perhaps<units::energy_price>(0.01, 1);
        if (g.price[i] && d.one_in(5)) g.price[i] = -*g.price[i]; // prices may be negative
        g.carbon[i] = d.perhaps<units::carbon_intensity>(1, 1000);
    }
    return g;
}
inline valuation random_valuation(dice& d) {
    valuation v;
    v.value_of_time = d.or_zero<units::price_rate>(1, 10000);
    v.carbon_price = d.or_zero<units::carbon_price>(1, 300);
    v.price_stand_in = d.perhaps<units::price_rate>(0.1, 20);
    v.energy_price_stand_in = d.perhaps<units::energy_price>(0.01, 1);
    v.carbon_stand_in = d.perhaps<units::carbon_intensity>(1, 1000);
    if (!d.one_in(3)) v.pue_stand_in = d.between(1.0, 2.5);
    v.lease_stand_in = d.perhaps<units::bandwidth_price>(0.01, 1);
    v.egress_stand_in = d.perhaps<units::volume_price>(0.001, 0.2);
    return v;
}

/// The first figure of an outcome that is not finite, and its value; empty if all are.
inline std::string not_finite(const outcome<double>& o) {
    std::string bad;
    laws::detail::each_figure(o, [&](const std::string& path, const reflect::field&, auto q) {
        if (bad.empty() && !math::finite(q.si())) bad = path + " = " + std::to_string(q.si());
    });
    return bad;
}
/// The first figure of two outcomes that is not the same bits; empty if all are.
inline std::string different_bits(const outcome<double>& a, const outcome<double>& b) {
    std::string bad;
    std::vector<double> left;
    laws::detail::each_figure(a, [&](const std::string&, const reflect::field&, auto q) { left.push_back(q.si()); });
    std::size_t i = 0;
    laws::detail::each_figure(b, [&](const std::string& path, const reflect::field&, auto q) {
        if (bad.empty() && (i == left.size() || !laws::detail::same_bits(left[i], q.si()))) bad = path;
        ++i;
    });
    return bad.empty() && i != left.size() ? "another number of figures known" : bad;
}

} // namespace support
