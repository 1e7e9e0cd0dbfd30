// SPDX-License-Identifier: Apache-2.0
// I1-I3 by hand and at their scaling laws; services and sessions at their limits.
#include "catch.hpp"

#include <uonaco/model/inference_model.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// Llama-3 70B: 2 x 80 layers x 8 KV heads x 128 x 2 bytes
const language_model llama_70b{
    .parameters = 70'000'000'000, .kv_per_token = units::memory::from_si(8 * 327680.0), .devices_per_replica = 4};

site_features<double> h100(double devices) {
    site_features<double> s;
    s.devices = devices;
    s.peak = 989_TFLOPS;
    s.memory = 80_GB;
    s.memory_rate = 3350_GBps;
    return s;
}
features<double> near_users(double devices) {
    features<double> f;
    f.sites = 1;
    f.site[0] = h100(devices);
    f.access.rate = 100_Gbps;
    f.access.delay = 5_ms;
    return f;
}
inference requests(double a_second) {
    inference i{.model = llama_70b, .requests = a_second * 1_per_s, .input_tokens = 1000, .output_tokens = 300};
    i.objective = {.first_token = 1_s, .per_token = 60_ms};
    return i;
}
calibration ideal() {
    calibration c;
    c.decode_efficiency = c.memory_efficiency = c.prefill_efficiency = 1.0;
    c.decode_overhead = c.decode_overhead_per_sequence = 0_s;
    return c;
}
} // namespace

TEST_CASE("a mixture of experts: one token reads what is active, many read nearly all; memory holds all") {
    language_model m{.parameters = 671'000'000'000, .active_parameters = 37'000'000'000, .precision = precision::fp8};
    m.devices_per_replica = 16;
    const double r = 37.0 / 671;
    CHECK(serving::parameters_read<double>(m, 1.0) == Approx(37e9));
    CHECK(serving::parameters_read<double>(m, 2.0) == Approx(671e9 * (1 - (1 - r) * (1 - r))));
    CHECK(serving::parameters_read<double>(m, 32.0) == Approx(671e9 * (1 - std::pow(1 - r, 32))));
    CHECK(serving::parameters_read<double>(m, 1e6) == Approx(671e9));
    CHECK(serving::parameters_read<double>(llama_70b, 256.0) == 70e9);
    const calibration c = ideal();
    CHECK(serving::decode_step<double>(h100(16), m, c, 1.0, 0.0).si() == Approx(37e9 / (16 * 3350e9)));
    CHECK(serving::decode_step<double>(h100(16), m, c, 32.0, 0.0).si() ==
          Approx(671e9 * (1 - std::pow(1 - r, 32)) / (16 * 3350e9)));
    CHECK(serving::replica_at<double>(h100(16), m, c, {100, 100, 100}).needed.si() / 8 ==
          Approx(671e9 / (16 * 0.88)).epsilon(1e-3));
}

TEST_CASE("I2: a decode step by hand") {
    const calibration c = ideal();
    language_model m = llama_70b;
    // one sequence: 140 GB of weights and 1000 tokens of cache over 4 x 3350 GB/s
    const auto alone = serving::decode_step<double>(h100(4), m, c, 1.0, 1000.0);
    CHECK(alone.si() == Approx((140e9 + 1000 * 327680.0) / (4 * 3350e9)));
    // a batch of 1000 without context is bound by compute: 2 N B / (4 P)
    CHECK(serving::decode_step<double>(h100(4), m, c, 1000.0, 0.0).si() == Approx(2 * 70e9 * 1000 / (4 * 989e12)));
    m.devices_per_replica = 8;
    CHECK(serving::decode_step<double>(h100(8), m, c, 1.0, 1000.0).si() ==
          Approx(alone.si() / 2)); // twice as wide, twice as fast
    const calibration fitted;
    CHECK(serving::decode_step<double>(h100(4), llama_70b, fitted, 10.0, 0.0).si() ==
          Approx(140e9 / (4 * 0.98 * 3350e9) + 5.8e-3 + 10 * 10.6e-6));
}

