// SPDX-License-Identifier: Apache-2.0
// TPU slices over a data-centre network, MFU against one slice: multi_slice.hpp.
#include "../devices.hpp"
#include "../family.hpp"

#include <uonaco/model/multi_slice.hpp>
#include <uonaco/resource/accelerators.hpp>

namespace accuracy {

namespace {
using namespace uonaco;
using namespace uonaco::literals;

double predict(const row& r, const constants& x) {
    multi_slice::constants c;
    c.jitter = x[0];
    c.contention = x[1];
    const double parameters = 1e9 * r.number("params_b"), chips = r.number("chips_per_slice");
    const double tokens = r.number("per_device_batch") * r.number("sequence"); // of a chip
    const double mfu = 0.01 * r.number("one_slice_mfu_pct");
    const units::duration one_slice =
        units::work::from_si(6.0 * parameters * tokens) / (mfu * *find_device(r.text("device"))->peak.bf16);
    const units::memory_rate host = r.number("dcn_gbytes_per_s_per_host") * 1_GBps;
    const units::volume gradients = parameters * size_of(precision::fp32);
    const auto times = multi_slice::compute<double>(r.whole("slices"), one_slice, gradients,
                                                    chips / r.number("chips_per_host") * host, c);
    return multi_slice::efficiency<double>(one_slice, times);
}

bool enough(const accelerator& a) { return static_cast<bool>(a.peak.bf16); }
void check(const row& r, findings& f) {
    check_device(r, f, enough, "a 16-bit peak");
    if (r.number("one_slice_mfu_pct") < 1) f.wrong("one_slice_mfu_pct", "per cent, from 1 to 100");
}

grammar reads() {
    grammar g;
    g.columns = {{"device", cell_type::text},
                 {"slices", cell_type::whole, nullptr, 1},
                 {"chips_per_slice", cell_type::whole, nullptr, 1},
                 {"params_b", cell_type::number, nullptr, 0},
                 {"per_device_batch", cell_type::number, nullptr, 0},
                 {"sequence", cell_type::whole, nullptr, 1},
                 {"one_slice_mfu_pct", cell_type::number, nullptr, 0, 100},
                 {"chips_per_host", cell_type::whole, nullptr, 1},
                 {"dcn_gbytes_per_s_per_host", cell_type::number, "25", 0}}; // Google, Cloud TPU documentation
    g.units = {{"MFU ratio vs 1 slice",
                {"mfuratiovs1slice", "mfuratio", "ratio", "mfuratiovsoneslice", "ratiovs1slice", "relativemfu"}},
               {"MFU ratio vs 1 slice", {"%of1slice", "%ofoneslice", "mfuratio%", "%vs1slice", "%mfuvs1slice"}, 0.01}};
    g.check = check;
    return g;
}

std::string group(const row& r) { return r.text("device") + " " + r.text("params_b") + "B"; }
} // namespace

family multislice() {
    const multi_slice::constants c;
    return {.name = "multislice",
            .fitted = {{"jitter x sqrt(log2 slices)", c.jitter, 0.02, 0, 0.1},
                       {"exposed wire times a slice", c.contention, 0.03, 0, 0.2}},
            .reads = reads(),
            .predict = predict,
            .group = group,
            .subset = group};
}

} // namespace accuracy
