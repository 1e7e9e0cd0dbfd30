// SPDX-License-Identifier: Apache-2.0
// M3: slices over a data-centre network.
#include "catch.hpp"

#include <uonaco/model/multi_slice.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
double on(int slices, units::volume gradients = 128_GB, units::memory_rate hosts = 800_GBps, units::duration one = 12_s,
          const multi_slice::constants& c = {}) {
    return multi_slice::efficiency<double>(one, multi_slice::compute<double>(slices, one, gradients, hosts, c));
}
} // namespace

TEST_CASE("one slice is one slice") {
    const auto r = multi_slice::compute<double>(1, 12_s, 128_GB, 800_GBps);
    CHECK(r.wire.si() == 0.0);
    CHECK(r.step.si() == Approx(12.0));
    CHECK(on(1) == Approx(1.0));
}

TEST_CASE("gradients on the wire by hand") {
    // 2 x 3/4 x 128 GB over 32 hosts of 25 GB/s
    const auto r = multi_slice::compute<double>(4, 12_s, 128_GB, 800_GBps);
    CHECK(r.wire.si() == Approx(0.24));
    const multi_slice::constants c;
    CHECK(r.exposed.si() == Approx(4 * c.contention * 0.24));
    CHECK(r.waiting.si() == Approx(12 * c.jitter * std::sqrt(2.0)));
    CHECK(r.step.si() == Approx(12 + r.exposed.si() + r.waiting.si()));
}

TEST_CASE("more slices or gradients are never better, a faster network is never worse") {
    double last = 1.0;
    for (int k = 2; k < 2000; k = k + 1 + k / 3) {
        CHECK(on(k) < last);
        last = on(k);
        CHECK(on(k, 256_GB) < last);
        CHECK(on(k, 128_GB, 1600_GBps) > last);
        CHECK(on(k, 128_GB, 800_GBps, 24_s) > last);
        CHECK(multi_slice::compute<double>(k, 12_s, 128_GB, 800_GBps).exposed.si() <=
              4 * multi_slice::compute<double>(k, 12_s, 128_GB, 800_GBps).wire.si() * (1 + 1e-12));
    }
    CHECK(on(2, 128_GB, 1e9 * 1_GBps, 12_s, {.jitter = 0.0}) == Approx(1.0));
}

TEST_CASE("a published figure: 32B on 32 slices of v5e keeps 0.903 of its MFU") {
    const auto one = units::duration(units::work::from_si(6 * 32e9 * 4 * 2048) / (0.6686 * 197_TFLOPS));
    CHECK(on(32, 128_GB, 800_GBps, one) == Approx(0.9034).epsilon(0.02));
}
