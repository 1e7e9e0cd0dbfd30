// SPDX-License-Identifier: Apache-2.0
// Declarations of what is said: outcome, decision, reservation, metric of CATS.
#pragma once

#include "record.hpp"

#include "../base/math.hpp"
#include "../decision/cats_metric.hpp"
#include "../decision/reservation.hpp"

// clang-format off
UONACO_REFLECT(uonaco::time_outcome<double>, "How long it takes, part by part",
    (queue,                 "waiting for devices", required, at_least(0), unbounded),
    (provisioning,          "of circuits, beyond the queue", required, at_least(0), unbounded),
    (staging,               "moving data first", required, at_least(0), unbounded),
    (compute,               "without communication", required, at_least(0), unbounded),
    (exposed_communication, "that nothing hides", required, at_least(0), unbounded),
    (lost,                  "checkpoints, redone work, restarts; and where power is short", required, at_least(0), unbounded),
    (completion,            "the sum", required, at_least(0), unbounded),
    (step,                  "one step of training; 0 elsewhere", required, at_least(0), unbounded),
    (first_token,           "at the objective's percentile; 0 elsewhere", required, at_least(0), unbounded),
    (per_token,             "of output, mean at the load; 0 elsewhere", required, at_least(0), unbounded),
    (outages,               "expected: unavailable share of the run, as far as availability is known", at_least(0), unbounded),
    (wait,                  "longest for devices at a site; absent: not known, and counted as none", at_least(0), unbounded),
    (jitter,                "most of a connection; absent: not known, and counted as none", at_least(0), unbounded),
    (loss,                  "of packets, most of a connection; absent: not known, and counted as none", at_least(0), at_most(1), unbounded));

UONACO_REFLECT(uonaco::money_outcome<double>, "What it costs, part by part; what is absent is not known",
    (compute, "rental of devices", unbounded),
    (storage, "egress of data from its site and over the network", unbounded),
    (lease,   "of circuits", unbounded),
    (set_up,  "of circuits", unbounded),
    (energy,  "what the rental does not include", unbounded),
    (outages, "expected: time.outages at the value of time", required, unbounded),
    (total,   "the sum", unbounded));

UONACO_REFLECT(uonaco::energy_outcome<double>, "What it draws and emits; what is absent is not known",
    (it,         "of the devices and their servers", at_least(0), unbounded),
    (facility,   "IT times PUE", at_least(0), unbounded),
    (transport,  "of the network", required, at_least(0), unbounded),
    (carbon,     "CO2-equivalent, facility and network together", at_least(0), unbounded),
    (peak_power, "IT, all sites", at_least(0), unbounded));

UONACO_REFLECT(uonaco::reliability_outcome<double>, "How dependable it is and how well it fits; what is absent is not known",
    (network,      "share of time in which all connections are up", at_least(0), at_most(1), unbounded),
    (sites,        "share of time in which all sites and pools are up", at_least(0), at_most(1), unbounded),
    (joint,        "both", at_least(0), at_most(1), unbounded),
    (goodput,      "share of time that is not lost to failures", required, at_least(0), at_most(1), unbounded),
    (attainment,   "share of requests within their objective", required, at_least(0), at_most(1), unbounded),
    (memory_share, "of the tightest device; above 1 the model does not fit", required, at_least(0), unbounded),
    (load,         "arrivals over service rate", required, at_least(0), unbounded),
    (utilisation,  "of the devices while they run", required, at_least(0), at_most(1), unbounded));

UONACO_REFLECT(uonaco::outcome<double>, "What a candidate yields and costs",
    (time,               "durations", required),
    (money,              "costs", required),
    (energy,             "energy and carbon", required),
    (reliability,        "availability and fit", required),
    (compute_efficiency, "time with free communication over predicted time; absent for a transfer", at_least(0), at_most(1), unbounded),
    (network_efficiency, "useful bits over reserved rate times time", at_least(0), at_most(1), unbounded),
    (full_cost,          "money + carbon price x carbon + value of time x completion", required, unbounded),
    (joint_efficiency,   "full cost of the best relaxed candidate over full cost", at_least(0), at_most(1), unbounded),
    (error_band,         "predictions lie within so much", required, at_least(0), unbounded));

