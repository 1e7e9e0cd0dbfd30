// SPDX-License-Identifier: Apache-2.0
// What a device of the first pipeline stage holds: memory_fit.hpp. Nothing is fitted.
#include "../family.hpp"

#include <uonaco/model/memory_fit.hpp>

#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;

units::count whole_or(const row& r, const char* column, double otherwise) {
    return static_cast<units::count>(std::llround(r.number_or(column, otherwise)));
}

double gibibytes(units::memory m) { return units::in_exchange_unit(m); }

double predict(const row& r, const constants&) {
    transformer model{.layers = whole_or(r, "layers", 1),
                      .hidden = whole_or(r, "hidden", 1),
                      .heads = whole_or(r, "heads", 1),
                      .vocabulary = whole_or(r, "vocab", 0),
                      .sequence = whole_or(r, "sequence", 1)};
    if (r.has("ffn")) model.feed_forward = whole_or(r, "ffn", 0);
    if (r.has("kv_head_ratio"))
        model.kv_heads = std::llround(r.number("kv_head_ratio") * static_cast<double>(model.heads));
    model.gated = r.number_or("gated_mlp", 0) != 0;
    const parallel_plan none{.tensor = whole_or(r, "tp", 1),
                             .pipeline = whole_or(r, "pp", 1),
                             .context = whole_or(r, "cp", 1),
                             .data = whole_or(r, "dp", 1),
                             .virtual_stages = whole_or(r, "vp", 1),
                             .micro_batch = whole_or(r, "micro_batch", 1)};
    parallel_plan plan = none;
    const std::string technique = r.has("technique") ? r.text("technique") : "none";
    const auto has = [&](const char* word) { return technique.find(word) != std::string::npos; };
    plan.sequence_parallel = has("sequence");
    plan.recompute = has("full") ? recompute::full : has("selective") ? recompute::selective : recompute::none;

    const std::string& quantity = r.text("quantity");
    const auto of = [&](const char* word) { return quantity.find(word) != std::string::npos; };
    if (of("relative")) return 100.0 * memory_fit::activations(model, plan) / memory_fit::activations(model, none);
    if (of("params") && of("activations"))
        return gibibytes(memory_fit::states(model, plan) + memory_fit::activations(model, plan));
    if (of("params")) return gibibytes(memory_fit::states(model, plan));
    return gibibytes(memory_fit::activations(model, plan));
}

std::string source(const row& r) { return r.has("source") ? r.text("source") : ""; }
} // namespace

family memory() {
    family f;
    f.name = "memory";
    f.predict = predict;
    f.group = source;
    f.subset = source;
    return f;
}

} // namespace accuracy
