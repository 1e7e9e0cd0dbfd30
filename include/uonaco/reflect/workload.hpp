// SPDX-License-Identifier: Apache-2.0
// Declarations of what is asked: workloads of four families, their limits, scoring profiles.
#pragma once

#include "record.hpp"

#include "../decision/profile.hpp"
#include "../model/transformer_work.hpp"
#include "../workload/workload.hpp"

#include <set>

// clang-format off
UONACO_REFLECT(uonaco::device_need, "The devices a workload can run on",
    (type,       "class of processor"),
    (models,     "any of these; any of the type if absent"),
    (count,      "requested; more are of no use", at_least(0)),
    (min_count,  "elastic down to so many; not elastic if absent", at_least(1)),
    (min_memory, "of one device", above(0)),
    (one_model,  "all devices of a placement are of one model"));

UONACO_REFLECT(uonaco::locality, "Where it may run, and whom it must be near to",
    (allowed_sites, "ids; any site if absent"),
    (denied_sites,  "ids"),
    (user_site,     "id of the site where requests come from; of inference and sessions only"),
    (max_sites,     "spread over at most so many", at_least(1), at_most(8)));

UONACO_REFLECT(uonaco::limits, "Hard limits; what is absent is not limited",
    (earliest_start, "not before"),
    (deadline,       "from submission to completion", above(0)),
    (budget,         "all costs together", at_least(0)),
    (carbon,         "CO2-equivalent, facility and network together", at_least(0)),
    (power,          "of the whole placement, IT side", above(0)),
    (availability,   "at least"));

UONACO_REFLECT(uonaco::transformer, "Shape of a decoder-only transformer",
    (layers,       "number of them", required, at_least(1), at_most(1e6)),
    (hidden,       "width of the residual stream", required, at_least(1), at_most(1e9)),
    (heads,        "of attention", required, at_least(1), at_most(1e6)),
    (kv_heads,     "as many as heads if absent", at_least(1)),
    (feed_forward, "width of one projection (of one expert); 4 times hidden if absent", at_least(1)),
    (gated,        "three projections in the feed-forward block, not two"),
    (vocabulary,   "tokens known; not counted if absent", at_least(0)),
    (sequence,     "tokens of one", required, at_least(1), at_most(1e9)),
    (head_width,   "hidden over heads if absent", at_least(1)),
    (experts,             "feed-forward blocks a layer among which a router chooses; 1: a dense model", at_least(1), at_most(1e6), unless_default),
    (active_experts,      "of them, for each token; at most experts", at_least(1), at_most(1e6), unless_default),
    (shared_feed_forward, "width of a block that every token passes beside them", at_least(0), at_most(1e9), unless_default),
    (capacity_factor,     "what experts are given against what is chosen", at_least(1e-3), at_most(1e3), unless_default));

UONACO_REFLECT(uonaco::parallel_plan, "How a training step is divided over the devices of a site",
    (tensor,            "degree", at_least(1), at_most(1e6)),
    (pipeline,          "degree", at_least(1), at_most(1e6)),
    (context,           "degree", at_least(1), at_most(1e6)),
    (data,              "degree; in a workload it follows from the devices", at_least(1)),
    (expert,            "degree, within the ranks of a stage; of mixtures of experts only", at_least(1), at_most(1e6)),
    (expert_tensor,     "ranks among which one expert is divided, a divisor of tensor; tensor if absent", at_least(1), at_most(1e6)),
    (virtual_stages,    "of each pipeline rank", at_least(1), at_most(1e6)),
    (micro_batch,       "sequences of one data-parallel rank at a time", at_least(1), at_most(1e6)),
    (sequence_parallel, "norms and residuals divided among tensor-parallel ranks"),
    (recompute,         "activations that the backward pass computes again"),
    (sharding,          "what a data-parallel rank keeps only its part of"));

