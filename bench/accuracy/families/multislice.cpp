// SPDX-License-Identifier: Apache-2.0
// TPU slices over a data-centre network, MFU against one slice: multi_slice.hpp.
#include "../family.hpp"

#include <uonaco/model/multi_slice.hpp>
#include <uonaco/resource/accelerators.hpp>

namespace accuracy {

namespace {
using namespace uonaco;
using namespace uonaco::literals;

/// v4 and v5e, or whatever the catalogue calls it; else v5p.
const accelerator& chip_of(const std::string& device) {
    if (const accelerator* a = find_accelerator("TPU " + device); a != nullptr && a->peak.bf16) return *a;
    if (const accelerator* a = find_accelerator(device); a != nullptr && a->peak.bf16) return *a;
    for (const char* const name : {"v4", "v5e", "v5p", "v6e"})
        if (device.find(name) != std::string::npos) return *find_accelerator(std::string("TPU ") + name);
    return *find_accelerator("TPU v5p");
}

double predict(const row& r, const constants& x) {
    multi_slice::constants c;
    c.jitter = x[0];
    c.contention = x[1];
    const double parameters = 1e9 * r.number("params_b"), chips = r.number("chips_per_slice");
    const double tokens = r.number_or("per_device_batch", 1) * r.number_or("sequence", 2048); // of a chip
    const double mfu = 0.01 * r.number_or("one_slice_mfu_pct", 60);
    const units::duration one_slice =
        units::work::from_si(6.0 * parameters * tokens) / (mfu * *chip_of(r.text("device")).peak.bf16);
    const units::memory_rate host = r.number_or("dcn_gbytes_per_s_per_host", 25) * 1_GBps;
    const units::volume gradients = parameters * size_of(precision::fp32);
    const auto times = multi_slice::compute<double>(r.whole("slices"), one_slice, gradients,
                                                    chips / r.number_or("chips_per_host", 4) * host, c);
    return multi_slice::efficiency<double>(one_slice, times);
}

std::string group(const row& r) { return r.text("device") + " " + r.text("params_b") + "B"; }
} // namespace

family multislice() {
    const multi_slice::constants c;
    return {.name = "multislice",
            .fitted = {{"jitter x sqrt(log2 slices)", c.jitter, 0.02, 0, 0.1},
                       {"exposed wire times a slice", c.contention, 0.03, 0, 0.2}},
            .predict = predict,
            .group = group,
            .subset = group};
}

} // namespace accuracy
