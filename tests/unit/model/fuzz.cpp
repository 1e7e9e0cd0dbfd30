// SPDX-License-Identifier: Apache-2.0
// No NaN and no infinity comes out, whatever plausible or extreme figures go in.
#include "catch.hpp"
#include "support.hpp"

using namespace support;

namespace {
template <class Task>
void fuzz(Task (*random_task)(dice&), unsigned seed, bool wild) {
    dice d(seed, wild);
    const calibration c;
    for (int i = 0; i < 4000 * times(); ++i) {
        const auto f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        const Task t = random_task(d);
        const auto p = compute(f, t, c);
        const auto o = settle(f, p, random_supply(d), random_valuation(d));
        INFO("seed " << seed << ", candidate " << i);
        REQUIRE(not_finite(o) == "");
        REQUIRE(laws::check_outcome(o) == laws::findings{});
        REQUIRE(o.time.completion.si() == Approx((p.queue + p.provisioning + p.staging + p.run()).si()));
    }
}
} // namespace

TEST_CASE("plausible figures") {
    fuzz(random_training, 1, false);
    fuzz(random_inference, 2, false);
    fuzz(random_session, 3, false);
    fuzz(random_transfer, 4, false);
}

TEST_CASE("tasks that ask for nothing") {
    dice d(5);
    const calibration c;
    inference deterministic{.requests = 1_per_s, .arrival_variation = 0.0, .service_variation = 0.0};
    deterministic.objective = {.first_token = 1_s, .percentile = 1.0};
    training streamed{.parameters = 1, .stream_data = true};
    streamed.sync_every = 0;
    for (int i = 0; i < 200; ++i) {
        const auto f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        const supply<double> g = random_supply(d);
        const valuation v = random_valuation(d);
        CHECK(not_finite(settle(f, compute(f, training{}, c), g, v)) == "");
        CHECK(not_finite(settle(f, compute(f, streamed, c), g, v)) == "");
        CHECK(not_finite(settle(f, compute(f, inference{}, c), g, v)) == "");
        CHECK(not_finite(settle(f, compute(f, deterministic, c), g, v)) == "");
        CHECK(not_finite(settle(f, compute(f, session{}, c), g, v)) == "");
        CHECK(not_finite(settle(f, compute(f, transfer{}, c), g, v)) == "");
    }
}

TEST_CASE("what a checked call refuses comes out absurd, but finite, where nobody checks") {
    // blocks are never checked; features as new lack everything that has to be above 0
    const calibration c;
    dice d(6);
    language_model none;
    none.devices_per_replica = 0;
    for (int sites = 1; sites <= 3; ++sites) {
        block b;
        b.figures.clear(sites);
        b.figures.staging = block::rep(1e12) * 1_GB;
        const supply<block::rep> g;
        const auto v = random_valuation(d);
        const auto finite = [&](const auto& task) {
            return not_finite(lane_of(settle(b.figures, compute(b.figures, task, c), g, v), 0));
        };
        CHECK(finite(random_training(d)) == "");
        CHECK(finite(random_inference(d)) == "");
        CHECK(finite(random_session(d)) == "");
        CHECK(finite(random_transfer(d)) == "");
        CHECK(finite(inference{.model = none}) == "");
        CHECK(finite(session{.model = none}) == "");
    }
}

TEST_CASE("extreme figures: training") { fuzz(random_training, 11, true); }
TEST_CASE("extreme figures: inference") { fuzz(random_inference, 12, true); }
TEST_CASE("extreme figures: sessions") { fuzz(random_session, 13, true); }
TEST_CASE("extreme figures: transfers") { fuzz(random_transfer, 14, true); }