UONACO_REFLECT(uonaco::training, "A transformer trained at one or several sites, synchronously or exchanging every so many steps",
    (parameters,         "of the model", required, at_least(1), at_most(1e15)),
    (active_parameters,  "of a mixture of experts; all if absent", at_least(1), at_most(1e15)),
    (tokens_per_step,    "over all devices", required, at_least(1)),
    (steps,              "to be done", required, at_least(1)),
    (precision,          "of the matrix products"),
    (gradient_precision, "of what crosses the network"),
    (mfu,                "sustained share of the peak; the pool's if absent", at_least(1e-3), at_most(1)),
    (overlap,            "share of the backward pass that hides communication"),
    (sync_every,         "steps between exchanges", at_least(1)),
    (stream_steps,       "an exchange may take so many steps while computing goes on; 0: they wait", at_least(0)),
    (shape,              "of the model: memory, plan and cut are then known or searched"),
    (plan,               "inside a site; searched if absent"),
    (stack,              "training software; today's if absent"),
    (cut,                "what crosses the network between sites; what the objective prefers if absent"),
    (early_micro_batches, "sent ahead over a pipeline cut so that delay hides", at_least(0), at_most(1e6)),
    (data,               "id of the dataset it reads"),
    (stream_data,        "read over the network while it trains, not staged first"),
    (recovery,           "how the transport of that data answers loss"),
    (window,             "of its sender; as much as the path holds if absent", above(0)),
    (checkpoint_time,    "to write one", at_least(0)),
    (restart_time,       "after a failure", at_least(0)));

UONACO_REFLECT(uonaco::language_model, "The served model",
    (parameters,          "of the model", required, at_least(1), at_most(1e15)),
    (active_parameters,   "of a mixture of experts; all if absent", at_least(1), at_most(1e15)),
    (precision,           "of weights and products"),
    (kv_per_token,        "key-value cache of one token", required, at_least(0)),
    (devices_per_replica, "tensor-parallel width", at_least(1)),
    (max_batch,           "sequences decoded together", at_least(1)),
    (shape,               "of the model: throughput then follows iteration by iteration; from parameters if absent"),
    (stack,               "serving software; parts of prompts, room as needed if absent", unless_default));

UONACO_REFLECT(uonaco::service_objective, "Latency objectives; what is absent is none",
    (first_token, "time to first token, at the user", above(0)),
    (per_token,   "time per output token; held against the mean at the load", above(0)),
    (percentile,  "share of requests within them", above(0), below(1)));

UONACO_REFLECT(uonaco::inference, "Requests to a language model",
    (model,             "that serves", required),
    (requests,          "arrivals", required, above(0)),
    (input_tokens,      "of a mean request", required, at_least(1)),
    (output_tokens,     "of a mean request", required, at_least(1)),
    (duration,          "how long the service runs", above(0)),
    (request_volume,    "what a user sends; 4 bytes a token if absent", above(0)),
    (response_volume,   "what a user gets; 4 bytes a token if absent", above(0)),
    (arrival_variation, "coefficient of variation between arrivals; 1: Poisson", at_least(0), at_most(1e3)),
    (service_variation, "coefficient of variation of service times", at_least(0), at_most(1e3)),
    (objective,         "latencies"));

UONACO_REFLECT(uonaco::session, "Long-lived conversations and agents",
    (model,           "that serves", required),
    (concurrent,      "sessions at a time", required, at_least(1)),
    (think_time,      "from an answer to the next turn", required, at_least(0)),
    (input_tokens,    "new ones of a turn", required, at_least(1)),
    (output_tokens,   "of a turn", required, at_least(1)),
    (context_tokens,  "kept on the device meanwhile", at_least(0)),
    (duration,        "how long the service runs", above(0)),
    (request_volume,  "what a user sends a turn; 4 bytes a token if absent", above(0)),
    (response_volume, "what a user gets a turn; 4 bytes a token if absent", above(0)),
    (objective,       "latencies"));

