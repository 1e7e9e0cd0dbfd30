// SPDX-License-Identifier: Apache-2.0
// Bandwidth that DiLoCo needs for a compute utilisation, as its authors simulated it: local_sgd.hpp.
#include "../family.hpp"

#include <uonaco/model/local_sgd.hpp>

#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;

double predict(const row& r, const constants& x) {
    const int h = static_cast<int>(r.number_or("sync_every", 1));
    const std::string precision = r.has("precision") ? r.text("precision") : "bf16";
    const double bits = precision == "fp32"                         ? 32
                        : precision == "fp8" || precision == "int8" ? 8
                        : precision == "fp4" || precision == "int4" ? 4
                                                                    : 16;
    const auto volume = local_sgd::exchange_volume(static_cast<int>(r.number_or("workers", 2)),
                                                   units::volume::from_si(bits * 1e9 * r.number("params_b")));
    const auto exchange = local_sgd::blocking<double>(local_sgd::steps_per_exchange(h, x[1]),
                                                      units::duration::from_si(r.number_or("step_s", 1)),
                                                      static_cast<int>(r.number_or("layers", 60)));
    const auto needed = local_sgd::needed_rate<double>(exchange, x[0] * volume, r.number("target_utilisation"));
    const double printed = std::round(10 * local_sgd::first_on_grid(needed).si() / 1e9) / 10;
    return printed > 0 ? printed : 0.1;
}

std::string group(const row& r) { return r.text("params_b") + "B"; }
} // namespace

family low_communication() {
    const local_sgd::published_simulation s;
    return {
        .name = "low_communication",
        .fitted = {{"share of the volume", s.volume_share, 0.8, 0.5, 1.2}, {"steps of the run", s.run, 300, 300, 600}},
        .predict = predict,
        .group = group,
        .subset = group};
}

} // namespace accuracy
