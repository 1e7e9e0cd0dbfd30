// SPDX-License-Identifier: Apache-2.0
// What a device of the first pipeline stage holds: memory_fit.hpp. Nothing is fitted.
#include "../family.hpp"

#include <uonaco/model/memory_fit.hpp>

#include <cmath>

namespace accuracy {

namespace {
using namespace uonaco;

// Quantities and units, as predict() gives them.
constexpr const char* const states = "params_and_optimizer_gib";
constexpr const char* const activations = "activations_gib";
constexpr const char* const relative = "activations_relative_pct";
constexpr const char* const both = "params_optimizer_and_activations_gib";
constexpr const char* const gib = "GiB";
constexpr const char* const per_cent = "% of none";

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
    const std::string& technique = r.text("technique");
    const auto has = [&](const char* word) { return technique.find(word) != std::string::npos; };
    plan.sequence_parallel = has("sequence");
    plan.recompute = has("full") ? recompute::full : has("selective") ? recompute::selective : recompute::none;

    const std::string& quantity = r.text("quantity");
    if (quantity == relative)
        return 100.0 * memory_fit::activations(model, plan) / memory_fit::activations(model, none);
    if (quantity == both) return gibibytes(memory_fit::states(model, plan) + memory_fit::activations(model, plan));
    if (quantity == states) return gibibytes(memory_fit::states(model, plan));
    return gibibytes(memory_fit::activations(model, plan));
}

void check(const row& r, findings& f) {
    const std::string& quantity = r.text("quantity");
    if ((quantity == relative) != (r.text("unit") == per_cent))
        f.wrong("unit", std::string(quantity == relative ? per_cent : gib) + " of '" + quantity + "'");
    if (quantity != states && !r.has("technique"))
        f.wrong("technique", "what is kept of the activations: none, full, selective ...");
}

grammar reads() {
    grammar g;
    g.columns = {
        {"layers", cell_type::whole, nullptr, 1},
        {"hidden", cell_type::whole, nullptr, 1},
        {"heads", cell_type::whole, nullptr, 1},
        {"sequence", cell_type::whole, nullptr, 1},
        {"micro_batch", cell_type::whole, nullptr, 1},
        {"tp", cell_type::whole, "1", 1},
        {"pp", cell_type::whole, "1", 1},
        {"cp", cell_type::whole, "1", 1},
        {"dp", cell_type::whole, "1", 1},
        {"vp", cell_type::whole, "1", 1},
        {"vocab", cell_type::whole, "0", 0},
        {"ffn", cell_type::whole, "", 1},
        {"kv_head_ratio", cell_type::number, "", 1e-6, 1},
        {"gated_mlp", cell_type::flag, "0"},
        {"quantity",
         cell_type::word,
         nullptr,
         0,
         0,
         {{states, {"params_and_optimizer", "params+optimizer", "parameters_and_optimizer_gib", "states_gib"}},
          {activations, {"activations", "activation_gib", "activation"}},
          {relative, {"activations_relative", "relative_activations", "relative_activations_pct"}},
          {both,
           {"params_optimizer_and_activations", "params_optimizer_activations_gib", "params_and_activations_gib"}}}},
        {"technique",
         cell_type::word,
         "",
         0,
         0,
         {{"none", {"baseline", "no recompute"}},
          {"sequence_parallel", {"sp", "sequence"}},
          {"selective", {"selective_recompute", "sel"}},
          {"sequence_parallel+selective", {"selective+sequence_parallel", "sp+selective", "sequence_parallel+sel"}},
          {"full", {"full_recompute"}},
          {"sequence_parallel+full", {"full+sequence_parallel", "sp+full"}}}}};
    const auto add = [&](std::vector<const char*> spelled, double factor) {
        g.units.push_back({gib, std::move(spelled), factor});
    };
    add({"gib", "gibparams+optimizer", "gibactivations", "gibparams+optimizer+activations"}, 1);
    add({"mib", "mibparams+optimizer", "mibactivations"}, 1.0 / 1024);
    add({"gbyte", "gbyteparams+optimizer", "gbyteactivations"}, 1e9 / 1073741824.0);
    add({"byte"}, 1.0 / 1073741824.0);
    g.units.push_back({per_cent, {"%ofnone", "%", "%oftechniquenone"}});
    g.units.push_back({per_cent, {"ratio", "ratiotonone", "ofnone"}, 100});
    g.check = check;
    return g;
}

std::string source(const row& r) { return r.has("source") ? r.text("source") : ""; }
} // namespace

family memory() {
    family f;
    f.name = "memory";
    f.reads = reads();
    f.predict = predict;
    f.group = source;
    f.subset = source;
    return f;
}

} // namespace accuracy