UONACO_REFLECT(uonaco::transfer, "A volume moved from one site to another",
    (data,     "id of the dataset that is moved"),
    (volume,   "or so much", above(0)),
    (from,     "id of the site; needed without a dataset"),
    (to,       "id of the site; the best allowed one if absent"),
    (recovery, "how the transport answers loss"),
    (window,   "of the sender; as much as the path holds if absent", above(0)));

UONACO_REFLECT(uonaco::workload, "What is asked: one task, its limits, and what time is worth to it",
    (id,            "unique among workloads", required),
    (meta,          "envelope", flatten),
    (name,          "for people"),
    (priority,      "0 highest to 7", at_least(0), at_most(7)),
    (devices,       "needed by every task but a transfer"),
    (locality,      "where it may run"),
    (limits,        "hard ones"),
    (security,      "asked of every site and circuit it uses"),
    (value_of_time, "what an hour less is worth; the market rental of the devices requested if absent", at_least(0)),
    (task,          "exactly one"));

UONACO_REFLECT(uonaco::profile_term, "One term of an objective; figures are in the exchange unit of the one that it names (s, us for the times of tokens, usd, kwh, kg, w, or a plain number)",
    (term,      "a figure of the outcome; lower is better", required),
    (role,      "minimise it, penalise what is above a bound, or refuse what is above it", unless_default),
    (weight,    "how much a reference counts; of no meaning for hard limits", at_least(0), at_most(1e9), unless_default),
    (reference, "what costs 1; as the term ships if absent", at_least(1e-9), at_most(1e18)),
    (unknown,   "what an unknown figure does: leaves the term out for all, counts as the worst, or makes the candidate not feasible; as the term ships if absent"),
    (worst,     "stands in for an unknown figure where that is penalised", at_least(-1e18), at_most(1e18)),
    (bound,     "of soft and hard limits", at_least(-1e18), at_most(1e18)),
    (tolerance, "lexicographic: figures within one step of it count as equal; exact if absent", at_least(1e-9), at_most(1e18)));

UONACO_REFLECT(uonaco::scoring_profile, "What is minimised, and how a cost becomes a score",
    (id,            "of the profile", required),
    (meta,          "envelope", flatten),
    (preset,        "what is minimised unless there are terms"),
    (terms,         "what is minimised and what limits it, at most 16, in order"),
    (aggregation,   "of the terms; penalties of soft limits are added", unless_default),
    (carbon_price,  "in the full cost", at_least(0)),
    (normalization, "to a score of 0..1, higher better"));
// clang-format on

