// SPDX-License-Identifier: Apache-2.0
// Bandwidth that DiLoCo needs for a compute utilisation, as its authors simulated it: local_sgd.hpp.
#include "../family.hpp"

#include <uonaco/model/local_sgd.hpp>

#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;

double predict(const row& r, const constants& x) {
    const int h = r.whole("sync_every");
    const std::string& precision = r.text("precision");
    const double bits = precision == "fp32" ? 32 : precision == "fp8" ? 8 : precision == "fp4" ? 4 : 16;
    const auto volume =
        local_sgd::exchange_volume(r.whole("workers"), units::volume::from_si(bits * 1e9 * r.number("params_b")));
    const auto exchange = local_sgd::blocking<double>(local_sgd::steps_per_exchange(h, x[1]),
                                                      units::duration::from_si(r.number("step_s")), r.whole("layers"));
    const auto needed = local_sgd::needed_rate<double>(exchange, x[0] * volume, r.number("target_utilisation"));
    const double printed = std::round(10 * local_sgd::first_on_grid(needed).si() / 1e9) / 10;
    return printed > 0 ? printed : 0.1;
}

void check(const row& r, findings& f) {
    if (r.number("target_utilisation") >= 1) f.wrong("target_utilisation", "a share below 1: no rate hides everything");
}

grammar reads() {
    grammar g;
    g.columns = {{"params_b", cell_type::number, nullptr, 0},
                 {"step_s", cell_type::number, nullptr, 0},
                 {"layers", cell_type::whole, nullptr, 1},
                 {"precision",
                  cell_type::word,
                  "bf16",
                  0,
                  0,
                  {{"bf16", {"fp16", "16 bit", "bfloat16"}},
                   {"fp32", {"32 bit", "float32"}},
                   {"fp8", {"int8", "8 bit"}},
                   {"fp4", {"int4", "4 bit"}}}},
                 {"workers", cell_type::whole, nullptr, 2},
                 {"sync_every", cell_type::whole, nullptr, 1},
                 {"target_utilisation", cell_type::number, nullptr, 1e-9, 1}};
    const char* const unit = "Gbit/s needed";
    g.units = {{unit, {"gbit/sneeded", "gbit/s", "gbps", "gb/sneeded", "gbpsneeded"}},
               {unit, {"mbit/sneeded", "mbit/s", "mbps"}, 1e-3},
               {unit, {"tbit/sneeded", "tbit/s", "tbps"}, 1e3},
               {unit, {"gbyte/sneeded", "gbyte/s"}, 8},
               {unit, {"mbyte/sneeded", "mbyte/s"}, 8e-3}};
    g.check = check;
    return g;
}

std::string group(const row& r) { return r.text("params_b") + "B"; }
} // namespace

family low_communication() {
    const local_sgd::published_simulation s;
    return {
        .name = "low_communication",
        .fitted = {{"share of the volume", s.volume_share, 0.8, 0.5, 1.2}, {"steps of the run", s.run, 300, 300, 600}},
        .reads = reads(),
        .predict = predict,
        .group = group,
        .subset = group};
}

} // namespace accuracy