TEST_CASE("I2: the critical batch is P w / (2 W_m), 295 on H100 in bf16, 240 on TPU v5e") {
    const calibration c = ideal();
    const auto tips_at = [&](site_features<double> s) {
        for (double b = 1;; ++b)
            if (serving::decode_step<double>(s, llama_70b, c, b, 0.0) >
                serving::decode_step<double>(s, llama_70b, c, 1.0, 0.0))
                return b - 1;
    };
    CHECK(tips_at(h100(4)) == 295);
    site_features<double> v5e;
    v5e.peak = 197_TFLOPS;
    v5e.memory_rate = 819_GBps;
    CHECK(tips_at(v5e) == 240);
}

TEST_CASE("I1, I3: prompt, batch and throughput of a replica") {
    const calibration c;
    const auto r = serving::replica_at<double>(h100(18), llama_70b, c, {1000, 300, 1225});
    CHECK(r.prefill.si() == Approx(2 * 70e9 * 1000 / (4 * 0.51 * 989e12)));
    CHECK(r.count == 4.0); // 18 devices are four replicas of four
    const double room = 4 * 0.88 * 80e9 - 140e9;
    CHECK(r.batch == std::fmin(256.0, std::floor(room / (1225 * 327680.0))));
    CHECK(r.resident == 4 * std::floor(room / (1225 * 327680.0)));
    CHECK(r.service.si() == Approx(1 / (r.prefill.si() + 300 * r.decode_full.si() / r.batch)));
    language_model narrow = llama_70b;
    narrow.max_batch = 16;
    CHECK(serving::replica_at<double>(h100(4), narrow, c, {1000, 300, 1225}).batch == 16.0);
    // 140 GB of weights do not fit one device of 80
    narrow.devices_per_replica = 1;
    const auto none = serving::replica_at<double>(h100(4), narrow, c, {1000, 300, 1225});
    CHECK(none.batch == 0.0);
    CHECK(none.needed > 80_GB);
    CHECK(math::finite(none.service.si()));
}

TEST_CASE("a lightly loaded service: first token is the way there and back, the prompt and a token") {
    const calibration c;
    auto f = near_users(64);
    const auto p = compute(f, requests(0.001), c);
    const auto r = serving::replica_at<double>(f.site[0], llama_70b, c, {1000, 300, 1225});
    const double payload = (4000 * 8 + 1200 * 8 / 300.0) / 100e9;
    CHECK(p.first_token.si() == Approx(0.010 + payload + r.prefill.si() + r.decode_alone.si()).epsilon(1e-4));
    CHECK(p.per_token.si() == Approx(r.decode_alone.si()).epsilon(1e-3));
    CHECK(p.attainment == Approx(1.0));
    CHECK(p.load == Approx(0.001 / (16 * r.service.si())));
    CHECK(p.completion() == 1_h);
    f.access.delay = 50_ms;
    CHECK((compute(f, requests(0.001), c).first_token - p.first_token).si() == Approx(0.090));
}

TEST_CASE("more requests never help") {
    const calibration c;
    const auto f = near_users(64);
    performance<double> last = compute(f, requests(0.1), c);
    for (double a_second = 1; a_second < 400; a_second *= 1.3) {
        const auto p = compute(f, requests(a_second), c);
        CHECK((p.load > last.load && p.first_token >= last.first_token && p.per_token >= last.per_token));
        CHECK(p.attainment <= last.attainment);
        CHECK(compute(near_users(128), requests(a_second), c).load == Approx(p.load / 2));
        last = p;
    }
    CHECK(last.load > 1.0); // overloaded, and says so
    CHECK(last.attainment == 0.0);
    CHECK(math::finite(last.first_token.si()));
}

