// SPDX-License-Identifier: Apache-2.0
// The figures of an outcome that an objective may be stated in, by name, and what an objective may do with one.
#pragma once

#include "../base/enum_names.hpp"

// One line each: name, in words, kind (units::name) and default of the reference, category in CATS, what an unknown does, the figure
// (of an outcome `o`; lower is better). Not here: joint efficiency, which is the full cost in another dress and only known once a
// search is over, and the error band, which says how sure a figure is and not how good.
// clang-format off
#define UONACO_TERM_KINDS(X)                                                                                                      \
    X(full_cost,              "full cost",              money,       1_usd,   composed,      never,    o.full_cost)                \
    X(completion_time,        "completion time",        duration,    1_h,     composed,      never,    o.time.completion)          \
    X(queue_time,             "queue time",             duration,    1_h,     compute,       never,    o.time.queue)               \
    X(provisioning_time,      "provisioning time",      duration,    1_h,     communication, never,    o.time.provisioning)        \
    X(staging_time,           "staging time",           duration,    1_h,     communication, never,    o.time.staging)             \
    X(compute_time,           "compute time",           duration,    1_h,     compute,       never,    o.time.compute)             \
    X(exposed_communication,  "exposed communication",  duration,    1_h,     communication, never,    o.time.exposed_communication) \
    X(lost_time,              "lost time",              duration,    1_h,     compute,       never,    o.time.lost)                \
    X(step_time,              "step time",              duration,    1_s,     composed,      never,    o.time.step)                \
    X(first_token,            "time to first token",    latency,     100_ms,  service,       never,    o.time.first_token)         \
    X(per_token,              "time per token",         latency,     10_ms,   service,       never,    o.time.per_token)           \
    X(outage_time,            "outage time",            duration,    1_h,     composed,      never,    o.time.outages)             \
    X(device_wait,            "wait for devices",       duration,    1_h,     compute,       exclude,  o.time.wait)                \
    X(jitter,                 "jitter",                 latency,     1_ms,    communication, exclude,  o.time.jitter)              \
    X(packet_loss,            "packet loss",            ratio,       1e-3,    communication, exclude,  o.time.loss)                \
    X(money,                  "money",                  money,       1_usd,   composed,      exclude,  o.money.total)              \
    X(rental,                 "rental",                 money,       1_usd,   compute,       exclude,  o.money.compute)            \
    X(data_egress,            "data egress",            money,       1_usd,   communication, exclude,  o.money.storage)            \
    X(circuit_lease,          "circuit lease",          money,       1_usd,   communication, exclude,  o.money.lease)              \
    X(circuit_set_up,         "circuit set-up",         money,       1_usd,   communication, exclude,  o.money.set_up)             \
    X(energy_cost,            "energy cost",            money,       1_usd,   composed,      exclude,  o.money.energy)             \
    X(outages,                "expected outages",       money,       1_usd,   composed,      never,    o.money.outages)            \
    X(energy,                 "energy",                 energy,      1_kWh,   composed,      ignore,   o.energy.total()) \
    X(it_energy,              "IT energy",              energy,      1_kWh,   compute,       ignore,   o.energy.it)                \
    X(facility_energy,        "facility energy",        energy,      1_kWh,   composed,      ignore,   o.energy.facility)          \
    X(transport_energy,       "transport energy",       energy,      1_kWh,   communication, never,    o.energy.transport)         \
    X(carbon,                 "carbon",                 carbon_mass, 1_kg,    composed,      ignore,   o.energy.carbon)            \
    X(peak_power,             "peak power",             power,       1_kW,    compute,       exclude,  o.energy.peak_power)        \
    X(unavailability,         "unavailability",         ratio,       1e-3,    composed,      exclude,  detail::lack(o.reliability.joint))  \
    X(network_unavailability, "network unavailability", ratio,       1e-3,    communication, exclude,  detail::lack(o.reliability.network)) \
    X(site_unavailability,    "site unavailability",    ratio,       1e-3,    compute,       exclude,  detail::lack(o.reliability.sites))  \
    X(lost_goodput,           "lost goodput",           ratio,       0.01,    compute,       never,    1.0 - o.reliability.goodput) \
    X(violations,             "SLO violations",         ratio,       0.01,    service,       never,    1.0 - o.reliability.attainment) \
    X(memory_share,           "memory share",           ratio,       1.0,     compute,       never,    o.reliability.memory_share) \
    X(load,                   "load",                   ratio,       1.0,     service,       never,    o.reliability.load)         \
    X(idleness,               "idleness",               ratio,       1.0,     compute,       never,    1.0 - o.reliability.utilisation) \
    X(compute_inefficiency,   "compute inefficiency",   ratio,       1.0,     compute,       ignore,   detail::lack(o.compute_efficiency)) \
    X(network_inefficiency,   "network inefficiency",   ratio,       1.0,     communication, penalise, detail::lack(o.network_efficiency))
// clang-format on

namespace uonaco::inline UONACO_ABI {

#define UONACO_NAME(name, ...) name,
#define UONACO_TEXT(name, ...) #name,
/// The terms that ship, each `terms::` what it is called here.
enum class term_kind : unsigned char { UONACO_TERM_KINDS(UONACO_NAME) };
template <>
inline constexpr names enum_names<term_kind>{UONACO_TERM_KINDS(UONACO_TEXT)};
#undef UONACO_TEXT
#undef UONACO_NAME

/// What an unknown figure does to a term.
enum class on_unknown : unsigned char {
    ignore,   ///< the term is left out for every candidate of the ranking alike
    penalise, ///< the term's `worst` stands in
    exclude,  ///< the candidate is not feasible
};
template <>
inline constexpr names enum_names<on_unknown>{"ignore", "penalise", "exclude"};

/// What an objective does with a figure: minimise it, penalise what is above a bound, or refuse what is above it.
enum class term_role : unsigned char { term, soft, hard };
template <>
inline constexpr names enum_names<term_role>{"term", "soft", "hard"};

/// How terms become one objective. Penalties of soft limits are added, whatever it is.
enum class aggregation : unsigned char {
    weighted_sum,
    geometric_mean, ///< weighted, of costs of at least 1e-9: a tenth less of one is worth as much as a tenth less of another
    worst,          ///< the largest weighted cost
    lexicographic, ///< the first decides, of equals the second, and so on
};
template <>
inline constexpr names enum_names<aggregation>{"weighted_sum", "geometric_mean", "worst", "lexicographic"};

/// An objective has at most so many terms, and an order of preference at most so many levels.
inline constexpr int max_terms = 16;
inline constexpr int max_levels = 4;

/// Where a figure belongs in CATS (draft-ietf-cats-metric-definition, level 1). Energy has no category there: it counts as composed.
enum class cats_category : unsigned char { compute, communication, service, composed };
template <>
inline constexpr names enum_names<cats_category>{"compute", "communication", "service", "composed"};

} // namespace uonaco::inline UONACO_ABI
