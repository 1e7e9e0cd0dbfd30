// SPDX-License-Identifier: Apache-2.0
// Candidates to measure with: figures of real devices and links, drawn with a fixed seed.
#pragma once

#include <uonaco/base/math.hpp>
#include <uonaco/decision/features.hpp>
#include <uonaco/model/calibration.hpp>
#include <uonaco/model/training_model.hpp>
#include <uonaco/workload/inference.hpp>
#include <uonaco/workload/session.hpp>
#include <uonaco/workload/training.hpp>
#include <uonaco/workload/transfer.hpp>

#include <random>
#include <vector>

namespace bench {

/// Draws that are the same everywhere, which those of <random>'s distributions are not.
class draws {
  public:
    explicit draws(unsigned seed) : bits_(seed) {}
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(bits_() >> 11) / 9007199254740992.0;
    }

  private:
    std::mt19937_64 bits_;
};

inline uonaco::features<double> candidate_over(int sites, draws& d) {
    using namespace uonaco;
    using namespace uonaco::literals;
    features<double> f;
    const auto connect = [&d](pair_features<double>& p) {
        p.rate = d.between(10, 800) * 1_Gbps;
        p.delay = d.between(1, 40) * 1_ms;
        p.jitter = d.between(0, 1) * 1_ms;
        p.loss = d.between(0, 1e-4);
        p.availability = d.between(0.99, 1);
        p.lead_time = d.between(0, 300) * 1_s;
        p.lease = d.between(0, 30) * 1_usd_per_h;
        p.set_up_fee = 500_usd;
        p.egress = units::volume_price{};
        p.power = d.between(0, 100) * 1_W;
        p.failure_rate = units::frequency::from_si(d.between(0, 1e-8));
    };
    f.sites = sites;
    for (int i = 0; i < sites; ++i) {
        auto& s = f.site[i];
        s.devices = math::floor(d.between(64, 2048));
        s.peak = d.between(300, 1000) * 1_TFLOPS;
        s.mfu = d.between(0.3, 0.5);
        s.memory = 80_GB;
        s.memory_rate = 3350_GBps;
        s.idle_power = 100_W;
        s.max_power = 700_W;
        s.host_power = 375_W;
        s.pue = d.between(1.1, 1.5);
        s.price = d.between(1, 4) * 1_usd_per_h;
        s.queue_wait = d.between(0, 600) * 1_s;
        s.failure_rate = 1.0 / 50700_h;
        s.availability = d.between(0.99, 1);
    }
    for (int i = 0; i < sites * (sites - 1) / 2; ++i) connect(f.pair[i]);
    if (sites > 3) f.group_egress = detail::group_egress(f); // as gather() does
    connect(f.access);
    if (d.between(0, 1) < 0.8) f.staging = d.between(0.1, 10) * 1_TB;
    if (d.between(0, 1) < 0.7) f.read_rate = d.between(1, 100) * 1_GBps;
    return f;
}

/// `each` candidates over 1, then over 2, ... up to 8 sites; only over `sites` where that is not 0.
inline std::vector<uonaco::features<double>> candidates_over(int sites, int each, unsigned seed = 1) {
    draws d(seed);
    std::vector<uonaco::features<double>> all;
    for (int n = sites ? sites : 1; n <= (sites ? sites : uonaco::max_shares); ++n)
        for (int i = 0; i < each; ++i) all.push_back(candidate_over(n, d));
    return all;
}

/// What a candidate over so many sites lets the formulas read, in bytes.
constexpr unsigned long bytes_read(int sites) {
    using namespace uonaco;
    const int pairs = sites * (sites - 1) / 2 + 1;
    return static_cast<unsigned long>(sites) * sizeof(site_features<double>) +
           static_cast<unsigned long>(pairs) * sizeof(pair_features<double>);
}

/// 70e9 parameters, dense, 16 Mi tokens a step.
inline uonaco::training dense_70b() {
    return {.parameters = 70'000'000'000, .tokens_per_step = 16 * 1048576, .steps = 10'000};
}

/// Pools of 16 to 256 devices at one site.
inline std::vector<uonaco::features<double>> services(int n, unsigned seed = 1) {
    draws d(seed);
    std::vector<uonaco::features<double>> all;
    for (int i = 0; i < n; ++i) {
        all.push_back(candidate_over(1, d));
        all.back().site[0].devices = 8 * uonaco::math::floor(d.between(2, 33));
        all.back().staging = {};
    }
    return all;
}
/// Copies of 0.1 to 10 TB.
inline std::vector<uonaco::features<double>> transfers(int n, unsigned seed = 1) {
    using namespace uonaco::literals;
    draws d(seed);
    std::vector<uonaco::features<double>> all;
    for (int i = 0; i < n; ++i) {
        all.push_back(candidate_over(0, d));
        all.back().staging = d.between(0.1, 10) * 1_TB;
    }
    return all;
}

/// Llama 3 70B on 8 devices a replica; KV of 80 layers with 8 heads of 128 in 16 bits (model card).
inline uonaco::language_model llama_70b() {
    uonaco::language_model m;
    m.parameters = 70'553'706'496;
    m.kv_per_token = uonaco::units::memory::from_si(8.0 * 2 * 80 * 8 * 128 * 2);
    m.devices_per_replica = 8;
    return m;
}
/// 20 requests a second of 1,000 tokens in and 250 out.
inline uonaco::inference chat_70b() {
    uonaco::inference w;
    w.model = llama_70b();
    w.requests = uonaco::units::frequency::from_si(20.0);
    w.input_tokens = 1000;
    w.output_tokens = 250;
    return w;
}
/// The same with the model's shape, and with what replicas do.
inline uonaco::inference known(uonaco::inference w) {
    w.model.shape = uonaco::transformer{
        .layers = 80, .hidden = 8192, .heads = 64, .kv_heads = 8, .feed_forward = 28672, .gated = true};
    return w;
}
inline std::vector<uonaco::features<double>> known(std::vector<uonaco::features<double>> all) {
    using namespace uonaco::literals;
    draws d(1);
    for (auto& f : all)
        f.replica[0] = {.service = d.between(5, 20) * 1_per_s,
                        .batch = 256.0,
                        .prefill = d.between(0.03, 0.1) * 1_s,
                        .decode_full = d.between(0.03, 0.06) * 1_s,
                        .decode_alone = d.between(0.01, 0.02) * 1_s,
                        .resident = 700.0,
                        .needed = 20_GB};
    return all;
}
/// 200 agents, 8,000 tokens of context each.
inline uonaco::session agents_70b() {
    using namespace uonaco::literals;
    uonaco::session w;
    w.model = llama_70b();
    w.concurrent = 200;
    w.think_time = 20_s;
    w.input_tokens = 500;
    w.output_tokens = 250;
    w.context_tokens = 8000;
    return w;
}
inline uonaco::transfer copy() { return {}; }

} // namespace bench