TEST_CASE("requests that the access path cannot carry are a load too") {
    const calibration c;
    auto f = near_users(1024);
    inference i = requests(10);
    i.response_volume = 20_MB; // 10 a second: 1.6 Gb/s
    CHECK(compute(f, i, c).load < 0.5);
    f.access.rate = 1_Gbps;
    CHECK(compute(f, i, c).load == Approx(1.6));
    CHECK(compute(f, i, c).attainment == 0.0);
    f.access.rate = {}; // where the users are, nothing is carried
    CHECK(compute(f, i, c).load < 0.5);
}

TEST_CASE("a token time beyond the objective attains nothing") {
    const calibration c;
    inference i = requests(1);
    i.objective.per_token = 1_ms;
    CHECK(compute(near_users(64), i, c).attainment == 0.0);
    i.objective = {};
    CHECK(compute(near_users(64), i, c).attainment == 1.0);
}

TEST_CASE("sessions: turns come at concurrent / (think time + answer), contexts stay on the devices") {
    const calibration c;
    const auto f = near_users(64);
    session s{.model = llama_70b,
              .concurrent = 200,
              .think_time = 20_s,
              .input_tokens = 300,
              .output_tokens = 300,
              .context_tokens = 8000};
    const auto r = serving::replica_at<double>(f.site[0], llama_70b, c, {300, 300, 8600});
    const double turns = 200 / (20 + r.prefill.si() + 300 * r.decode_alone.si());
    const auto p = compute(f, s, c);
    CHECK(p.fetched.si() == Approx(turns * 3600 * 8 * 2400));
    CHECK(p.load >= turns / (16 * r.service.si()));
    CHECK(p.load >= 200.0 / r.resident);
    s.concurrent = static_cast<units::count>(2 * r.resident);
    CHECK(compute(f, s, c).load >= 2.0 * (1 - 1e-12)); // half of the contexts do not fit
}

TEST_CASE("sessions whose contexts do not fit attain nothing, as any service that is loaded in full") {
    const calibration c;
    session s{.model = llama_70b,
              .concurrent = 1,
              .think_time = 1e6_s, // next to nobody asks at a time
              .input_tokens = 300,
              .output_tokens = 300,
              .context_tokens = 8000};
    const auto f = near_users(64);
    const auto resident = serving::replica_at<double>(f.site[0], llama_70b, c, {300, 300, 8600}).resident;
    s.concurrent = static_cast<units::count>(0.9 * resident);
    CHECK(compute(f, s, c).attainment > 0.9);
    s.concurrent = static_cast<units::count>(1.5 * resident);
    CHECK(compute(f, s, c).load == Approx(1.5).epsilon(1e-2));
    CHECK(compute(f, s, c).attainment == 0.0);
}

TEST_CASE("the time per token is the mean at the load, whatever percentile is asked") {
    const calibration c;
    inference i{
        .model = llama_70b, .requests = units::frequency::from_si(4.0), .input_tokens = 300, .output_tokens = 300};
    i.objective.percentile = 0.5;
    const auto median = compute(near_users(64), i, c);
    i.objective.percentile = 0.999;
    const auto tail = compute(near_users(64), i, c);
    CHECK(tail.first_token >= median.first_token);
    CHECK(tail.per_token == median.per_token);
    const auto r =
        serving::replica_at<double>(near_users(64).site[0], llama_70b, c, {300, 300, 300 + c.output_resident * 300});
    CHECK(tail.per_token.si() == Approx(r.decode_alone.si() + (r.decode_full - r.decode_alone).si() * tail.load.si()));
}

TEST_CASE("several sites: one line, the slowest site's latencies") {
    const calibration c;
    auto f = near_users(32);
    f.sites = 2;
    f.site[1] = h100(32);
    f.site[1].memory_rate = 1600_GBps;
    f.pair[0].rate = 100_Gbps;
    f.pair[0].delay = 20_ms;
    const auto p = compute(f, requests(0.001), c);
    const auto slow = serving::replica_at<double>(f.site[1], llama_70b, c, {1000, 300, 1225});
    CHECK(p.per_token.si() == Approx(slow.decode_alone.si()).epsilon(1e-3));
    CHECK(p.first_token > 2 * 25_ms);
}
