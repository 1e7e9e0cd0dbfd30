// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/model/batch_server.hpp>
#include <uonaco/model/collective_machine.hpp>
#include <uonaco/model/training_step.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace uonaco;

namespace {
double median(std::vector<double> x) {
    std::sort(x.begin(), x.end());
    return (x[(x.size() - 1) / 2] + x[x.size() / 2]) / 2;
}
} // namespace

TEST_CASE("a device that nobody measured is the median of those that somebody did, and says so") {
    std::vector<double> wide, narrow;
    for (const sustained_share& s : sustained_shares) {
        const std::string model = s.model;
        if (model == "A100 SXM 40GB" || model == "H800 SXM" || model == "H100 PCIe" || model == "H100 NVL")
            continue; // again the same
        wide.push_back(s.bf16.si());
        if (s.fp8.si() > 0) narrow.push_back(s.fp8.si());
        CHECK(s.measured);
    }
    CHECK(sustained_default.bf16.si() == Approx(median(wide)).margin(0.005));
    CHECK(sustained_default.fp8.si() == Approx(median(narrow)).margin(0.005));
    CHECK_FALSE(find_sustained("L40S").measured);
    CHECK_FALSE(training_step::device_of(*find_accelerator("TPU v5p"), precision::bf16).matrices.measured);
}

TEST_CASE("training and inference take the same measured rates") {
    for (const accelerator& a : accelerators) {
        if (!a.memory_rate || !(a.peak.bf16 || a.peak.fp16)) continue;
        INFO(a.model);
        const auto trained = training_step::device_of(a, precision::bf16);
        CHECK(trained.matrices == find_sustained(a.model));
        CHECK(batching::device_of(a, precision::bf16).wide == units::flops(trained.matrices.bf16 * trained.peak));
    }
    CHECK((find_sustained("Gaudi3").bf16 * *find_accelerator("Gaudi3")->peak.bf16).si() ==
          Approx(1243e12).epsilon(0.001));
}

TEST_CASE("a machine whose rates are no facts of it says so") {
    CHECK_FALSE(collectives::machine_of("H100").assumed);
    CHECK(collectives::machine_of("Gaudi3").assumed); // its NICs
    CHECK(collectives::machine_of("Trainium2").assumed);
    CHECK(collectives::machine_of("Groq LPU").assumed);
}