UONACO_REFLECT(uonaco::assignment, "Devices of one pool",
    (pool,    "id of the pool", required),
    (site,    "id of its site", required),
    (devices, "how many", required, at_least(0), unbounded),
    (share,   "of the work", required, at_least(0), at_most(1), unbounded));

UONACO_REFLECT(uonaco::network_step, "What the network is asked to do",
    (action,    "use what is there, or change it", required),
    (src_site,  "id of one end", required),
    (dst_site,  "id of the other end", required),
    (links,     "ids in order"),
    (rate,      "each way", required, at_least(0), unbounded),
    (lead_time, "from the order to service", at_least(0), unbounded));

UONACO_REFLECT(uonaco::contribution, "One part of the objective",
    (term,   "its name", required),
    (weight, "in the objective", required, unbounded),
    (cost,   "weighted; the objective is the sum over all, of a geometric mean its logarithm, or the largest", required, unbounded),
    (detail, "in the field's units"));

UONACO_REFLECT(uonaco::constraint_check, "One hard limit",
    (constraint, "its name", required),
    (satisfied,  "true if the margin is not negative", required),
    (margin,     "left of the limit, relative to it", required, unbounded));

UONACO_REFLECT(uonaco::alternative, "What was left behind, in short",
    (description, "in words", required),
    (assignments, "devices"),
    (network,     "connections"),
    (cut,         "what crosses the network in a training over several sites: gradients (data) or activations (pipeline)"),
    (objective,   "lower is better", required, unbounded),
    (score,       "higher is better, within the candidates compared", at_least(0), at_most(1), unbounded),
    (full_cost,   "as of the decision", required, unbounded),
    (completion,  "from submission", required, at_least(0), unbounded));

UONACO_REFLECT(uonaco::decision, "What was chosen for one workload, what it yields and costs, and why",
    (id,                  "of the decision", required),
    (meta,                "envelope", flatten),
    (workload,            "id of the workload", required),
    (profile,             "id of the profile that ranked"),
    (heuristic,           "what searched", required),
    (seed,                "of the search", at_least(0), unbounded),
    (status,              "placed or rejected", required),
    (reason,              "of a rejection: what failed and by how much"),
    (description,         "in words"),
    (assignments,         "devices"),
    (network,             "connections"),
    (cut,                 "what crosses the network in a training over several sites: gradients (data) or activations (pipeline)"),
    (objective,           "lower is better; absent where rejected", unbounded),
    (score,               "higher is better, within the candidates compared", at_least(0), at_most(1), unbounded),
    (outcome,             "what it yields and costs"),
    (value_of_time,       "what an hour less was taken to be worth", at_least(0), unbounded),
    (contributions,       "addends of the objective"),
    (constraints,         "hard limits and how far they were"),
    (alternatives,        "the best of each other set of pools and connections, best first"),
    (explanation,         "sentences, most important first"),
    (ignored,             "what was not known and how that was dealt with"),
    (candidates_compared, "how many", required, at_least(0), unbounded));

UONACO_REFLECT(uonaco::reservation, "What one workload holds of the estate, from when to when",
    (id,          "unique among reservations", required),
    (meta,        "envelope; its generation rises with every step of the reservation's life", flatten),
    (workload,    "id of the workload", required),
    (decision,    "id of the decision that asked for it"),
    (state,       "of its life", required),
    (start,       "from when on", required),
    (end,         "until when", required),
    (held_until,  "when what is offered or held lapses"),
    (assignments, "devices"),
    (network,     "connections"),
    (storage,     "id of the storage pool that a transfer fills"),
    (stored,      "in it, and kept after the end", at_least(0), unless_default),
    (reason,      "of what failed"));

UONACO_REFLECT(uonaco::cats_metric, "A metric of CATS: a raw figure or a score of one service contact instance",
    (id,                 "unique among metrics", required),
    (meta,               "envelope", flatten),
    (metric_type,        "its label: compute_norm, communication_norm, service_norm, composed_norm, norm_fi, or of a raw metric", required),
    (level,              "L0 raw, L1 a score for each category, L2 one score", required),
    (format,             "of the value", required),
    (format_std,         "the standard of the format, where the format alone does not say it"),
    (length,             "octets of the value: 1, 2, 4, 8, 16, 32 or 64", required, at_least(1), at_most(64)),
    (unit,               "of the value; none of scores and of counts", required),
    (sources,            "where the value comes from; several may hold"),
    (statistics,         "of raw metrics: over the measurement window"),
    (value,              "in the unit; of scores whole, 0 worst, 10 best", required, at_least(-1e15), at_most(1e15)),
    (cs_id,              "the service, wherever it is"),
    (csci_id,            "the service contact instance: an address, a number, a name", required),
    (measurement_window, "over which it was measured; 10 s if absent", above(0)),
    (profile,            "of scores: the scoring profile whose functions made them"));