namespace uonaco::inline UONACO_ABI {

template <class Broken>
void invariants(const device_need& d, const Broken& broken) {
    if (d.min_count) broken(*d.min_count <= d.count, "min_count", "at most count");
}

template <class Broken>
void invariants(const locality& l, const Broken& broken) {
    const std::set<site_id> allowed(l.allowed_sites.begin(), l.allowed_sites.end());
    for (std::size_t i = 0; i < l.denied_sites.size(); ++i)
        broken(allowed.count(l.denied_sites[i]) == 0, "denied_sites", "no site that is allowed as well", {}, i);
}

template <class Broken>
void invariants(const transformer& m, const Broken& broken) {
    broken(m.active_experts <= m.experts, "active_experts", "at most experts");
}

template <class Broken>
void invariants(const parallel_plan& p, const Broken& broken) {
    if (p.expert_tensor && *p.expert_tensor > 0)
        broken(p.tensor % *p.expert_tensor == 0, "expert_tensor", "a divisor of tensor");
}

template <class Broken>
void invariants(const training& t, const Broken& broken) {
    if (t.active_parameters) broken(*t.active_parameters <= t.parameters, "active_parameters", "at most parameters");
    if (!t.shape) return;
    const auto stated = static_cast<double>(t.parameters);
    const auto counted = transformer_work::parameter_range_of(*t.shape);
    if (counted.excess(stated) == 1.0) return;
    const auto text = [](double x) { return std::to_string(static_cast<long long>(min(x, 9e18))); };
    transformer other = *t.shape;
    other.gated = !other.gated;
    const bool gate = transformer_work::parameter_range_of(other).excess(stated) == 1.0;
    broken(false, "shape", "a shape of about as many parameters as stated, " + text(stated),
           gate ? std::string("with \"gated\": ") + (other.gated ? "true" : "false") + " it would agree"
                : "layers, widths, vocabulary, experts and gate count; a tenth is tolerated",
           Broken::no_index, {},
           "one of " + text(counted.least) + " to " + text(counted.most) +
               (t.shape->vocabulary > 0 ? ", embeddings once or twice" : ", vocabulary not stated"));
}

template <class Broken>
void invariants(const language_model& m, const Broken& broken) {
    if (m.active_parameters) broken(*m.active_parameters <= m.parameters, "active_parameters", "at most parameters");
}

template <class Broken>
void invariants(const transfer& t, const Broken& broken) {
    broken(t.data.empty() != !t.volume.known(), "volume", "either data or a volume");
    broken(!t.data.empty() || !t.from.empty(), "from", "the site that the volume leaves");
    broken(t.from.empty() || t.from != t.to, "to", "another site than from");
}

template <class Broken>
void invariants(const workload& w, const Broken& broken) {
    const bool computes = !std::holds_alternative<transfer>(w.task);
    broken(!computes || w.devices.count > 0, "devices", "a count of devices of at least 1");
    const bool serves = std::holds_alternative<inference>(w.task) || std::holds_alternative<session>(w.task);
    broken(serves || w.locality.user_site.empty(), "locality", "none: nobody sends requests to this task", {},
           Broken::no_index, "user_site");
}

template <class Broken>
void invariants(const profile_term& t, const Broken& broken) {
    const bool limits = t.role != term_role::term;
    const bool ships_worst = t.term == term_kind::network_inefficiency;
    broken(!limits || t.bound.known(), "bound", std::string("the bound of a ") + to_string(t.role) + " limit");
    broken(limits || !t.bound.known(), "bound", "no bound of a plain term", "role soft or hard makes it a limit");
    const bool penalised = t.unknown ? *t.unknown == on_unknown::penalise : ships_worst;
    broken(!penalised || ships_worst || t.worst.known(), "worst", "what stands in for an unknown figure",
           "unknown is penalise");
    broken(penalised || !t.worst.known(), "worst", "no worst of a figure that is not penalised where it is unknown",
           "\"unknown\": \"penalise\"");
    broken(t.role != term_role::hard || !t.unknown || *t.unknown != on_unknown::ignore, "unknown",
           "exclude or penalise: what is not known does not keep a hard limit");
}

template <class Broken>
void invariants(const scoring_profile& p, const Broken& broken) {
    broken(p.terms.empty() || p.preset == preset::full_cost, "preset", "no preset beside terms",
           "terms say what is minimised");
    broken(!p.terms.empty() || p.aggregation == aggregation::weighted_sum, "aggregation", "terms to be aggregated");
    broken(p.terms.size() <= max_terms, "terms", "at most 16 terms");
    const bool ordered = p.aggregation == aggregation::lexicographic;
    bool counts = p.terms.empty();
    int plain = 0;
    for (std::size_t i = 0; i < p.terms.size(); ++i) {
        const profile_term& t = p.terms[i];
        const bool level = t.role == term_role::term;
        plain += level;
        counts = counts || (level && t.weight > 0.0);
        broken(!t.tolerance.known() || (ordered && level), "terms",
               "no tolerance but of a term in a lexicographic order", {}, i, "tolerance");
        broken(!ordered || !level || plain != max_levels + 1, "terms",
               "at most 4 terms that are no limits in a lexicographic order", {}, i);
    }
    broken(counts, "terms", "a term that is no limit, with a weight above 0");
}

} // namespace uonaco::inline UONACO_ABI