// clang-format on

namespace uonaco::inline UONACO_ABI {

template <class Broken>
void invariants(const constraint_check& c, const Broken& broken) {
    const bool met = c.margin.si() >= 0;
    broken(c.satisfied == met, "satisfied", met ? "true: the margin is not negative" : "false: the margin is negative");
}

template <class Broken>
void invariants(const decision& d, const Broken& broken) {
    const bool placed = d.status == placement_status::placed;
    broken(!placed || !d.description.empty(), "description", "what was chosen, where placed");
    broken(placed || !d.reason.empty(), "reason", "what failed, where rejected");
    broken(!placed || d.objective.known(), "objective", "what the choice comes to, where placed");
    broken(placed || !d.objective.known(), "objective", "none where rejected");
    broken(placed || d.assignments.empty(), "assignments", "none where rejected");
    broken(placed || d.network.empty(), "network", "none where rejected");
}

template <class Broken>
void invariants(const reservation& r, const Broken& broken) {
    broken(r.start < r.end, "end", "a time after start");
    broken(!r.assignments.empty() || !r.network.empty() || !r.storage.empty() || r.stored > units::volume{},
           "assignments", "devices, connections or storage that are reserved");
    for (std::size_t i = 0; i < r.assignments.size(); ++i)
        broken(r.assignments[i].devices > 0, "assignments", "a device at least", {}, i, "devices");
    for (std::size_t i = 0; i < r.network.size(); ++i)
        broken(r.network[i].action != network_action::none, "network", "what is done to the network", {}, i, "action");
    broken(r.state != reservation_state::failed || !r.reason.empty(), "reason", "what failed");
    const bool lapses = r.state == reservation_state::offered || r.state == reservation_state::held;
    broken(r.state != reservation_state::held || r.held_until.known(), "held_until", "a time at which the hold lapses");
    broken(lapses || r.state == reservation_state::expired || !r.held_until, "held_until",
           "none of what is neither offered nor held");
}

template <class Broken>
void invariants(const cats_metric& m, const Broken& broken) {
    const long long n = m.length;
    broken((n & (n - 1)) == 0, "length", "1, 2, 4, 8, 16, 32 or 64");
    broken(!m.metric_type.empty(), "metric_type", "a label");
    broken(!m.csci_id.empty(), "csci_id", "an instance");
    const bool whole = m.format == cats_number::integer;
    broken(!whole || m.format_std != cats_format_std::ieee_754, "format_std", "a standard of whole numbers, or none");
    const double x = m.value.si();
    const bool natural = x >= 0 && x == math::floor(x);
    if (m.level == cats_level::raw) {
        broken(!whole || natural, "value", "a whole number, at least 0, where the format is int");
        // 8 octets and more hold whatever a value can be; digits of ASCII are as many as it takes.
        const double most = n < 8 ? static_cast<double>((1LL << (8 * n)) - 1) : 1e15;
        const bool binary = whole && m.format_std != cats_format_std::ascii;
        broken(!binary || !natural || x <= most, "value",
               "at most " + std::to_string(static_cast<long long>(most)) + ", which " + std::to_string(n) +
                   (n == 1 ? " octet holds" : " octets hold"));
        broken(whole || natural || m.unit != cats_unit::none, "unit",
               "a unit: what has none is a count, a whole number, at least 0");
        return;
    }
    broken(whole, "format", "\"int\": a score is a number without a fraction");
    broken(n == 1, "length", "1: a score is an octet");
    broken(m.unit == cats_unit::none, "unit", "\"none\": a score has no unit");
    broken(!m.statistics, "statistics", "none: a score is not measured");
    broken(natural && x <= cats_best_score, "value", "a whole number from 0 to " + std::to_string(cats_best_score));
}

} // namespace uonaco::inline UONACO_ABI
